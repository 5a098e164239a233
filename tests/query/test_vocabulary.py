"""Every value has a name in both languages, and a slip finds its neighbours."""

from __future__ import annotations

import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.vocabulary import (
    DEFAULT_STAGES,
    KNOWN_LEVELS,
    VIEW_CHOICES,
    label_of,
    names_of,
    nearest_choices,
    sorted_choices,
    year_span,
)

FIELDS = (
    "sectors", "places", "zones", "partners", "stages", "kinds", "directions", "known_levels",
    "level", "measure", "vintage", "scheme", "frame", "language",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_every_value_is_named_in_both_languages(field):
    for names in names_of(field).values():
        assert all(isinstance(name, str) and name for name in names[:2])


@pytest.mark.parametrize("field", FIELDS)
def test_vocabularies_cannot_be_written_to(field):
    with pytest.raises(TypeError):
        names_of(field)["new"] = ("new", "新")


def test_an_unknown_field_is_refused_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="sectors"):
        names_of("colour")


def test_a_value_is_labelled_in_the_language_asked_for():
    assert label_of("known_levels", "zone") == "zone"
    assert label_of("known_levels", "zone", "zh") == "园区"


def test_an_unknown_value_is_shown_as_it_is():
    assert label_of("stages", "<b>") == "<b>"


def test_values_are_sorted_as_their_vocabulary_has_them_and_unknown_ones_last():
    assert sorted_choices("known_levels", reversed(KNOWN_LEVELS)) == list(KNOWN_LEVELS)
    assert sorted_choices("stages", ["zzz", "signed", "opportunity"]) == [
        "opportunity", "signed", "zzz",
    ]  # fmt: skip


def test_switches_and_defaults_are_in_their_vocabularies():
    assert names_of("stages").keys() >= DEFAULT_STAGES
    for field, choices in VIEW_CHOICES.items():
        assert names_of(field).keys() == set(choices)
    assert tuple(names_of("known_levels")) == KNOWN_LEVELS


def test_what_is_not_stated_and_what_names_several_sectors_are_choices():
    assert names_of("sectors").keys() >= {"several", "unstated"}
    assert "" in names_of("partners")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("automotiv", "automotive"), ("电子信息", "electronics"), ("New material", "new_materials")],
)
def test_a_slip_finds_its_neighbour_in_either_language(text, nearest):
    assert nearest in nearest_choices(names_of("sectors"), text)


def test_a_text_like_nothing_gets_the_first_values():
    assert nearest_choices(names_of("kinds"), "§§§") == ["event", "breakdown", "deal"]


def test_a_very_long_text_is_answered_at_once():
    assert len(nearest_choices(names_of("zones"), "a" * 10**6)) <= 3


def test_years_span_forward():
    first, last = year_span()
    assert first < last

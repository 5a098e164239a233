"""A link and a selection are two spellings of one thing, and no link can break a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import selections

from ccgeo.errors import AmbiguousPlaceError, CcgeoError, UnknownChoiceError, UnknownPlaceError
from ccgeo.query.selection import (
    DEFAULT_SELECTION,
    DEFAULT_VIEW,
    OPEN_SELECTION,
    Selection,
    View,
    parse_selection,
    selection_params,
)
from ccgeo.query.vocabulary import CLASS_COUNTS, FRAMES, LANGUAGES, SCHEMES, VIEW_CHOICES

PARAMS = (
    "years", "undated", "date", "sector", "place", "zone", "partner", "stage", "kind", "direction",
    "min_amount", "known", "confidence", "level", "boundaries", "measure", "scheme", "k", "bins",
    "frame", "lang", "ways", "lines", "most", "labels", "overlay",
)  # fmt: skip


@st.composite
def views(draw: st.DrawFn) -> View:
    limits = st.floats(allow_nan=False, allow_infinity=False)
    return View(
        level=draw(st.sampled_from(VIEW_CHOICES["level"])),
        vintage=draw(st.sampled_from(VIEW_CHOICES["vintage"])),
        measure=draw(st.sampled_from(VIEW_CHOICES["measure"])),
        scheme=draw(st.sampled_from(SCHEMES)),
        k=draw(st.sampled_from(CLASS_COUNTS)),
        bins=tuple(sorted(draw(st.sets(limits, max_size=7)))),
        frame=draw(st.sampled_from(FRAMES)),
        language=draw(st.sampled_from(LANGUAGES)),
        **{
            name: draw(st.sampled_from(VIEW_CHOICES[name]))
            for name in ("ways", "line_colour", "most_lines", "labels", "overlay")
        },
    )


@given(selections(), views())
def test_a_selection_comes_back_from_its_own_link(selection, view):
    assert parse_selection(selection_params(selection, view)) == (selection, view, ())


@given(selections(), views())
def test_a_link_holds_only_what_differs_from_the_default(selection, view):
    params = selection_params(selection, view)

    for param in params:
        rest = {name: text for name, text in params.items() if name != param}
        assert parse_selection(rest)[:2] != (selection, view)


def test_the_default_is_the_empty_link():
    assert selection_params(DEFAULT_SELECTION, DEFAULT_VIEW) == {}
    assert parse_selection({}) == (DEFAULT_SELECTION, DEFAULT_VIEW, ())


def test_no_limit_at_all_can_be_linked_to():
    params = selection_params(OPEN_SELECTION)

    assert params == {"years": "all", "undated": "1", "stage": "all", "confidence": "1"}
    assert parse_selection(params)[0] == OPEN_SELECTION


JUNK = st.text(max_size=40) | st.lists(st.text(max_size=20), max_size=4)


@given(st.dictionaries(st.sampled_from(PARAMS), JUNK))
def test_no_link_makes_parsing_raise(params):
    selection, view, problems = parse_selection(params)

    assert all(isinstance(problem, CcgeoError) for problem in problems)
    assert parse_selection(selection_params(selection, view)) == (selection, view, ())


@pytest.mark.parametrize("param", PARAMS)
@pytest.mark.parametrize(
    "text",
    ["\0", "x" * 100_000, "," * 100_000, "a," * 10_000, "<script>", "=1+1", "1e999999999", "nan",
     "-1", "９", "sNaN", "1_0", "inf"],
)  # fmt: skip
def test_hostile_values_are_told_in_short_sentences_and_few_of_them(param, text):
    _, _, problems = parse_selection({param: text})

    assert len(problems) <= 20
    assert all(len(str(problem)) < 500 for problem in problems)


def test_what_is_not_a_parameter_of_ours_is_not_looked_at():
    assert parse_selection({"utm_source": "x", "at": "510104"}) == parse_selection({})


@pytest.mark.parametrize(
    ("param", "value", "nearest"),
    [
        ("sector", "automotiv", "automotive"),
        ("place", "500999", "5001"),
        ("stage", "singed", "signed"),
        ("date", "startd", "started"),
        ("partner", "SGG", "SG"),
        ("level", "districts", "district"),
        ("boundaries", "2024", "2025"),
        ("years", "1850", "2002"),
        ("years", "2015-2099", "2026"),
        ("years", "2020-2015", "2015-2020"),
        ("years", "last year", "2002-2026"),
        ("k", "12", "5"),
        ("min_amount", "lots", "0"),
        ("min_amount", "0.001", "0"),
        ("confidence", "9", "3"),
        ("undated", "maybe", "1"),
        ("bins", "3,2,1", "rising"),
    ],
)
def test_an_unknown_value_is_named_with_the_nearest_valid_ones(param, value, nearest):
    _, _, problems = parse_selection({param: value, "kind": "deal"})

    assert len(problems) == 1
    assert isinstance(problems[0], UnknownChoiceError)
    said = str(problems[0])
    assert nearest in said.split("Nearest:")[1]
    assert said.count("\n") == 0


def test_the_rest_of_a_selection_works_beside_unknown_values():
    selection, view, problems = parse_selection(
        {"sector": "automotive,flying_cars", "years": "2015-2020", "place": "999999",
         "level": "street", "measure": "projects"}
    )  # fmt: skip

    assert selection == Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))
    assert view == View(measure="projects")
    assert [type(problem) for problem in problems] == [
        UnknownChoiceError, UnknownPlaceError, UnknownChoiceError,
    ]  # fmt: skip


def test_a_name_is_understood_in_both_languages_and_in_any_case():
    selection, _, problems = parse_selection({"place": "Yuzhong District,万州区,jiangbei"})

    assert selection.places == {"500103", "500101", "500105"}
    assert problems == ()


def test_a_name_of_two_places_is_not_guessed():
    selection, _, problems = parse_selection({"place": "市中区"})

    assert selection.places == frozenset()
    assert isinstance(problems[0], AmbiguousPlaceError)
    assert {candidate[:6] for candidate in problems[0].candidates} == {"511002", "511102"}


def test_a_repeated_parameter_widens_a_list_and_the_last_one_wins_a_switch():
    selection, view, _ = parse_selection(
        {"sector": ["automotive", "electronics"], "level": ["province", "prefecture"]}
    )

    assert selection.sectors == {"automotive", "electronics"}
    assert view.level == "prefecture"


def test_not_stated_is_a_choice_of_its_own():
    selection, _, _ = parse_selection({"partner": "unstated", "direction": "unstated,inbound"})

    assert selection.partners == {""}
    assert selection.directions == {"", "inbound"}


def test_a_single_year_is_a_span():
    assert parse_selection({"years": "2018"})[0].years == (2018, 2018)


def test_an_amount_is_read_in_yuan_and_kept_in_fen():
    assert parse_selection({"min_amount": "1.5"})[0].min_amount_fen == 150
    assert parse_selection({"min_amount": "1e8"})[0].min_amount_fen == 10**10


def test_selections_are_values():
    assert Selection() == DEFAULT_SELECTION
    assert len({Selection(), DEFAULT_SELECTION}) == 1
    with pytest.raises(AttributeError):
        Selection().years = None

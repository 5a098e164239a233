"""What a widget reports becomes a choice, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.query.vocabulary import label_of, names_of
from ccgeo.ui.filters import place_labels, read_labels

FIELDS = ("sectors", "partners", "stages", "kinds", "directions", "known_levels", "zones")


@pytest.mark.parametrize("field", FIELDS)
@given(data=st.data(), count=st.integers(0, 10_000), language=st.sampled_from(["en", "zh"]))
def test_a_label_of_any_run_is_its_choice(field, data, count, language):
    choice = data.draw(st.sampled_from(sorted(names_of(field))))
    label = label_of(field, choice, language)
    found = read_labels(field, [f"{label} ({count})"])
    assert len(found) == 1
    assert label_of(field, *found, language) == label


@pytest.mark.parametrize("field", FIELDS)
def test_a_choice_is_itself(field):
    assert read_labels(field, names_of(field)) == set(names_of(field))


@given(text=st.text())
def test_anything_else_is_left_out(text):
    assert read_labels("stages", [text]) <= set(names_of("stages"))


@pytest.mark.parametrize("nothing", [None, [], ()])
def test_nothing_chosen_is_no_limit(nothing):
    assert read_labels("sectors", nothing) == frozenset()


def test_a_place_is_found_by_either_name_pinyin_and_former_name():
    for language in ("en", "zh"):
        label = place_labels(language)["510114"]
        for word in ("Xindu", "新都区", "Xīndū", "新都县"):
            assert word in label
    assert place_labels("zh")["510114"].startswith("新都区")


def test_places_of_the_same_name_have_different_labels():
    for language in ("en", "zh"):
        labels = place_labels(language)
        assert len(set(labels.values())) == len(labels)

"""One wrong letter may be forgiven where only one name is that near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.places.aliases import read_index
from ccgeo.places.fuzzy import SHORTEST, nearest_name


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("kazahkstan", "KZ"),
        ("yubeldistrict", "500112"),
        ("shapigba", "500106"),
        ("shapinggba", "500106"),
        ("shapnigba", "500106"),
    ],
)
def test_a_letter_missing_added_wrong_or_swapped_is_forgiven(typed, target):
    assert nearest_name(typed)[1].target == target


@pytest.mark.parametrize(
    "typed", ["chengdo", "wenzhuo", "xapingba", "yube", "渝比区", "shap1ngba", "s" * 60]
)
def test_two_names_as_near_or_another_beginning_lead_nowhere(typed):
    assert nearest_name(typed) is None


def test_a_name_outside_the_region_takes_what_comes_near_it():
    assert nearest_name("hangzhuo") is None


@given(st.text(max_size=50))
def test_any_text_is_answered(text):
    found = nearest_name(text)
    assert found is None or (len(text) >= SHORTEST and found[0] in read_index().entries)

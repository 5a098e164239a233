"""What changed between two selections, in words."""

import pytest
from hypothesis import given
from toy_entries import selections

from ccgeo.query.changes import change_words
from ccgeo.query.chips import active_filters
from ccgeo.query.selection import DEFAULT_SELECTION, Selection

SINGAPORE = Selection(partners=frozenset({"SG"}))


@given(selections())
def test_nothing_is_said_of_no_change(selection):
    assert change_words(selection, selection) == ""


@given(selections(), selections())
def test_every_filter_that_came_is_named(before, after):
    said = change_words(before, after)
    old = [chip.label for chip in active_filters(before)]
    for chip in active_filters(after):
        assert chip.label in old or chip.label in said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (DEFAULT_SELECTION, SINGAPORE, "Added: Singapore."),
        (SINGAPORE, DEFAULT_SELECTION, "Default filters."),
        (Selection(years=(2015, 2020)), SINGAPORE, "Added: Singapore. Taken off: 2015–2020."),
    ],
)
def test_a_change_in_words(before, after, said):
    assert change_words(before, after) == said


def test_a_change_in_chinese():
    assert change_words(DEFAULT_SELECTION, SINGAPORE, "zh") == "新增：新加坡。"

"""Filters in force, one by one."""

from dataclasses import fields

import pytest
from hypothesis import given
from toy_entries import selections

from ccgeo.query.chips import active_filters
from ccgeo.query.selection import DEFAULT_SELECTION, Selection


def changed_fields(one, other):
    return [
        field.name
        for field in fields(one)
        if getattr(one, field.name) != getattr(other, field.name)
    ]


def test_the_default_selection_has_no_chip():
    assert active_filters(DEFAULT_SELECTION) == ()


@given(selection=selections())
def test_a_chip_takes_off_one_filter_and_nothing_else(selection):
    for chip in active_filters(selection):
        assert chip.label
        assert changed_fields(selection, chip.without) == [chip.field]
    named = [(chip.field, chip.choice) for chip in active_filters(selection)]
    assert len(named) == len(set(named))


@given(selection=selections())
def test_taking_chips_off_comes_to_an_end(selection):
    for _ in range(200):
        chips = active_filters(selection)
        if not chips:
            return
        selection = chips[0].without
    pytest.fail("the chips never end")


@pytest.mark.parametrize(
    ("selection", "label"),
    [
        (Selection(years=(2015, 2020)), "2015–2020"),
        (Selection(years=(2015, 2015)), "2015"),
        (Selection(min_amount_fen=10**11), "from CNY 1 bn"),
        (Selection(min_confidence=3), "confidence 3 or more"),
        (Selection(include_undated=True), "undated included"),
        (Selection(date_kind="started"), "by date: started"),
        (Selection(partners=frozenset({"SG"})), "Singapore"),
        (Selection(stages=frozenset({"opportunity"})), "opportunity offered"),
    ],
)
def test_a_chip_says_what_it_asks_for(selection, label):
    assert [chip.label for chip in active_filters(selection)] == [label]


def test_a_chip_speaks_chinese():
    assert active_filters(Selection(partners=frozenset({"SG"})), "zh")[0].label == "新加坡"

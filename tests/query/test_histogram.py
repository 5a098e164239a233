"""The bars beside the amount floor count what a floor would keep."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from toy_entries import placed_entries, selections, toy_placed

from ccgeo.query.engine import select
from ccgeo.query.histogram import FLOORS_FEN, amount_bars
from ccgeo.query.selection import OPEN_SELECTION, Selection


@given(placed_entries(), selections())
def test_the_bars_from_a_floor_on_are_what_that_floor_keeps(placed, selection):
    bars = amount_bars(placed, selection)

    assert tuple(bar.floor_fen for bar in bars) == FLOORS_FEN
    for number, floor in enumerate(FLOORS_FEN):
        kept = select(placed, replace(selection, min_amount_fen=floor))
        assert sum(bar.entries for bar in bars[number:]) == len(kept)


def test_an_amount_on_a_floor_is_above_it_and_no_amount_is_nowhere():
    ten_million = FLOORS_FEN[1]
    placed = toy_placed(
        {"amount_fen": ten_million},
        {"amount_fen": ten_million - 1},
        {"amount_fen": None},
        {"amount_fen": -5},
    )

    assert [bar.entries for bar in amount_bars(placed, OPEN_SELECTION)[:3]] == [1, 1, 0]


def test_the_bars_do_not_follow_their_own_floor():
    placed = toy_placed({"amount_fen": 100}, {"amount_fen": FLOORS_FEN[-1]})

    bars = amount_bars(placed, Selection(min_amount_fen=FLOORS_FEN[-1]))

    assert (bars[0].entries, bars[-1].entries) == (1, 1)

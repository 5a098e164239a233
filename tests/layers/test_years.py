"""The cube that runs through the years adds up to what the server says, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, placed_entries, selections, toy_placed

from ccgeo.layers.years import UNDATED, build_year_cube
from ccgeo.query.engine import read_placed, select
from ccgeo.query.flows import flows_of
from ccgeo.query.measures import SUMS, summarise
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.query.vocabulary import VIEW_CHOICES

VIEWS = st.builds(
    View,
    level=st.sampled_from(VIEW_CHOICES["level"]),
    vintage=st.sampled_from(VIEW_CHOICES["vintage"]),
)
WINDOWS = st.tuples(st.integers(2002, 2026), st.integers(2002, 2026)).map(sorted).map(tuple)


def added(cells, window):
    """Return the sums of a window by everything but the year."""
    first, last = window
    sums = {}
    for (*key, year), row in cells.items():
        if year == UNDATED or first <= year <= last:
            sums[tuple(key)] = sums.get(tuple(key), 0) + row
    return {key: row.tolist() for key, row in sums.items()}


def told_of_units(entries, view):
    mapped = summarise(entries, view.level, view.vintage).mapped
    return {(row[0],): list(row[1:]) for row in mapped[["adcode", *SUMS]].to_numpy().tolist()}


def told_of_flows(entries, view):
    flows, _ = flows_of(entries, view.level, view.vintage)
    flows = flows.assign(outbound=flows["direction"] == "outbound")
    table = flows.groupby(["partner", "place", "outbound"])[list(SUMS)].sum()
    return {key: row.tolist() for key, row in zip(table.index, table.to_numpy(), strict=True)}


def assert_same(placed, selection, view, window):
    cube = build_year_cube(selection, view, placed=placed)
    entries = select(placed, replace(selection, years=window))
    assert added(cube.units, window) == told_of_units(entries, view)
    assert added(cube.flows, window) == told_of_flows(entries, view)


@given(placed_entries(), selections(), VIEWS, WINDOWS)
def test_a_window_of_the_cube_is_what_the_server_says(placed, selection, view, window):
    assert_same(placed, selection, view, window)


@given(selections(), VIEWS, WINDOWS)
def test_the_shipped_records_run_through_the_years_without_losing_a_fen(selection, view, window):
    assert_same(read_placed(), selection, view, window)


@given(placed_entries(), selections(), VIEWS)
def test_the_years_asked_for_do_not_change_the_cube(placed, selection, view):
    narrow = build_year_cube(replace(selection, years=(2020, 2020)), view, placed=placed)
    wide = build_year_cube(replace(selection, years=None), view, placed=placed)
    assert narrow.years == wide.years
    assert narrow.units.keys() == wide.units.keys()


def test_the_undated_are_in_no_year_of_their_own():
    placed = toy_placed({**at("510104"), "year": None}, {**at("510104"), "year": 2012})
    cube = build_year_cube(OPEN_SELECTION, View(), placed=placed)
    assert cube.years == (2012, 2012)
    assert set(cube.units) == {("510104", UNDATED), ("510104", 2012)}


def test_nothing_selected_is_an_empty_cube():
    cube = build_year_cube(OPEN_SELECTION, View(), placed=toy_placed())
    assert (cube.years, cube.units, cube.flows) == ((UNDATED, UNDATED), {}, {})


def test_all_sums_stay_below_what_a_browser_counts_exactly():
    amounts = read_placed()["amount_fen"].dropna().to_numpy(np.int64)
    assert int(np.abs(amounts).sum()) < 2**53


def test_building_a_cube_changes_no_entry():
    placed = toy_placed({**at("510104"), "amount_fen": 7})
    before = placed.copy(deep=True)
    build_year_cube(OPEN_SELECTION, View(), placed=placed)
    pd.testing.assert_frame_equal(placed, before)

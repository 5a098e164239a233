"""The cube adds up to what the server says, cell by cell, for any question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import at, placed_entries, selections, toy_placed

from ccgeo.layers.cube import LEVELS, NONE, build_cube, others_allow, read_cube
from ccgeo.query.engine import UNDATED, read_placed, select
from ccgeo.query.flows import flows_of
from ccgeo.query.measures import SUMS, summarise, total_of
from ccgeo.query.selection import OPEN_SELECTION
from ccgeo.query.vocabulary import VIEW_CHOICES, names_of

LEVEL = st.sampled_from(LEVELS)
VINTAGE = st.sampled_from(VIEW_CHOICES["vintage"])
KIND = st.sampled_from(sorted(names_of("date_kind")))
YEARS = st.none() | st.tuples(st.integers(2002, 2026), st.integers(2002, 2026)).map(sorted).map(
    tuple
)


def chosen(cube, selection, allowed):
    """Return the cells that a question asks for, from the cube alone."""
    cells = cube.cells
    kept = allowed.copy()
    for field, axis in (("sectors", "sector"), ("stages", "stage")):
        if wanted := getattr(selection, field):
            spots = [spot for spot, name in enumerate(cube.axes[axis]) if name in wanted]
            kept &= np.isin(cells[axis], spots)
    years = cells["year"]
    if selection.date_kind != "any":
        names = np.array(cube.axes["date_kind"], dtype=object)
        years = np.where(names[cells["date_kind"]] == selection.date_kind, years, UNDATED)
    first, last = selection.years or (0, 9999)
    dated = (years != UNDATED) & (first <= years) & (years <= last)
    return kept & (dated | ((years == UNDATED) & selection.include_undated))


def sums_of(cube, rows):
    counted = {"entries": np.ones(len(rows), dtype=np.int64), "amount_fen": cube.cells["fen"]}
    return np.array([counted.get(name, cube.cells.get(name)) for name in SUMS])[:, rows]


def grouped(keys, sums):
    found = {}
    for key, column in zip(keys, sums.T, strict=True):
        found[key] = found.get(key, 0) + column
    return {key: column.tolist() for key, column in found.items()}


def units_of(cube, kept, level):
    rows = kept & (cube.cells[level] != NONE)
    names = np.array(cube.axes[level], dtype=object)
    return grouped(names[cube.cells[level][rows]], sums_of(cube, rows))


def lines_of(cube, kept, level):
    ladder = LEVELS[LEVELS.index(level) :]
    keys, rows = [], kept & (cube.cells["partner"] != NONE)
    for spot in np.flatnonzero(rows):
        units = [
            cube.axes[each][cube.cells[each][spot]]
            for each in ladder
            if cube.cells[each][spot] != NONE
        ]
        place = units[0] if units else "circle" if cube.cells["circle"][spot] else ""
        partner = cube.axes["partner"][cube.cells["partner"][spot]]
        keys.append((partner, place, bool(cube.cells["outbound"][spot])))
    return grouped(keys, sums_of(cube, rows))


def told_of_units(entries, level, vintage):
    mapped = summarise(entries, level, vintage).mapped
    return {row[0]: list(row[1:]) for row in mapped[["adcode", *SUMS]].to_numpy().tolist()}


def told_of_lines(entries, level, vintage):
    flows, _ = flows_of(entries, level, vintage)
    flows = flows.assign(outbound=flows["direction"] == "outbound")
    table = flows.groupby(["partner", "place", "outbound"])[list(SUMS)].sum()
    return {key: row.tolist() for key, row in zip(table.index, table.to_numpy(), strict=True)}


def assert_same(placed, cube, selection, level):
    kept = chosen(cube, selection, others_allow(placed, selection))
    entries = select(placed, selection)
    assert sums_of(cube, kept).sum(axis=1).tolist() == list(total_of(entries))
    assert units_of(cube, kept, level) == told_of_units(entries, level, cube.vintage)
    assert lines_of(cube, kept, level) == told_of_lines(entries, level, cube.vintage)


@settings(max_examples=30)
@given(placed_entries(), selections(), LEVEL, VINTAGE, YEARS, KIND)
def test_the_cube_says_what_the_server_says(placed, selection, level, vintage, years, kind):
    cube = build_cube(placed, vintage)
    assert_same(placed, cube, replace(selection, years=years, date_kind=kind), level)


@settings(max_examples=30)
@given(selections(), LEVEL, VINTAGE, YEARS, KIND)
def test_no_fen_of_the_shipped_records_is_lost(selection, level, vintage, years, kind):
    assert_same(
        read_placed(), read_cube(vintage), replace(selection, years=years, date_kind=kind), level
    )


def test_years_sectors_and_stages_decide_nothing_in_what_the_others_allow():
    narrow = replace(OPEN_SELECTION, years=(2020, 2020), sectors=frozenset({"automotive"}))
    assert others_allow(read_placed(), narrow).all()


def test_nothing_placed_is_an_empty_cube():
    cube = build_cube(toy_placed(), "2025")
    assert {name: len(cells) for name, cells in cube.cells.items()} == dict.fromkeys(cube.cells, 0)
    assert others_allow(toy_placed(), OPEN_SELECTION).tolist() == []


def test_what_is_not_stated_is_told_apart_from_zero():
    placed = toy_placed({**at("510104"), "amount_fen": 0}, {**at("510104"), "amount_fen": None})
    cells = build_cube(placed, "2025").cells
    assert cells["fen"].tolist() == [0, 0]
    assert cells["amount_stated"].tolist() == [1, 0]


def test_all_sums_stay_below_what_a_browser_counts_exactly():
    assert int(np.abs(read_cube("2025").cells["fen"]).sum()) < 2**53


def test_building_a_cube_changes_no_entry():
    placed = toy_placed({**at("510104"), "amount_fen": 7})
    before = placed.copy(deep=True)
    build_cube(placed, "2025")
    pd.testing.assert_frame_equal(placed, before)

"""A statement reads the cells that tell what is asked for, and nothing of a selection is in it."""

from __future__ import annotations

from itertools import combinations

import ibis.expr.operations as ops
import numpy as np
import pandas as pd
import pytest
from benchmarks.scale.query import drawn
from toy_entries import at, toy_placed

from ccgeo.engine.answers import Key, read_result
from ccgeo.engine.backends import DuckEngine
from ccgeo.engine.expression import (
    AMOUNTS,
    BAND,
    CELL_TABLES,
    CELLS,
    COLUMNS,
    CUTS,
    ENTRIES,
    FLOOR,
    PARTS,
    asked_table,
    bars,
    cells_table,
    question,
)
from ccgeo.engine.star import FACTS, SIDES, star_of
from ccgeo.engine.verdicts import ONCE, TWICE, side_ends, verdicts
from ccgeo.query.measures import SUMS
from ccgeo.query.selection import OPEN_SELECTION, Selection, View

WIDEST = (CUTS, tuple(SIDES))


def tables(statement):
    return {node.name for node in statement.op().find(ops.UnboundTable)}


def subsets(names):
    return [told for count in range(len(names) + 1) for told in combinations(names, count)]


def test_every_table_of_cells_has_a_name_of_its_own():
    names = {cells_table(told) for told in CELL_TABLES}

    assert len(names) == len(CELL_TABLES) == 2 ** len(CUTS) - 1
    assert cells_table(tuple(SIDES)[::-1]) == CELLS


def test_a_side_of_which_nothing_is_refused_is_not_read():
    read = tables(question(("deal",), "", CELL_TABLES))

    assert asked_table("time") not in read
    assert {name for name in read if name.startswith(CELLS)} == {
        cells_table(told)
        for told in (
            ("deal",),
            ("site", "deal"),
            ("deal", "party"),
            ("deal", "time"),
            ("site", "deal", "party"),
        )
    }


@pytest.mark.parametrize("cut", subsets(tuple(SIDES)))
def test_the_two_widest_tables_are_enough_for_any_question(cut):
    assert CELLS in tables(question(cut, "", WIDEST))
    assert cells_table(CUTS) not in tables(question(cut, "", WIDEST))
    assert cells_table(CUTS) in tables(question(cut, BAND, WIDEST))
    assert cells_table(CUTS) in tables(bars(cut, WIDEST))


@pytest.mark.parametrize("cut", subsets(tuple(SIDES)))
def test_a_statement_gives_the_same_columns_whatever_is_cut(cut):
    for floor in ("", BAND):
        assert question(cut, floor, CELL_TABLES).columns == COLUMNS
    asked = {name for name in tables(question(cut, "", CELL_TABLES)) if name.startswith("asked_")}
    assert asked >= {asked_table(side) for side in cut}


def test_without_cells_entries_are_read():
    for floor in ("", "amount"):
        read = tables(question(tuple(SIDES), floor))
        assert ENTRIES in read
        assert (FLOOR in read) == bool(floor)
        assert not {name for name in read if name.startswith(CELLS)}


@pytest.mark.parametrize("cut", subsets(tuple(SIDES)))
def test_an_amount_inside_a_bar_reads_entries_of_one_table_beside_cells_with_bands(cut):
    read = tables(question(cut, "amount", CELL_TABLES, AMOUNTS))

    assert AMOUNTS in read
    assert ENTRIES not in read
    cells = {name for name in read if name.startswith(CELLS)}
    assert cells
    assert all(name.endswith(BAND) for name in cells)
    assert question(cut, "amount", CELL_TABLES, AMOUNTS).columns == COLUMNS


@pytest.mark.parametrize("cut", subsets(tuple(SIDES)))
def test_ways_that_read_one_table_read_it_once(cut):
    for cells in ((), WIDEST, CELL_TABLES):
        statement = DuckEngine().compiled(question(cut, "", cells))
        for name in tables(question(cut, "", cells)):
            if not name.startswith("asked_"):
                assert statement.count(f'"{name}"') == 1


def test_a_statement_is_compiled_once():
    engine = DuckEngine()

    told = [engine.compiled(question(("deal",), "", CELL_TABLES)) for _ in range(2)]

    assert told[0] is told[1]


def test_what_is_told_to_one_question_no_other_sees():
    engine = DuckEngine()
    frame = pd.DataFrame({"code": np.arange(3, dtype=np.int32), "name": ["a", "b", "{{7*7}}"]})

    for rows in (3, 2):
        found = engine.ask('SELECT * FROM "told_once"', {"told_once": frame[:rows]})
        assert found["name"].tolist() == frame["name"].tolist()[:rows]
    with pytest.raises(Exception, match="told_once"):
        engine.ask('SELECT * FROM "told_once"', {})


def test_two_blames_are_never_taken_for_one():
    sides = star_of(toy_placed({"stage": "cancelled", "year": 1999}, {})).sides
    selection = Selection(stages=frozenset({"signed"}), years=(2010, 2020))

    blames = [verdict["blame"].max() for verdict in verdicts(sides, selection).values()]

    assert all(blame == 0 or ONCE < blame < TWICE for blame in blames)


def test_the_end_with_a_partner_does_not_hang_on_the_place():
    placed = toy_placed(
        {**at("510104"), "partners": ("SG",), "direction": "inbound"},
        {**at("510105"), "partners": ("CN",), "direction": "domestic"},
    )
    parties, sites = side_ends(star_of(placed).sides, "district", "2025")

    assert [end if isinstance(end, str) else end.partner for end in parties["inbound"]] == [
        "SG",
        "domestic",
    ]
    assert parties["domestic"] == ["domestic", "domestic"]
    assert [end.place for end in sites] == ["510104", "510105"]


def test_an_answer_of_no_rows_is_an_empty_result():
    key = Key(star_of(toy_placed({})).sides)
    rows = pd.DataFrame({name: np.empty(0, dtype=np.int64) for name in COLUMNS})

    found = read_result(rows, key, OPEN_SELECTION, View())

    assert found.summary.total.entries == 0
    assert found.flows.flows.empty
    assert found.flows.not_drawn.empty
    assert found.years.empty


def test_a_flow_of_two_sectors_says_several():
    star = star_of(
        toy_placed(
            {
                **at("510104"),
                "partners": ("SG",),
                "direction": "inbound",
                "sector_id": "automotive",
            },
            {
                **at("510104"),
                "partners": ("SG",),
                "direction": "inbound",
                "sector_id": "electronics",
            },
        )
    )
    row = dict.fromkeys(COLUMNS, 0) | {"part": PARTS.index("flow")} | dict.fromkeys(SUMS, 1)
    rows = pd.DataFrame([row | {"most": most} for most in (0, 1)])

    found = [
        read_result(rows[at : at + 1], Key(star.sides), OPEN_SELECTION, View()) for at in (0, 1)
    ]

    assert [each.flows.flows["sector_id"].tolist() for each in found] == [
        ["automotive"],
        ["several"],
    ]


def test_made_up_entries_are_the_same_again_and_keep_partners_with_their_direction():
    placed = toy_placed(
        {"partners": ("SG",), "direction": "inbound"},
        {"partners": ("US",), "direction": "inbound"},
        {"partners": ("CN",), "direction": "domestic"},
    )
    star = star_of(placed)
    first, again = (next(drawn(star.facts, star.sides, 200)) for _ in range(2))

    assert first.equals(again)
    assert list(first) == list(FACTS)
    directions = star.sides["deal"]["direction"][first["deal"]].tolist()
    partners = star.sides["party"]["partners"][first["party"]].tolist()
    for direction, told in zip(directions, partners, strict=True):
        assert (direction == "domestic") == (told == ("CN",))

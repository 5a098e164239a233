"""Statements beside that of the map: nothing of a question stands in them, and all of it counts."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import at, placed_entries, toy_placed
from toy_store import facts_with_texts

from ccgeo.engine.backends import DuckEngine
from ccgeo.engine.expression import ENTRIES, FLOOR
from ccgeo.engine.groups import (
    KEYS,
    NEEDLE,
    TEXTS,
    WITHIN,
    Form,
    counted,
    crossed,
    cuts,
    kept_table,
    listed,
    spread,
)
from ccgeo.engine.star import SIDES, star_of
from ccgeo.engine.verdicts import alike, flow_mask
from ccgeo.query.flows import has_ends
from ccgeo.query.measures import SUMS

SIDES_CUT = tuple(SIDES)
PLACED = toy_placed(
    at("510104") | {"title": "Plant one", "date": "2021", "amount_fen": 100, "partners": ("SG",)},
    at("510104") | {"title": "plant two", "date": "2020", "amount_fen": 300, "stage": "started"},
    at("510105") | {"title": "Tower", "date": "2022", "amount_fen": None},
)


@pytest.fixture(scope="module")
def engine():
    duck = DuckEngine()
    duck.fill(ENTRIES, facts_with_texts(PLACED))
    return duck


def kept(rows=None, **keys):
    """Return what is kept of each side: all rows unless asked otherwise, all under one code."""
    told = {}
    for side, table in star_of(PLACED).sides.items():
        codes = np.arange(len(table), dtype=np.int32)
        wanted = (rows or {}).get(side, codes)
        added_up = codes if keys.get(side) else np.zeros_like(codes)
        told[kept_table(side)] = pd.DataFrame(
            {side: codes[wanted], f"{side}_key": added_up[wanted]}
        )
    return told


def ask(engine, statement, told):
    return engine.ask(engine.compiled(statement), told)


@pytest.mark.parametrize(
    "statement",
    [
        cuts(ENTRIES),
        crossed(ENTRIES),
        listed(ENTRIES, "newest", SIDES_CUT, Form(), (0, 5)),
        counted(ENTRIES, SIDES_CUT, Form()),
        spread(ENTRIES, "largest", SIDES_CUT, Form(find=True)),
    ],
)
def test_what_is_asked_lies_in_tables_beside_the_statement(statement):
    sql = ibis.to_sql(statement, dialect="duckdb")

    for side in SIDES:
        assert kept_table(side) in sql
    for text in ("510104", "automotive", "SG", "signed"):
        assert text not in sql


def test_cuts_add_up_each_side_for_itself(engine):
    found = ask(engine, cuts(ENTRIES), kept(site=True))

    parts = found.groupby("part")[["entries", "amount_fen"]].sum()
    assert parts["entries"].tolist() == [3, 3, 3, 3]
    assert parts["amount_fen"].tolist() == [400] * 4
    assert sorted(found.loc[found["part"] == 0, "entries"]) == [1, 2]


def test_groups_share_all_four_keys(engine):
    found = ask(engine, crossed(ENTRIES), kept(site=True, party=True))

    assert found.columns.tolist() == [*KEYS, *SUMS]
    assert sorted(found["entries"]) == [1, 1, 1]
    assert not found.duplicated(list(KEYS)).any()


def test_no_more_groups_are_given_than_asked_for(engine):
    told = kept(site=True, party=True)

    assert len(ask(engine, crossed(ENTRIES, most=2), told)) == 2
    assert len(ask(engine, crossed(ENTRIES, most=9), told)) == 3


def test_what_is_not_kept_on_one_side_counts_nowhere(engine):
    none = {"deal": np.array([], dtype=np.int32)}

    assert ask(engine, crossed(ENTRIES), kept(none)).empty
    assert ask(engine, listed(ENTRIES, "id", SIDES_CUT, Form(), (0, 9)), kept(none)).empty


@pytest.mark.parametrize(("least", "entries"), [(0, 2), (100, 2), (101, 1), (301, 0)])
def test_a_floor_leaves_out_what_states_less_or_nothing(engine, least, entries):
    told = kept() | {FLOOR: pd.DataFrame({"floor": np.array([least], dtype=np.int64)})}

    found = ask(engine, crossed(ENTRIES, floor=True), told)

    assert int(found["entries"].sum()) == entries


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("newest", ["E2", "E0", "E1"]),
        ("oldest", ["E1", "E0", "E2"]),
        ("largest", ["E1", "E0", "E2"]),
        ("id", ["E0", "E1", "E2"]),
    ],
)
def test_a_list_is_sorted_and_cut_by_the_engine(engine, order, ids):
    whole = ask(engine, listed(ENTRIES, order, (), Form(), (0, 9)), {})
    assert whole["entry_id"].tolist() == ids
    assert whole.columns.tolist() == [*TEXTS, *SIDES, *SUMS]

    cut = ask(engine, listed(ENTRIES, order, ("site",), Form(), (1, 1)), kept())
    assert cut["entry_id"].tolist() == ids[1:2]


@pytest.mark.parametrize(("needle", "found"), [("plant", 2), ("e2", 1), ("none", 0), ("", 3)])
def test_a_text_is_looked_for_in_id_and_title(engine, needle, found):
    told = kept() | {NEEDLE: pd.DataFrame({"needle": [needle]})}

    form = Form(find=True)
    assert int(ask(engine, counted(ENTRIES, (), form), told)["found"].iloc[0]) == found
    assert len(ask(engine, listed(ENTRIES, "id", (), form, (0, 9)), told)) == found


def test_one_record_is_given_by_its_whole_id(engine):
    for needle, ids in (("E1", ["E1"]), ("e1", []), ("E", [])):
        told = {NEEDLE: pd.DataFrame({"needle": [needle]})}
        found = ask(engine, listed(ENTRIES, "id", (), Form(only=True), (0, 9)), told)
        assert found["entry_id"].tolist() == ids


@settings(max_examples=40, deadline=None)
@given(placed_entries())
def test_buckets_grow_with_the_order_and_hold_every_record_once(placed):
    duck = DuckEngine()
    duck.fill(ENTRIES, facts_with_texts(placed))
    for order in ("newest", "oldest", "largest"):
        rows = ask(duck, listed(ENTRIES, order, (), Form(), (0, 999)), {})
        spreads = ask(duck, spread(ENTRIES, order, (), Form()), {})
        sizes = spreads.groupby("bucket")["entries"].sum()
        sizes = sizes.sort_index(ascending=order == "oldest")
        assert int(sizes.sum()) == len(placed)
        walked = []
        for bucket in sizes.index:
            told = {WITHIN: pd.DataFrame({"low": [bucket], "high": [bucket]})}
            statement = listed(ENTRIES, order, (), Form(within=True), (0, 999))
            found = ask(duck, statement, told)["entry_id"].tolist()
            assert len(found) == sizes[bucket]
            walked += found
        assert walked == rows["entry_id"].tolist()


@settings(max_examples=40)
@given(
    placed_entries(),
    st.sampled_from(["SG>510104", "SG>510100", "US>500000", "510104>SG", "MY>circle", "x>y"]),
    st.sampled_from(["district", "prefecture", "province"]),
)
def test_a_flow_is_what_is_kept_on_three_sides_together(placed, ends, level):
    star = star_of(placed)
    masks = flow_mask(star.sides, ends, level, "2025")

    together = np.ones(len(placed), dtype=bool)
    for side, mask in masks.items():
        together &= mask[star.facts[side].to_numpy()]

    assert together.tolist() == has_ends(placed, ends, level, "2025").tolist()


def test_rows_that_say_the_same_are_alike():
    assert alike([["a", "a", "b"], [1, 2, 1]]).tolist() == [0, 1, 2]
    assert alike([["a", "b", "a", "b"]]).tolist() == [0, 1, 0, 1]
    assert alike([[]]).tolist() == []

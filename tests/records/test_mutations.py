"""The laws can fail: without a rule of the ledger, what the law tests assert is false.

Each rule is taken out of the code in turn. What holds with the rule has to be seen broken
without it, or the test of the law has stopped looking.
"""

from __future__ import annotations

import pandas as pd
import pytest

from ccgeo.query import engine
from ccgeo.query.engine import place_entries
from ccgeo.records import ledger
from ccgeo.records.laws import TABLES, check_tables
from ccgeo.records.ledger import build_entries, reconciliations
from ccgeo.records.tables import read_records, read_table


def roots_add_up() -> bool:
    """Say whether the entries of every tree add up to what its root states."""
    entries, records = build_entries(read_records()), read_records().set_index("id")
    inside = set(entries["record_id"]) | set(reconciliations(read_records()))
    above = records["parent_id"].to_dict()

    def root(record_id: str) -> str:
        while above[record_id] in inside and records.loc[above[record_id], "sum_role"] in {
            "count",
            "part",
        }:
            record_id = above[record_id]
        return record_id

    sums = entries.groupby(entries["record_id"].map(root))["amount_fen"].sum()
    stated = records.loc[sums.index, "amount_fen"].dropna()
    return bool((sums[stated.index] == stated).all())


def no_project_counts_twice() -> bool:
    rows = read_records().copy()
    rows.loc[rows["id"] == "CQ-0061", "sum_role"] = "count"
    keys = build_entries(rows)["project_key"]
    return not keys[keys != ""].duplicated().any()


def nothing_is_drawn_finer_than_known() -> bool:
    """Say whether every amount on the district map was known for one district or one zone."""
    placed = place_entries(ledger.read_entries(), locate=engine.unit_at)
    on_map = placed[placed["unit_district_2025"] != ""]
    return set(on_map["place_level"]) <= {"district", "zone", "several"}


def every_law_holds() -> bool:
    return not check_tables({name: read_table(name) for name in TABLES}).errors


def test_with_every_rule_every_law_holds():
    assert roots_add_up()
    assert no_project_counts_twice()
    assert nothing_is_drawn_finer_than_known()
    assert every_law_holds()


def test_without_the_residual_the_trees_no_longer_close(monkeypatch):
    monkeypatch.setattr(ledger, "_residual", lambda *_: (None, None))
    assert not roots_add_up()


def test_with_a_clipped_residual_contradictions_are_hidden_and_seen_to_be(monkeypatch):
    real = ledger._residual

    def clipped(row_id, book):
        return tuple(None if figure is None else max(figure, 0) for figure in real(row_id, book))

    monkeypatch.setattr(ledger, "_residual", clipped)
    assert not roots_add_up()
    assert not every_law_holds()


def test_with_children_added_to_their_parent_the_trees_no_longer_close(monkeypatch):
    def whole(row_id, book):
        row = book.rows[row_id]
        return ledger._known(row.projects), ledger._known(row.amount_fen)

    monkeypatch.setattr(ledger, "_residual", whole)
    assert not roots_add_up()
    assert not every_law_holds()


def test_without_the_project_key_a_project_counts_twice(monkeypatch):
    def every_telling(rows):
        return {
            row.id: row
            for row in rows.values()
            if row.sum_role in ledger.COUNTED_ROLES and row.kind in ledger.SUMMED_KINDS
        }

    monkeypatch.setattr(ledger, "_counted", every_telling)
    assert not no_project_counts_twice()


def test_without_the_choice_of_one_cut_the_trees_no_longer_close(monkeypatch):
    def every_child(children):
        return tuple(child.id for child in children)

    def cut_twice():
        rows = read_records().copy()
        rows.loc[rows["id"] == "CQ-0391", "sum_role"] = "part"
        entries = build_entries(rows)
        expo = entries[entries["event_id"] == "smart-china-expo-2022"]
        return set(expo["record_id"]) >= {"CQ-0016", "CQ-0391"}

    assert not cut_twice()
    monkeypatch.setattr(ledger, "_one_cut", every_child)
    assert cut_twice()


def test_without_the_level_rule_a_province_is_drawn_as_a_district(monkeypatch):
    real = engine.unit_at
    capital = {"500000": "500103", "510000": "510104"}

    def at_the_capital(place, level, vintage):
        unit = real(place, level, vintage)
        if unit is None and place.level == "province" and level == "district":
            return capital[place.ids[0]]
        return unit

    monkeypatch.setattr(engine, "unit_at", at_the_capital)
    assert not nothing_is_drawn_finer_than_known()


@pytest.mark.parametrize("role", ["overlap", "stock", "none"])
def test_what_does_not_count_would_be_seen_if_it_did(monkeypatch, role):
    before = int(build_entries(read_records())["amount_fen"].sum())
    monkeypatch.setattr(ledger, "COUNTED_ROLES", ledger.COUNTED_ROLES | {role})
    monkeypatch.setattr(ledger, "SUMMED_KINDS", ledger.SUMMED_KINDS | {"indicator"})
    rows = read_records().copy()
    added = rows["sum_role"] == role
    assert pd.notna(rows.loc[added, "amount_fen"]).any()
    assert int(build_entries(rows)["amount_fen"].sum()) != before

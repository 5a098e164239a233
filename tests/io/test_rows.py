"""A row of a file holds plain values only, each as its source states it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from toy_entries import at, placed_entries, toy_placed

from ccgeo.io.rows import credited_sources, record_rows
from ccgeo.query.selection import View
from ccgeo.query.vocabulary import VIEW_CHOICES


@given(placed_entries())
def test_rows_are_plain_and_all_alike(placed):
    rows = record_rows(placed, View())

    assert len(rows) == len(placed)
    assert json.loads(json.dumps(rows)) == rows
    assert len({tuple(row) for row in rows}) <= 1


@given(placed_entries())
def test_amounts_in_a_row_are_those_of_the_entries_to_the_fen(placed):
    rows = record_rows(placed, View())

    fen = [None if row["amount_cny"] is None else round(row["amount_cny"] * 100) for row in rows]
    assert fen == [None if amount is None else int(amount)
                   for amount in placed["amount_fen"].astype(object).where(
                       placed["amount_fen"].notna(), None)]  # fmt: skip


@pytest.mark.parametrize("level", VIEW_CHOICES["level"])
def test_a_row_says_at_which_level_and_boundaries_it_names_a_unit(level):
    (row,) = record_rows(toy_placed(at("510104")), View(level=level, vintage="2026"))

    assert (row["map_level"], row["map_boundaries"]) == (level, "2026")
    assert row["adcode"] == {"district": "510104", "prefecture": "510100",
                             "province": "510000"}[level]  # fmt: skip


def test_a_sector_is_named_in_both_languages():
    (row,) = record_rows(toy_placed({"sector_id": "several"}), View())

    assert row["sector_name_en"] == "Several sectors"
    assert row["sector_name_zh"] == "多个行业"


def test_a_whole_amount_has_no_decimals():
    whole, broken = record_rows(toy_placed({"amount_fen": 500}, {"amount_fen": 501}), View())

    assert repr(whole["amount_cny"]) == "5"
    assert repr(broken["amount_cny"]) == "5.01"


def test_a_source_is_named_in_the_row_and_in_the_credits():
    placed = toy_placed({"source_id": "S0001"})
    (row,), (credit,) = record_rows(placed, View()), credited_sources(placed)

    assert row["source_id"] == credit["source_id"] == "S0001"
    assert {name: row[name] for name in credit} == credit


def test_an_unknown_source_is_named_by_its_id_alone():
    placed = toy_placed({"source_id": "S?"})
    (row,) = record_rows(placed, View())

    assert row["source_id"] == "S?"
    assert "source_title" not in row
    assert credited_sources(placed) == []


def test_no_entries_make_no_rows():
    assert record_rows(toy_placed(), View()) == []
    assert credited_sources(toy_placed()) == []

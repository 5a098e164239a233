"""The profile of some records: every total is there, and what travels is plain JSON."""

from __future__ import annotations

import json

import pytest

from ccgeo.query.engine import read_placed
from ccgeo.query.profile import profile_of
from ccgeo.ui.profile import choice_name, record_rows, total_rows


def test_every_shipped_record_can_be_listed_in_plain_json():
    rows = record_rows(read_placed())
    assert len(rows) == len(read_placed())
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_a_record_says_first_how_exactly_it_is_known():
    rows = record_rows(read_placed())
    assert all(accuracy.startswith("Known at: ") for accuracy, *_ in rows)
    assert all("Confidence" in accuracy for accuracy, *_ in rows)


def test_addresses_are_those_of_the_web_or_none():
    addresses = {row[-1] for row in record_rows(read_placed())}
    assert "" in addresses
    assert all(each.startswith(("http://", "https://")) for each in addresses - {""})


@pytest.mark.parametrize(
    ("cut", "field"),
    [
        ("by_stage", "stages"),
        ("by_sector", "sectors"),
        ("by_partner", "partners"),
        ("by_year", "years"),
    ],
)
def test_the_rows_of_a_cut_are_all_records_and_shares_of_the_largest(cut, field):
    totals = getattr(profile_of(read_placed()), cut)
    rows = total_rows(totals, field)
    assert sum(count for *_, count in rows) == len(read_placed())
    shares = [share for _, _, share, _ in rows]
    assert max(shares) == 1
    assert min(shares) >= 0


def test_no_records_have_no_rows():
    none = read_placed().head(0)
    assert record_rows(none) == []
    assert total_rows(profile_of(none).by_year, "years") == []


def test_none_and_several_have_words_of_their_own():
    assert choice_name("several", "partners") == "several"
    assert choice_name("undated", "years") == "undated"
    assert choice_name("SG", "partners") == "Singapore"

"""A user's rows become entries that add up, placed where they say or where a person decided."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from ccgeo.io.own import open_mentions, own_entries, template_bytes
from ccgeo.io.readers import read_records, read_table
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed
from ccgeo.query.measures import summarise, total_of
from ccgeo.query.selection import View

TABLE = """id,parent id,title,amount,kind,place,date
E1,,Fair,10 bn yuan,event,重庆市,2022
D1,E1,Plant,4 bn yuan,deal,渝北区,2022
D2,E1,Park,1 bn yuan,deal,市中区,2022
S1,,Output,9 bn yuan,zone_statistic,渝北区,2022
"""


@pytest.fixture
def good():
    return read_records(TABLE.encode()).good


def test_parts_and_the_rest_give_the_whole(good):
    entries = own_entries(good).set_index("record_id")

    assert entries.loc["E1", "amount_fen"] == 500_000_000_000
    assert entries.loc["E1", "is_residual"]
    assert total_of(entries).amount_fen == 1_000_000_000_000
    assert pd.isna(entries.loc["S1", "amount_fen"])


def test_mapped_and_not_mapped_give_the_total(good):
    entries = own_entries(good)
    summary = summarise(entries, "district", "2025")

    mapped, rest = summary.mapped["amount_fen"].sum(), summary.not_mapped["amount_fen"].sum()
    assert mapped == 400_000_000_000
    assert mapped + rest == summary.total.amount_fen


def test_a_decision_places_every_row_with_the_same_words(good):
    assert open_mentions(good) == {"市中区": (1, ("511002", "511102"))}

    entries = own_entries(good, {"市中区": "511102"}).set_index("record_id")

    assert entries.loc["D2", "unit_district_2025"] == "511102"
    assert entries.loc["D2", "place_basis"] == "chosen by hand"
    assert entries.loc["D1", "unit_district_2025"] == "500112"


def test_own_entries_stand_beside_the_shipped_ones(good):
    own = own_entries(good)
    both = pd.concat([read_placed(), own], ignore_index=True)

    assert list(own.columns) == list(read_placed().columns)
    assert build_choropleth(both, View()).total.entries == len(read_placed()) + 4


def test_the_good_rows_are_not_changed(good):
    before = good.copy(deep=True)

    own_entries(good, {"市中区": "511102"})

    pd.testing.assert_frame_equal(good, before)


def test_no_rows_are_no_entries(good):
    assert own_entries(good.head(0)).empty
    assert open_mentions(good.head(0)) == {}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_column_of_the_template_is_known(form):
    table = read_table(template_bytes(form))
    filled = dict.fromkeys(table.columns, "") | {"Title / 名称": "x", "Amount / 金额": "1亿元"}

    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns)
    writer.writeheader()
    writer.writerow(filled)
    checked = read_records(text.getvalue().encode())

    assert len(checked.mapping) == len(table.columns)
    assert len(checked.good) == 1

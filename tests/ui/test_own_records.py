"""A person's own rows on Records and Events: alone or beside the shipped ones, in one session."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.io.own import list_own, own_entries, own_totals
from ccgeo.io.readers import read_records
from ccgeo.query.records import list_records

ROOT = Path(__file__).resolve().parents[2]
TABLE = """id,parent id,title,amount,kind,place,date,project key
CQ-0001,,Fair,10 bn yuan,event,重庆市,2022,
D1,CQ-0001,<b>Plant</b>,4 bn yuan,deal,渝北区,2022,
D2,CQ-0001,Works,6 bn yuan,deal,市中区,2022,
T1,,Tower,3 bn yuan,deal,渝中区,2022,tower
T2,,Tower again,3 bn yuan,deal,渝中区,2023,tower
"""
GOOD = read_records(TABLE.encode()).good


def opened(name, choice="mine"):
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    page.session_state["own_entries"] = own_entries(GOOD, {"市中区": "511002"})
    page.session_state["own_good"] = GOOD
    page.session_state["own_choice"] = choice
    page.run()
    assert not page.exception
    return page


def test_every_row_is_listed_with_what_it_counts_for_and_where_it_is():
    rows = list_own(GOOD, own_entries(GOOD, {"市中区": "511002"})).set_index("record_id")

    assert rows["in_sums"].to_dict() == {
        "own-CQ-0001": "counts", "own-D1": "counts as a part", "own-D2": "counts as a part",
        "own-T1": "not summed", "own-T2": "counts",
    }  # fmt: skip
    assert rows.loc["own-D2", "known_at"] == "district"
    assert set(rows.reset_index().columns) <= set(list_records().columns)
    assert list_own(GOOD, own_entries(GOOD), "zh")["figure"].iloc[0] == "100亿元"


def test_a_total_is_its_parts_and_the_remainder():
    (lines,) = own_totals(GOOD).values()
    assert [line.role for line in lines] == ["total", "part", "part", "residual"]
    assert lines[0].amount_fen == sum(line.amount_fen for line in lines[1:])
    assert own_totals(GOOD.head(0)) == {}


@pytest.mark.parametrize(
    ("choice", "count"),
    [("mine", 5), ("both", 5 + len(list_records())), ("shipped", len(list_records()))],
)
def test_the_records_page_lists_what_was_chosen(choice, count):
    page = opened("records", choice)
    assert len(page.dataframe[0].value) == count
    assert page.segmented_control(key="own_control").value == choice


def test_one_of_ones_own_is_opened_in_the_session_and_not_in_the_link():
    page = opened("records", "both")
    page.session_state["own_record"] = "own-CQ-0001"
    page.run()

    fields = page.dataframe[0].value.set_index("field")["value"]
    assert fields["Title"] == "Fair"
    assert "Works" in set(page.dataframe[1].value["title"])
    assert "record" not in page.query_params
    page.button(key="close_own").click().run()
    assert len(page.dataframe) == 1


def test_the_events_page_shows_own_totals_alone_or_first():
    page = opened("events")
    assert page.dataframe[0].value["amount"].tolist()[0] == "CNY 10 bn"
    assert len(page.dataframe) == 1
    beside = opened("events", "both")
    assert len(beside.dataframe) == 2


def test_another_session_sees_nothing_of_it():
    opened("records")
    other = AppTest.from_file(str(ROOT / "pages" / "records.py"), default_timeout=60).run()
    assert len(other.dataframe[0].value) == len(list_records())
    assert "own_control" not in {each.key for each in other.segmented_control}

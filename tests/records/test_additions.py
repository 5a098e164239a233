"""New figures become rows that obey every law, or nothing at all."""

import pandas as pd
import pytest

from ccgeo.records.additions import FIGURE_COLUMNS, add_figures
from ccgeo.records.laws import TABLES
from ccgeo.records.tables import read_table

TOTAL = {
    "ref": "total",
    "source_title": "A page made up for this test",
    "source_publisher": "Nobody",
    "source_url": "https://example.org/fair",
    "source_date": "2024-05-01",
    "source_class": "press",
    "event_id": "made-up-fair-2024",
    "event_name_en": "Made-up fair 2024",
    "event_date": "2024-05-01",
    "kind": "event",
    "title": "Made-up total",
    "date": "2024-05-01",
    "date_kind": "signed",
    "stage": "signed",
    "project_count": "10",
    "count_unit": "projects",
    "count_qualifier": "exact",
    "amount_value": "5.4321",
    "amount_scale": "bn",
    "currency": "CNY",
    "amount_kind": "investment",
    "amount_qualifier": "exact",
    "place_text": "Chongqing",
    "place_level": "province",
    "place_ids": "500000",
    "place_basis": "stated",
    "confidence": "2",
}
CARS = TOTAL | {
    "ref": "",
    "kind": "breakdown",
    "parent_id": "total",
    "cut": "sector",
    "title": "Made-up cars",
    "sector_reported": "automobiles",
    "project_count": "4",
    "amount_value": "2.1234",
}


@pytest.fixture(scope="module")
def tables():
    return {name: read_table(name) for name in TABLES}


def figures(*rows):
    return pd.DataFrame([dict.fromkeys(TOTAL, "") | row for row in rows]).fillna("")


def added(tables, *rows):
    return add_figures(tables, figures(*rows))


def test_a_total_and_its_part_get_ids_a_source_an_event_and_a_sector(tables):
    addition = added(tables, TOTAL, CARS)
    assert addition.report.errors == ()
    total, cars = addition.rows["records.csv"].to_dict("records")
    assert total["id"] != cars["id"]
    assert not {total["id"], cars["id"]} & set(tables["records.csv"]["id"])
    assert cars["parent_id"] == total["id"]
    assert (total["sum_role"], cars["sum_role"]) == ("count", "part")
    assert (cars["sector_id"], cars["sector_ids"]) == ("automotive", "automotive")
    (source,) = addition.rows["sources.csv"].to_dict("records")
    assert total["source_id"] == cars["source_id"] == source["source_id"] == "S0630"
    assert source["linkable"] == "yes"
    (event,) = addition.rows["events.csv"].to_dict("records")
    assert event["name_en"] == "Made-up fair 2024"


@pytest.mark.parametrize(
    ("place", "prefix"),
    [({}, "CQ-"), ({"place_ids": "510000"}, "SC"), ({"place_level": "circle"}, "CC-")],
)
def test_an_id_continues_the_run_of_its_place(tables, place, prefix):
    ids = {"circle": "CCEC"}.get(place.get("place_level"), place.get("place_ids", "500000"))
    row = TOTAL | place | {"place_ids": ids}
    addition = added(tables, row)
    assert addition.report.errors == ()
    assert addition.rows["records.csv"]["id"].item().startswith(prefix)


def test_a_page_and_an_event_that_are_known_are_used_again(tables):
    known = tables["sources.csv"].loc[tables["sources.csv"]["url"] != ""].iloc[0]
    page = {f"source_{name}": known[name] for name in ("title", "publisher", "url", "date")}
    event = {"event_id": "smart-china-expo-2022", "event_name_en": ""}
    addition = added(tables, TOTAL | page | {"source_class": known["class"]} | event)
    assert addition.report.errors == ()
    assert addition.rows["sources.csv"].empty
    assert addition.rows["events.csv"].empty
    assert addition.rows["records.csv"]["source_id"].item() == known["source_id"]


@pytest.mark.parametrize(
    "page",
    [
        {"source_class": "copy"},
        {"source_class": "no_url", "source_url": ""},
        {"source_url": "http://10.1.2.3/page"},
    ],
)
def test_a_page_that_is_not_safe_is_cited_and_not_linked(tables, page):
    addition = added(tables, TOTAL | page)
    assert addition.report.errors == ()
    (source,) = addition.rows["sources.csv"].to_dict("records")
    assert source["linkable"] == "no"
    assert source["reason"]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"stage": "singed"}, "stage"),
        ({"date": "May 2024"}, "date"),
        ({"place_basis": ""}, "place_basis"),
        ({"place_ids": "500199"}, "place_ids"),
        ({"amount_value": "five"}, "amount_value"),
        ({"confidence": ""}, "confidence"),
    ],
)
def test_a_wrong_cell_is_named_by_the_row_of_the_file(tables, wrong, column):
    errors = added(tables, TOTAL, CARS | wrong).report.errors
    assert [(e.file, e.row, e.column) for e in errors] == [("figures.csv", 3, column)]


def test_a_column_that_does_not_exist_is_named_with_the_nearest(tables):
    (error,) = add_figures(tables, pd.DataFrame([{"titel": "x"}])).report.errors
    assert "nearest: title" in error.reason


def test_a_table_without_rows_is_refused(tables):
    (error,) = add_figures(tables, pd.DataFrame(columns=["title"])).report.errors
    assert error.reason == "the table has no rows"


def test_the_same_money_in_the_same_year_is_pointed_out(tables):
    alike = added(tables, TOTAL | {"amount_value": "212.1", "date": "2022-08-23"}).look_alikes
    assert "CQ-0014" in {known for _, known in alike}


def test_a_known_project_told_again_is_not_pointed_out(tables):
    row = TOTAL | {"kind": "deal", "project_count": "", "count_unit": "", "count_qualifier": ""}
    row |= {"amount_value": "24", "date": "2019", "project_key": "raffles-city"}
    row |= {"sum_role": "telling", "sum_reason": "the same project as CQ-0060"}
    addition = added(tables, row)
    assert addition.report.errors == ()
    assert "CQ-0060" not in {known for _, known in addition.look_alikes}


def test_two_figures_of_one_project_cannot_both_count(tables):
    twice = TOTAL | {"project_key": "fact-cq-0001"}
    (error,) = added(tables, twice).report.errors
    assert error.column == "sum_role"


def test_every_column_of_a_record_can_be_given_but_those_that_follow():
    assert {"id", "source_id", "sector_id", "sector_ids"}.isdisjoint(FIGURE_COLUMNS)
    assert len(set(FIGURE_COLUMNS)) == len(FIGURE_COLUMNS)


def test_nothing_given_is_changed(tables):
    before = {name: table.copy() for name, table in tables.items()}
    given = figures(TOTAL, CARS)
    copy = given.copy()
    add_figures(tables, given)
    assert given.equals(copy)
    assert all(before[name].equals(table) for name, table in tables.items())

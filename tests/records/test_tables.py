"""The shipped tables come with types, and the figures as reported stay beside them."""

import pandas as pd
import pytest

from ccgeo.errors import DataFileError
from ccgeo.records.schema import RECORD_COLUMNS
from ccgeo.records.tables import (
    read_events,
    read_records,
    read_sources,
    read_table,
    typed_records,
)
from ccgeo.records.vocabulary import ADDITIVE_AMOUNT_KINDS


def one(**cells):
    row = dict.fromkeys(RECORD_COLUMNS, "") | {"confidence": "3", "kind": "deal", "date": "2020"}
    return typed_records(pd.DataFrame([row | cells])).iloc[0]


def test_a_table_is_read_as_text_with_empty_cells():
    table = read_table("records.csv")
    assert list(table.columns) == list(RECORD_COLUMNS)
    assert not table.isna().any().any()


def test_a_table_that_is_not_there_is_an_error():
    with pytest.raises(DataFileError, match="nothing"):
        read_table("nothing.csv")


def test_lists_become_tuples():
    row = one(partners="SG;US", place_ids="500103", flags="")
    assert row["partners"] == ("SG", "US")
    assert row["place_ids"] == ("500103",)
    assert row["flags"] == ()


def test_a_deal_without_a_count_is_one_project():
    assert one()["projects"] == 1


def test_an_event_without_a_count_has_none():
    assert pd.isna(one(kind="event")["projects"])


@pytest.mark.parametrize(("unit", "projects"), [("projects", 37), ("agreements", 37)])
def test_projects_and_agreements_are_counted(unit, projects):
    assert one(kind="event", project_count="37", count_unit=unit)["projects"] == projects


@pytest.mark.parametrize("unit", ["companies", "institutions", "beds", "participants", "parks"])
def test_a_count_of_something_else_is_no_number_of_projects(unit):
    assert pd.isna(one(kind="event", project_count="37", count_unit=unit)["projects"])
    assert one(kind="deal", project_count="700", count_unit=unit)["projects"] == 1


@pytest.mark.parametrize(("kind", "adds"), [("investment", True), ("output_value", False)])
def test_only_new_investment_has_an_amount_to_sum(kind, adds):
    row = one(amount_value="3", amount_scale="bn", currency="CNY", amount_kind=kind)
    assert row["money_fen"] == 3 * 10**11
    assert pd.notna(row["amount_fen"]) == adds
    assert row["amount_reported"] == "3 bn CNY"


def test_a_framework_or_an_acquisition_is_never_summed():
    assert "framework" not in ADDITIVE_AMOUNT_KINDS
    assert "acquisition" not in ADDITIVE_AMOUNT_KINDS


def test_an_undated_record_has_no_year_but_an_amount():
    row = one(date="", amount_value="1", amount_scale="mn", currency="USD", amount_kind="contract")
    assert pd.isna(row["year"])
    assert row["amount_fen"] == 718_750_000


@pytest.mark.parametrize(
    ("date", "precision"), [("", ""), ("2022", "year"), ("2022-08", "month"), ("2022-08-22", "day")]
)
def test_a_date_says_how_precise_it_is(date, precision):
    assert one(date=date)["date_precision"] == precision


def test_a_month_has_a_year():
    assert one(date="2019-07")["year"] == 2019


def test_the_text_table_is_not_changed():
    table = read_table("records.csv")
    before = table.copy(deep=True)
    typed_records(table)
    pd.testing.assert_frame_equal(table, before)


def test_shipped_tables_are_read_once():
    assert read_records() is read_records()
    assert read_events() is read_events()
    assert read_sources() is read_sources()


def test_linkable_is_a_truth_value():
    assert read_sources()["linkable"].dtype == bool

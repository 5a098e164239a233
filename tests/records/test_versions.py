"""Versions of one fact stay side by side; one is used, and the reason is named."""

import pandas as pd
import pytest

from ccgeo.records.schema import RECORD_COLUMNS
from ccgeo.records.tables import read_records, typed_records
from ccgeo.records.versions import RULES, conflicts, tellings

BLANK = dict.fromkeys(RECORD_COLUMNS, "") | {
    "kind": "deal",
    "date": "2020",
    "stage": "signed",
    "place_level": "province",
    "place_ids": "500000",
    "confidence": "2",
    "sum_role": "count",
    "source_id": "S0001",
}
MONEY = {"amount_value": "1", "amount_scale": "bn", "currency": "CNY", "amount_kind": "investment"}


def told(*rows, column="project_key"):
    named = [BLANK | {column: "plant"} | row for row in rows]
    return typed_records(pd.DataFrame(named))


def rule_of(used, other):
    rows = told({"id": "A", **used}, {"id": "B", "sum_role": "telling", **other})
    (versions,) = tellings(rows)
    assert versions.used == "A"
    return versions


@pytest.mark.parametrize(
    ("used", "other", "rule"),
    [
        ({"parent_id": "E", "cut": "deal", "sum_role": "part"}, {"date": "2024"}, "event"),
        (MONEY, {"stage": "completed"}, "amount"),
        ({"stage": "started"}, {"confidence": "3"}, "stage"),
        ({"confidence": "3"}, {"date": "2024"}, "confidence"),
        ({"date": "2021"}, {}, "date"),
        ({}, {}, "equal"),
    ],
)
def test_the_first_difference_is_the_rule(used, other, rule):
    versions = rule_of(used, other)
    assert versions.rule == rule
    assert versions.rival == ""


def test_a_choice_against_the_rank_is_called_the_editor_s_and_names_the_rival():
    versions = rule_of({"stage": "signed"}, {"stage": "operating"})
    assert (versions.rule, versions.rival) == ("editor", "B")


def test_a_stock_is_never_summed_and_says_so():
    rows = told(
        {"id": "A", "kind": "indicator", "sum_role": "stock"},
        {"id": "B", "kind": "indicator", "sum_role": "stock"},
        column="conflict_group",
    )
    (versions,) = conflicts(rows)
    assert (versions.used, versions.rule) == ("", "stock")


def test_figures_that_are_no_projects_have_no_version_in_use():
    rows = told({"id": "A", "kind": "indicator", "sum_role": "none"}, column="conflict_group")
    assert conflicts(rows)[0].rule == "none"


def test_a_project_told_once_has_no_versions():
    assert tellings(told({"id": "A"})) == ()


def test_a_conflict_names_the_telling_in_use_even_outside_the_group():
    rows = told(
        {"id": "A"},
        {"id": "B", "sum_role": "telling", "conflict_group": "cost"},
        {"id": "C", "sum_role": "telling", "conflict_group": "cost"},
    )
    (versions,) = conflicts(rows)
    assert versions.used == "A"
    assert versions.record_ids == ("A", "B", "C")


def test_every_version_is_kept_and_every_rule_has_a_name():
    records = read_records()
    for versions in conflicts(records):
        group = set(records.loc[records["conflict_group"] == versions.group, "id"])
        assert group <= set(versions.record_ids)
        assert versions.rule in RULES
        assert (versions.used == "") == (versions.rule in {"stock", "none"})
        assert bool(versions.rival) == (versions.rule == "editor")


def test_the_one_in_use_stands_first():
    for versions in (*conflicts(read_records()), *tellings(read_records())):
        assert versions.used in {"", versions.record_ids[0]}

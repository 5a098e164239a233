"""Every way in which a row can be wrong is named with file, row, column, value and reason."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import CcgeoError, RecordError
from ccgeo.records.rules import Known, broken_by_source
from ccgeo.records.schema import (
    RECORD_COLUMNS,
    SOURCE_COLUMNS,
    parse_record,
    validate_records,
    validate_sources,
)
from ccgeo.records.vocabulary import FLAGS, STAGES, nearest_choices

GOOD = dict.fromkeys(RECORD_COLUMNS, "") | {
    "id": "AB-0001",
    "kind": "deal",
    "event_id": "fair",
    "title": "A plant",
    "date": "2020-05-17",
    "date_kind": "signed",
    "stage": "signed",
    "sector_reported": "biomedicine",
    "sector_id": "biomedicine",
    "sector_ids": "biomedicine",
    "project_count": "1",
    "count_unit": "projects",
    "count_qualifier": "exact",
    "amount_value": "1.5",
    "amount_scale": "bn",
    "currency": "CNY",
    "amount_kind": "investment",
    "amount_qualifier": "exact",
    "partners": "SG",
    "direction": "inbound",
    "place_text": "Yuzhong",
    "place_level": "district",
    "place_ids": "500103",
    "place_basis": "stated",
    "source_id": "S0001",
    "confidence": "3",
    "sum_role": "count",
}
SOURCE = dict.fromkeys(SOURCE_COLUMNS, "") | {
    "source_id": "S0001",
    "title": "A page",
    "url": "https://example.org/page",
    "class": "press",
    "linkable": "yes",
}


def check(*rows):
    return validate_records(
        pd.DataFrame(rows, columns=list(RECORD_COLUMNS)), events={"fair"}, sources={"S0001"}
    )


def columns_refused(**cells):
    return {error.column for error in check(GOOD | cells)}


def test_a_good_row_breaks_no_rule():
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "one"),
        ("kind", "rumour"),
        ("date_kind", "someday"),
        ("stage", "singed"),
        ("count_unit", "apples"),
        ("count_qualifier", "roughly"),
        ("amount_scale", "million"),
        ("amount_kind", "hope"),
        ("amount_qualifier", "about"),
        ("direction", "sideways"),
        ("place_level", "county"),
        ("confidence", "4"),
        ("sum_role", "sometimes"),
        ("cut", "diagonal"),
        ("title", ""),
        ("title", "重庆"),
        ("date", "2020-13"),
        ("date", "17 May 2020"),
        ("flags", "odd"),
        ("project_count", "-3"),
        ("project_count", "37.5"),
        ("amount_value", "1,5"),
        ("amount_value", "-1"),
        ("amount_value", "1e9"),
        ("amount_value", "NaN"),
        ("currency", "yuan"),
        ("quantity_value", "many"),
        ("partners", "XX"),
        ("place_ids", "999999"),
        ("place_ids", "510100"),
        ("place_ids", "500103;500112"),
        ("place_ids", ""),
        ("place_basis", ""),
        ("event_id", "nowhere"),
        ("source_id", "S9999"),
        ("sector_id", "aerospace"),
        ("sector_ids", ""),
    ],
)
def test_a_wrong_cell_is_refused_by_its_column(column, value):
    assert column in columns_refused(**{column: value})


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"project_count": ""}, "count_unit"),
        ({"amount_value": ""}, "currency"),
        ({"amount_value": ""}, "amount_kind"),
        ({"amount_value": ""}, "amount_qualifier"),
        ({"amount_kind": ""}, "amount_kind"),
        ({"quantity_value": "5"}, "quantity_unit"),
        ({"quantity_unit": "m2"}, "quantity_unit"),
        ({"partners": "CN"}, "direction"),
        ({"direction": "domestic"}, "direction"),
        ({"kind": "indicator"}, "sum_role"),
        ({"kind": "zone_statistic"}, "sum_role"),
        ({"sum_role": "part"}, "sum_role"),
        ({"sum_role": "overlap"}, "sum_reason"),
        ({"cut": "place"}, "cut"),
        ({"parent_id": "AB-0009", "cut": "place", "sum_role": "part"}, "parent_id"),
        ({"parent_id": "AB-0001", "cut": "place", "sum_role": "part"}, "parent_id"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(cells, column):
    assert column in columns_refused(**cells)


@pytest.mark.parametrize(
    ("level", "ids"),
    [
        ("district", "511702"),
        ("zone", "cq-liangjiang-na"),
        ("prefecture", "511700"),
        ("prefecture", "510100"),
        ("province", "500000"),
        ("several", "511700;500101;500154"),
        ("circle", "CCEC"),
        ("country", "CN"),
        ("bloc", "ASEAN"),
        ("unknown", ""),
    ],
)
def test_every_level_of_knowledge_takes_its_own_places(level, ids):
    assert columns_refused(place_level=level, place_ids=ids) == set()


@pytest.mark.parametrize(
    ("level", "ids"),
    [
        ("several", "500101"),
        ("unknown", "500000"),
        ("circle", "510000"),
        ("zone", "500112"),
        ("bloc", "SG"),
        ("district", "500157"),
    ],
)
def test_a_place_of_another_level_is_refused(level, ids):
    assert "place_ids" in columns_refused(place_level=level, place_ids=ids)


def test_an_id_used_twice_is_refused_in_both_rows():
    errors = check(GOOD, GOOD)
    assert [(error.row, error.column) for error in errors] == [(2, "id"), (3, "id")]


def test_two_tellings_of_one_project_never_count_both():
    errors = check(GOOD | {"project_key": "k"}, GOOD | {"id": "AB-0002", "project_key": "k"})
    assert [(error.row, error.column) for error in errors] == [(3, "sum_role")]
    assert "AB-0001 already counts" in errors[0].reason


def test_nothing_counts_below_a_telling():
    telling = GOOD | {"sum_role": "telling", "sum_reason": "told before"}
    part = GOOD | {"id": "AB-0002", "parent_id": "AB-0001", "cut": "deal", "sum_role": "part"}
    assert [(error.row, error.column) for error in check(telling, part)] == [(3, "sum_role")]


def test_records_that_contain_each_other_are_refused():
    cells = {"cut": "deal", "sum_role": "part"}
    one = GOOD | cells | {"parent_id": "AB-0002"}
    other = GOOD | cells | {"id": "AB-0002", "parent_id": "AB-0001"}
    assert {error.column for error in check(one, other)} == {"parent_id"}


def test_a_root_with_a_parent_is_a_part():
    child = GOOD | {"id": "AB-0002", "parent_id": "AB-0001", "cut": "deal"}
    assert [error.reason for error in check(GOOD, child)] == ["a record with a parent_id is a part"]


def test_a_missing_column_is_named_before_anything_else():
    errors = validate_records(pd.DataFrame({"id": ["x"]}), events=set(), sources=set())
    assert {error.row for error in errors} == {1}
    assert "title" in {error.column for error in errors}


def test_an_error_says_file_row_column_value_and_reason():
    (error,) = check(GOOD | {"stage": "singed"})
    assert isinstance(error, RecordError)
    assert isinstance(error, CcgeoError)
    assert isinstance(error, ValueError)
    assert (error.file, error.row, error.column, error.value) == (
        "records.csv",
        2,
        "stage",
        "singed",
    )
    assert str(error).startswith("records.csv, row 2, column stage: 'singed' - use one of")
    assert str(error).endswith("nearest: signed")


def test_the_name_of_the_file_can_be_the_user_s():
    rows = pd.DataFrame([GOOD | {"kind": "rumour"}])
    (error,) = validate_records(rows, events={"fair"}, sources={"S0001"}, file="mine.csv")
    assert error.file == "mine.csv"


@given(st.dictionaries(st.sampled_from(RECORD_COLUMNS), st.text(max_size=20), max_size=8))
def test_hostile_cells_give_errors_and_never_an_exception(cells):
    for error in check(GOOD | cells):
        assert error.column in RECORD_COLUMNS
        assert error.reason


@given(st.dictionaries(st.sampled_from(SOURCE_COLUMNS), st.text(max_size=20), max_size=8))
def test_hostile_sources_give_errors_and_never_an_exception(cells):
    for error in validate_sources(pd.DataFrame([SOURCE | cells])):
        assert error.column in SOURCE_COLUMNS


def test_a_record_is_a_value_with_types():
    value = parse_record(GOOD | {"partners": "SG;US", "quantity_value": ""})
    assert value.amount_value == Decimal("1.5")
    assert value.partners == ("SG", "US")
    assert value.project_count == 1
    assert value.confidence == 3
    assert value.quantity_value is None
    assert value.flags == ()


def test_a_record_cannot_be_changed():
    value = parse_record(GOOD)
    with pytest.raises(FrozenInstanceError, match="amount_value"):
        value.amount_value = Decimal(0)


def test_equal_rows_are_equal_records():
    assert parse_record(GOOD) == parse_record(dict(GOOD))
    assert hash(parse_record(GOOD)) == hash(parse_record(GOOD))


def test_a_row_without_a_column_is_refused():
    with pytest.raises(KeyError, match="stage"):
        parse_record({key: value for key, value in GOOD.items() if key != "stage"})


def test_a_good_source_breaks_no_rule():
    assert validate_sources(pd.DataFrame([SOURCE])) == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"title": ""}, "title"),
        ({"class": "gossip"}, "class"),
        ({"date": "yesterday"}, "date"),
        ({"linkable": "maybe"}, "linkable"),
        ({"linkable": "no"}, "reason"),
        ({"class": "copy"}, "linkable"),
        ({"class": "mirror"}, "linkable"),
        ({"class": "no_url"}, "linkable"),
        ({"url": ""}, "linkable"),
        ({"url": "javascript:alert(1)"}, "linkable"),
        ({"url": "http://10.0.0.1/a"}, "linkable"),
        ({"url": "http://10.0.0.1:8080/a"}, "linkable"),
        ({"url": "//example.org"}, "linkable"),
    ],
)
def test_a_source_that_is_not_safe_to_link_is_refused(cells, column):
    errors = validate_sources(pd.DataFrame([SOURCE | cells]))
    assert column in {error.column for error in errors}


def test_a_source_used_twice_is_refused():
    assert len(validate_sources(pd.DataFrame([SOURCE, SOURCE]))) == 2


def test_sources_without_a_column_are_refused():
    (error,) = validate_sources(pd.DataFrame([SOURCE]).drop(columns="class"))
    assert (error.row, error.column) == (1, "class")


def test_rules_are_told_what_may_be_named():
    assert Known({}, {"fair"}, {"S0001"}).events == {"fair"}
    assert list(broken_by_source(SOURCE)) == []


def test_the_nearest_choices_are_alike_or_none():
    assert nearest_choices("singed", STAGES) == ["signed"]
    assert nearest_choices("xyzzy", STAGES) == []
    assert len(nearest_choices("count", FLAGS, limit=1)) <= 1

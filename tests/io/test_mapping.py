"""Headings in either language find their fields, and a mapping can be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.mapping import (
    FIELDS,
    MOST_SAVED_BYTES,
    check_mapping,
    datum_of,
    guess_mapping,
    mapping_bytes,
    read_mapping,
    unit_of,
)
from ccgeo.io.rows import record_rows
from ccgeo.query.engine import read_placed
from ccgeo.query.selection import View


def test_chinese_headings_are_known():
    columns = ["序号", "项目名称", "签约金额（亿元）", "签约时间", "区县", "行政区划代码", "国别",
               "所属行业", "经度", "纬度", "备注", "企业", "币种"]  # fmt: skip

    mapping = guess_mapping(columns)

    assert set(mapping.values()) == set(columns)
    assert mapping["amount"] == "签约金额（亿元）"


def test_english_headings_are_known_whatever_their_case():
    columns = ["Record ID", "PROJECT NAME", "Amount, USD mn", "date_signed", "District", "Lng"]

    mapping = guess_mapping(columns)

    assert list(mapping) == ["id", "title", "date", "amount", "place", "lon"]


def test_what_is_exported_is_known():
    columns = list(record_rows(read_placed().head(1), View())[0])

    mapping = guess_mapping(columns)

    assert mapping["title"] == "title"
    assert mapping["amount"] == "amount_cny"
    assert mapping["adcode"] == "adcode"
    assert mapping["id"] == "entry_id"


def test_the_more_exact_heading_wins():
    assert guess_mapping(["Amount (note)", "amount"])["amount"] == "amount"


@given(st.lists(st.text(max_size=12), max_size=30))
def test_each_heading_is_used_once(columns):
    mapping = guess_mapping(columns)

    assert len(set(mapping.values())) == len(mapping)
    assert set(mapping) <= set(FIELDS)
    assert set(mapping.values()) <= set(columns)


@pytest.mark.parametrize("mapping", [{"titel": "Name"}, {"title": "Nome"}])
def test_a_mapping_that_does_not_fit_is_told(mapping):
    with pytest.raises(UnknownChoiceError):
        check_mapping(mapping, ["Name"])


def test_a_mapping_is_kept_in_the_order_of_the_fields():
    mapping = {"date": "Date", "title": "Name"}

    assert list(check_mapping(mapping, ["Name", "Date"])) == ["title", "date"]
    assert read_mapping(mapping_bytes(mapping)) == mapping


@pytest.mark.parametrize(
    "content",
    [b"", b"[1]", b'{"title": 3}', b"\xff", b"[" * 100_000, b"{}" + b" " * MOST_SAVED_BYTES],
)
def test_what_is_no_mapping_is_told(content):
    with pytest.raises(CcgeoError, match="no saved mapping"):
        read_mapping(content)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("金额（亿元）", "亿元"), ("Amount (CNY bn)", "CNY bn"), ("amount_cny", "cny"),
     ("Amount, USD mn", "USD mn"), ("Amount", ""), ("投资额/万元", "万元")],
)  # fmt: skip
def test_a_heading_says_its_unit(heading, unit):
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    ("heading", "datum"), [("gcj02_lng", "gcj02"), ("百度经度", "bd09"), ("经度", "")]
)
def test_a_heading_says_its_datum(heading, datum):
    assert datum_of(heading) == datum

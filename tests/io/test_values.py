"""Values are read as people write them, or named as what they are; never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io.faults import FAULTS
from ccgeo.io.values import (
    Money,
    is_nothing,
    parse_amount,
    parse_count,
    parse_date,
    parse_degrees,
    plain_text,
)
from ccgeo.records.money import to_fen
from ccgeo.records.vocabulary import AMOUNT_SCALES


@pytest.mark.parametrize(
    ("text", "value", "scale", "currency"),
    [
        ("RMB22.4 billion", "22.4", "bn", "CNY"),
        ("1.15 billion yuan", "1.15", "bn", "CNY"),
        ("1.5亿元", "1.5", "100mn", "CNY"),
        ("３.５", "3.5", "1", ""),
        ("1,234", "1234", "1", ""),
        ("US$860m", "860", "mn", "USD"),
        ("860 million US dollars", "860", "mn", "USD"),
        ("HK$5bn", "5", "bn", "HKD"),
        ("S$1.2b", "1.2", "bn", "SGD"),
        ("100万元人民币", "100", "10k", "CNY"),
        ("人民币５亿元", "5", "100mn", "CNY"),
        ("12万亿元", "12", "trn", "CNY"),
        ("1.5千万元", "1500", "10k", "CNY"),
        ("2000万美金", "2000", "10k", "USD"),
        ("¥ 1,234,567.89", "1234567.89", "1", "CNY"),
        ("EUR 3mn", "3", "mn", "EUR"),
        ("5 thousand yuan", "5000", "1", "CNY"),
    ],
)
def test_an_amount_is_read(text, value, scale, currency):
    money = parse_amount(text).value

    assert (money.value, money.scale, money.currency) == (Decimal(value), scale, currency)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 212.1 billion yuan", "min"),
        ("超过100亿元", "min"),
        ("逾1亿元", "min"),
        ("约3.5亿美元", "approx"),
        ("up to US$5m", "max"),
        ("5亿元", "exact"),
    ],
)
def test_an_amount_says_how_it_is_meant(text, qualifier):
    assert parse_amount(text).value.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "unit", "scale", "currency"),
    [
        ("5", "亿元", "100mn", "CNY"),
        ("5", "USD mn", "mn", "USD"),
        ("5", "cny", "1", "CNY"),
        ("5 bn", "CNY", "bn", "CNY"),
        ("5亿元", "亿元", "100mn", "CNY"),
    ],
)
def test_the_heading_says_what_the_cell_does_not(text, unit, scale, currency):
    assert parse_amount(text, unit).value == Money(Decimal(5), scale, currency, "exact")


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from([("bn", "bn"), ("mn", "million"), ("100mn", "亿"), ("10k", "万"), ("1", "")]),
)
def test_any_figure_with_any_scale_comes_through(value, scale):
    name, word = scale

    money = parse_amount(f"{value:,} {word} yuan").value

    assert money == Money(value, name, "CNY", "exact")
    assert to_fen(money.value, money.scale, "CNY", 2020) == to_fen(value, name, "CNY", 2020)


@given(st.text(max_size=30), st.text(max_size=10))
def test_whatever_stands_there_gives_an_amount_or_a_known_fault(text, unit):
    parsed = parse_amount(text, unit)

    assert not parsed.fault or parsed.fault in FAULTS
    assert parsed.value is None or (
        parsed.value.value.is_finite() and parsed.value.scale in AMOUNT_SCALES
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2022年8月22日", "2022-08-22"),
        ("２０２２年８月", "2022-08"),
        ("二〇二二年八月", "2022-08"),
        ("Aug. 23, 2022", "2022-08-23"),
        ("22 August 2022", "2022-08-22"),
        ("Sept 3rd, 2022", "2022-09-03"),
        ("August 2022", "2022-08"),
        ("2022", "2022"),
        ("2022/8/5", "2022-08-05"),
        ("2022.8.22", "2022-08-22"),
        ("20220822", "2022-08-22"),
        ("13/04/2022", "2022-04-13"),
        ("04/13/2022", "2022-04-13"),
        ("2022-08-22 10:30:00", "2022-08-22"),
        ("2022-08-22T10:30:00Z", "2022-08-22"),
    ],
)
def test_a_date_is_read(text, wanted):
    parsed = parse_date(text)

    assert (parsed.value, parsed.fault) == (wanted, "")


@given(st.dates(date(1978, 1, 1), date(2035, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    iso = day.isoformat()
    forms = [iso, f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%B %d, %Y}"]

    assert [parse_date(form).value for form in forms] == [iso] * 4


@given(st.dates(date(1980, 1, 1), date(2035, 12, 31)))
def test_the_days_of_a_spreadsheet_are_read_in_both_counts(day):
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)

    assert parse_date(str(serial)) == (day.isoformat(), "date.serial")
    assert parse_date(str(serial - 1462), is_1904=True) == (day.isoformat(), "date.serial")


@given(st.text(max_size=30))
def test_whatever_stands_there_gives_a_date_or_a_known_fault(text):
    parsed = parse_date(text)

    assert not parsed.fault or parsed.fault in FAULTS
    assert parsed.value is None or parsed.value[:4].isdigit()


@pytest.mark.parametrize(
    ("text", "wanted"), [("54", 54), ("1,200", 1200), ("18个", 18), ("3 projects", 3), (7.0, 7)]
)
def test_a_count_is_read(text, wanted):
    assert parse_count(text).value == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("106.55", 106.55), ("29.5°N", 29.5), ("12.5 S", -12.5), (104, 104.0)]
)
def test_degrees_are_read(text, wanted):
    assert parse_degrees(text).value == wanted


@pytest.mark.parametrize("text", ["", " ", "-", "–", "N/A", "无", "不详", "Not stated", "　"])
def test_nothing_is_nothing_everywhere(text):
    assert is_nothing(text)
    for parse in (parse_amount, parse_date, parse_count, parse_degrees):
        assert parse(text) == (None, "")


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20))
def test_plain_text_is_plain_already(value):
    once = plain_text(value)

    assert plain_text(once) == once

"""What does not add up is found and said, and stays as it is."""

import pandas as pd
import pytest

from ccgeo.records.checks import (
    BIG_AVERAGE_FEN,
    BIG_PROJECT_FEN,
    check_averages,
    check_parts,
    check_records,
    check_shares,
    check_sizes,
    check_stocks,
)
from ccgeo.records.schema import RECORD_COLUMNS
from ccgeo.records.tables import read_records, typed_records

BLANK = dict.fromkeys(RECORD_COLUMNS, "") | {
    "kind": "event",
    "date": "2020",
    "stage": "signed",
    "place_level": "province",
    "place_ids": "500000",
    "confidence": "3",
    "sum_role": "count",
    "source_id": "S0001",
}


def records(*rows):
    return typed_records(pd.DataFrame([BLANK | row for row in rows]))


def money(value, amount_kind="investment", **cells):
    amount = {"amount_value": value, "amount_scale": "bn", "currency": "CNY"}
    amount["amount_kind"] = amount_kind
    return amount | cells


def gdp(value, **cells):
    return money(value, "gdp", kind="indicator", sum_role="none", **cells)


def share(percent, **cells):
    figure = {"quantity_value": percent, "quantity_unit": "percent_of_national_gdp"}
    return figure | {"kind": "indicator", "sum_role": "none"} | cells


NATION = gdp("100000", id="N", place_level="country", place_ids="CN", source_id="S0002")


def test_a_gdp_ten_times_too_low_is_found():
    (finding,) = check_shares(records(gdp("660", id="G"), share("6.3", id="P"), NATION))
    assert finding.record_ids == ("G", "P", "N")
    assert finding.sentence.endswith("is CNY 6,300 bn: about 10 times too low.")


def test_a_gdp_ten_times_too_high_is_found():
    (finding,) = check_shares(records(gdp("63000", id="G"), share("6.3", id="P"), NATION))
    assert finding.sentence.endswith("about 10 times too high.")


@pytest.mark.parametrize("value", ["6300", "5000", "9000"])
def test_a_gdp_that_fits_its_share_is_no_finding(value):
    assert list(check_shares(records(gdp(value, id="G"), share("6.3", id="P"), NATION))) == []


@pytest.mark.parametrize("cells", [{"date": "2019"}, {"source_id": "S0009"}])
def test_a_gdp_of_another_year_or_source_is_not_compared(cells):
    found = check_shares(records(gdp("660", id="G", **cells), share("6.3", id="P"), NATION))
    assert list(found) == []


def test_without_a_national_figure_nothing_can_be_said():
    assert list(check_shares(records(gdp("660", id="G"), share("6.3", id="P")))) == []


def part(value, count, record_id="b", **cells):
    tree = {"parent_id": "e", "cut": "sector", "sum_role": "part", "kind": "breakdown"}
    counted = {"project_count": count, "count_unit": "projects"}
    return money(value, id=record_id, **(tree | counted | cells))


def whole(value, count, **cells):
    return money(value, id="e", project_count=count, count_unit="projects", **cells)


def test_parts_that_exceed_their_total_are_found_in_money_and_in_number():
    findings = list(check_parts(records(whole("10", "5"), part("12.5", "8"))))
    assert [finding.sentence for finding in findings] == [
        "The parts of e have 3 more than its 5 projects.",
        "The parts of e exceed its CNY 10 bn by 2.5 bn.",
    ]
    assert findings[0].record_ids == ("e", "b")


def test_parts_that_exceed_a_lower_bound_say_that_it_is_one():
    (finding,) = check_parts(records(whole("30", "5", amount_qualifier="min"), part("30.1", "5")))
    assert finding.sentence.endswith("by 0.1 bn, which is a lower bound.")


def test_parts_that_exceed_a_rounded_total_say_so():
    (finding,) = check_parts(records(whole("1", "5", amount_qualifier="approx"), part("1.1", "5")))
    assert finding.sentence.endswith("which is rounded.")


def test_parts_within_their_total_are_no_finding():
    assert list(check_parts(records(whole("10", "5"), part("10", "5")))) == []


def test_one_project_larger_than_any_is_found_whatever_its_money_is():
    rows = records(
        money("50", id="a", kind="deal"),
        money("49.9", id="b", kind="deal"),
        money("70", "output_value", id="c", kind="deal"),
        money("900", id="d"),
    )
    findings = list(check_sizes(rows))
    assert [finding.record_ids for finding in findings] == [("a",), ("c",)]
    assert findings[1].sentence == "c is one project with CNY 70 bn of output value."
    assert BIG_PROJECT_FEN == 5 * 10**12


def test_an_average_above_five_billion_is_found():
    findings = list(check_averages(records(whole("125", "18"))))
    assert findings[0].sentence == "e comes to CNY 6.94 bn for each of 18 projects."
    assert list(check_averages(records(whole("89.9", "18")))) == []
    assert BIG_AVERAGE_FEN == 5 * 10**11


def test_an_average_of_a_few_projects_says_nothing():
    assert list(check_averages(records(whole("30", "4")))) == []


def stock(value, date, record_id, **cells):
    role = {"kind": "indicator", "sum_role": "stock", "conflict_group": "g", "date": date}
    return money(value, id=record_id, **(role | cells))


def test_a_stock_that_falls_is_found():
    rows = records(stock("8", "2021-06", "a"), stock("4.2", "2022", "b"), stock("5", "2023", "c"))
    (finding,) = check_stocks(rows)
    assert finding.record_ids == ("b", "a")
    assert "falls from 8 bn CNY (a, 2021-06) to 4.2 bn CNY (b, 2022)" in finding.sentence


def test_a_stock_that_grows_is_no_finding():
    assert list(check_stocks(records(stock("8", "2021", "a"), stock("9", "2022", "b")))) == []


def test_stocks_are_compared_in_the_currency_reported():
    rows = records(
        stock("10", "2013", "a", currency="USD"), stock("10.1", "2014", "b", currency="USD")
    )
    assert rows["money_fen"].iloc[0] > 0
    assert list(check_stocks(rows)) == []


def test_stocks_of_other_groups_or_without_a_date_are_not_compared():
    rows = records(
        stock("8", "2021", "a"),
        stock("4", "2022", "b", conflict_group="h"),
        stock("3", "", "c"),
        stock("2", "2023", "d", conflict_group=""),
    )
    assert list(check_stocks(rows)) == []


def test_the_checks_change_nothing():
    rows = records(whole("10", "5"), part("12.5", "8"))
    before = rows.copy(deep=True)
    assert check_records(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_every_finding_is_said_in_chinese_too():
    for finding in check_records(read_records()):
        assert finding.sentence_zh.endswith("。")
        assert all(record_id in finding.sentence_zh for record_id in finding.record_ids[:1])


def test_amounts_stand_in_hundreds_of_millions_in_chinese():
    (finding,) = check_shares(records(gdp("660", id="G"), share("6.3", id="P"), NATION))
    assert finding.sentence_zh.startswith("G称6,600亿元，")
    assert finding.sentence_zh.endswith("约低10倍。")

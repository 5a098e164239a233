"""Money is exact: Decimal in, whole fen out, the original figure kept."""

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.records.money import (
    FEN_PER_CNY,
    UNDATED_RATE_YEAR,
    amount_text,
    conversion_note,
    rate_of,
    read_rates,
    to_fen,
)
from ccgeo.records.vocabulary import AMOUNT_SCALES

CURRENCIES = ("USD", "EUR", "SGD", "HKD", "GBP", "KRW", "JPY", "TWD")
figures = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False, allow_infinity=False)
scales = st.sampled_from(sorted(AMOUNT_SCALES))
years = st.integers(2002, 2026)


def test_a_hundred_million_yuan_is_ten_thousand_million_fen():
    assert to_fen("1", "100mn", "CNY", 2020) == 10**10


@pytest.mark.parametrize(
    ("scale", "power"), [("1", 0), ("10k", 4), ("mn", 6), ("100mn", 8), ("bn", 9), ("trn", 12)]
)
def test_every_scale_is_a_power_of_ten(scale, power):
    assert to_fen("3", scale, "CNY", 2020) == 3 * 10**power * FEN_PER_CNY


def test_a_dollar_converts_at_the_average_of_its_year():
    assert to_fen("1", "mn", "USD", 2013) == 614_780_000
    assert to_fen("1", "mn", "USD", 2013) != to_fen("1", "mn", "USD", 2023)


@pytest.mark.parametrize(("currency", "units"), [("JPY", 100), ("KRW", 1000), ("USD", 1)])
def test_a_price_for_many_units_is_divided_by_them(currency, units):
    rate = rate_of(currency, 2020)
    assert rate.units == units
    assert to_fen(str(units), "1", currency, 2020) == round(rate.cny * FEN_PER_CNY)


def test_an_undated_amount_converts_at_a_stated_rate():
    assert rate_of("EUR", None).year == UNDATED_RATE_YEAR
    assert to_fen("5", "mn", "EUR", None) == to_fen("5", "mn", "EUR", UNDATED_RATE_YEAR)


def test_a_year_that_is_not_over_says_so():
    assert rate_of("USD", 2026).period == "January-June"
    assert rate_of("USD", 2025).period == "year"


def test_a_half_fen_goes_to_the_even_neighbour():
    assert to_fen("0.005", "1", "CNY", 2020) == 0
    assert to_fen("0.015", "1", "CNY", 2020) == 2
    assert to_fen("0.025", "1", "CNY", 2020) == 2


@given(figures, scales, years)
def test_yuan_never_change_by_conversion(figure, scale, year):
    exact = Fraction(figure) * 10 ** AMOUNT_SCALES[scale] * FEN_PER_CNY
    assert abs(Fraction(to_fen(figure, scale, "CNY", year)) - exact) <= Fraction(1, 2)


@given(figures, scales, st.sampled_from(CURRENCIES), years)
def test_an_amount_is_within_half_a_fen_of_the_exact_fraction(figure, scale, currency, year):
    rate = rate_of(currency, year)
    exact = Fraction(figure) * 10 ** AMOUNT_SCALES[scale] * Fraction(rate.cny) * FEN_PER_CNY
    exact /= Fraction(rate.units)
    assert abs(Fraction(to_fen(figure, scale, currency, year)) - exact) <= Fraction(1, 2)


@given(figures, scales, st.sampled_from(CURRENCIES), years)
def test_the_caller_s_decimal_context_changes_nothing(figure, scale, currency, year):
    wanted = to_fen(figure, scale, currency, year)
    with localcontext() as context:
        context.prec = 3
        assert to_fen(figure, scale, currency, year) == wanted


@given(figures, figures, scales)
def test_more_money_is_never_fewer_fen(one, other, scale):
    small, large = sorted((one, other))
    assert to_fen(small, scale, "USD", 2020) <= to_fen(large, scale, "USD", 2020)


@pytest.mark.parametrize("value", ["", "about 3", "NaN", "Infinity", "1,000"])
def test_what_is_not_a_number_is_refused_with_the_value(value):
    with pytest.raises(ValueError, match="an amount must be a number"):
        to_fen(value, "bn", "CNY", 2020)


def test_an_unknown_scale_names_the_known_ones():
    with pytest.raises(UnknownChoiceError, match=r"scale 'million' is not known.*100mn"):
        to_fen("1", "million", "CNY", 2020)


def test_an_unknown_currency_names_its_neighbours():
    with pytest.raises(UnknownChoiceError, match=r"'USX' is not known\. Nearest: .*USD"):
        rate_of("USX", 2020)


def test_a_year_without_a_rate_is_refused_by_name():
    with pytest.raises(UnknownChoiceError, match="1999") as caught:
        rate_of("USD", 1999)
    assert caught.value.nearest == ()


def test_an_amount_reads_as_the_source_prints_it():
    assert amount_text("2086.7", "100mn", "CNY") == "208.67 bn CNY"
    assert amount_text("10048", "10k", "USD") == "100.48 mn USD"
    assert amount_text("24", "bn", "CNY") == "24 bn CNY"
    assert amount_text("5", "1", "CNY") == "5 CNY"
    assert amount_text("", "", "") == ""


def test_every_rate_is_positive_sourced_and_once():
    rates = read_rates()
    assert not rates.duplicated(["currency", "year"]).any()
    assert all(Decimal(text) > 0 for text in rates["cny_per_units"])
    assert (rates["source_url"].str.startswith("https://")).all()
    assert set(rates["currency"]) == set(CURRENCIES)


def test_neighbouring_years_differ_by_less_than_a_quarter():
    for currency in CURRENCIES:
        prices = [rate_of(currency, year).cny for year in range(2002, 2027)]
        changes = [abs(b / a - 1) for a, b in pairwise(prices)]
        assert max(changes) < Decimal("0.25"), currency


# ---------------------------------------------------------------- notes on conversions


def test_yuan_and_nothing_need_no_conversion():
    assert conversion_note("CNY", 2020) == conversion_note("", None) == ""


def test_a_conversion_names_rate_units_and_year():
    assert conversion_note("JPY", 2010).startswith("converted at CNY ")
    assert conversion_note("JPY", 2010).endswith("for 100 JPY, average of 2010")
    assert conversion_note("USD", 2013, "zh") == "按2013年平均汇率折算：1 USD = 6.1478 元"


def test_an_undated_conversion_says_so_in_both_languages():
    assert conversion_note("USD", None).startswith("undated: ")
    assert conversion_note("USD", None, "zh").startswith("无日期，")


def test_the_unfinished_year_names_its_months():
    assert re.search(r"average of 2026 \(.+\)$", conversion_note("USD", 2026))


def test_a_currency_without_a_rate_has_no_note():
    with pytest.raises(UnknownChoiceError, match="XYZ"):
        conversion_note("XYZ", 2020)

"""Amounts of money without a single float: Decimal in, whole fen out."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from ccgeo.errors import UnknownChoiceError
from ccgeo.records.vocabulary import AMOUNT_SCALES, nearest_choices
from ccgeo.shipped import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

FEN_PER_CNY = 100
"""Fen in one yuan."""

UNDATED_RATE_YEAR = 2025
"""Year whose rate converts a record without a date: the last year with a whole-year average."""

# One context for all amounts: to make one for each takes longer than to convert it.
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)

_CHINESE_SCALES: Final = frozenset({"10k", "100mn"})
_ENGLISH_SCALES: Final = {name: AMOUNT_SCALES[name] for name in ("mn", "bn", "trn")}


class Rate(NamedTuple):
    """Yearly average rate of a currency.

    Parameters
    ----------
    year : int
        Calendar year.
    currency : str
        ISO 4217 code.
    units : decimal.Decimal
        How many units the price is for (1, 100 or 1000).
    cny : decimal.Decimal
        Price of these units in yuan.
    basis : str
        "direct", or "cross via USD".
    period : str
        "year", or the months covered where the year was not over.
    """

    year: int
    currency: str
    units: Decimal
    cny: Decimal
    basis: str
    period: str


@cache
def read_rates() -> pd.DataFrame:
    """Read the yearly average exchange rates.

    Returns
    -------
    pandas.DataFrame
        One row a currency and year, all columns text: year, currency, units, cny_per_units,
        basis, period, source_title, source_url, note.

    Examples
    --------
    >>> sorted(read_rates()["currency"].unique())
    ['EUR', 'GBP', 'HKD', 'JPY', 'KRW', 'SGD', 'TWD', 'USD']
    """
    with reading("deals/rates.csv") as path:
        return pd.read_csv(path, dtype=str, keep_default_na=False)


@lru_cache(maxsize=512)
def rate_of(currency: str, year: int | None) -> Rate:
    """Return the rate that converts a currency in a year.

    Parameters
    ----------
    currency : str
        ISO 4217 code; ``"CNY"`` is one yuan in every year.
    year : int or None
        Calendar year of the record; without one, `UNDATED_RATE_YEAR` is used.

    Returns
    -------
    Rate
        The rate; its year says which one was used.

    Raises
    ------
    UnknownChoiceError
        There is no rate for this currency in this year.

    Examples
    --------
    >>> rate_of("USD", 2013).cny
    Decimal('6.1478')
    >>> rate_of("EUR", None).year
    2025
    """
    wanted = UNDATED_RATE_YEAR if year is None else year
    if currency == "CNY":
        return Rate(wanted, "CNY", Decimal(1), Decimal(1), "direct", "year")
    rates = _rates()
    if (currency, wanted) not in rates:
        known = sorted({code for code, _ in rates} | {"CNY"})
        nearest = nearest_choices(currency, known) or known
        what = f"exchange rate for {wanted} of currency"
        raise UnknownChoiceError(what, currency, [] if currency in known else nearest)
    return rates[currency, wanted]


def to_fen(value: Decimal | str, scale: str, currency: str, year: int | None) -> int:
    """Convert an amount as reported into whole fen.

    It is rounded once, half to even, so that the same record always gives the same fen.

    Parameters
    ----------
    value : decimal.Decimal or str
        Figure as reported, for example ``"2086.7"``.
    scale : str
        One of `AMOUNT_SCALES`: 1, 10k, mn, 100mn, bn, trn.
    currency : str
        ISO 4217 code.
    year : int or None
        Year whose average rate converts it; None for an undated record.

    Returns
    -------
    int
        Amount in fen (1 CNY = 100 fen).

    Raises
    ------
    ValueError
        The value is not a finite number.
    UnknownChoiceError
        The scale, or the currency in this year, is not known.

    Examples
    --------
    >>> to_fen("2086.7", "100mn", "CNY", 2023)
    20867000000000
    >>> to_fen("1", "mn", "USD", 2013)
    614780000
    """
    figure = _figure(value)
    if scale not in AMOUNT_SCALES:
        raise UnknownChoiceError("scale", scale, AMOUNT_SCALES)
    fen, units = _price(scale, currency, year)
    exact = _CONTEXT.divide(_CONTEXT.multiply(figure, fen), units)
    return int(_CONTEXT.quantize(exact, Decimal(1)))


def fen_of_hundredth(scale: str, currency: str, year: int | None) -> int:
    """Return what a hundredth of a unit is worth, where it is worth whole fen.

    Parameters
    ----------
    scale : str
        One of `AMOUNT_SCALES`.
    currency : str
        ISO 4217 code.
    year : int or None
        As of `to_fen`.

    Returns
    -------
    int
        Fen, so that a figure of two decimals is converted exactly; 0 where they are not whole
        or there is no rate.

    Examples
    --------
    >>> fen_of_hundredth("mn", "CNY", 2013), fen_of_hundredth("1", "USD", 2013)
    (1000000, 0)
    """
    try:
        fen, units = _price(scale, currency, year)
    except UnknownChoiceError:
        return 0
    worth, rest = divmod(fen, units * 100)
    return 0 if rest else int(worth)


def amount_text(value: str, scale: str, currency: str) -> str:
    """Write an amount as the source reports it.

    Ten thousands and hundred millions (万, 亿), which English does not count in, are written in the
    largest English scale that holds the figure; no digit changes.

    Parameters
    ----------
    value, scale, currency : str
        Figure, scale and currency of a record; all may be empty.

    Returns
    -------
    str
        For example ``"24 bn CNY"``; empty without a figure.

    Examples
    --------
    >>> amount_text("10048", "10k", "USD")
    '100.48 mn USD'
    >>> amount_text("24", "bn", "CNY")
    '24 bn CNY'
    """
    if not value:
        return ""
    if scale in _CHINESE_SCALES:
        value, scale = rescaled(value, AMOUNT_SCALES[scale], _ENGLISH_SCALES)
    return f"{value} {scale} {currency}" if scale != "1" else f"{value} {currency}"


def rescaled(value: str, power: int, scales: Mapping[str, int]) -> tuple[str, str]:
    """Write a figure in the largest of some scales that leaves it at 1 or more.

    Parameters
    ----------
    value : str
        Plain decimal number.
    power : int
        Power of ten that it is multiplied with.
    scales : mapping of str to int
        Powers of ten by name; the least is taken for a figure below all.

    Returns
    -------
    value, scale : str
        The same figure to the digit, without trailing zeros, and the name of its scale.

    Examples
    --------
    >>> rescaled("2086.7", 8, {"mn": 6, "bn": 9})
    ('208.67', 'bn')
    """
    plain = Decimal(value).scaleb(power, _CONTEXT)
    fitting = [name for name, each in scales.items() if abs(plain) >= Decimal(1).scaleb(each)]
    name = max(fitting, key=scales.__getitem__) if fitting else min(scales, key=scales.__getitem__)
    figure = f"{plain.scaleb(-scales[name], _CONTEXT):f}"
    return (figure.rstrip("0").rstrip(".") if "." in figure else figure), name


def conversion_note(currency: str, year: int | None, language: str = "en") -> str:
    """Say at which rate an amount was converted.

    Parameters
    ----------
    currency : str
        ISO 4217 code; empty without an amount.
    year : int or None
        Calendar year of the record, None where it has no date.
    language : {"en", "zh"}, optional
        Language wanted.

    Returns
    -------
    str
        Rate, year, and whether the record is undated; empty for yuan and without an amount.

    Raises
    ------
    UnknownChoiceError
        There is no rate for this currency in this year.

    Examples
    --------
    >>> conversion_note("USD", 2013)
    'converted at CNY 6.1478 for 1 USD, average of 2013'
    >>> conversion_note("USD", None)[:18]
    'undated: converted'
    """
    if currency in {"", "CNY"}:
        return ""
    rate = rate_of(currency, year)
    months = "" if rate.period == "year" else f" ({rate.period})"
    if language == "zh":
        undated = "无日期，" if year is None else ""
        price = f"{rate.units} {currency} = {rate.cny} 元"
        return f"{undated}按{rate.year}年{months}平均汇率折算：{price}"
    undated = "undated: " if year is None else ""
    price = f"CNY {rate.cny} for {rate.units} {currency}"
    return f"{undated}converted at {price}, average of {rate.year}{months}"


@lru_cache(maxsize=1024)
def _price(scale: str, currency: str, year: int | None) -> tuple[Decimal, Decimal]:
    """Return for how many fen one can have how many units of a scale of a currency."""
    rate = rate_of(currency, year)
    return Decimal(FEN_PER_CNY).scaleb(AMOUNT_SCALES[scale]) * rate.cny, rate.units


@cache
def _rates() -> dict[tuple[str, int], Rate]:
    return {
        (row.currency, int(row.year)): Rate(
            int(row.year),
            row.currency,
            Decimal(row.units),
            Decimal(row.cny_per_units),
            row.basis,
            row.period,
        )
        for row in read_rates().itertuples()
    }


def _figure(value: Decimal | str) -> Decimal:
    try:
        figure = Decimal(value)
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite():
        message = f"an amount must be a number such as 2086.7, not {value!r}"
        raise ValueError(message)
    return figure

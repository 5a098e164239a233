"""Amounts of a whole column: figures as most people write them by columns, any other one by one.

A plain figure stands among plain words. What the words mean is asked of the very rules that read
any other amount, once for all figures; how many fen a hundredth is worth, once for each unit and
year; the figures themselves are multiplied as whole numbers.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.columns import Column, combine, cut_arrow, join_columns
from ccgeo.io.values import Parsed, parse_amount
from ccgeo.records.money import amount_text, fen_of_hundredth, to_fen

if TYPE_CHECKING:
    from ccgeo.io.columns import Codes
    from ccgeo.io.values import Money

MOST_FEN: Final = 10**16
"""Amounts above CNY 100 trn are no amounts of one record."""

# Digits without a needless zero, no more decimals than two, and letters that no rule changes.
_WORDS: Final = r"[A-Za-z$ \x{4e00}-\x{9fff}]{0,40}"
_FIGURE: Final = r"(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{1,2})?"
_PLAIN: Final = f"^(?P<before>{_WORDS})(?P<number>{_FIGURE})(?P<after>{_WORDS})$"
_PARTS: Final = ("before", "number", "after")
_HUNDREDTHS: Final = 100


class Amount(NamedTuple):
    """What a cell of money says in a year.

    Attributes
    ----------
    faults : str
        Kinds of fault, with spaces between them.
    fen : int or None
        The amount; None where there is none.
    reported : str
        The amount as it is written.
    qualifier : str
        See `ccgeo.io.values.Money`.
    """

    faults: str
    fen: int | None = None
    reported: str = ""
    qualifier: str = ""


class _Step(NamedTuple):
    """What a hundredth is worth among some words; 0 fen where figures are read one by one."""

    fen: int = 0
    scale: str = ""
    currency: str = ""
    odd: str = ""
    qualifier: str = ""


class _Figures(NamedTuple):
    """Plain figures of a column; an empty one where a cell holds no plain one."""

    words: Column
    numbers: Column
    hundredths: Codes


_NO_STEP: Final = _Step()


def read_amounts(cells: Column, units: Column, signs: Column, years: Column) -> Column:
    """Read a column of amounts.

    Parameters
    ----------
    cells : Column
        The column as it stands in the file.
    units : Column
        What heading, currency and unit say of each row.
    signs : Column
        Whether a minus is a sign, as that of a residual.
    years : Column
        Year of each row, None for none.

    Returns
    -------
    Column
        An `Amount` for each row.

    Examples
    --------
    >>> from ccgeo.io.columns import cut_column
    >>> none = Column(np.zeros(2, dtype=np.int64), [None])
    >>> cells, units = cut_column(["1.5亿元", "a lot"]), cut_column(["", ""])
    >>> [amount[:3] for amount in read_amounts(cells, units, none, none).spread()]
    [('', 15000000000, '150 mn CNY'), ('amount.unreadable', None, '')]
    """
    figures = _figures_of(cells)
    steps = join_columns(_step, figures.words, units, years).merged()
    worth = np.array([step.fen for step in steps.texts], dtype=np.int64)[steps.codes]
    most = MOST_FEN // np.maximum(worth, 1)
    is_plain = (worth > 0) & (figures.hundredths[figures.numbers.codes] <= most)
    rest = ~is_plain
    one_by_one = _one_by_one(*(column.take(rest) for column in (cells, units, signs, years)))
    if not is_plain.any():
        return one_by_one
    plain = _by_columns(
        figures._replace(numbers=figures.numbers.take(is_plain)), steps.take(is_plain)
    )
    codes = np.empty(len(cells.codes), dtype=np.int64)
    codes[is_plain] = plain.codes
    return Column(codes, plain.texts).replaced(rest, one_by_one) if rest.any() else plain


def _figures_of(cells: Column) -> _Figures:
    try:
        found = pc.extract_regex(pa.array(cells.texts, pa.string()), _PLAIN)
    except UnicodeEncodeError:
        # Half a character cannot be in Arrow.
        found = pa.nulls(len(cells.texts), pa.struct(dict.fromkeys(_PARTS, pa.string())))
    before, number, after = (pc.struct_field(found, name).fill_null("") for name in _PARTS)
    is_plain = found.is_valid().to_numpy(zero_copy_only=False).astype(np.int64)
    words = join_columns(_words, Column(is_plain, [False, True]), *map(cut_arrow, (before, after)))
    values = pc.if_else(pc.equal(number, ""), "0", number).cast(pa.float64()).to_numpy()
    return _Figures(
        Column(words.codes[cells.codes], words.texts),
        Column(cells.codes, number.to_pylist()),
        np.rint(values * _HUNDREDTHS).astype(np.int64),
    )


def _by_columns(figures: _Figures, steps: Column) -> Column:
    codes, (number, step) = combine(figures.numbers, steps)
    worth = np.array([each.fen for each in steps.texts], dtype=np.int64)
    fen = (figures.hundredths[number] * worth[step]).tolist()
    numbers = map(figures.numbers.texts.__getitem__, number.tolist())
    each = map(steps.texts.__getitem__, step.tolist())
    made = starmap(_amount_of, zip(numbers, fen, each, strict=True))
    return Column(codes, list(made))


def _amount_of(number: str, fen: int, step: _Step) -> Amount:
    written = amount_text(number, step.scale, step.currency)
    return Amount(step.odd, fen, written, step.qualifier)


def _words(is_plain: bool, before: str, after: str) -> tuple[str, str] | None:  # noqa: FBT001
    return (before, after) if is_plain else None


def _step(words: tuple[str, str] | None, unit: str, year: int | None) -> _Step:
    """Return what a hundredth is worth, if the words say nothing but scale and currency."""
    if words is None:
        return _NO_STEP
    before, after = words
    money = parse_amount(f"{before}1{after}", unit).value
    if money is None or money.value != 1:
        return _NO_STEP
    currency = money.currency or "CNY"
    fen = fen_of_hundredth(money.scale, currency, year)
    odd = "" if money.currency else "amount.no_currency"
    return _Step(fen, money.scale, currency, odd, money.qualifier)


def _one_by_one(cells: Column, units: Column, signs: Column, years: Column) -> Column:
    money = join_columns(_money, cells, units, signs)
    # Only what is converted depends on the year.
    foreign = money.marks(_is_foreign)
    rated = Column(np.where(foreign, years.codes, len(years.texts)), [*years.texts, None])
    return join_columns(_amount, money, rated)


def _money(text: str, unit: str, is_residual: bool) -> Parsed[Money]:  # noqa: FBT001
    return parse_amount(text, unit, is_signed=is_residual)


def _is_foreign(parsed: Parsed[Money]) -> bool:
    return parsed.value is not None and parsed.value.currency not in {"", "CNY"}


def _amount(parsed: Parsed[Money], year: int | None) -> Amount:
    money = parsed.value
    if parsed.fault or money is None:
        return Amount(parsed.fault)
    try:
        fen = to_fen(money.value, money.scale, money.currency or "CNY", year)
    except UnknownChoiceError:
        return Amount("amount.no_rate")
    if abs(fen) > MOST_FEN:
        return Amount("amount.too_large")
    odd = "" if money.currency else "amount.no_currency"
    written = amount_text(format(money.value, "f"), money.scale, money.currency or "CNY")
    return Amount(odd, fen, written, money.qualifier)

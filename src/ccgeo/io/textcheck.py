"""What is wrong with the text of cells, and which rows are no records at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ccgeo.io.decoding import is_mojibake
from ccgeo.io.sheet_xml import NO_RESULT
from ccgeo.io.sheets import is_too_long
from ccgeo.io.values import plain_text
from ccgeo.io.workbook import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccgeo.io.columns import Column, Mask

_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1e\x7f\x80-\x9f\ufffd\ud800-\udfff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A|SPILL!|CALC!)"
)
# A pattern, for Arrow, of texts that are not suspect.
_CLEAN: Final = r"^[ !\"$-~\t\n\r]*$"
_ERROR: Final = re.compile("#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A|SPILL!|CALC!)")
_HALF: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1e\x7f-\x9f]")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "共计", "total", "totals", "grand total", "subtotal", "sum"}
)
_UNTOUCHED: Final = "\x1f"
_LONGEST_TOTAL: Final = 40


class Problem(NamedTuple):
    """One thing that is wrong with one row.

    Attributes
    ----------
    at : int
        Position of the row.
    column : str
        Heading; empty where it is the row.
    value : object
        What stands there.
    kind : str
        One of `ccgeo.io.faults.FAULTS`.
    """

    at: int
    column: str
    value: Any
    kind: str


def find_bad_text(name: str, column: Column) -> Iterator[Problem]:
    r"""Find the cells of a column that hold no text a person can have meant.

    Parameters
    ----------
    name : str
        Heading of the column.
    column : Column
        Its cells.

    Yields
    ------
    Problem
        By rising position.

    Examples
    --------
    >>> from ccgeo.io.columns import cut_column
    >>> cells = cut_column(["a", "b\x07", "#REF!", 5])
    >>> [problem.kind for problem in find_bad_text("title", cells)]
    ['text.control', 'cell.error']
    """
    suspects = sorted(_suspects(column))
    bad = {text: kind for text in suspects if (kind := _text_fault(text))}
    if not bad:
        return
    for at in column.rows_of(bad.__contains__).tolist():
        cell = column.texts[column.codes[at]]
        kind = bad[cell]
        yield Problem(at, name, "" if kind == "cell.formula" else cell, kind)


def find_no_records(
    columns: Sequence[str], cells: Sequence[Column], title_at: int | None
) -> Iterator[Problem]:
    """Find the rows that repeat the heading or add others up.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    cells : sequence of Column
        What stands below each.
    title_at : int or None
        Column of the titles; the first cell that holds anything if there is none.

    Yields
    ------
    Problem
        By rising position.

    Examples
    --------
    >>> from ccgeo.io.columns import cut_column
    >>> cells = [cut_column(["title", "合计", "a"]), cut_column(["amount", "5", "1"])]
    >>> [problem.kind for problem in find_no_records(["title", "amount"], cells, 0)]
    ['row.header', 'row.total']
    """
    is_heading = np.ones(len(cells[0].codes), dtype=bool)
    for heading, column in zip(columns, cells, strict=True):
        if is_heading.any():
            is_heading &= column.marks(heading.__eq__)
    is_total = _totals(cells if title_at is None else [cells[title_at], *cells]) & ~is_heading
    for at in np.flatnonzero(is_heading | is_total).tolist():
        yield Problem(at, "", "", "row.header" if is_heading[at] else "row.total")


def _totals(cells: Sequence[Column]) -> Mask:
    """Return which rows say in the first cell that holds anything that they are a total."""
    is_total = np.zeros(len(cells[0].codes), dtype=bool)
    is_open = ~is_total
    for column in cells:
        # No total holds a digit.
        is_total |= is_open & column.map_odd("[0-9]", _is_total, "").marks(bool)
        is_open &= column.marks("".__eq__)
        if not is_open.any():
            break
    return is_total


def _is_total(title: str) -> bool:
    return len(title) <= _LONGEST_TOTAL and plain_text(title).rstrip(":").casefold() in _TOTALS


def _suspects(column: Column) -> set[str]:
    """Return the texts worth a closer look: none of most columns."""
    found = {text for text in column.texts if len(text) > LONGEST_CELL}
    different = [text for text in column.map_odd(_CLEAN, str, "").texts if text]
    joined = _UNTOUCHED.join(different)
    if _SUSPECT.search(joined):
        found |= {text for text in different if _SUSPECT.search(text)}
    if not joined.isascii():
        found |= {text for text in different if not text.isascii() and is_mojibake(text)}
    return found


def _text_fault(cell: str) -> str:
    signs = {
        "cell.formula": cell == NO_RESULT,
        "cell.error": _ERROR.fullmatch(cell.strip()),
        "cell.too_long": is_too_long(cell),
        "text.surrogate": _HALF.search(cell),
        "text.mojibake": is_mojibake(cell),
        "text.replacement": "\ufffd" in cell,
        "text.control": _CONTROL.search(cell),
        "text.invisible": _INVISIBLE.search(cell),
    }
    return next((kind for kind, sign in signs.items() if sign), "")

"""What is wrong with the text of cells, and which rows are no records at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccgeo.io.decoding import is_mojibake
from ccgeo.io.sheet_xml import NO_RESULT
from ccgeo.io.sheets import is_too_long
from ccgeo.io.values import plain_text
from ccgeo.io.workbook import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1e\x7f\x80-\x9f\ufffd\ud800-\udfff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A|SPILL!|CALC!)"
)
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


def find_bad_text(name: str, cells: Sequence[Any]) -> Iterator[Problem]:
    r"""Find the cells of a column that hold no text a person can have meant.

    Parameters
    ----------
    name : str
        Heading of the column.
    cells : sequence of object
        Its cells; only text is looked at.

    Yields
    ------
    Problem
        By rising position.

    Examples
    --------
    >>> [problem.kind for problem in find_bad_text("title", ["a", "b\x07", "#REF!", 5])]
    ['text.control', 'cell.error']
    """
    different = {cell for cell in cells if cell.__class__ is str}
    bad = {text: kind for text in _suspects(different) if (kind := _text_fault(text))}
    if not bad:
        return
    for at, cell in enumerate(cells):
        if cell.__class__ is str and cell in bad:
            kind = bad[cell]
            yield Problem(at, name, "" if kind == "cell.formula" else cell, kind)


def find_no_records(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], title_at: int | None
) -> Iterator[Problem]:
    """Find the rows that repeat the heading or add others up.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : sequence of sequence
        Cells of each row.
    title_at : int or None
        Column of the titles; the first cell that holds anything if there is none.

    Yields
    ------
    Problem
        By rising position.

    Examples
    --------
    >>> rows = [["title", "amount"], ["合计", "5"], ["a", "1"]]
    >>> [problem.kind for problem in find_no_records(["title", "amount"], rows, 0)]
    ['row.header', 'row.total']
    """
    heading = list(columns)
    for at, row in enumerate(rows):
        if row[0] == heading[0] and list(row[: len(heading)]) == heading:
            yield Problem(at, "", "", "row.header")
            continue
        title = row[title_at] if title_at is not None else None
        told = title or next((cell for cell in row if cell), "")
        if told.__class__ is str and len(told) <= _LONGEST_TOTAL and _is_total(told):
            yield Problem(at, "", "", "row.total")


def _is_total(title: str) -> bool:
    return plain_text(title).rstrip(":").casefold() in _TOTALS


def _suspects(different: set[str]) -> set[str]:
    """Return the texts worth a closer look: none of most columns."""
    found = {text for text in different if len(text) > LONGEST_CELL}
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

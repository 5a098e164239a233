"""Records as a table that a spreadsheet opens and no cell of which can run."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from ccgeo.io.rows import record_rows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import selection_params
from ccgeo.shipped import data_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccgeo.query.selection import Selection, View

_GUARD: Final = "'"
# What spreadsheets take for the start of a formula, in both widths, the white space they skip
# before it, and the guard itself so that it can be taken off again.
_RISKY: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " ", _GUARD)
_NUMBER: Final = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def records_bytes(selection: Selection, view: View) -> bytes:
    """Return the records of a selection as CSV: what the page downloads.

    The text is UTF-8 with a byte order mark, without which spreadsheets garble Chinese. The
    last two columns of each row hold the selection, as the query of a link, and the data
    version. Text that a spreadsheet could run is guarded by a leading apostrophe, see
    `guard_cell`.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        Gives the level and boundaries of the unit named in each row.

    Returns
    -------
    bytes
        Table with a header; the same question gives the same bytes.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> records_bytes(DEFAULT_SELECTION, View())[:11].decode("utf-8-sig")
    'entry_id'
    """
    rows = record_rows(select(read_placed(), selection), view)
    asked = asked_columns(selection, view)
    return csv_bytes([row | asked for row in rows] or [asked])


def asked_columns(selection: Selection, view: View) -> dict[str, str]:
    """Return the columns by which each row of a table says where it is from.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    dict of str to str
        ``ccgeo_selection``, the query of a link, and ``ccgeo_data_version``.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> asked_columns(DEFAULT_SELECTION, View())["ccgeo_selection"]
    'default'
    """
    return {
        "ccgeo_selection": urlencode(selection_params(selection, view)) or "default",
        "ccgeo_data_version": data_version(),
    }


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as CSV.

    Parameters
    ----------
    rows : sequence of mapping of str to object
        At least one; the first gives the columns. What is None or missing is an empty cell.

    Returns
    -------
    bytes
        UTF-8 text with a byte order mark and CRLF line ends.

    Examples
    --------
    >>> csv_bytes([{"title": "=1+1", "projects": -2}]).decode("utf-8-sig").splitlines()
    ['title,projects', "'=1+1,-2"]
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(guard_cell, rows[0]))
    writer.writerows([guard_cell(row.get(column)) for column in rows[0]] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guard_cell(value: object) -> str:
    """Return a cell that no spreadsheet runs.

    Text that begins like a formula, with white space or with an apostrophe gets an
    apostrophe in front, so taking one off gives every text back. Numbers stay numbers, a
    negative one also where it comes as text: there is nothing to run in ``-5``.

    Parameters
    ----------
    value : object
        Text, number, bool or None.

    Returns
    -------
    str
        The cell.

    Examples
    --------
    >>> guard_cell("@SUM(A1)"), guard_cell("-5"), guard_cell("-5+1"), guard_cell(None)
    ("'@SUM(A1)", '-5', "'-5+1", '')
    """
    if value is None:
        return ""
    text = str(value)
    is_safe = not isinstance(value, str) or not text.startswith(_RISKY) or _NUMBER.fullmatch(text)
    return text if is_safe else _GUARD + text


def unguard_cell(cell: str) -> str:
    """Return the text that `guard_cell` was given.

    Parameters
    ----------
    cell : str
        A cell of text.

    Returns
    -------
    str
        The text without the guard; an apostrophe that guards nothing is text.

    Examples
    --------
    >>> unguard_cell("'=1+1"), unguard_cell("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    text = cell.removeprefix(_GUARD)
    return text if text.startswith(_RISKY) else cell

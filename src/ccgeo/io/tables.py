"""Records as a table that a spreadsheet opens and no cell of which can run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ccgeo.encoding import guard_cell
from ccgeo.io.rows import record_rows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import selection_params
from ccgeo.shipped import data_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Origin


def records_bytes(selection: Selection, view: View) -> bytes:
    """Return the records of a selection as CSV: what the page downloads.

    The text is UTF-8 with a byte order mark, without which spreadsheets garble Chinese. The
    last two columns of each row hold the selection, as the query of a link, and the data
    version. Text that a spreadsheet could run is guarded by a leading apostrophe, see
    `ccgeo.encoding.guard_cell`.

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


def asked_columns(selection: Selection, view: View, origin: Origin | None = None) -> dict[str, str]:
    """Return the columns by which each row of a table says where it is from.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.
    origin : Origin, optional
        Which records were asked; the shipped ones if not given.

    Returns
    -------
    dict of str to str
        ``ccgeo_selection``, the query of a link, and ``ccgeo_data_version``; of a register
        also its name, ``ccgeo_register``, and whether it is made up, ``ccgeo_synthetic``.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> asked_columns(DEFAULT_SELECTION, View())["ccgeo_selection"]
    'default'
    """
    return {
        "ccgeo_selection": urlencode(selection_params(selection, view)) or "default",
        "ccgeo_data_version": origin.version if origin else data_version(),
        **(_register(origin) if origin and origin.register else {}),
    }


def _register(origin: Origin) -> dict[str, str]:
    is_synthetic = "yes" if origin.is_synthetic else "no"
    return {"ccgeo_register": origin.register, "ccgeo_synthetic": is_synthetic}


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
    columns = list(rows[0])
    return table_bytes(columns, ([row.get(column) for column in columns] for row in rows))


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a heading and rows of cells as CSV.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : iterable of sequence
        Cells; a row may be longer than the heading.

    Returns
    -------
    bytes
        As `csv_bytes`.

    Examples
    --------
    >>> table_bytes(["title"], [["=1+1", "stray"]]).decode("utf-8-sig").splitlines()
    ['title', "'=1+1,stray"]
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(guard_cell, columns))
    writer.writerows(map(guard_cell, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")

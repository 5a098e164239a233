"""A user's file in: what is good goes on, what is not is named by row, column and reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.io.apart import READERS, read_apart
from ccgeo.io.checking import check_columns
from ccgeo.io.columns import Column, cut_table, whole_numbers
from ccgeo.io.faults import REFUSED, REJECTED, Fault, RefusedFileError, fault
from ccgeo.io.mapping import check_mapping, guess_mapping
from ccgeo.io.pause import collector_paused
from ccgeo.io.sheets import MOST_BYTES, Table
from ccgeo.io.tables import table_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccgeo.io.columns import Codes

GOOD_COLUMNS: Final = (
    "id", "parent_id", "kind", "title", "date", "year", "stage", "sector_reported", "sector_id",
    "sector_ids", "partners", "direction", "organisation", "place_text", "place_level",
    "place_ids", "candidates", "lon", "lat", "projects", "amount_fen", "amount_reported",
    "amount_qualifier", "source", "url", "confidence", "note", "project_key", "is_residual",
)  # fmt: skip
"""Columns of the good rows of a `Checked`, after ``row``."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BINARY: Final = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"SQLite format 3", b"PAR1",
                  b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"\x7fELF", b"MZ")  # fmt: skip
_WHOLE: Final = ("year", "projects", "amount_fen")
# What reading takes of the whole.
_READ_SHARE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds, after every check.

    Attributes
    ----------
    file : str
        Name of the file.
    columns : tuple of str
        Headings.
    mapping : dict of str to str
        Heading by field.
    good : pandas.DataFrame
        One row each that is not rejected: ``row`` (int, as a spreadsheet counts it) and
        `GOOD_COLUMNS`; ``year``, ``projects`` and ``amount_fen`` (fen) are Int64, ``lon`` and
        ``lat`` float (degrees, WGS 84), lists are tuples of text, the rest is text.
    faults : tuple of Fault
        Everything that was found, by row.
    table : Table or None
        The rows as they stand in the file; None for a file that is refused.
    """

    file: str
    columns: tuple[str, ...]
    mapping: dict[str, str]
    good: pd.DataFrame
    faults: tuple[Fault, ...]
    table: Table | None

    @property
    def is_refused(self) -> bool:
        """Return whether nothing of the file is taken.

        Returns
        -------
        bool
            True if a fault is one of the file as a whole.
        """
        return any(each.verdict == REFUSED for each in self.faults)

    def rejected_bytes(self) -> bytes:
        """Return the rejected rows as they came.

        Returns
        -------
        bytes
            CSV with the headings of the file.
        """
        rejected = {each.row for each in self.faults if each.verdict == REJECTED}
        return self._rows_bytes(rejected)

    def good_bytes(self) -> bytes:
        """Return the good rows as they came.

        Returns
        -------
        bytes
            CSV with the headings of the file.
        """
        return self._rows_bytes(set(self.good["row"]))

    def _rows_bytes(self, wanted: set[int]) -> bytes:
        if self.table is None:
            return b""
        pairs = zip(self.table.numbers, self.table.rows, strict=True)
        return table_bytes(self.columns, (row for number, row in pairs if number in wanted))


def read_records(
    source: Path | str | bytes,
    name: str = "",
    *,
    mapping: Mapping[str, str] | None = None,
    on_progress: Callable[[float], None] | None = None,
    is_apart: bool = False,
) -> Checked:
    r"""Read and check a file of records; never raise for what is in it.

    CSV and TSV in UTF-8, UTF-16 or GB18030, XLSX, and GeoJSON. Limits are enforced before
    anything is parsed: 20 MB, 100,000 rows, 200 columns, 32,767 characters a cell, 200 MB and
    100 times its size unpacked, 64 levels of JSON.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        File, or what is in it.
    name : str
        Name for the faults; that of the path if not given.
    mapping : mapping of str to str, optional
        Heading by field, see `ccgeo.io.mapping.FIELDS`; guessed from the headings if not given.
    on_progress : callable, optional
        Called with the share that is done, from 0 to 1; what it raises ends the reading.
    is_apart : bool
        Whether the file is parsed in a process of its own, see `ccgeo.io.apart`, as a server
        wants it.

    Returns
    -------
    Checked
        Good rows, and faults with file, row, column, value, reason and remedy.

    Raises
    ------
    UnknownChoiceError
        The mapping names a field or a heading that is not there.

    Examples
    --------
    >>> checked = read_records("名称,金额,区县\n甲,1.5亿元,渝中区\n乙,?,\n".encode(), "a.csv")
    >>> checked.good[["title", "amount_fen", "place_ids"]].values.tolist()
    [['甲', 15000000000, ('500103',)]]
    >>> print(checked.faults[0].sentence)
    a.csv, row 3, 金额: '?' – this is no amount; write a number, its scale and its currency.
    """
    with collector_paused():
        return _read(source, name, mapping, on_progress, is_apart=is_apart)


def _read(
    source: Path | str | bytes,
    name: str,
    mapping: Mapping[str, str] | None,
    on_progress: Callable[[float], None] | None,
    *,
    is_apart: bool,
) -> Checked:
    tell = on_progress or (lambda _: None)
    file = name or (Path(source).name if isinstance(source, Path | str) else "file")
    tell(0.0)
    try:
        table = read_table(
            source, file, on_progress=lambda share: tell(share * _READ_SHARE), is_apart=is_apart
        )
    except RefusedFileError as error:
        found = fault(file, error.row, "", error.detail, error.kind)
        return Checked(file, (), {}, _good_frame({}, np.empty(0, dtype=np.int64)), (found,), None)
    held = guess_mapping(table.columns)
    if mapping is not None:
        held = check_mapping(mapping, table.columns)
    return _check(table, held, lambda share: tell(_READ_SHARE + share * (1 - _READ_SHARE)))


def check_file(path: Path | str) -> Checked:
    """Read and check a file, as ``ccgeo check FILE`` does.

    Parameters
    ----------
    path : pathlib.Path or str
        File.

    Returns
    -------
    Checked
        Good rows and faults.

    Examples
    --------
    >>> check_file("no such file.csv").faults[0].kind
    'file.missing'
    """
    return read_records(Path(path))


def read_table(
    source: Path | str | bytes,
    file: str = "",
    *,
    on_progress: Callable[[float], None] | None = None,
    is_apart: bool = False,
) -> Table:
    r"""Read a file as a table, by what is in it and not by its name.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        File, or what is in it.
    file : str
        Name for the faults.
    on_progress : callable, optional
        Called with the share that is read, from 0 to 1; what it raises ends the reading.
    is_apart : bool
        As in `read_records`.

    Returns
    -------
    Table
        Rows as they stand in the file.

    Raises
    ------
    RefusedFileError
        Nothing of the file can be taken.

    Examples
    --------
    >>> read_table(b"title,amount\nx,1\n").columns
    ['title', 'amount']
    """
    content = source if isinstance(source, bytes) else _content(Path(source))
    file = file or (Path(source).name if isinstance(source, Path | str) else "file")
    refused = _refusal(content)
    if refused:
        raise RefusedFileError(refused)
    form = _form_of(content, file)
    if is_apart:
        return read_apart(content, form, file, on_progress=on_progress)
    return READERS[form](content, file, on_progress=on_progress)


def _form_of(content: bytes, file: str) -> str:
    if content.startswith(_ZIP):
        return "xlsx"
    begins = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    named_json = file.casefold().endswith((".geojson", ".json"))
    return "geojson" if named_json or begins.startswith(b"{") else "csv"


def check_table(
    table: Table,
    mapping: Mapping[str, str],
    on_progress: Callable[[float], None] | None = None,
) -> Checked:
    r"""Check a table that has been read already, as a piece of a long file has.

    Parameters
    ----------
    table : Table
        Rows as they stand in the file.
    mapping : mapping of str to str
        Heading by field.
    on_progress : callable, optional
        As in `read_records`.

    Returns
    -------
    Checked
        Good rows and faults.

    Examples
    --------
    >>> table = Table("a.csv", ["title"], [["A plant"]], [2])
    >>> check_table(table, {"title": "title"}).good["row"].item()
    2
    """
    with collector_paused():
        return _check(table, dict(mapping), on_progress or (lambda _: None))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            kind = "file.too_large"
            raise RefusedFileError(kind)
        return path.read_bytes()
    except OSError as error:
        kind = "file.missing"
        raise RefusedFileError(kind, error.strerror or "") from error


def _refusal(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return "file.too_large"
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        return "file.empty"
    if content.startswith(_OLE):
        return "file.old_excel"
    return "file.unknown" if content.startswith(_BINARY) else ""


def _check(table: Table, mapping: dict[str, str], tell: Callable[[float], None]) -> Checked:
    read = check_columns(cut_table(table), mapping, tell)
    good = _good_frame(read.said, read.numbers)
    held = None if read.is_refused else table
    return Checked(table.file, tuple(table.columns), mapping, good, read.faults, held)


def _good_frame(said: Mapping[str, Column], numbers: Codes) -> pd.DataFrame:
    columns: dict[str, Any] = {"row": numbers}
    for name in GOOD_COLUMNS:
        column = said.get(name, Column(numbers[:0], []))
        if name in _WHOLE:
            columns[name] = pd.arrays.IntegerArray(*whole_numbers(column))
        elif name in {"lon", "lat"}:
            degrees = [np.nan if value is None else value for value in column.texts]
            columns[name] = np.array(degrees, dtype=float)[column.codes]
        elif name == "is_residual":
            columns[name] = column.marks(bool)
        else:
            columns[name] = pd.Series(column.spread(), dtype=object)
    return pd.DataFrame(columns)

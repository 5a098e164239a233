"""Tables as they stand in a file: every cell as it is, with limits before anything is parsed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from ccgeo.encoding import unguard_cell
from ccgeo.io.decoding import decode_text
from ccgeo.io.faults import Fault, RefusedFileError, fault
from ccgeo.io.mapping import guess_mapping
from ccgeo.io.sheet_xml import open_book, sheet_rows
from ccgeo.io.workbook import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ccgeo.io.sheet_xml import Book

MOST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_UNPACKED: Final = 200_000_000
MOST_RATIO: Final = 100

_SMALL: Final = 1_000_000
_MOST_BROKEN_QUOTES: Final = 200
_HEADING_WITHIN: Final = 10
_TOLD_EACH: Final = 1_000
_QUOTED: Final = re.compile(r'"[^"]*"')
_DELIMITERS: Final = (",", "\t", ";", "|")
_TEXT_OR_NOTHING: Final = frozenset({str, type(None)})


@dataclass(slots=True)
class Table:
    """A table as it stands in a file.

    Attributes
    ----------
    file : str
        Name of the file.
    columns : list of str
        Headings.
    rows : list of list
        Cells: text, numbers, bools and None, as wide as the heading.
    numbers : list of int
        Row of each, as a spreadsheet counts it.
    faults : list of Fault
        What was found while reading.
    form : str
        ``"csv"``, ``"xlsx"`` or ``"geojson"``.
    is_1904 : bool
        Whether days of this workbook count from 1904.
    """

    file: str
    columns: list[str]
    rows: list[list[Any]]
    numbers: list[int]
    faults: list[Fault] = field(default_factory=list)
    form: str = "csv"
    is_1904: bool = False


def read_csv(
    content: bytes, file: str = "table.csv", *, on_progress: Callable[[float], None] | None = None
) -> Table:
    r"""Read a table of text: commas, tabs, semicolons or bars between its cells.

    Parameters
    ----------
    content : bytes
        The file.
    file : str
        Its name.
    on_progress : callable, optional
        Called with the share that is read, from 0 to 1; what it raises ends the reading.

    Returns
    -------
    Table
        All cells text; a row with a quotation mark that is never closed is a fault, and the
        rows after it are read.

    Raises
    ------
    RefusedFileError
        The encoding is not known, or there are too many rows, columns or broken quotes.

    Examples
    --------
    >>> read_csv("名称,金额\n甲,1\n".encode("gb18030")).rows
    [['甲', '1']]
    """
    text, _ = decode_text(content)
    # Lines end as a person sees them end; the cells keep what stands between quotes.
    lines = list(io.StringIO(text, newline=""))
    del text
    records = []
    for number, row in _records(lines, on_progress or _tell_nobody):
        _check_width(len(row), number)
        records.append((number, row))
        _check_count(len(records))
    if not records:
        kind = "file.empty"
        raise RefusedFileError(kind)
    return _tabled(file, records, "csv")


def read_xlsx(
    content: bytes, file: str = "table.xlsx", *, on_progress: Callable[[float], None] | None = None
) -> Table:
    """Read the sheet of a workbook that looks most like records, row by row.

    Parameters
    ----------
    content : bytes
        The file.
    file : str
        Its name.
    on_progress : callable, optional
        As in `read_csv`.

    Returns
    -------
    Table
        Cells as they are stored; dates as ISO text, formulas by their stored result.

    Raises
    ------
    RefusedFileError
        The file is no workbook, is damaged, or is larger than the limits.

    Examples
    --------
    >>> from ccgeo.io.workbook import workbook_bytes
    >>> read_xlsx(workbook_bytes({"a": [{"title": "x", "projects": 2}]})).rows
    [['x', 2]]
    """
    check_package(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = open_book(archive)
            part = _best_sheet(archive, book)
            rows = sheet_rows(archive, part, book, on_progress or _tell_nobody) if part else ()
            records = list(_sheet_records(rows))
    except RefusedFileError:
        raise
    except Exception as error:
        kind = "xlsx.damaged"
        raise RefusedFileError(kind) from error
    if not records:
        kind = "xlsx.empty"
        raise RefusedFileError(kind)
    table = _tabled(file, records, "xlsx")
    table.is_1904 = book.is_1904
    return table


def check_package(content: bytes) -> None:
    """Refuse what is no workbook, or unpacks to more than the limits, before it is parsed.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    RefusedFileError
        It is an archive of something else, damaged, or too large when unpacked.

    Examples
    --------
    >>> from ccgeo.io.workbook import workbook_bytes
    >>> check_package(workbook_bytes({"a": []}))
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        kind = "xlsx.damaged"
        raise RefusedFileError(kind) from error
    names = {entry.filename for entry in entries}
    if not any(name.startswith("xl/") for name in names):
        kind = "file.zip"
        raise RefusedFileError(kind)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        kind = "xlsx.too_large"
        raise RefusedFileError(kind, f"{unpacked:,} bytes")
    if unpacked > _SMALL and unpacked > MOST_RATIO * len(content):
        kind = "xlsx.ratio"
        raise RefusedFileError(kind, f"{unpacked // len(content)} times")


def _tell_nobody(_: float) -> None:
    """Stand for a caller who does not ask how far the reading is."""


def _records(lines: list[str], tell: Callable[[float], None]) -> Iterator[tuple[int, list[Any]]]:
    """Yield number and cells of each record that holds any; a broken one as None and its line."""
    delimiter = _delimiter(lines)
    start, number, broken = 0, 0, 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        begun = start
        try:
            for record in reader:
                number += 1
                if record:
                    yield number, record
                begun = start + reader.line_num
                if not number % _TOLD_EACH:
                    tell(begun / len(lines))
        except csv.Error:
            broken += 1
            if broken > _MOST_BROKEN_QUOTES:
                kind = "table.quotes"
                raise RefusedFileError(kind) from None
            number += 1
            yield number, [None, lines[begun].rstrip("\r\n")]
            start = begun + 1
        else:
            return


def _delimiter(lines: Iterable[str]) -> str:
    head = _QUOTED.sub("", "".join(list(lines)[:_HEADING_WITHIN]))
    return max(_DELIMITERS, key=lambda delimiter: (head.count(delimiter), delimiter == ","))


def _tabled(file: str, records: list[tuple[int, list[Any]]], form: str) -> Table:
    at = _heading_at([row for _, row in records[:_HEADING_WITHIN]])
    _check_rows(len(records) - at - 1)
    heading = [_heading(cell) for cell in records[at][1]]
    _check_names(heading)
    table = Table(file, heading, [], [], form=form)
    if at:
        table.faults.append(fault(file, records[0][0], "", "", "header.lead_rows"))
    width = len(heading)
    for number, row in records[at + 1 :]:
        kind = _shape_fault(row, width, form)
        if kind:
            table.faults.append(fault(file, number, "", row[-1] if row else "", kind))
        cells = row[1:] if kind == "row.quote" else row
        padded = [*cells, *[None] * (width - len(cells))] if len(cells) < width else cells
        table.rows.append(padded)
        table.numbers.append(number)
    _share_texts(table.rows, width)
    return table


def _share_texts(rows: list[list[Any]], width: int) -> None:
    """Take the guards off; equal texts become one object, for the sake of memory."""
    # Column by column: most hold few different texts, and a small table of them is fast.
    columns = [_shared([row[at] for row in rows]) for at in range(width)]
    for row, cells in zip(rows, zip(*columns, strict=True), strict=bool(width)):
        row[:width] = cells


def _shared(cells: list[Any]) -> list[Any]:
    same: dict[Any, Any] = {}
    if set(map(type, cells)) <= _TEXT_OR_NOTHING:
        shared = list(map(same.setdefault, cells, cells))
    else:
        shared = [same.setdefault(c, c) if c.__class__ is str else c for c in cells]
    guarded = {text: unguard_cell(text) for text in same if text and text[0] == "'"}
    return [guarded.get(cell, cell) for cell in shared] if guarded else shared


def _heading_at(first: list[list[Any]]) -> int:
    """Return which of the first rows is the heading: a later one only if it is clearly it."""
    known = [_known(row) for row in first]
    best = max(range(len(first)), key=lambda at: (known[at], -at))
    least = 2
    return best if known[best] >= least and known[0] < least else 0


def _known(row: list[Any]) -> int:
    """Return how many fields the cells of a row name."""
    return len(guess_mapping(list(map(_heading, row))))


def _heading(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    return "" if cell is None else unguard_cell(str(cell)).strip()


def _check_width(cells: int, number: int) -> None:
    if cells > MOST_COLUMNS:
        kind = "table.too_many_columns"
        raise RefusedFileError(kind, f"{cells:,}", number)


def _check_rows(rows: int) -> None:
    if rows > MOST_ROWS:
        kind = "table.too_many_rows"
        raise RefusedFileError(kind, f"{rows:,}")


def _check_count(found: int) -> None:
    """Refuse a table as soon as more rows are found than one has, lead rows and heading too."""
    if found > MOST_ROWS + _HEADING_WITHIN:
        kind = "table.too_many_rows"
        raise RefusedFileError(kind)


def _check_names(heading: list[str]) -> None:
    named = [name for name in heading if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        kind = "header.double"
        raise RefusedFileError(kind, twice)


def _shape_fault(row: list[Any], width: int, form: str) -> str:
    if form == "csv" and row and row[0] is None:
        return "row.quote"
    if len(row) > width and any(cell not in {None, ""} for cell in row[width:]):
        return "row.too_many_cells"
    return "row.too_few_cells" if form == "csv" and 1 < len(row) < width else ""


def _best_sheet(archive: zipfile.ZipFile, book: Book) -> str:
    """Return the sheet whose first rows hold most known headings; the first if none does."""
    best, most = "", -1
    for part in book.sheets:
        rows = islice(_sheet_records(sheet_rows(archive, part, book)), _HEADING_WITHIN)
        known = max((_known(row) for _, row in rows), default=-1)
        if known > most:
            best, most = part, known
    return best or next(iter(book.sheets), "")


def _sheet_records(rows: Iterable[tuple[int, dict[int, Any]]]) -> Iterator[tuple[int, list[Any]]]:
    """Yield number and cells of each row, within the limits of a table."""
    for found, (number, cells) in enumerate(rows, start=1):
        width = max(cells) + 1
        _check_width(width, number)
        _check_count(found)
        yield number, list(map(cells.get, range(width)))


def is_too_long(cell: object) -> bool:
    """Return whether a cell holds more characters than a workbook could.

    Parameters
    ----------
    cell : object
        A cell.

    Returns
    -------
    bool
        True for text above 32,767 characters.

    Examples
    --------
    >>> is_too_long("x" * 32_768), is_too_long(5)
    (True, False)
    """
    return isinstance(cell, str) and len(cell) > LONGEST_CELL

"""Layers as a workbook: a sheet for each, and one that says what they are."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from ccgeo.encoding import guard_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST_CELL: Final = 32_767
"""Most characters that a cell of a workbook holds."""

# A file carries the time of its writing; the same question shall give the same bytes.
_WRITTEN_AT: Final = (2000, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# XML cannot hold these, and what looks like their escape has to be escaped itself.
_UNSAFE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_EXACT: Final = 10**15


class _Archive(zipfile.ZipFile):
    """An archive without a clock: the machine's may be wrong, and none before 1980 can be written.

    Its methods take what openpyxl hands them.
    """

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:  # noqa: ANN401
        name = str(zinfo_or_arcname)
        if name == "docProps/core.xml":
            data = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
        entry = zipfile.ZipInfo(name, _WRITTEN_AT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:  # noqa: ANN401
        # What openpyxl takes for the name of a file is the sheet itself, see `_keep_in_memory`.
        self.writestr(arcname, filename.getvalue())


def workbook_bytes(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Write tables as a workbook.

    Text is written as text and guarded like that of a CSV file, so it neither runs as a formula
    here nor in a file that a person saves from it.

    Parameters
    ----------
    sheets : mapping of str to sequence of mapping
        Rows by name of their sheet; the first row gives the columns.

    Returns
    -------
    bytes
        The XLSX file; the same tables give the same bytes.

    Raises
    ------
    ValueError
        A text is longer than `LONGEST_CELL`.

    Examples
    --------
    >>> workbook_bytes({"records": [{"title": "=1+1", "projects": 2}]})[:2]
    b'PK'
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only this format needs it
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    # Every value is looked at first: a sheet that has been begun must be finished.
    tables = {name: [[*map(_value, row)] for row in _lines(rows)] for name, rows in sheets.items()}
    book = Workbook(write_only=True)
    for name, lines in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        _keep_in_memory(sheet)
        for line in lines:
            sheet.append([_cell(sheet, value) for value in line])
    content = io.BytesIO()
    ExcelWriter(book, _Archive(content, "w", zipfile.ZIP_DEFLATED)).save()
    return content.getvalue()


def _keep_in_memory(sheet: Any) -> None:  # noqa: ANN401 - a sheet that is written only
    """Let a sheet grow in memory: a temporary file may find no room, and stays if we are killed."""
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415

    writer = WorksheetWriter(sheet, io.BytesIO())
    writer.cleanup = lambda: None
    writer.write_top()
    sheet._writer = writer  # noqa: SLF001 - there is no other way to it


def about_rows(metadata: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what a file says about itself as rows of a sheet.

    Parameters
    ----------
    metadata : mapping of str to object
        As `ccgeo.io.geojson.layer_metadata` gives it.

    Returns
    -------
    list of dict
        Columns ``what`` and ``value``; anything but text is written as JSON.

    Examples
    --------
    >>> about_rows({"unit": "CNY", "classes": []})[1]
    {'what': 'classes', 'value': '[]'}
    """
    rows = []
    for name, value in metadata.items():
        parts = value if isinstance(value, list) and value else [value]
        rows += [{"what": name, "value": _text(part)} for part in parts]
    return rows


def escape_text(text: str) -> str:
    r"""Write characters that XML cannot hold as a workbook escapes them.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Text for a cell; `unescape_text` gives the same text back.

    Examples
    --------
    >>> escape_text("a\x07b"), escape_text("_x0007_")
    ('a_x0007_b', '_x005F_x0007_')
    """
    return _UNSAFE.sub(lambda hit: f"_x{ord(hit[0]):04X}_", text)


def unescape_text(text: str) -> str:
    """Return the text that `escape_text` was given.

    Parameters
    ----------
    text : str
        Text of a cell.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> unescape_text("_x005F_x0007_")
    '_x0007_'
    """
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)


def _lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[Iterable[Any]]:
    columns = list(rows[0]) if rows else []
    yield columns
    for row in rows:
        yield (row.get(column) for column in columns)


def _value(value: Any) -> str | float | None:  # noqa: ANN401 - whatever a table holds
    if value is None or (isinstance(value, int | float) and abs(value) < _EXACT):
        return value
    text = escape_text(guard_cell(value))
    if len(text) > LONGEST_CELL:
        message = f"a cell holds at most {LONGEST_CELL:,} characters, this text has {len(text):,}"
        raise ValueError(message)
    return text


def _cell(sheet: Any, value: str | float | None) -> Any:  # noqa: ANN401 - openpyxl's
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only this format needs it

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Rows of a workbook out of its XML, as a stream: no sheet is ever held whole.

A cell costs a few calls and no object of its own, which makes a sheet of a million cells a matter
of seconds. What a part may not do – declare entities, or hold more than the package says – is
refused by the parser or by `ccgeo.io.sheets.check_package` before.
"""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.parsers import expat

from ccgeo.io.workbook import unescape_text

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator

NO_RESULT: Final = "\0formula"
"""Stands for a formula whose result the workbook does not hold."""

_CHUNK: Final = 1 << 16
_SPREADSHEET: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
# Formats of days that workbooks do not spell out, those of Chinese ones among them.
_DAYS_BUILT_IN: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_SPANS_BUILT_IN: Final = frozenset({46})
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_LETTERS: Final = re.compile("[dmhysDMHYS]")
_SPAN: Final = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DIGITS: Final = "0123456789"
_DAY_MS: Final = 86_400_000
_LEAP_BUG: Final = 60
_STARTS: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001


class Book(NamedTuple):
    """What the parts of a workbook say about its sheets.

    Attributes
    ----------
    sheets : tuple of str
        Part of each sheet of cells, in their order.
    strings : tuple of str
        Texts that cells share.
    days, spans : frozenset of str
        Styles that show a number as a day or time, and as a length of time.
    is_1904 : bool
        Whether days count from 1904.
    """

    sheets: tuple[str, ...]
    strings: tuple[str, ...]
    days: frozenset[str]
    spans: frozenset[str]
    is_1904: bool


def open_book(archive: zipfile.ZipFile) -> Book:
    """Read what a workbook says about its sheets.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The package.

    Returns
    -------
    Book
        Sheets, shared texts and styles.

    Raises
    ------
    KeyError, ValueError
        A part is missing or damaged.
    """
    main = next(
        target for kind, target in _relations(archive, "").values() if kind == "officeDocument"
    )
    parts = _relations(archive, main)
    others = dict(parts.values())
    sheets, is_1904 = [], False
    for tag, attributes in _tags(archive, main):
        if tag == "workbookPr":
            is_1904 = attributes.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            named = (value for name, value in attributes.items() if name.endswith(" id"))
            kind, target = parts.get(next(named, ""), ("", ""))
            sheets += [target] if kind == "worksheet" else []
    strings = _strings(archive, others["sharedStrings"]) if "sharedStrings" in others else ()
    days, spans = _styles(archive, others["styles"]) if "styles" in others else ((), ())
    return Book(tuple(sheets), strings, frozenset(days), frozenset(spans), is_1904)


def sheet_rows(
    archive: zipfile.ZipFile,
    part: str,
    book: Book,
    tell: Callable[[float], None] | None = None,
) -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield the rows of a sheet that hold anything.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The package.
    part : str
        One of the sheets of the book.
    book : Book
        What `open_book` gave.
    tell : callable, optional
        Called with the share of the part that is read, from 0 to 1.

    Yields
    ------
    number : int
        Row, from 1.
    cells : dict of int to object
        Text, number or bool by column, from 0; days as ISO text, `NO_RESULT` for a formula
        whose result is not stored.

    Raises
    ------
    KeyError, ValueError, IndexError
        The part is missing or damaged.
    """
    rows: list[tuple[int, dict[int, Any]]] = []
    parser = _sheet_parser(book, rows.append)
    size = archive.getinfo(part).file_size
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            _parse(parser, chunk)
            yield from rows
            rows.clear()
            if tell is not None:
                tell(stream.tell() / size)
    _parse(parser, b"", is_last=True)
    yield from rows


def _sheet_parser(book: Book, keep: Callable[[tuple[int, dict[int, Any]]], None]) -> Any:  # noqa: ANN401, C901 - one state, in the cells of one closure because a million cells pass through it
    known = {f"{space} {tag}": tag for space in _SPREADSHEET
             for tag in ("row", "c", "v", "f", "is", "t", "rPh")}  # fmt: skip
    columns: dict[str, int] = {}
    number = at = spoken = 0
    kind = style = ""
    value: str | None = None
    is_cell = is_open = is_formula = False
    cells: dict[int, Any] = {}
    read = _reader(book)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, at, kind, style, value, is_cell, is_open, is_formula, cells, spoken
        tag = known.get(name)
        if tag == "c":
            place = attributes.get("r")
            letters = place.rstrip(_DIGITS) if place else ""
            if not letters:
                at += 1
            elif letters in columns:
                at = columns[letters]
            else:
                at = columns[letters] = _column(letters)
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
            value, is_cell, is_formula = None, True, False
        elif tag == "v" or (tag == "t" and kind == "inlineStr" and not spoken):
            is_open = is_cell and (tag == "t" or kind != "inlineStr")
        elif tag == "f":
            is_formula = True
        elif tag == "row":
            given = attributes.get("r")
            number, at, cells = int(float(given)) if given else number + 1, -1, {}
        elif tag == "rPh":
            spoken += 1

    def text(said: str) -> None:
        nonlocal value
        if is_open:
            value = said if value is None else value + said

    def end(name: str) -> None:
        nonlocal is_cell, is_open, spoken
        tag = known.get(name)
        if tag == "c":
            is_cell = False
            if value:
                cells[at] = read(kind, style, value)
            elif is_formula:
                cells[at] = NO_RESULT
        elif tag in {"v", "t"}:
            is_open = False
        elif tag == "rPh":
            spoken -= 1
        elif tag == "row" and cells:
            keep((number, cells))

    return _parser(start, end, text)


def _reader(book: Book) -> Callable[[str, str, str], Any]:
    """Return what gives the value of a cell; equal days are worked out once."""
    days: dict[tuple[str, str], str] = {}

    def read(kind: str, style: str, value: str) -> Any:  # noqa: ANN401 - a cell
        if kind in {"inlineStr", "str"}:
            return unescape_text(value) if "_x" in value else value
        if kind == "s":
            return book.strings[int(value)]
        if kind == "b":
            return bool(int(value))
        if kind != "n":
            return value
        if style in book.days:
            if (style, value) not in days:
                days[style, value] = _day(float(value), book, style)
            return days[style, value]
        return int(value) if value.isdigit() or value.lstrip("-").isdigit() else float(value)

    return read


def _day(number: float, book: Book, style: str) -> str:
    """Return a day, time or length of time as text; an error's name where there is none."""
    try:
        if style in book.spans:
            return str(timedelta(milliseconds=round(number * _DAY_MS)))
        day, share = divmod(number, 1)
        since = timedelta(milliseconds=round(share * _DAY_MS))
        if 0 <= number < 1 and not since.days:
            return (_STARTS[True] + since).time().isoformat()
        if 0 < number < _LEAP_BUG and not book.is_1904:
            day += 1  # before 1 March 1900 the count of spreadsheets is one short
        moment = _STARTS[book.is_1904] + timedelta(days=day) + since
    except (OverflowError, ValueError):
        return "#VALUE!"
    is_midnight = moment.time() == time()
    return moment.date().isoformat() if is_midnight else moment.isoformat(sep=" ")


def _column(letters: str) -> int:
    """Return the column, from 0, that letters name."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter.upper()) - ord("A") + 1
    return at - 1


def _strings(archive: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    """Return the shared texts, without how they are spoken."""
    found: list[str] = []
    pieces: list[str] = []
    spoken = 0
    is_open = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal spoken, is_open
        tag = name.rpartition(" ")[2]
        if tag == "si":
            pieces.clear()
        spoken += tag == "rPh"
        is_open = tag == "t" and not spoken

    def text(said: str) -> None:
        if is_open:
            pieces.append(said)

    def end(name: str) -> None:
        nonlocal spoken, is_open
        tag = name.rpartition(" ")[2]
        is_open = False
        spoken -= tag == "rPh"
        if tag == "si":
            found.append(unescape_text("".join(pieces)))

    parser = _parser(start, end, text)
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            _parse(parser, chunk)
    _parse(parser, b"", is_last=True)
    return tuple(found)


def _styles(archive: zipfile.ZipFile, part: str) -> tuple[list[str], list[str]]:
    """Return the styles of days and of lengths of time."""
    days, spans = set(map(str, _DAYS_BUILT_IN)), set(map(str, _SPANS_BUILT_IN))
    section, styles = "", []
    for tag, attributes in _tags(archive, part):
        if tag == "numFmt":
            code, form = attributes.get("numFmtId", ""), attributes.get("formatCode", "")
            letters = _NOT_LETTERS.sub("", form).split(";")[0]
            # What a workbook spells out wins over what its number usually means.
            (days.add if _DAY_LETTERS.search(letters) else days.discard)(code)
            (spans.add if _SPAN.search(letters) else spans.discard)(code)
        elif tag in {"cellXfs", "cellStyleXfs"}:
            section = tag
        elif tag == "xf" and section == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))
    shown = [str(at) for at, code in enumerate(styles) if code in days]
    return shown, [str(at) for at, code in enumerate(styles) if code in spans]


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return kind and part of what a part refers to, by id."""
    folder, name = posixpath.split(part)
    found = {}
    for tag, attributes in _tags(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            kind = attributes["Type"].rpartition("/")[2]
            found[attributes["Id"]] = kind, target.lstrip("/")
    return found


def _tags(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part with their attributes, in their order."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser(lambda name, attributes: found.append((name.rpartition(" ")[2], attributes)))
    _parse(parser, archive.read(part), is_last=True)
    return found


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Any:  # noqa: ANN401 - expat's
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    return parser


def _parse(parser: Any, chunk: bytes, *, is_last: bool = False) -> None:  # noqa: ANN401 - expat's
    try:
        parser.Parse(chunk, is_last)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _refuse_declarations(*_: object) -> None:
    message = "a workbook declares no entities"
    raise ValueError(message)

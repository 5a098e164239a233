"""Long files cut into pieces: CSV, Parquet and JSON Lines, the same pieces every time."""

from __future__ import annotations

import codecs
import json
from contextlib import contextmanager
from itertools import chain, count
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv
from pyarrow import json as json_lines

from ccgeo.errors import CcgeoError
from ccgeo.io.columns import Cut, cut_arrow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccgeo.io.columns import Codes

PIECE_ROWS: Final = 50_000
"""Rows of a piece of Parquet or JSON Lines, the most."""

_BLOCK: Final = 8 * 2**20
_HEADER: Final = 1
_LINES_BLOCK: Final = 16 * 2**20
_STEP: Final = 2 * 2**20
_LINE_FEED: Final = 10
_FIRST_LINES: Final = 2_000
_ENDINGS: Final = (".csv", ".tsv", ".parquet", ".jsonl", ".ndjson")


class Piece(NamedTuple):
    """Some rows of a file.

    Attributes
    ----------
    number : int
        Which piece of the file.
    numbers : numpy.ndarray of int64
        Row of each, as a spreadsheet counts it.
    table : pyarrow.Table
        The rows, all columns text.
    broken : tuple of (int, str)
        Row and text of what could not be read as a row at all.
    size : int
        Bytes of the file that it stands for, about.
    """

    number: int
    numbers: Codes
    table: pa.Table
    broken: tuple[tuple[int, str], ...] = ()
    size: int = 0


class Lines(NamedTuple):
    """Some lines of JSON, which are rows of a file; whoever checks them reads them.

    Attributes
    ----------
    number : int
        Which piece of the file.
    first_row : int
        Row of the first line, as a spreadsheet counts it.
    names : tuple of str
        Headings.
    block : bytes
        The lines, in UTF-8, apart by line feeds.
    """

    number: int
    first_row: int
    names: tuple[str, ...]
    block: bytes

    @property
    def size(self) -> int:
        """Bytes of the file that it stands for, about."""
        return len(self.block)

    def read(self) -> Piece:
        r"""Read the lines.

        Returns
        -------
        Piece
            Their rows; a line that is no object is a broken one.

        Examples
        --------
        >>> Lines(0, 2, ("title",), b'{"title": "A"}\n?').read().broken
        ((3, '?'),)
        """
        rows = _line_count(self.block)
        if rows == self.block.startswith(b"{") + self.block.count(b"\n{"):
            table = self._plain(rows)
            if table is None:
                table = self._flat(rows)
            if table is not None:
                numbers = np.arange(self.first_row, self.first_row + rows)
                return Piece(self.number, numbers, table, size=self.size)
        return self._one_by_one()

    def _plain(self, rows: int) -> pa.Table | None:
        """Return lines that are objects of nothing but text, read all at once."""
        schema = pa.schema([(name, pa.string()) for name in self.names])
        rules = json_lines.ParseOptions(schema, unexpected_field_behavior="error")
        try:
            table = json_lines.read_json(
                pa.BufferReader(self.block),
                json_lines.ReadOptions(use_threads=False, block_size=len(self.block) + 1),
                rules,
            )
        except pa.ArrowException:
            return None
        # Where an object begins with each line and none holds another, as many rows are the lines.
        if len(table) != rows:
            return None
        text = [column.fill_null("") for column in table.columns]
        return pa.table(text, names=table.column_names)

    def _flat(self, rows: int) -> pa.Table | None:
        """Return lines that are objects of text and numbers, read all at once."""
        if b"\\u" in self.block:
            return None
        try:
            found = json.loads(b"[%b]" % b",".join(_split(self.block)))
        except (ValueError, RecursionError):
            return None
        # As above: what begins with each line is one of the objects, if none holds another.
        if len(found) != rows or any(
            isinstance(value, list | dict) for each in found for value in each.values()
        ):
            return None
        return self._table(found)

    def _one_by_one(self) -> Piece:
        lines = _split(self.block)
        found = list(map(_object, lines))
        kept = [at for at, each in enumerate(found, start=self.first_row) if each is not None]
        broken = tuple(
            (at, line.decode().strip()[:200])
            for at, (line, each) in enumerate(zip(lines, found, strict=True), self.first_row)
            if each is None
        )
        good = self._table([each for each in found if each is not None])
        return Piece(self.number, np.array(kept, dtype=np.int64), good, broken, self.size)

    def _table(self, rows: list[dict[str, Any]]) -> pa.Table:
        return pa.table({name: _texts([row.get(name) for row in rows]) for name in self.names})


class Span(NamedTuple):
    """Some rows of a file of Parquet; whoever checks them reads them.

    Attributes
    ----------
    number : int
        Which piece of the file.
    path : pathlib.Path
        The file.
    first, rows : int
        How many rows come before, and how many these are.
    groups : tuple of int
        The groups of rows in which they lie.
    skipped : int
        Rows of these groups that come before.
    size : int
        Bytes of the file that it stands for, about.
    """

    number: int
    path: Path
    first: int
    rows: int
    groups: tuple[int, ...]
    skipped: int
    size: int

    def read(self) -> Piece:
        """Read the rows.

        Returns
        -------
        Piece
            As `pieces_of` yields it.
        """
        with pq.ParquetFile(self.path) as file:
            found: list[pa.RecordBatch] = []
            left, skipped = self.rows, self.skipped
            batches = file.iter_batches(PIECE_ROWS, row_groups=list(self.groups))
            while left:
                batch = next(batches)
                found.append(batch.slice(skipped, left))
                skipped = max(0, skipped - len(batch))
                left -= len(found[-1])
            table = pa.Table.from_batches(found, file.schema_arrow)
        return _parquet_piece(self.number, self.first + _HEADER + 1, table, self.size)


def spans_of(path: Path) -> Iterator[Piece | Lines | Span]:
    """Cut a file into pieces, and leave reading Parquet to whoever checks the rows.

    Where a row of CSV or a line of JSON ends is known only to whoever has read all before it,
    so these pieces are those of `pieces_of`.

    Parameters
    ----------
    path : pathlib.Path
        As for `pieces_of`.

    Yields
    ------
    Piece, Lines or Span
        The same pieces as those of `pieces_of`.

    Raises
    ------
    CcgeoError
        As `pieces_of`.
    """
    if path.suffix.lower() != ".parquet":
        yield from pieces_of(path)
        return
    with _told(path), pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    ends = np.cumsum([0, *groups])
    for number, first in enumerate(range(0, int(ends[-1]), PIECE_ROWS)):
        last = min(first + PIECE_ROWS, int(ends[-1]))
        held = np.flatnonzero((ends[:-1] < last) & (ends[1:] > first))
        skipped = first - int(ends[held[0]])
        size = path.stat().st_size * (last - first) // int(ends[-1])
        yield Span(number, path, first, last - first, tuple(held.tolist()), skipped, size)


def pieces_of(path: Path) -> Iterator[Piece | Lines]:
    """Cut a file into pieces, by the ending of its name.

    Parameters
    ----------
    path : pathlib.Path
        ``.csv`` or ``.tsv`` in UTF-8, ``.parquet``, ``.jsonl`` or ``.ndjson``.

    Yields
    ------
    Piece or Lines
        The rows in order; the same pieces whenever the same file is cut.

    Raises
    ------
    CcgeoError
        The file is missing, is of another kind, or is not what its name says.
    """
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        message = f"{path.name}: a file of this kind is not read; bring {', '.join(_ENDINGS)}"
        raise CcgeoError(message)
    read = {".parquet": _parquet, ".csv": _csv, ".tsv": _csv}.get(ending, _lines)
    with _told(path):
        yield from read(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what cannot be read of a file in one sentence."""
    try:
        yield
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = f"{path.name} cannot be read: {reason}"
        raise CcgeoError(message) from error


def cut_piece(piece: Piece, file: str) -> Cut:
    """Return a piece as the columns that the checks read.

    Parameters
    ----------
    piece : Piece
        Some rows.
    file : str
        Name for the faults.

    Returns
    -------
    Cut
        Cells as text.
    """
    cells = [cut_arrow(column.combine_chunks()) for column in piece.table.columns]
    return Cut(file, tuple(piece.table.column_names), cells, piece.numbers)


def _csv(path: Path) -> Iterator[Piece]:
    broken: list[tuple[int, str]] = []

    def note(row: Any) -> str:  # noqa: ANN401 - a row that pyarrow could not read
        broken.append((row.number or 0, str(row.text)[:200]))
        return "skip"

    with path.open("rb") as file:
        columns = file.readline().decode("utf-8-sig").rstrip("\r\n")
    tab = "\t" if path.suffix.lower() == ".tsv" else ","
    names = next(iter(_header(columns, tab)))
    reader = csv.open_csv(
        path,
        read_options=csv.ReadOptions(block_size=_BLOCK, use_threads=False),
        parse_options=csv.ParseOptions(
            delimiter=tab, newlines_in_values=True, invalid_row_handler=note
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    row, number, left = _HEADER + 1, 0, path.stat().st_size
    for number, batch in enumerate(reader, start=1):
        # The reader makes a batch of each block.
        size = min(left, _BLOCK)
        left -= size
        # The reader is a block ahead, so what could not be read before a row is known.
        lost = {at for at, _ in broken if at >= row}
        likely = np.arange(row, row + batch.num_rows + len(lost))
        numbers = likely[~np.isin(likely, list(lost))][: batch.num_rows]
        row = int(numbers[-1]) + 1 if len(numbers) else row
        passed = tuple(each for each in broken if each[0] < row)
        broken[:] = broken[len(passed) :]
        yield Piece(number - 1, numbers, pa.Table.from_batches([batch]), passed, size)
    if broken:
        yield Piece(number, np.arange(0), reader.schema.empty_table(), tuple(broken))


def _header(line: str, tab: str) -> Iterator[list[str]]:
    import csv as plain  # noqa: PLC0415 - the module of the standard library, under its own name

    yield from plain.reader([line], delimiter=tab)


def _parquet(path: Path) -> Iterator[Piece]:
    row = _HEADER + 1
    with pq.ParquetFile(path) as file:
        for number, batch in enumerate(file.iter_batches(batch_size=PIECE_ROWS)):
            size = path.stat().st_size * batch.num_rows // file.metadata.num_rows
            yield _parquet_piece(number, row, pa.Table.from_batches([batch]), size)
            row += batch.num_rows


def _parquet_piece(number: int, row: int, table: pa.Table, size: int) -> Piece:
    text = [column.cast(pa.string()).fill_null("") for column in table.columns]
    numbers = np.arange(row, row + len(table))
    return Piece(number, numbers, pa.table(text, names=table.column_names), size=size)


def _lines(path: Path) -> Iterator[Lines]:
    names: tuple[str, ...] = ()
    row, rest = _HEADER + 1, b""
    with path.open("rb") as file:
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        for number in count():
            # The first piece names the columns of all, and is small: only it is read here.
            most = PIECE_ROWS if number else min(_FIRST_LINES, PIECE_ROWS)
            block, rest = _cut_lines(file, rest, most)
            if not block:
                return
            block.decode()
            names = names or tuple(
                dict.fromkeys(chain.from_iterable(filter(None, map(_object, _split(block)))))
            )
            yield Lines(number, row, names, block)
            row += _line_count(block)


def _cut_lines(file: BinaryIO, rest: bytes, most: int) -> tuple[bytes, bytes]:
    """Return whole lines, not more than some number or `_LINES_BLOCK`, and what follows."""
    held, lines = [rest], rest.count(b"\n")
    while lines < most and (not lines or sum(map(len, held)) < _LINES_BLOCK):
        more = _read(file)
        if not more:
            return b"".join(held), b""
        held.append(more)
        lines += more.count(b"\n")
    block = b"".join(held)
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _LINE_FEED)
    end = int(ends[:most][-1]) + 1
    return block[:end], block[end:]


def _read(file: BinaryIO) -> bytes:
    """Return what comes next in a file, with line feeds for whatever ends its lines."""
    more = file.read(_STEP)
    if b"\r" in more:
        while more.endswith(b"\r") and (one := file.read(1)):
            more += one
        more = more.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return more


def _line_count(block: bytes) -> int:
    return block.count(b"\n") + (not block.endswith(b"\n"))


def _split(block: bytes) -> list[bytes]:
    return block.removesuffix(b"\n").split(b"\n")


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        # Half a character is no text.
        if b"\\u" in line:
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _texts(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values, pa.string()).fill_null("")
    except pa.ArrowException:
        return pa.array(map(_text, values), pa.string())


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value)

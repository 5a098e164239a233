"""Long files cut into pieces: CSV, Parquet and JSON Lines, the same pieces every time."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
_OPENS: Final = re.compile(r"\s*\{").match
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
    """

    number: int
    numbers: Codes
    table: pa.Table
    broken: tuple[tuple[int, str], ...] = ()


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
    lines : tuple of str
        The lines.
    """

    number: int
    first_row: int
    names: tuple[str, ...]
    lines: tuple[str, ...]

    def read(self) -> Piece:
        """Read the lines.

        Returns
        -------
        Piece
            Their rows; a line that is no object is a broken one.

        Examples
        --------
        >>> Lines(0, 2, ("title",), ('{"title": "A"}', "?")).read().broken
        ((3, '?'),)
        """
        plain = self._plain()
        if plain is not None:
            numbers = np.arange(self.first_row, self.first_row + len(plain))
            return Piece(self.number, numbers, plain)
        found = list(map(_object, self.lines))
        good = [each for each in found if each is not None]
        cells = {name: [each.get(name) for each in good] for name in self.names}
        text = {name: pa.array(map(_text, cells[name]), pa.string()) for name in self.names}
        kept = [at for at, each in enumerate(found, start=self.first_row) if each is not None]
        broken = tuple(
            (at, line.strip()[:200])
            for at, (line, each) in enumerate(zip(self.lines, found, strict=True), self.first_row)
            if each is None
        )
        return Piece(self.number, np.array(kept, dtype=np.int64), pa.table(text), broken)

    def _plain(self) -> pa.Table | None:
        """Return lines that are objects of nothing but text, read all at once."""
        if not all(map(_OPENS, self.lines)):
            return None
        schema = pa.schema([(name, pa.string()) for name in self.names])
        rules = json_lines.ParseOptions(schema, unexpected_field_behavior="error")
        try:
            table = json_lines.read_json(
                BytesIO("".join(self.lines).encode()),
                json_lines.ReadOptions(use_threads=False),
                rules,
            )
        except pa.ArrowException:
            return None
        # Where an object begins with each line and none holds another, as many rows are the lines.
        if len(table) != len(self.lines):
            return None
        text = [column.fill_null("") for column in table.columns]
        return pa.table(text, names=table.column_names)


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
    try:
        yield from read(path)
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
    row, number = _HEADER + 1, 0
    for number, batch in enumerate(reader, start=1):
        # The reader is a block ahead, so what could not be read before a row is known.
        lost = {at for at, _ in broken if at >= row}
        likely = np.arange(row, row + batch.num_rows + len(lost))
        numbers = likely[~np.isin(likely, list(lost))][: batch.num_rows]
        row = int(numbers[-1]) + 1 if len(numbers) else row
        passed = tuple(each for each in broken if each[0] < row)
        broken[:] = broken[len(passed) :]
        yield Piece(number - 1, numbers, pa.Table.from_batches([batch]), passed)
    if broken:
        yield Piece(number, np.arange(0), reader.schema.empty_table(), tuple(broken))


def _header(line: str, tab: str) -> Iterator[list[str]]:
    import csv as plain  # noqa: PLC0415 - the module of the standard library, under its own name

    yield from plain.reader([line], delimiter=tab)


def _parquet(path: Path) -> Iterator[Piece]:
    row = _HEADER + 1
    with pq.ParquetFile(path) as file:
        for number, batch in enumerate(file.iter_batches(batch_size=PIECE_ROWS)):
            table = pa.Table.from_batches([batch])
            text = [column.cast(pa.string()).fill_null("") for column in table.columns]
            numbers = np.arange(row, row + batch.num_rows)
            yield Piece(number, numbers, pa.table(text, names=table.column_names))
            row += batch.num_rows


def _lines(path: Path) -> Iterator[Lines]:
    names: tuple[str, ...] = ()
    row = _HEADER + 1
    with path.open(encoding="utf-8-sig") as file:
        for number in count():
            # The first piece names the columns of all, and is small: only it is read here.
            lines = list(islice(file, PIECE_ROWS if number else min(_FIRST_LINES, PIECE_ROWS)))
            if not lines:
                return
            names = names or tuple(
                dict.fromkeys(chain.from_iterable(filter(None, map(_object, lines))))
            )
            yield Lines(number, row, names, tuple(lines))
            row += len(lines)


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        # Half a character is no text.
        if "\\u" in line:
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value)

"""Long files cut into pieces: CSV, Parquet and JSON Lines, the same pieces every time."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

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


def pieces_of(path: Path) -> Iterator[Piece]:
    """Cut a file into pieces, by the ending of its name.

    Parameters
    ----------
    path : pathlib.Path
        ``.csv`` or ``.tsv`` in UTF-8, ``.parquet``, ``.jsonl`` or ``.ndjson``.

    Yields
    ------
    Piece
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


def _lines(path: Path) -> Iterator[Piece]:
    names: list[str] = []
    row = _HEADER + 1
    with path.open(encoding="utf-8-sig") as file:
        number = 0
        while lines := list(islice(file, PIECE_ROWS)):
            good, broken = [], []
            for at, line in enumerate(lines):
                found = _object(line)
                if found is None:
                    broken.append((row + at, line.strip()[:200]))
                else:
                    good.append((row + at, found))
            names = names or list(dict.fromkeys(name for _, each in good for name in each))
            cells = {name: [_text(each.get(name)) for _, each in good] for name in names}
            text = {name: pa.array(column, pa.string()) for name, column in cells.items()}
            numbers = np.array([at for at, _ in good], dtype=np.int64)
            yield Piece(number, numbers, pa.table(text), tuple(broken))
            number, row = number + 1, row + len(lines)


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value)

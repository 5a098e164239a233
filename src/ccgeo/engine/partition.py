"""Entries lie by year: a piece is cut by year, and the cuts of a year become its parts.

A store keeps entries in one folder a year, ``entries/year=2021``, what has no date in ``year=0``:
the way of Hive, which DuckDB and Spark know. Pieces are written in a form that costs little, a
batch a year, because they are written again when the store is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ccgeo.engine.parts import write_table, writing
from ccgeo.query.engine import UNDATED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.integer]

PIECE: Final = ".piece"
"""Ends the name of a file with the rows of a piece."""

TIED: Final = ".tied"
"""Ends the name of a file that says what closing changes in a piece."""

CODES: Final = ".codes"
"""Ends the name of a file that says what codes to use for those of a piece, if it has its own."""

SHOWN: Final = ("entry_id", "title", "row")
"""What is told of a row that came before."""

PART_ROWS: Final = 250_000
"""Rows of a part, about: those of a year are cut into as few parts as that allows."""

_POSITION: Final = "position"
_FEW: Final = 8
# A listing by date reads few groups of the parts of a year.
_GROUP_ROWS: Final = 62_500


class YearPart(NamedTuple):
    """Rows of one year that become one file.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    batches : tuple of (pathlib.Path, int)
        Pieces, and which of their batches.
    """

    path: Path
    batches: tuple[tuple[Path, int], ...]


def part_file(folder: Path, year: int, number: int) -> Path:
    """Return where a store keeps entries of a year.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.
    year : int
        The year; `ccgeo.query.engine.UNDATED` for none.
    number : int
        Which part of the year.

    Returns
    -------
    pathlib.Path
        File of Parquet.

    Examples
    --------
    >>> from pathlib import Path
    >>> part_file(Path("store"), 2021, 3).as_posix()
    'store/entries/year=2021/part-000003.parquet'
    """
    return folder / "entries" / f"year={year}" / f"part-{number:06d}.parquet"


def part_files(folder: Path) -> list[Path]:
    """Return the parts of a store.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.

    Returns
    -------
    list of pathlib.Path
        Files of Parquet, the last year first: who lists what is newest reads few of them.
    """
    return sorted((folder / "entries").glob("year=*/*.parquet"), reverse=True)


def write_piece(path: Path, rows: pa.Table, years: Numbers) -> dict[str, int]:
    """Write the rows of a piece by year, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        File.
    rows : pyarrow.Table
        The rows, in the order of the file that they come from.
    years : numpy.ndarray
        Year of each row, `ccgeo.query.engine.UNDATED` for none.

    Returns
    -------
    dict of str to int
        How many rows each year has, in the order of the batches.
    """
    order = np.argsort(years, kind="stable")
    found, first, counts = np.unique(years[order], return_index=True, return_counts=True)
    taken = pa.array(order.astype(np.int32))
    columns = {
        name: _taken(column.combine_chunks(), taken)
        for name, column in zip(rows.column_names, rows.columns, strict=True)
    }
    ordered = pa.table({**columns, _POSITION: taken})
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = writing(path)
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with (
        pa.OSFile(str(beside), "wb") as file,
        pa.ipc.new_file(file, ordered.schema, options=options) as writer,
    ):
        for start, count in zip(first.tolist(), counts.tolist(), strict=True):
            (batch,) = ordered.slice(start, count).to_batches()
            writer.write_batch(batch)
    beside.replace(path)
    return dict(zip(map(str, found.tolist()), counts.tolist(), strict=True))


def _taken(column: pa.Array, rows: pa.Array) -> pa.Array:
    """Return some rows; what is nearly as many texts as rows is written as the texts."""
    if not pa.types.is_dictionary(column.type):
        return column.take(rows)
    if len(column.dictionary) * _FEW < len(column):
        return column.take(rows)
    return column.dictionary.take(column.indices.take(rows))


def parts_of_years(
    folder: Path, pieces: Mapping[Path, Mapping[str, int]], most: int = PART_ROWS
) -> Iterator[YearPart]:
    """Say which batches of which pieces become which part.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.
    pieces : mapping of pathlib.Path to mapping of str to int
        What `write_piece` returned, by piece, in order.
    most : int
        Rows of a part, unless one batch has more.

    Yields
    ------
    YearPart
        One of each year at least; an empty one where there is no row at all.

    Examples
    --------
    >>> from pathlib import Path
    >>> pieces = {Path("a"): {"2020": 3, "2021": 1}, Path("b"): {"2021": 2}}
    >>> [[(str(name), at) for name, at in part.batches]
    ...  for part in parts_of_years(Path("store"), pieces)]
    [[('a', 0)], [('a', 1), ('b', 0)]]
    """
    years: dict[int, list[tuple[Path, int, int]]] = {}
    for path, counts in pieces.items():
        for at, (told, count) in enumerate(counts.items()):
            years.setdefault(int(told), []).append((path, at, count))
    for year in sorted(years) or [UNDATED]:
        held: list[tuple[Path, int]] = []
        rows, number = 0, 0
        for path, at, count in years.get(year, ()):
            if held and rows + count > most:
                yield YearPart(part_file(folder, year, number), tuple(held))
                held, rows, number = [], 0, number + 1
            held.append((path, at))
            rows += count
        # Without any row a store still says what columns it has.
        yield YearPart(part_file(folder, year, number), tuple(held) or ((next(iter(pieces)), -1),))


def write_part_of_year(part: YearPart) -> None:
    """Write the rows of some batches as one file, the newest first.

    Parameters
    ----------
    part : YearPart
        What becomes what. Beside a piece may stand what closing changes in it, see
        `write_tied`.
    """
    rows = pa.concat_tables(_batch(path, at) for path, at in part.batches)
    if "date" in rows.column_names:
        rows = rows.combine_chunks().sort_by([("date", "descending")])
    write_table(part.path, rows, _GROUP_ROWS)


def write_tied(piece: Path, tied: Mapping[str, NDArray[np.generic]]) -> None:
    """Write down what closing changes in a piece.

    Parameters
    ----------
    piece : pathlib.Path
        The piece.
    tied : mapping of str to numpy.ndarray
        ``position`` of rows in the file that they come from, ``again`` for those to leave out,
        and ``projects`` and ``amount_fen`` that the others lose.
    """
    write_table(piece.with_suffix(TIED), pa.table(dict(tied)))


def rows_at(piece: Path, positions: Numbers, columns: Collection[str]) -> Iterable[tuple[str, ...]]:
    """Return what some rows of a piece say.

    Parameters
    ----------
    piece : pathlib.Path
        The piece.
    positions : numpy.ndarray
        Of rows in the file that they come from.
    columns : collection of str
        Columns.

    Returns
    -------
    iterable of tuple
        One row each, in the order of the file.
    """
    with pa.memory_map(str(piece)) as file:
        rows = pa.ipc.open_file(file).read_all().select([*columns, _POSITION])
    here = np.isin(rows.column(_POSITION).to_numpy(), positions)
    told = rows.filter(pa.array(here)).sort_by(_POSITION)
    return zip(*(told.column(name).to_pylist() for name in columns), strict=True)


def write_codes(piece: Path, codes: Mapping[str, Numbers]) -> None:
    """Write down what codes to use for those of a piece.

    Parameters
    ----------
    piece : pathlib.Path
        The piece.
    codes : mapping of str to numpy.ndarray
        By side, the code for each of the piece's own.
    """
    table = pa.table({side: pa.array([each]) for side, each in codes.items()})
    write_table(piece.with_suffix(CODES), table)


def rows_again(piece: Path) -> list[tuple[str, ...]]:
    """Return `SHOWN` of the rows of a piece that came before, by what stands beside it.

    Parameters
    ----------
    piece : pathlib.Path
        A piece for which `write_tied` was called.

    Returns
    -------
    list of tuple
        One row each, in the order of the file.
    """
    tied = pq.read_table(piece.with_suffix(TIED))
    again = tied.filter(tied.column("again")).column("position").to_numpy()
    return list(rows_at(piece, again, SHOWN)) if len(again) else []


def _batch(path: Path, at: int) -> pa.Table:
    """Return a batch of a piece, as closing changes it; no row for none."""
    with pa.memory_map(str(path)) as file:
        reader = pa.ipc.open_file(file, options=pa.ipc.IpcReadOptions(use_threads=False))
        batch = reader.get_batch(at) if at >= 0 else reader.schema.empty_table()
        columns = {
            name: column.cast(_plain(column.type))
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        }
    rows, tied = pa.table(columns), path.with_suffix(TIED)
    if tied.exists():
        rows = _untied(rows, pq.read_table(tied))
    codes = path.with_suffix(CODES)
    if codes.exists():
        rows = _recoded(rows, pq.read_table(codes))
    return rows.drop_columns([_POSITION])


def _recoded(rows: pa.Table, codes: pa.Table) -> pa.Table:
    for side in codes.column_names:
        known = codes.column(side)[0].values
        column = known.take(rows.column(side).combine_chunks())
        rows = rows.set_column(rows.schema.get_field_index(side), side, column)
    return rows


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _untied(rows: pa.Table, tied: pa.Table) -> pa.Table:
    """Take parts from their wholes, and leave out what is told again."""
    here, at = rows.column(_POSITION).to_numpy(), tied.column("position").to_numpy()
    size = 1 + max(here.max(initial=0), at.max(initial=0))
    again = np.zeros(size, dtype=bool)
    again[at[tied.column("again").to_numpy()]] = True
    for name, stated in (("projects", "projects_stated"), ("amount_fen", "amount_stated")):
        lost = np.zeros(size, dtype=np.int64)
        np.add.at(lost, at, tied.column(name).to_numpy())
        is_stated = rows.column(stated).to_numpy() > 0
        sums = rows.column(name).to_numpy() - np.where(is_stated, lost[here], 0)
        rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(sums))
    return rows.filter(pa.array(~again[here]))

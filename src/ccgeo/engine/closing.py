"""The end of taking files in: what is told twice is set aside, parts leave their wholes."""

from __future__ import annotations

import csv
import json
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from ccgeo.encoding import guard_cell
from ccgeo.engine.partition import (
    PIECE,
    SHOWN,
    TIED,
    parts_of_years,
    rows_again,
    write_part_of_year,
    write_tied,
)
from ccgeo.engine.parts import NOTE, TIES, sweep
from ccgeo.engine.spark_closing import told_again
from ccgeo.engine.store import finish_store
from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from ccgeo.engine.spark import SparkEngine

_MEMORY: Final = "400MB"
_AGAIN: Final = """
CREATE TABLE again AS
SELECT filename AS piece, file_row_number AS position FROM (
    SELECT filename, file_row_number,
           row_number() OVER (PARTITION BY own ORDER BY filename, file_row_number) AS turn
    FROM ties WHERE own IN (SELECT own FROM ties GROUP BY own HAVING count(*) > 1)
) WHERE turn > 1
"""
_SHARES: Final = """
CREATE TABLE shares AS
SELECT own.filename AS piece, own.file_row_number AS position, part.projects, part.amount_fen
FROM ties AS own JOIN (
    SELECT whole, sum(projects)::BIGINT AS projects, sum(amount_fen)::BIGINT AS amount_fen
    FROM ties AS t WHERE whole <> 0
    AND NOT EXISTS (FROM again WHERE piece = t.filename AND position = t.file_row_number)
    GROUP BY whole
) AS part ON own.own = part.whole
"""


_TIED: Final = """
SELECT position, again, projects, amount_fen FROM (
    SELECT position, true AS again, 0::BIGINT AS projects, 0::BIGINT AS amount_fen, piece
    FROM again UNION ALL SELECT position, false, projects, amount_fen, piece FROM shares
) WHERE piece = ?
"""


def close_store(
    folder: Path,
    sides: Mapping[str, pd.DataFrame],
    workers: int = 1,
    spark: SparkEngine | None = None,
) -> int:
    """Set aside what is told twice, take parts from their wholes, and finish a store.

    Parameters
    ----------
    folder : pathlib.Path
        Folder whose ``pieces`` are all done; their rows stay as they are.
    sides : mapping of str to pandas.DataFrame
        What every code means.
    workers : int
        Parts that are written at a time.
    spark : SparkEngine, optional
        Whose workers do all of it but the cells, instead of this process.

    Returns
    -------
    int
        Rows set aside; ``repeated.csv`` names them.

    Raises
    ------
    CcgeoError
        There is no piece.
    """
    work = folder / "pieces"
    notes = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(work.glob("*.json"))}
    if not notes:
        message = "the files hold no rows: there is nothing to take in"
        raise CcgeoError(message)
    # From here on until the end this is no store.
    (folder / NOTE).unlink(missing_ok=True)
    shutil.rmtree(folder / "entries", ignore_errors=True)
    told = _told_again(folder, notes) if spark is None else told_again(spark, work, notes)
    repeated = _write_repeated(folder, told)
    pieces = {work / f"{name}{PIECE}": note["years"] for name, note in notes.items()}
    parts = parts_of_years(folder, pieces)
    if spark is None:
        with ThreadPoolExecutor(workers) as pool:
            deque(pool.map(write_part_of_year, parts), maxlen=0)
    else:
        deque(spark.each(write_part_of_year, parts), maxlen=0)
    pa.default_memory_pool().release_unused()
    sweep(folder)
    is_synthetic = any(note["synthetic"] for note in notes.values())
    finish_store(folder, sides, is_synthetic=is_synthetic)
    return repeated


def _write_repeated(folder: Path, told: Iterable[tuple[str, list[tuple[str, ...]]]]) -> int:
    """Name the rows that are told again, and return how many there are."""
    repeated, beside = 0, folder / "repeated.csv.writing"
    with beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([*SHOWN, "piece"])
        for name, rows in told:
            repeated += len(rows)
            writer.writerows(map(guard_cell, [*row, name]) for row in rows)
    beside.replace(folder / "repeated.csv")
    return repeated


def _told_again(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Write down what changes in each piece, and yield its rows that are told again."""
    with _tied(folder, names) as ties:
        for name in names:
            piece = folder / "pieces" / f"{name}{PIECE}"
            if not ties.has(str(piece.with_suffix(TIES))):
                piece.with_suffix(TIED).unlink(missing_ok=True)
                continue
            write_tied(piece, ties.rows(str(piece.with_suffix(TIES))))
            yield name, rows_again(piece)


class _Ties:
    """Which rows of which pieces are told again, or are wholes that lose their parts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        found = connection.execute("SELECT piece FROM again UNION SELECT piece FROM shares")
        self._pieces = {piece for (piece,) in found.fetchall()}

    def has(self, piece: str) -> bool:
        """Return whether there is any row of a piece."""
        return piece in self._pieces

    def rows(self, piece: str) -> dict[str, NDArray[Any]]:
        """Return the columns of the rows of a piece, see `write_tied`."""
        columns: dict[str, NDArray[Any]] = self._connection.execute(_TIED, [piece]).fetchnumpy()
        return columns


@contextmanager
def _tied(folder: Path, names: Iterable[str]) -> Iterator[_Ties]:
    """Find the rows that are the same as others, or wholes of others, in little memory."""
    files = [str(folder / "pieces" / f"{name}{TIES}") for name in names]
    spill = folder / ".spill"
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = ?", [_MEMORY])
        connection.execute("SET temp_directory = ?", [str(spill)])
        read = connection.read_parquet(files, filename=True, file_row_number=True)
        read.create_view("ties")
        connection.execute(_AGAIN)
        connection.execute(_SHARES)
        yield _Ties(connection)
    shutil.rmtree(spill, ignore_errors=True)

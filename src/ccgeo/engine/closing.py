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
    TIED,
    parts_of_years,
    rows_at,
    write_part_of_year,
    write_tied,
)
from ccgeo.engine.parts import NOTE, TIES
from ccgeo.engine.store import finish_store
from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

_MEMORY: Final = "400MB"
_SHOWN: Final = ("entry_id", "title", "row")
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


def close_store(folder: Path, sides: Mapping[str, pd.DataFrame], workers: int = 1) -> int:
    """Set aside what is told twice, take parts from their wholes, and finish a store.

    Parameters
    ----------
    folder : pathlib.Path
        Folder whose ``pieces`` are all done; their rows stay as they are.
    sides : mapping of str to pandas.DataFrame
        What every code means.
    workers : int
        Parts that are written at a time.

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
    repeated = _tie(folder, notes)
    pieces = {work / f"{name}{PIECE}": note["years"] for name, note in notes.items()}
    with ThreadPoolExecutor(workers) as pool:
        deque(pool.map(write_part_of_year, parts_of_years(folder, pieces)), maxlen=0)
    pa.default_memory_pool().release_unused()
    is_synthetic = any(note["synthetic"] for note in notes.values())
    finish_store(folder, sides, is_synthetic=is_synthetic)
    return repeated


def _tie(folder: Path, names: Iterable[str]) -> int:
    """Write down what changes in each piece, and return how many rows are told again."""
    repeated, beside = 0, folder / "repeated.csv.writing"
    with _tied(folder, names) as ties, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([*_SHOWN, "piece"])
        for name in names:
            piece = folder / "pieces" / f"{name}{PIECE}"
            if not ties.has(str(piece.with_suffix(TIES))):
                piece.with_suffix(TIED).unlink(missing_ok=True)
                continue
            tied = ties.rows(str(piece.with_suffix(TIES)))
            write_tied(piece, tied)
            told = list(rows_at(piece, tied["position"][tied["again"]], _SHOWN))
            repeated += len(told)
            writer.writerows(map(guard_cell, [*row, name]) for row in told)
    beside.replace(folder / "repeated.csv")
    return repeated


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

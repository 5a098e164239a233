"""The end of taking files in: what is told twice is set aside, parts leave their wholes."""

from __future__ import annotations

import csv
import json
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import pyarrow.parquet as pq

from ccgeo.encoding import guard_cell
from ccgeo.engine.parts import TIES, write_table
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


def close_store(folder: Path, sides: Mapping[str, pd.DataFrame]) -> int:
    """Set aside what is told twice, take parts from their wholes, and finish a store.

    Parameters
    ----------
    folder : pathlib.Path
        Folder whose ``pieces`` are all done; they stay as they are.
    sides : mapping of str to pandas.DataFrame
        What every code means.

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
    shutil.rmtree(folder / "entries", ignore_errors=True)
    (folder / "entries").mkdir()
    repeated = 0
    beside = folder / "repeated.csv.writing"
    with _tied(folder, notes) as ties, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([*_SHOWN, "piece"])
        for name in notes:
            told = _close_piece(folder, name, ties)
            repeated += len(told)
            writer.writerows(map(guard_cell, [*row, name]) for row in told)
    beside.replace(folder / "repeated.csv")
    is_synthetic = any(note["synthetic"] for note in notes.values())
    finish_store(folder, sides, is_synthetic=is_synthetic)
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

    def rows(self, table: str, piece: str) -> dict[str, NDArray[np.int64]]:
        """Return the columns of the rows of a piece."""
        asked = f"SELECT * EXCLUDE piece FROM {table} WHERE piece = ? ORDER BY position"  # noqa: S608
        columns: dict[str, NDArray[np.int64]] = self._connection.execute(
            asked, [piece]
        ).fetchnumpy()
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


def _close_piece(folder: Path, name: str, ties: _Ties) -> list[tuple[Any, ...]]:
    """Put a piece among the entries; return its rows that were told before."""
    piece, entries = folder / "pieces" / f"{name}.parquet", folder / "entries"
    tied = str(piece.with_name(f"{name}{TIES}"))
    if not ties.has(tied):
        _link(piece, entries / f"part-{name}.parquet")
        return []
    part, again = pq.read_table(piece), ties.rows("again", tied)["position"]
    shares = ties.rows("shares", tied)
    for sum_name, stated in (("projects", "projects_stated"), ("amount_fen", "amount_stated")):
        sums = part.column(sum_name).to_numpy().copy()
        is_stated = part.column(stated).to_numpy()[shares["position"]] > 0
        sums[shares["position"]] -= np.where(is_stated, shares[sum_name], 0)
        part = part.set_column(part.schema.get_field_index(sum_name), sum_name, [sums])
    kept = np.ones(len(part), dtype=bool)
    kept[again] = False
    write_table(entries / f"part-{name}.parquet", part.filter(kept))
    columns = (part.column(each).take(again).to_pylist() for each in _SHOWN)
    return list(zip(*columns, strict=True))


def _link(source: Path, target: Path) -> None:
    """Let a file stand in two folders, without a copy where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

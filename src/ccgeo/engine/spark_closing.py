"""The rule of `ccgeo.engine.closing` by the workers of Spark: told twice, parts and wholes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from ccgeo.engine.partition import PIECE, TIED, rows_again, write_tied
from ccgeo.engine.parts import TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccgeo.engine.spark import SparkEngine

_TIED: Final = """
WITH again AS (
    SELECT file, position FROM (
        SELECT file, position,
               row_number() OVER (PARTITION BY own ORDER BY file, position) AS turn
        FROM files
    ) WHERE turn > 1
), part AS (
    SELECT whole, CAST(sum(projects) AS BIGINT) AS projects,
           CAST(sum(amount_fen) AS BIGINT) AS amount_fen
    FROM files LEFT ANTI JOIN again USING (file, position) WHERE whole <> 0 GROUP BY whole
)
SELECT file, position, true AS again, 0L AS projects, 0L AS amount_fen FROM again
UNION ALL
SELECT files.file, files.position, false, part.projects, part.amount_fen
FROM files JOIN part ON files.own = part.whole
"""


def told_again(
    spark: SparkEngine, work: Path, names: Iterable[str]
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Write down what closing changes in each piece, and tell the rows that came before.

    Parameters
    ----------
    spark : SparkEngine
        Whose workers find out and write; they see the folder.
    work : pathlib.Path
        Folder of the pieces.
    names : iterable of str
        Names of the pieces, in order.

    Yields
    ------
    name : str
        A piece, in order; one that nothing changes in is left out.
    rows : list of tuple
        `ccgeo.engine.partition.SHOWN` of each of its rows that came before.
    """
    files = [work / f"{name}{TIES}" for name in names]
    for file in files:
        file.with_suffix(TIED).unlink(missing_ok=True)
    changed = spark.grouped(_TIED, files, "file", partial(tie_piece, work))
    pieces = [(work / name).with_suffix(PIECE) for name in changed]
    for piece, rows in zip(pieces, spark.each(rows_again, pieces), strict=True):
        yield piece.stem, rows


def tie_piece(work: Path, rows: pa.Table) -> pa.Table:
    """Write down what closing changes in one piece, as a worker does.

    Parameters
    ----------
    work : pathlib.Path
        Folder of the pieces.
    rows : pyarrow.Table
        ``file``, the name of the piece's file of ties, the same in all rows; ``position``,
        ``again``, ``projects`` and ``amount_fen`` as `ccgeo.engine.partition.write_tied`
        takes them.

    Returns
    -------
    pyarrow.Table
        ``file``, one row.
    """
    name = rows.column("file")[0].as_py()
    told = rows.drop_columns(["file"])
    columns = {key: told.column(key).to_numpy() for key in told.column_names}
    write_tied((work / name).with_suffix(PIECE), columns)
    return pa.table({"file": [name]})

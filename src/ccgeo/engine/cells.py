"""Cells: entries of a store that are alike in some sides, added up.

There is a table of cells for each set of sides that makes them much fewer: a selection that cuts
two sides reads the cells that tell these two.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import duckdb

from ccgeo.engine.expression import CELL_TABLES
from ccgeo.engine.star import FACTS, SIDES
from ccgeo.query.measures import SUMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CELLS: Final = "cells"
_MEMORY: Final = "500MB"
_WORTH: Final = 0.5
"""Cells are written if they are at most this part of those that would be read instead."""


def cells_file(folder: Path, told: Sequence[str]) -> Path:
    """Return where a store keeps the cells that tell some sides.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.
    told : sequence of str
        Sides, and ``band`` for that of the amount.

    Returns
    -------
    pathlib.Path
        File of Parquet; not there if such cells were not worth it.

    Examples
    --------
    >>> from pathlib import Path
    >>> cells_file(Path("store"), ["site", "time"]).as_posix()
    'store/cells/site-time.parquet'
    """
    return folder / _CELLS / f"{'-'.join(told)}.parquet"


def amounts_file(folder: Path) -> Path:
    """Return where a store keeps the entries that state an amount, sorted by it.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.

    Returns
    -------
    pathlib.Path
        File of Parquet with the columns `ccgeo.engine.star.FACTS`.

    Examples
    --------
    >>> from pathlib import Path
    >>> amounts_file(Path("store")).as_posix()
    'store/cells/amounts.parquet'
    """
    return folder / _CELLS / "amounts.parquet"


def write_cells(folder: Path) -> int:
    """Add up the entries that are alike in some sides, and sort them by amount.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store, with its ``entries``.

    Returns
    -------
    int
        How many entries there are.
    """
    entries = f"read_parquet('{_escaped(folder / 'entries')}/*/*.parquet')"
    shutil.rmtree(folder / _CELLS, ignore_errors=True)
    (folder / _CELLS).mkdir()
    written: dict[tuple[str, ...], int] = {}
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = ?", [_MEMORY])
        connection.execute("SET temp_directory = ?", [str(folder / ".spill")])
        for told in CELL_TABLES:
            wider = [other for other in written if set(told) < set(other)]
            least = min(wider, key=lambda other: written[other], default=())
            source = f"'{_escaped(cells_file(folder, least))}'" if least else entries
            if least and told != tuple(SIDES):
                most = written[least] * _WORTH
                if _distinct(connection, told, source) > most:
                    continue
            written[told] = _add_up(connection, told, source, cells_file(folder, told))
        stated = f"FROM {entries} WHERE amount_stated > 0 ORDER BY amount_fen"
        _write(connection, f"SELECT {_named(FACTS)} {stated}", amounts_file(folder))
        (found,) = connection.execute(f"SELECT count(*) FROM {entries}").fetchall()  # noqa: S608
    return int(found[0])


def _distinct(connection: duckdb.DuckDBPyConnection, told: Sequence[str], source: str) -> int:
    """Return about how many cells tell some sides, to a few parts in a hundred."""
    asked = f"SELECT approx_count_distinct(hash({_named(told)})) FROM {source}"  # noqa: S608 - names of our own
    (rows,) = connection.execute(asked).fetchall()
    return int(rows[0])


def _add_up(
    connection: duckdb.DuckDBPyConnection, told: Sequence[str], source: str, path: Path
) -> int:
    """Write what is alike in some columns, in their order, and return how many rows."""
    keys = _named(told)
    sums = ", ".join(f'sum("{name}")::BIGINT AS "{name}"' for name in SUMS)
    rows = f"SELECT {keys}, {sums} FROM {source} GROUP BY {keys} ORDER BY {keys}"  # noqa: S608 - names of our own
    return _write(connection, rows, path)


def _write(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> int:
    """Write rows as a file, whole or not at all, and return how many."""
    beside = path.with_suffix(".writing")
    # As small as what DuckDB chooses by itself, and unpacked faster.
    (found,) = connection.execute(
        f"COPY ({rows}) TO '{_escaped(beside)}' (FORMAT parquet, COMPRESSION lz4_raw)"
    ).fetchall()
    beside.replace(path)
    return int(found[0])


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")

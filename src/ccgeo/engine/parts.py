"""Files that appear whole or not at all, without the libraries that only an engine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

NOTE: Final = "ccgeo-store.json"
"""File that says what a folder holds; written last."""

WRITING: Final = ".writing"
"""Ends the name of a file that is not whole."""

TIES: Final = ".ties"
"""Ends the name of a file that says which rows of a piece are the same as others, or parts."""

# Texts of which a piece holds few different ones, and codes: a dictionary makes them small.
_REPEATED: Final = ("site", "deal", "party", "time", "band", "date", "organisation", "place_text",
                    "source")  # fmt: skip


def writing(path: Path) -> Path:
    """Return where a file is written before it appears: nobody else writes there.

    The same work may be done twice at the same time, by tasks of Spark.

    Parameters
    ----------
    path : pathlib.Path
        File.

    Returns
    -------
    pathlib.Path
        Beside it.
    """
    return path.with_name(f"{path.name}.{uuid4().hex[:12]}{WRITING}")


def sweep(folder: Path) -> None:
    """Remove what was never finished, once nobody writes any more.

    Parameters
    ----------
    folder : pathlib.Path
        Folder, with all folders in it.
    """
    for path in folder.rglob(f"*{WRITING}"):
        path.unlink(missing_ok=True)


def write_table(path: Path, table: pa.Table, group_rows: int | None = None) -> None:
    """Write one file of Parquet, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        File.
    table : pyarrow.Table
        What it holds.
    group_rows : int, optional
        Rows of a group, the most; whoever reads some values can leave groups out.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = writing(path)
    repeated = [name for name in _REPEATED if name in table.column_names]
    # What Arrow calls a dictionary is text to whoever reads the file.
    pq.write_table(
        table,
        beside,
        group_rows,
        compression="zstd",
        use_dictionary=repeated,
        store_schema=False,
    )
    beside.replace(path)


def write_part(path: Path, rows: pd.DataFrame) -> None:
    """Write one file of Parquet, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        File.
    rows : pandas.DataFrame
        What it holds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = writing(path)
    rows.to_parquet(beside, index=False, compression="zstd")
    beside.replace(path)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        File.
    content : bytes
        What it holds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = writing(path)
    beside.write_bytes(content)
    beside.replace(path)

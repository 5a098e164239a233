"""A register in a folder of Parquet: entries in parts, cells of entries that are alike, sides.

The folder is what travels: DuckDB and Spark read it as it is, PostgreSQL copies it in. A file
appears whole or not at all.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from ccgeo.engine.backends import (
    DuckEngine,
    EngineError,
    PostgresEngine,
    open_engine,
)
from ccgeo.engine.cells import amounts_file, cells_file, write_cells
from ccgeo.engine.expression import AMOUNTS, CELL_TABLES, ENTRIES, cells_table, side_table
from ccgeo.engine.groups import TEXTS
from ccgeo.engine.partition import part_file, part_files
from ccgeo.engine.parts import NOTE, write_bytes, write_part
from ccgeo.engine.register import Register, shipped_register
from ccgeo.engine.source import RegisterSource
from ccgeo.engine.star import FACTS, SIDES, read_side, write_side
from ccgeo.query.engine import UNDATED
from ccgeo.query.measures import SUMS
from ccgeo.query.source import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ccgeo.engine.backends import Engine

SETTING: Final = "CCGEO_ENGINE"
"""Environment variable that names the engine."""

_FORMAT: Final = 4
_PUBLISH: Final = "publish one with ccgeo publish STORE SETTING"
_NOTE_TABLE: Final = "ccgeo_note"
_NOTED: Final = {"version": "object", "entries": "int64", "synthetic": "int64"}


def write_store(
    folder: Path,
    parts: Iterable[pd.DataFrame],
    sides: Mapping[str, pd.DataFrame],
    *,
    is_synthetic: bool = False,
) -> None:
    """Write a register of entries that come in parts.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to make or to fill.
    parts : iterable of pandas.DataFrame
        Entries with the columns of `ccgeo.engine.star.FACTS` and any others.
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    is_synthetic : bool
        Whether the entries are made up.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> star = star_of(read_placed().head(5))
    >>> with TemporaryDirectory() as name:
    ...     write_store(Path(name), [star.facts], star.sides)
    ...     read_note(Path(name))["entries"]
    5
    """
    for number, part in enumerate(parts):
        write_entries(folder, number, part, sides["time"])
    finish_store(folder, sides, is_synthetic=is_synthetic)


def write_entries(folder: Path, number: int, rows: pd.DataFrame, times: pd.DataFrame) -> None:
    """Write some entries of a store, one file a year.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.
    number : int
        Which part of the whole.
    rows : pandas.DataFrame
        As for `write_store`.
    times : pandas.DataFrame
        The rows of the side ``time``.
    """
    years = times["year"].to_numpy(np.int64, na_value=UNDATED)[rows["time"].to_numpy()]
    # Without any row a store still says what columns it has.
    for year in np.unique(years).tolist() or [UNDATED]:
        write_part(part_file(folder, year, number), rows[years == year])


def finish_store(
    folder: Path, sides: Mapping[str, pd.DataFrame], *, is_synthetic: bool = False
) -> None:
    """Write sides and cells beside the parts of a store, and the note that it is whole.

    Parameters
    ----------
    folder : pathlib.Path
        Folder with the ``entries``, see `ccgeo.engine.partition`.
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    is_synthetic : bool
        Whether the entries are made up.
    """
    for side in SIDES:
        write_part(folder / f"{side}.parquet", write_side(sides[side]))
    entries = write_cells(folder)
    note = {"format": _FORMAT, "entries": entries, "synthetic": is_synthetic}
    write_bytes(folder / NOTE, json.dumps(note).encode())


def read_note(folder: Path) -> dict[str, Any]:
    """Return what a folder says that it holds.

    Parameters
    ----------
    folder : pathlib.Path
        Folder.

    Returns
    -------
    dict
        ``format``, ``entries`` and ``synthetic``.

    Raises
    ------
    EngineError
        The folder is no finished store.
    """
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = (
            f"{str(folder)!r} is no finished store: make one with ccgeo ingest FILES -o FOLDER"
        )
        raise EngineError(message) from error
    if not isinstance(note, dict) or note.get("format") != _FORMAT:
        message = f"{str(folder)!r} is a store of another format: make it again with ccgeo ingest"
        raise EngineError(message)
    return note


def open_register(setting: str | None = None) -> Register:
    """Open the register that a setting names.

    Parameters
    ----------
    setting : str, optional
        See `ccgeo.engine.backends.open_engine`; the environment variable ``CCGEO_ENGINE`` if
        not given, and the shipped entries in DuckDB if that is not set either.

    Returns
    -------
    Register
        The register.

    Raises
    ------
    EngineError
        The setting is not understood, or there is no register where it leads.

    Examples
    --------
    >>> open_register("").has_cells
    False
    """
    named = os.environ.get(SETTING, "") if setting is None else setting
    if not named:
        return shipped_register()
    return _register(named, *open_engine(named))


def _register(setting: str, engine: Engine, folder: str) -> Register:
    if folder:
        return attach_store(Path(folder), engine)
    if isinstance(engine, PostgresEngine):
        return _held(engine)
    message = f"{SETTING} {setting[:60]!r} names no folder: write {setting[:40]}/folder"
    raise EngineError(message)


def attach_store(folder: Path, engine: Engine) -> Register:
    """Read a store through an engine; PostgreSQL copies it, the others read it in place.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of a finished store.
    engine : Engine
        The engine.

    Returns
    -------
    Register
        The register.

    Raises
    ------
    EngineError
        The folder is no finished store.
    """
    note = read_note(folder)
    parts = part_files(folder)
    engine.attach(ENTRIES, parts, _listed_columns(parts))
    cells = tuple(told for told in CELL_TABLES if cells_file(folder, told).exists())
    for told in cells:
        engine.attach(cells_table(told), [cells_file(folder, told)], (*told, *SUMS))
    is_copy = isinstance(engine, PostgresEngine)
    if not is_copy:
        engine.attach(AMOUNTS, [amounts_file(folder)], FACTS)
    sides = {}
    for side in SIDES:
        written = pd.read_parquet(folder / f"{side}.parquet")
        if is_copy:
            engine.fill(side_table(side), written)
        sides[side] = read_side(written)
    if is_copy:
        engine.fill(_NOTE_TABLE, pd.DataFrame([_origin(folder, note)._asdict()]).astype(_NOTED))
    return Register(engine, sides, cells=cells, amounts=ENTRIES if is_copy else AMOUNTS)


def open_source(setting: str) -> RegisterSource:
    """Open the register that a setting names as a source of answers.

    Parameters
    ----------
    setting : str
        As for `open_register`, not empty.

    Returns
    -------
    RegisterSource
        What pages and layers ask.

    Raises
    ------
    EngineError
        The setting is not understood, or there is no register where it leads.
    """
    engine, where = open_engine(setting)
    register = _register(setting, engine, where)
    if where:
        folder = Path(where)
        noted, name = _origin(folder, read_note(folder))._asdict(), folder.name
    else:
        noted, name = _read_note_table(engine), setting.rpartition("/")[2].partition("?")[0]
    origin = Origin(noted["version"], name, int(noted["entries"]), bool(noted["synthetic"]))
    return RegisterSource(register, origin)


def _read_note_table(engine: Engine) -> dict[str, Any]:
    noted: dict[str, Any]
    try:
        (noted,) = engine.read(_NOTE_TABLE).to_dict("records")
    except Exception as error:
        message = f"the database does not say what it holds: {_PUBLISH}"
        raise EngineError(message) from error
    return noted


class _Noted(NamedTuple):
    """What is known of a register as a whole."""

    version: str
    entries: int
    synthetic: int


def _origin(folder: Path, note: Mapping[str, Any]) -> _Noted:
    """Return what a folder holds; its version is that of the files, wherever they lie."""
    files = sorted(folder.glob("**/*.parquet"))
    told = [(path.relative_to(folder).as_posix(), path.stat().st_size) for path in files]
    digest = sha256(json.dumps([note, told], sort_keys=True).encode()).hexdigest()
    return _Noted(digest[:12], int(note["entries"]), int(bool(note["synthetic"])))


def _listed_columns(parts: Sequence[Path]) -> tuple[str, ...]:
    """Return the columns that are asked for: a store of numbers alone has no texts."""
    known = set(pq.read_schema(parts[0]).names) if parts else set()
    return (*FACTS, *(name for name in TEXTS if name in known))


def _held(engine: PostgresEngine) -> Register:
    try:
        sides = {side: read_side(engine.read(side_table(side))) for side in SIDES}
    except Exception as error:
        message = f"the database holds no register: {_PUBLISH}"
        raise EngineError(message) from error
    held = engine.tables()
    cells = tuple(told for told in CELL_TABLES if cells_table(told) in held)
    return Register(engine, sides, cells=cells)


__all__ = [
    "NOTE",
    "SETTING",
    "DuckEngine",
    "attach_store",
    "finish_store",
    "open_register",
    "open_source",
    "read_note",
    "write_entries",
    "write_store",
]

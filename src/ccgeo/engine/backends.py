"""The engines that exist: DuckDB in the process, PostgreSQL for a team, Spark for volume.

Each is reached through Ibis and takes the same statements. What differs is how a few hundred
verdicts get there and how rows come back; that is all that is written here three times.
"""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import ibis
import pandas as pd

from ccgeo.engine.spark import SparkEngine
from ccgeo.engine.statements import Compiling, EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCHEMES: Final = ("duckdb", "postgres", "spark")
"""Beginnings of a setting."""

_EXAMPLES: Final = "duckdb:///folder, postgres://user@host/database or spark://local[2]/folder"

_LOCAL: Final = re.compile(r"spark://(?P<master>local(?:-cluster)?(?:\[[^\]]*\])?)(?P<path>/.*)?$")


class DuckEngine(Compiling):
    """DuckDB inside this process, over tables in memory, a database or a folder of Parquet.

    Parameters
    ----------
    path : str
        Database file; ``":memory:"`` for none.
    memory : str
        Most memory that it may take, such as ``"1GB"``.
    """

    def __init__(self, path: str = ":memory:", *, memory: str = "3GB") -> None:
        self.ibis = ibis.duckdb.connect(path)
        self.ibis.con.execute("SET memory_limit = ?", [memory])
        self._reads_files = False

    def attach(self, name: str, files: Sequence[Path], columns: Sequence[str]) -> None:
        """Read files of Parquet as a table, where they lie.

        Parameters
        ----------
        name : str
            Name of the table.
        files : sequence of pathlib.Path
            At least one.
        columns : sequence of str
            Columns that matter here; the others can be read too.
        """
        listed = ", ".join(f"'{_quoted(file)}'" for file in files)
        # The columns are read for every question; what else a file holds costs nothing.
        rows = f"FROM read_parquet([{listed}], hive_partitioning = false)"
        wanted = f"{_named(columns)}, * EXCLUDE ({_named(columns)})"
        self.ibis.con.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT {wanted} {rows}')
        self._reads_files = True

    def fill(self, name: str, frame: pd.DataFrame) -> None:
        """Put a table into the engine, in place of one of that name.

        Parameters
        ----------
        name : str
            Its name.
        frame : pandas.DataFrame
            Whole numbers and text.
        """
        with self.ibis.con.cursor() as cursor:
            cursor.register("filled", frame)
            cursor.execute(f'CREATE OR REPLACE TABLE "{name}" AS FROM filled')

    def ask(self, statement: str, told: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Run a statement beside a few small tables that are told along.

        Parameters
        ----------
        statement : str
            SQL of DuckDB.
        told : mapping of str to pandas.DataFrame
            Tables by name.

        Returns
        -------
        pandas.DataFrame
            The rows.
        """
        # A cursor of its own: what is told to it, no other session of the explorer sees.
        with self.ibis.con.cursor() as cursor:
            for name, frame in told.items():
                columns = {key: frame[key].to_numpy() for key in frame}
                if not self._reads_files:
                    cursor.register(name, columns)
                    continue
                # DuckDB looks up what it knows the range of by position: that of a table. Among
                # the few entries of a register in memory, making tables would take longer.
                cursor.register("told", columns)
                cursor.execute(f'CREATE TEMP TABLE "{name}" AS FROM told')
            return cursor.execute(statement).df()


class PostgresEngine(Compiling):
    """A PostgreSQL database.

    Parameters
    ----------
    url : str
        ``postgres://user:password@host:port/database``.

    Raises
    ------
    EngineError
        The database does not answer.
    """

    def __init__(self, url: str) -> None:
        try:
            self.ibis = ibis.connect(url)
        except Exception as error:
            where = urlsplit(url)
            reason = str(error).strip().splitlines()[0]
            message = f"PostgreSQL at {where.hostname or 'this machine'} does not answer: {reason}"
            raise EngineError(message) from error
        self._lock = Lock()

    def attach(self, name: str, files: Sequence[Path], columns: Sequence[str]) -> None:
        """Copy files of Parquet into a table, in place of one of that name, file by file.

        Parameters
        ----------
        name : str
            Name of the table.
        files : sequence of pathlib.Path
            At least one.
        columns : sequence of str
            Columns to copy.
        """
        with self._lock, self.ibis.con.transaction(), self.ibis.con.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
            made = f'TABLE "{name}"'
            for file in files:
                _copied(cursor, made, name, pd.read_parquet(file, columns=list(columns)))
                made = ""

    def tables(self) -> frozenset[str]:
        """Return the names of the tables that there are.

        Returns
        -------
        frozenset of str
            Names.
        """
        return frozenset(self.ibis.list_tables())

    def fill(self, name: str, frame: pd.DataFrame) -> None:
        """Put a table into the engine, in place of one of that name.

        Parameters
        ----------
        name : str
            Its name.
        frame : pandas.DataFrame
            Whole numbers and text.
        """
        with self._lock, self.ibis.con.transaction(), self.ibis.con.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
            _copied(cursor, f'TABLE "{name}"', name, frame)

    def ask(self, statement: str, told: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Run a statement beside a few small tables that are told along.

        Parameters
        ----------
        statement : str
            SQL of PostgreSQL.
        told : mapping of str to pandas.DataFrame
            Tables of whole numbers by name.

        Returns
        -------
        pandas.DataFrame
            The rows.
        """
        with self._lock, self.ibis.con.transaction(), self.ibis.con.cursor() as cursor:
            for name, frame in told.items():
                _copied(cursor, f'TEMP TABLE "{name}"', name, frame, end=" ON COMMIT DROP")
            cursor.execute(statement)
            names = [column.name for column in cursor.description]
            return pd.DataFrame(cursor.fetchall(), columns=names)


Engine = DuckEngine | PostgresEngine | SparkEngine
"""Something that holds tables and answers statements."""


_TEXT: Final = 'text COLLATE "C"'  # sorted alike on every engine


def _copied(cursor: Any, what: str, name: str, frame: pd.DataFrame, *, end: str = "") -> None:  # noqa: ANN401 - of psycopg
    """Make a table of PostgreSQL and copy rows into it."""
    kinds = {"int16": "smallint", "int32": "integer", "int64": "bigint", "Int64": "bigint"}
    columns = ", ".join(
        f'"{key}" {kinds.get(str(kind), _TEXT)}' for key, kind in frame.dtypes.items()
    )
    if what:
        cursor.execute(f"CREATE {what} ({columns}){end}")
    with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
        for row in frame.astype(object).itertuples(index=False, name=None):
            copy.write_row(row)
    cursor.execute(f'ANALYZE "{name}"')


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")


def open_engine(setting: str) -> tuple[Engine, str]:
    """Open the engine that a setting names.

    Parameters
    ----------
    setting : str
        ``duckdb:///folder``, ``postgres://user:password@host/database`` or
        ``spark://master/folder``; empty for DuckDB in memory.

    Returns
    -------
    engine : Engine
        The engine.
    folder : str
        Folder of Parquet that it is to read; empty if it holds the register itself.

    Raises
    ------
    EngineError
        The setting is not understood, or the engine is not there.

    Examples
    --------
    >>> open_engine("")[1]
    ''
    """
    if not setting:
        return DuckEngine(), ""
    scheme = setting.partition("://")[0]
    if scheme == "duckdb" and "://" in setting:
        return DuckEngine(), unquote(setting.removeprefix("duckdb://"))
    if scheme in {"postgres", "postgresql"} and "://" in setting:
        return PostgresEngine(setting), ""
    if scheme == "spark" and "://" in setting:
        master, folder = _spark(setting)
        return SparkEngine(master), folder
    message = f"CCGEO_ENGINE {setting[:60]!r} is not understood: write {_EXAMPLES}"
    raise EngineError(message)


def open_spark(setting: str) -> SparkEngine:
    """Open Spark, whatever folder the setting names.

    Parameters
    ----------
    setting : str
        ``spark://master`` or ``spark://master/folder``.

    Returns
    -------
    SparkEngine
        Spark.

    Raises
    ------
    EngineError
        Spark does not start.
    """
    return SparkEngine(_spark(setting)[0])


def _spark(setting: str) -> tuple[str, str]:
    local = _LOCAL.match(setting)
    if local:
        return local["master"], unquote(local["path"] or "")
    where = urlsplit(setting)
    return f"spark://{where.netloc}", unquote(where.path)


__all__ = [
    "SCHEMES",
    "DuckEngine",
    "Engine",
    "EngineError",
    "PostgresEngine",
    "SparkEngine",
    "open_engine",
    "open_spark",
]

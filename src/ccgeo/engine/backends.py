"""The engines that exist: DuckDB in the process, PostgreSQL for a team, Spark for volume.

Each is reached through Ibis and takes the same statements. What differs is how a few hundred
verdicts get there and how rows come back; that is all that is written here three times.
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import ibis
import pandas as pd
import pyarrow as pa

from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

SCHEMES: Final = ("duckdb", "postgres", "spark")
"""Beginnings of a setting."""

_EXAMPLES: Final = "duckdb:///folder, postgres://user@host/database or spark://local[2]/folder"
_PARTITIONS: Final = 4
"""Pieces in which Spark adds up: an answer is small, however many entries there are."""

_CLASSES: Final = 5_000
_COMPILING: Final = ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled")

_SMALL_BYTES: Final = 2 * 2**20
"""Files that Spark keeps in memory in one piece, the most: some fifty thousand entries."""

_LOCAL: Final = re.compile(r"spark://(?P<master>local(?:-cluster)?(?:\[[^\]]*\])?)(?P<path>/.*)?$")


class EngineError(CcgeoError, RuntimeError):
    """An engine is not there, or does not hold what is asked for."""


class _Compiling:
    """What every engine here does alike: it compiles a statement once."""

    ibis: Any

    def compiled(self, expression: ir.Table) -> str:
        """Return the SQL of an expression.

        Parameters
        ----------
        expression : ibis Table
            Any.

        Returns
        -------
        str
            SQL of this engine.
        """
        return _compiled(expression.op(), self.ibis.name)

    def read(self, name: str) -> pd.DataFrame:
        """Return a whole small table.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        pandas.DataFrame
            Its rows.
        """
        return self.ibis.table(name).to_pyarrow().to_pandas()


@lru_cache(maxsize=256)
def _compiled(operation: Any, dialect: str) -> str:  # noqa: ANN401 - a node of ibis
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect))


class DuckEngine(_Compiling):
    """DuckDB inside this process, over tables in memory, a database or a folder of Parquet.

    Parameters
    ----------
    path : str
        Database file; ``":memory:"`` for none.
    memory : str
        Most memory that it may take, such as ``"1GB"``.
    """

    def __init__(self, path: str = ":memory:", *, memory: str = "1GB") -> None:
        self.ibis = ibis.duckdb.connect(path)
        self.ibis.con.execute("SET memory_limit = ?", [memory])

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
        # A cursor of its own: what is told to it, no other session of the explorer sees. As
        # tables, because DuckDB looks up what it knows the range of by position.
        with self.ibis.con.cursor() as cursor:
            for name, frame in told.items():
                cursor.register("told", {key: frame[key].to_numpy() for key in frame})
                cursor.execute(f'CREATE TEMP TABLE "{name}" AS FROM told')
            return cursor.execute(statement).df()


class PostgresEngine(_Compiling):
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


class SparkEngine(_Compiling):
    """Apache Spark, in this process or on a cluster.

    Parameters
    ----------
    master : str
        Such as ``"local[2]"``, ``"local-cluster[2,1,1024]"`` or ``"spark://host:7077"``.

    Raises
    ------
    EngineError
        Spark does not start.
    """

    def __init__(self, master: str) -> None:
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

            self._session = (
                SparkSession.builder.master(master)
                .appName("ccgeo")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.sql.ansi.enabled", "true")
                # Verdicts travel as columns and stay with the driver, which sends them along.
                .config("spark.sql.execution.arrow.pyspark.enabled", "true")
                # Sums by a few thousand codes: one piece a core, not the usual two hundred.
                .config("spark.sql.shuffle.partitions", str(_PARTITIONS))
                # A question becomes dozens of small classes; of the usual hundred that are
                # kept, the next question would need those that have just gone.
                .config("spark.sql.codegen.cache.maxEntries", str(_CLASSES))
                .getOrCreate()
            )
            self.ibis = ibis.pyspark.connect(self._session)
        except Exception as error:
            reason = str(error).strip().splitlines()[0]
            message = f"Spark at {master} does not start (Java 17 and pyspark are needed): {reason}"
            raise EngineError(message) from error
        self._lock = Lock()
        self._kept: dict[str, Any] = {}
        self._large: set[str] = set()

    def attach(self, name: str, files: Sequence[Path], columns: Sequence[str]) -> None:
        """Read files of Parquet as a table, where they lie; every worker has to see them.

        A small table is kept in memory in one piece: nothing has to travel between workers to
        add it up. While all are small, statements are neither compiled nor planned again on
        the way, which would take longer than to answer them.

        Parameters
        ----------
        name : str
            Name of the table.
        files : sequence of pathlib.Path
            At least one.
        columns : sequence of str
            Columns that matter here.
        """
        made = self._session.read.parquet(*map(str, files)).select(*columns)
        is_small = sum(file.stat().st_size for file in files) <= _SMALL_BYTES
        with self._lock:
            (self._large.discard if is_small else self._large.add)(name)
            made = made.coalesce(1) if is_small else made
            self._keep(name, made if is_small else None)
            made.createOrReplaceTempView(name)
            for setting in _COMPILING:
                self._session.conf.set(setting, str(bool(self._large)).lower())

    def _keep(self, name: str, made: Any) -> None:  # noqa: ANN401 - a frame of Spark
        """Keep a table in memory, in place of one of that name."""
        if name in self._kept:
            self._kept.pop(name).unpersist()
        if made is not None:
            self._kept[name] = made.cache()

    def fill(self, name: str, frame: pd.DataFrame) -> None:
        """Put a table into the engine, in place of one of that name.

        Parameters
        ----------
        name : str
            Its name.
        frame : pandas.DataFrame
            Whole numbers and text.
        """
        with self._lock:
            self._keep(name, self._view(name, frame))

    def ask(self, statement: str, told: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Run a statement beside a few small tables that are told along.

        Parameters
        ----------
        statement : str
            SQL of Spark.
        told : mapping of str to pandas.DataFrame
            Tables of whole numbers by name.

        Returns
        -------
        pandas.DataFrame
            The rows.
        """
        with self._lock:
            for name, frame in told.items():
                self._view(name, frame)
            found: pd.DataFrame = self._session.sql(statement).toPandas()
            return found

    def _view(self, name: str, frame: pd.DataFrame) -> Any:  # noqa: ANN401 - a frame of Spark
        made = self._session.createDataFrame(pa.Table.from_pandas(frame, preserve_index=False))
        made.createOrReplaceTempView(name)
        return made


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


def _spark(setting: str) -> tuple[str, str]:
    local = _LOCAL.match(setting)
    if local:
        return local["master"], unquote(local["path"] or "")
    where = urlsplit(setting)
    return f"spark://{where.netloc}", unquote(where.path)

"""Apache Spark behind the statements of a register, and its workers for any other work."""

from __future__ import annotations

import atexit
import os
import re
import sys
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import ibis
import pyarrow as pa

from ccgeo.engine.statements import Compiling, EngineError
from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

_PARTITIONS: Final = 4
"""Pieces in which Spark adds up: an answer is small, however many entries there are."""

_CLASSES: Final = 5_000
_AHEAD: Final = 2
_THREADS: Final = 1_024
_COMPILING: Final = ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled")

_SMALL_BYTES: Final = 2 * 2**20
"""Files that Spark keeps in memory in one piece, the most: some fifty thousand entries."""


class SparkEngine(Compiling):
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
        # What runs on a worker is this very package, so it takes the same Python.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
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
            # Else its processes would notice one by one that this one has ended.
            atexit.register(self._session.stop)
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

    def each(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Let the workers do something with each item, as tasks of Spark.

        Spark runs a task again if it fails or its worker is lost, so what is done with an item
        must be fine to do twice, even at the same time. A few more items than there are cores
        are under way; the others are not asked for yet.

        Parameters
        ----------
        work : callable
            A function of a module, or a partial one, that takes an item.
        items : iterable
            What can be pickled.

        Yields
        ------
        object
            What `work` returned, in the order of the items.

        Raises
        ------
        CcgeoError
            `work` raised one, or a task failed four times.
        """
        context, waiting = self._session.sparkContext, deque[Future[Any]]()
        pool = ThreadPoolExecutor(_THREADS)

        def run(item: object) -> list[Any]:
            found: list[Any] = context.parallelize([item], 1).map(_Done(work)).collect()
            return found

        try:
            for item in items:
                waiting.append(pool.submit(run, item))
                # More workers may come while others work.
                while len(waiting) >= context.defaultParallelism + _AHEAD:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)

    def grouped(
        self, statement: str, files: Sequence[Path], key: str, work: Callable[[pa.Table], pa.Table]
    ) -> list[str]:
        """Let the workers do something with each group of the rows of a statement.

        Parameters
        ----------
        statement : str
            SQL of Spark over the table ``files``: their columns, ``file`` (name) and
            ``position`` (of the row in its file, from 0).
        files : sequence of pathlib.Path
            Files of Parquet that every worker sees.
        key : str
            Column of text by which rows are grouped.
        work : callable
            Takes the rows of a group, and returns a table with the one column `key`; fine to
            do twice, as for `each`.

        Returns
        -------
        list of str
            What all of them returned, sorted.

        Raises
        ------
        EngineError
            Spark fails.
        """
        told = ("*", "_metadata.file_name AS file", "_metadata.row_index AS position")
        try:
            read = self._session.read.parquet(*map(str, files))
            with self._lock:
                read.selectExpr(*told).createOrReplaceTempView("files")
                rows = self._session.sql(statement)
            found = rows.groupBy(key).applyInArrow(work, f"{key} string").collect()
        except Exception as error:
            raise EngineError(_sentence(error)) from error
        return sorted(row[0] for row in found)

    def _view(self, name: str, frame: pd.DataFrame) -> Any:  # noqa: ANN401 - a frame of Spark
        made = self._session.createDataFrame(pa.Table.from_pandas(frame, preserve_index=False))
        made.createOrReplaceTempView(name)
        return made


class _Done:
    """What a task does: an error in our own words is a result, not a failure to try again."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def __call__(self, item: object) -> object:
        try:
            return self._work(item)
        except CcgeoError as error:
            return error


def _result(task: Future[list[Any]]) -> object:
    try:
        (found,) = task.result()
    except Exception as error:
        raise EngineError(_sentence(error)) from error
    if isinstance(found, CcgeoError):
        raise found
    return found


def _sentence(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    # Spark tells what went wrong in Python last, after all that led there.
    told = [line.strip() for line in lines if re.match(r"[\w.]+(Error|Exception): ", line.strip())]
    return f"Spark does not finish: {(told or lines)[-1][:300]}"

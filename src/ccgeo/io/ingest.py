"""Files of millions of rows into a store: piece by piece, resumable, nothing lost or doubled.

A piece is checked by the very rules of an uploaded file, placed, and written by the worker that
read it, whole or not at all; a piece that is there is not made again. All that workers share is
what codes mean, which one process alone decides. When all pieces are done, rows told twice are set
aside, parts of a whole are taken from it, and the entries are written by year.

Taking in and closing are two processes, one after the other, so that neither has the memory of
the other: this one starts the first, reads what it needs for the second meanwhile, and waits.
"""

from __future__ import annotations

import gc
import json
import shutil
import signal
import sys
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccgeo.engine.parts import NOTE, write_bytes, write_part
from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection
    from pathlib import Path

    import pandas as pd

    from ccgeo.engine.spark import SparkEngine
    from ccgeo.io.intake import Key

WORKERS: Final = 2
"""Processes that check and place."""

_PLAN: Final = "ingest.json"
_PLAN_FORMAT: Final = 2
_AHEAD: Final = 2
# What has been read once is shared by all who come after, where processes can be split in two.
_SPLITS: Final = sys.platform == "linux"

# What only one of the two processes needs is imported where that is done.
# ruff: noqa: PLC0415


class Counts(NamedTuple):
    """How far a run is.

    Attributes
    ----------
    rows : int
        Rows read, in this run and before.
    rejected : int
        Rows set aside with their reasons.
    repeated : int
        Rows told before; known when the store is closed.
    bytes_read : int
        How much of the files that is, about.
    """

    rows: int
    rejected: int
    repeated: int = 0
    bytes_read: int = 0


def ingest(
    files: Sequence[Path],
    folder: Path,
    *,
    workers: int = WORKERS,
    on_progress: Callable[[Counts], None] | None = None,
    spark: SparkEngine | None = None,
) -> Counts:
    """Read files into a store, or go on where an earlier run was ended.

    Parameters
    ----------
    files : sequence of pathlib.Path
        CSV, Parquet or JSON Lines, with the headings that an upload may have.
    folder : pathlib.Path
        Folder of the store.
    workers : int
        Processes that check and place.
    on_progress : callable, optional
        Told the counts after each piece, and once more when all files are read.
    spark : SparkEngine, optional
        Whose workers do it, instead of processes of this machine; they see files and folder.

    Returns
    -------
    Counts
        What became of the rows. ``rejected`` in the folder holds the rows set aside, each with
        its file, row and reasons, and ``repeated.csv`` those that were told before.

    Raises
    ------
    CcgeoError
        A file cannot be read, no column of it is known, or the folder was begun with other files.
    """
    if spark is not None:
        # Workers stand in folders of their own.
        files, folder = [path.absolute() for path in files], folder.absolute()
    plan = _plan(files)
    work, finished = folder / "pieces", _begin(plan, folder)
    if finished is None:
        total = Counts(0, 0)
        with _taking(files, folder, workers, spark) as taken:
            from ccgeo.engine.closing import close_store

            for total in taken:
                if on_progress is not None:
                    on_progress(total)
        total = total._replace(bytes_read=sum(size for _, size, _ in plan))
        if on_progress is not None:
            on_progress(total)
        repeated = close_store(folder, _known(work), workers, spark)
        finished = total._replace(repeated=repeated)
        _write_plan(folder, plan, finished)
    # Closing has written all of it once more.
    shutil.rmtree(work, ignore_errors=True)
    return finished


def _taking(
    files: Sequence[Path], folder: Path, workers: int, spark: SparkEngine | None
) -> AbstractContextManager[Iterator[Counts]]:
    if spark is None:
        return _beside(files, folder, workers)
    from ccgeo.io.spark_ingest import notes_of_spark

    codes = _Desk(folder / "pieces").codes
    return closing(_counted(notes_of_spark(spark, files, folder, codes)))


@contextmanager
def _beside(files: Sequence[Path], folder: Path, workers: int) -> Iterator[Iterator[Counts]]:
    """Take files in by a process of its own, and yield how far it is."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    run = context.Process(target=_take_all, args=(files, folder, workers, theirs))
    run.start()
    theirs.close()
    try:
        yield _told(ours)
    finally:
        run.terminate()
        run.join()
        ours.close()


def _told(line: Connection) -> Iterator[Counts]:
    """Yield what the other process tells, until it has done all."""
    while True:
        try:
            told = line.recv()
        except EOFError as error:
            raise _ended() from error
        if told is None:
            return
        if isinstance(told, Exception):
            raise told
        yield told


def _ended() -> CcgeoError:
    return CcgeoError("a worker was ended from outside: say the same again, and it goes on")


def _take_all(files: Sequence[Path], folder: Path, workers: int, line: Connection) -> None:
    """Take files in and tell how far that is, as the process does that is there for it."""
    # Who interrupts the run means the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for counts in take_all(files, folder, workers):
            line.send(counts)
        line.send(None)
    except Exception as error:  # noqa: BLE001 - whoever asked raises it
        line.send(error)


def take_all(files: Sequence[Path], folder: Path, workers: int) -> Iterator[Counts]:
    """Write the pieces of files that are not there yet.

    Parameters
    ----------
    files : sequence of pathlib.Path
        As for `ingest`.
    folder : pathlib.Path
        Folder of the store.
    workers : int
        Processes that check and place.

    Yields
    ------
    Counts
        How far it is, after each piece in order.

    Raises
    ------
    CcgeoError
        As `ingest`.
    """
    yield from _counted(_notes(files, folder, workers))


def _counted(notes: Iterable[Mapping[str, Any]]) -> Generator[Counts]:
    """Add up notes of pieces as they come."""
    total = Counts(0, 0)
    for part in notes:
        total = Counts(
            total.rows + part["rows"],
            total.rejected + part["rejected"],
            bytes_read=total.bytes_read + part["bytes"],
        )
        yield total


class _Desk:
    """Decides what codes mean, for all workers, and writes it down before it is used."""

    def __init__(self, work: Path) -> None:
        from ccgeo.engine.star import SIDES, Codebook

        self._work = work
        known = _known(work)
        self._books = {side: Codebook(SIDES[side], known.get(side)) for side in SIDES}

    def codes(self, sides: Mapping[str, Sequence[Key]]) -> dict[str, Any]:
        """Return the codes of what a piece holds."""
        from ccgeo.engine.star import write_side

        found = {}
        for side, book in self._books.items():
            known = len(book)
            found[side] = book.encode(_frame(book.columns, sides[side]))
            if len(book) > known or not _side_file(self._work, side).exists():
                write_part(_side_file(self._work, side), write_side(book.rows()))
        return found

    def serve(self, connection: Connection) -> None:
        """Answer the workers, one at a time, until nobody is left to ask."""
        while True:
            try:
                asked = connection.recv()
            except (EOFError, OSError):
                return
            try:
                answer: Any = self.codes(asked)
            except Exception as error:  # noqa: BLE001 - whoever asked raises it
                answer = error
            connection.send(answer)


def _known(work: Path) -> dict[str, pd.DataFrame]:
    """Return what the codes mean that have been given."""
    import pandas as pd

    from ccgeo.engine.star import SIDES, read_side

    files = {side: _side_file(work, side) for side in SIDES}
    return {side: read_side(pd.read_parquet(path)) for side, path in files.items() if path.exists()}


def _side_file(work: Path, side: str) -> Path:
    return work / f"{side}.parquet"


def _frame(columns: Sequence[str], keys: Sequence[Key]) -> pd.DataFrame:
    import pandas as pd

    from ccgeo.io.columns import objects

    cells = zip(*keys, strict=True) if keys else ((),) * len(columns)
    pairs = zip(columns, cells, strict=True)
    return pd.DataFrame({name: pd.Series(objects(each), dtype=object) for name, each in pairs})


def _plan(files: Sequence[Path]) -> list[list[Any]]:
    """Return which files a store is made of."""
    plan = []
    for path in files:
        try:
            stat = path.stat()
        except OSError as error:
            message = f"{path.name} cannot be read: {error.strerror}"
            raise CcgeoError(message) from error
        plan.append([path.name, stat.st_size, stat.st_mtime_ns])
    return plan


def _begin(plan: list[list[Any]], folder: Path) -> Counts | None:
    """Note the plan, or see that it is the same as before; return the counts if all is done."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / _PLAN
    if note.exists():
        noted = json.loads(note.read_text(encoding="utf-8"))
        if not isinstance(noted, dict) or noted["files"] != plan or noted["format"] != _PLAN_FORMAT:
            message = f"{str(folder)!r} was begun with other files: choose another folder"
            raise CcgeoError(message)
        if noted["counts"] and (folder / NOTE).exists():
            return Counts(*noted["counts"])
    elif (folder / NOTE).exists():
        message = f"{str(folder)!r} holds a store already: choose another folder"
        raise CcgeoError(message)
    _write_plan(folder, plan)
    return None


def _write_plan(folder: Path, plan: list[list[Any]], counts: Counts | None = None) -> None:
    """Note of which files a store is made, and at last what became of them."""
    noted = {"format": _PLAN_FORMAT, "files": plan, "counts": counts}
    write_bytes(folder / _PLAN, json.dumps(noted).encode())


def _notes(files: Sequence[Path], folder: Path, workers: int) -> Iterator[dict[str, Any]]:
    """Yield the note of every piece in order; a few pieces are under way at a time."""
    from ccgeo.io.intake import end_with_parent, name_pieces, start_worker, take_in, warm_up
    from ccgeo.io.pieces import pieces_of

    desk = _Desk(folder / "pieces")
    context = get_context("fork" if _SPLITS else "spawn")
    if _SPLITS:
        warm_up()
        gc.freeze()
    ours, theirs = context.Pipe()
    answering = Thread(target=desk.serve, args=(ours,), daemon=True)
    waiting: deque[Future[dict[str, Any]] | dict[str, Any]] = deque()
    given = (theirs, context.Lock())
    try:
        with ProcessPoolExecutor(workers, context, start_worker, given) as pool:
            # All workers are there before anything else is done beside this thread.
            pool.submit(int).result()
            answering.start()
            end_with_parent()
            for piece, file, name, note in name_pieces(files, folder, pieces_of):
                waiting.append(note or pool.submit(take_in, piece, file, name, folder))
                while len(waiting) > workers + _AHEAD:
                    yield _note(waiting.popleft())
            while waiting:
                yield _note(waiting.popleft())
    except BrokenExecutor as error:
        raise _ended() from error
    finally:
        theirs.close()
        answering.join()
        ours.close()


def _note(under_way: Future[dict[str, Any]] | dict[str, Any]) -> dict[str, Any]:
    return under_way if isinstance(under_way, dict) else under_way.result()

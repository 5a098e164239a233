"""Files of millions of rows into a store: piece by piece, resumable, nothing lost or doubled.

A piece is checked by the very rules of an uploaded file, placed, and written as one part by the
worker that read it, whole or not at all; a part that is there is not made again. All that workers
share is what codes mean, which this process alone decides. When all pieces are done, rows told
twice are set aside, parts of a whole are taken from it, and the store is closed.
"""

from __future__ import annotations

import json
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from ccgeo.engine.closing import close_store
from ccgeo.engine.parts import write_bytes
from ccgeo.engine.star import SIDES, Codebook, read_side, write_side
from ccgeo.engine.store import NOTE, write_part
from ccgeo.errors import CcgeoError
from ccgeo.io.columns import objects
from ccgeo.io.intake import start_worker, take_in
from ccgeo.io.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from pathlib import Path

    from ccgeo.io.intake import Key

WORKERS: Final = 2
"""Processes that check and place."""

_PLAN: Final = "ingest.json"
_AHEAD: Final = 2


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
    """

    rows: int
    rejected: int
    repeated: int = 0


def ingest(
    files: Sequence[Path],
    folder: Path,
    *,
    workers: int = WORKERS,
    on_progress: Callable[[Counts], None] | None = None,
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
        Told the counts after each piece.

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
    _begin(files, folder)
    desk = _Desk(folder / "pieces")
    total = Counts(0, 0)
    for part in _all_taken(files, folder, workers, desk):
        total = Counts(total.rows + part["rows"], total.rejected + part["rejected"])
        if on_progress is not None:
            on_progress(total)
    repeated = close_store(folder, desk.sides())
    return total._replace(repeated=repeated)


class _Desk:
    """Decides what codes mean, for all workers, and writes it down before it is used."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._books = {}
        for side, columns in SIDES.items():
            path = work / f"{side}.parquet"
            known = read_side(pd.read_parquet(path)) if path.exists() else None
            self._books[side] = Codebook(columns, known)

    def sides(self) -> dict[str, pd.DataFrame]:
        """Return what every code means."""
        return {side: book.rows() for side, book in self._books.items()}

    def codes(self, sides: Mapping[str, Sequence[Key]]) -> dict[str, Any]:
        """Return the codes of what a piece holds."""
        found = {}
        for side, book in self._books.items():
            known = len(book)
            found[side] = book.encode(_frame(book.columns, sides[side]))
            if len(book) > known:
                write_part(self._work / f"{side}.parquet", write_side(book.rows()))
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


def _frame(columns: Sequence[str], keys: Sequence[Key]) -> pd.DataFrame:
    cells = zip(*keys, strict=True) if keys else ((),) * len(columns)
    pairs = zip(columns, cells, strict=True)
    return pd.DataFrame({name: pd.Series(objects(each), dtype=object) for name, each in pairs})


def _begin(files: Sequence[Path], folder: Path) -> None:
    """Note which files a store is made of, or see that they are the same as before."""
    plan = []
    for path in files:
        try:
            stat = path.stat()
        except OSError as error:
            message = f"{path.name} cannot be read: {error.strerror}"
            raise CcgeoError(message) from error
        plan.append([path.name, stat.st_size, stat.st_mtime_ns])
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / _PLAN
    if note.exists():
        if json.loads(note.read_text(encoding="utf-8")) != plan:
            message = f"{str(folder)!r} was begun with other files: choose another folder"
            raise CcgeoError(message)
    elif (folder / NOTE).exists():
        message = f"{str(folder)!r} holds a store already: choose another folder"
        raise CcgeoError(message)
    write_bytes(note, json.dumps(plan).encode())


def _all_taken(
    files: Sequence[Path], folder: Path, workers: int, desk: _Desk
) -> Iterator[dict[str, Any]]:
    """Yield the note of every piece in order; a few pieces are under way at a time."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    answering = Thread(target=desk.serve, args=(ours,), daemon=True)
    answering.start()
    waiting: deque[Future[dict[str, Any]] | dict[str, Any]] = deque()
    given = (theirs, context.Lock())
    try:
        with ProcessPoolExecutor(workers, context, start_worker, given) as pool:
            for number, path in enumerate(files):
                for piece in pieces_of(path):
                    name = f"{number:04d}-{piece.number:06d}"
                    done = folder / "pieces" / f"{name}.json"
                    if done.exists():
                        waiting.append(json.loads(done.read_text(encoding="utf-8")))
                    else:
                        waiting.append(pool.submit(take_in, piece, path.name, name, folder))
                    while len(waiting) > workers + _AHEAD:
                        yield _note(waiting.popleft())
            while waiting:
                yield _note(waiting.popleft())
    except BrokenExecutor as error:
        message = "a worker was ended from outside: say the same again, and it goes on"
        raise CcgeoError(message) from error
    finally:
        theirs.close()
        answering.join()
        ours.close()


def _note(under_way: Future[dict[str, Any]] | dict[str, Any]) -> dict[str, Any]:
    return under_way if isinstance(under_way, dict) else under_way.result()

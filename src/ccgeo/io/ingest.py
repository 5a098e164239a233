"""Files of millions of rows into a store: piece by piece, resumable, nothing lost or doubled.

A piece is checked by the very rules of an uploaded file, placed, and written as one part, whole
or not at all; a part that is there is not made again. When all pieces are done, rows told twice
are set aside, parts of a whole are taken from it, and the store is closed.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.engine.star import FACTS, SIDES, Codebook, facts_of, read_side, write_side
from ccgeo.engine.store import NOTE, finish_store, write_part
from ccgeo.errors import CcgeoError
from ccgeo.io.faults import REJECTED
from ccgeo.io.mapping import guess_mapping
from ccgeo.io.pieces import Piece, pieces_of, table_of
from ccgeo.io.readers import check_table
from ccgeo.query.engine import place_entries
from ccgeo.records.ledger import SUMMED_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

WORKERS: Final = 2
"""Processes that check and place."""

_SYNTHETIC: Final = "synthetic-"
_KEPT: Final = ("entry_id", "title", "date", "organisation", "place_text", "source", "url",
                "amount_reported")  # fmt: skip
_TIES: Final = ("own", "whole")
_PLAN: Final = "ingest.json"


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


class _Read(NamedTuple):
    """A piece, checked and placed, with codes of its own."""

    facts: pd.DataFrame
    sides: dict[str, pd.DataFrame]
    rejected: pd.DataFrame
    rows: int


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
        A file cannot be read, or the folder was begun with other files.
    """
    _begin(files, folder)
    work = folder / "pieces"
    books = _books(work)
    total = Counts(0, 0)
    for name, read in _all_read(files, work, workers):
        if read is not None:
            _keep(read, name, folder, books)
        part = json.loads((work / f"{name}.json").read_text(encoding="utf-8"))
        total = Counts(total.rows + part["rows"], total.rejected + part["rejected"])
        if on_progress is not None:
            on_progress(total)
    repeated = _close(folder, work, books)
    return total._replace(repeated=repeated)


def read_piece(piece: Piece, file: str) -> _Read:
    """Check and place a piece, as a worker does.

    Parameters
    ----------
    piece : Piece
        Some rows.
    file : str
        Name of their file.

    Returns
    -------
    tuple
        Facts with codes of this piece, the sides behind them, rejected rows, number of rows.
    """
    mapping = guess_mapping(piece.table.column_names)
    # Wholes may stand in another piece: they are tied together when the store is closed.
    wholes = mapping.pop("parent_id", "")
    checked = check_table(table_of(piece, file), mapping)
    good = checked.good.reset_index(drop=True)
    parents = _parents(piece, wholes)[good["row"].to_numpy() - piece.first_row]
    books = {side: Codebook(columns) for side, columns in SIDES.items()}
    facts = facts_of(_placed(good), books)
    told = pd.DataFrame({name: good[name].to_numpy(dtype=object) for name in _KEPT[1:]})
    ids = good["id"].to_numpy(dtype=object)
    named = [name or f"{file}:{row}" for name, row in zip(ids, good["row"], strict=True)]
    told.insert(0, "entry_id", pd.Series(named, dtype=object))
    ties = {"own": _own(good, ids), "whole": np.where(parents == "", 0, _hashes(parents))}
    told = told.assign(row=good["row"].to_numpy(), **ties)
    reasons = _reasons(checked.faults, piece)
    rows = piece.table.num_rows + len(piece.broken)
    sides = {side: book.rows() for side, book in books.items()}
    return _Read(pd.concat([facts, told], axis=1), sides, reasons, rows)


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
    _write_text(note, json.dumps(plan))


def _all_read(
    files: Sequence[Path], work: Path, workers: int
) -> Iterator[tuple[str, _Read | None]]:
    """Yield every piece in order, None for one that is done; a few are under way at a time."""
    waiting: deque[tuple[str, Future[_Read] | None]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, path in enumerate(files):
            for piece in pieces_of(path):
                name = f"{number:04d}-{piece.number:06d}"
                done = (work / f"{name}.json").exists()
                future = None if done else pool.submit(read_piece, piece, path.name)
                waiting.append((name, future))
                if len(waiting) > workers + 1:
                    yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _result(name: str, future: Future[_Read] | None) -> tuple[str, _Read | None]:
    return name, None if future is None else future.result()


def _keep(read: _Read, name: str, folder: Path, books: Mapping[str, Codebook]) -> None:
    """Write a piece; its note comes last and says that it is done."""
    facts, work = read.facts, folder / "pieces"
    for side, book in books.items():
        known = len(book)
        codes = book.encode(read.sides[side])
        facts[side] = codes[facts[side].to_numpy()] if len(codes) else facts[side]
        if len(book) > known:
            write_part(work / f"{side}.parquet", write_side(book.rows()))
    write_part(work / f"{name}.parquet", facts)
    if len(read.rejected):
        _write_text(folder / "rejected" / f"{name}.csv", read.rejected.to_csv(index=False))
    counts = {"rows": read.rows, "rejected": read.rows - len(facts)}
    _write_text(work / f"{name}.json", json.dumps(counts))


def _books(work: Path) -> dict[str, Codebook]:
    """Return the codes of the pieces that are done."""
    books = {}
    for side, columns in SIDES.items():
        path = work / f"{side}.parquet"
        known = read_side(pd.read_parquet(path)) if path.exists() else None
        books[side] = Codebook(columns, known)
    return books


def _close(folder: Path, work: Path, books: Mapping[str, Codebook]) -> int:
    """Set aside what is told twice, take parts from their wholes, and finish the store."""
    names = sorted(path.stem for path in work.glob("*.json"))
    tied = {name: pd.read_parquet(work / f"{name}.parquet", columns=list(_TIES)) for name in names}
    is_first = _first_told(tied, names)
    shares = _shares(work, tied, is_first)
    shutil.rmtree(folder / "entries", ignore_errors=True)
    repeated, is_synthetic = [], False
    for name in names:
        part = pd.read_parquet(work / f"{name}.parquet")
        is_synthetic |= bool(part["entry_id"].astype(str).str.startswith(_SYNTHETIC).any())
        first = is_first[name]
        repeated.append(part.loc[~first, ["entry_id", "title", "row"]].assign(piece=name))
        kept = _without_parts(part[first], shares).drop(columns=list(_TIES))
        write_part(folder / "entries" / f"part-{name}.parquet", kept)
    told = pd.concat(repeated) if repeated else pd.DataFrame()
    _write_text(folder / "repeated.csv", told.to_csv(index=False))
    finish_store(
        folder, {side: book.rows() for side, book in books.items()}, is_synthetic=is_synthetic
    )
    return len(told)


def _first_told(
    tied: Mapping[str, pd.DataFrame], names: Sequence[str]
) -> dict[str, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return which rows tell something for the first time."""
    if not names:
        return {}
    own = np.concatenate([tied[name]["own"].to_numpy(np.int64) for name in names])
    first = np.zeros(len(own), dtype=bool)
    first[np.unique(own, return_index=True)[1]] = True
    cuts = np.cumsum([len(tied[name]) for name in names])[:-1]
    return dict(zip(names, np.split(first, cuts), strict=True))


def _shares(
    work: Path,
    tied: Mapping[str, pd.DataFrame],
    is_first: Mapping[str, np.ndarray[Any, np.dtype[np.bool_]]],
) -> pd.DataFrame:
    """Return by whole what its parts state: they are not added twice."""
    found = []
    for name, ties in tied.items():
        is_part = (ties["whole"].to_numpy() != 0) & is_first[name]
        if is_part.any():
            columns = ["whole", "projects", "amount_fen"]
            found.append(pd.read_parquet(work / f"{name}.parquet", columns=columns)[is_part])
    if not found:
        return pd.DataFrame({"projects": [], "amount_fen": []}, dtype="int64")
    return pd.concat(found).groupby("whole").sum()


def _without_parts(part: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    whole = part["own"].isin(shares.index)
    if not whole.any():
        return part
    part = part.copy()
    taken = shares.loc[part.loc[whole, "own"]]
    for name, stated in (("projects", "projects_stated"), ("amount_fen", "amount_stated")):
        told = part.loc[whole, stated].to_numpy() > 0
        part.loc[whole, name] -= np.where(told, taken[name].to_numpy(), 0)
    return part


def _placed(good: pd.DataFrame) -> pd.DataFrame:
    """Return good rows with units, zones and partners, each different place looked at once."""
    rows = good.assign(date_kind=pd.Series([""] * len(good), dtype=object))
    is_summed = rows["kind"].isin(SUMMED_KINDS)
    rows.loc[~is_summed, ["amount_fen", "projects"]] = pd.NA
    places = Codebook(("place_level", "place_ids", "place_text"))
    parties = Codebook(("partners", "date"))
    at, among = places.encode(rows), parties.encode(rows.assign(date=_months(rows)))
    sites = place_entries(places.rows().assign(partners=_empty(len(places)), date=""))
    met = parties.rows().assign(
        place_level="unknown", place_text="", place_ids=_empty(len(parties))
    )
    met = place_entries(met)
    columns: dict[str, Any] = {
        name: pd.Series(sites[name].to_numpy(dtype=object)[at], dtype=object)
        for name in SIDES["site"]
    }
    columns["met"] = pd.Series(met["met"].to_numpy(dtype=object)[among], dtype=object)
    return rows.drop(columns=[name for name in columns if name in rows]).assign(**columns)


def _months(rows: pd.DataFrame) -> pd.Series:
    """Return the date where partners are told: who met nobody needs none."""
    told = [
        date if partners else ""
        for date, partners in zip(rows["date"], rows["partners"], strict=True)
    ]
    return pd.Series(told, dtype=object, index=rows.index)


def _empty(rows: int) -> pd.Series:
    return pd.Series([()] * rows, dtype=object)


def _parents(piece: Piece, column: str) -> Any:  # noqa: ANN401 - an array of text
    if not column:
        return np.full(piece.table.num_rows, "", dtype=object)
    cells = piece.table.column(column).to_pylist()
    return np.array([cell.strip() for cell in cells], dtype=object)


def _own(good: pd.DataFrame, ids: Any) -> Any:  # noqa: ANN401 - arrays
    """Return what makes a row the same as another: its id, or everything that it says."""
    said = ["title", "date", "place_text", "organisation", "amount_reported"]
    content = (
        _hashes(good[said].astype(str).agg("\x1f".join, axis=1).to_numpy(dtype=object))
        if (ids == "").any()
        else np.zeros(len(good), dtype=np.int64)
    )
    return np.where(ids == "", content, _hashes(ids))


def _hashes(texts: Any) -> Any:  # noqa: ANN401 - arrays
    if not len(texts):
        return np.empty(0, dtype=np.int64)
    return pd.util.hash_array(np.asarray(texts, dtype=object), categorize=False).view(np.int64)


def _reasons(faults: Sequence[Any], piece: Piece) -> pd.DataFrame:
    """Return one row for each reason that sets a row aside."""
    told = [
        (each.row, each.column, str(each.value), each.sentence)
        for each in faults
        if each.verdict == REJECTED
    ]
    told += [(row, "", text, "this is no row of the table") for row, text in piece.broken]
    return pd.DataFrame(told, columns=["row", "column", "value", "reason"])


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.writing")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


__all__ = ["FACTS", "Counts", "ingest", "read_piece"]

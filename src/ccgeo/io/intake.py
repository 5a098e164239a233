"""A piece of a long file, checked, placed and cut into what a store holds."""

from __future__ import annotations

import json
import os
import signal
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ccgeo.caching import memo
from ccgeo.engine.partition import PIECE, write_piece
from ccgeo.engine.parts import TIES, write_bytes, write_table
from ccgeo.engine.star import SIDES, bands_of
from ccgeo.errors import CcgeoError
from ccgeo.io.checking import check_columns
from ccgeo.io.columns import Column, combine, join_columns, objects, whole_numbers
from ccgeo.io.faults import REFUSED, REJECTED
from ccgeo.io.mapping import guess_mapping
from ccgeo.io.pause import collector_paused
from ccgeo.io.pieces import Lines, Piece, Span, cut_piece
from ccgeo.io.readers import GOOD_COLUMNS
from ccgeo.io.tables import table_bytes
from ccgeo.query.engine import UNDATED, met_on, place_entries
from ccgeo.query.measures import SUMS
from ccgeo.records.ledger import SUMMED_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from multiprocessing.synchronize import Lock
    from pathlib import Path

    from numpy.typing import NDArray

    from ccgeo.io.checking import Read
    from ccgeo.io.columns import Codes, Mask

    Key = tuple[Any, ...]
    Numbers = NDArray[np.integer[Any]]
    Cuts = TypeVar("Cuts", bound=Piece | Lines | Span)

_SYNTHETIC: Final = "synthetic-"
_TOLD: Final = ("title", "date", "organisation", "place_text", "source", "url", "amount_reported")
# What makes two rows without an id the same one.
_CONTENT: Final = ("title", "date", "place_text", "organisation", "amount_reported")


class Taken(NamedTuple):
    """A piece as a store holds it, with codes of its own.

    Attributes
    ----------
    facts : dict of str to numpy.ndarray
        The columns of `ccgeo.engine.star.FACTS`, one number a row.
    sides : dict of str to list of tuple
        By side, what each code means.
    told : pyarrow.Table
        What the rows say in words, and their numbers.
    ties : pyarrow.Table
        ``own``, which is equal for rows that are the same, ``whole``, the ``own`` of the row that
        a row is a part of (0 for none), and the sums that its whole loses.
    rejected : bytes
        CSV with one row for each reason that sets a row aside: row, column, value, reason; empty
        if there is none.
    rows : int
        Rows of the piece.
    size : int
        Bytes of its file that it stands for, about.
    is_synthetic : bool
        Whether a row says that it is made up.
    """

    facts: dict[str, Numbers]
    sides: dict[str, list[Key]]
    told: pa.Table
    ties: pa.Table
    rejected: bytes
    rows: int
    size: int
    is_synthetic: bool


def take_piece(given: Piece | Lines | Span, file: str) -> Taken:
    """Check and place a piece.

    Parameters
    ----------
    given : Piece, Lines or Span
        Some rows.
    file : str
        Name of their file.

    Returns
    -------
    Taken
        What goes into a store, and what is set aside.

    Raises
    ------
    CcgeoError
        No column of the file is known.
    """
    with collector_paused():
        piece = given if isinstance(given, Piece) else given.read()
        mapping = guess_mapping(piece.table.column_names)
        # Wholes may stand in another piece: they are tied together when the store is closed.
        wholes = mapping.pop("parent_id", "")
        cut = cut_piece(piece, file)
        read = check_columns(cut, mapping)
        _refuse(read)
        said = read.said or dict.fromkeys(GOOD_COLUMNS, Column(read.numbers, []))
        ids = _names(said, read.numbers, file)
        facts, sides = _facts(said)
        kept = np.searchsorted(cut.numbers, read.numbers)
        parents = cut.cells[cut.columns.index(wholes)].take(kept) if wholes else None
        return Taken(
            facts,
            sides,
            _told_table({"entry_id": ids, **{name: said[name] for name in _TOLD}}, read.numbers),
            _ties(said, parents and parents.map(str.strip), facts),
            _reasons(read, piece),
            piece.table.num_rows + len(piece.broken),
            piece.size,
            bool(_are_made_up(ids).any()),
        )


def start_worker(line: Connection, lock: Lock) -> None:
    """Remember how a worker asks what codes to use, and end with the process that started it.

    Parameters
    ----------
    line : multiprocessing.connection.Connection
        Takes what a piece holds, by side, and gives its codes, or an exception.
    lock : multiprocessing.Lock
        Held while a worker talks.
    """
    _Worker.line, _Worker.lock = line, lock
    _Worker.known = {side: {} for side in SIDES}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """End when the process ends that started this one, whatever ended it."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def warm_up() -> None:
    """Read what every piece needs, before a process is split into workers."""
    cells = ("Park", "2020-05-01", "signed", "automotive", "1亿元", "渝中区", "SG", "1")
    names = ("title", "date", "stage", "sector", "amount", "place", "partner", "projects")
    columns = {name: [cell] for name, cell in zip(names, cells, strict=True)}
    take_piece(Piece(0, np.array([2]), pa.table(columns)), "")


def _end_with(parent: BaseProcess) -> None:
    # A worker left alone would wait for ever, or write beside the run that goes on.
    parent.join()
    os._exit(1)


def take_in(piece: Piece | Lines, file: str, name: str, folder: Path) -> dict[str, Any]:
    """Check, place and write a piece, as a worker does; its note comes last: it is done.

    Parameters
    ----------
    piece : Piece or Lines
        Some rows.
    file : str
        Name of their file.
    name : str
        Name of the piece.
    folder : pathlib.Path
        Folder of the store.

    Returns
    -------
    dict
        The note: ``rows``, ``rejected``, ``bytes``, ``synthetic``, and ``years``, see
        `ccgeo.engine.partition.write_piece`.
    """
    taken = take_piece(piece, file)
    note = _written(taken, _Worker.codes(taken.sides), name, folder)
    write_note(note, name, folder)
    return note


def take_apart(
    folder: Path, given: tuple[Piece | Lines | Span, str, str]
) -> tuple[str, dict[str, Any], dict[str, list[Key]]]:
    """Check, place and write a piece with codes of its own, where nobody can be asked for others.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the store.
    given : tuple of (Piece or Lines or Span, str, str)
        Some rows, the name of their file, and that of the piece.

    Returns
    -------
    name : str
        Name of the piece.
    note : dict
        As `take_in` returns it; not written yet.
    sides : dict of str to list of tuple
        By side, what each code means.
    """
    piece, file, name = given
    taken = take_piece(piece, file)
    own = {side: np.arange(len(keys), dtype=np.int32) for side, keys in taken.sides.items()}
    return name, _written(taken, own, name, folder), taken.sides


def name_pieces(
    files: Sequence[Path], folder: Path, cut: Callable[[Path], Iterator[Cuts]]
) -> Iterator[tuple[Cuts, str, str, dict[str, Any] | None]]:
    """Name the pieces of files, the same way in every run, and tell which are done.

    Parameters
    ----------
    files : sequence of pathlib.Path
        In the order of the run.
    folder : pathlib.Path
        Folder of the store.
    cut : callable
        Cuts a file, such as `ccgeo.io.pieces.pieces_of`.

    Yields
    ------
    piece : Piece, Lines or Span
        As `cut` yields it.
    file : str
        Name of its file.
    name : str
        Name of the piece.
    note : dict or None
        That of `write_note`, if the piece is done.
    """
    for number, path in enumerate(files):
        for piece in cut(path):
            name = f"{number:04d}-{piece.number:06d}"
            done = _note_file(name, folder)
            note = json.loads(done.read_text(encoding="utf-8")) if done.exists() else None
            yield piece, path.name, name, note


def write_note(note: dict[str, Any], name: str, folder: Path) -> None:
    """Write down that a piece is done.

    Parameters
    ----------
    note : dict
        As `take_in` returns it.
    name : str
        Name of the piece.
    folder : pathlib.Path
        Folder of the store.
    """
    write_bytes(_note_file(name, folder), json.dumps(note).encode())


def _note_file(name: str, folder: Path) -> Path:
    return folder / "pieces" / f"{name}.json"


def _written(taken: Taken, codes: Mapping[str, Numbers], name: str, folder: Path) -> dict[str, Any]:
    """Write the rows of a piece, what ties them, and what is set aside; return its note."""
    work = folder / "pieces"
    years = np.array([year for year, _ in taken.sides["time"]], dtype=np.int64)
    years = years[taken.facts["time"]]
    for side, each in codes.items():
        taken.facts[side] = each[taken.facts[side]] if len(each) else taken.facts[side]
    columns = dict(zip(taken.told.column_names, taken.told.columns, strict=True))
    counts = write_piece(work / f"{name}{PIECE}", pa.table({**taken.facts, **columns}), years)
    write_table(work / f"{name}{TIES}", taken.ties)
    if taken.rejected:
        write_bytes(folder / "rejected" / f"{name}.csv", taken.rejected)
    note: dict[str, Any] = {"rows": taken.rows, "rejected": taken.rows - len(taken.ties)}
    return note | {"bytes": taken.size, "synthetic": taken.is_synthetic, "years": counts}


class _Worker:
    """What a worker is given when it starts: a line to the desk, one talk at a time."""

    line: Connection
    lock: Lock
    known: dict[str, dict[Key, int]]

    @classmethod
    def codes(cls, sides: Mapping[str, Sequence[Key]]) -> dict[str, Numbers]:
        """Return what codes to use; the desk is asked for those that are not known yet."""
        new = {
            side: [key for key in keys if key not in cls.known[side]]
            for side, keys in sides.items()
        }
        if any(new.values()):
            for side, codes in cls._asked(new).items():
                cls.known[side].update(zip(new[side], codes.tolist(), strict=True))
        return {
            side: np.array([cls.known[side][key] for key in keys], dtype=np.int32)
            for side, keys in sides.items()
        }

    @classmethod
    def _asked(cls, sides: Mapping[str, Sequence[Key]]) -> dict[str, Numbers]:
        with cls.lock:
            cls.line.send(sides)
            answer = cls.line.recv()
        if isinstance(answer, Exception):
            raise answer
        codes: dict[str, Numbers] = answer
        return codes


def _are_made_up(ids: Column) -> Mask:
    """Return which rows say of themselves that they are made up."""
    marked = pc.starts_with(pa.array(ids.texts, pa.string()), _SYNTHETIC)
    found: Mask = marked.to_numpy(zero_copy_only=False)[ids.codes]
    return found


def _refuse(read: Read) -> None:
    """Refuse a file without a column that is known; a piece may have no row."""
    for each in read.faults:
        if each.verdict == REFUSED and each.kind != "table.no_rows":
            raise CcgeoError(each.sentence)


def _names(said: Mapping[str, Column], numbers: Codes, file: str) -> Column:
    """Return the id of each row, made of file and row where it has none."""
    ids = said["id"]
    bare = ids.are_empty()
    made = [f"{file}:{number}" for number in numbers[bare].tolist()]
    return ids.replaced(bare, Column(np.arange(len(made), dtype=np.int64), made))


def _facts(said: Mapping[str, Column]) -> tuple[dict[str, Numbers], dict[str, list[Key]]]:
    """Return the rows as codes and sums, and what the codes mean."""
    keys = {
        "site": _sites(said["place_level"], said["place_ids"], said["place_text"]),
        "deal": join_columns(_key, *(said[name] for name in SIDES["deal"])),
        "party": join_columns(_party, said["partners"], said["date"]),
        "time": said["year"].map(lambda year: (year or UNDATED, "")),
    }
    held = {side: column.merged() for side, column in keys.items()}
    projects, are_projects = _summed(said, "projects")
    amounts, are_amounts = _summed(said, "amount_fen")
    sums = (np.ones(len(projects)), projects, are_projects, amounts, are_amounts)
    facts: dict[str, Numbers] = {
        side: column.codes.astype(np.int32) for side, column in held.items()
    }
    facts["band"] = bands_of(amounts, are_amounts)
    facts |= {name: each.astype(np.int64) for name, each in zip(SUMS, sums, strict=True)}
    return facts, {side: column.texts for side, column in held.items()}


def _summed(said: Mapping[str, Column], name: str) -> tuple[Codes, Mask]:
    """Return numbers, 0 where none counts, and where one does."""
    numbers, is_missing = whole_numbers(said[name])
    counts = ~is_missing & said["kind"].marks(SUMMED_KINDS.__contains__)
    return np.where(counts, numbers, 0), counts


def _key(*values: Any) -> Key:  # noqa: ANN401 - whatever a side holds
    return values


@memo(65_536)
def _party(partners: tuple[str, ...], date: str) -> Key:
    return partners, met_on(partners, date)


def _sites(levels: Column, ids: Column, texts: Column) -> Column:
    """Return units and zones of each row, each different place looked at once."""
    codes, parts = combine(levels, ids, texts)
    places = pd.DataFrame(
        {
            name: pd.Series(objects(column.texts)[part], dtype=object)
            for name, column, part in zip(
                ("place_level", "place_ids", "place_text"), (levels, ids, texts), parts, strict=True
            )
        }
    )
    nobody = pd.Series([()] * len(places), dtype=object)
    placed = place_entries(places.assign(partners=nobody, date=""))
    return Column(codes, list(zip(*(placed[name] for name in SIDES["site"]), strict=True)))


def _told_table(told: Mapping[str, Column], numbers: Codes) -> pa.Table:
    columns: dict[str, pa.Array] = {
        name: pa.DictionaryArray.from_arrays(
            pa.array(column.codes.astype(np.int32)), pa.array(column.texts, pa.string())
        )
        for name, column in told.items()
    }
    return pa.table({**columns, "row": pa.array(numbers)})


def _ties(
    said: Mapping[str, Column], parents: Column | None, facts: Mapping[str, Numbers]
) -> pa.Table:
    """Return what makes rows the same, and parts of others."""
    own = _hashes(said["id"])
    bare = said["id"].are_empty()
    if bare.any():
        told = join_columns(_joined, *(said[name].take(bare) for name in _CONTENT))
        own[bare] = _hashes(told)
    whole = np.zeros(len(own), dtype=np.int64)
    if parents is not None:
        whole = np.where(parents.marks(bool), _hashes(parents), 0)
    sums = {name: facts[name] for name in ("projects", "amount_fen")}
    return pa.table({"own": own, "whole": whole, **sums})


def _joined(*texts: str) -> str:
    return "\x1f".join(texts)


def _hashes(column: Column) -> Codes:
    hashes = pd.util.hash_array(objects(column.texts), categorize=False).view(np.int64)
    found: Codes = hashes[column.codes]
    return found


def _reasons(read: Read, piece: Piece) -> bytes:
    """Write one row for each reason that sets a row aside."""
    told = [
        (each.row, each.column, each.value, each.sentence)
        for each in read.faults
        if each.verdict == REJECTED
    ]
    told += [(row, "", text, "this is no row of the table") for row, text in piece.broken]
    return table_bytes(["row", "column", "value", "reason"], told) if told else b""

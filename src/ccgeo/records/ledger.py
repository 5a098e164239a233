"""The ledger: from claims that overlap to entries that add up.

Records form trees: an event, its breakdowns, their deals. Every tree is turned into entries
that may be summed without counting anything twice: a leaf is an entry, and what a record
states beyond its parts is an entry of its own, the residual.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ccgeo.records.tables import read_records
from ccgeo.records.vocabulary import COUNTED_ROLES, CUTS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = Any
"""A row of the typed records, as a named tuple."""

Figures = tuple[int | None, int | None]
"""Projects and fen, each None where not known."""

ENTRY_COLUMNS = (
    "entry_id",
    "record_id",
    "kind",
    "is_residual",
    "event_id",
    "parent_id",
    "title",
    "date",
    "date_kind",
    "date_precision",
    "year",
    "stage",
    "sector_id",
    "sector_ids",
    "partners",
    "direction",
    "place_text",
    "place_level",
    "place_ids",
    "place_basis",
    "organisation",
    "projects",
    "count_qualifier",
    "amount_fen",
    "amount_reported",
    "amount_kind",
    "amount_qualifier",
    "amount_note",
    "confidence",
    "source_id",
    "conflict_group",
    "project_key",
    "note",
)
"""Columns of the entries, in this order."""

SUMMED_KINDS = frozenset({"event", "breakdown", "deal"})
"""Kinds of record that may become entries; figures about places and periods never do."""

_MAP_CUTS = frozenset({"place", "sector", "deal"})
_NOTHING = (None, 0)
_NOT_TEXT = ("sector_ids", "partners", "place_ids", "confidence", "is_residual")


class _Book(NamedTuple):
    """All rows, those that may add, and the parts that count below each row, by id."""

    rows: dict[str, Row]
    counted: dict[str, Row]
    parts: dict[str, tuple[str, ...]]


class Line(NamedTuple):
    """One line of a reconciliation.

    Parameters
    ----------
    record_id : str
        The record it comes from.
    role : {"total", "part", "residual"}
        What the line is; parts and residual add up to the total.
    title : str
        Title of the record.
    projects : int or None
        Number of projects, None where not known.
    amount_fen : int or None
        New investment in fen, None where not known.
    """

    record_id: str
    role: str
    title: str
    projects: int | None
    amount_fen: int | None


def chosen_cut(children: Sequence[Row]) -> str:
    """Choose the one cut of a record whose parts count.

    A cut that says where or what (place, sector, deal) goes before one that says how
    (investor, mode, stage, time, size), because a map and a sector bar can show it; then the
    cut that states the larger amount, then the larger number of projects. A cut that says how
    is used only if it states an amount.

    Parameters
    ----------
    children : sequence of named tuple
        Counted children of one record, rows of typed records.

    Returns
    -------
    str
        One of `CUTS`, or empty if none of them may count.

    Examples
    --------
    >>> expo = [r for r in read_records().itertuples() if r.parent_id == "CQ-0014"]
    >>> chosen_cut(expo)
    'sector'
    """
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for child in children:
        sizes[child.cut][0] += _known(child.amount_fen) or 0
        sizes[child.cut][1] += _known(child.projects) or 0
    usable = [cut for cut in sizes if cut in _MAP_CUTS or sizes[cut][0]]
    rank = {cut: (cut in _MAP_CUTS, *sizes[cut], -CUTS.index(cut)) for cut in usable}
    return max(usable, key=rank.__getitem__, default="")


def chosen_telling(tellings: Iterable[Row]) -> str:
    """Choose the one telling of a project that counts.

    A part of an event goes first, so that its event does not count it again as a residual;
    then a telling with an amount of new investment, the furthest stage, the highest
    confidence and the latest date.

    Parameters
    ----------
    tellings : iterable of named tuple
        Counted rows of typed records with the same ``project_key``.

    Returns
    -------
    str
        Id of the record.

    Examples
    --------
    >>> city = [r for r in read_records().itertuples() if r.project_key == "raffles-city"]
    >>> chosen_telling(r for r in city if r.sum_role == "count")
    'CQ-0060'
    """
    return str(max(tellings, key=telling_rank).id)


def telling_rank(row: Row) -> tuple[bool, bool, int, int, str, str]:
    """Return by what one telling of a project goes before another.

    Parameters
    ----------
    row : named tuple
        A row of typed records.

    Returns
    -------
    tuple
        Part of an event, states new investment, stage, confidence, date, id; the greatest
        counts.

    Examples
    --------
    >>> city = next(r for r in read_records().itertuples() if r.id == "CQ-0060")
    >>> telling_rank(city)
    (False, True, 4, 3, '2019-10-15', 'CQ-0060')
    """
    stage = STAGES.index(row.stage) if row.stage in STAGES else -1
    amount = _known(row.amount_fen) is not None
    return bool(row.parent_id), amount, stage, int(row.confidence), row.date, row.id


def counted_ids(records: pd.DataFrame) -> frozenset[str]:
    """Return the records that sums are made of.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Returns
    -------
    frozenset of str
        Every total, part and lone deal that counts, also where its parts use it up.

    Examples
    --------
    >>> ids = counted_ids(read_records())
    >>> "CQ-0014" in ids, "CQ-0015" in ids
    (True, False)
    """
    return frozenset(row.id for row in _in_tree_order(_book(records)))


def build_entries(records: pd.DataFrame) -> pd.DataFrame:
    """Turn records into entries, the atoms of every sum.

    Only events, breakdowns and deals with the role ``count`` or ``part`` enter, one telling a
    project, one cut a record. For every record that states a total, the entries below and
    including it add up to exactly this total, in projects and in fen; a negative residual,
    where the parts exceed the whole, is kept. A residual of nothing is left out.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records, see `ccgeo.records.tables.typed_records`.

    Returns
    -------
    pandas.DataFrame
        Columns `ENTRY_COLUMNS`, a fresh index: ``entry_id`` (the record id, with ``~residual``
        for what its parts leave), ``is_residual`` bool, ``year`` Int64, ``sector_ids``,
        ``partners`` and ``place_ids`` tuples of text, ``projects`` Int64, ``amount_fen`` Int64
        (fen), ``confidence`` int64, the rest text.

    Examples
    --------
    >>> entries = build_entries(read_records())
    >>> rest = entries.set_index("entry_id").loc["CQ-0014~residual"]
    >>> int(rest["projects"]), int(rest["amount_fen"])
    (19, 6060000000000)
    """
    book = _book(records)
    entries = [_entry_of(row, book) for row in _in_tree_order(book)]
    return _frame([entry for entry in entries if entry is not None])


def reconciliation(records: pd.DataFrame, record_id: str) -> tuple[Line, ...]:
    """Set a record's total against the parts that count below it.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.
    record_id : str
        Id of a record of them.

    Returns
    -------
    tuple of Line
        The total first, then the parts, then the residual; parts and residual add up to the
        total wherever the total is known.

    Raises
    ------
    KeyError
        There is no such record.

    Examples
    --------
    >>> [line.projects for line in reconciliation(read_records(), "CQ-0014")]
    [70, 18, 14, 13, 6, 19]
    """
    return _reconciled(record_id, _book(records))


def reconciliations(records: pd.DataFrame) -> dict[str, tuple[Line, ...]]:
    """Reconcile every record that has parts which count.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Returns
    -------
    dict of str to tuple of Line
        By record id, in the order of the records; see `reconciliation`.

    Examples
    --------
    >>> len(reconciliations(read_records())["CQ-0014"])
    6
    """
    book = _book(records)
    return {row_id: _reconciled(row_id, book) for row_id, parts in book.parts.items() if parts}


@cache
def read_entries() -> pd.DataFrame:
    """Build the entries of the shipped records, once.

    Returns
    -------
    pandas.DataFrame
        See `build_entries`. Take a copy before changing it.

    Examples
    --------
    >>> read_entries()["entry_id"].is_unique
    True
    """
    return build_entries(read_records())


def _known(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _counted(rows: Mapping[str, Row]) -> dict[str, Row]:
    """Keep the rows that may add: by role, by kind, one telling a project."""
    able = [
        row for row in rows.values() if row.sum_role in COUNTED_ROLES and row.kind in SUMMED_KINDS
    ]
    by_project: dict[str, list[Row]] = defaultdict(list)
    for row in able:
        by_project[row.project_key or f"\0{row.id}"].append(row)
    keep = {chosen_telling(group) for group in by_project.values()}
    return {row.id: row for row in able if row.id in keep}


def _book(records: pd.DataFrame) -> _Book:
    # As objects: text kept by Arrow is slow to walk through.
    rows = {row.id: row for row in records.astype(object).itertuples(index=False)}
    counted = _counted(rows)
    below: dict[str, list[Row]] = defaultdict(list)
    for row in counted.values():
        below[row.parent_id].append(row)
    return _Book(rows, counted, {row_id: _one_cut(below.get(row_id, ())) for row_id in rows})


def _in_tree_order(book: _Book) -> Iterator[Row]:
    """Walk every counted tree; a part of something that does not count stands alone."""
    roots = [row for row in book.counted.values() if row.parent_id not in book.counted]
    waiting = [row.id for row in reversed(roots)]
    while waiting:
        row_id = waiting.pop()
        yield book.rows[row_id]
        waiting.extend(reversed(book.parts[row_id]))


def _one_cut(children: Sequence[Row]) -> tuple[str, ...]:
    if not children:
        return ()
    cut = chosen_cut(children)
    return tuple(child.id for child in children if child.cut == cut)


def _totals(row_id: str, book: _Book) -> Figures:
    """Return what a record stands for: its own total, or what its parts add up to."""
    row = book.rows[row_id]
    parts = [_totals(part, book) for part in book.parts[row_id]]
    projects = _either(_known(row.projects), [count for count, _ in parts])
    return projects, _either(_known(row.amount_fen), [fen for _, fen in parts])


def _either(own: int | None, parts: Iterable[int | None]) -> int | None:
    if own is not None:
        return own
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _residual(row_id: str, book: _Book) -> Figures:
    """Subtract the parts from a record's own total; a figure not stated leaves none."""
    row = book.rows[row_id]
    parts = [_totals(part, book) for part in book.parts[row_id]]
    projects, amount = _known(row.projects), _known(row.amount_fen)
    if projects is not None:
        projects -= sum(count or 0 for count, _ in parts)
    if amount is not None:
        amount -= sum(fen or 0 for _, fen in parts)
    return projects, amount


def _reconciled(row_id: str, book: _Book) -> tuple[Line, ...]:
    row = book.rows[row_id]
    total = _line(row, "total", (_known(row.projects), _known(row.amount_fen)))
    parts = [_line(book.rows[part], "part", _totals(part, book)) for part in book.parts[row_id]]
    return (total, *parts, _line(row, "residual", _residual(row_id, book)))


def _entry_of(row: Row, book: _Book) -> dict[str, object] | None:
    """Return the entry of a record: itself, or what its parts leave of it, if anything."""
    if not book.parts[row.id]:
        return _entry(row, _known(row.projects), _known(row.amount_fen), is_residual=False)
    projects, amount = _residual(row.id, book)
    if projects in _NOTHING and amount in _NOTHING:
        return None
    return _entry(row, projects, amount, is_residual=True)


def _entry(
    row: Row, projects: int | None, amount: int | None, *, is_residual: bool
) -> dict[str, object]:
    entry = {column: getattr(row, column, None) for column in ENTRY_COLUMNS}
    return entry | {
        "entry_id": f"{row.id}~residual" if is_residual else row.id,
        "record_id": row.id,
        "is_residual": is_residual,
        "projects": projects,
        "amount_fen": amount,
    }


def _line(row: Row, role: str, figures: Figures) -> Line:
    return Line(row.id, role, row.title, *figures)


def _frame(entries: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(entries, columns=list(ENTRY_COLUMNS), dtype=object)
    whole = dict.fromkeys(("year", "projects", "amount_fen"), "Int64")
    texts = frame.columns.difference([*whole, *_NOT_TEXT])
    return frame.astype(
        whole | dict.fromkeys(texts, "str") | {"confidence": "int64", "is_residual": bool}
    )

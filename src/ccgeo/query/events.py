"""An event as a reconciliation: what its total is made of, who states it, what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.records import (
    all_conflicts,
    all_findings,
    all_reconciliations,
    list_records,
    records_by_id,
    versions_of,
)
from ccgeo.query.vocabulary import DEFAULT_STAGES, label_of
from ccgeo.records.ledger import Line, counted_ids, read_entries
from ccgeo.records.tables import read_events, read_records
from ccgeo.records.vocabulary import nearest_choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccgeo.records.checks import Finding
    from ccgeo.records.versions import Versions

    Row = Any

STAGE_GROUPS: Final = ("agreed", "announced", "opportunity", "cancelled", "")
"""Stages that may stand in one total: from signed to completed together, the others alone."""

_OPEN: Final = ("projects", "amount_fen")


class Tree(NamedTuple):
    """One total and what it is made of.

    Attributes
    ----------
    stage_group : str
        One of `STAGE_GROUPS`; figures of two groups are never added.
    record_id : str
        The record that states the total; empty where several records stand side by side and
        the total is their sum.
    lines : tuple of Line
        The total, the parts, the residual: parts and residual add up to the total, in
        projects and in fen, wherever it is known.
    """

    stage_group: str
    record_id: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Event:
    """Everything known about one event.

    Attributes
    ----------
    event_id, name_en, name_zh, date, venue, note : str
        Its row of the events.
    trees : tuple of Tree
        One for each group of stages, in the order of `STAGE_GROUPS`.
    inner : tuple of Tree
        The totals inside those that are itemised in turn.
    claims : pandas.DataFrame
        One row a claim, with the columns of `ccgeo.query.records.list_records` and
        ``relation`` (str): this event's own first, then parts and totals around it, then
        what tells or contradicts it elsewhere.
    conflicts : tuple of Versions
        Groups that a claim of this event belongs to.
    findings : tuple of Finding
        What does not add up.
    """

    event_id: str
    name_en: str
    name_zh: str
    date: str
    venue: str
    note: str
    trees: tuple[Tree, ...]
    inner: tuple[Tree, ...]
    claims: pd.DataFrame
    conflicts: tuple[Versions, ...]
    findings: tuple[Finding, ...]


def list_events() -> pd.DataFrame:
    """Return every event as a row to choose from.

    Returns
    -------
    pandas.DataFrame
        One row an event, newest first and undated last, columns of str ``event_id``,
        ``name_en``, ``name_zh``, ``date``, ``venue``; ``claims`` (int64, its records);
        ``projects`` and ``amount_fen`` (Int64), what was signed or later in it, NA where
        not stated. A new frame each time.

    Examples
    --------
    >>> expo = list_events().set_index("event_id").loc["smart-china-expo-2022"]
    >>> int(expo["projects"]), int(expo["amount_fen"])
    (70, 21210000000000)
    """
    return _listed().copy()


def read_event(event_id: str, language: str = "en") -> Event:
    """Return everything known about one event.

    Parameters
    ----------
    event_id : str
        Its id.
    language : {"en", "zh"}
        Language of the words in the claims.

    Returns
    -------
    Event
        Totals, claims, conflicts, findings.

    Raises
    ------
    UnknownChoiceError
        There is no such event.

    Examples
    --------
    >>> expo = read_event("smart-china-expo-2022")
    >>> [line.projects for line in expo.trees[0].lines]
    [70, 18, 14, 13, 6, 19]
    """
    events = read_events().set_index("event_id")
    if event_id not in events.index:
        what = "event"
        raise UnknownChoiceError(what, event_id, nearest_choices(event_id, events.index))
    row = events.loc[event_id]
    trees = event_trees(event_id)
    claims = _claims(event_id, trees, language)
    ids = set(claims["record_id"])
    return Event(
        event_id=event_id,
        **{name: row[name] for name in ("name_en", "name_zh", "date", "venue", "note")},
        trees=trees,
        inner=tuple(_inner(trees)),
        claims=claims,
        conflicts=tuple(group for group in all_conflicts() if ids & set(group.record_ids)),
        findings=tuple(found for found in all_findings() if ids & set(found.record_ids)),
    )


def event_trees(event_id: str) -> tuple[Tree, ...]:
    """Return the totals of an event, one for each group of stages.

    A record stands at the top if it counts and is not a part of another record of the same
    event. One top alone is its own total; several side by side add up.

    Parameters
    ----------
    event_id : str
        Id of an event; one without counted records has no totals.

    Returns
    -------
    tuple of Tree
        In the order of `STAGE_GROUPS`.

    Examples
    --------
    >>> [tree.stage_group for tree in event_trees("4th-ccec-promotion-conference-singapore-2025")]
    ['agreed', 'opportunity']
    """
    tops: dict[str, list[Row]] = {}
    for row in _tops().get(event_id, ()):
        tops.setdefault(stage_group(row.stage), []).append(row)
    return tuple(_tree(group, tops[group]) for group in STAGE_GROUPS if group in tops)


def stage_group(stage: str) -> str:
    """Return with which stages a stage may be added.

    Parameters
    ----------
    stage : str
        Stage of a record, empty where not stated.

    Returns
    -------
    str
        One of `STAGE_GROUPS`.

    Examples
    --------
    >>> stage_group("started"), stage_group("opportunity")
    ('agreed', 'opportunity')
    """
    return "agreed" if stage in DEFAULT_STAGES else stage


def event_partners(event_id: str, language: str = "en") -> pd.DataFrame:
    """Return what an event brought from or to partners, entry by entry.

    Parameters
    ----------
    event_id : str
        Id of an event.
    language : {"en", "zh"}
        Language of the names.

    Returns
    -------
    pandas.DataFrame
        One row an entry with a partner, columns of str ``record_id``, ``partner``,
        ``direction``, ``place``, ``known_at``, ``stage``; ``projects`` and ``amount_fen``
        (Int64). Nothing is added, so no stage is mixed with another.

    Examples
    --------
    >>> event_partners("4th-ccec-promotion-conference-singapore-2025")["partner"].unique().item()
    'Singapore'
    """
    entries = read_entries()
    entries = entries[(entries["event_id"] == event_id) & (entries["partners"] != ())]
    named = {
        "record_id": entries["record_id"].tolist(),
        "partner": [
            ", ".join(label_of("partners", code, language) for code in codes)
            for codes in entries["partners"]
        ],
        "direction": [label_of("directions", way, language) for way in entries["direction"]],
        "place": entries["place_text"].tolist(),
        "known_at": [label_of("known_levels", at, language) for at in entries["place_level"]],
        "stage": [label_of("stages", stage, language) for stage in entries["stage"]],
    }
    return pd.DataFrame(named, dtype="str").assign(
        **{figure: entries[figure].array for figure in _OPEN}
    )


def total_of(lines: tuple[Line, ...]) -> tuple[int | None, int | None]:
    """Return what a reconciliation comes to: its own total, or that of its parts.

    Parameters
    ----------
    lines : tuple of Line
        The total first, the residual last.

    Returns
    -------
    tuple of (int or None, int or None)
        Projects and fen, None where neither total nor parts state any.

    Examples
    --------
    >>> total_of(event_trees("smart-china-expo-2022")[0].lines)
    (70, 21210000000000)
    """
    total, *parts, _ = lines
    projects, amount = (
        own if (own := getattr(total, name)) is not None else _sum(getattr(p, name) for p in parts)
        for name in _OPEN
    )
    return projects, amount


@cache
def _counted() -> frozenset[str]:
    return counted_ids(read_records())


@cache
def _tops() -> Mapping[str, list[Row]]:
    """Return the records that stand at the top of each event."""
    tops: dict[str, list[Row]] = {}
    for row in records_by_id().values():
        above = records_by_id().get(row.parent_id)
        is_inside = above is not None and above.id in _counted() and above.event_id == row.event_id
        if row.event_id and row.id in _counted() and not is_inside:
            tops.setdefault(row.event_id, []).append(row)
    return tops


def _tree(group: str, tops: list[Row]) -> Tree:
    if len(tops) == 1:
        return Tree(group, tops[0].id, _lines(tops[0]))
    parts = [_standing(row) for row in tops]
    projects, amount = (_sum(getattr(part, name) for part in parts) for name in _OPEN)
    total = Line("", "total", "", projects, amount)
    rest = Line("", "residual", "", None if projects is None else 0, None if amount is None else 0)
    return Tree(group, "", (total, *parts, rest))


def _lines(row: Row) -> tuple[Line, ...]:
    """Return a reconciliation; a total without parts is a residual as a whole."""
    if row.id in all_reconciliations():
        return all_reconciliations()[row.id]
    figures = _known(row.projects), _known(row.amount_fen)
    return tuple(Line(row.id, role, row.title, *figures) for role in ("total", "residual"))


def _standing(row: Row) -> Line:
    """Return what a record stands for in a sum: its own total, or that of its parts."""
    return Line(row.id, "part", row.title, *total_of(_lines(row)))


def _inner(trees: Iterable[Tree]) -> Iterable[Tree]:
    """Yield the totals inside that have parts of their own, level by level."""
    waiting = [line.record_id for tree in trees for line in tree.lines if line.role == "part"]
    for record_id in waiting:
        if record_id in all_reconciliations():
            lines = all_reconciliations()[record_id]
            waiting.extend(line.record_id for line in lines if line.role == "part")
            yield Tree(stage_group(records_by_id()[record_id].stage), record_id, lines)


def _claims(event_id: str, trees: Iterable[Tree], language: str) -> pd.DataFrame:
    relations = _relations(event_id, trees)
    rows = list_records(language).set_index("record_id", drop=False)
    claims = rows.loc[list(relations)].reset_index(drop=True)
    claims.insert(1, "relation", pd.Series(relations.values(), dtype="str"))
    return claims


def _relations(event_id: str, trees: Iterable[Tree]) -> dict[str, str]:
    """Return every record that belongs with an event, and how."""
    records = records_by_id()
    own = [row for row in records.values() if row.event_id == event_id]
    found = {row.id: "own" for row in own}
    parts = [line.record_id for tree in (*trees, *_inner(trees)) for line in tree.lines]
    found |= {part: "part" for part in parts if part and part not in found}
    for row in own:
        above = records.get(row.parent_id)
        while above is not None and above.id not in found:
            found[above.id] = "whole"
            above = records.get(above.parent_id)
    for column, relation in (("project_key", "telling"), ("conflict_group", "conflict")):
        for row in own:
            versions = versions_of(getattr(row, column), column)
            for version in versions.record_ids if versions else ():
                found.setdefault(version, relation)
    return found


@cache
def _listed() -> pd.DataFrame:
    events = read_events()[["event_id", "name_en", "name_zh", "date", "venue"]]
    claims = read_records()["event_id"].value_counts()
    figures = [_agreed(event_id) for event_id in events["event_id"]]
    listed = events.assign(
        claims=events["event_id"].map(claims).astype("int64"),
        projects=pd.array([projects for projects, _ in figures], dtype="Int64"),
        amount_fen=pd.array([amount for _, amount in figures], dtype="Int64"),
    )
    return listed.sort_values("date", ascending=False, kind="stable", ignore_index=True)


def _agreed(event_id: str) -> tuple[int | None, int | None]:
    agreed = next((tree for tree in event_trees(event_id) if tree.stage_group == "agreed"), None)
    if agreed is None:
        return None, None
    return total_of(agreed.lines)


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _known(value: Any) -> int | None:  # noqa: ANN401 - an integer or NA
    return None if pd.isna(value) else int(value)

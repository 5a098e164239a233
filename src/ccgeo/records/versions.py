"""Versions of one fact: all of them stay, one is used, and the reason is named."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ccgeo.records.ledger import counted_ids, telling_rank

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    Row = Any

RANKED_BY = ("event", "amount", "stage", "confidence", "date")
"""Why one telling goes before another, the strongest reason first."""

RULES = (*RANKED_BY, "equal", "editor", "stock", "none")
"""Why a version is used: what sets it apart, nothing does, an editor chose; or why none is."""


class Versions(NamedTuple):
    """Records that tell the same thing, or contradict each other.

    Attributes
    ----------
    group : str
        Name of the group: a ``conflict_group`` or a ``project_key``.
    record_ids : tuple of str
        Every version, the one used first, then in the order of the tables.
    used : str
        Record that sums use; empty where none of them is summed.
    rule : str
        One of `RULES`: why this one, or why none.
    rival : str
        The version that rank alone would have used, where an editor chose another one.
    """

    group: str
    record_ids: tuple[str, ...]
    used: str
    rule: str
    rival: str = ""


def conflicts(records: pd.DataFrame) -> tuple[Versions, ...]:
    """Return the groups of records that contradict each other.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records, see `ccgeo.records.tables.typed_records`.

    Returns
    -------
    tuple of Versions
        One for each ``conflict_group``, in the order of the records. Where the version in use
        stands outside the group, as another telling of its project, it is listed with it.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> city = next(v for v in conflicts(read_records()) if v.group == "raffles-city")
    >>> city.used, city.rule, len(city.record_ids)
    ('CQ-0060', 'editor', 4)
    """
    return _grouped(records, "conflict_group")


def tellings(records: pd.DataFrame) -> tuple[Versions, ...]:
    """Return the projects and facts that are told more than once.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Returns
    -------
    tuple of Versions
        One for each ``project_key`` with several records, in the order of the records.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> told = {versions.group: versions for versions in tellings(read_records())}
    >>> told["fact-cq-0012"].record_ids
    ('CQ-0012', 'SC0407')
    """
    return tuple(group for group in _grouped(records, "project_key") if len(group.record_ids) > 1)


def _grouped(records: pd.DataFrame, column: str) -> tuple[Versions, ...]:
    counted = counted_ids(records)
    groups: dict[str, list[Row]] = defaultdict(list)
    used: dict[str, Row] = {}
    for row in records.itertuples(index=False):
        if group := getattr(row, column):
            groups[group].append(row)
        if row.project_key and row.id in counted:
            used[row.project_key] = row
    return tuple(_versions(group, rows, used, counted) for group, rows in groups.items())


def _versions(
    group: str, rows: Sequence[Row], used: Mapping[str, Row], counted: Collection[str]
) -> Versions:
    chosen = next((row for row in rows if row.id in counted), None) or next(
        (used[row.project_key] for row in rows if row.project_key in used), None
    )
    ids = tuple(row.id for row in rows)
    if chosen is None:
        is_stock = any(row.sum_role == "stock" for row in rows)
        return Versions(group, ids, "", "stock" if is_stock else "none")
    others = [row for row in rows if row.id != chosen.id]
    ordered = (chosen.id, *(row.id for row in others))
    rival = max(others, key=telling_rank, default=chosen)
    rule = _rule(chosen, rival)
    return Versions(group, ordered, chosen.id, rule, rival.id if rule == "editor" else "")


def _rule(chosen: Row, rival: Row) -> str:
    """Name what sets the chosen version apart from its nearest rival."""
    own, best = telling_rank(chosen), telling_rank(rival)
    differing = [rule for place, rule in enumerate(RANKED_BY) if own[place] != best[place]]
    if not differing:
        return "equal"
    return differing[0] if own > best else "editor"

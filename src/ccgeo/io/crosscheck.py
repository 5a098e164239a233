"""What only shows when rows are held against each other, or against the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.io.textcheck import Problem
from ccgeo.places.datum import convert
from ccgeo.places.reverse import district_at

RESIDUAL: Final = "~residual"
"""Ends the id of what its parts leave of a record, in every file that is written here."""

# A centimetre: more digits would claim what no boundary knows.
_DECIMALS: Final = 7

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccgeo.io.columns import Objects

    Values = Mapping[str, Objects]
    Found = Iterator[tuple[int, str, Any, str]]


def check_rows_together(
    mapping: Mapping[str, str], rows: Sequence[Sequence[Any]], values: Values
) -> list[Problem]:
    """Find ids and rows that stand twice, deals told twice, and trees that do not hold.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.
    rows : sequence of sequence
        The rows as they stand in the file.
    values : mapping of str to numpy.ndarray
        What each says, see `ccgeo.io.fields.FieldReader`.

    Returns
    -------
    list of Problem
        In no order.
    """
    found = [*_twice(rows, values), *_trees(values)]
    return [Problem(at, mapping.get(field, ""), value, kind) for at, field, value, kind in found]


def check_points(mapping: Mapping[str, str], values: Values) -> list[Problem]:
    """Bring points to WGS 84 and hold them against the places that their rows name.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.
    values : mapping of str to numpy.ndarray
        What each row says; ``lon`` and ``lat`` become WGS 84, and a row that names no place
        gets the district of its point.

    Returns
    -------
    list of Problem
        By rising position.
    """
    lons, lats = values["lon"], values["lat"]
    placed = np.flatnonzero(lons != None)  # noqa: E711 - each cell of an array
    if not len(placed):
        return []
    points = np.array([lons[placed], lats[placed]], dtype=float).T
    datums = values["datum"][placed]
    for datum in sorted(set(datums) - {""}):
        its = datums == datum
        points[its] = convert(points[its], datum, "wgs84")
    points = points.round(_DECIMALS)
    lons[placed], lats[placed] = points.T
    problems = []
    for at, point, district in zip(
        placed.tolist(), points.tolist(), district_at(points, "2025").tolist(), strict=True
    ):
        kind = _settle(values, at, district)
        if kind:
            shown = ", ".join(map(str, point))
            problems.append(Problem(at, mapping.get("lon", ""), shown, kind))
    return problems


def _settle(values: Values, at: int, district: str) -> str:
    """Give a row without a place the district of its point; return what does not fit."""
    if not district:
        return "lonlat.outside"
    if values["place_level"][at] == "unknown" and not values["place_text"][at]:
        values["place_level"][at], values["place_ids"][at] = "district", (district,)
    ids = values["place_ids"][at]
    is_unit = values["place_level"][at] in {"district", "prefecture", "province"}
    if is_unit and not district.startswith(ids[0].rstrip("0")):
        return "lonlat.elsewhere"
    return ""


def _twice(rows: Sequence[Sequence[Any]], values: Values) -> Found:
    ids, titles = values["id"], values["title"]
    all_differ = len(set(ids) - {""}) == len(ids)
    if all_differ and len({title.casefold() for title in titles} - {""}) == len(titles):
        return
    seen_rows: set[tuple[Any, ...]] = set()
    seen_ids: set[str] = set()
    seen_tellings: set[tuple[Any, ...]] = set()
    told = zip(*(values[n] for n in ("id", "title", "date", "amount_fen")), strict=True)
    for at, (row, (own, title, date, fen)) in enumerate(zip(rows, told, strict=True)):
        whole = tuple(row)
        if whole in seen_rows:
            yield at, "", title, "row.repeated"
            continue
        seen_rows.add(whole)
        if own:
            if own in seen_ids:
                yield at, "id", own, "id.double"
                continue
            seen_ids.add(own)
        telling = (title.casefold(), date, fen)
        if all(telling) and telling in seen_tellings:
            yield at, "title", title, "record.retold"
        seen_tellings.add(telling)


def _trees(values: Values) -> Found:
    ids, parents, amounts = values["id"], values["parent_id"], values["amount_fen"]
    if not any(parents):
        return
    parts: defaultdict[str, int] = defaultdict(int)
    for parent, fen in zip(parents, amounts, strict=True):
        if parent and fen:
            parts[parent] += fen
    parent_of = {own: parent for own, parent in zip(ids, parents, strict=True) if own}
    circular = _circular(parent_of)
    known = parent_of.keys() | _wholes(values)
    for at, (own, parent, fen) in enumerate(zip(ids, parents, amounts, strict=True)):
        if parent and parent not in known:
            yield at, "parent_id", parent, "parent.unknown"
        elif own in circular:
            yield at, "parent_id", parent, "parent.circle"
        if own and fen is not None and own in parts and parts[own] > fen:
            yield at, "amount", values["amount_reported"][at], "parent.exceeded"


def _wholes(values: Values) -> set[str]:
    """Return the ids of which the file holds what their parts leave."""
    pairs = zip(values["id"], values["is_residual"], strict=True)
    return {own.removesuffix(RESIDUAL) for own, is_residual in pairs if is_residual}


def _circular(parent_of: Mapping[str, str]) -> set[str]:
    """Return the ids that lie inside themselves; each id is followed once."""
    settled: set[str] = set()
    found: set[str] = set()
    for start in parent_of:
        chain: dict[str, None] = {}
        at = start
        while at in parent_of and at not in settled and at not in chain:
            chain[at] = None
            at = parent_of[at]
        if at in chain:
            ids = list(chain)
            found.update(ids[ids.index(at) :])
        settled.update(chain)
    return found

"""What only shows when rows are held against each other, or against the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.io.columns import Column, combine
from ccgeo.io.textcheck import Problem
from ccgeo.places.datum import convert
from ccgeo.places.reverse import district_at

RESIDUAL: Final = "~residual"
"""Ends the id of what its parts leave of a record, in every file that is written here."""

# A centimetre: more digits would claim what no boundary knows.
_DECIMALS: Final = 7

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping, Sequence

    from ccgeo.io.columns import Codes, Mask

    Values = Mapping[str, Column]
    Found = Iterator[tuple[int, str, Any, str]]


def check_rows_together(
    mapping: Mapping[str, str], cells: Sequence[Column], values: Values
) -> list[Problem]:
    """Find ids and rows that stand twice, deals told twice, and trees that do not hold.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.
    cells : sequence of Column
        The rows as they stand in the file.
    values : mapping of str to Column
        What each says, see `ccgeo.io.fields.FieldReader`.

    Returns
    -------
    list of Problem
        In no order.
    """
    found = [*_twice(cells, values), *_trees(values)]
    return [Problem(at, mapping.get(field, ""), value, kind) for at, field, value, kind in found]


def check_points(mapping: Mapping[str, str], values: MutableMapping[str, Column]) -> list[Problem]:
    """Bring points to WGS 84 and hold them against the places that their rows name.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.
    values : mapping of str to Column
        What each row says; ``lon`` and ``lat`` become WGS 84, and a row that names no place
        gets the district of its point.

    Returns
    -------
    list of Problem
        By rising position.
    """
    placed = values["lon"].rows_of(_is_told)
    if not len(placed):
        return []
    lons, lats, datums = (values[n].take(placed).spread() for n in ("lon", "lat", "datum"))
    points = np.array([lons, lats], dtype=float).T
    for datum in sorted(set(datums) - {""}):
        its = datums == datum
        points[its] = convert(points[its], datum, "wgs84")
    points = points.round(_DECIMALS)
    for name, degrees in zip(("lon", "lat"), points.T, strict=True):
        values[name] = values[name].replaced(placed, _each(degrees.tolist()))
    districts = _each(district_at(points, "2025").tolist())
    _place_by_points(values, placed, districts)
    kinds = _misfits(values, placed, districts)
    heading = mapping.get("lon", "")
    return [
        Problem(at, heading, ", ".join(map(str, spot)), kind)
        for at, spot, kind in zip(placed.tolist(), points.tolist(), kinds, strict=True)
        if kind
    ]


def _each(things: list[Any]) -> Column:
    return Column(np.arange(len(things), dtype=np.int64), things)


def _is_told(value: object) -> bool:
    return value is not None


def _place_by_points(values: MutableMapping[str, Column], placed: Codes, districts: Column) -> None:
    """Give the rows without a place the district of their point."""
    bare = values["place_level"].take(placed).marks("unknown".__eq__)
    bare &= values["place_text"].take(placed).marks("".__eq__) & districts.marks(bool)
    if bare.any():
        found = districts.take(bare)
        levels, ids = found.map(lambda _: "district"), found.map(lambda district: (district,))
        values["place_level"] = values["place_level"].replaced(placed[bare], levels)
        values["place_ids"] = values["place_ids"].replaced(placed[bare], ids)


def _misfits(values: Values, placed: Codes, districts: Column) -> Iterator[str]:
    """Yield for each point what does not fit, if anything."""
    levels, ids = (values[name].take(placed).spread() for name in ("place_level", "place_ids"))
    for district, level, own in zip(districts.texts, levels, ids, strict=True):
        is_unit = level in {"district", "prefecture", "province"}
        if not district:
            yield "lonlat.outside"
        elif is_unit and not district.startswith(own[0].rstrip("0")):
            yield "lonlat.elsewhere"
        else:
            yield ""


def _twice(cells: Sequence[Column], values: Values) -> Found:
    ids, titles = values["id"].merged(), values["title"]
    names = titles.map(str.casefold).merged()
    tellings, _ = combine(names, values["date"], values["amount_fen"].merged())
    # Equal rows have one id and tell the same: whoever stands alone in both is looked at no more.
    near = np.flatnonzero(_is_many(tellings) | (_is_many(ids.codes) & ids.marks(bool)))
    seen_rows: set[tuple[Any, ...]] = set()
    seen_ids: set[str] = set()
    seen_tellings: set[tuple[Any, ...]] = set()
    rows = zip(*(column.codes[near].tolist() for column in cells), strict=True)
    held = (ids, titles, values["date"], values["amount_fen"])
    told = zip(*(column.take(near).spread() for column in held), strict=True)
    for at, row, (own, title, date, fen) in zip(near.tolist(), rows, told, strict=True):
        if row in seen_rows:
            yield at, "", title, "row.repeated"
            continue
        seen_rows.add(row)
        if own:
            if own in seen_ids:
                yield at, "id", own, "id.double"
                continue
            seen_ids.add(own)
        telling = (title.casefold(), date, fen)
        if all(telling) and telling in seen_tellings:
            yield at, "title", title, "record.retold"
        seen_tellings.add(telling)


def _is_many(codes: Codes) -> Mask:
    """Return which rows have a code that another row has too."""
    many: Mask = (np.bincount(codes) > 1)[codes]
    return many


def _trees(values: Values) -> Found:
    if not values["parent_id"].marks(bool).any():
        return
    ids, parents, amounts, reported = (
        values[name].spread() for name in ("id", "parent_id", "amount_fen", "amount_reported")
    )
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
            yield at, "amount", reported[at], "parent.exceeded"


def _wholes(values: Values) -> set[str]:
    """Return the ids of which the file holds what their parts leave."""
    rest = values["id"].take(values["is_residual"].marks(bool)).spread()
    return {own.removesuffix(RESIDUAL) for own in rest}


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

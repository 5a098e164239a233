"""What only shows when rows are held against each other, or against the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ccgeo.io.faults import Fault, fault
from ccgeo.places.datum import convert
from ccgeo.places.reverse import district_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccgeo.io.sheets import Table

    Rows = Sequence[dict[str, Any]]


def check_rows_together(
    table: Table, mapping: Mapping[str, str], numbers: Sequence[int], rows: Rows
) -> list[Fault]:
    """Find ids and rows that stand twice, deals told twice, and trees that do not hold.

    Parameters
    ----------
    table : Table
        The rows as they stand in the file.
    mapping : mapping of str to str
        Heading by field.
    numbers : sequence of int
        Row of each good row.
    rows : sequence of dict
        What each says, see `ccgeo.io.rowcheck.RowCheck`.

    Returns
    -------
    list of Fault
        In no order.
    """
    cells = dict(zip(table.numbers, table.rows, strict=True))
    found = list(_twice(cells, numbers, rows))
    found += _trees(numbers, rows)
    return [
        fault(table.file, number, mapping.get(field, ""), value, kind)
        for number, field, value, kind in found
    ]


def check_points(
    file: str, mapping: Mapping[str, str], numbers: Sequence[int], rows: Rows
) -> list[Fault]:
    """Bring points to WGS 84 and hold them against the places that their rows name.

    Parameters
    ----------
    file : str
        Name of the file.
    mapping : mapping of str to str
        Heading by field.
    numbers : sequence of int
        Row of each good row.
    rows : sequence of dict
        What each says; ``lon`` and ``lat`` become WGS 84, and a row that names no place gets
        the district of its point.

    Returns
    -------
    list of Fault
        In no order.
    """
    placed = [(n, row) for n, row in zip(numbers, rows, strict=True) if row["lon"] is not None]
    if not placed:
        return []
    points = np.array([(row["lon"], row["lat"]) for _, row in placed], dtype=float)
    datums = [row["datum"] for _, row in placed]
    for datum in sorted(set(datums) - {""}):
        its = np.array([each == datum for each in datums])
        points[its] = convert(points[its], datum, "wgs84")
    faults = []
    for (number, row), point, district in zip(
        placed, points, district_at(points, "2025"), strict=True
    ):
        row["lon"], row["lat"] = (round(float(degree), 7) for degree in point)
        kind = _settle(row, str(district))
        if kind:
            value = f"{row['lon']}, {row['lat']}"
            faults.append(fault(file, number, mapping.get("lon", ""), value, kind))
    return faults


def _settle(row: dict[str, Any], district: str) -> str:
    """Give a row without a place the district of its point; return what does not fit."""
    if not district:
        return "lonlat.outside"
    if row["place_level"] == "unknown" and not row["place_text"]:
        row["place_level"], row["place_ids"] = "district", (district,)
    named = row["place_ids"][0] if row["place_ids"] else ""
    is_unit = row["place_level"] in {"district", "prefecture", "province"}
    if is_unit and not district.startswith(named.rstrip("0")):
        return "lonlat.elsewhere"
    return ""


def _twice(
    cells: Mapping[int, Sequence[Any]], numbers: Sequence[int], rows: Rows
) -> Iterator[tuple[int, str, Any, str]]:
    seen_rows: set[tuple[Any, ...]] = set()
    seen_ids: set[str] = set()
    seen_tellings: set[tuple[Any, ...]] = set()
    for number, row in zip(numbers, rows, strict=True):
        whole = tuple(cells[number])
        if whole in seen_rows:
            yield number, "", row["title"], "row.repeated"
            continue
        seen_rows.add(whole)
        if row["id"]:
            if row["id"] in seen_ids:
                yield number, "id", row["id"], "id.double"
                continue
            seen_ids.add(row["id"])
        telling = (row["title"].casefold(), row["date"], row["amount_fen"])
        if all(telling) and telling in seen_tellings:
            yield number, "title", row["title"], "record.retold"
        seen_tellings.add(telling)


def _trees(numbers: Sequence[int], rows: Rows) -> Iterator[tuple[int, str, Any, str]]:
    by_id = {row["id"]: row for row in rows if row["id"]}
    parts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if row["parent_id"] and row["amount_fen"]:
            parts[row["parent_id"]] += row["amount_fen"]
    circular = _circular(by_id)
    for number, row in zip(numbers, rows, strict=True):
        parent = row["parent_id"]
        if parent and parent not in by_id:
            yield number, "parent_id", parent, "parent.unknown"
        elif row["id"] in circular:
            yield number, "parent_id", parent, "parent.circle"
        whole = row["amount_fen"]
        if row["id"] and whole is not None and parts.get(row["id"], 0) > whole:
            yield number, "amount", row["amount_reported"], "parent.exceeded"


def _circular(rows: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the ids that lie inside themselves; each id is followed once."""
    settled: set[str] = set()
    found: set[str] = set()
    for start in rows:
        chain: dict[str, None] = {}
        at = start
        while at in rows and at not in settled and at not in chain:
            chain[at] = None
            at = rows[at]["parent_id"]
        if at in chain:
            ids = list(chain)
            found.update(ids[ids.index(at) :])
        settled.update(chain)
    return found

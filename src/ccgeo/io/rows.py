"""Records as rows of a file: every attribute, with the source in each."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccgeo.query.engine import unit_column
from ccgeo.query.vocabulary import label_of
from ccgeo.records.tables import read_sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccgeo.query.selection import View

_PLAIN = (
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
    "organisation",
    "place_text",
    "place_level",
    "place_ids",
    "projects",
    "count_qualifier",
    "amount_reported",
    "amount_kind",
    "amount_qualifier",
    "amount_note",
    "confidence",
    "conflict_group",
    "project_key",
    "note",
)


def record_rows(entries: pd.DataFrame, view: View) -> list[dict[str, Any]]:
    """Return entries as rows of plain values.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries, or a page of a register, which knows less of each.
    view : View
        Gives the level and vintage of the unit named in each row.

    Returns
    -------
    list of dict
        One row an entry, in their order: the columns of the entries, ``amount_cny`` (int or
        float, exact to 0.01), names of sector and unit in both languages, and the source.
        Lists are joined with semicolons; what is not stated is None.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> rows = record_rows(read_placed().head(2), View())
    >>> len(rows), "source_title" in rows[0]
    (2, True)
    """
    unit = unit_column(view.level, view.vintage)
    known = [name for name in _PLAIN if name in entries]
    cited = [name for name in ("source_id", "source", "url") if name in entries]
    rows = []
    for entry in entries[[*known, "amount_fen", *cited, unit]].to_dict("records"):
        row = {name: _plain(entry[name]) for name in known}
        row |= {"amount_cny": _cny(entry["amount_fen"])}
        row |= _named("sector", "sectors", entry["sector_id"])
        row |= {"map_level": view.level, "map_boundaries": view.vintage}
        row |= {"adcode": entry[unit] or None, **_named("unit", "places", entry[unit])}
        row |= _cited(entry)
        rows.append(row)
    return rows


def _cited(entry: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the source of an entry; a register has no list of sources and names each itself."""
    if "source_id" in entry:
        return {"source_id": entry["source_id"], **_sources().get(entry["source_id"], {})}
    return {"source_title": entry["source"] or None, "source_url": entry["url"] or None}


def stated_sums(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row of sums as a reader wants it.

    Parameters
    ----------
    row : mapping of str to object
        Columns of `ccgeo.query.measures.SUMS`, and any others.

    Returns
    -------
    dict of str to object
        Plain values: ``amount_cny`` (int or float, exact to 0.01) in place of ``amount_fen``,
        and null for an amount or number of projects that no one stated.

    Examples
    --------
    >>> stated_sums({"amount_fen": 150, "amount_stated": 1, "projects": 0, "projects_stated": 0})
    {'amount_stated': 1, 'projects': None, 'projects_stated': 0, 'amount_cny': 1.5}
    """
    plain = {str(name): _finite(value) for name, value in row.items()}
    fen = plain.pop("amount_fen")
    plain["amount_cny"] = _cny(fen) if plain["amount_stated"] else None
    if not plain["projects_stated"]:
        plain["projects"] = None
    return plain


def credited_sources(entries: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sources behind some entries.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries.

    Returns
    -------
    list of dict
        One a source, sorted by its id.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> len(credited_sources(read_placed().head(1)))
    1
    """
    known = _sources()
    used = sorted(set(entries["source_id"]) & set(known))
    return [{"source_id": source, **known[source]} for source in used]


@cache
def _sources() -> Mapping[str, dict[str, Any]]:
    sources = read_sources()
    return {source["source_id"]: _source(source) for source in sources.to_dict("records")}


def _source(source: Mapping[Any, Any]) -> dict[str, Any]:
    # A copy or a mirror is cited by publisher and date and not linked to.
    url = source["url"] if source["linkable"] else ""
    return {
        "source_title": source["title"] or None,
        "source_publisher": source["publisher"] or None,
        "source_date": source["date"] or None,
        "source_class": source["class"] or None,
        "source_url": url or None,
    }


def _named(what: str, field: str, choice: str) -> dict[str, str | None]:
    return {
        f"{what}_name_{language}": label_of(field, choice, language) if choice else None
        for language in ("en", "zh")
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, tuple):
        return ";".join(value) or None
    if pd.isna(value) or value == "":
        return None
    return value


def _finite(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _cny(fen: Any) -> int | float | None:  # noqa: ANN401 - an integer or NA
    if pd.isna(fen):
        return None
    whole, rest = divmod(int(fen), 100)
    return int(fen) / 100 if rest else whole

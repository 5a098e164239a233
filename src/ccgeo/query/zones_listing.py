"""Zones as a person reads them: names instead of ids, and what each is known for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ccgeo.places.adcode import prefecture_of
from ccgeo.places.gazetteer import unit_name
from ccgeo.places.zones import zone_members
from ccgeo.query.listing import Citation, citations
from ccgeo.query.records import figure_words
from ccgeo.query.zones import (
    kind_label,
    level_label,
    member_names,
    overlaps,
    sector_names,
    zone_rows,
    zone_statistics,
    zone_totals,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEN_PER_MILLION: Final = 100_000_000
_EXTENTS: Final = {"whole": ("whole", "整体"), "part": ("part", "部分")}
_BASES: Final = {
    "source": ("named by a source", "来源列明"),
    "judgement": ("our reading of several pages", "综合多页判断"),
}
_CONFIDENCES: Final = {
    "high": ("high", "高"),
    "medium": ("medium", "中"),
    "low": ("low", "低"),
}


def list_zones(
    zones: pd.DataFrame, placed: pd.DataFrame, vintage: str, language: str = "en"
) -> pd.DataFrame:
    """Return zones as rows to read.

    Parameters
    ----------
    zones : pandas.DataFrame
        Rows of `ccgeo.places.zones.read_zones`; not changed.
    placed : pandas.DataFrame
        Placed entries to count and add up zone by zone.
    vintage : {"2025", "2026"}
        Boundary list.
    language : {"en", "zh"}
        Language of the words; names stand in both.

    Returns
    -------
    pandas.DataFrame
        One row a zone in the same order: str ``zone_id``, ``name_en``, ``name_zh``, ``kind``,
        ``level``, ``established``, ``national``, ``sectors``, ``whole``, ``part``,
        ``confidence``, ``source``; ``area_km2`` (float, NaN where not stated), ``entries``
        and ``projects`` (int64), ``amount_cny_mn`` (Float64, NA where none is stated).

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.zones import find_zones
    >>> listed = list_zones(find_zones(text="gaozhu"), read_placed(), "2025")
    >>> listed[["name_en", "part"]].to_numpy().tolist()
    [['Sichuan-Chongqing Gaozhu New Area', 'Yubei District, Linshui County']]
    """
    members = [zone_members(zone_id, vintage) for zone_id in zones["zone_id"]]
    totals = zone_totals(placed, zones["zone_id"])
    amounts = (totals["amount_fen"] / _FEN_PER_MILLION).astype("Float64")
    return pd.DataFrame(
        {
            "zone_id": zones["zone_id"].to_numpy(),
            "name_en": zones["name_en"].to_numpy(),
            "name_zh": zones["name_zh"].to_numpy(),
            "kind": [kind_label(kind, language) for kind in zones["kind"]],
            "level": [level_label(level, language) for level in zones["level"]],
            "established": zones["year_established"].to_numpy(),
            "national": zones["year_national"].to_numpy(),
            "area_km2": zones["area_km2"].to_numpy(),
            "sectors": [sector_names(sectors, language) for sectors in zones["sectors"]],
            "whole": [member_names(each.whole, language) for each in members],
            "part": [member_names(each.part, language) for each in members],
            "entries": totals["entries"].to_numpy(),
            "projects": totals["projects"].to_numpy(),
            "amount_cny_mn": amounts.where(totals["amount_stated"] > 0).to_numpy(),
            "confidence": [_word(_CONFIDENCES, each, language) for each in zones["confidence"]],
            "source": zones["source"].to_numpy(),
        }
    )


def list_overlaps(zone_ids: Iterable[str], vintage: str, language: str = "en") -> pd.DataFrame:
    """Return which zone covers which district, as rows to read.

    Parameters
    ----------
    zone_ids : iterable of str
        Zone ids.
    vintage : {"2025", "2026"}
        Boundary list.
    language : {"en", "zh"}
        Language of the names.

    Returns
    -------
    pandas.DataFrame
        One row a zone and district, all str: ``district``, ``prefecture``, ``zone``,
        ``kind``, ``extent``, ``adcode``, ``zone_id``; by district.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    UnknownPlaceError
        No zone has one of the ids.

    Examples
    --------
    >>> list_overlaps(["x-gaozhu"], "2026", "zh")[["district", "extent"]].to_numpy().tolist()
    [['北碚区', '部分'], ['邻水县', '部分']]
    """
    name = "name_zh" if language == "zh" else "name_en"
    table = overlaps(zone_ids, vintage).sort_values(["adcode", "zone_id"], ignore_index=True)
    rows = [zone_rows()[zone_id] for zone_id in table["zone_id"]]
    tongue: Any = language
    return pd.DataFrame(
        {
            "district": [unit_name(code, tongue) for code in table["adcode"]],
            "prefecture": [unit_name(prefecture_of(code), tongue) for code in table["adcode"]],
            "zone": [str(row[name]) for row in rows],
            "kind": [kind_label(str(row["kind"]), language) for row in rows],
            "extent": [_word(_EXTENTS, extent, language) for extent in table["extent"]],
            "adcode": table["adcode"],
            "zone_id": table["zone_id"],
        },
        dtype=object,
    )


def list_statistics(zone_id: str, language: str = "en") -> pd.DataFrame:
    """Return what sources state about a zone as a whole, as rows to read.

    Parameters
    ----------
    zone_id : str
        Zone id.
    language : {"en", "zh"}
        Language of the words; titles stay as recorded.

    Returns
    -------
    pandas.DataFrame
        One row a figure, newest first, all str: ``date``, ``title``, ``figure`` (as reported,
        with what it is), ``source``, ``url`` (None where a link would not be safe).

    Examples
    --------
    >>> list_statistics("x-gaozhu")["figure"].tolist()
    ['129 companies', '129 companies; 262 km²']
    """
    told = zone_statistics(zone_id)
    cited = [citations().get(source, Citation("", "")) for source in told["source_id"]]
    return pd.DataFrame(
        {
            "date": told["date"].to_numpy(),
            "title": told["title"].to_numpy(),
            "figure": [figure_words(row, language, with_kind=True) for row in told.itertuples()],
            "source": [citation.title for citation in cited],
            "url": [citation.url or None for citation in cited],
        },
        dtype=object,
    )


def zone_facts(zone_id: str, vintage: str, language: str = "en") -> list[tuple[str, str]]:
    """Return what is known about a zone itself.

    Parameters
    ----------
    zone_id : str
        Zone id.
    vintage : {"2025", "2026"}
        Boundary list.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    list of (str, str)
        Key of each fact and what is known; facts nobody states are left out. Keys are
        ``kind``, ``level``, ``parent``, ``established``, ``national``, ``area``, ``sectors``,
        ``sectors_basis``, ``whole``, ``part``, ``source``, ``note``, ``confidence``.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    UnknownPlaceError
        No zone has that id.

    Examples
    --------
    >>> dict(zone_facts("cq-liangjiang-na", "2025"))["area"]
    '1,200 km²'
    """
    members = zone_members(zone_id, vintage)
    row = zone_rows()[zone_id]
    parent = zone_rows().get(str(row["parent_id"]))
    sectors: Any = row["sectors"]
    facts = {
        "kind": kind_label(str(row["kind"]), language),
        "level": level_label(str(row["level"]), language),
        "parent": f"{parent['name_en']} {parent['name_zh']}" if parent else "",
        "established": str(row["year_established"]),
        "national": str(row["year_national"]),
        "area": _area(row["area_km2"], str(row["area_note"]), language),
        "sectors": sector_names(sectors, language),
        "sectors_basis": _word(_BASES, str(row["sectors_basis"]), language) if sectors else "",
        "whole": member_names(members.whole, language),
        "part": member_names(members.part, language),
        "source": str(row["source"]),
        "note": str(row["note"]),
        "confidence": _word(_CONFIDENCES, str(row["confidence"]), language),
    }
    return [(key, text) for key, text in facts.items() if text]


def _area(area_km2: Any, note: str, language: str) -> str:  # noqa: ANN401 - a cell
    if pd.isna(area_km2):
        return note
    unit = "平方公里" if language == "zh" else " km²"
    area = f"{area_km2:,.2f}".rstrip("0").rstrip(".")
    return f"{area}{unit}" + (f" ({note})" if note else "")


def _word(table: dict[str, tuple[str, str]], value: str, language: str) -> str:
    return table.get(value, (value, value))[language == "zh"]

"""Which place lies in which: units, zones, groups and towns by the districts they cover."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ccgeo.places.adcode import is_adcode
from ccgeo.places.gazetteer import district_codes
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import read_zones
from ccgeo.shipped import data_file

if TYPE_CHECKING:
    from ccgeo.places.aliases import Entry

REGION = ("50", "51")
"""First two digits of the codes of Chongqing and Sichuan."""

_FINENESS = {
    "circle": 0, "province": 1, "group": 2, "prefecture": 3, "district": 4, "zone": 5, "town": 6,
}  # fmt: skip
_UNITS = frozenset({"province", "prefecture", "district", "town"})
_NOTHING: frozenset[str] = frozenset()
_PAIRS_KEPT = 1 << 14


def is_inside(entry: Entry) -> bool:
    """Return whether a place lies in Sichuan or Chongqing.

    Parameters
    ----------
    entry : Entry
        A place.

    Returns
    -------
    bool
        True for units, towns, zones and groups of the region.
    """
    if entry.level in _FINENESS:
        return entry.kind != "outside"
    return False


def is_above(upper: Entry, lower: Entry) -> bool:
    """Return whether one place holds another, so that naming both means the other.

    Parameters
    ----------
    upper, lower : Entry
        Two places.

    Returns
    -------
    bool
        True for a province and its district, a zone and a town in it, a country and its town;
        a district stands above a zone that lies wholly in it.

    Examples
    --------
    >>> from ccgeo.places.aliases import read_index
    >>> names = read_index().entries
    >>> is_above(names["重庆"][0], names["南岸区"][0])
    True
    """
    if upper.kind == "home":
        return lower.target != upper.target
    if upper.kind == "outside" or lower.kind == "outside":
        return upper.kind == lower.kind and code_is_above(upper.target, lower.target)
    if lower.kind == "landmark" != upper.kind and upper.level == lower.level == "district":
        return upper.target == lower.target
    if upper.level in _FINENESS and lower.level in _FINENESS:
        return _covers_more(upper.target, upper.level, lower.target, lower.level)
    return upper.level == "country" and lower.level == "city" and lower.target[:2] == upper.target


def code_is_above(upper: str, lower: str) -> bool:
    """Return whether an adcode is that of a unit above another's.

    Parameters
    ----------
    upper, lower : str
        Adcodes.

    Returns
    -------
    bool
        False for equal codes.

    Examples
    --------
    >>> code_is_above("510000", "510104"), code_is_above("510100", "510104")
    (True, True)
    """
    if upper == lower:
        return False
    if upper.endswith("0000"):
        return upper[:2] == lower[:2]
    return upper.endswith("00") and upper[:4] == lower[:4]


def covered(entry: Entry) -> frozenset[str]:
    """Return the districts that a place of the region touches.

    Parameters
    ----------
    entry : Entry
        A place.

    Returns
    -------
    frozenset of str
        Codes of both vintages; empty for what lies elsewhere.
    """
    return _covered().get(entry.target, _NOTHING)


@cache
def group_members() -> dict[str, tuple[str, ...]]:
    """Return the units that each group of `data/geo/groups.csv` is made of.

    Returns
    -------
    dict
        Id of the group → adcodes.

    Raises
    ------
    DataFileError
        The shipped table is missing.

    Examples
    --------
    >>> group_members()["g-sc-panxi"]
    ('510400', '513400')
    """
    with data_file("geo/groups.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["members"]]
    return {row["target"]: tuple(row["members"].split(";")) for row in rows}


@lru_cache(maxsize=_PAIRS_KEPT)
def _covers_more(upper: str, upper_level: str, lower: str, lower_level: str) -> bool:
    if upper_level in _UNITS and lower_level in _UNITS:
        if upper == lower:
            return upper_level != lower_level and lower_level == "town"
        return upper_level != "town" and code_is_above(upper, lower)
    if upper_level == lower_level == "zone" and (upper, lower) in _zones_within():
        return True
    above, below = _covered().get(upper, _NOTHING), _covered().get(lower, _NOTHING)
    if upper == lower and upper_level == lower_level:
        return False
    if above == below or (lower_level == "zone" and upper_level in {"province", "prefecture"}):
        return bool(above & below) and _FINENESS[upper_level] < _FINENESS[lower_level]
    return below < above


@cache
def _zones_within() -> frozenset[tuple[str, str]]:
    """Return which zones are parts of which: pairs of the whole and the part."""
    zones = read_zones()
    parents = dict(zip(zones["zone_id"], zones["parent_id"], strict=True))
    pairs = set()
    for zone, parent in parents.items():
        above = parent
        while above:
            pairs.add((str(above), str(zone)))
            above = parents.get(above, "")
    return frozenset(pairs)


@cache
def _covered() -> dict[str, frozenset[str]]:
    districts = {code for vintage in VINTAGES for code in district_codes(vintage)}
    covers = {code: frozenset({code}) for code in districts}
    # Liangjiang took in two whole districts: a name of theirs lies in it.
    covers["500157"] = frozenset({"500157", "500105", "500112"})
    for code in {part for unit in districts for part in (unit[:4] + "00", unit[:2] + "0000")}:
        covers[code] = frozenset(d for d in districts if code_is_above(code, d))
    for group, members in group_members().items():
        covers[group] = frozenset(d for member in members for d in covers[member])
    covers["CCEC"] = covers["510000"] | covers["500000"]
    zones = read_zones()
    for row in zones.itertuples():
        extents = [getattr(row, f"members_2025_{extent}") for extent in ("whole", "part")]
        codes = [code for extent in extents for code in extent if is_adcode(code)]
        covers[str(row.zone_id)] = frozenset(d for code in codes for d in covers[code])
    return covers

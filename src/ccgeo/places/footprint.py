"""The containment rule: at which unit a place may stand on a map of some level.

A place is mapped at a level if and only if everything it covers lies in one unit of that
level. Otherwise it is not mapped there: it is counted beside the map, never spread over
units and never put on one of several.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.adcode import check_level, is_municipal, level_of, prefecture_of, province_of
from ccgeo.places.crosswalk import crossed, crossed_town
from ccgeo.places.gazetteer import check_unit, has_unit
from ccgeo.places.vintages import VINTAGES, check_vintage
from ccgeo.places.zones import zone_members

KNOWN_LEVELS = (
    "district",
    "zone",
    "prefecture",
    "province",
    "several",
    "circle",
    "bloc",
    "country",
    "unknown",
)
"""Levels of knowledge, finest first."""

_NEVER_MAPPED = frozenset({"circle", "bloc", "country", "unknown"})


class Place(NamedTuple):
    """Where something is, as finely as its source states.

    Attributes
    ----------
    level : str
        A member of `KNOWN_LEVELS`.
    ids : tuple of str
        One adcode for ``district``, ``prefecture`` and ``province``; one zone id for
        ``zone``; any of these for ``several``; for the rest it does not matter.
    towns : tuple of str
        Towns that the source names besides, as `ccgeo.places.crosswalk.towns_named` gives
        them: with them a district that was divided crosses exactly.
    """

    level: str
    ids: tuple[str, ...]
    towns: tuple[str, ...] = ()


@cache
def unit_at(place: Place, level: str, vintage: str, *, stated_vintage: str = "2025") -> str | None:
    """Return the one unit of a level that holds everything a place covers.

    Parameters
    ----------
    place : Place
        Where something is, as finely as its source states.
    level : str
        ``"province"``, ``"prefecture"`` or ``"district"``.
    vintage : str
        Boundaries of the map.
    stated_vintage : str
        Boundaries that the codes of the place belong to. A code that only the other
        vintage has is read as one of that vintage.

    Returns
    -------
    str or None
        Code of the unit, or None where the place is not mapped at this level: it reaches
        over several units, it is known more coarsely, or the crosswalk splits it.

    Raises
    ------
    UnknownChoiceError
        The level, a vintage or the level of the place is not one.
    UnknownPlaceError
        A code or zone of the place is not known.

    Examples
    --------
    >>> unit_at(Place("district", ("500112",)), "district", "2025")
    '500112'
    >>> unit_at(Place("district", ("500112",)), "district", "2026") is None
    True
    >>> unit_at(Place("district", ("500112",), ("Longxing",)), "district", "2026")
    '500157'
    >>> unit_at(Place("district", ("500112",)), "prefecture", "2026")
    '500000'
    """
    check_level(level)
    check_vintage(vintage)
    check_vintage(stated_vintage)
    if place.level not in KNOWN_LEVELS:
        what = "level of knowledge"
        raise UnknownChoiceError(what, place.level, KNOWN_LEVELS)
    if place.level in _NEVER_MAPPED:
        return None
    covered = {
        unit
        for place_id in place.ids
        for unit in _by_town(place, place_id, _covered(place_id, vintage, stated_vintage))
    }
    units = {_lifted(unit, level) for unit in covered}
    return units.pop() if len(units) == 1 else None


def _by_town(place: Place, place_id: str, covered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the units of a divided district that the towns named are in, else all of them."""
    if len(covered) == 1:
        return covered
    towns = [crossed_town(name) for name in place.towns]
    return tuple(town.to_adcode for town in towns if town.from_adcode == place_id) or covered


def _covered(place_id: str, vintage: str, stated_vintage: str) -> tuple[str, ...]:
    """Return the units of the wanted vintage that one id of a place touches."""
    if not place_id.isdigit():
        members = zone_members(place_id, vintage)
        return members.whole + members.part
    check_unit(place_id)
    stated = stated_vintage
    if not has_unit(place_id, stated):
        stated = next(other for other in VINTAGES if has_unit(place_id, other))
    return tuple(crossing.adcode for crossing in crossed(place_id, stated, vintage))


def _lifted(adcode: str, level: str) -> str | None:
    """Return the unit of a level that holds a unit, or None if the unit is coarser."""
    if level == "province":
        return province_of(adcode)
    own = level_of(adcode)
    if level == "district":
        return adcode if own == "district" else None
    return prefecture_of(adcode) if own != "province" or is_municipal(adcode) else None

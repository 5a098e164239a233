"""Development zones: places of their own that cover districts wholly or in part."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.tables import read_table, split_lists
from ccgeo.places.vintages import VINTAGES, check_vintage

if TYPE_CHECKING:
    import pandas as pd

_MEMBERS = tuple(
    f"members_{vintage}_{extent}" for vintage in VINTAGES for extent in ("whole", "part")
)
_LISTS = ("aliases_en", "aliases_zh", "sectors", *_MEMBERS)
_NUMBERS = ("area_km2", "lon", "lat")


class Members(NamedTuple):
    """Districts that a zone covers, as codes of one vintage.

    Attributes
    ----------
    whole : tuple of str
        Districts that lie wholly in the zone.
    part : tuple of str
        Districts of which a part lies in the zone.
    """

    whole: tuple[str, ...]
    part: tuple[str, ...]


def read_zones() -> pd.DataFrame:
    """Return every zone, one row each.

    Returns
    -------
    pandas.DataFrame
        Text columns ``zone_id``, ``name_en``, ``name_zh``, ``name_zh_hant``, ``kind``,
        ``level``, ``parent_id``, ``year_established``, ``year_national``, ``area_note``,
        ``anchor_kind``, ``anchor_source``, ``sectors_basis``, ``source``, ``note``,
        ``confidence``; tuples of text ``aliases_en``, ``aliases_zh``, ``sectors`` and
        ``members_2025_whole``, ``members_2025_part``, ``members_2026_whole``,
        ``members_2026_part`` (district codes); float ``area_km2`` (square kilometres, NaN
        where no source states it) and ``lon``, ``lat`` (degrees, WGS 84: a place to put
        the name, neither the centre nor the boundary of the zone).

    Examples
    --------
    >>> zones = read_zones()
    >>> zones["zone_id"].is_unique
    True
    """
    return _zones().copy()


def zone_members(zone_id: str, vintage: str) -> Members:
    """Return the districts that a zone lies in.

    Parameters
    ----------
    zone_id : str
        Identifier of the zone.
    vintage : str
        ``"2025"`` or ``"2026"``.

    Returns
    -------
    Members
        Districts covered wholly, and districts covered in part.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    UnknownPlaceError
        No zone has that identifier.

    Examples
    --------
    >>> zone_members("cq-liangjiang-na", "2025")
    Members(whole=(), part=('500105', '500112', '500109'))
    """
    check_vintage(vintage)
    rows = _rows()
    if zone_id not in rows:
        raise UnknownPlaceError("zone", zone_id)
    return Members(
        rows[zone_id][f"members_{vintage}_whole"], rows[zone_id][f"members_{vintage}_part"]
    )


@cache
def _zones() -> pd.DataFrame:
    zones = split_lists(read_table("deals/zones.csv"), _LISTS)
    numbers = {name: zones[name].where(zones[name] != "", "nan").astype(float) for name in _NUMBERS}
    return zones.assign(**numbers)


@cache
def _rows() -> dict[str, dict[str, tuple[str, ...]]]:
    zones = _zones()
    columns = zip(*(zones[name] for name in _MEMBERS), strict=True)
    rows = (dict(zip(_MEMBERS, cells, strict=True)) for cells in columns)
    return dict(zip(zones["zone_id"], rows, strict=True))

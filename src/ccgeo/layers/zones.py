"""Zones over districts: what each covers, wholly or in part, and a point for its name.

No boundary of a zone is known here. A zone is shown by the districts that it covers; where it
covers a part, nobody says which part, and the whole district is marked as covered in part. A
label point is a place to write the name: neither boundary nor centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from ccgeo.layers.credits import describe
from ccgeo.places.adcode import province_of
from ccgeo.places.boundaries import WGS84, read_boundaries
from ccgeo.query.zones import PART, WHOLE, find_zones, overlaps

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccgeo.query.selection import View

COLOURS: Final = {PART: "#9fd0d3", WHOLE: "#1f6f8b"}
"""Colour of a unit that is covered in part and of one that is covered whole."""

POINT_NOTE: Final = (
    "a place to write the name of the zone: neither its boundary nor its centre",
    "仅为名称标注点，既非边界也非中心",
)
EXTENT_NOTE: Final = (
    "the polygon is the district; which part of it the zone covers is not known",
    "图形为整个区县；园区覆盖其中哪一部分未知",
)
TOTALS_NOTE: Final = (
    (
        "Zones lie over districts and over one another: totals of zones are never added to "
        "totals of districts, nor to one another."
    ),
    "园区与区县、园区与园区相互重叠：园区合计不与区县合计相加，也不彼此相加。",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """Which districts something covers, ready to be drawn.

    Attributes
    ----------
    vintage : str
        Boundary list.
    title : str
        What is drawn.
    extents : dict of str to str
        Adcode of a district: ``"whole"`` or ``"part"``; districts not covered are left out.
    labels : tuple of str
        What whole, part and none mean, in this order.
    tips : dict of str to tuple of str
        Adcode: what to say about the district.
    points : tuple of (str, str, float, float)
        Id, name, longitude and latitude in degrees (WGS 84) of each label point.
    """

    vintage: str
    title: str
    extents: dict[str, str]
    labels: tuple[str, str, str]
    tips: dict[str, tuple[str, ...]]
    points: tuple[tuple[str, str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneLayer:
    """Zones, ready to be drawn and to be exported.

    Attributes
    ----------
    view : View
        Boundary list and language.
    zones : pandas.DataFrame
        One row a zone, see `ccgeo.places.zones.read_zones`.
    members : geopandas.GeoDataFrame
        One row a zone and district: ``id``, ``zone_id``, ``name_en``, ``name_zh``, ``kind``,
        ``adcode``, ``district_en``, ``district_zh``, ``extent`` (``"whole"`` or ``"part"``),
        ``vintage``, ``note``, all str, and ``geometry``, the district in EPSG:4326.
    points : geopandas.GeoDataFrame
        One row a zone: ``id``, ``zone_id``, ``name_en``, ``name_zh``, ``kind``,
        ``anchor_kind``, ``anchor_source``, ``note``, all str, and ``geometry``, its label
        point in EPSG:4326.
    metadata : dict
        Boundaries, data version and notes, ready for JSON.
    """

    view: View
    zones: pd.DataFrame
    members: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    metadata: dict[str, Any]


def build_zones(zone_ids: Collection[str], view: View) -> ZoneLayer:
    """Build the layer of some zones.

    Parameters
    ----------
    zone_ids : collection of str
        Zone ids; none asks for all zones.
    view : View
        Boundary list and language.

    Returns
    -------
    ZoneLayer
        What they cover and their label points.

    Raises
    ------
    UnknownChoiceError
        The vintage of the view is not one.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> layer = build_zones(["cq-liangjiang-na"], View())
    >>> layer.members["adcode"].tolist(), set(layer.members["extent"])
    (['500105', '500112', '500109'], {'part'})
    """
    zones = find_zones(zone_ids=zone_ids)
    told = describe(view)
    metadata = {
        "data_version": told["data_version"],
        "boundaries": told["boundaries"],
        "label_points": POINT_NOTE[0],
        "extent": EXTENT_NOTE[0],
        "totals": TOTALS_NOTE[0],
    }
    return ZoneLayer(view, zones, _members(zones, view.vintage), _points(zones), metadata)


def zone_cover(layer: ZoneLayer) -> Cover:
    """Return what a layer of zones covers, district by district.

    Parameters
    ----------
    layer : ZoneLayer
        Zones of the layer.

    Returns
    -------
    Cover
        A district that one zone covers whole counts as whole; each is told with its zones.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> zone_cover(build_zones(["cq-liangjiang-na"], View(vintage="2026"))).extents
    {'500157': 'whole'}
    """
    zh = layer.view.language == "zh"
    name = "name_zh" if zh else "name_en"
    words = dict(zip((WHOLE, PART), (("whole", "整体"), ("in part", "部分")), strict=True))
    extents: dict[str, str] = {}
    tips: dict[str, tuple[str, ...]] = {}
    members = layer.members
    for adcode, extent, zone in zip(
        members["adcode"], members["extent"], members[name], strict=True
    ):
        for district in _districts_in(adcode, layer.view.vintage):
            extents[district] = WHOLE if WHOLE in {extent, extents.get(district)} else PART
            tips[district] = (*tips.get(district, ()), f"{zone} ({words[extent][zh]})")
    points = layer.points
    return Cover(
        vintage=layer.view.vintage,
        title=("Zones", "园区")[zh],
        extents=dict(sorted(extents.items())),
        labels=(
            ("whole district in a zone", "part of the district in a zone", "no zone shown"),
            ("整个区县在园区内", "部分区县在园区内", "无所选园区"),
        )[zh],
        tips=tips,
        points=tuple(
            zip(points["zone_id"], points[name], points.geometry.x, points.geometry.y, strict=True)
        ),
    )


def zone_title(layer: ZoneLayer) -> str:
    """Say how many zones a layer holds and where they lie.

    Parameters
    ----------
    layer : ZoneLayer
        Zones of the layer.

    Returns
    -------
    str
        One sentence; fixed words and numbers only.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> zone_title(build_zones(["cq-liangjiang-na"], View()))
    '1 zone over 3 districts: 0 whole, 3 in part.'
    """
    extents = list(zone_cover(layer).extents.values())
    whole, part, zones = extents.count(WHOLE), extents.count(PART), len(layer.zones)
    if layer.view.language == "zh":
        return f"{zones}个园区，涉及{len(extents)}个区县：整体{whole}个，部分{part}个。"
    counted = f"{zones} {'zone' if zones == 1 else 'zones'}"
    districts = f"{len(extents)} {'district' if len(extents) == 1 else 'districts'}"
    return f"{counted} over {districts}: {whole} whole, {part} in part."


def _members(zones: pd.DataFrame, vintage: str) -> gpd.GeoDataFrame:
    units = _units(vintage)
    rows = overlaps(zones["zone_id"], vintage).merge(
        zones[["zone_id", "name_en", "name_zh", "kind"]], on="zone_id", how="left"
    )
    rows = rows.merge(units, on="adcode", how="left", validate="many_to_one")
    ids = [
        f"zone-{vintage}-{zone}-{adcode}"
        for zone, adcode in zip(rows["zone_id"], rows["adcode"], strict=True)
    ]
    notes = [EXTENT_NOTE[0] if extent == PART else "" for extent in rows["extent"]]
    rows = rows.assign(id=ids, vintage=vintage, note=notes)
    columns = ("id", "zone_id", "name_en", "name_zh", "kind", "adcode", "district_en")
    more = ("district_zh", "extent", "vintage", "note", "geometry")
    return gpd.GeoDataFrame(rows[[*columns, *more]], geometry="geometry", crs=WGS84)


def _points(zones: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = ["zone_id", "name_en", "name_zh", "kind", "anchor_kind", "anchor_source"]
    rows = zones[columns].assign(
        id=[f"zone-label-{zone}" for zone in zones["zone_id"]], note=POINT_NOTE[0]
    )
    where = gpd.points_from_xy(zones["lon"], zones["lat"], crs=WGS84)
    return gpd.GeoDataFrame(rows[["id", *columns, "note"]], geometry=where)


def _units(vintage: str) -> pd.DataFrame:
    """Return districts and provinces, as a programme may cover a province as a whole."""
    names = {"name_en": "district_en", "name_zh": "district_zh"}
    columns = ["adcode", "name_en", "name_zh", "geometry"]
    provinces = read_boundaries("province", vintage)[columns]
    districts = read_boundaries("district", vintage)[columns]
    return pd.concat([districts, provinces], ignore_index=True).rename(columns=names)


def _districts_in(adcode: str, vintage: str) -> tuple[str, ...]:
    """Return the districts of a province, or the district itself."""
    if not adcode.endswith("0000"):
        return (adcode,)
    districts = read_boundaries("district", vintage)["adcode"]
    return tuple(district for district in districts if province_of(district) == adcode)

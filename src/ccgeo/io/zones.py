"""Zones and the circle as GeoJSON files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from ccgeo.io.collection import Feature, feature_collection
from ccgeo.io.rows import stated_sums
from ccgeo.layers.zones import POINT_NOTE, TOTALS_NOTE
from ccgeo.places.zones import read_zones, zone_members
from ccgeo.query.zones import zone_totals

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ccgeo.layers.circle import CircleLayer
    from ccgeo.layers.zones import ZoneLayer
    from ccgeo.query.selection import View

_ZONE_COLUMNS: Final = ("zone_id", "name_en", "name_zh", "kind", "level", "year_established")


def zones_bytes(layer: ZoneLayer) -> bytes:
    """Write a layer of zones as GeoJSON.

    Parameters
    ----------
    layer : ZoneLayer
        Zones of the layer.

    Returns
    -------
    bytes
        UTF-8 text: each zone with the districts that it covers, whole or in part, then each
        label point, which says that it is no boundary; ``metadata`` says the same.

    Examples
    --------
    >>> import json
    >>> from ccgeo.layers.zones import build_zones
    >>> from ccgeo.query.selection import View
    >>> len(json.loads(zones_bytes(build_zones(["cq-liangjiang-na"], View())))["features"])
    4
    """
    features = [*_features(layer.members, "zone_member"), *_features(layer.points, "zone_label")]
    return feature_collection(features, layer.metadata)


def zone_features(selected: pd.DataFrame, view: View) -> list[Feature]:
    """Return the zones that entries name, each with what they add up to.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries, as `ccgeo.query.engine.select` gives them; not changed.
    view : View
        Boundary list of the districts that the zones cover.

    Returns
    -------
    list of Feature
        In the order of the table of zones, at the point where the name is written, which is
        neither boundary nor centre: names, kind, year, the adcodes of the districts covered
        whole and in part, and the sums. Zones overlap: their sums never add up.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> zone_features(read_placed(), View())[0].geometry.geom_type
    'Point'
    """
    named = {zone for zones in selected["zones"] for zone in zones}
    zones = read_zones()
    zones = zones[zones["zone_id"].isin(named)]
    sums = zone_totals(selected, zones["zone_id"]).to_dict("records")
    rows = zones[[*_ZONE_COLUMNS, "lon", "lat"]].astype(object).to_dict("records")
    return [
        _zone_feature(row, stated_sums(total), view) for row, total in zip(rows, sums, strict=True)
    ]


def zone_notes() -> dict[str, str]:
    """Return what has to be said beside a layer of zones.

    Returns
    -------
    dict of str to str
        What a label point is, and that totals of zones never add.

    Examples
    --------
    >>> sorted(zone_notes())
    ['label_points', 'totals']
    """
    return {"label_points": POINT_NOTE[0], "totals": TOTALS_NOTE[0]}


def circle_bytes(layer: CircleLayer) -> bytes:
    """Write the circle as GeoJSON.

    Parameters
    ----------
    layer : CircleLayer
        The circle.

    Returns
    -------
    bytes
        UTF-8 text: every district of the region with ``circle`` (in, partly or out) and its
        area.

    Examples
    --------
    >>> import json
    >>> from ccgeo.layers.circle import build_circle
    >>> from ccgeo.query.selection import View
    >>> len(json.loads(circle_bytes(build_circle(View())))["features"])
    221
    """
    return feature_collection(_features(layer.features, "district"), layer.metadata)


def _zone_feature(zone: dict[Any, Any], sums: dict[str, Any], view: View) -> Feature:
    members = zone_members(zone["zone_id"], view.vintage)
    properties = {
        "feature": "zone",
        **{name: zone[name] or None for name in _ZONE_COLUMNS},
        "districts_whole": ";".join(members.whole) or None,
        "districts_part": ";".join(members.part) or None,
        "vintage": view.vintage,
        **sums,
        "note": POINT_NOTE[0],
    }
    where = shapely.Point(zone["lon"], zone["lat"])
    return Feature(f"zone-{view.vintage}-{zone['zone_id']}", properties, where)


def _features(rows: gpd.GeoDataFrame, kind: str) -> list[Feature]:
    geometries = rows.geometry.to_numpy()
    plain = rows.drop(columns="geometry").to_dict("records")
    return [
        Feature(row["id"], {"feature": kind, **_properties(row)}, geometry)
        for row, geometry in zip(plain, geometries, strict=True)
    ]


def _properties(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        str(name): value.item() if isinstance(value, np.generic) else value
        for name, value in row.items()
        if name != "id"
    }

"""Zones and the circle as GeoJSON files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ccgeo.io.collection import Feature, feature_collection

if TYPE_CHECKING:
    import geopandas as gpd

    from ccgeo.layers.circle import CircleLayer
    from ccgeo.layers.zones import ZoneLayer


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

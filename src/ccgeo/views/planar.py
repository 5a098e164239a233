"""Layers as kilometres of a frame, for maps drawn outside the live one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely

from ccgeo.views.live_map.projections import (
    WORLD_RADIUS_KM,
    LonLat,
    distance_from_centre,
    project,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

_GEOMETRY: Final = Path(__file__).parent / "live_map" / "assets" / "geometry"
_REACH_KM: Final = 2_500.0
_MARGIN: Final = 0.12
# Room that a name takes, as a share of the picture.
_LABEL_WIDTH: Final = 0.13
_LABEL_HEIGHT: Final = 0.035


class PlanarLine(NamedTuple):
    """A flow as it is drawn in a frame.

    Parameters
    ----------
    points : numpy.ndarray of float64, shape (n, 2)
        Kilometres in the frame, from the partner's side to the place.
    is_cut : bool
        Whether the line comes from beyond the picture.
    """

    points: NDArray[np.float64]
    is_cut: bool


def planar_shapes(units: gpd.GeoDataFrame, frame: str) -> list[dict[str, Any]]:
    """Project the outlines of units.

    Parameters
    ----------
    units : geopandas.GeoDataFrame
        Polygons in EPSG:4326.
    frame : {"region", "world"}
        Frame to draw in.

    Returns
    -------
    list of dict
        GeoJSON geometries in kilometres, rounded to 100 m.

    Examples
    --------
    >>> import geopandas as gpd
    >>> square = gpd.GeoDataFrame(geometry=[shapely.box(104, 30, 105, 31)], crs="EPSG:4326")
    >>> planar_shapes(square, "region")[0]["type"]
    'Polygon'
    """
    flat = shapely.transform(units.geometry.to_numpy(), lambda points: project(points, frame))
    return [json.loads(shapely.to_geojson(shapely.set_precision(each, 0.1))) for each in flat]


def planar_bounds(units: gpd.GeoDataFrame, frame: str) -> tuple[float, float, float, float]:
    """Return what a frame shows of some units.

    Parameters
    ----------
    units : geopandas.GeoDataFrame
        Polygons in EPSG:4326.
    frame : {"region", "world"}
        Frame to draw in.

    Returns
    -------
    tuple of float
        Left, bottom, right, top in kilometres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> none = gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    >>> planar_bounds(none, "world")
    (-17000.0, -17000.0, 17000.0, 17000.0)
    """
    if frame == "world":
        return (-WORLD_RADIUS_KM, -WORLD_RADIUS_KM, WORLD_RADIUS_KM, WORLD_RADIUS_KM)
    points = project(shapely.get_coordinates(units.geometry.to_numpy()), frame)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = (high - low) * _MARGIN
    return (*(low - margin).tolist(), *(high + margin).tolist())


def planar_line(
    geodesic: shapely.Geometry, place: LonLat, frame: str, bounds: Sequence[float]
) -> PlanarLine:
    """Project a flow and end it where the picture ends.

    Parameters
    ----------
    geodesic : shapely.LineString or shapely.MultiLineString
        Line in EPSG:4326, perhaps in two parts that meet at the meridian of 180°.
    place : LonLat
        End of the line in the region, in degrees.
    frame : {"region", "world"}
        Frame to draw in.
    bounds : sequence of float
        Left, bottom, right, top in kilometres, of `planar_bounds`.

    Returns
    -------
    PlanarLine
        At least two points; the last is the place.

    Examples
    --------
    >>> line = planar_line(
    ...     shapely.LineString([(104, 1), (104, 20), (104, 30)]), LonLat(104, 30), "region",
    ...     (-500, -500, 500, 500),
    ... )
    >>> line.is_cut, bool(abs(line.points[0, 1] + 500) < 1)
    (True, True)
    """
    points = _from_place(geodesic, place)
    reach = WORLD_RADIUS_KM if frame == "world" else _REACH_KM
    distances = np.array([distance_from_centre(LonLat(*point)) for point in points])
    outside = np.flatnonzero(distances > reach)
    kept = points[: outside[0]] if outside.size else points
    flat = project(kept if len(kept) > 1 else points[:2], frame)
    shown = flat if frame == "world" else _within(flat, bounds)
    return PlanarLine(shown[::-1], is_cut=bool(outside.size) or len(shown) < len(flat))


def free_spots(
    ends: Mapping[str, Sequence[tuple[float, float]]], bounds: Sequence[float]
) -> dict[str, tuple[float, float]]:
    """Return where names can stand; one that would cover an earlier one is left out.

    Parameters
    ----------
    ends : mapping of str to sequence of (float, float)
        Points of each thing to name, the most important first; it is named amid them.
    bounds : sequence of float
        Left, bottom, right, top of the picture, in the unit of the points.

    Returns
    -------
    dict of str to tuple of (float, float)
        Where the name of each stands.

    Examples
    --------
    >>> free_spots({"SG": [(0, 0), (2, 0)], "MY": [(1.5, 0)], "DE": [(9, 9)]}, (0, 0, 10, 10))
    {'SG': (1.0, 0.0), 'DE': (9.0, 9.0)}
    """
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    spots: dict[str, tuple[float, float]] = {}
    for name, points in ends.items():
        xs, ys = zip(*points, strict=True)
        x, y = sum(xs) / len(xs), sum(ys) / len(ys)
        is_free = all(
            abs(x - other_x) > width * _LABEL_WIDTH or abs(y - other_y) > height * _LABEL_HEIGHT
            for other_x, other_y in spots.values()
        )
        if is_free:
            spots[name] = (x, y)
    return spots


def land_rings() -> list[list[list[float]]]:
    """Return the outline of the world's land in the world frame.

    Returns
    -------
    list of list of [float, float]
        Closed rings in kilometres.

    Examples
    --------
    >>> len(land_rings()) > 50
    True
    """
    drawn = _drawn_world()
    rings = (np.reshape(ring, (-1, 2)).cumsum(axis=0) for ring in drawn["land"])
    return [(ring * drawn["land_step_km"]).astype(float).tolist() for ring in rings]


@cache
def _drawn_world() -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads((_GEOMETRY / "2025_world.json").read_text("utf-8"))
    return drawn


def _from_place(geodesic: shapely.Geometry, place: LonLat) -> NDArray[np.float64]:
    """Return the vertices from the place outwards, each once."""
    points = np.concatenate([shapely.get_coordinates(p) for p in shapely.get_parts(geodesic)])
    start, end = np.hypot(*(points[[0, -1]] - place).T)
    ordered: NDArray[np.float64] = points if start <= end else points[::-1]
    return ordered


def _within(points: NDArray[np.float64], bounds: Sequence[float]) -> NDArray[np.float64]:
    left, bottom, right, top = bounds
    window = shapely.box(left, bottom, right, top)
    parts: Iterable[shapely.Geometry] = shapely.get_parts(
        shapely.intersection(shapely.LineString(points), window)
    )
    start = shapely.Point(points[0])
    lines = [part for part in parts if part.geom_type == "LineString"]
    if not lines:
        return points[:2]
    inside = shapely.get_coordinates(min(lines, key=start.distance))
    ordered: NDArray[np.float64] = inside if np.allclose(inside[0], points[0]) else inside[::-1]
    return ordered

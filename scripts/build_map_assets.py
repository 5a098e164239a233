"""Draw the boundaries into the files that the live map fetches.

Run after the boundaries changed: ``python scripts/build_map_assets.py``. One file per vintage
and frame: integer steps of a fraction of a kilometre, shared borders stored once, so that the
browser only scales what pyproj projected here.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from ccgeo.places.boundaries import read_boundaries, read_land, source_of
from ccgeo.places.partners import read_partners
from ccgeo.places.vintages import VINTAGES
from ccgeo.views.live_map.projections import (
    CENTRE,
    FRAMES,
    WORLD_RADIUS_KM,
    LonLat,
    distance_from_centre,
    project,
    toward,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geopandas import GeoDataFrame

ASSETS = Path(__file__).parents[1] / "src/ccgeo/views/live_map/assets/geometry"
LEVELS = ("province", "prefecture", "district")
STEP_KM = {"region": 0.05, "world": 0.2}
LAND_STEP_KM = 5
LAND_TOLERANCE_KM = 9.0
LAND_SEGMENT_DEG = 0.3
REGION_REACH_KM = 3_000.0

Point = tuple[int, int]
Ring = list[Point]


class Topology(NamedTuple):
    """Arcs and, by level and adcode, the polygons made of them."""

    arcs: list[tuple[Point, ...]]
    shapes: dict[str, dict[str, list[list[list[int]]]]]


def rounded_rings(polygon: shapely.Polygon, frame: str) -> Iterator[Ring]:
    """Yield the rings of a polygon as steps of the frame, without repeated points."""
    for ring in (polygon.exterior, *polygon.interiors):
        steps = np.rint(project(shapely.get_coordinates(ring), frame) / STEP_KM[frame])
        points = [(int(x), int(y)) for x, y in steps]
        kept = [p for p, before in zip(points[1:], points[:-1], strict=True) if p != before]
        if len(kept) > 2:
            yield kept


def unit_polygons(units: GeoDataFrame, frame: str) -> dict[str, list[list[Ring]]]:
    """Return the polygons of each unit, each a list of rings, the outer one first."""
    return {
        adcode: [
            rings for part in shapely.get_parts(shape) if (rings := [*rounded_rings(part, frame)])
        ]
        for adcode, shape in zip(units["adcode"], units.geometry, strict=True)
    }


def edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of a closed ring."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def junctions(rings: Iterable[tuple[str, Ring]]) -> set[Point]:
    """Return the points where the owners of the borders change."""
    owners: dict[frozenset[Point], set[str]] = {}
    for owner, ring in rings:
        for edge in edges(ring):
            owners.setdefault(frozenset(edge), set()).add(owner)
    around: dict[Point, list[set[str]]] = {}
    for edge, sides in owners.items():
        for point in edge:
            around.setdefault(point, []).append(sides)
    return {p for p, sides in around.items() if len(sides) != 2 or sides[0] != sides[1]}


def cut(ring: Ring, nodes: set[Point]) -> Iterator[tuple[Point, ...]]:
    """Cut a closed ring at its junctions; one without any starts at its smallest point."""
    stops = [i for i, point in enumerate(ring) if point in nodes] or [ring.index(min(ring))]
    turned = ring[stops[0] :] + ring[: stops[0] + 1]
    breaks = [stop - stops[0] for stop in stops] + [len(ring)]
    for start, end in pairwise(breaks):
        yield tuple(turned[start : end + 1])


def build_topology(levels: dict[str, dict[str, list[list[Ring]]]]) -> Topology:
    """Store every border once and describe each unit by the arcs around it."""
    nodes = junctions(
        (adcode + level, ring)
        for level, units in levels.items()
        for adcode, polygons in units.items()
        for polygon in polygons
        for ring in polygon
    )
    index: dict[tuple[Point, ...], int] = {}

    def reference(arc: tuple[Point, ...]) -> int:
        backwards = arc[::-1]
        if backwards < arc:
            return ~index.setdefault(backwards, len(index))
        return index.setdefault(arc, len(index))

    shapes = {
        level: {
            adcode: [[[reference(a) for a in cut(r, nodes)] for r in rings] for rings in polygons]
            for adcode, polygons in units.items()
        }
        for level, units in levels.items()
    }
    return Topology(list(index), shapes)


def delta_coded(points: Iterable[Point]) -> list[int]:
    """Return the first point and then the steps from each point to the next, flat."""
    array = np.asarray(list(points), dtype=np.int64)
    return [int(v) for v in np.diff(array, axis=0, prepend=0).ravel()]


def draw_land() -> list[list[int]]:
    """Return the land inside the rim of the world frame as delta-coded rings."""
    dense = shapely.segmentize(read_land().geometry.to_numpy(), LAND_SEGMENT_DEG)
    flat = shapely.transform(dense, lambda lon_lat: project(lon_lat, "world"))
    disc = shapely.Point(0, 0).buffer(WORLD_RADIUS_KM, quad_segs=90)
    merged = shapely.union_all(shapely.make_valid(flat), grid_size=1.0)
    shown = shapely.intersection(merged, disc).simplify(LAND_TOLERANCE_KM)
    polygons = [p for p in shapely.get_parts(shown) if p.geom_type == "Polygon"]
    rings = [r for p in polygons if p.area > 2_000 for r in (p.exterior, *p.interiors)]
    return [delta_coded(np.rint(shapely.get_coordinates(r) / LAND_STEP_KM)) for r in rings]


def partner_points(frame: str) -> dict[str, dict[str, Any]]:
    """Return where each partner stands in a frame; those outside stand on its rim."""
    reach = {"region": REGION_REACH_KM, "world": WORLD_RADIUS_KM}[frame]
    points = {}
    for partner in read_partners().to_dict("records"):
        place = LonLat(float(partner["lon"]), float(partner["lat"]))
        distance = distance_from_centre(place)
        shown = place if distance <= reach else toward(place, reach)
        points[partner["partner"]] = {
            "en": partner["name_en"],
            "zh": partner["name_zh"],
            "bloc": int(partner["kind"] == "bloc"),
            "km": round(distance),
            "beyond": int(distance > reach),
            "xy": [round(v) for v in project([shown], frame)[0]],
        }
        if partner["kind"] == "bloc":
            points[partner["partner"]]["members"] = list(partner["members"])
    return points


def unit_facts(levels: dict[str, GeoDataFrame], frame: str) -> dict[str, list[Any]]:
    """Return, by adcode, both names and the label point in steps of the frame."""
    facts: dict[str, list[Any]] = {}
    for units in levels.values():
        steps = np.rint(project(units[["label_lon", "label_lat"]], frame) / STEP_KM[frame])
        for unit, (x, y) in zip(units.to_dict("records"), steps, strict=True):
            facts[unit["adcode"]] = [
                unit["name_en"], unit["name_zh"], unit["short_en"], unit["short_zh"], int(x), int(y)
            ]  # fmt: skip
    return facts


def circle_point(frame: str) -> list[int]:
    """Return the middle of the Circle, between its two cores, in steps of the frame."""
    return [int(v) for v in np.rint(project([CENTRE], frame)[0] / STEP_KM[frame])]


def draw(vintage: str, frame: str) -> dict[str, Any]:
    """Return everything that the map needs to know about one vintage in one frame."""
    levels = {level: read_boundaries(level, vintage) for level in LEVELS}
    topology = build_topology({k: unit_polygons(units, frame) for k, units in levels.items()})
    source = source_of(vintage)
    return {
        "step_km": STEP_KM[frame],
        "source": [source.publisher.partition(" (")[0], source.approval_number or ""],
        "units": unit_facts(levels, frame),
        "circle": circle_point(frame),
        "partners": partner_points(frame),
        "rim_km": WORLD_RADIUS_KM if frame == "world" else 0,
        "land_step_km": LAND_STEP_KM,
        "land": draw_land() if frame == "world" else [],
        "shapes": topology.shapes,
        "arcs": [delta_coded(arc) for arc in topology.arcs],
    }


def main() -> None:
    """Write one file for each vintage and frame."""
    ASSETS.mkdir(parents=True, exist_ok=True)
    for vintage in VINTAGES:
        for frame in FRAMES:
            path = ASSETS / f"{vintage}_{frame}.json"
            drawn = json.dumps(draw(vintage, frame), ensure_ascii=False, separators=(",", ":"))
            path.write_text(drawn + "\n", encoding="utf-8")
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

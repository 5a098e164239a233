"""An RFC 7946 check that shares no line with the writer: standard library only."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise

DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
MOST_DECIMALS = 7
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def problems_of(content: bytes) -> list[str]:
    """Return what breaks RFC 7946 in a file, or what our own rules add to it."""
    if content.startswith(b"\xef\xbb\xbf"):
        return ["the file begins with a byte order mark (RFC 8259, 8.1)"]
    try:
        document = json.loads(
            content.decode("utf-8"), parse_float=Decimal, parse_constant=_no_constant,
            object_pairs_hook=_no_twice,
        )  # fmt: skip
    except ValueError as error:
        return [f"not JSON: {error}"]
    return [*_collection(document)]


def _no_constant(name):
    message = f"{name} is not JSON"
    raise ValueError(message)


def _no_twice(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        message = f"a name stands twice: {names}"
        raise ValueError(message)
    return dict(pairs)


def _collection(document):
    if document.get("type") != "FeatureCollection":
        yield "the file is no FeatureCollection (3.3)"
        return
    features = document.get("features")
    if not isinstance(features, list):
        yield "features is no array (3.3)"
        return
    for name in ("crs", "coordinates", "geometries", "geometry", "properties"):
        if name in document:
            yield f"a collection has no {name} member (4, 7.1)"
    ids = [feature.get("id") for feature in features]
    if len(set(ids)) != len(ids):
        yield "identifiers are not unique"
    positions = []
    for number, feature in enumerate(features):
        for problem in _feature(feature, positions):
            yield f"feature {number} ({feature.get('id')}): {problem}"
    yield from _bbox(document, positions)


def _feature(feature, positions):
    if feature.get("type") != "Feature":
        yield "no Feature (3.2)"
    if not isinstance(feature.get("id"), (str, int, Decimal)):
        yield "its id is no string or number (3.2)"
    if "properties" not in feature or not isinstance(feature["properties"], dict | None):
        yield "properties is no object and not null (3.2)"
    if "geometry" not in feature:
        yield "there is no geometry member (3.2)"
    for name in ("crs", "coordinates", "features", "geometries"):
        if name in feature:
            yield f"a feature has no {name} member (4, 7.1)"
    if feature.get("geometry") is not None:
        yield from _geometry(feature["geometry"], positions)


def _geometry(geometry, positions):
    kind = geometry.get("type")
    if kind not in DEPTH:
        yield f"{kind!r} is no geometry type (1.4)"
        return
    if set(geometry) - {"type", "coordinates", "bbox"}:
        yield "a geometry has foreign members"
    parts = [geometry["coordinates"]]
    for _ in range(DEPTH[kind]):
        parts = [part for group in parts for part in group]
    for position in parts:
        yield from _position(position)
    positions.extend(parts)
    lines = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}
    for line in lines.get(kind, []):
        yield from _line(line)
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in polygons.get(kind, []):
        for number, ring in enumerate(polygon):
            yield from _ring(ring, is_outer=number == 0)


def _position(position):
    if not isinstance(position, list) or len(position) != 2:
        yield f"{position} is no position of two numbers (3.1.1)"
        return
    for number, limit in zip(position, (180, 90), strict=True):
        if isinstance(number, bool) or not isinstance(number, int | Decimal):
            yield f"{number!r} is no number (3.1.1)"
        elif abs(number) > limit:
            yield f"{number} is beyond {limit} degrees (4)"
        elif isinstance(number, Decimal) and -number.as_tuple().exponent > MOST_DECIMALS:
            yield f"{number} has more than {MOST_DECIMALS} decimals (11.2)"


def _line(line):
    if len(line) < 2:
        yield "a line has fewer than two positions (3.1.4)"
    for before, after in pairwise(line):
        if abs(before[0] - after[0]) > 180:
            yield f"a line crosses the meridian of 180 degrees at {before} (3.1.9)"


def _ring(ring, *, is_outer):
    if len(ring) < 4:
        yield "a ring has fewer than four positions (3.1.6)"
    if ring[0] != ring[-1]:
        yield "a ring is not closed (3.1.6)"
    doubled = sum(
        Decimal(a[0]) * Decimal(b[1]) - Decimal(b[0]) * Decimal(a[1]) for a, b in pairwise(ring)
    )
    if doubled == 0:
        yield "a ring has no area"
    elif (doubled > 0) != is_outer:
        yield f"an {'outer' if is_outer else 'inner'} ring runs the wrong way (3.1.6)"


def _bbox(document, positions):
    if "bbox" not in document:
        if positions:
            yield "there is no bbox"
        return
    bbox = document["bbox"]
    lons, lats = [position[0] for position in positions], [position[1] for position in positions]
    if bbox != [min(lons), min(lats), max(lons), max(lats)]:
        yield f"the bbox {bbox} is not that of the positions (5)"

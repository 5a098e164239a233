"""GeoJSON as users bring it: parsed as JSON, checked by hand, and never given to GDAL."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
from shapely.geometry import shape

from ccgeo.io.collection import Feature
from ccgeo.io.decoding import decode_text
from ccgeo.io.faults import RefusedFileError, fault
from ccgeo.io.sheets import MOST_COLUMNS, MOST_ROWS, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEPEST: Final = 64
"""Most levels of arrays and objects in a file."""

_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_DEPTH: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_WGS84: Final = frozenset(
    {"urn:ogc:def:crs:ogc:1.3:crs84", "urn:ogc:def:crs:epsg::4326", "epsg:4326", "ogc:crs84"}
)
_LON, _LAT = 180.0, 90.0
_POSITION: Final = (2, 3)
_TOLD_EACH: Final = 1_000


def parse_json(content: bytes, *, is_strict: bool = False) -> Any:  # noqa: ANN401
    """Parse JSON within limits.

    Parameters
    ----------
    content : bytes
        UTF-8, with or without a mark, or UTF-16 with one.
    is_strict : bool
        Whether an object may name no member twice.

    Returns
    -------
    object
        What the JSON holds.

    Raises
    ------
    RefusedFileError
        It is not valid JSON, is nested too deeply, holds NaN or Infinity, or, if strict, names
        a member twice.

    Examples
    --------
    >>> parse_json(b'{"a": [1, null]}')
    {'a': [1, None]}
    """
    text, encoding = decode_text(content)
    if encoding == "gb18030":
        _refuse("text.encoding", "JSON is UTF-8")
    if _deepest(text.encode("utf-8", "surrogatepass")) > DEEPEST:
        _refuse("json.deep")
    try:
        return json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            object_pairs_hook=_once if is_strict else None,
        )
    except RefusedFileError:
        raise
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        kind = "json.damaged"
        raise RefusedFileError(kind, where) from error


def read_geojson(
    content: bytes,
    file: str = "table.geojson",
    *,
    on_progress: Callable[[float], None] | None = None,
) -> Table:
    """Read a feature collection as a table: a row for each feature.

    Parameters
    ----------
    content : bytes
        The file.
    file : str
        Its name.
    on_progress : callable, optional
        Called with the share that is read, from 0 to 1; what it raises ends the reading.

    Returns
    -------
    Table
        A column for ``id`` if there are any, one for each property, and ``lon`` and ``lat``
        of features that are points; a feature with a broken geometry is a fault.

    Raises
    ------
    RefusedFileError
        It is no feature collection of WGS 84, or larger than the limits.

    Examples
    --------
    >>> read_geojson(b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"a",'
    ...     b'"properties":{"title":"x"},"geometry":null}]}').rows
    [['a', 'x']]
    """
    features = _features(parse_json(content, is_strict=True))
    if not features:
        _refuse("geojson.no_features")
    usable = [each if isinstance(each, dict) else {} for each in features]
    names: dict[str, None] = {}
    for feature in usable:
        names.update(dict.fromkeys(_properties(feature)))
    has_point = any((each.get("geometry") or {}) and _is_point(each) for each in usable)
    extra = ["lon", "lat"] if has_point and not {"lon", "lat"} & set(names) else []
    has_id = any(each.get("id") is not None for each in usable)
    id_column = ["id"] if has_id and "id" not in names else []
    columns = [*id_column, *names, *extra]
    if len(columns) > MOST_COLUMNS:
        _refuse("table.too_many_columns", f"{len(columns):,}")
    table = Table(file, columns, [], [], form="geojson")
    seen: set[str] = set()
    for number, (whole, feature) in enumerate(zip(features, usable, strict=True), start=1):
        row: dict[str, Any] = {"id": feature.get("id"), **_properties(feature)}
        kinds = list(_feature_faults(whole, seen))
        if extra and not kinds and _is_point(feature):
            row |= dict(zip(extra, feature["geometry"]["coordinates"], strict=False))
        table.rows.append([_flat(row.get(column)) for column in columns])
        table.numbers.append(number)
        table.faults += [fault(file, number, column, value, kind) for column, value, kind in kinds]
        if on_progress is not None and not number % _TOLD_EACH:
            on_progress(number / len(features))
    return table


def read_features(content: bytes) -> tuple[list[Feature], dict[str, Any] | None]:
    """Read a feature collection as features, ready to be written again.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    features : list of Feature
        Every feature, in order.
    metadata : dict or None
        The ``metadata`` member, if there is one.

    Raises
    ------
    RefusedFileError
        It is no feature collection of WGS 84, or a feature is broken.

    Examples
    --------
    >>> from ccgeo.io.collection import feature_collection
    >>> content = feature_collection([Feature("a", {"n": 1}, None)])
    >>> feature_collection(read_features(content)[0]) == content
    True
    """
    document = parse_json(content, is_strict=True)
    found: list[Feature] = []
    seen: set[str] = set()
    for number, feature in enumerate(_features(document), start=1):
        for column, _, kind in _feature_faults(feature, seen):
            raise RefusedFileError(kind, column, number)
        geometry = feature["geometry"]
        drawn = None if geometry is None else shape(geometry)
        found.append(Feature(str(feature.get("id")), feature["properties"] or {}, drawn))
    return found, document.get("metadata")


def _features(document: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    kind = document.get("type") if isinstance(document, dict) else None
    if isinstance(kind, str) and kind in {*_DEPTH, "GeometryCollection"}:
        # A geometry by itself is valid GeoJSON: a feature without properties.
        document = {"features": [{"type": "Feature", "properties": None, "geometry": document}]}
    elif kind == "Feature":
        document = {"features": [document]}
    elif kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        _refuse("geojson.no_collection")
    if "crs" in document and not _is_wgs84(document["crs"]):
        _refuse("geojson.crs")
    features: list[Any] = document["features"]
    if len(features) > MOST_ROWS:
        _refuse("table.too_many_rows", f"{len(features):,}")
    return features


def _is_wgs84(crs: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    if crs is None:
        return True
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    return isinstance(name, str) and name.casefold() in _WGS84


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _is_point(feature: dict[str, Any]) -> bool:
    geometry = feature.get("geometry")
    return isinstance(geometry, dict) and geometry.get("type") == "Point"


def _flat(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def _feature_faults(feature: Any, seen: set[str]) -> Iterator[tuple[str, Any, str]]:  # noqa: ANN401
    """Yield column, value and kind of what is wrong with a feature."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield "", "", "feature.damaged"
        return
    if not isinstance(feature.get("properties", ""), dict | None):
        yield "properties", feature.get("properties"), "feature.properties"
    identifier = feature.get("id")
    if identifier is not None:
        if str(identifier) in seen:
            yield "id", identifier, "feature.double_id"
        seen.add(str(identifier))
    if "geometry" not in feature:
        yield "geometry", "", "feature.damaged"
    elif feature["geometry"] is not None:
        value = feature["geometry"]
        kind = _geometry_fault(value)
        if kind:
            yield "geometry", value.get("type") if isinstance(value, dict) else value, kind


def _geometry_fault(geometry: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(geometry, dict):
        return "geometry.type"
    if geometry.get("type") == "GeometryCollection":
        parts = geometry.get("geometries")
        if not isinstance(parts, list):
            return "geometry.coordinates"
        return next(filter(None, map(_geometry_fault, parts)), "")
    if str(geometry.get("type")) not in _DEPTH:
        return "geometry.type"
    if not isinstance(geometry.get("coordinates"), list):
        return "geometry.coordinates"
    return _coordinates_fault(geometry["type"], geometry["coordinates"])


def _coordinates_fault(kind: str, coordinates: list[Any]) -> str:
    parts: list[Any] = [coordinates]
    lines: list[Any] = []
    for _ in range(_DEPTH[kind]):
        lines = parts
        if not all(isinstance(part, list) for part in parts):
            return "geometry.position"
        parts = [part for group in parts for part in group]
    found = next(filter(None, map(_position_fault, parts)), "")
    if found or kind in {"Point", "MultiPoint"}:
        return found
    if "Line" in kind:
        least = 2
        return "geometry.line" if any(len(line) < least for line in lines) else ""
    return _ring_fault(lines)


def _ring_fault(rings: list[Any]) -> str:
    least = 4
    for ring in rings:
        if len(ring) < least:
            return "geometry.ring"
        if ring[0] != ring[-1]:
            return "geometry.open"
    return "" if rings else "geometry.coordinates"


def _position_fault(position: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(position, list) or len(position) not in _POSITION:
        return "geometry.position"
    if not all(type(number) in {int, float} for number in position):
        return "geometry.position"
    lon, lat = position[:2]
    if abs(lon) <= _LON and abs(lat) <= _LAT:
        return ""
    is_swapped = abs(lon) <= _LAT < abs(lat) <= _LON
    return "geometry.swapped" if is_swapped else "geometry.range"


def _deepest(content: bytes) -> int:
    """Return how deep brackets nest, without parsing anything."""
    codes = np.frombuffer(_STRING.sub(b"", content), dtype=np.uint8)
    opened = ((codes == ord("[")) | (codes == ord("{"))).astype(np.int32)
    closed = ((codes == ord("]")) | (codes == ord("}"))).astype(np.int32)
    return int(np.cumsum(opened - closed).max(initial=0))


def _no_constant(name: str) -> NoReturn:
    _refuse("json.not_finite", name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse("json.not_finite", text[:20])
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        _refuse("json.double_name", next(name for name in names if names.count(name) > 1)[:40])
    return found


def _refuse(kind: str, detail: str = "") -> NoReturn:
    raise RefusedFileError(kind, detail)

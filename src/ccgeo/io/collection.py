"""A feature collection after RFC 7946, column by column, the same bytes for the same features.

Features of one kind share their attributes, and most values of an attribute stand in many of
them: each is turned into text once a batch, and a row is a template filled in.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache
from itertools import groupby
from operator import methodcaller
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

DECIMALS: Final = 7
"""Most decimals of a position: 1e-7 degrees is a centimetre, more would claim what no boundary
knows."""

_BATCH: Final = 2_048
_MOST_KNOWN: Final = 50_000
_NUMBERS: Final = frozenset({int, float, bool, type(None)})
_TEXTS: Final = frozenset({str, type(None)})
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ENCODE_APART: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=("\0", ":")
).encode
_HEAD: Final = ',\n{"type":"Feature","id":'
_PROPERTIES: Final = b',"properties":{'
_GEOMETRY: Final = b'},"geometry":'
_FIRST_POLYGON: Final = 3
_LONG: Final = re.compile(r"-?\d+\.\d{8,}")
_VALUES: Final = methodcaller("values")


class _Members(dict[str | None, bytes]):
    """What stands before a value, and the value, for the texts met: most stand in many features.

    Only texts and None are kept; they are equal to nothing that is written otherwise.
    """

    def __init__(self, before: str) -> None:
        super().__init__()
        self.before = before

    def learn(self, texts: Sequence[str | None]) -> None:
        """Keep some texts."""
        if len(self) > _MOST_KNOWN:
            self.clear()
        self.update(zip(texts, _written(self.before, texts), strict=True))


class Feature(NamedTuple):
    """One feature of a file.

    Attributes
    ----------
    id : str
        Identifier, unique in the file and the same in every file that shows this thing.
    properties : mapping of str to object
        Attributes, ready for JSON.
    geometry : shapely geometry or None
        Geometry in EPSG:4326, longitude first; None for what has no place on the map.
    """

    id: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None


def feature_collection(
    features: Sequence[Feature], metadata: Mapping[str, Any] | None = None
) -> bytes:
    """Write features as a GeoJSON file after RFC 7946.

    Outer rings run counter-clockwise, positions have at most 7 decimals, there is no CRS
    member, and the whole has a bounding box if anything in it has a geometry.

    Parameters
    ----------
    features : sequence of Feature
        Features, in the order to write them.
    metadata : mapping of str to object, optional
        Foreign member that says what the file is.

    Returns
    -------
    bytes
        UTF-8 text, one feature a line.

    Raises
    ------
    ValueError
        Two features share an identifier, or a value is not JSON.

    Examples
    --------
    >>> feature_collection([Feature("a", {}, shapely.Point(104, 30))]).splitlines()[0]
    b'{"type":"FeatureCollection","bbox":[104.0,30.0,104.0,30.0],"features":['
    """
    if len({feature.id for feature in features}) != len(features):
        message = "two features share an identifier"
        raise ValueError(message)
    geometries = _settled([feature.geometry for feature in features])
    members = ['"type":"FeatureCollection"']
    if metadata is not None:
        members.append(f'"metadata":{json_text(metadata)}')
    if bbox := _bbox(geometries):
        members.append(f'"bbox":{json_text(bbox)}')
    head = f'{{{",".join(members)},"features":['.encode()
    first, *rest = _batches(features, _geometry_texts(geometries)) if features else (b",\n",)
    # Each line comes after a comma, also the first.
    return b"".join((head, first[1:], *rest, b"\n]}\n"))


def json_text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Write a value as JSON without spaces.

    Parameters
    ----------
    value : object
        Text, number, bool, None, or lists and mappings of them.

    Returns
    -------
    str
        JSON; text outside ASCII stays as it is.

    Raises
    ------
    ValueError
        A number is NaN or infinite.

    Examples
    --------
    >>> json_text({"name": "重庆", "parts": [1, None]})
    '{"name":"重庆","parts":[1,null]}'
    """
    return _ENCODE(value)


def _batches(features: Sequence[Feature], geometries: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the lines of features, each after a comma, those of the same attributes together."""
    pieces = cache(_members)
    end = 0
    for names, alike in groupby(map(tuple, (feature.properties for feature in features))):
        start, end = end, end + sum(1 for _ in alike)
        members = pieces(names)
        for at in range(start, end, _BATCH):
            to = min(at + _BATCH, end)
            ids, properties, _ = zip(*features[at:to], strict=True)
            values = [ids, *zip(*map(_VALUES, properties), strict=True)]
            first, *rest = (_texts(*pair) for pair in zip(members, values, strict=True))
            opened, closed = ([text] * len(ids) for text in (_PROPERTIES, _GEOMETRY))
            yield _woven([first, opened, *rest, closed, geometries[at:to]])


def _members(names: Sequence[str]) -> list[_Members]:
    """Return what is known of the id and of each attribute."""
    commas = ("", *[","] * len(names))
    keys = [f"{comma}{_ENCODE(name)}:" for comma, name in zip(commas, names, strict=False)]
    return [_Members(before) for before in (_HEAD, *keys)]


def _texts(members: _Members, column: Sequence[Any]) -> Sequence[bytes]:
    """Return each value of a column as JSON, after what stands before it."""
    with suppress(KeyError, TypeError):
        return list(map(members.__getitem__, column))
    kinds = set(map(type, column))
    if kinds <= _TEXTS:
        different = set(column)
        # What is new nearly everywhere, as an id is, will not be met again.
        if 2 * len(different.difference(members)) <= len(column):
            members.learn(list(different))
            return list(map(members.__getitem__, column))
    if kinds <= _TEXTS or kinds <= _NUMBERS:
        return _written(members.before, column)
    return [f"{members.before}{_ENCODE(value)}".encode() for value in column]


def _written(before: str, values: Sequence[Any]) -> list[bytes]:
    """Write texts or numbers all at once, each after what stands before it."""
    # JSON has no NUL inside a text, so the whole comes apart between the values and nowhere else.
    joined = _ENCODE_APART(values)[1:-1].replace("\0", f"\0{before}")
    return f"{before}{joined}".encode().split(b"\0") if values else []


def _woven(columns: Sequence[Sequence[bytes]]) -> bytes:
    """Return the columns row by row."""
    width = len(columns)
    parts = [b""] * (width * len(columns[0]))
    for at, column in enumerate(columns):
        parts[at::width] = column
    return b"".join(parts)


def _settled(geometries: Sequence[BaseGeometry | None]) -> Any:  # noqa: ANN401 - of objects
    """Return geometries as they are written: flat, of at most 7 decimals, rings turned."""
    flat = shapely.transform(np.array(geometries, dtype=object), _rounded)
    has_rings = shapely.get_type_id(flat) >= _FIRST_POLYGON
    flat[has_rings] = shapely.orient_polygons(flat[has_rings])
    return flat


def _bbox(geometries: Any) -> list[float]:  # noqa: ANN401 - an array of objects
    points = shapely.get_coordinates(geometries)
    return [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()] if len(points) else []


def _rounded(points: Any) -> Any:  # noqa: ANN401 - an array of float64
    # Adding zero turns -0.0 into 0.0.
    return np.round(points, DECIMALS) + 0.0


def _geometry_texts(geometries: Any) -> list[bytes]:  # noqa: ANN401 - an array of objects
    texts = shapely.to_geojson(geometries)
    texts[shapely.is_missing(geometries)] = "null"
    # GEOS says of an empty polygon that it has one ring, of nothing.
    for at in np.flatnonzero(shapely.is_empty(geometries)):
        texts[at] = texts[at].replace("[[]]", "[]")
    return [f"{_LONG.sub(_shortest, text)}}}".encode() for text in texts]


def _shortest(number: re.Match[str]) -> str:
    # One number in a thousand comes from GEOS longer than it has to be.
    return repr(round(float(number[0]), DECIMALS))

"""GeoJSON comes in by its own structure, and goes out again byte for byte."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io.collection import Feature, feature_collection
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.features import DEEPEST, parse_json, read_features, read_geojson
from ccgeo.io.geojson import layer_bytes
from ccgeo.query.selection import DEFAULT_SELECTION, View

DEGREES = st.floats(-80, 80).map(lambda number: round(number, 7) + 0.0)
POINTS = st.builds(shapely.Point, DEGREES, DEGREES)
LINES = st.lists(st.tuples(DEGREES, DEGREES), min_size=2, max_size=4).map(shapely.LineString)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = TEXTS | st.integers(-(10**15), 10**15) | st.booleans() | st.none() | DEGREES
PROPERTIES = st.dictionaries(TEXTS, VALUES, max_size=4)


def collection(features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(geometry=None, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@given(st.lists(st.tuples(PROPERTIES, st.none() | POINTS | LINES), min_size=1, max_size=5))
def test_what_is_written_read_and_written_again_is_the_same(things):
    features = [Feature(str(n), *thing) for n, thing in enumerate(things)]
    content = feature_collection(features, {"title": "x"})

    again, metadata = read_features(content)

    assert feature_collection(again, metadata) == content


def test_a_whole_layer_comes_back_byte_for_byte():
    content = layer_bytes(DEFAULT_SELECTION, View(level="prefecture"))

    assert feature_collection(*read_features(content)) == content


def test_points_become_columns():
    content = collection([feature({"type": "Point", "coordinates": [106.5, 29.5, 200]}, title="x")])

    table = read_geojson(content)

    assert table.columns == ["title", "lon", "lat"]
    assert table.rows == [["x", 106.5, 29.5]]


def test_nested_properties_become_text():
    assert read_geojson(collection([feature(a={"b": [1, "重"]})])).rows == [['{"b":[1,"重"]}']]


def test_properties_may_differ_from_feature_to_feature():
    table = read_geojson(collection([feature(a=1), feature(b=2)]))

    assert table.columns == ["a", "b"]
    assert table.rows == [[1, None], [None, 2]]


@pytest.mark.parametrize("geometry", [
    {"type": "Point", "coordinates": [1, 2]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]},
])  # fmt: skip
def test_a_geometry_or_a_feature_alone_is_one_feature(geometry):
    for document in (geometry, feature(geometry)):
        (found,), _ = read_features(json.dumps(document).encode())
        assert not found.geometry.is_empty


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[NaN]",
        b"[-Infinity]",
        b"[1e400]",
        b'{"a":1} x',
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b"[" * 200_000,
        b"[" + b"9" * 10_000 + b"]",
        "重".encode("gb18030") * 5,
    ],
)
def test_what_is_no_json_is_refused(content):
    with pytest.raises(RefusedFileError):
        parse_json(content)


def test_a_name_that_stands_twice_is_refused_where_it_would_lose_something():
    content = b'{"a": 1, "a": 2}'

    assert parse_json(content) == {"a": 2}
    with pytest.raises(RefusedFileError, match="twice"):
        parse_json(content, is_strict=True)


def test_brackets_in_texts_are_no_depth():
    text = "[" * 500 + '\\"'

    assert parse_json(b'["' + text.encode() + b'"]') == ["[" * 500 + '"']


@pytest.mark.parametrize(
    "document",
    [
        {"type": "FeatureCollection"},
        {"type": ["Feature"]},
        {"type": "FeatureCollection", "features": []},
        {"type": "FeatureCollection", "features": [feature()],
         "crs": {"properties": {"name": "EPSG:3857"}}},
        {"type": "FeatureCollection", "features": [feature(**{f"p{n}": 1 for n in range(201)})]},
    ],
)  # fmt: skip
def test_what_is_no_table_of_features_is_refused(document):
    with pytest.raises(RefusedFileError):
        read_geojson(json.dumps(document).encode())


def test_a_broken_feature_is_refused_where_a_whole_file_is_wanted():
    content = collection([feature(), feature({"type": "Point", "coordinates": [300, 2]})])

    with pytest.raises(RefusedFileError, match="geometry") as caught:
        read_features(content)
    assert caught.value.row == 2


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "geometry", "properties", "coordinates", "features",
                                       "id", "geometries", "crs"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(st.lists(JUNK, min_size=1, max_size=3), JUNK)
def test_any_json_gives_a_table_or_a_refusal(features, geometry):
    whole = [*features, {"type": "Feature", "properties": {}, "geometry": geometry}]
    try:
        table = read_geojson(collection(whole))
    except RefusedFileError:
        return
    assert len(table.rows) == len(whole)

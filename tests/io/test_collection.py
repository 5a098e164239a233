"""Whatever features hold, the collection holds: written fast, it is what plain JSON would be."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc7946_check import problems_of

from ccgeo.io import collection as module
from ccgeo.io.collection import Feature, feature_collection, json_text

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    PLAIN | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=4
)
NAMES = st.sampled_from(["a", "b%s", 'c"', "名", "\0", ""])
POINTS = st.none() | st.builds(
    shapely.Point, st.floats(-180, 180, width=32), st.floats(-90, 90, width=32)
)
FEATURES = st.lists(st.tuples(st.dictionaries(NAMES, VALUES, max_size=3), POINTS), max_size=8)


def features_of(pairs):
    return [Feature(f"f{n}", properties, where) for n, (properties, where) in enumerate(pairs)]


@settings(max_examples=60)
@given(FEATURES)
def test_every_value_is_written_as_plain_json_writes_it(pairs):
    features = features_of(pairs)

    lines = feature_collection(features).decode().split("\n")[1:-2]

    for feature, line in zip(features, filter(None, lines), strict=True):
        told = {"type": "Feature", "id": feature.id, "properties": feature.properties}
        assert line.startswith(json_text(told)[:-1])


@settings(max_examples=60)
@given(FEATURES)
def test_what_is_written_is_right_for_every_reader(pairs):
    assert problems_of(feature_collection(features_of(pairs))) == []


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=5))
def test_positions_are_those_of_the_points_to_seven_decimals(points):
    features = [Feature(str(n), {}, shapely.Point(point)) for n, point in enumerate(points)]

    document = json.loads(feature_collection(features))

    found = [each["geometry"]["coordinates"] for each in document["features"]]
    assert found == [[round(number, 7) for number in point] for point in points]


def test_many_features_of_several_kinds_keep_their_order_over_batches(monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 3)
    monkeypatch.setattr(module, "_MOST_KNOWN", 2)
    features = [
        Feature(f"f{n}", {"title": f"t{n % 4}", "n": n} if n % 7 else {"n": None}, None)
        for n in range(40)
    ]

    document = json.loads(feature_collection(features))

    assert [each["id"] for each in document["features"]] == [each.id for each in features]
    assert [each["properties"] for each in document["features"]] == [
        dict(each.properties) for each in features
    ]


def test_numbers_that_are_equal_and_not_the_same_stay_apart():
    values = [1, 1.0, True, 0, 0.0, False, None, "1"]
    features = [Feature(str(n), {"v": value, "w": value}, None) for n, value in enumerate(values)]

    back = [each["properties"] for each in json.loads(feature_collection(features))["features"]]

    assert [repr(each["v"]) for each in back] == [repr(value) for value in values]
    assert [repr(each["w"]) for each in back[:7]] == [repr(value) for value in values[:7]]


@pytest.mark.parametrize(
    ("geometry", "coordinates"),
    [
        (shapely.Polygon(), []),
        (shapely.Point(), []),
        (shapely.MultiPolygon(), []),
        (shapely.LineString([(1, 2, 3), (4, 5, 6)]), [[1, 2], [4, 5]]),
        (shapely.Point(-0.0, -1e-9), [0, 0]),
    ],
)
def test_a_geometry_is_flat_and_an_empty_one_has_no_position(geometry, coordinates):
    (feature,) = json.loads(feature_collection([Feature("a", {}, geometry)]))["features"]

    assert feature["geometry"]["coordinates"] == coordinates
    assert "-0" not in json.dumps(feature["geometry"])


def test_parts_of_a_collection_are_written_too():
    parts = shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(0, 0, 1, 1)])

    (feature,) = json.loads(feature_collection([Feature("a", {}, parts)]))["features"]

    assert [part["type"] for part in feature["geometry"]["geometries"]] == ["Point", "Polygon"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("nan")]])
def test_a_number_that_json_does_not_know_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        json_text(value)
    with pytest.raises(ValueError, match="JSON"):
        feature_collection([Feature("a", {"v": value}, None)])


def test_an_identifier_stands_once():
    with pytest.raises(ValueError, match="share an identifier"):
        feature_collection([Feature("a", {}, None), Feature("a", {}, None)])


def test_a_collection_of_nothing_is_a_file():
    assert json.loads(feature_collection([], {"n": 1})) == {
        "type": "FeatureCollection", "metadata": {"n": 1}, "features": [],
    }  # fmt: skip

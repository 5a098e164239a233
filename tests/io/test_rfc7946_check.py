"""The check itself finds what it is there to find."""

from __future__ import annotations

import json

import pytest
from rfc7946_check import problems_of

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
HOLE = [[0.5, 0.5], [0.5, 1], [1, 1], [1, 0.5], [0.5, 0.5]]


def document(geometry, **more):
    feature = {"type": "Feature", "id": "a", "properties": {}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature], **more}


def problems(geometry, **more):
    return problems_of(json.dumps(document(geometry, **more)).encode())


def test_a_right_file_has_no_problem():
    polygon = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}

    assert problems(polygon, bbox=[0, 0, 2, 2]) == []
    assert problems(None) == []


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE[::-1]]}, "wrong way"),
        ({"type": "Polygon", "coordinates": [SQUARE, HOLE[::-1]]}, "wrong way"),
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}, "fewer than four"),
        ({"type": "LineString", "coordinates": [[170, 0], [-170, 0]]}, "meridian"),
        ({"type": "LineString", "coordinates": [[1, 1]]}, "fewer than two"),
        ({"type": "Point", "coordinates": [200, 0]}, "beyond 180"),
        ({"type": "Point", "coordinates": [0, -91]}, "beyond 90"),
        ({"type": "Point", "coordinates": [0.12345678, 1]}, "decimals"),
        ({"type": "Point", "coordinates": ["0", 1]}, "no number"),
        ({"type": "Point", "coordinates": [0, 1, 2]}, "two numbers"),
        ({"type": "Circle", "coordinates": [0, 1]}, "no geometry type"),
        ({"type": "Point", "coordinates": [0, 1], "crs": {}}, "foreign members"),
    ],
)
def test_a_wrong_geometry_is_told(geometry, told):
    assert any(told in problem for problem in problems(geometry))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'\xef\xbb\xbf{"type": "FeatureCollection"}', "byte order"),
        (b'{"type": "Feature"}', "no FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "no array"),
        (b'{"type": "FeatureCollection", "features": [{}]}', "no Feature"),
        (b'{"type": "FeatureCollection", "features": [], "crs": {}}', "crs"),
    ],
)
def test_a_wrong_file_is_told(content, told):
    assert any(told in problem for problem in problems_of(content))


def test_ids_and_the_bounding_box_are_looked_at():
    point = {"type": "Point", "coordinates": [1, 2]}
    twice = document(point)
    twice["features"] *= 2

    assert any("unique" in problem for problem in problems_of(json.dumps(twice).encode()))
    assert any("bbox" in problem for problem in problems(point, bbox=[0, 0, 1, 1]))
    assert any("bbox" in problem for problem in problems(point))

"""Zones over the choropleth: their districts, their points, few bytes."""

import base64
import json
import zlib

import pytest

from ccgeo.layers.zones import build_zones, zone_cover
from ccgeo.places.gazetteer import district_codes
from ccgeo.query.selection import View
from ccgeo.views.live_map.cover import cover_marks, cover_points, point_label
from ccgeo.views.live_map.overlay import pack_zones

LARGEST = 15_000


def content(*zones, language="en"):
    packed = pack_zones("2025", language, frozenset(zones))
    return json.loads(zlib.decompress(base64.b64decode(packed.text)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_zones_travel_in_few_bytes(language):
    assert len(pack_zones("2025", language, frozenset()).text) < LARGEST


def test_marks_are_those_of_the_layer_one_a_district():
    cover = zone_cover(build_zones(["cq-liangjiang-na"], View()))
    marks = content("cq-liangjiang-na")["marks"]
    assert marks == cover_marks(cover)
    marked = dict(zip(district_codes("2025"), marks, strict=True))
    assert {code for code, mark in marked.items() if mark != "-"} == set(cover.extents)


def test_a_label_point_is_said_to_be_no_boundary():
    assert "no boundary" in content()["point_label"] == point_label("en")
    assert "\u5e76\u975e\u8fb9\u754c" in point_label("zh")


def test_a_point_stands_in_both_frames():
    (point,) = cover_points([("z", "Zone", 104.0, 30.5)])
    assert point["id"] == "z"
    assert len(point["region"]) == len(point["world"]) == 2

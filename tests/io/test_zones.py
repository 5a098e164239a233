"""Zones and the circle as files that say what they are."""

from __future__ import annotations

import json

import pytest
from tests.io.rfc7946_check import problems_of

from ccgeo.io.zones import circle_bytes, zones_bytes
from ccgeo.layers.circle import build_circle
from ccgeo.layers.zones import build_zones
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.selection import View

vintages = pytest.mark.parametrize("vintage", VINTAGES)


@vintages
def test_the_file_of_zones_follows_the_standard(vintage):
    content = zones_bytes(build_zones([], View(vintage=vintage)))
    assert problems_of(content) == []
    assert content == zones_bytes(build_zones([], View(vintage=vintage)))


def test_a_label_point_in_a_file_says_that_it_is_no_boundary():
    layer = json.loads(zones_bytes(build_zones(["x-gaozhu"], View())))
    kinds = [feature["properties"]["feature"] for feature in layer["features"]]
    assert kinds == ["zone_member", "zone_member", "zone_label"]
    point = layer["features"][-1]
    assert point["geometry"]["type"] == "Point"
    assert "neither its boundary" in point["properties"]["note"]
    assert "never added" in layer["metadata"]["totals"]


@vintages
def test_the_file_of_the_circle_follows_the_standard(vintage):
    content = circle_bytes(build_circle(View(vintage=vintage)))
    assert problems_of(content) == []
    states = {each["properties"]["circle"] for each in json.loads(content)["features"]}
    assert states == {"in", "partly", "out"}
    assert json.loads(content)["metadata"]["stated_area"]["area_km2"] == 185_000

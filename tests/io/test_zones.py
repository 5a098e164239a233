"""Zones and the circle as files that say what they are."""

from __future__ import annotations

import json

import pytest
from tests.io.rfc7946_check import problems_of

from ccgeo.io.geojson import layer_parts
from ccgeo.io.zones import circle_bytes, zone_features, zone_notes, zones_bytes
from ccgeo.layers.circle import build_circle
from ccgeo.layers.zones import build_zones
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import zone_members
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import Selection, View
from ccgeo.query.zones import zone_totals

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


def test_the_zones_of_a_selection_are_those_its_records_name():
    selected = select(read_placed(), Selection(years=(2018, 2020)))
    features = zone_features(selected, View())

    named = {zone for zones in selected["zones"] for zone in zones}
    assert {each.properties["zone_id"] for each in features} == named
    totals = zone_totals(selected, [each.properties["zone_id"] for each in features])
    assert [each.properties["entries"] for each in features] == totals["entries"].tolist()
    for each, fen, stated in zip(
        features, totals["amount_fen"], totals["amount_stated"], strict=True
    ):
        amount = each.properties["amount_cny"]
        assert (round(100 * amount) == fen) if stated else (amount is None)


@vintages
def test_a_zone_of_a_selection_names_its_districts_of_the_boundaries(vintage):
    view = View(vintage=vintage)
    by_id = {f.properties["zone_id"]: f for f in zone_features(read_placed(), view)}

    properties = by_id["cq-liangjiang-na"].properties
    whole, part = zone_members("cq-liangjiang-na", vintage)
    assert properties["districts_whole"] == (";".join(whole) or None)
    assert properties["districts_part"] == (";".join(part) or None)
    assert "neither its boundary" in properties["note"]


def test_a_file_with_zones_says_that_they_never_add():
    selection = Selection(years=(2018, 2020))

    assert "never added" in layer_parts(selection, View(), ["zones"]).metadata["zones"]["totals"]
    assert "zones" not in layer_parts(selection, View(), ["flows"]).metadata
    nothing = select(read_placed(), Selection(years=(2003, 2003), min_amount_fen=10**17))
    assert zone_features(nothing, View()) == []
    assert set(zone_notes()) == {"label_points", "totals"}

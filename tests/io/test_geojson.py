"""The file says what it is, holds everything, and is right for every reader."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rfc7946_check import problems_of
from shapely.geometry import shape
from toy_entries import at, toy_placed
from toy_layers import ANCHORS, KINDS, toy_units

from ccgeo.io.geojson import (
    Feature,
    feature_collection,
    flow_features,
    layer_bytes,
    layer_metadata,
    record_features,
    unit_features,
)
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.measures import summarise
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View, parse_selection
from ccgeo.query.vocabulary import VIEW_CHOICES

NARROW = Selection(years=(2015, 2022), sectors=frozenset({"automotive", "electronics"}))
CLOCKWISE = shapely.Polygon([(0, 0), (0, 2), (2, 2), (2, 0)], [[(0.5, 0.5), (1, 0.5), (1, 1)]])

VERTICES = st.lists(
    st.tuples(st.floats(-179, 179), st.floats(-89, 89)), min_size=3, max_size=8, unique=True
)
POLYGONS = VERTICES.map(lambda found: shapely.MultiPoint(found).convex_hull.buffer(0.1)).filter(
    lambda polygon: polygon.geom_type == "Polygon" and abs(polygon.bounds[0]) < 179.8
)


def read(content):
    return json.loads(content)


def layer_of(*changes, **view):
    return build_choropleth(toy_placed(*changes), View(**view), units=toy_units())


def flows_layer(*changes):
    return build_flows(toy_placed(*changes), View(), anchors=ANCHORS, kinds=KINDS)


@given(st.lists(POLYGONS, max_size=4))
def test_whatever_is_drawn_the_file_is_right(polygons):
    features = [
        Feature(f"p{number}", {}, polygon if number % 2 else polygon.reverse())
        for number, polygon in enumerate(polygons)
    ]

    assert problems_of(feature_collection(features)) == []


def test_rings_are_turned_the_right_way_and_keep_their_shape():
    content = feature_collection([Feature("a", {}, CLOCKWISE)])

    assert problems_of(content) == []
    assert shape(read(content)["features"][0]["geometry"]).equals(CLOCKWISE)


def test_positions_are_rounded_to_a_centimetre_and_lose_their_height():
    content = feature_collection([Feature("a", {}, shapely.Point(104.123456789, -0.00000001, 5))])

    assert read(content)["features"][0]["geometry"]["coordinates"] == [104.1234568, 0.0]
    assert b"-0.0" not in content


def test_features_without_geometry_have_no_bounding_box():
    content = feature_collection([Feature("a", {}, None)])

    assert problems_of(content) == []
    assert "bbox" not in read(content)
    assert read(content)["features"][0]["geometry"] is None


def test_no_features_are_a_collection_too():
    assert read(feature_collection([])) == {"type": "FeatureCollection", "features": []}


def test_two_features_of_one_id_are_refused():
    with pytest.raises(ValueError, match="identifier"):
        feature_collection([Feature("a", {}, None), Feature("a", {}, None)])


def test_what_is_not_json_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        feature_collection([Feature("a", {"value": np.nan}, None)])


@given(st.text())
def test_any_text_comes_through_unharmed(text):
    content = feature_collection([Feature("a", {"title": text}, None)], {"sentence": text})

    assert read(content)["features"][0]["properties"]["title"] == text
    assert read(content)["metadata"]["sentence"] == text


def test_units_say_what_is_stated_and_null_for_what_is_not():
    features = unit_features(layer_of({**at("510104"), "amount_fen": 150}, at("510105")))
    found = {feature.properties["adcode"]: feature.properties for feature in features}

    assert found["510104"]["amount_cny"] == 1.5
    assert found["510104"]["class"] == 0
    assert found["510104"]["class_label"] == "CNY 1.5"
    assert found["510105"]["amount_cny"] is None
    assert found["510105"]["projects"] == 1
    assert found["510402"]["projects"] is None
    assert found["510402"]["value"] is None
    assert found["510402"]["class"] is None


def test_flows_carry_everything_a_line_was_drawn_from():
    layer = flows_layer({"partners": ("SG",), "amount_fen": 10**11, **at("500103")})
    (feature,) = flow_features(layer)

    assert feature.id == "flow-SG-district-500103-unstated"
    assert feature.properties["amount_cny"] == 10**9
    assert feature.properties["origin_name_zh"] == "新加坡"
    assert feature.properties["width"] == 10
    assert feature.geometry.geom_type == "LineString"
    assert problems_of(feature_collection([feature])) == []


def test_a_flow_over_the_pacific_is_cut_in_the_file():
    layer = flows_layer({"partners": ("US",), **at("500103")})

    assert problems_of(feature_collection(flow_features(layer))) == []


def test_records_have_no_geometry_and_name_their_source():
    placed = toy_placed({**at("510000"), "title": "=cmd()", "amount_fen": 99})
    (feature,) = record_features(placed, View())

    assert feature.geometry is None
    assert feature.id == "record-E0"
    assert feature.properties["title"] == "=cmd()"
    assert feature.properties["amount_cny"] == 0.99
    assert feature.properties["source_title"]


def test_the_metadata_lists_what_is_beside_the_map_and_beside_the_lines():
    change = {**at("510000"), "partners": ("SG", "US"), "amount_fen": 300}
    said = layer_metadata(layer_of(change), flows_layer(change), sources=[{"source_id": "S"}])

    assert said["not_mapped"] == [
        {"known_level": "province", "entries": 1, "projects": 1, "projects_stated": 1,
         "amount_stated": 1, "amount_cny": 3}
    ]  # fmt: skip
    assert said["flows_not_drawn"][0]["reason"] == "several_partners"
    assert said["total"]["amount_cny"] == 3
    assert said["sources"] == [{"source_id": "S"}]
    assert json.dumps(said)


@pytest.mark.parametrize("vintage", VIEW_CHOICES["vintage"])
@pytest.mark.parametrize("level", VIEW_CHOICES["level"])
def test_the_layer_of_a_real_selection_is_right(level, vintage):
    assert problems_of(layer_bytes(NARROW, View(level=level, vintage=vintage))) == []


def test_the_same_question_gives_the_same_bytes():
    assert layer_bytes(NARROW, View()) == layer_bytes(NARROW, View())


def test_the_file_holds_the_whole_selection_exactly():
    view = View()
    document = read(layer_bytes(NARROW, view))
    selected = select(read_placed(), NARROW)
    summary = summarise(selected, view.level, view.vintage)

    def fen(kind):
        found = [item["properties"] for item in document["features"]
                 if item["properties"]["feature"] == kind]  # fmt: skip
        return sum(round(100 * (each["amount_cny"] or 0)) for each in found)

    assert fen("unit") + fen("record") == summary.total.amount_fen
    assert round(100 * document["metadata"]["total"]["amount_cny"]) == summary.total.amount_fen


def test_the_question_can_be_asked_again_from_the_file():
    view = View(level="prefecture", measure="projects")
    said = read(layer_bytes(NARROW, view))["metadata"]["selection"]

    assert parse_selection(said) == (NARROW, view, ())


def test_the_file_names_its_sources_boundaries_and_caveats():
    said = read(layer_bytes(DEFAULT_SELECTION, View(level="province")))["metadata"]

    assert said["boundaries"]["approval_number"] == "GS(2024)0650"
    assert "not what was spent" in said["amounts"]
    assert all(source["source_title"] for source in said["sources"])
    assert said["data_version"]
    assert said["sentence"]

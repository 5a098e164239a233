"""Flows are geodesics between known ends, true in length, and cut where files need it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from toy_entries import at, placed_entries, toy_placed
from toy_layers import ANCHORS, KINDS

from ccgeo.layers.flows import Anchor, build_flows, geodesic, read_anchors
from ccgeo.query.measures import SUMS
from ccgeo.query.selection import View
from ccgeo.query.vocabulary import VIEW_CHOICES

GEOD = Geod(ellps="WGS84")
POINTS = st.tuples(
    st.floats(-179.9, 179.9).map(lambda lon: round(lon, 4)),
    st.floats(-80, 80).map(lambda lat: round(lat, 4)),
)
CHENGDU, VANCOUVER, SUVA = (104.06, 30.67), (-123.12, 49.28), (178.44, -18.14)


def build(*changes, **view):
    return build_flows(toy_placed(*changes), View(**view), anchors=ANCHORS, kinds=KINDS)


def deal(partner, place, amount=None, direction="inbound"):
    where = at(place) if place.isdigit() else {"place_level": place, "place_ids": ("x",)}
    return {"partners": (partner,), "direction": direction, "amount_fen": amount, **where}


@given(POINTS, POINTS)
def test_a_geodesic_is_as_long_as_the_ellipsoid_says(start, end):
    line, length_km = geodesic(start, end)

    assert length_km == pytest.approx(GEOD.inv(*start, *end)[2] / 1000)
    # Antipodes and lines over a pole are drawn less finely than they are measured.
    assume(length_km < 19_000)
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(length_km, rel=2e-2, abs=0.1)


@given(POINTS, POINTS)
def test_no_line_crosses_the_meridian_of_180(start, end):
    line, _ = geodesic(start, end)

    for part in shapely.get_parts(line):
        lons = shapely.get_coordinates(part)[:, 0]
        assert (np.abs(lons) <= 180).all()
        assert (np.abs(np.diff(lons)) <= 180).all()


@given(POINTS, POINTS)
def test_a_line_begins_and_ends_where_it_is_said_to(start, end):
    assume(start != end)
    line, _ = geodesic(start, end)
    coordinates = shapely.get_coordinates(line)

    np.testing.assert_allclose(coordinates[0], start, atol=1e-9)
    np.testing.assert_allclose(coordinates[-1], end, atol=1e-9)


def test_a_line_over_the_pacific_is_cut_into_two_that_meet():
    line, _ = geodesic(CHENGDU, VANCOUVER)

    before, after = shapely.get_parts(line)
    last, first = before.coords[-1], after.coords[0]
    assert line.geom_type == "MultiLineString"
    assert (last[0], first[0]) == (180.0, -180.0)
    assert last[1] == first[1]


def test_a_line_that_stays_on_one_side_is_not_cut():
    assert geodesic(CHENGDU, SUVA)[0].geom_type == "LineString"


def test_two_equal_points_make_a_line_of_no_length():
    line, length_km = geodesic(CHENGDU, CHENGDU)

    assert length_km == 0
    assert line.geom_type == "LineString"


def test_a_flow_carries_names_numbers_and_length():
    flow = build(deal("SG", "500103", 24 * 10**11)).features.iloc[0]

    assert flow["id"] == "flow-SG-district-500103-inbound"
    assert (flow["origin_name_en"], flow["destination_name_zh"]) == ("Singapore", "渝中区")
    assert flow["amount_fen"] == 24 * 10**11
    expected = GEOD.inv(103.85, 1.29, 106.55, 29.55)[2] / 1000
    assert flow["length_km"] == pytest.approx(expected)


def test_an_outbound_line_is_drawn_the_other_way():
    flow = build(deal("SG", "500103", direction="outbound")).features.iloc[0]

    assert flow["origin_name_en"] == "Yuzhong"
    assert flow.geometry.coords[0] == pytest.approx((106.55, 29.55))


def test_widths_follow_the_square_root_and_keep_their_bounds():
    features = build(
        deal("SG", "500103", 10**12),
        deal("SG", "510104", 25 * 10**10),
        deal("US", "500103", 1),
        deal("US", "510104"),
        deal("ASEAN", "510104", -(10**12)),
    ).features.set_index("id")

    assert features.loc["flow-SG-district-500103-inbound", "width"] == 10
    assert features.loc["flow-SG-district-510104-inbound", "width"] == 5
    assert features["width"].between(1, 10).all()
    assert (features.loc[features["partner"] != "SG", "width"] == 1).all()


def test_the_widest_flow_comes_first():
    features = build(deal("SG", "500103", 10), deal("US", "500103", 10**12)).features

    assert features["partner"].tolist() == ["US", "SG"]


def test_the_width_legend_speaks_of_round_amounts():
    legend = build(deal("SG", "500103", 17 * 10**11)).legend

    assert [step.label for step in legend.steps] == ["CNY 200 mn", "CNY 2 bn", "CNY 20 bn"]
    assert [step.width for step in legend.steps] == [1.0, 3.16, 10.0]


def test_flows_without_amounts_have_no_width_steps():
    assert build(deal("SG", "500103")).legend.steps == ()


@pytest.mark.parametrize(("language", "title"), [("en", "Amount of a flow"), ("zh", "流线金额")])
def test_the_legend_speaks_both_languages(language, title):
    assert title in build(deal("SG", "500103", 1), language=language).legend.title


def test_the_circle_is_an_end_of_its_own():
    flow = build(deal("SG", "circle")).features.iloc[0]

    assert (flow["destination"], flow["destination_level"]) == ("circle", "circle")


def test_nothing_selected_is_an_empty_layer():
    flows = build()

    assert flows.features.empty
    assert flows.features.crs == "EPSG:4326"
    assert {"id", "width", "length_km", "geometry"} <= set(flows.features.columns)
    assert json.dumps(flows.metadata)


def test_building_changes_no_entry():
    placed = toy_placed(deal("SG", "500103", 5), deal("US", "circle"))
    before = placed.copy(deep=True)

    build_flows(placed, View(), anchors=ANCHORS, kinds=KINDS)

    pd.testing.assert_frame_equal(placed, before)


@pytest.mark.parametrize("vintage", ["2025", "2026"])
def test_every_unit_and_partner_has_an_anchor_with_names(vintage):
    anchors = read_anchors(vintage)

    assert {"510100", "500000", "510000", "circle", "SG", "ASEAN"} <= anchors.keys()
    assert all(isinstance(anchor, Anchor) and anchor.name_zh for anchor in anchors.values())
    assert all(-180 <= anchor.lon <= 180 and -90 <= anchor.lat <= 90 for anchor in anchors.values())


def test_lines_are_made_when_they_are_asked_for_and_say_what_the_table_says():
    flows = build(deal("SG", "500103", 10), deal("US", "circle", 10**12))

    assert "features" not in vars(flows)
    assert flows.features is flows.features
    assert list(flows.table["id"]) == list(flows.features["id"])
    assert flows.features[flows.table.columns].equals(pd.DataFrame(flows.table))


WAYS = st.sampled_from(VIEW_CHOICES["ways"])
MOST = st.sampled_from(VIEW_CHOICES["most_lines"])


@settings(max_examples=40)
@given(placed_entries(), WAYS, MOST)
def test_what_is_not_asked_for_is_counted_beside_the_lines(placed, ways, most):
    every = build_flows(placed, View(), anchors=ANCHORS, kinds=KINDS)
    some = build_flows(placed, View(ways=ways, most_lines=most), anchors=ANCHORS, kinds=KINDS)

    def added(flows):
        return [int(flows.table[name].sum()) + int(flows.not_drawn[name].sum()) for name in SUMS]

    assert added(some) == added(every)
    assert set(some.table["id"]) <= set(every.table["id"])
    if ways != "between":
        assert set(some.table["direction"] == "outbound") <= {ways == "outbound"}


def test_the_largest_lines_stay_and_the_rest_is_one_row():
    places = ("510104", "510105", "510402", "510100", "500103", "circle")
    lines = [deal(partner, place, n) for n, place in enumerate(places) for partner in ("SG", "US")]
    capped = build_flows(toy_placed(*lines), View(most_lines="10"), anchors=ANCHORS, kinds=KINDS)
    assert len(capped.table) == 10
    (row,) = capped.not_drawn.to_dict("records")
    assert (row["reason"], row["entries"], row["amount_fen"]) == ("smaller", 2, 0)


def test_a_kept_scale_keeps_the_widths_and_lets_more_be_a_little_wider():
    placed = toy_placed(deal("SG", "510104", 10_000), deal("US", "510105", 90_000))
    shown = build_flows(placed, View(), anchors=ANCHORS, kinds=KINDS, top_cny=100.0)
    assert dict(zip(shown.table["partner"], shown.table["width"], strict=True)) == {
        "US": 15.0,
        "SG": 10.0,
    }
    assert shown.legend.steps[-1].amount_cny == 100.0


def test_more_lines_than_a_map_can_draw_are_counted_beside_the_largest(monkeypatch):
    monkeypatch.setattr("ccgeo.layers.flows.MOST_DRAWN", 2)
    places = ("510104", "510105", "510402", "510100")
    lines = [deal("SG", place, 10 * n) for n, place in enumerate(places, 1)]
    placed = toy_placed(*lines)

    drawn = build_flows(placed, View(), anchors=ANCHORS, kinds=KINDS)

    assert len(drawn.table) == 2
    (smaller,) = drawn.not_drawn[drawn.not_drawn["reason"] == "smaller"].itertuples()
    assert (smaller.entries, smaller.amount_fen) == (2, 30)
    assert int(drawn.table["entries"].sum()) + smaller.entries == len(placed)

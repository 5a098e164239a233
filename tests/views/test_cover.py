"""What travels to the map of zones: little, plain, and in the order of the units."""

from __future__ import annotations

import json

import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.circle import build_circle, circle_cover
from ccgeo.layers.zones import build_zones, zone_cover
from ccgeo.places.gazetteer import district_codes
from ccgeo.places.zones import read_zones
from ccgeo.query.selection import View
from ccgeo.views.live_map.cover import cover_payload
from ccgeo.views.live_map.projections import project


def all_zones(**view):
    return zone_cover(build_zones([], View(**view)))


@pytest.mark.parametrize("vintage", ["2025", "2026"])
def test_each_unit_has_one_mark_in_the_order_of_its_adcode(vintage):
    cover = all_zones(vintage=vintage)
    classes = cover_payload(cover)["classes"]
    codes = district_codes(vintage)
    assert len(classes) == len(codes)
    marks = {"-": None, "0": "part", "1": "whole"}
    for code, mark in zip(codes, classes, strict=True):
        assert cover.extents.get(code) == marks[mark]


def test_the_numbers_of_the_legend_are_those_of_the_map():
    payload = cover_payload(all_zones())
    counts = [count for _, count in payload["legend"]["classes"]]
    assert counts == [payload["classes"].count("0"), payload["classes"].count("1")]
    assert sum(counts) + payload["legend"]["no_data"] == len(district_codes("2025"))
    assert len(payload["values"]) == len(payload["records"]) == sum(counts)


def test_label_points_stand_in_both_frames_and_are_called_no_boundary():
    payload = cover_payload(all_zones())
    points = payload["cover"]["points"]
    zone = read_zones().iloc[0]
    assert len(points) == len(read_zones())
    assert points[0]["id"] == zone["zone_id"]
    for frame in ("region", "world"):
        expected = project([(zone["lon"], zone["lat"])], frame)[0]
        assert points[0][frame] == pytest.approx(expected.tolist(), abs=0.06)
    assert "no boundary" in payload["cover"]["point_label"]
    assert "并非边界" in cover_payload(all_zones(), language="zh")["cover"]["point_label"]


def test_the_payload_is_plain_and_light():
    text = json.dumps(cover_payload(all_zones()))
    assert json.loads(text) == cover_payload(all_zones())
    assert len(text) < 60_000


def test_the_circle_has_no_label_points():
    payload = cover_payload(circle_cover(build_circle(View())))
    assert payload["cover"]["points"] == []
    assert payload["classes"].count("1") == 140


def test_an_unknown_frame_of_a_cover_payload_is_refused():
    with pytest.raises(UnknownChoiceError):
        cover_payload(all_zones(), frame="moon")

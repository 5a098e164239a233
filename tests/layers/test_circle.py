"""The circle is in, partly or out, and its area stands beside the official one."""

from __future__ import annotations

import pytest
from pyproj import Geod

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.circle import (
    STATED_AREA,
    STATES,
    build_circle,
    circle_cover,
    circle_sentence,
)
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.selection import View

vintages = pytest.mark.parametrize("vintage", VINTAGES)


@vintages
def test_every_district_has_one_state(vintage):
    layer = build_circle(View(vintage=vintage))
    assert set(layer.features["circle"]) == set(STATES)
    assert layer.features["adcode"].is_unique
    assert (layer.features["reason"] == "").equals(layer.features["circle"] == "out")


def test_two_districts_lie_in_the_circle_in_part():
    features = build_circle(View()).features
    partly = features[features["circle"] == "partly"]
    assert set(partly["name_en"]) == {"Kaizhou District", "Yunyang County"}
    assert (features["circle"] == "in").sum() == 140


def test_liangjiang_belongs_as_what_it_was_made_of_did():
    features = build_circle(View(vintage="2026")).features.set_index("adcode")
    assert features.loc["500157", "circle"] == "in"
    assert (features["circle"] == "in").sum() == 139


@vintages
def test_the_area_is_that_of_the_polygons_on_the_ellipsoid(vintage):
    layer = build_circle(View(vintage=vintage))
    geod = Geod(ellps="WGS84")
    measured = dict.fromkeys(STATES, 0.0)
    for row in layer.features.itertuples():
        measured[row.circle] += abs(geod.geometry_area_perimeter(row.geometry)[0]) / 1e6
    assert layer.area_km2 == pytest.approx(measured, rel=2e-3)


@vintages
def test_the_official_area_lies_between_ours_without_and_with_the_two_in_part(vintage):
    areas = build_circle(View(vintage=vintage)).area_km2
    assert areas["in"] < STATED_AREA.area_km2 < areas["in"] + areas["partly"]


def test_the_official_figures_are_cited():
    assert (STATED_AREA.area_km2, STATED_AREA.share_percent) == (185_000, 1.9)
    assert STATED_AREA.url.startswith("https://")
    assert build_circle(View()).metadata["stated_area"]["source"] == STATED_AREA.source


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("185,000 km²", "1.9% of the nation")), ("zh", ("185,000平方公里", "1.9%"))],
)
def test_the_sentence_holds_both_areas(language, words):
    sentence = circle_sentence(build_circle(View(language=language)))
    assert all(word in sentence for word in (*words, "181,497", "189,125"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_cover_tells_why(language):
    layer = build_circle(View(language=language))
    cover = circle_cover(layer)
    extents = list(cover.extents.values())
    assert (extents.count("whole"), extents.count("part")) == (140, 2)
    assert all(cover.tips.values())
    if language == "zh":
        assert not any(line.isascii() for lines in cover.tips.values() for line in lines)


def test_build_circle_refuses_an_unknown_vintage():
    with pytest.raises(UnknownChoiceError):
        build_circle(View(vintage="1999"))

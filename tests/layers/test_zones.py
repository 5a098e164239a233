"""A zone is shown by what it covers; its label point is never a boundary."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.zones import POINT_NOTE, build_zones, zone_cover, zone_title
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import read_zones, zone_members
from ccgeo.query.selection import View

IDS = read_zones()["zone_id"].tolist()
views = st.builds(View, vintage=st.sampled_from(VINTAGES), language=st.sampled_from(["en", "zh"]))
some_zones = st.lists(st.sampled_from(IDS), min_size=1, max_size=5, unique=True)


@given(some_zones, views)
def test_members_are_the_districts_of_the_vintage(zone_ids, view):
    layer = build_zones(zone_ids, view)
    districts = read_boundaries("district", view.vintage).set_index("adcode").geometry
    for row in layer.members.itertuples():
        members = zone_members(row.zone_id, view.vintage)
        assert row.adcode in getattr(members, row.extent)
        if row.adcode in districts:
            assert shapely.equals_exact(row.geometry, districts[row.adcode])
    assert layer.members["id"].is_unique
    assert layer.members.crs.to_epsg() == layer.points.crs.to_epsg() == 4326


@given(some_zones, views)
def test_every_zone_has_one_label_point_that_says_it_is_no_boundary(zone_ids, view):
    layer = build_zones(zone_ids, view)
    assert sorted(layer.points["zone_id"]) == sorted(zone_ids)
    assert set(layer.points.geom_type) == {"Point"}
    assert set(layer.points["note"]) == {POINT_NOTE[0]}
    assert "boundary" in layer.metadata["label_points"]


@given(some_zones, views)
def test_a_district_is_whole_if_one_zone_takes_it_whole(zone_ids, view):
    cover = zone_cover(build_zones(zone_ids, view))
    whole = {code for each in zone_ids for code in zone_members(each, view.vintage).whole}
    part = {code for each in zone_ids for code in zone_members(each, view.vintage).part}
    for adcode, extent in cover.extents.items():
        assert has_unit(adcode, view.vintage)
        if "500000" not in whole | part:
            assert extent == ("whole" if adcode in whole else "part")
    assert set(cover.tips) == set(cover.extents)


def test_a_programme_over_all_of_chongqing_covers_its_districts():
    cover = zone_cover(build_zones(["cq-cci"], View()))
    assert len(cover.extents) == 38
    assert set(cover.extents.values()) == {"whole"}


def test_every_district_is_told_with_each_of_its_zones_in_the_language_of_the_view():
    asked = ["cq-liangjiang-na", "cq-yufu"]
    cover = zone_cover(build_zones(asked, View(language="zh")))
    assert cover.tips["500105"][0] == "两江新区 (部分)"
    assert len(cover.tips["500105"]) == 2
    assert {zone for zone, *_ in cover.points} == set(asked)


def test_a_part_says_that_nobody_says_which():
    members = build_zones(["cq-liangjiang-na"], View()).members
    assert members["note"].str.contains("not known").all()
    whole = build_zones(["cq-liangjiang-na"], View(vintage="2026")).members
    assert set(whole["note"]) == {""}


def test_no_ids_ask_for_all_zones():
    assert len(build_zones([], View()).zones) == len(IDS)


def test_the_title_counts_in_both_languages():
    assert zone_title(build_zones([], View())).startswith(f"{len(IDS)} zones over ")
    assert zone_title(build_zones(["x-gaozhu"], View(language="zh"))).startswith("1个园区")


def test_the_layer_names_its_boundaries_and_that_totals_never_add():
    metadata = build_zones([], View()).metadata
    assert metadata["boundaries"]["approval_number"] == "GS(2024)0650"
    assert "never added" in metadata["totals"]


def test_build_zones_refuses_an_unknown_vintage():
    with pytest.raises(UnknownChoiceError):
        build_zones([], View(vintage="1999"))

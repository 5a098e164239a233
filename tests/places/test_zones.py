"""Zones lie over districts, whole or in part."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.crosswalk import crossed
from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import read_zones, zone_members

zones = st.sampled_from(read_zones()["zone_id"].tolist())


@given(zones, st.sampled_from(VINTAGES))
def test_every_zone_lies_in_districts_of_the_vintage(zone_id, vintage):
    members = zone_members(zone_id, vintage)
    covered = members.whole + members.part
    assert covered
    assert len(set(covered)) == len(covered)
    assert all(has_unit(adcode, vintage) for adcode in covered)


@given(zones)
def test_the_members_of_one_vintage_lie_in_those_of_the_other(zone_id):
    old, new = (zone_members(zone_id, vintage) for vintage in VINTAGES)
    reachable = {
        crossing.adcode
        for adcode in old.whole + old.part
        for crossing in crossed(adcode, "2025", "2026")
    }
    assert set(new.whole + new.part) <= reachable


@given(zones)
def test_a_parent_is_a_zone_too(zone_id):
    table = read_zones().set_index("zone_id")
    parent = table.loc[zone_id, "parent_id"]
    assert not parent or parent in table.index
    assert parent != zone_id


def test_every_anchor_lies_in_or_near_the_region():
    left, bottom, right, top = read_boundaries("province", "2025").total_bounds
    table = read_zones()
    assert table["lon"].between(left, right).all()
    assert table["lat"].between(bottom, top).all()


def test_an_anchor_said_to_be_inside_its_districts_is_inside():
    districts = read_boundaries("district", "2025").set_index("adcode").geometry
    inside = read_zones().query("anchor_kind == 'inside the district'")
    assert len(inside) > 0
    for zone in inside.itertuples():
        members = districts[[*zone.members_2025_whole, *zone.members_2025_part]]
        assert members.contains(shapely.Point(zone.lon, zone.lat)).any(), zone.zone_id


def test_the_caller_cannot_change_the_zones():
    taken = read_zones()
    taken.loc[:, "name_en"] = "changed"
    assert "changed" not in set(read_zones()["name_en"])


def test_an_unknown_zone_is_refused():
    with pytest.raises(UnknownPlaceError, match="zone 'nowhere' is not known"):
        zone_members("nowhere", "2025")


def test_an_unknown_vintage_of_a_zone_is_refused():
    with pytest.raises(UnknownChoiceError):
        zone_members("cq-liangjiang-na", "1999")

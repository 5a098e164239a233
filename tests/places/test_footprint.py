"""The containment rule, law by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError
from ccgeo.places.adcode import LEVELS, province_of
from ccgeo.places.footprint import KNOWN_LEVELS, Place, unit_at
from ccgeo.places.gazetteer import district_codes, has_unit, read_units
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import read_zones, zone_members

vintages = st.sampled_from(VINTAGES)
districts = st.sampled_from(sorted(set(district_codes("2025")) | set(district_codes("2026"))))
units = st.sampled_from(read_units()["adcode"].tolist())
zones = st.sampled_from(read_zones()["zone_id"].tolist())
places = st.one_of(
    st.builds(lambda code: Place("district", (code,)), districts),
    st.builds(lambda zone: Place("zone", (zone,)), zones),
    st.builds(lambda ids: Place("several", tuple(ids)), st.lists(st.one_of(units, zones))),
    st.sampled_from([Place(level, ()) for level in ("circle", "bloc", "country", "unknown")]),
)


@given(places, vintages, vintages)
def test_a_place_mapped_at_a_level_is_mapped_at_every_coarser_one(place, vintage, stated):
    found = [unit_at(place, level, vintage, stated_vintage=stated) for level in LEVELS]
    province, prefecture, district = found
    if district is not None:
        assert prefecture is not None
    if prefecture is not None:
        assert province == province_of(prefecture)


@given(places, st.sampled_from(LEVELS), vintages, vintages)
def test_what_is_found_is_a_unit_of_that_vintage(place, level, vintage, stated):
    found = unit_at(place, level, vintage, stated_vintage=stated)
    assert found is None or has_unit(found, vintage)


@given(vintages, st.data())
def test_a_district_is_itself_on_its_own_vintage(vintage, data):
    adcode = data.draw(st.sampled_from(district_codes(vintage)))
    place = Place("district", (adcode,))
    assert unit_at(place, "district", vintage, stated_vintage=vintage) == adcode


@given(zones, vintages)
def test_a_zone_is_mapped_at_a_district_only_if_that_is_its_one_member(zone_id, vintage):
    members = zone_members(zone_id, vintage)
    covered = members.whole + members.part
    is_in_one = len(covered) == 1 and covered[0] in district_codes(vintage)
    found = unit_at(Place("zone", (zone_id,)), "district", vintage)
    assert found == (covered[0] if is_in_one else None)


@given(vintages)
def test_a_programme_of_a_whole_city_lies_in_no_district(vintage):
    place = Place("zone", ("cq-cci",))
    assert unit_at(place, "district", vintage) is None
    assert unit_at(place, "prefecture", vintage) == "500000"


@given(st.lists(st.one_of(units, zones)), units, st.sampled_from(LEVELS), vintages)
def test_covering_more_never_maps_a_place_elsewhere(ids, further, level, vintage):
    before = unit_at(Place("several", tuple(ids)), level, vintage)
    after = unit_at(Place("several", (*ids, further)), level, vintage)
    assert not ids or after in {before, None}


@given(st.lists(st.one_of(units, zones)), st.sampled_from(LEVELS), vintages)
def test_the_order_of_a_list_does_not_matter(ids, level, vintage):
    forth, back = Place("several", tuple(ids)), Place("several", tuple(reversed(ids)))
    assert unit_at(forth, level, vintage) == unit_at(back, level, vintage)


@pytest.mark.parametrize("known_level", ["circle", "bloc", "country", "unknown"])
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_known_more_coarsely_than_a_province_is_never_mapped(known_level, level):
    assert unit_at(Place(known_level, ("500103",)), level, "2025") is None


def test_a_prefecture_is_not_put_on_a_district():
    chengdu = Place("prefecture", ("510100",))
    assert unit_at(chengdu, "district", "2025") is None
    assert unit_at(chengdu, "prefecture", "2025") == "510100"
    assert unit_at(chengdu, "province", "2025") == "510000"


def test_chongqing_counts_as_a_prefecture_and_sichuan_does_not():
    assert unit_at(Place("province", ("500000",)), "prefecture", "2025") == "500000"
    assert unit_at(Place("province", ("510000",)), "prefecture", "2025") is None


def test_both_provinces_together_are_not_mapped():
    assert unit_at(Place("several", ("500000", "510000")), "province", "2025") is None


def test_two_districts_of_one_city_are_mapped_at_the_city():
    place = Place("several", ("510104", "510105"))
    assert unit_at(place, "district", "2025") is None
    assert unit_at(place, "prefecture", "2025") == "510100"


def test_a_split_that_cannot_be_decided_is_not_mapped():
    yubei = Place("district", ("500112",))
    assert unit_at(yubei, "district", "2026") is None
    assert unit_at(yubei, "prefecture", "2026") == "500000"


def test_a_unit_that_went_over_whole_is_mapped_at_its_successor():
    assert unit_at(Place("district", ("500105",)), "district", "2026") == "500157"


@pytest.mark.parametrize(
    ("adcode", "towns", "found"),
    [
        ("500112", ("Longxing",), "500157"),
        ("500112", ("Dawan", "Cizhu"), "500109"),
        ("500112", ("Dawan", "Longxing"), None),
        ("500109", ("Shuitu",), "500157"),
        ("500109", ("Jinyun Mountain",), "500109"),
        ("500112", ("Shuitu",), None),
    ],
)
def test_a_district_that_was_divided_crosses_exactly_by_its_towns(adcode, towns, found):
    place = Place("district", (adcode,), towns)
    assert unit_at(place, "district", "2026") == found
    assert unit_at(place, "district", "2025") == adcode


def test_a_town_says_nothing_about_a_district_of_the_later_list():
    beibei = Place("district", ("500109",), ("Shuitu",))
    assert unit_at(beibei, "district", "2026", stated_vintage="2026") == "500109"


def test_beibei_means_what_it_meant_when_it_was_stated():
    beibei = Place("district", ("500109",))
    assert unit_at(beibei, "district", "2026", stated_vintage="2025") is None
    assert unit_at(beibei, "district", "2026", stated_vintage="2026") == "500109"


def test_a_code_of_the_other_vintage_is_read_as_such():
    assert unit_at(Place("district", ("500157",)), "district", "2026") == "500157"
    jiangbei = Place("district", ("500105",))
    assert unit_at(jiangbei, "district", "2026", stated_vintage="2026") == "500157"


def test_the_zone_over_three_districts_becomes_one_district():
    liangjiang = Place("zone", ("cq-liangjiang-na",))
    assert unit_at(liangjiang, "district", "2025") is None
    assert unit_at(liangjiang, "district", "2026") == "500157"


def test_a_place_without_ids_is_not_mapped():
    assert unit_at(Place("district", ()), "province", "2025") is None


def test_levels_of_knowledge_stand_from_fine_to_coarse():
    assert KNOWN_LEVELS[0] == "district"
    assert KNOWN_LEVELS[-1] == "unknown"


@pytest.mark.parametrize(
    ("level", "vintage", "stated"),
    [("county", "2025", "2025"), ("district", "1999", "2025"), ("district", "2025", "1999")],
)
def test_an_unknown_level_or_vintage_is_refused(level, vintage, stated):
    with pytest.raises(UnknownChoiceError):
        unit_at(Place("district", ("500103",)), level, vintage, stated_vintage=stated)


def test_an_unknown_level_of_knowledge_is_refused():
    with pytest.raises(UnknownChoiceError, match="level of knowledge 'street'"):
        unit_at(Place("street", ("500103",)), "district", "2025")


@pytest.mark.parametrize("place", [Place("district", ("420100",)), Place("zone", ("nowhere",))])
def test_an_unknown_place_is_refused(place):
    with pytest.raises(UnknownPlaceError):
        unit_at(place, "district", "2025")

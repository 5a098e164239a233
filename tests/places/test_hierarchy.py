"""Units, zones, groups and towns lie in one another by the districts they cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import DataFileError
from ccgeo.places import hierarchy
from ccgeo.places.aliases import read_index
from ccgeo.places.gazetteer import read_units
from ccgeo.places.hierarchy import code_is_above, covered, group_members, is_above, is_inside

NAMES = read_index().entries
entries = st.sampled_from(sorted(NAMES)).map(lambda key: NAMES[key][0])
codes = st.sampled_from(read_units()["adcode"].tolist())


def first(name):
    return NAMES[name][0]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("重庆", "南岸区"),
        ("四川省", "成都市"),
        ("成都", "武侯区"),
        ("渝北区", "茨竹镇"),
        ("两江新区工业开发区", "鱼复工业园"),
        ("长寿区", "长寿经开区"),
        ("川南", "宜宾市"),
        ("成渝地区双城经济圈", "四川省"),
        ("浙江省", "宁波市"),
        ("germany", "duisburg"),
        ("中国", "新加坡"),
    ],
)
def test_one_place_holds_another_and_not_the_other_way_round(upper, lower):
    assert is_above(first(upper), first(lower))
    assert not is_above(first(lower), first(upper))


@given(entries, entries)
def test_no_two_places_hold_each_other(one, other):
    assert not (is_above(one, other) and is_above(other, one))


@given(codes, codes, codes)
def test_what_is_above_the_above_is_above(one, two, three):
    if code_is_above(one, two) and code_is_above(two, three):
        assert code_is_above(one, three)


@given(codes)
def test_no_code_is_above_itself(code):
    assert not code_is_above(code, code)


def test_a_place_outside_covers_nothing_of_the_region():
    assert covered(first("武汉市")) == frozenset()
    assert not is_inside(first("武汉市"))
    assert is_inside(first("渝北区"))


def test_every_group_is_made_of_units_of_the_region():
    units = set(read_units()["adcode"])
    for group, members in group_members().items():
        assert set(members) <= units, group
        assert len(set(members)) == len(members)


def test_the_parts_of_chongqing_make_up_the_whole():
    groups = group_members()
    parts = ("g-cq-central", "g-cq-new-main", "g-cq-northeast", "g-cq-southeast")
    members = [member for part in parts for member in groups[part]]
    assert len(members) == len(set(members)) == 38  # every district of vintage 2025


def test_the_five_zones_of_sichuan_are_its_prefectures():
    groups = group_members()
    names = ("chengdu-plain", "south", "northeast", "panxi", "northwest")
    members = [member for name in names for member in groups[f"g-sc-{name}"]]
    assert len(members) == len(set(members)) == 21


def test_a_missing_table_of_groups_is_told(monkeypatch):
    def missing(name):
        raise DataFileError(name)

    monkeypatch.setattr(hierarchy, "data_file", missing)
    group_members.cache_clear()
    with pytest.raises(DataFileError):
        group_members()
    group_members.cache_clear()

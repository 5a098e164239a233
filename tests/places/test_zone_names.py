"""A zone is known by the forms of its name that texts write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.places.normalise import squeeze
from ccgeo.places.zone_names import zone_spellings
from ccgeo.places.zones import read_zones

ZONES = read_zones().set_index("zone_id")


@given(st.sampled_from(ZONES.index.tolist()))
def test_the_name_itself_is_one_of_its_forms(zone_id):
    for column in ("name_en", "name_zh"):
        name = ZONES.loc[zone_id, column]
        assert (squeeze(name), True) in list(zone_spellings(name, zone_id))


@pytest.mark.parametrize(
    ("name", "zone_id", "form", "is_full"),
    [
        ("Changshou ETDZ", "cq-x", "changshoueconomicdevelopmentzone", True),
        ("长寿经开区", "cq-x", "重庆长寿经济技术开发区", False),
        ("重庆西永综合保税区", "cq-x", "西永综保区", False),
        ("西部（成都）科学城", "sc-x", "西部科学城", True),
        ("Chengdu Hi-tech Zone", "sc-x", "chengduhightechzone", True),
    ],
)
def test_other_endings_and_seats_follow(name, zone_id, form, is_full):
    forms = dict(zone_spellings(name, zone_id))
    assert form in forms or not is_full
    assert not is_full or forms[form]


def test_the_word_for_a_kind_alone_is_no_name():
    forms = [form for form, _ in zone_spellings("重庆高新技术产业开发区", "cq-htdz")]
    assert "高新区" not in forms
    assert "重庆高新区" in forms

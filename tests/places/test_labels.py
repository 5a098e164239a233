"""Results are named in fixed words and names of tables."""

import pytest

from ccgeo.places.geocoder import geocode
from ccgeo.places.labels import place_label, result_label


@pytest.mark.parametrize(
    ("place_id", "english", "chinese"),
    [
        ("500112", "Yubei District", "渝北区"),
        ("330200", "Ningbo", "宁波市"),
        ("440000", "Guangdong", "广东省"),
        ("cq-yufu", "Yufu Industrial Park", "两江新区鱼复工业开发区"),
        ("ASEAN", "Association of Southeast Asian Nations", "东南亚国家联盟"),
        ("SG", "Singapore", "新加坡"),
        ("CCEC", "Chengdu-Chongqing Economic Circle", "成渝地区双城经济圈"),
        ("nowhere", "nowhere", "nowhere"),
    ],
)
def test_a_place_has_its_name_in_both_languages(place_id, english, chinese):
    assert (place_label(place_id), place_label(place_id, "zh")) == (english, chinese)


def test_an_ambiguous_result_lists_what_it_may_be():
    line = result_label(geocode("Guang'an"))
    assert line.startswith("ambiguous prefecture\t511600 ")
    assert "511602" in line


def test_a_result_of_many_places_is_cut_short():
    assert " and 3 more" in result_label(geocode("主城九区"))


def test_no_result_says_why():
    assert result_label(geocode("=1+1")) == "none\tbegins like a formula"

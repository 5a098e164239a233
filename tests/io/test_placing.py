"""A place is found by its name or its code, and an ambiguous one is left to people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io.placing import NOWHERE, equal_date, find_name, find_place, place_of_adcode
from ccgeo.places.gazetteer import read_units
from ccgeo.places.vintages import vintage_on

UNITS = read_units()


@pytest.mark.parametrize(
    ("text", "level", "ids"),
    [
        ("渝中区", "district", ("500103",)),
        ("Yuzhong District", "district", ("500103",)),
        (" yubei ", "district", ("500112",)),
        ("成都市", "prefecture", ("510100",)),
        ("重庆市", "province", ("500000",)),
        ("500103", "district", ("500103",)),
        ("两江新区 （重庆）", "zone", ("cq-liangjiang-na",)),
        ("Tianfu New Area", "zone", ("sc-tianfu-na",)),
        ("成渝地区双城经济圈", "circle", ("CCEC",)),
        ("成都市；重庆市", "several", ("510100", "500000")),
        ("Chengdu and Mianyang", "several", ("510100", "510700")),
        ("Gotham", "unknown", ()),
        ("", "unknown", ()),
    ],
)
def test_a_mention_is_placed_or_not(text, level, ids):
    assert find_place(text)[:2] == (level, ids)


@given(
    st.sampled_from(
        ["达川", "Dachuan", "510802", "江北县", "Liangjiang New Area", "渝中区", "两江新区"]
    ),
    st.dates(date(1985, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
)
def test_an_equal_date_and_a_name_read_once_lead_where_the_date_itself_leads(text, day, form):
    as_of = day.strftime(form)
    equal = equal_date(as_of)
    read_once = find_name(text, equal if vintage_on(as_of) == "2026" else "")

    assert find_place(text, equal) == find_place(text, as_of)
    assert read_once.on(equal) == find_place(text, as_of)


def test_a_name_of_two_districts_is_not_decided():
    found = find_place("市中区")

    assert found.ids == ()
    assert found.candidates == ("511002", "511102")


@pytest.mark.parametrize("column", ["name_zh", "name_en", "name_zh_hant"])
def test_every_official_name_finds_its_unit_or_says_between_which(column):
    for unit in UNITS.to_dict("records"):
        found = find_place(unit[column], "" if unit["in_2025"] else "2026-01")
        assert unit["adcode"] in (found.ids or found.candidates)


@pytest.mark.parametrize(
    ("code", "fault"),
    [("500103", ""), ("50010", "adcode.malformed"), ("500999", "adcode.unknown"),
     ("310101", "adcode.outside"), ("abc", "adcode.malformed")],
)  # fmt: skip
def test_a_code_is_known_or_named(code, fault):
    found, kind = place_of_adcode(code)

    assert kind == fault
    assert bool(found.ids) == (not fault)


def test_a_name_also_borne_elsewhere_in_china_is_left_to_people():
    found = find_place("Yuzhong")

    assert (found.ids, found.candidates) == ((), ("500103",))


def test_the_date_decides_what_a_name_meant():
    assert find_place("Liangjiang New Area").level == "zone"
    assert find_place("Liangjiang New Area", "2026-01-15").ids == ("500157",)


@given(st.text(max_size=20))
def test_any_text_gives_a_place_or_none(text):
    found = find_place(text)

    assert found == NOWHERE or found.ids or found.candidates

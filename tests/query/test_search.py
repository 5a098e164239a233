"""Everything is found by every name it has, however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.places.gazetteer import read_units
from ccgeo.query.search import KINDS, find_things, findables, fold

THINGS = findables()


def found(text, most=8):
    return [hit.found.thing for hit in find_things(text, most)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(THINGS), st.data())
def test_whatever_has_a_name_is_found_by_it(each, data):
    name = data.draw(st.sampled_from([n for n in (each.name_en, each.name_zh, *each.others) if n]))
    assert each.thing in found(name, most=len(THINGS))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(read_units()["pinyin_tone"].tolist()), st.data())
def test_tones_spaces_and_capitals_may_be_left_out(pinyin, data):
    cut = data.draw(st.integers(min_value=0, max_value=len(pinyin)))
    typed = data.draw(st.sampled_from([str.upper, str.lower]))(pinyin[:cut] + " " + pinyin[cut:])
    assert found(typed) == found(pinyin) == found(fold(pinyin))


def test_pinyin_in_syllables_finds_the_district_first():
    for typed in ("yu bei", "Yúběi", "YUBEI", "渝北", "渝北區"):
        assert found(typed)[0] == "district:500112"


def test_a_former_name_says_so_and_stands_behind_those_of_today():
    first = find_things("新都县")[0]
    assert (first.found.thing, first.former) == ("district:510114", "新都县 Xindu County")
    assert find_things("Xindu")[0].former == ""


@pytest.mark.parametrize(
    ("typed", "thing", "former"),
    [
        ("江北县", "district:500112", "江北县"),
        ("巴县", "district:500113", "巴县"),
        ("打箭炉", "district:513301", "打箭炉"),
        ("Yúběi Qū", "district:500112", ""),
        ("统景镇", "district:500112", ""),
        ("星加坡", "partner:SG", ""),
    ],
)
def test_what_only_the_geocoder_knows_is_found_first(typed, thing, former):
    first = find_things(typed)[0]
    assert (first.found.thing, first.former) == (thing, former)


def test_zones_partners_and_events_are_found_in_either_language():
    assert found("两江新区")[0] == found("Liangjiang New Area")[0]
    assert "zone:cq-liangjiang-na" in found("两江新区")
    assert found("新加坡")[0] == found("singapore")[0] == "partner:SG"
    event = next(each for each in THINGS if each.kind == "event" and each.name_zh)
    assert event.thing in found(event.name_zh)
    assert event.thing in found(event.name_en)


def test_one_or_two_letters_must_begin_a_name():
    for found_thing, former in find_things("yu", most=50):
        names = [found_thing.name_en, *found_thing.others, *former.split(" ", 1)]
        assert any(fold(name).startswith("yu") for name in names)


def test_nothing_is_found_for_nothing():
    assert found("") == found(" ·") == found("no such name anywhere") == []


def test_every_thing_has_one_of_the_kinds_and_an_id_of_its_own():
    assert {each.kind for each in THINGS} == set(KINDS)
    assert len({each.thing for each in THINGS}) == len(THINGS)

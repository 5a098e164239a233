"""The cube travels once and small; a question is a few words."""

import base64
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.answer import answer
from ccgeo.layers.cube import LEVELS, build_cube, read_cube, shipped_allow
from ccgeo.query.engine import read_placed
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.query.vocabulary import VIEW_CHOICES
from ccgeo.views.live_map.cube import build_question, cube_parts, question_parts

MOST_ONCE = 15_000
MOST_EACH = 1_000


def asked(selection, view=None):
    shown = answer(selection, view or View())
    return build_question(shown.choropleth, shown.flows, selection, shipped_allow(selection))


def unpacked(packed):
    return json.loads(zlib.decompress(base64.b64decode(packed.text)))


@pytest.mark.parametrize("vintage", VIEW_CHOICES["vintage"])
def test_the_same_numbers_come_out_and_few_bytes_travel(vintage):
    cube = read_cube(vintage)
    parts = cube_parts(cube)
    assert sum(len(part.text) for part in parts.values()) < MOST_ONCE
    content, units = unpacked(parts["cube"]), unpacked(parts["units"])
    told = content["cells"] | units["cells"]
    assert {name: list(cells) for name, cells in cube.cells.items()} == told
    assert units["areas"] == {level: list(cube.areas[level]) for level in LEVELS}
    assert content["partners"] == list(cube.axes["partner"])


def test_every_unit_has_its_area_in_the_order_of_adcodes():
    chongqing, sichuan = unpacked(cube_parts(read_cube("2025"))["units"])["areas"]["province"]
    assert 80_000 < chongqing < 85_000
    assert 480_000 < sichuan < 490_000


def test_other_numbers_have_another_name():
    packed = [cube_parts(each)["units"] for each in (read_cube("2025"), read_cube("2026"))]
    again = build_cube(read_placed(), "2025")
    assert packed[0].key != packed[1].key
    assert cube_parts(again)["units"] == packed[0]


def test_other_boundaries_of_the_same_records_travel_in_a_fraction():
    old, new = (cube_parts(read_cube(vintage)) for vintage in ("2025", "2026"))
    assert old["cube"] == new["cube"]
    assert len(new["units"].text) < len(new["cube"].text) / 3


@pytest.mark.parametrize("level", LEVELS)
def test_a_question_is_small(level):
    assert len(json.dumps(asked(DEFAULT_SELECTION, View(level=level)))) < MOST_EACH


def test_a_question_names_what_the_cube_answers_and_one_bit_a_record_for_the_rest():
    selection = Selection(
        years=None,
        include_undated=True,
        sectors=frozenset({"several", "automotive"}),
        stages=frozenset(),
        partners=frozenset({"SG"}),
        min_confidence=1,
    )
    told = asked(selection)["asked"]
    assert (told["years"], told["undated"], told["stages"]) == ([], 1, [])
    assert told["sectors"] == ["automotive", "several"]
    bits = np.unpackbits(np.frombuffer(base64.b64decode(told["allowed"]), dtype=np.uint8))
    allowed = bits[: len(read_placed())].astype(bool)
    assert [("SG" in met) for met in read_placed()["met"]] == allowed.tolist()


def test_the_scale_of_colours_and_widths_stays_while_filters_change():
    one, other = asked(DEFAULT_SELECTION)["asked"], asked(Selection(years=(2020, 2020)))["asked"]
    assert (one["bins"], one["top"]) == (other["bins"], other["top"])
    own = asked(Selection(years=(2020, 2020)), View(rescale=True))["asked"]
    assert own["top"] < one["top"]


def test_the_legend_travels_once_whatever_is_filtered():
    shown = [answer(asked, View()) for asked in (DEFAULT_SELECTION, Selection(years=(2020, 2020)))]
    cube = read_cube("2025")
    one, other = (question_parts(cube, each.choropleth, each.flows) for each in shown)
    assert one == other
    legend = unpacked(one["legend"])
    assert [label for label, _ in legend["classes"]] == [
        each.label for each in shown[0].choropleth.legend.classes
    ]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("view", [View(measure="projects", k=4), View(bins=(1e9, 1e10))])
def test_the_levels_that_a_unit_opens_to_travel_as_they_will_be_asked_for(level, view):
    shown = answer(DEFAULT_SELECTION, replace(view, level=level))
    parts = question_parts(read_cube("2025"), shown.choropleth, shown.flows)
    levels = unpacked(parts["levels"])
    assert set(levels) == {"prefecture", "district"}
    for name, told in levels.items():
        other = replace(view, level=name)
        question = asked(Selection(years=(2020, 2020)), other)["asked"]
        assert (told["bins"], told["top"]) == (question["bins"], question["top"])
        then = answer(DEFAULT_SELECTION, other)
        legend = question_parts(read_cube("2025"), then.choropleth, then.flows)["legend"]
        assert told["legend"] == unpacked(legend)


def test_a_view_that_rescales_has_no_levels_to_open_to_before_it_is_asked():
    shown = answer(DEFAULT_SELECTION, View(rescale=True))
    parts = question_parts(read_cube("2025"), shown.choropleth, shown.flows)
    assert sorted(parts) == ["cube", "legend", "units"]


def test_where_all_records_are_allowed_no_bit_travels():
    assert asked(replace(DEFAULT_SELECTION, min_confidence=1))["asked"]["allowed"] == ""


def test_only_known_languages_are_spoken():
    shown = answer(DEFAULT_SELECTION, View())
    allowed = shipped_allow(DEFAULT_SELECTION)
    with pytest.raises(UnknownChoiceError):
        build_question(shown.choropleth, shown.flows, DEFAULT_SELECTION, allowed, language="fr")


def test_asking_otherwise_changes_no_bit_of_what_the_cube_answers():
    narrow = replace(DEFAULT_SELECTION, years=(2015, 2015), sectors=frozenset({"digital"}))
    assert asked(narrow)["asked"]["allowed"] == asked(DEFAULT_SELECTION)["asked"]["allowed"]

"""Records that the server adds up travel as numbers, a strip and, where they are few, groups."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace

import pandas as pd
import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.answer import answer, answer_from
from ccgeo.query.groups import unit_groups
from ccgeo.query.memory import Memory, shipped
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.query.vocabulary import names_of
from ccgeo.views.live_map.summed import (
    MOST_GROUPS,
    build_summed,
    pack_groups,
    summed_parts,
)


def unpacked(packed):
    return json.loads(zlib.decompress(base64.b64decode(packed.text)))


def test_the_strip_holds_every_year_and_sector_whatever_is_asked_for():
    narrow = Selection(years=(2020, 2020), sectors=frozenset({"digital"}))
    strip = build_summed(answer(narrow, View()))["strip"]

    assert len(strip["years"]) > 1
    wide = replace(narrow, years=None, include_undated=True)
    entries = sum(int(sums[0]) for _, sums in strip["years"])
    assert entries == answer(wide, View()).choropleth.total.entries
    assert sum(1 for _, count in strip["counts"] if count) > 1
    assert strip["sectors"][0] == [next(iter(names_of("sectors"))), *strip["sectors"][0][1:]]


def test_lines_tell_the_sector_they_share_only_where_it_gives_their_colour():
    plain, coloured = (
        build_summed(answer(DEFAULT_SELECTION, View(line_colour=colour)))["flows"]["rows"]
        for colour in ("direction", "sector")
    )
    assert {len(row) for row in plain} == {7}
    assert [row[:7] for row in coloured] == plain
    sectors = list(names_of("sectors"))
    told = {sectors[row[7]] for row in coloured if row[7] is not None}
    drawn = set(answer(DEFAULT_SELECTION, View()).flows.table["sector_id"])
    assert told
    assert told <= drawn


def test_groups_travel_only_where_they_are_few():
    class Crowded:
        is_shared = True

        def unit_groups(self, _selection, _view, most):
            assert most == MOST_GROUPS

    shown = answer(DEFAULT_SELECTION, View())
    assert summed_parts(replace(shown, source=Crowded())) == {}
    assert sorted(summed_parts(shown)) == ["cube", "units"]


def test_the_most_groups_that_travel_are_small():
    chance = range(MOST_GROUPS)
    units = sorted({code for code in shipped().placed["unit_district_2025"] if code})
    groups = pd.DataFrame(
        {
            "unit": [units[i % len(units)] for i in chance],
            "sector_id": ["digital" for _ in chance],
            "year": [2000 + i % 20 for i in chance],
            "entries": [i % 97 for i in chance],
            "projects": [i % 89 for i in chance],
            "projects_stated": [i % 83 for i in chance],
            "amount_fen": [(i * 7_919_993_111) % 10**10 for i in chance],
            "amount_stated": [i % 79 for i in chance],
        }
    )
    packed = pack_groups(groups, View())
    assert sum(len(part.text) for part in packed.values()) * 3 / 4 < 300_000


@pytest.mark.parametrize("times", [1, 10**6])
def test_amounts_that_a_browser_cannot_hold_whole_travel_as_text(times):
    placed = shipped().placed
    groups = unit_groups(placed, View(level="province"), "any")
    groups["amount_fen"] *= times
    fen = unpacked(pack_groups(groups, View(level="province"))["cube"])["cells"]["fen"]

    assert list(map(int, fen)) == groups["amount_fen"].tolist()
    assert {type(each) for each in fen} == {str if times > 1 else int}


def test_what_belongs_to_one_session_is_not_kept():
    shown = answer_from(Memory(shipped().placed.head(9)), OPEN_SELECTION, View())
    assert summed_parts(shown) == {}
    assert build_summed(shown)["strip"]["years"]


def test_only_known_languages_are_spoken():
    with pytest.raises(UnknownChoiceError):
        build_summed(answer(DEFAULT_SELECTION, View()), language="fr")

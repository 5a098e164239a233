"""What every source has to give: cuts that close, and pages that hold each record once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import at, placed_entries, selections, toy_placed

from ccgeo.query.engine import read_placed
from ccgeo.query.matrix import ranked
from ccgeo.query.measures import SUMS
from ccgeo.query.memory import Memory, shipped
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.query.source import ORDERS, Listing
from ccgeo.query.vocabulary import year_span

CUTS = ("by_level", "by_stage", "by_sector", "by_partner", "by_year")
ADDED = ("entries", "projects", "amount_fen")


@settings(max_examples=25)
@given(placed_entries(), selections())
def test_every_cut_and_every_year_adds_up_to_the_total(placed, selection):
    source = Memory(placed)

    total = source.summary(selection, View()).total
    profile = source.profile(selection, View())

    assert profile.total == total
    for cut in CUTS:
        found = getattr(profile, cut)
        assert [int(found[name].sum()) for name in ADDED] == [
            getattr(total, name) for name in ADDED
        ]
    years = source.years(selection, View())
    ever = replace(selection, years=None, include_undated=True)
    assert sum(int(sums[0]) for sums in years.values()) == source.found(Listing(ever, View()))
    assert list(years) == sorted(years)
    flows = source.flows(selection, View())
    drawn, beside = (int(table["entries"].sum()) for table in flows)
    assert drawn + beside == total.entries


@settings(max_examples=25)
@given(placed_entries(), selections())
def test_groups_of_units_add_up_to_the_answer_of_any_years_and_sectors(placed, selection):
    source, view = Memory(placed), View(level="prefecture")

    groups = source.unit_groups(selection, view, 10_000)

    first, last = selection.years or (-1, 9_999)
    dated = groups["year"].between(first, last) & (groups["year"] != 0)
    kept = dated | ((groups["year"] == 0) & selection.include_undated)
    if selection.sectors:
        kept &= groups["sector_id"].isin(selection.sectors)
    mapped = groups[kept & (groups["unit"] != "")].groupby("unit")[list(SUMS)].sum()
    expected = source.summary(selection, view).mapped.set_index("adcode")[list(SUMS)]
    assert mapped.to_dict("index") == expected.to_dict("index")
    assert source.unit_groups(selection, view, len(groups) - 1) is None


def test_the_years_to_choose_from_are_those_of_the_records():
    placed = toy_placed({"year": 1998}, {"year": 2031}, {"year": None})

    assert Memory(placed).origin.span == (1998, 2031)
    assert Memory(placed.tail(1)).origin.span == year_span() == shipped().origin.span


@settings(max_examples=25)
@given(placed_entries(), selections(), st.sampled_from(ORDERS), st.integers(1, 4))
def test_pages_one_after_another_hold_every_record_once(placed, selection, order, most):
    source = Memory(placed)
    found = source.found(Listing(selection, View()))

    pages = [
        source.rows(Listing(selection, View(), order=order, start=start, most=most))
        for start in range(0, found, most)
    ]

    walked = [name for page in pages for name in page["entry_id"]]
    assert sorted(walked) == sorted(source.select(selection)["entry_id"])
    assert all(len(page) == most for page in pages[:-1])


def test_lists_are_sorted_as_they_say():
    placed = toy_placed(
        {"date": "2020", "amount_fen": 5},
        {"date": "2021-03", "amount_fen": None},
        {"date": "2021", "amount_fen": 9},
        {"date": "", "amount_fen": 9},
    )

    def ids(order):
        return Memory(placed).rows(Listing(OPEN_SELECTION, View(), order=order))["entry_id"]

    assert ids("newest").tolist() == ["E1", "E2", "E0", "E3"]
    assert ids("oldest").tolist() == ["E3", "E0", "E2", "E1"]
    assert ids("largest").tolist() == ["E2", "E3", "E0", "E1"]
    assert ids("id").tolist() == ["E0", "E1", "E2", "E3"]


@pytest.mark.parametrize(
    ("find", "found"), [("PLANT", 2), ("e1", 1), ("plant 二", 1), ("no such", 0), ("%", 0)]
)
def test_a_text_is_found_in_id_and_title_in_any_case(find, found):
    placed = toy_placed({"title": "A Plant"}, {"title": "Tower"}, {"title": "Plant 二"})

    assert Memory(placed).found(Listing(OPEN_SELECTION, View(), find=find)) == found


def test_a_thing_of_the_map_narrows_cuts_lists_and_flows():
    placed = toy_placed(
        at("510104") | {"partners": ("SG",)}, at("510104"), at("510105") | {"partners": ("SG",)}
    )
    source = Memory(placed)

    for thing, entries in (("district:510104", 2), ("partner:SG", 2), ("district:500103", 0)):
        assert source.profile(OPEN_SELECTION, View(), thing).total.entries == entries
        assert source.found(Listing(OPEN_SELECTION, View(), thing)) == entries
        flows = source.flows(OPEN_SELECTION, View(), thing)
        assert sum(int(table["entries"].sum()) for table in flows) == entries


def test_a_matrix_names_equals_in_one_order_whatever_the_order_of_the_entries():
    changes = [{"sector_id": sector, "amount_fen": 7} for sector in ("energy", "automotive")]
    one, other = (
        Memory(toy_placed(*rows)).matrix(OPEN_SELECTION, View(), "sectors", "partners")
        for rows in (changes, changes[::-1])
    )

    assert ranked(one, "row") == ranked(other, "row") == ["automotive", "energy"]


def test_own_records_are_kept_for_their_session_alone_and_only_the_last_selection():
    own = Memory(read_placed().head(20))
    for year in range(2010, 2020):
        own.select(Selection(years=(year, year)))

    assert own.select.cache_info().currsize == 1
    assert not own.is_shared
    assert shipped().is_shared
    assert shipped() is shipped()
    assert own.select(DEFAULT_SELECTION) is not shipped().select(DEFAULT_SELECTION)

"""Totals of one thing on the map."""

import pytest

from ccgeo.query.engine import read_placed, unit_column
from ccgeo.query.measures import SUMS, total_of
from ccgeo.query.profile import entries_of, profile_of
from ccgeo.query.selection import View

CUTS = ("by_stage", "by_sector", "by_partner", "by_year")


@pytest.mark.parametrize("cut", CUTS)
def test_each_cut_adds_up_to_the_same_total(cut):
    entries = read_placed()
    totals = getattr(profile_of(entries), cut)
    assert tuple(int(totals[name].sum()) for name in SUMS) == tuple(total_of(entries))
    assert totals["choice"].is_unique


def test_a_unit_has_the_entries_that_the_map_draws_in_it():
    view = View(level="prefecture", vintage="2026")
    found = entries_of(read_placed(), "district:510100", view)
    assert len(found) > 0
    assert set(found[unit_column("prefecture", "2026")]) == {"510100"}


@pytest.mark.parametrize("level", ["province", "prefecture", "district"])
def test_a_unit_of_any_level_has_its_entries_on_a_map_of_any_level(level):
    for unit, column in (("510000", "province"), ("510100", "prefecture")):
        found = entries_of(read_placed(), f"district:{unit}", View(level=level))
        lies = read_placed()[unit_column(column, "2025")] == unit
        assert found["entry_id"].tolist() == read_placed()[lies]["entry_id"].tolist()


def test_a_partner_has_every_entry_that_names_it():
    found = entries_of(read_placed(), "partner:SG", View())
    assert len(found) > 0
    assert all("SG" in partners for partners in found["partners"])


def test_a_flow_has_the_entries_between_its_ends_only():
    found = entries_of(read_placed(), "flow:SG>500103", View())
    assert len(found) > 0
    assert set(found[unit_column("district", "2025")]) == {"500103"}
    assert all("SG" in partners for partners in found["partners"])


def test_what_is_known_only_above_holds_nothing_drawn():
    found = entries_of(read_placed(), "known:province", View())
    assert len(found) > 0
    assert set(found["place_level"]) == {"province"}
    assert set(found[unit_column("district", "2025")]) == {""}


@pytest.mark.parametrize(
    "thing", ["", "district:", "known:", "street:1", "flow:>", "flow:XX>1", "partner:<b>"]
)
def test_an_unknown_thing_has_no_entries(thing):
    found = entries_of(read_placed(), thing, View())
    assert found.empty
    assert list(found.columns) == list(read_placed().columns)


def test_an_entry_with_several_partners_counts_once():
    entries = read_placed()
    several = entries[[len(partners) > 1 for partners in entries["partners"]]]
    totals = profile_of(several).by_partner
    assert totals["choice"].tolist() == ["several"]
    assert totals["entries"].tolist() == [len(several)]

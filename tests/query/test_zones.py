"""Zones are found, overlap districts, and have sums of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, toy_placed

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError
from ccgeo.places.vintages import VINTAGES
from ccgeo.places.zones import read_zones, zone_members
from ccgeo.query.engine import read_placed
from ccgeo.query.measures import total_of
from ccgeo.query.zones import (
    find_zones,
    kind_label,
    kind_names,
    level_label,
    member_names,
    overlaps,
    read_kinds,
    sector_names,
    zone_entries,
    zone_rows,
    zone_statistics,
    zone_totals,
    zones_over,
)
from ccgeo.query.zones_listing import list_overlaps, list_statistics, list_zones, zone_facts
from ccgeo.records.tables import read_records

ZONES = read_zones()
IDS = ZONES["zone_id"].tolist()
zones = st.sampled_from(IDS)
vintages = st.sampled_from(VINTAGES)
languages = st.sampled_from(["en", "zh"])
LIANGJIANG = {"place_level": "zone", "place_ids": ("cq-liangjiang-na",)}
YUFU = {"place_level": "zone", "place_ids": ("cq-yufu",)}


def test_every_kind_and_level_in_the_table_has_a_name_in_both_languages():
    assert set(ZONES["kind"]) == set(kind_names())
    for kind in kind_names():
        assert kind_label(kind).isascii()
        assert not kind_label(kind, "zh").isascii()
    assert not any(level_label(level, "zh").isascii() for level in set(ZONES["level"]))
    assert (kind_label("moon base", "zh"), level_label("lunar", "zh")) == ("moon base", "lunar")


@given(st.lists(st.sampled_from(list(kind_names())), unique=True), st.integers(0, 2))
def test_kinds_are_read_by_id_and_by_name(kinds, spelling):
    told = ",".join((kind, *kind_names()[kind])[spelling] for kind in kinds)
    assert read_kinds(told) == (frozenset(kinds), ())


@given(st.text())
def test_whatever_stands_in_a_link_is_read_without_an_error(text):
    found, problems = read_kinds(text)
    assert found <= set(kind_names())
    assert all(len(problem) < 200 for problem in problems)


def test_no_limit_finds_every_zone():
    assert find_zones()["zone_id"].tolist() == IDS


@given(st.frozensets(st.sampled_from(list(kind_names()))), st.data())
def test_what_is_found_fits_every_limit(kinds, data):
    leads = sorted({sector for sectors in ZONES["sectors"] for sector in sectors})
    sectors = data.draw(st.frozensets(st.sampled_from(leads)))
    found = find_zones(kinds=kinds, sectors=sectors)
    assert not kinds or set(found["kind"]) <= kinds
    assert not sectors or all(sectors & set(each) for each in found["sectors"])
    rest = set(IDS) - set(found["zone_id"])
    for row in ZONES[ZONES["zone_id"].isin(rest)].itertuples():
        assert (kinds and row.kind not in kinds) or (sectors and not sectors & set(row.sectors))


@given(zones, st.sampled_from(["zone_id", "name_en", "name_zh"]))
def test_a_zone_is_found_by_its_id_and_by_its_names(zone_id, column):
    text = str(zone_rows()[zone_id][column])
    assert zone_id in set(find_zones(text=f" {text.upper()} ")["zone_id"])


def test_a_text_that_names_no_zone_finds_none():
    assert find_zones(text="no such zone").empty
    assert list(find_zones(text="no such zone").columns) == list(ZONES.columns)


@given(zones, vintages)
def test_the_overlap_of_a_zone_is_its_members(zone_id, vintage):
    rows = overlaps([zone_id], vintage)
    members = zone_members(zone_id, vintage)
    assert tuple(rows.loc[rows["extent"] == "whole", "adcode"]) == members.whole
    assert tuple(rows.loc[rows["extent"] == "part", "adcode"]) == members.part


@given(zones, vintages)
def test_the_overlap_is_seen_from_the_district_too(zone_id, vintage):
    for adcode in overlaps([zone_id], vintage)["adcode"]:
        assert zone_id in zones_over(adcode, vintage)
    assert zones_over("420100", vintage) == ()


def test_a_record_is_in_its_zone_and_in_the_zones_around_it():
    placed = toy_placed(YUFU, LIANGJIANG, at("500112"))
    assert zone_entries(placed, "cq-yufu")["entry_id"].tolist() == ["E0"]
    assert zone_entries(placed, "cq-liangjiang-na")["entry_id"].tolist() == ["E0", "E1"]


def test_totals_of_zones_overlap_and_are_never_those_of_districts():
    amounts = [{**YUFU, "amount_fen": 100}, {**LIANGJIANG, "amount_fen": 10}]
    placed = toy_placed(*amounts, {**at("500112"), "amount_fen": 1000})
    totals = zone_totals(placed, ["cq-liangjiang-na", "cq-yufu", "x-gaozhu"])
    assert totals["amount_fen"].tolist() == [110, 100, 0]
    assert totals["entries"].tolist() == [2, 1, 0]


@given(zones)
def test_the_total_of_a_zone_is_that_of_its_entries(zone_id):
    (row,) = zone_totals(read_placed(), [zone_id]).itertuples(index=False)
    assert tuple(row[1:]) == tuple(total_of(zone_entries(read_placed(), zone_id)))


def test_zone_totals_change_no_entry():
    placed = toy_placed(YUFU)
    before = placed.copy(deep=True)
    zone_totals(placed, IDS)
    assert placed.equals(before)


def test_every_figure_about_a_zone_is_found_at_its_zone():
    records = read_records()
    told = records[(records["kind"] == "zone_statistic") & (records["place_level"] == "zone")]
    found = {record for zone in IDS for record in zone_statistics(zone)["id"]}
    assert found == set(told["id"])
    assert len(list_statistics("cq-changshou-etdz")) == len(zone_statistics("cq-changshou-etdz"))


@given(zones, languages)
def test_only_safe_addresses_of_figures_are_links(zone_id, language):
    for row in list_statistics(zone_id, language).itertuples():
        assert row.source
        assert row.figure
        assert row.url is None or row.url.startswith("http")


@given(vintages, languages)
def test_the_table_of_zones_has_one_row_a_zone(vintage, language):
    listed = list_zones(ZONES, read_placed(), vintage, language)
    assert listed["zone_id"].tolist() == IDS
    assert listed["source"].ne("").all()
    assert (listed["whole"] + listed["part"]).ne("").all()


def test_an_amount_that_nobody_states_is_not_zero():
    listed = list_zones(find_zones(text="gaozhu"), toy_placed(YUFU), "2025")
    assert listed["amount_cny_mn"].isna().all()


@given(zones, vintages, languages)
def test_the_facts_of_a_zone_are_what_its_row_states(zone_id, vintage, language):
    facts = dict(zone_facts(zone_id, vintage, language))
    row = zone_rows()[zone_id]
    assert all(facts.values())
    assert facts["source"] == row["source"]
    assert facts.get("established", "") == row["year_established"]
    assert ("area" in facts) == bool(row["area_note"] or row["area_km2"] == row["area_km2"])


def test_the_new_area_is_three_districts_in_part_and_then_one():
    old, new = (dict(zone_facts("cq-liangjiang-na", vintage)) for vintage in VINTAGES)
    assert old["part"] == "Jiangbei District, Yubei District, Beibei District"
    assert new["whole"] == "Liangjiang New Area"
    assert "part" not in new


@given(languages)
def test_the_overlap_table_names_every_pair_once(language):
    listed = list_overlaps(IDS, "2025", language)
    assert len(listed) == len(overlaps(IDS, "2025"))
    assert not listed.duplicated(["adcode", "zone_id"]).any()
    assert listed["district"].ne("").all()


def test_names_stand_in_one_line():
    assert member_names(["500103", "500104"]) == "Yuzhong District, Dadukou District"
    assert sector_names(["automotive"], "zh")


@pytest.mark.parametrize("ask", [overlaps, list_overlaps])
def test_overlaps_and_list_overlaps_refuse_what_is_unknown(ask):
    with pytest.raises(UnknownPlaceError):
        ask(["nowhere"], "2025")
    with pytest.raises(UnknownChoiceError):
        ask(["x-gaozhu"], "1999")


def test_zones_over_refuses_an_unknown_vintage():
    with pytest.raises(UnknownChoiceError):
        zones_over("500103", "1999")


def test_list_zones_refuses_an_unknown_vintage():
    with pytest.raises(UnknownChoiceError):
        list_zones(ZONES, read_placed(), "1999")


def test_zone_facts_refuses_what_is_unknown():
    with pytest.raises(UnknownPlaceError):
        zone_facts("nowhere", "2025")
    with pytest.raises(UnknownChoiceError):
        zone_facts("x-gaozhu", "1999")


def test_member_names_refuses_an_unknown_unit():
    with pytest.raises(UnknownPlaceError):
        member_names(["420100"])

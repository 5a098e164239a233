"""A selection keeps exactly the entries it asks for and touches none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from toy_entries import (
    DISTRICTS,
    SPLIT,
    at,
    locate,
    placed_entries,
    selections,
    toy_entries,
    toy_placed,
)

from ccgeo.query.engine import (
    choice_counts,
    place_entries,
    read_placed,
    select,
    unit_column,
    years_of,
)
from ccgeo.query.selection import OPEN_SELECTION, Selection
from ccgeo.query.vocabulary import VIEW_CHOICES


def ids(entries):
    return entries["entry_id"].tolist()


SCALARS = {"min_confidence": int, "date_kind": str}


def open_to(**limits):
    return Selection(years=None, include_undated=True, stages=frozenset(), **limits)


@given(placed_entries(), selections())
def test_selecting_changes_no_entry(placed, selection):
    before = placed.copy(deep=True)

    selected = select(placed, selection)
    choice_counts(placed, selection)

    pd.testing.assert_frame_equal(placed, before)
    pd.testing.assert_frame_equal(selected, placed.loc[selected.index])


@given(placed_entries(), selections())
def test_a_selection_keeps_what_a_plain_reading_of_it_keeps(placed, selection):
    def is_asked(entry):
        undated = pd.isna(entry["year"]) or selection.date_kind not in {"any", entry["date_kind"]}
        in_years = selection.years is None or (
            not undated and selection.years[0] <= entry["year"] <= selection.years[1]
        )
        amount = entry["amount_fen"]
        floor = selection.min_amount_fen
        return (
            (selection.include_undated if undated else in_years)
            and (not selection.sectors or entry["sector_id"] in selection.sectors)
            and (not selection.stages or entry["stage"] in selection.stages)
            and (not selection.kinds or entry["kind"] in selection.kinds)
            and (not selection.directions or entry["direction"] in selection.directions)
            and (not selection.known_levels or entry["place_level"] in selection.known_levels)
            and (not selection.places or bool(selection.places & set(entry["within"])))
            and (not selection.zones or bool(selection.zones & set(entry["zones"])))
            and (not selection.partners or bool(selection.partners & set(entry["met"])))
            and (floor is None or (not pd.isna(amount) and amount >= floor))
            and entry["confidence"] >= selection.min_confidence
        )

    expected = [entry["entry_id"] for _, entry in placed.iterrows() if is_asked(entry)]

    assert ids(select(placed, selection)) == expected


@given(placed_entries(), selections())
def test_selecting_twice_is_selecting_once(placed, selection):
    once = select(placed, selection)

    pd.testing.assert_frame_equal(select(once, selection), once)


@given(placed_entries())
def test_the_open_selection_keeps_everything(placed):
    assert ids(select(placed, OPEN_SELECTION)) == ids(placed)


@given(placed_entries(), selections())
def test_the_count_of_a_choice_is_what_choosing_it_would_show(placed, selection):
    for field, counts in choice_counts(placed, selection).items():
        for choice, count in counts.items():
            value = SCALARS.get(field, lambda each: frozenset({each}))(choice)
            chosen = replace(selection, **{field: value})
            assert len(select(placed, chosen)) == count


def test_an_entry_that_tells_another_date_is_undated():
    placed = toy_placed(
        {"date_kind": "signed"}, {"date_kind": "started"}, {"date_kind": "started", "year": None}
    )

    assert years_of(placed).tolist() == [2020, 2020, 0]
    assert years_of(placed, "started").tolist() == [0, 2020, 0]
    started = Selection(years=(2020, 2020), date_kind="started")
    assert ids(select(placed, started)) == ["E1"]
    assert ids(select(placed, replace(started, include_undated=True))) == ["E0", "E1", "E2"]


def test_an_undated_entry_is_a_choice_and_never_a_year():
    placed = toy_placed({"year": None}, {"year": 2015})

    assert ids(select(placed, open_to())) == ["E0", "E1"]
    assert ids(select(placed, Selection(years=(2010, 2020)))) == ["E1"]
    assert ids(select(placed, Selection(years=(2010, 2020), include_undated=True))) == ["E0", "E1"]
    assert ids(select(placed, Selection(years=None))) == ["E1"]


def test_a_place_keeps_what_lies_wholly_in_it():
    placed = toy_placed(
        at("510104"),
        at("510100"),
        at("510000"),
        {"place_level": "several", "place_ids": ("510104", "510105")},
        {"place_level": "several", "place_ids": ("510104", "510402")},
    )

    assert ids(select(placed, open_to(places=frozenset({"510104"})))) == ["E0"]
    assert ids(select(placed, open_to(places=frozenset({"510100"})))) == ["E0", "E1", "E3"]
    assert ids(select(placed, open_to(places=frozenset({"510000"})))) == [
        "E0", "E1", "E2", "E3", "E4",
    ]  # fmt: skip


def test_a_district_of_one_vintage_can_still_be_asked_for():
    placed = toy_placed(at(SPLIT))

    assert ids(select(placed, open_to(places=frozenset({SPLIT})))) == ["E0"]


def test_a_zone_keeps_the_zones_inside_it():
    placed = toy_placed(
        {"place_level": "zone", "place_ids": ("cq-liangjiang-na",)},
        {"place_level": "zone", "place_ids": ("sc-tianfu-na",)},
        at(DISTRICTS[0]),
    )

    assert ids(select(placed, open_to(zones=frozenset({"cq-liangjiang-na"})))) == ["E0"]


def test_a_bloc_keeps_itself_and_its_members_and_a_member_never_the_bloc():
    placed = toy_placed(
        {"partners": ("ASEAN",)}, {"partners": ("SG", "US")}, {"partners": ("FR",)}, {}
    )

    assert ids(select(placed, open_to(partners=frozenset({"ASEAN"})))) == ["E0", "E1"]
    assert ids(select(placed, open_to(partners=frozenset({"SG"})))) == ["E1"]
    assert ids(select(placed, open_to(partners=frozenset({""})))) == ["E3"]


def test_an_amount_floor_leaves_out_what_states_no_amount():
    placed = toy_placed({"amount_fen": None}, {"amount_fen": 99}, {"amount_fen": 100})

    assert ids(select(placed, open_to(min_amount_fen=100))) == ["E2"]
    assert ids(select(placed, open_to(min_amount_fen=0))) == ["E1", "E2"]


def test_choices_without_entries_are_not_counted():
    placed = toy_placed({"stage": "signed"}, {"stage": ""})

    assert choice_counts(placed, open_to())["stages"] == {"signed": 1, "": 1}


def test_the_counts_of_a_field_do_not_follow_its_own_filter():
    placed = toy_placed({"sector_id": "automotive"}, {"sector_id": "electronics", "year": 2001})

    counts = choice_counts(placed, Selection(sectors=frozenset({"automotive"})))

    assert counts["sectors"] == {"automotive": 1}
    assert counts["stages"] == {"signed": 1}


def test_each_place_is_located_once():
    asked = []

    def counting(place, level, vintage):
        asked.append((place, level, vintage))
        return locate(place, level, vintage)

    place_entries(toy_entries(at("510104"), at("510104"), at("510105")), locate=counting)

    assert len(asked) == len(set(asked)) == 2 * 6


@pytest.mark.parametrize("level", VIEW_CHOICES["level"])
@pytest.mark.parametrize("vintage", VIEW_CHOICES["vintage"])
def test_what_lies_in_no_single_unit_is_marked_by_an_empty_text(level, vintage):
    placed = toy_placed({"place_level": "circle", "place_ids": ("CCEC",)})

    assert placed[unit_column(level, vintage)].tolist() == [""]


def test_text_is_kept_as_plain_objects_whose_rows_are_quick_to_take():
    placed = read_placed()

    slow = [name for name, column in placed.items() if column.dtype == "str"]
    assert slow == []

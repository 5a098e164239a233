"""Entries and their star say the same: nothing is lost on the way into codes and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import at, placed_entries, selections, toy_placed

from ccgeo.engine.star import FACTS, SIDES, UNSTATED_BAND, Codebook, bands_of, facts_of, star_of
from ccgeo.engine.verdicts import FILTERS, ONCE, flow_keys, verdicts
from ccgeo.query.engine import masks_of, passes
from ccgeo.query.flows import all_ends
from ccgeo.query.histogram import FLOORS_FEN
from ccgeo.query.measures import SUMS, addends_of
from ccgeo.query.selection import OPEN_SELECTION, Selection
from ccgeo.query.vocabulary import VIEW_CHOICES


@settings(max_examples=8, deadline=None)
@given(placed_entries())
def test_the_rows_behind_the_codes_are_the_entries(placed):
    star = star_of(placed)

    assert list(star.facts) == list(FACTS)
    for side, columns in SIDES.items():
        rows = star.sides[side].take(star.facts[side].to_numpy())
        for name in columns:
            told = placed[name].fillna(0) if name == "year" else placed[name]
            assert rows[name].tolist() == told.tolist(), name


@settings(max_examples=8, deadline=None)
@given(placed_entries())
def test_the_numbers_of_an_entry_are_its_addends(placed):
    facts = star_of(placed).facts

    assert facts[list(SUMS)].to_numpy().T.tolist() == addends_of(placed).tolist()
    assert addends_of(facts).tolist() == addends_of(placed).tolist()


@settings(max_examples=8, deadline=None)
@given(placed_entries())
def test_no_row_of_a_side_stands_twice(placed):
    for side, rows in star_of(placed).sides.items():
        assert not rows.map(str).duplicated().any(), side


@settings(max_examples=8, deadline=None)
@given(placed_entries(), selections())
def test_an_entry_is_kept_if_no_side_and_no_floor_refuses_it(placed, selection):
    star = star_of(placed)
    refused = np.zeros(len(placed), dtype=int)
    for side, verdict in verdicts(star.sides, selection).items():
        refusals = (verdict["blame"] // ONCE).tolist()
        told = dict(zip(verdict[side].tolist(), refusals, strict=True))
        codes = star.facts[side].tolist()
        refused += np.array([told.get(code, 2) for code in codes], dtype=int)
    floor = masks_of(placed, selection).get("min_amount", np.ones(len(placed), dtype=bool))

    assert ((refused == 0) & floor).tolist() == passes(placed, selection).tolist()


@settings(max_examples=8, deadline=None)
@given(placed_entries(), selections())
def test_the_filter_to_blame_is_the_one_without_which_the_row_is_kept(placed, selection):
    sides = star_of(placed).sides

    for side, verdict in verdicts(sides, selection).items():
        masks = masks_of(sides[side], selection)
        for code, blame in verdict[[side, "blame"]].to_numpy().tolist():
            against = [name for name, mask in masks.items() if not mask[code]]
            assert against == ([FILTERS[blame - ONCE]] if blame else [])


@pytest.mark.parametrize("level", VIEW_CHOICES["level"])
@pytest.mark.parametrize("vintage", VIEW_CHOICES["vintage"])
def test_rows_that_are_alike_lead_to_the_same_ends(level, vintage):
    placed = toy_placed(
        {**at("510104"), "partners": ("SG",), "direction": "inbound"},
        {**at("510105"), "partners": ("SG",), "direction": "outbound"},
        {**at("500112"), "partners": ("SG", "US")},
        {**at("510100"), "partners": ("US", "SG")},
        {**at("510000"), "partners": ("CN",), "direction": "domestic"},
        {"place_level": "circle", "place_ids": ("x",), "partners": ("FR",)},
        {"place_level": "several", "place_ids": ("510104", "510402"), "partners": ("FR",)},
    )
    star = star_of(placed)
    keys = flow_keys(star.sides, level, vintage)
    whole = [keys[side][star.facts[side].to_numpy()] for side in ("party", "site", "deal")]
    ends = all_ends(placed, level, vintage)

    told = {}
    for key, end in zip(zip(*map(np.ndarray.tolist, whole), strict=True), ends, strict=True):
        assert told.setdefault(key, end) == end


def test_a_codebook_gives_the_same_codes_ever_after():
    book = Codebook(("a", "b"))
    rows = pd.DataFrame({"a": ["x", "y", "x"], "b": [(1,), (), (1,)]})

    assert book.encode(rows).tolist() == [0, 1, 0]
    more = pd.DataFrame({"a": ["z", "x"], "b": [(), (1,)]})
    assert book.encode(more).tolist() == [2, 0]
    again = Codebook(("a", "b"), book.rows())
    assert again.encode(rows).tolist() == [0, 1, 0]
    assert len(again) == len(book) == 3


def test_a_codebook_of_nothing_has_no_rows():
    book = Codebook(("a",))

    assert book.encode(pd.DataFrame({"a": []}, dtype=object)).tolist() == []
    assert book.rows().empty


def test_parts_share_the_codes_of_one_book():
    books = {side: Codebook(columns) for side, columns in SIDES.items()}
    placed = toy_placed(at("510104"), at("510105"), at("510104"))

    parts = [facts_of(placed[:2], books), facts_of(placed[2:], books)]

    assert pd.concat(parts)["site"].tolist() == [0, 1, 0]


@given(st.integers(-(10**16), 10**16))
def test_a_band_is_the_number_of_floors_that_are_reached(amount):
    band = bands_of(np.array([amount]), np.array([True])).item()

    assert band == sum(floor <= amount for floor in FLOORS_FEN)


def test_an_unstated_amount_is_in_no_band_of_any_floor():
    assert bands_of(np.array([0]), np.array([False])).tolist() == [UNSTATED_BAND]


def test_an_open_selection_refuses_nothing():
    sides = star_of(toy_placed({}, {"year": None, "stage": "", "confidence": 1})).sides

    for side, verdict in verdicts(sides, OPEN_SELECTION).items():
        assert len(verdict) == len(sides[side])
        assert not verdict["blame"].any()


def test_what_two_filters_refuse_is_not_asked_for():
    sides = star_of(toy_placed({"stage": "cancelled", "sector_id": "automotive"})).sides
    selection = Selection(sectors=frozenset({"electronics"}), stages=frozenset({"signed"}))

    assert verdicts(sides, selection)["deal"].empty

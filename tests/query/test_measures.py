"""The law: mapped and not mapped add up to the total of the selection, exactly."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import SPLIT, at, placed_entries, selections, toy_placed

from ccgeo.query.engine import select
from ccgeo.query.measures import SUMS, Total, group_sums, in_order, summarise, total_of
from ccgeo.query.vocabulary import KNOWN_LEVELS, VIEW_CHOICES

LEVELS = st.sampled_from(VIEW_CHOICES["level"])
VINTAGES = st.sampled_from(VIEW_CHOICES["vintage"])


@given(placed_entries(), selections(), LEVELS, VINTAGES)
def test_mapped_and_not_mapped_add_up_to_the_total_exactly(placed, selection, level, vintage):
    summary = summarise(select(placed, selection), level, vintage)

    for column in SUMS:
        drawn = int(summary.mapped[column].sum())
        beside = int(summary.not_mapped[column].sum())
        assert drawn + beside == getattr(summary.total, column)


@given(placed_entries(), selections())
def test_the_total_is_the_sum_that_python_makes_of_the_rows(placed, selection):
    selected = select(placed, selection)

    amounts = [int(fen) for fen in selected["amount_fen"].dropna()]
    projects = [int(count) for count in selected["projects"].dropna()]
    expected = Total(len(selected), sum(projects), len(projects), sum(amounts), len(amounts))

    assert total_of(selected) == expected


@given(placed_entries(), LEVELS, VINTAGES)
def test_adding_up_changes_no_entry(placed, level, vintage):
    before = placed.copy(deep=True)

    summarise(placed, level, vintage)

    pd.testing.assert_frame_equal(placed, before)


@given(placed_entries(), VINTAGES)
def test_a_coarser_level_never_maps_less(placed, vintage):
    counts = [
        int(summarise(placed, level, vintage).mapped["entries"].sum())
        for level in ("district", "prefecture", "province")
    ]

    assert counts == sorted(counts)


@given(placed_entries(), LEVELS, VINTAGES)
def test_each_unit_and_each_level_of_knowledge_has_one_row(placed, level, vintage):
    summary = summarise(placed, level, vintage)

    assert summary.mapped["adcode"].is_monotonic_increasing
    assert summary.mapped["adcode"].is_unique
    ranks = [KNOWN_LEVELS.index(known) for known in summary.not_mapped["known_level"]]
    assert ranks == sorted(set(ranks))


def test_what_is_known_for_a_province_is_not_spread_over_its_districts():
    placed = toy_placed({**at("500000"), "amount_fen": 900}, {**at("500103"), "amount_fen": 100})

    summary = summarise(placed, "district", "2025")

    assert summary.mapped["amount_fen"].tolist() == [100]
    assert summary.not_mapped["known_level"].tolist() == ["province"]
    assert summary.not_mapped["amount_fen"].tolist() == [900]


def test_a_district_that_later_boundaries_split_is_not_mapped_on_them():
    placed = toy_placed({**at(SPLIT), "amount_fen": 5})

    assert summarise(placed, "district", "2025").mapped["adcode"].tolist() == [SPLIT]
    split = summarise(placed, "district", "2026")
    assert split.mapped.empty
    assert split.not_mapped["known_level"].tolist() == ["district"]
    assert summarise(placed, "prefecture", "2026").mapped["adcode"].tolist() == ["500000"]


def test_an_amount_that_nobody_stated_is_not_an_amount_of_zero():
    placed = toy_placed({**at("510104")}, {**at("510105"), "amount_fen": 0})

    mapped = summarise(placed, "district", "2025").mapped.set_index("adcode")

    assert mapped.loc["510104", ["amount_fen", "amount_stated"]].tolist() == [0, 0]
    assert mapped.loc["510105", ["amount_fen", "amount_stated"]].tolist() == [0, 1]


def test_a_negative_residual_is_summed_and_never_clipped():
    placed = toy_placed(
        {**at("510104"), "amount_fen": 100}, {**at("510104"), "amount_fen": -300, "projects": -2}
    )

    mapped = summarise(placed, "district", "2025").mapped

    assert mapped[["projects", "amount_fen"]].to_numpy().tolist() == [[-1, -200]]


def test_sums_beyond_the_whole_numbers_of_a_float_stay_exact():
    odd = 2**53 + 1
    placed = toy_placed({**at("510104"), "amount_fen": odd}, {**at("510104"), "amount_fen": 1})

    assert summarise(placed, "district", "2025").mapped["amount_fen"].item() == odd + 1


def test_nothing_selected_adds_up_to_nothing():
    summary = summarise(toy_placed(), "district", "2025")

    assert summary.total == Total(0, 0, 0, 0, 0)
    assert summary.mapped.empty
    assert summary.not_mapped.empty


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-(2**55), 2**55))))
def test_a_group_is_the_sum_that_python_makes_of_its_rows(rows):
    keys = [key for key, _ in rows]

    found = group_sums(keys, np.array([[number for _, number in rows]], dtype=np.int64))

    assert list(found) == list(dict.fromkeys(keys))
    for key, sums in found.items():
        assert sums.tolist() == [sum(number for other, number in rows if other == key)]


def test_what_a_vocabulary_does_not_know_comes_last():
    assert in_order(["x", "b", "a"], ("a", "b")) == ["a", "b", "x"]

"""A choropleth shows what is known, and no data is never drawn as zero."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import SPLIT, at, placed_entries, toy_placed
from toy_layers import toy_units

from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.measures import SUMS
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.query.vocabulary import CLASS_COUNTS, SCHEMES, VIEW_CHOICES

UNITS = toy_units()


def build(*changes, bins=None, units=UNITS, **view):
    return build_choropleth(toy_placed(*changes), View(**view), bins=bins, units=units)


def row_of(layer, adcode):
    return layer.features.set_index("adcode").loc[adcode]


@given(
    placed_entries(),
    st.sampled_from(VIEW_CHOICES["vintage"]),
    st.sampled_from(VIEW_CHOICES["measure"]),
    st.sampled_from(SCHEMES),
    st.sampled_from(CLASS_COUNTS),
)
def test_the_map_and_what_is_beside_it_add_up_exactly(placed, vintage, measure, scheme, k):
    view = View(vintage=vintage, measure=measure, scheme=scheme, k=k)

    layer = build_choropleth(placed, view, units=UNITS)

    for column in SUMS:
        together = int(layer.features[column].sum()) + int(layer.not_mapped[column].sum())
        assert together == getattr(layer.total, column)
    counted = sum(item.count for item in layer.legend.classes) + layer.legend.no_data_count
    assert counted == len(layer.features)
    assert len(layer.legend.colours) == len(layer.legend.classes) == len(layer.bins)


@given(placed_entries())
def test_building_changes_neither_entries_nor_boundaries(placed):
    before, units = placed.copy(deep=True), UNITS.copy(deep=True)

    build_choropleth(placed, View(), units=UNITS)

    pd.testing.assert_frame_equal(placed, before)
    pd.testing.assert_frame_equal(UNITS, units)


def test_no_record_and_no_stated_amount_are_no_data_and_a_stated_zero_is_a_value():
    layer = build(at("510104"), {**at("510105"), "amount_fen": 0})

    silent, zero, none = (row_of(layer, code) for code in ("510104", "510105", "510402"))
    assert np.isnan(silent["value"])
    assert silent["class_index"] == -1
    assert silent["entries"] == 1
    assert zero["value"] == 0
    assert zero["class_index"] == 0
    assert np.isnan(none["value"])
    assert none["entries"] == 0
    assert layer.legend.no_data_count == 4


def test_amounts_are_drawn_in_yuan():
    assert row_of(build({**at("510104"), "amount_fen": 150}), "510104")["value"] == 1.5


def test_amounts_per_area_use_the_area_of_the_unit():
    layer = build(
        {**at("510104"), "amount_fen": 100_000},
        units=toy_units(area_km2=50.0),
        measure="amount_per_km2",
    )

    assert row_of(layer, "510104")["value"] == 20.0


def test_projects_are_counted_even_where_no_amount_is_stated():
    layer = build(
        {**at("510104"), "projects": 7}, {**at("510105"), "projects": None}, measure="projects"
    )

    assert row_of(layer, "510104")["value"] == 7
    assert np.isnan(row_of(layer, "510105")["value"])


def test_limits_given_are_kept_and_win_over_those_of_the_view():
    entry = {**at("510104"), "amount_fen": 5_000}

    assert build(entry, bins=(10.0, 20.0)).bins == (10.0, 20.0)
    by_view = build_choropleth(toy_placed(entry), View(bins=(1.0, 2.0)), units=UNITS)
    assert by_view.bins == (1.0, 2.0)
    assert by_view.features["class_index"].max() == 1


def test_no_data_at_all_has_an_empty_legend():
    layer = build(at("510000"))

    assert layer.legend.classes == ()
    assert layer.legend.colours == ()
    assert (layer.features["class_index"] == -1).all()


def test_one_value_is_one_class():
    layer = build({**at("510104"), "amount_fen": 100})

    (only,) = layer.legend.classes
    assert (only.lower, only.upper, only.label, only.count) == (1.0, 1.0, "CNY 1", 1)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["up to CNY 1 mn", "CNY 1 mn – CNY 2 mn", "over CNY 2 mn"]),
        ("zh", ["不超过100万元", "100万元 – 200万元", "200万元以上"]),
    ],
)
def test_classes_are_said_in_words_with_open_ends(language, labels):
    entries = [
        {**at(adcode), "amount_fen": 10**8 * factor}
        for factor, adcode in enumerate(("510104", "510105", "510402"), start=1)
    ]

    legend = build(*entries, language=language).legend

    assert [item.label for item in legend.classes] == labels
    assert [item.count for item in legend.classes] == [1, 1, 1]


def test_ids_are_the_same_whatever_is_selected():
    some = build({**at("510104"), "amount_fen": 1})
    none = build()

    assert some.features["id"].tolist() == none.features["id"].tolist()
    assert some.features["id"].iloc[0] == "unit-2025-district-500103"
    assert some.features["id"].is_unique


def test_a_split_district_is_beside_the_later_map():
    layer = build({**at(SPLIT), "amount_fen": 9}, vintage="2026")

    assert layer.features["entries"].sum() == 0
    assert layer.not_mapped["amount_fen"].tolist() == [9]


def test_a_layer_says_what_it_is():
    layer = build_choropleth(
        toy_placed({**at("510104"), "amount_fen": 1}),
        View(measure="projects"),
        selection=DEFAULT_SELECTION,
        units=UNITS,
    )

    assert "signed or later" in layer.sentence
    assert layer.metadata["selection"] == {"measure": "projects"}
    assert layer.metadata["boundaries"]["approval_number"] == "GS(2024)0650"
    assert json.dumps(layer.metadata)
    assert layer.features.crs == "EPSG:4326"

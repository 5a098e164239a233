"""Two selections on one scale, their difference, and panels of one selection."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.answer import answer
from ccgeo.layers.compare import compare, panels
from ccgeo.query.engine import read_placed, select
from ccgeo.query.memory import Memory
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View

CARS = Selection(sectors=frozenset({"automotive"}))
DIGITAL = Selection(sectors=frozenset({"digital"}))
EARLY, LATE = Selection(years=(2010, 2017)), Selection(years=(2018, 2026))


@pytest.mark.parametrize("view", [View(), View(rescale=True), View(level="prefecture")])
def test_both_sides_have_one_scale(view):
    found = compare(CARS, DIGITAL, view)
    assert found.first.choropleth.bins == found.second.choropleth.bins


@pytest.mark.parametrize("view", [View(), View(rescale=True)])
def test_other_records_than_the_shipped_ones_are_compared_on_one_scale(view):
    some = read_placed().head(300)
    found = compare(EARLY, LATE, view, Memory(some))

    assert found.first.choropleth.bins == found.second.choropleth.bins
    assert len(found.first.selected) == len(select(some, EARLY))
    assert [panel.choice for panel in panels(EARLY, view, "years", Memory(some))] == sorted(
        {str(year) for year in select(some, EARLY)["year"].dropna()}
    )


def test_a_rescaled_scale_covers_both_sides():
    found = compare(CARS, DIGITAL, View(rescale=True))
    greatest = max(side.choropleth.features["value"].max() for side in (found.first, found.second))
    assert found.first.choropleth.bins[-1] == greatest


def test_the_difference_is_left_minus_right_where_both_state_a_figure():
    found = compare(EARLY, LATE, View(level="prefecture"))
    left = found.first.choropleth.features["value"].to_numpy()
    right = found.second.choropleth.features["value"].to_numpy()
    np.testing.assert_array_equal(found.difference.features["value"].to_numpy(), left - right)


def test_a_unit_known_on_one_side_only_is_no_data():
    found = compare(CARS, DIGITAL, View())
    one_side = found.first.choropleth.features["value"].isna() != (
        found.second.choropleth.features["value"].isna()
    )
    assert one_side.any()
    assert (found.difference.features.loc[one_side, "class_index"] == -1).all()


def test_the_colours_part_at_zero():
    difference = compare(EARLY, LATE, View()).difference
    values, classes = difference.features["value"], difference.features["class_index"]
    split = difference.bins.index(0.0)
    assert (classes[values < 0] <= split).all()
    assert (classes[values > 0] > split).all()
    assert len(difference.legend.classes) == len(difference.legend.colours)
    assert [each.label.split()[0] for each in difference.legend.classes] == [
        "less" if number <= split else "more" for number in range(len(difference.legend.classes))
    ]


def test_every_unit_has_a_class_or_no_data():
    legend = compare(EARLY, LATE, View()).difference.legend
    assert sum(each.count for each in legend.classes) + legend.no_data_count == 221


def test_the_difference_with_itself_is_nowhere_above_or_below():
    found = compare(DEFAULT_SELECTION, DEFAULT_SELECTION, View())
    assert set(found.difference.features["value"].dropna()) == {0.0}


@settings(max_examples=15)
@given(first=st.integers(2010, 2020), length=st.integers(0, 6))
def test_panels_of_years_add_up_to_the_whole(first, length):
    asked = Selection(years=(first, first + length))
    whole = answer(asked, View()).choropleth
    parts = panels(asked, View(), "years")
    assert sum(part.choropleth.total.amount_fen for part in parts) == whole.total.amount_fen
    assert sum(part.choropleth.total.entries for part in parts) == whole.total.entries


def test_panels_of_sectors_add_up_to_the_whole():
    parts = panels(DEFAULT_SELECTION, View(), "sectors")
    total = answer(DEFAULT_SELECTION, View()).choropleth.total
    assert sum(part.choropleth.total.amount_fen for part in parts) == total.amount_fen
    assert len(parts) >= 14


def test_panels_share_their_limits():
    parts = panels(DEFAULT_SELECTION, View(level="prefecture"), "years")
    assert len({part.choropleth.bins for part in parts}) == 1
    assert len(parts) >= 16


def test_an_empty_selection_has_no_panel():
    nothing = Selection(years=(2002, 2002), partners=frozenset({"CL"}))
    assert panels(nothing, View(), "years") == ()
    assert panels(nothing, View(), "sectors") == ()


def test_an_unknown_cut_is_refused():
    with pytest.raises(UnknownChoiceError, match="colour"):
        panels(DEFAULT_SELECTION, View(), "colour")

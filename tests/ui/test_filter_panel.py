"""What the filters are told, and what of it is believed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.query.engine import choice_counts, read_placed
from ccgeo.query.selection import DEFAULT_SELECTION, Selection
from ccgeo.query.vocabulary import names_of, year_span
from ccgeo.ui.filter_panel import read_asked
from ccgeo.views.live_map.filters import LISTS, build_filters, rest_allows

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELDS = (*LISTS, "years", "undated", "date_kind")


@given(ANYTHING | st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_a_browser_sends_is_a_change_of_the_selection_or_nothing(told):
    asked = read_asked(told)
    Selection(**asked)
    for field in set(LISTS) & set(asked):
        assert asked[field] <= set(names_of(field))


@pytest.mark.parametrize(
    ("told", "years"),
    [([], None), ([2015, 2020], (2015, 2020)), ([2020, 2020], (2020, 2020))],
)
def test_years_are_two_in_order_or_all(told, years):
    assert read_asked({"years": told}) == {"years": years}


@pytest.mark.parametrize("told", [[2020, 2015], [1, 2], [2015], ["2015", 2020], 2015, {}])
def test_other_years_are_not_believed(told):
    assert read_asked({"years": told}) == {}


def test_each_choice_has_its_count_in_the_order_of_the_names():
    counts = choice_counts(read_placed(), DEFAULT_SELECTION)
    told = build_filters(DEFAULT_SELECTION, counts, rest_allows(DEFAULT_SELECTION))
    assert told["span"] == list(year_span())
    for field in LISTS:
        pairs = dict(zip(names_of(field), told["counts"][field], strict=True))
        assert {choice: count for choice, count in pairs.items() if count} == counts[field]


def test_what_the_filters_show_is_what_was_asked():
    asked = Selection(years=(2015, 2020), partners=frozenset({"SG", "JP"}), date_kind="signed")
    told = build_filters(asked, {}, np.ones(1, dtype=bool))["asked"]
    assert (told["partners"], told["years"], told["date_kind"]) == (
        ["JP", "SG"],
        [2015, 2020],
        "signed",
    )
    told.pop("undated")
    assert read_asked(told) == {
        **{field: getattr(asked, field) for field in LISTS},
        "years": asked.years,
        "date_kind": asked.date_kind,
    }

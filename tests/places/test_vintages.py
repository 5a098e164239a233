"""A date picks the boundaries in force."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.vintages import CHANGEOVER, VINTAGES, check_vintage, vintage_on

dates = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


@given(dates)
def test_a_full_date_falls_on_its_side_of_the_changeover(date):
    changed = date >= dt.date.fromisoformat(CHANGEOVER)
    assert vintage_on(date.isoformat()) == ("2026" if changed else "2025")


@given(dates, dates)
def test_a_later_date_never_has_older_boundaries(one, other):
    earlier, later = sorted([one.isoformat(), other.isoformat()])
    assert vintage_on(earlier) <= vintage_on(later)


@pytest.mark.parametrize("date", ["", "2025", "2025-11"])
def test_a_date_that_may_lie_on_either_side_keeps_the_older_boundaries(date):
    assert vintage_on(date) == "2025"


@pytest.mark.parametrize("date", ["2025-12", "2026", "2026-01"])
def test_a_month_or_year_after_the_changeover_has_the_newer_boundaries(date):
    assert vintage_on(date) == "2026"


@pytest.mark.parametrize("date", ["2025-13", "2025-1", "25", "2025/11/06", "2025-11-06\n", "x"])
def test_what_is_no_date_is_refused(date):
    with pytest.raises(UnknownChoiceError, match="YYYY-MM-DD"):
        vintage_on(date)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_a_vintage_passes(vintage):
    assert check_vintage(vintage) == vintage


def test_an_unknown_vintage_is_refused_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="2025, 2026"):
        check_vintage("2024")

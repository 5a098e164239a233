"""The score says how much is known, point by point, and nothing more."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.records.completeness import POINTS, completeness
from ccgeo.records.schema import RECORD_COLUMNS
from ccgeo.records.tables import read_records, read_sources, typed_records
from ccgeo.records.vocabulary import KNOWN_LEVELS, SOURCE_CLASSES, STAGES

EMPTY = dict.fromkeys(RECORD_COLUMNS, "") | {
    "kind": "event",
    "sector_id": "unstated",
    "place_level": "unknown",
    "confidence": "1",
}
WHOLE = {
    "amount_value": "1",
    "amount_scale": "bn",
    "currency": "CNY",
    "amount_kind": "investment",
    "date": "2020-01-02",
    "place_level": "district",
    "sector_id": "automotive",
    "stage": "signed",
    "organisation": "A firm",
}
NO_PAGE = {"class": "no_url", "linkable": False}
GOOD_PAGE = {"class": "official", "linkable": True}


def score(cells, source=NO_PAGE):
    (row,) = typed_records(pd.DataFrame([EMPTY | cells])).itertuples(index=False)
    return completeness(row, source)


def test_the_points_make_a_hundred():
    assert sum(POINTS.values()) == 100


def test_nothing_known_is_nought_and_everything_is_a_hundred():
    assert score({}).score == 0
    assert score(WHOLE, GOOD_PAGE).score == 100


@pytest.mark.parametrize(
    ("missing", "part"), [("stage", "stage"), ("organisation", "organisation")]
)
def test_what_is_missing_costs_its_points(missing, part):
    assert score(WHOLE | {missing: ""}, GOOD_PAGE).score == 100 - POINTS[part]


def test_a_day_is_more_than_a_month_and_a_month_more_than_a_year():
    dates = [score({"date": date}).score for date in ("", "2020", "2020-05", "2020-05-01")]
    assert dates == sorted(set(dates))


def test_a_place_known_finer_is_never_worth_less():
    levels = ("unknown", "country", "circle", "province", "prefecture", "district")
    scores = [score({"place_level": level}).score for level in levels]
    assert scores == sorted(scores)


def test_a_count_and_a_quantity_are_figures_too():
    for cells in ({"project_count": "5"}, {"quantity_value": "7", "quantity_unit": "km2"}):
        assert score(cells).score == POINTS["figure"]


@given(
    date=st.sampled_from(["", "2020", "2020-05", "2020-05-01"]),
    level=st.sampled_from(KNOWN_LEVELS),
    stage=st.sampled_from(["", *STAGES]),
    source_class=st.sampled_from(SOURCE_CLASSES),
    linkable=st.booleans(),
)
def test_the_score_is_the_sum_of_its_parts(date, level, stage, source_class, linkable):
    source = {"class": source_class, "linkable": linkable}
    scored = score({"date": date, "place_level": level, "stage": stage}, source)
    assert scored.score == sum(part.points for part in scored.parts)
    assert [part.name for part in scored.parts] == list(POINTS)
    assert all(0 <= part.points <= part.most for part in scored.parts)


def test_every_shipped_record_has_a_score():
    sources = {row["source_id"]: row for row in read_sources().to_dict("records")}
    rows = read_records().itertuples()
    scores = [completeness(row, sources[row.source_id]).score for row in rows]
    assert 0 < min(scores) <= max(scores) <= 100

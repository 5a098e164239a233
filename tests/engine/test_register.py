"""Every engine gives what the in-memory engine gives: to the last fen, for any question."""

from __future__ import annotations

from itertools import islice

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import at, placed_entries, selections, toy_placed

from ccgeo.engine.agreement import in_memory, random_questions, result_bytes
from ccgeo.engine.backends import DuckEngine, EngineError, PostgresEngine, SparkEngine, open_engine
from ccgeo.engine.register import register_of, shipped_register
from ccgeo.engine.star import SIDES, read_side, star_of, write_side
from ccgeo.query.engine import read_placed
from ccgeo.query.histogram import FLOORS_FEN, amount_bars
from ccgeo.query.selection import OPEN_SELECTION, Selection, View
from ccgeo.query.vocabulary import VIEW_CHOICES

VIEWS = st.builds(
    View,
    level=st.sampled_from(VIEW_CHOICES["level"]),
    vintage=st.sampled_from(VIEW_CHOICES["vintage"]),
)


@pytest.fixture(scope="module")
def shipped():
    return shipped_register()


@pytest.fixture(scope="module")
def engine():
    return DuckEngine()


@settings(max_examples=12, deadline=None)
@given(placed_entries(), selections(), VIEWS)
def test_an_engine_gives_what_the_entries_themselves_give(engine, placed, selection, view):
    register = register_of(star_of(placed), engine)

    asked = register.ask(selection, view)

    assert result_bytes(asked) == result_bytes(in_memory(placed, selection, view))
    assert register.amount_bars(selection) == amount_bars(placed, selection)


@pytest.mark.parametrize("seed", range(2))
def test_the_shipped_entries_answer_random_questions_alike(shipped, seed):
    for selection, view in islice(random_questions(seed), 12):
        expected = result_bytes(in_memory(read_placed(), selection, view))
        assert result_bytes(shipped.ask(selection, view)) == expected


def test_random_questions_come_to_every_filter_and_view():
    asked = list(islice(random_questions(0), 300))

    fields = ("sectors", "places", "zones", "partners", "stages", "kinds", "directions")
    for field in (*fields, "known_levels", "min_amount_fen", "years"):
        assert len({bool(getattr(selection, field)) for selection, _ in asked}) == 2, field
    assert len({(view.level, view.vintage) for _, view in asked}) == 6


def test_two_answers_that_differ_in_one_fen_differ():
    one, other = (
        in_memory(toy_placed({"amount_fen": fen}), OPEN_SELECTION, View()) for fen in (10, 11)
    )

    assert result_bytes(one) != result_bytes(other)


def test_sums_are_whole_numbers_beyond_what_a_float_can_hold(engine):
    odd = 2**53 + 1
    placed = toy_placed({"amount_fen": odd}, {"amount_fen": 2**53}, at("510104"))

    asked = register_of(star_of(placed), engine).ask(OPEN_SELECTION, View())

    assert asked.summary.total.amount_fen == odd + 2**53


def test_a_sum_that_does_not_fit_is_an_error_and_no_wrong_number(engine):
    placed = toy_placed({"amount_fen": 2**62}, {"amount_fen": 2**62})

    with pytest.raises(EngineError, match="too large"):
        register_of(star_of(placed), engine).ask(OPEN_SELECTION, View())


def test_a_floor_inside_a_bar_is_met_exactly(shipped):
    for floor in (FLOORS_FEN[3], FLOORS_FEN[3] + 1, 0):
        selection = Selection(min_amount_fen=floor)
        expected = in_memory(read_placed(), selection, View()).summary.total
        assert shipped.ask(selection, View()).summary.total == expected


def test_a_side_is_read_as_it_was_written():
    star = star_of(read_placed())

    for side in SIDES:
        pd.testing.assert_frame_equal(read_side(write_side(star.sides[side])), star.sides[side])


@pytest.mark.parametrize(
    "setting",
    ["mysql://host/x", "duckdb:file", "/data/register", "spark", "postgres:/host", "{{7*7}}"],
)
def test_a_bad_setting_is_told_in_one_sentence(setting):
    with pytest.raises(EngineError, match=r"^CCGEO_ENGINE .* is not understood: write duckdb://"):
        open_engine(setting)


def test_an_engine_that_is_not_there_is_told_in_one_sentence():
    with pytest.raises(EngineError, match=r"^PostgreSQL at 127.0.0.1 does not answer: .+$"):
        PostgresEngine("postgres://nobody@127.0.0.1:9/none")


def test_spark_that_does_not_start_is_told_in_one_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)

    with pytest.raises(EngineError, match=r"^Spark at local does not start"):
        SparkEngine("local")

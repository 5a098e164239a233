"""A store answers as its entries do, says what it is, and is whole or not there."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq
import pytest
from benchmarks.scale.register import MARK, synthetic_rows, write_synthetic
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import placed_entries, selections, toy_placed

from ccgeo.engine.agreement import in_memory, random_questions, result_bytes
from ccgeo.engine.backends import DuckEngine, EngineError
from ccgeo.engine.expression import CELL_TABLES, CUTS
from ccgeo.engine.star import FACTS, SIDES, star_of
from ccgeo.engine.store import NOTE, attach_store, open_register, read_note, write_store
from ccgeo.query.engine import read_placed
from ccgeo.query.histogram import FLOORS_FEN, amount_bars
from ccgeo.query.selection import OPEN_SELECTION, View


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's a store")
    star = star_of(read_placed())
    write_store(folder, [star.facts[:300], star.facts[300:]], star.sides)
    return folder


def test_a_store_answers_as_its_entries_do(folder):
    register = open_register(f"duckdb://{folder}")

    questions = random_questions(5)
    for selection, view in (next(questions) for _ in range(10)):
        expected = result_bytes(in_memory(read_placed(), selection, view))
        assert result_bytes(register.ask(selection, view)) == expected
    assert register.has_cells
    assert read_note(folder) == {"format": 4, "entries": len(read_placed()), "synthetic": False}


@pytest.mark.parametrize(("worth", "tables"), [(0.0, 2), (2.0, len(CELL_TABLES))])
def test_whatever_cells_there_are_answers_are_the_same(tmp_path, monkeypatch, worth, tables):
    monkeypatch.setattr("ccgeo.engine.cells._WORTH", worth)
    placed = read_placed()
    star = star_of(placed)
    write_store(tmp_path, [star.facts], star.sides)

    register = open_register(f"duckdb://{tmp_path}")

    assert len(register.cells) == tables
    for selection, view in islice(random_questions(9), 8):
        for floor in (selection.min_amount_fen, FLOORS_FEN[2], FLOORS_FEN[2] + 1, -1):
            asked = replace(selection, min_amount_fen=floor)
            expected = result_bytes(in_memory(placed, asked, view))
            assert result_bytes(register.ask(asked, view)) == expected
        assert register.amount_bars(selection) == amount_bars(placed, selection)


@settings(max_examples=5, deadline=None)
@given(placed_entries(), selections(), st.data())
def test_any_least_amount_is_answered_to_the_fen(placed, selection, data):
    amounts = placed["amount_fen"].dropna().tolist()
    near = st.sampled_from([*amounts, *FLOORS_FEN]) if amounts else st.sampled_from(FLOORS_FEN)
    floor = data.draw(near) + data.draw(st.sampled_from([-1, 0, 1]))
    asked = replace(selection, min_amount_fen=floor)
    star = star_of(placed)
    with TemporaryDirectory() as name:
        write_store(Path(name), [star.facts], star.sides)
        found = open_register(f"duckdb://{name}").ask(asked, View())

    assert result_bytes(found) == result_bytes(in_memory(placed, asked, View()))


def test_entries_that_state_an_amount_are_sorted_by_it(folder):
    amounts = pd.read_parquet(folder / "cells" / "amounts.parquet")

    assert list(amounts) == list(FACTS)
    assert amounts["amount_fen"].is_monotonic_increasing
    assert amounts["entries"].sum() == read_placed()["amount_fen"].notna().sum()


def test_cells_are_fewer_the_less_they_tell(folder):
    cells = open_register(f"duckdb://{folder}").cells

    assert {tuple(SIDES), CUTS} <= set(cells)
    for told in cells:
        rows = pq.read_metadata(folder / "cells" / f"{'-'.join(told)}.parquet").num_rows
        assert told == CUTS or rows < len(read_placed())


def test_without_a_setting_the_shipped_entries_answer(monkeypatch):
    monkeypatch.delenv("CCGEO_ENGINE", raising=False)

    total = open_register().ask(OPEN_SELECTION, View()).summary.total

    assert total.entries == len(read_placed())


def test_a_folder_that_is_no_store_is_told_in_one_sentence(tmp_path):
    with pytest.raises(EngineError, match="is no finished store: make one with ccgeo ingest"):
        open_register(f"duckdb://{tmp_path}")
    (tmp_path / NOTE).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(EngineError, match="of another format"):
        read_note(tmp_path)
    with pytest.raises(EngineError, match="of another format"):
        attach_store(tmp_path, DuckEngine())


def test_a_setting_without_a_folder_is_told_in_one_sentence():
    with pytest.raises(EngineError, match="names no folder"):
        open_register("duckdb://")


def test_an_empty_register_can_be_asked(tmp_path):
    star = star_of(toy_placed())
    write_store(tmp_path, [star.facts], star.sides)

    found = open_register(f"duckdb://{tmp_path}").ask(OPEN_SELECTION, View())

    assert result_bytes(found) == result_bytes(in_memory(toy_placed(), OPEN_SELECTION, View()))


def test_made_up_rows_say_so_everywhere_and_are_the_same_again(tmp_path):
    first, again = (next(synthetic_rows(50, seed=3)) for _ in range(2))

    assert first.equals(again)
    assert first["title"].str.startswith(MARK).all()
    assert first["id"].str.startswith("synthetic-").all()
    assert first["source"].str.contains("made up").all()
    for name in ("a.csv", "a.parquet"):
        write_synthetic(tmp_path / name, 20)
        assert (tmp_path / name).stat().st_size > 0

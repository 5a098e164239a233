"""Rows of pieces lie by year, each once, and say what they said."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.engine.partition import (
    part_file,
    part_files,
    parts_of_years,
    rows_at,
    write_part_of_year,
    write_piece,
)

YEARS = np.array([2021, 0, 2020, 2021, 0, 2021])
ROWS = pa.table(
    {
        "entry_id": pa.array([f"e{n}" for n in range(6)]).dictionary_encode(),
        "date": pa.array(["2021-02", "", "2020", "2021-03-01", "", "2021-01"]).dictionary_encode(),
        "place_text": pa.array(["Wanzhou"] * 6).dictionary_encode(),
        "row": np.arange(2, 8),
    }
)


@pytest.fixture
def store(tmp_path):
    counts = {tmp_path / "a.piece": write_piece(tmp_path / "a.piece", ROWS, YEARS)}
    for part in parts_of_years(tmp_path, counts):
        write_part_of_year(part)
    return tmp_path


def test_a_year_has_a_folder_with_the_newest_first(store):
    found = {path.parent.name: pq.read_table(path, partitioning=None) for path in part_files(store)}

    assert list(found) == ["year=2021", "year=2020", "year=0"]
    assert {name: part["entry_id"].to_pylist() for name, part in found.items()} == {
        "year=2021": ["e3", "e0", "e5"],
        "year=2020": ["e2"],
        "year=0": ["e1", "e4"],
    }
    assert all(part.column_names == ROWS.column_names for part in found.values())


def test_whoever_knows_hive_reads_the_year_of_a_folder(store):
    entries = str(store / "entries")
    asked = f"SELECT entry_id FROM read_parquet('{entries}/*/*.parquet') WHERE year = 2020"  # noqa: S608

    assert duckdb.sql(asked).fetchall() == [("e2",)]
    read = pq.read_table(entries, filters=[("year", "==", 0)])
    assert read["entry_id"].to_pylist() == ["e1", "e4"]


def test_rows_are_found_by_where_they_stood_in_the_file(store):
    found = rows_at(store / "a.piece", np.array([4, 0]), ("entry_id", "row"))

    assert list(found) == [("e0", 2), ("e4", 6)]


def test_a_piece_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", lambda *_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write_piece(tmp_path / "a.piece", ROWS, YEARS)
    assert not (tmp_path / "a.piece").exists()


def test_without_any_row_a_store_says_what_columns_it_has(tmp_path):
    path = tmp_path / "a.piece"
    counts = {path: write_piece(path, ROWS.slice(0, 0), YEARS[:0])}
    for part in parts_of_years(tmp_path, counts):
        write_part_of_year(part)

    (part,) = part_files(tmp_path)
    assert part == part_file(tmp_path, 0, 0)
    assert pq.read_schema(part).names == ROWS.column_names


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.integers(2000, 2003).map(str), st.integers(1, 9)), min_size=1, max_size=6
    ),
    st.integers(1, 20),
)
def test_every_batch_is_in_one_part_of_its_year_and_parts_are_few(told, most):
    pieces = {
        Path(f"{n}.piece"): dict(sorted(counts.items())) for n, counts in enumerate(told) if counts
    } or {Path("0.piece"): {}}
    parts = list(parts_of_years(Path("s"), pieces, most))

    held = [batch for part in parts for batch in part.batches if batch[1] >= 0]
    assert sorted(held) == [
        (path, at) for path, years in pieces.items() for at in range(len(years))
    ]
    sizes: dict[str, list[int]] = {}
    for part in parts:
        counts = [list(pieces[path].items())[at] for path, at in part.batches if at >= 0]
        year = part.path.parent.name.removeprefix("year=")
        assert {each for each, _ in counts} <= {year}
        assert len(counts) == 1 or sum(count for _, count in counts) <= most
        sizes.setdefault(year, []).append(sum(count for _, count in counts))
    # What a part leaves over, the next one begins with: never many small ones.
    largest = max((count for years in pieces.values() for count in years.values()), default=0)
    for rows in sizes.values():
        assert all(each + largest > most for each in rows[:-1])

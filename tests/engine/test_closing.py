"""At the end of taking files in nothing is counted twice, wherever it is told again."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.engine import closing
from ccgeo.engine.closing import close_store
from ccgeo.engine.partition import PIECE, part_files, parts_of_years, write_piece
from ccgeo.engine.parts import TIES, write_bytes, write_table
from ccgeo.engine.star import SIDES, Codebook
from ccgeo.engine.store import NOTE, read_note
from ccgeo.errors import CcgeoError

NONE = ("", 0, 0, 0, 0)


def rows(*told):
    """Return a piece: id, own, whole, projects (0 for none stated), fen (0 for none stated)."""
    names, own, whole, projects, fen = zip(*told, strict=True)
    zeros = np.zeros(len(told), dtype=np.int32)
    numbers = {"projects": np.array(projects), "amount_fen": np.array(fen)}
    facts = {
        **dict.fromkeys(SIDES, zeros),
        "band": zeros.astype(np.int16),
        "entries": np.ones(len(told), dtype=np.int64),
        "projects": numbers["projects"],
        "projects_stated": (numbers["projects"] > 0).astype(np.int64),
        "amount_fen": numbers["amount_fen"],
        "amount_stated": (numbers["amount_fen"] > 0).astype(np.int64),
    }
    told_columns = {"entry_id": names, "title": names, "row": np.arange(2, 2 + len(told))}
    return pa.table({**facts, **told_columns}), pa.table({"own": own, "whole": whole, **numbers})


def closed(folder, *pieces):
    for number, (part, ties) in enumerate(pieces):
        stem = folder / "pieces" / f"0000-{number:06d}"
        # Years that fall: the order of the years is not that of the file.
        counts = write_piece(stem.with_suffix(PIECE), part, np.arange(2030, 2030 - len(part), -1))
        write_table(stem.with_suffix(TIES), ties)
        note = {"synthetic": number == 1, "years": counts}
        write_bytes(stem.with_suffix(".json"), json.dumps(note).encode())
    books = {side: Codebook(columns).rows() for side, columns in SIDES.items()}
    repeated = close_store(folder, books, workers=2)
    parts = [pq.read_table(path) for path in part_files(folder)]
    return repeated, pa.concat_tables(parts).sort_by("entry_id").to_pylist()


def test_the_first_telling_stays_and_later_ones_are_named(tmp_path):
    repeated, kept = closed(
        tmp_path,
        rows(("a", 1, 0, 1, 5), ("b", 2, 0, 1, 5)),
        rows(("=a", 1, 0, 1, 7), ("c", 3, 0, 1, 5), ("c", 3, 0, 1, 9)),
    )

    assert repeated == 2
    assert [(row["entry_id"], row["amount_fen"]) for row in kept] == [("a", 5), ("b", 5), ("c", 5)]
    with (tmp_path / "repeated.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert told == [
        ["entry_id", "title", "row", "piece"],
        ["'=a", "'=a", "2", "0000-000001"],
        ["c", "c", "4", "0000-000001"],
    ]


def test_parts_leave_their_whole_in_any_piece_and_only_what_it_states(tmp_path):
    _, kept = closed(
        tmp_path,
        rows(("part", 1, 9, 2, 30), ("again", 5, 9, 1, 10), ("bare part", 6, 8, 3, 1)),
        rows(("again", 5, 9, 1, 10), ("whole", 9, 0, 5, 100), ("bare", 8, 0, 0, 50)),
    )

    left = {row["entry_id"]: (row["projects"], row["amount_fen"]) for row in kept}
    assert left["whole"] == (2, 60)
    assert left["bare"] == (0, 49)
    assert sum(fen for _, fen in left.values()) == 150


def test_the_note_is_that_of_all_pieces(tmp_path):
    closed(tmp_path, rows(("a", 1, 0, 1, 5)), rows(("b", 2, 0, 1, 5)))

    assert read_note(tmp_path) == {"format": 4, "entries": 2, "synthetic": True}


def test_a_store_that_is_closed_again_is_none_until_it_is_whole(tmp_path, monkeypatch):
    closed(tmp_path, rows(("a", 1, 0, 1, 5)))

    def end(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(closing, "write_part_of_year", end)
    with pytest.raises(KeyboardInterrupt):
        closed(tmp_path, rows(("a", 1, 0, 1, 5)))

    assert not (tmp_path / NOTE).exists()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3), st.integers(0, 9)),
            max_size=8,
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 9),
    st.randoms(use_true_random=False),
)
def test_however_rows_are_cut_each_is_told_once_in_its_year(told, most, chance):
    """Own 0 is no tie: such rows get a number of their own."""
    numbers = iter(range(100, 1000))
    cut = [
        [(f"e{(n := next(numbers))}", own or n, whole, *sums) for own, whole, *sums in piece]
        for piece in told
    ]
    # What rows are told twice, and what parts take, as a person would find it.
    seen, first = set(), []
    for row in (row for piece in cut for row in piece):
        if row[1] not in seen:
            first.append(row)
        seen.add(row[1])
    left = {
        name: [
            total - sum(row[at] for row in first if row[2] == own) * (total > 0)
            for at, total in ((3, projects), (4, fen))
        ]
        for name, own, _, projects, fen in first
    }
    cutting = partial(parts_of_years, most=most)
    with (
        TemporaryDirectory() as name,
        patch.object(closing, "parts_of_years", cutting),
        patch.object(closing, "finish_store"),
    ):
        folder, given_years = Path(name), {}
        for number, piece in enumerate(cut):
            stem = folder / "pieces" / f"0000-{number:06d}"
            part, ties = rows(*piece) if piece else [each.slice(0, 0) for each in rows(NONE)]
            years = np.array([chance.choice([0, 2019, 2021]) for _ in piece], dtype=np.int64)
            given_years |= dict(zip((row[0] for row in piece), years.tolist(), strict=True))
            counts = write_piece(stem.with_suffix(PIECE), part, years)
            write_table(stem.with_suffix(TIES), ties)
            note = {"synthetic": False, "years": counts}
            write_bytes(stem.with_suffix(".json"), json.dumps(note).encode())
        books = {side: Codebook(columns).rows() for side, columns in SIDES.items()}
        repeated = close_store(folder, books)
        kept = [
            (row, int(path.parent.name.removeprefix("year=")), path)
            for path in part_files(folder)
            for row in pq.read_table(path, partitioning=None).to_pylist()
        ]

    assert {row["entry_id"]: [row["projects"], row["amount_fen"]] for row, _, _ in kept} == left
    assert len(kept) == len(left)
    assert repeated == len(given_years) - len(left)
    assert all(given_years[row["entry_id"]] == year for row, year, _ in kept)


def test_closing_again_changes_nothing(tmp_path):
    pieces = rows(("part", 1, 9, 2, 30), ("whole", 9, 0, 5, 100)), rows(("part", 1, 9, 2, 30))

    assert closed(tmp_path, *pieces) == closed(tmp_path, *pieces)


def test_nothing_at_all_is_told(tmp_path):
    with pytest.raises(CcgeoError, match="nothing to take in"):
        close_store(tmp_path, {})

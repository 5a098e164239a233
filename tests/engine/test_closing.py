"""At the end of taking files in nothing is counted twice, wherever it is told again."""

from __future__ import annotations

import csv
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ccgeo.engine import closing
from ccgeo.engine.closing import close_store
from ccgeo.engine.parts import TIES, write_bytes, write_table
from ccgeo.engine.star import SIDES, Codebook
from ccgeo.engine.store import read_note
from ccgeo.errors import CcgeoError


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
        write_table(stem.with_suffix(".parquet"), part)
        write_table(stem.with_suffix(TIES), ties)
        write_bytes(stem.with_suffix(".json"), json.dumps({"synthetic": number == 1}).encode())
    books = {side: Codebook(columns).rows() for side, columns in SIDES.items()}
    repeated = close_store(folder, books)
    parts = [pq.read_table(path) for path in sorted((folder / "entries").glob("*.parquet"))]
    return repeated, pa.concat_tables(parts).to_pylist()


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


def test_a_piece_without_ties_stays_the_file_it_is(tmp_path):
    closed(tmp_path, rows(("a", 1, 0, 1, 5)), rows(("b", 2, 0, 1, 5)))

    part = tmp_path / "entries" / "part-0000-000000.parquet"
    assert part.samefile(tmp_path / "pieces" / "0000-000000.parquet")
    assert read_note(tmp_path) == {"format": read_note(tmp_path)["format"], "entries": 2,
                                   "synthetic": True}  # fmt: skip


def test_a_disk_without_links_gets_a_copy(tmp_path, monkeypatch):
    def refuse(*_paths):
        raise OSError

    monkeypatch.setattr(closing.os, "link", refuse)

    _, kept = closed(tmp_path, rows(("a", 1, 0, 1, 5)))

    assert [row["entry_id"] for row in kept] == ["a"]


def test_closing_again_changes_nothing(tmp_path):
    pieces = rows(("part", 1, 9, 2, 30), ("whole", 9, 0, 5, 100)), rows(("part", 1, 9, 2, 30))

    assert closed(tmp_path, *pieces) == closed(tmp_path, *pieces)


def test_nothing_at_all_is_told(tmp_path):
    with pytest.raises(CcgeoError, match="nothing to take in"):
        close_store(tmp_path, {})

"""A piece of a long file says what the same rows say in an upload."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.engine.star import FACTS, SIDES, Codebook, star_of
from ccgeo.errors import CcgeoError
from ccgeo.io import intake
from ccgeo.io.columns import cut_column
from ccgeo.io.faults import REJECTED
from ccgeo.io.intake import start_worker, take_piece
from ccgeo.io.own import own_entries
from ccgeo.io.pieces import Piece
from ccgeo.io.readers import read_records
from ccgeo.io.tables import csv_bytes

CELLS = {
    "title": ["Plant", "工厂", "A plant", ""],
    "date": ["2022-08-22", "2022年8月", "", "x"],
    "kind": ["deal", "", "indicator"],
    "stage": ["signed", "已签约", "singed", ""],
    "sector": ["汽车", "flying carpets", ""],
    "amount": ["1.5亿元", "US$3m", "12.25", "-5", "a lot", ""],
    "projects": ["1", "18个", "2.5", ""],
    "place": ["渝中区", "市中区", "Gotham", "Chengdu Science City", ""],
    "partner": ["SG;US", "GB", "Atlantis", ""],
    "lon": ["106.5604", "", "300"],
    "lat": ["29.5538", ""],
    "confidence": ["3", "", "4"],
}
ROWS = st.lists(
    st.tuples(*[st.sampled_from(cells) for cells in CELLS.values()]), min_size=1, max_size=12
)


def piece_of(rows, broken=()):
    table = pa.table({name: list(cells) for name, *cells in zip(CELLS, *rows, strict=True)})
    return Piece(0, np.arange(2, 2 + len(rows)), table, broken)


@settings(max_examples=40)
@given(ROWS)
def test_a_piece_is_its_upload_in_codes(rows):
    taken = take_piece(piece_of(rows), "a.csv")
    checked = read_records(csv_bytes([dict(zip(CELLS, row, strict=True)) for row in rows]), "a.csv")

    entries = own_entries(checked.good)
    star = star_of(entries)
    for name in FACTS:
        if name not in SIDES:
            assert taken.facts[name].tolist() == star.facts[name].tolist()
    for side in SIDES:
        uploaded = list(zip(*(star.sides[side][c] for c in SIDES[side]), strict=True))
        ours = [taken.sides[side][code] for code in taken.facts[side]]
        assert ours == [uploaded[code] for code in star.facts[side]]
    assert taken.told["row"].to_pylist() == checked.good["row"].tolist()
    assert taken.told["title"].to_pylist() == checked.good["title"].tolist()
    told = taken.rejected.decode("utf-8-sig").splitlines()[1:]
    assert len(told) == sum(each.verdict == REJECTED for each in checked.faults)


def test_what_no_id_names_is_named_by_its_row_and_known_by_what_it_says():
    one = ("Plant", "2022", "deal", "", "", "1亿元", "", "渝中区", "", "", "", "3")
    taken = take_piece(piece_of([one, ("Other", *one[1:])]), "a.csv")
    again = take_piece(piece_of([("Other", *one[1:])]), "b.csv")

    assert taken.told["entry_id"].to_pylist() == ["a.csv:2", "a.csv:3"]
    assert taken.ties["own"][1] == again.ties["own"][0]
    assert taken.ties["own"][0] != taken.ties["own"][1]
    assert not taken.is_synthetic


def test_what_is_no_row_is_set_aside_with_its_text():
    one = ("Plant", *[""] * 11)

    told = take_piece(piece_of([one], ((3, "=b,2"),)), "a.csv").rejected.decode("utf-8-sig")

    assert told.splitlines()[1] == '3,,"\'=b,2",this is no row of the table'


def test_a_file_without_a_known_column_is_refused_and_an_empty_piece_is_not():
    columns = {name: pa.array([], pa.string()) for name in CELLS}

    with pytest.raises(CcgeoError, match="no column is one that is known here"):
        take_piece(Piece(0, np.array([2]), pa.table({"colour": ["red"]})), "a.csv")
    assert take_piece(Piece(0, np.arange(0), pa.table(columns)), "a.csv").rows == 0


def test_a_worker_asks_only_for_codes_that_are_new_to_it(monkeypatch):
    asked, codes = [], Codebook(("key",))

    def answer():
        return {side: codes.encode(pd.DataFrame({"key": asked[-1][side]})) for side in SIDES}

    line = SimpleNamespace(send=asked.append, recv=answer)
    monkeypatch.setattr(intake.signal, "signal", lambda *_given: None)
    start_worker(line, nullcontext())
    first, again = {side: ["a", "b"] for side in SIDES}, {side: ["c", "a"] for side in SIDES}

    found = [intake._Worker.codes(each)["deal"].tolist() for each in (first, again, again)]

    assert found == [[0, 1], [2, 0], [2, 0]]
    assert asked == [first, {side: ["c"] for side in SIDES}]


def test_ids_of_rows_that_are_left_say_whether_they_are_made_up():
    ids = cut_column(["synthetic-1", "b", "a synthetic-2", "b"])

    assert intake._are_made_up(ids).tolist() == [True, False, False, False]
    assert not intake._are_made_up(ids.take(np.array([1, 2]))).any()

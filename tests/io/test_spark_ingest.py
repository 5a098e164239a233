"""What the workers of Spark take in is the store that one machine makes; only Java is left out."""

from __future__ import annotations

import pickle
from contextlib import chdir
from itertools import islice
from pathlib import Path
from tempfile import gettempdir

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
import sqlglot
from benchmarks.scale.register import synthetic_rows
from inline_workers import work_inline

from ccgeo.engine.agreement import random_questions, result_bytes
from ccgeo.engine.parts import WRITING
from ccgeo.engine.store import open_register
from ccgeo.errors import CcgeoError
from ccgeo.io import pieces
from ccgeo.io.ingest import ingest
from ccgeo.io.spark_ingest import notes_of_spark

ROWS = 260


class Workers:
    """Does what Spark's workers do, in a folder of theirs, each task twice: it may be run again."""

    def __init__(self):
        self.tasks = 0

    def each(self, work, items):
        for item in items:
            task = pickle.dumps((work, item))
            with chdir(gettempdir()):
                for _ in range(2):
                    again, given = pickle.loads(task)  # noqa: S301 - written a line above
                    found = again(given)
            self.tasks += 1
            yield found

    def grouped(self, statement, files, key, work):
        (told,) = sqlglot.transpile(statement, read="spark", write="duckdb")
        with duckdb.connect() as connection:
            read = connection.read_parquet(
                list(map(str, files)), filename=True, file_row_number=True
            )
            read.project(
                "* EXCLUDE filename, parse_filename(filename) AS file, file_row_number AS position"
            ).create_view("files")
            rows = connection.execute(told).to_arrow_table()
        names = sorted(set(rows.column(key).to_pylist()))
        found = []
        for name in names:
            here = pa.compute.equal(rows.column(key), name)
            found += work(rows.filter(here)).column(key).to_pylist()
        return sorted(found)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Files with faults, repeats, parts and wholes, and line ends inside of cells."""
    monkeypatch.setattr(pieces, "PIECE_ROWS", 40)
    monkeypatch.setattr(pieces, "_BLOCK", 4_096)
    rows = next(synthetic_rows(ROWS)).assign(parent_id="")
    rows.loc[rows.index % 17 == 3, "amount"] = "no money"
    rows.loc[rows.index % 19 == 7, "title"] = 'Synthetic "quoted"\nproject'
    rows.loc[rows.index % 5 == 1, "parent_id"] = rows["id"].shift(1, fill_value="")
    again = rows[rows.index % 11 == 2]
    rows.loc[rows.index % 13 == 4, "id"] = ""
    csv, parquet, lines = (tmp_path / f"rows.{form}" for form in ("csv", "parquet", "jsonl"))
    pd.concat([rows[:90], again]).to_csv(csv, index=False)
    rows[90:190].to_parquet(parquet, row_group_size=33)
    pd.concat([rows[190:], again]).to_json(lines, orient="records", lines=True)
    with lines.open("a", encoding="utf-8") as file:
        file.write("no object\n")
    return [csv, parquet, lines]


@pytest.fixture
def expected(files, tmp_path, monkeypatch):
    """What the workers of this machine make of the files."""
    work_inline(monkeypatch)
    counts = ingest(files, tmp_path / "here")
    return counts, whole(tmp_path / "here")


def whole(store):
    """Return all that a store is: answers, what is set aside, what was told before."""
    register = open_register(f"duckdb://{store}")
    answers = [result_bytes(register.ask(*asked)) for asked in islice(random_questions(7), 4)]
    rejected = {path.name: path.read_bytes() for path in (store / "rejected").iterdir()}
    return answers, rejected, (store / "repeated.csv").read_bytes()


def test_a_store_made_by_spark_is_that_of_one_machine(files, expected, tmp_path):
    counts, told = expected

    assert ingest(files, tmp_path / "spark", spark=Workers()) == counts
    assert counts.rejected
    assert counts.repeated
    assert whole(tmp_path / "spark") == told


def test_files_and_folder_may_be_named_from_where_one_stands(files, expected, tmp_path):
    counts, told = expected

    with chdir(tmp_path):
        named = [path.relative_to(tmp_path) for path in files]
        assert ingest(named, Path("spark"), spark=Workers()) == counts
    assert whole(tmp_path / "spark") == told


def test_a_run_that_was_ended_goes_on_and_makes_nothing_again(files, expected, tmp_path):
    counts, told = expected
    store, first, second = tmp_path / "spark", Workers(), Workers()

    def end(_counts):
        if first.tasks == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(files, store, spark=first, on_progress=end)
    done = len(list((store / "pieces").glob("*.json")))
    (store / "rejected" / f"0000-000000.csv.1{WRITING}").write_text("half")

    assert ingest(files, store, spark=second) == counts
    assert done == 4
    assert whole(store) == told
    assert not list(store.rglob(f"*{WRITING}"))


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"not parquet")

    notes = notes_of_spark(Workers(), [tmp_path / "a.parquet"], tmp_path / "store", dict)

    with pytest.raises(CcgeoError, match=r"^a\.parquet cannot be read: .+"):
        list(notes)

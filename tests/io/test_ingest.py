"""Taking files in loses nothing, doubles nothing, and goes on where it was ended."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import BrokenExecutor
from types import SimpleNamespace

import pandas as pd
import pytest
from benchmarks.scale.register import write_synthetic
from inline_workers import work_inline

from ccgeo.engine.agreement import in_memory, result_bytes
from ccgeo.engine.partition import part_files
from ccgeo.engine.store import open_register, read_note
from ccgeo.errors import CcgeoError
from ccgeo.io import ingest as ingesting
from ccgeo.io import intake, pieces
from ccgeo.io.ingest import Counts, ingest, take_all
from ccgeo.io.own import own_entries
from ccgeo.io.pieces import pieces_of
from ccgeo.io.readers import read_records
from ccgeo.query.selection import OPEN_SELECTION, Selection, View

TEXT = """id,parent_id,title,date,stage,sector,amount,unit,currency,place,partner,projects
a,,Synthetic park,2020-05,signed,automotive,100,mn,CNY,500103,SG;US,5
b,a,Synthetic part,2020-05,signed,automotive,30,mn,CNY,500103,SG,2
c,,Synthetic plant,2021-02-03,started,,1.5,bn,USD,510104,GB,1
d,,Synthetic works,2021,signed,,no money,mn,CNY,510104,,1
c,,Synthetic plant,2021-02-03,started,,1.5,bn,USD,510104,GB,1
e,,Synthetic void,,,,,,,,,
"""


@pytest.fixture(autouse=True)
def _inline(monkeypatch):
    work_inline(monkeypatch)


def asked(folder, selection=OPEN_SELECTION):
    return open_register(f"duckdb://{folder}").ask(selection, View())


def test_rows_taken_in_answer_as_the_same_rows_uploaded(tmp_path):
    file = tmp_path / "synthetic.csv"
    file.write_text(TEXT, encoding="utf-8")

    counts = ingest([file], tmp_path / "store")

    kept = "".join(
        line for number, line in enumerate(TEXT.splitlines(keepends=True)) if number != 5
    )
    entries = own_entries(read_records(kept.encode(), "synthetic.csv").good)
    for selection in (OPEN_SELECTION, Selection(partners=frozenset({"EU", "ASEAN"}))):
        told = asked(tmp_path / "store", selection)
        expected = in_memory(entries, selection, View())
        assert told.summary.total == expected.summary.total
        assert result_bytes(told) == result_bytes(expected)
    assert counts.rows == 6
    assert counts.rejected + counts.repeated == 2


def test_what_is_set_aside_says_why(tmp_path):
    file = tmp_path / "synthetic.csv"
    file.write_text(TEXT, encoding="utf-8")

    ingest([file], tmp_path / "store")

    told = pd.concat(map(pd.read_csv, sorted((tmp_path / "store" / "rejected").glob("*.csv"))))
    assert (told["row"] == 5).any()
    assert told["reason"].str.contains("no money").any()


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_every_form_gives_the_same_store(tmp_path, form):
    plain, other = tmp_path / "s.csv", tmp_path / f"s.{form}"
    write_synthetic(plain, 300)
    rows = pd.read_csv(plain, dtype=str, keep_default_na=False)
    if form == "parquet":
        rows.to_parquet(other)
    else:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows.to_dict("records"))
        other.write_text("\n".join(lines) + "\nbroken\n", encoding="utf-8")

    ingest([plain], tmp_path / "one")
    counts = ingest([other], tmp_path / "two")

    assert result_bytes(asked(tmp_path / "one")) == result_bytes(asked(tmp_path / "two"))
    assert counts.rejected == (form == "jsonl")
    assert read_note(tmp_path / "two")["synthetic"]


def test_a_run_that_was_ended_goes_on_without_loss_or_doubling(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_ROWS", 40)
    file = tmp_path / "s.parquet"
    write_synthetic(file, 200)
    ingest([file], tmp_path / "whole")

    for last in range(4):
        folder = tmp_path / f"ended-{last}"

        def end(counts, last=last):
            if counts.rows > 40 * last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ingest([file], folder, on_progress=end)
        # Whatever a kill leaves half written has another name.
        (folder / "pieces" / "0000-000099.writing").write_text("half")
        ingest([file], folder)
        assert result_bytes(asked(folder)) == result_bytes(asked(tmp_path / "whole"))


def test_a_finished_store_said_again_stays_as_it_is(tmp_path):
    file, folder = tmp_path / "s.csv", tmp_path / "store"
    file.write_text(TEXT, encoding="utf-8")
    counts = ingest([file], folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    (folder / "pieces").mkdir()

    assert ingest([file], folder) == counts
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_store_that_was_ended_before_its_counts_is_closed_again(tmp_path, monkeypatch):
    file, folder = tmp_path / "s.csv", tmp_path / "store"
    file.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(ingesting.shutil, "rmtree", lambda *_given, **_more: None)
    counts = ingest([file], folder)
    monkeypatch.undo()
    work_inline(monkeypatch)
    ingesting._write_plan(folder, ingesting._plan([file]))
    answer = result_bytes(asked(folder))

    assert ingest([file], folder) == counts
    assert result_bytes(asked(folder)) == answer


def test_every_entry_lies_in_the_folder_of_its_year(tmp_path):
    file = tmp_path / "s.parquet"
    write_synthetic(file, 300)
    rows = pd.read_parquet(file)
    rows.loc[::7, "date"] = ""
    rows.to_parquet(file)

    ingest([file], tmp_path / "store")

    found = {
        entry: path.parent.name
        for path in part_files(tmp_path / "store")
        for entry in pd.read_parquet(path, columns=["entry_id"], partitioning=None)["entry_id"]
    }
    assert found == {
        entry: f"year={int(date[:4] or 0)}"
        for entry, date in zip(rows["id"], rows["date"], strict=True)
    }


def test_the_process_that_takes_in_tells_how_far_it_is_and_what_is_wrong(tmp_path):
    file, sent = tmp_path / "s.csv", []
    file.write_text(TEXT, encoding="utf-8")
    line = SimpleNamespace(send=sent.append)

    ingesting._take_all([file], tmp_path / "one", 1, line)
    ingesting._take_all([tmp_path / "none.csv"], tmp_path / "two", 1, line)

    assert sent[:2] == [Counts(6, 2, bytes_read=file.stat().st_size), None]
    assert "none.csv cannot be read" in str(sent[2])


def test_what_the_process_that_takes_in_says_last_is_told():
    def ended():
        raise EOFError

    told = iter([Counts(1, 0), CcgeoError("full")])
    found = ingesting._told(SimpleNamespace(recv=lambda: next(told)))
    assert next(found) == Counts(1, 0)
    with pytest.raises(CcgeoError, match="full"):
        next(found)
    with pytest.raises(CcgeoError, match="say the same again"):
        next(ingesting._told(SimpleNamespace(recv=ended)))


def test_what_the_desk_cannot_write_ends_the_run_in_its_words(tmp_path, monkeypatch):
    def refuse(*_given):
        message = "no space left"
        raise CcgeoError(message)

    monkeypatch.setattr(ingesting, "write_part", refuse)
    write_synthetic(tmp_path / "s.csv", 5)

    with pytest.raises(CcgeoError, match="no space left"):
        ingest([tmp_path / "s.csv"], tmp_path / "store")


def test_a_worker_that_is_ended_is_told_in_one_sentence(tmp_path, monkeypatch):
    def end(*_given):
        raise BrokenExecutor

    monkeypatch.setattr(intake, "take_in", end)
    write_synthetic(tmp_path / "s.csv", 5)

    with pytest.raises(CcgeoError, match="say the same again, and it goes on"):
        ingest([tmp_path / "s.csv"], tmp_path / "store")


def test_a_worker_ends_with_the_process_that_started_it(monkeypatch):
    told = []
    monkeypatch.setattr(intake.os, "_exit", told.append)

    intake._end_with(SimpleNamespace(join=lambda: told.append("ended")))

    assert told == ["ended", 1]


def test_other_files_are_not_mixed_in(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    for path in (one, other):
        write_synthetic(path, 5)
    ingest([one], tmp_path / "store")

    with pytest.raises(CcgeoError, match="was begun with other files"):
        ingest([other], tmp_path / "store")
    (tmp_path / "store" / "ingest.json").unlink()
    with pytest.raises(CcgeoError, match="holds a store already"):
        ingest([one], tmp_path / "store")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"x", "a file of this kind is not read"),
        ("a.parquet", b"not parquet", "cannot be read"),
        ("a.csv", b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CcgeoError, match=said):
        list(pieces_of(tmp_path / name))
    with pytest.raises(CcgeoError, match=said):
        list(take_all([tmp_path / name], tmp_path / "store", 1))
    with pytest.raises(CcgeoError, match="cannot be read"):
        ingest([tmp_path / "none.csv"], tmp_path / "store")
    shutil.rmtree(tmp_path / "store", ignore_errors=True)

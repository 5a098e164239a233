"""The command that lists records, writes them, and tells one."""

from __future__ import annotations

from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.io.formats import export_bytes
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import Selection, View

ASKED = ["--sector", "automotive", "--year", "2015-2020"]
SELECTION = Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))


def run(*arguments):
    return CliRunner().invoke(cli.app, ["records", *arguments])


def test_every_record_of_the_selection_is_on_a_line():
    lines = run(*ASKED).output.splitlines()

    selected = select(read_placed(), SELECTION)
    assert [line.split("\t")[0] for line in lines] == selected["record_id"].tolist()


def test_words_narrow_the_list_and_none_is_said():
    everything = run(*ASKED).output.splitlines()
    found = run(*ASKED, "Liangjiang").output.splitlines()

    assert 0 < len(found) < len(everything)
    nothing = run(*ASKED, "no such words")
    assert nothing.exit_code == cli.NOT_UNDERSTOOD
    assert "no record fits" in nothing.stderr


def test_the_file_is_the_one_of_the_export(tmp_path):
    path = tmp_path / "records.csv"

    assert run(*ASKED, "-o", str(path)).exit_code == 0
    assert path.read_bytes() == export_bytes(SELECTION, View(), "csv", ["records"])
    assert run(*ASKED, "-o", "-").stdout_bytes == path.read_bytes()


def test_words_and_a_file_do_not_go_together(tmp_path):
    done = run("Liangjiang", "-o", str(tmp_path / "x.csv"))

    assert done.exit_code == cli.UNUSABLE
    assert "leave out the words" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_record_is_told_with_its_source_tellings_and_conflict():
    told = run("--id", "CQ-0060").output

    assert "CapitaLand" in told
    assert "https://" in told
    assert "tellings          CQ-0060, " in told


def test_an_unknown_record_is_told():
    done = run("--id", "CQ-9999")

    assert done.exit_code != 0
    assert "record 'CQ-9999' is not known" in str(done.exception)

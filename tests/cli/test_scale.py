"""The commands for registers of any size say what they did, and what they could not."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ccgeo.engine
from ccgeo.cli import app
from ccgeo.cli.scale import _bar, publish
from ccgeo.errors import CcgeoError
from ccgeo.io.ingest import Counts


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_sums_close_and_come_from_the_engine_of_the_setting(monkeypatch):
    monkeypatch.setenv("CCGEO_ENGINE", "")

    lines = run("sums", "--level", "province").stdout.splitlines()

    rows = [line.split(",") for line in lines[1:]]
    assert lines[0] == "where,entries,projects,projects_stated,amount_fen,amount_stated"
    assert rows[-1][0] == "total"
    for column in range(1, 6):
        *parts, total = (int(row[column]) for row in rows)
        assert sum(parts) == total


def test_a_bad_setting_is_told(monkeypatch):
    monkeypatch.setenv("CCGEO_ENGINE", "mysql://x")

    assert "is not understood" in str(run("sums").exception)


def test_a_file_is_taken_in_and_counted(tmp_path, monkeypatch):
    file = tmp_path / "synthetic.csv"
    rows = "Synthetic,1 mn CNY,500103,2020,signed,3\nSynthetic two,?,,2020,signed,3\n"
    file.write_text("title,amount,place,date,stage,confidence\n" + rows, "utf-8")

    done = run("ingest", str(file), "-o", str(tmp_path / "store"), "--workers", "1")

    assert done.exit_code == 1
    assert "2 rows read, 1 rejected, 0 told before" in done.stdout
    assert done.stderr.splitlines() == ["taking in …", "closing the store …"]
    monkeypatch.setenv("CCGEO_ENGINE", f"duckdb://{tmp_path / 'store'}")
    assert "500103,1,0,0,100000000,1" in run("sums").stdout


def test_a_terminal_sees_how_much_is_taken_in(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with _bar(200) as count:
        count(Counts(5, 1, bytes_read=100))
        count(Counts(10, 2, bytes_read=200))
        count(Counts(10, 2, bytes_read=200))

    *_, half, whole = terminal.getvalue().split("\r")
    assert "50%" in half
    assert "5 rows, 1 rejected, " in half
    assert "100%" in whole
    assert "10 rows, 2 rejected, " in whole
    assert whole.endswith("\nclosing the store …\n")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_store_is_published_into_a_database_only():
    with pytest.raises(CcgeoError, match="names no database"):
        publish(Path("store"), "duckdb:///folder")


def test_a_missing_extra_is_told_in_one_sentence(monkeypatch):
    # What is loaded anew here goes again with the package that holds it.
    monkeypatch.setattr(ccgeo, "engine", ccgeo.engine)
    monkeypatch.setitem(sys.modules, "ibis", None)
    for name in [name for name in sys.modules if name.startswith("ccgeo.engine")]:
        monkeypatch.delitem(sys.modules, name)

    assert 'pip install "ccgeo[scale]"' in str(run("sums").exception)

"""The commands about the shipped data."""

from __future__ import annotations

import subprocess

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.errors import CcgeoError
from ccgeo.records.tables import read_records
from ccgeo.shipped import data_version


def run(*arguments):
    return CliRunner().invoke(cli.app, ["data", *arguments])


def test_the_version_is_that_of_every_file_and_says_what_it_holds():
    told = dict(line.split(maxsplit=1) for line in run("version").output.splitlines()[:-1])

    assert told["version"] == data_version()
    assert told["records"] == f"{len(read_records()):,}"
    assert "GS(2024)0650" in run("version").output


@pytest.fixture
def built(monkeypatch):
    steps = []

    def done(command, **_):
        steps.append(command[1].rpartition("/")[2])
        return subprocess.CompletedProcess(command, int("partners" in steps[-1]))

    monkeypatch.setattr(subprocess, "run", done)
    return steps


def test_the_steps_run_in_order_until_one_fails(built):
    done = run("build")

    assert done.exit_code == cli.UNUSABLE
    assert built == sorted(built)
    assert built[-1] == "build_partners.py"
    assert "build_partners.py failed" in done.stderr


def test_a_build_needs_a_checkout(built, monkeypatch, tmp_path):
    monkeypatch.setattr(cli.data, "__file__", str(tmp_path / "a" / "b" / "c" / "data.py"))

    with pytest.raises(CcgeoError, match="checkout"):
        cli.data.build()
    assert built == []

"""The command line answers as the page does, and says what it did not understand."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.errors import CcgeoError
from ccgeo.io.geojson import layer_bytes
from ccgeo.io.tables import records_bytes
from ccgeo.query.selection import Selection, View

ASKED = ["--sector", "automotive", "--year", "2015-2020", "--level", "prefecture"]
SELECTION = Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))
VIEW = View(level="prefecture")


def run(*arguments):
    return CliRunner().invoke(cli.app, list(arguments))


def run_whole(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "ccgeo", *arguments], capture_output=True, check=False, **options
    )


def test_the_version_is_that_of_the_package():
    result = run("--version")

    assert result.exit_code == 0
    assert result.output == f"ccgeo {version('ccgeo')}\n"


def test_the_version_loads_neither_libraries_nor_the_other_commands():
    script = (
        "import sys\n"
        "sys.argv = ['ccgeo', '--version']\n"
        "from ccgeo.__main__ import main\n"
        "main()\n"
        "sys.exit(', '.join({'typer', 'numpy', 'pandas', 'ccgeo.cli'} & set(sys.modules)) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == run("--version").output


def test_the_help_loads_none_of_the_libraries_behind_the_answers():
    script = (
        "import sys, ccgeo.cli\n"
        "heavy = {'pandas', 'numpy', 'geopandas', 'shapely', 'pyproj', 'streamlit'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["export", "summary", "choices", "app"])
def test_every_command_is_in_the_help_and_helps_itself(command):
    assert command in run("--help").output
    assert "Usage" in run(command, "--help").output


def test_the_layer_is_the_one_the_page_downloads(tmp_path):
    path = tmp_path / "layer.geojson"

    result = run("export", *ASKED, "-o", str(path))

    assert result.exit_code == 0
    assert path.read_bytes() == layer_bytes(SELECTION, VIEW)


def test_the_records_are_the_ones_the_page_downloads(tmp_path):
    path = tmp_path / "records.CSV"

    result = run("export", *ASKED, "-o", str(path))

    assert result.exit_code == 0
    assert path.read_bytes() == records_bytes(SELECTION, VIEW)


def test_a_dash_writes_to_standard_output():
    layer = run_whole("export", *ASKED, "-o", "-")
    table = run_whole("export", *ASKED, "-o", "-", "--format", "csv")

    assert json.loads(layer.stdout)["type"] == "FeatureCollection"
    assert list(csv.DictReader(io.StringIO(table.stdout.decode("utf-8-sig"))))
    assert layer.stderr == table.stderr == b""


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_bytes(b"old")

    refused = run_whole("export", *ASKED, "-o", str(path))
    assert refused.returncode == cli.UNUSABLE
    assert b"exists" in refused.stderr
    assert path.read_bytes() == b"old"

    assert run("export", *ASKED, "-o", str(path), "--force").exit_code == 0
    assert path.read_bytes() != b"old"


def test_unknown_values_are_told_and_the_rest_still_works(tmp_path):
    path = tmp_path / "layer.geojson"

    result = run(
        "export", *ASKED, "--sector", "flying_cars", "--place", "999999", "--year", "1850",
        "--measure", "height", "-o", str(path),
    )  # fmt: skip

    assert result.exit_code == cli.NOT_UNDERSTOOD
    told = result.stderr.strip().splitlines()
    assert len(told) == 4
    assert all("Nearest" in line for line in told)
    expected = Selection(sectors=frozenset({"automotive"}))
    assert path.read_bytes() == layer_bytes(expected, VIEW)


def test_an_unknown_format_writes_nothing(tmp_path):
    path = tmp_path / "layer.shp"

    result = run_whole("export", *ASKED, "-o", str(path))

    assert result.returncode == cli.UNUSABLE
    assert b"geojson, csv" in result.stderr
    assert not path.exists()


def test_a_reader_that_stops_early_is_no_error():
    command = f"'{sys.executable}' -m ccgeo choices places | head -n 1"

    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)

    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_the_summary_says_the_sentence_and_what_is_beside_the_map():
    result = run("summary", "--year", "all")

    assert result.exit_code == 0
    assert "announced or contracted, not spent." in result.output.splitlines()[0]
    assert "not mapped at this level" in result.output
    assert "`ccgeo export` has all of them" in result.output


def test_the_summary_reads_in_chinese():
    result = run("summary", "--lang", "zh", "--level", "province")

    assert result.output.splitlines()[0].endswith("。")
    assert "重庆市" in result.output


def test_a_summary_of_nothing_says_so():
    result = run("summary", "--year", "2002", "--min-amount", "9000000000000000")

    assert result.output == "No record fits this selection.\n"


def test_undated_records_can_be_taken_in():
    assert "undated included" in run("summary", "--undated").output
    assert "undated included" not in run("summary").output


def test_choices_are_listed_and_can_be_searched():
    everything = run("choices", "sectors").output.splitlines()
    found = run("choices", "places", "yubei").output.splitlines()

    assert any(line.startswith("automotive\t") for line in everything)
    assert [line.split("\t")[0] for line in found] == ["500112"]
    assert "unstated\tnot stated" in run("choices", "stages").output


def test_an_unknown_field_of_choices_is_told_with_the_known_ones():
    done = run_whole("choices", "colours")

    assert done.returncode == cli.UNUSABLE
    assert b"sectors" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def started(monkeypatch):
    calls = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: calls.append((program, arguments)))
    return calls


def test_the_explorer_is_served_on_this_machine_only(started):
    assert run("app", "--port", "8600").exit_code == 0

    ((program, arguments),) = started
    assert program == sys.executable
    assert Path(arguments[4]).name == "app.py"
    assert Path(arguments[4]).is_file()
    assert {"--server.port=8600", "--server.address=127.0.0.1"} <= set(arguments)


def test_a_missing_explorer_is_told(started, monkeypatch, tmp_path):
    lost = tmp_path / "src" / "ccgeo" / "cli" / "explore.py"
    monkeypatch.setattr(cli.explore, "__file__", str(lost))

    with pytest.raises(CcgeoError, match="reinstall"):
        cli.explore.serve()

    assert started == []

"""What the commands write is what the page downloads, whole or not at all."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.errors import CcgeoError
from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.layers.answer import answer
from ccgeo.layers.film import build_film
from ccgeo.query.selection import Selection, View
from ccgeo.views.figure import figure_bytes
from ccgeo.views.film import film_bytes
from ccgeo.views.folium_map import html_page

ASKED = ["--sector", "automotive", "--year", "2015-2020", "--level", "province"]
SELECTION = Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))
VIEW = View(level="province")


def run(*arguments):
    return CliRunner().invoke(cli.app, list(arguments))


def run_whole(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "ccgeo", *arguments], capture_output=True, check=False, **options
    )


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_as_the_library_writes_it(form, tmp_path):
    path = tmp_path / f"out.{form}"

    assert run("export", *ASKED, "-o", str(path)).exit_code == 0

    assert path.read_bytes() == export_bytes(SELECTION, VIEW, form)


def test_a_layer_can_be_chosen(tmp_path):
    path = tmp_path / "flows.csv"

    assert run("export", *ASKED, "--layer", "flows", "-o", str(path)).exit_code == 0

    assert path.read_bytes() == export_bytes(SELECTION, VIEW, "csv", ["flows"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "out.csv", "--layer", "flows", "--layer", "records"], b"holds one layer"),
        (["-o", "out.csv", "--layer", "roads"], b"choropleth"),
        (["-o", "out.shp"], b"geojson, csv"),
        (["-o", "out.csv", "--format", "docx"], b"geojson, csv"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_done(arguments, says, tmp_path):
    done = run_whole("export", *ASKED, *arguments, cwd=tmp_path)

    assert done.returncode == cli.UNUSABLE
    assert says in done.stderr
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_map_is_the_page_of_the_library(tmp_path):
    path = tmp_path / "map.html"

    assert run("map", *ASKED, "-o", str(path)).exit_code == 0

    content = path.read_bytes()
    shown = answer(SELECTION, VIEW)
    assert content == html_page(shown.choropleth, shown.flows)
    assert b"http://" not in content.replace(b"http://www.w3.org", b"")


def test_the_figure_is_the_one_of_the_library(tmp_path):
    path = tmp_path / "figure.svg"

    assert run("figure", *ASKED, "--lang", "zh", "-o", str(path)).exit_code == 0

    shown = answer(SELECTION, View(level="province", language="zh"))
    assert path.read_bytes() == figure_bytes(shown.choropleth, shown.flows, "svg")


def test_a_figure_goes_to_standard_output_as_png():
    done = run_whole("figure", *ASKED, "--frame", "world", "-o", "-")

    assert done.returncode == 0
    assert done.stdout.startswith(b"\x89PNG")


def test_an_unknown_format_of_a_figure_is_told(tmp_path):
    done = run_whole("figure", *ASKED, "-o", "figure.bmp", cwd=tmp_path)

    assert done.returncode == cli.UNUSABLE
    assert b"png" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["map", "figure"])
def test_a_picture_replaces_nothing_unless_forced(command, tmp_path):
    path = tmp_path / ("old.html" if command == "map" else "old.png")
    path.write_bytes(b"old")

    assert run_whole(command, *ASKED, "-o", str(path)).returncode == cli.UNUSABLE
    assert path.read_bytes() == b"old"

    assert run(command, *ASKED, "-o", str(path), "--force").exit_code == 0
    assert path.read_bytes() != b"old"


def test_a_film_is_the_one_of_the_library(tmp_path):
    path = tmp_path / "years.gif"

    assert run("figure", *ASKED, "--year", "2019-2020", "-o", str(path)).exit_code == 0

    film = build_film(replace(SELECTION, years=(2019, 2020)), VIEW)
    assert path.read_bytes() == film_bytes(film)


def test_a_film_of_nothing_is_told(tmp_path):
    done = run_whole("figure", *ASKED, "--min-amount", "9e15", "-o", "years.gif", cwd=tmp_path)

    assert done.returncode == cli.UNUSABLE
    assert b"one year at least" in done.stderr
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from ccgeo.io.files import write_file
content = bytes(range(256)) * 40_000
print("ready", flush=True)
while True:
    write_file(Path(sys.argv[1]), content, force=True)
"""


def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "layer.geojson"
    whole = bytes(range(256)) * 40_000
    path.write_bytes(whole[::-1])
    moments = random.Random(7)  # noqa: S311 - moments, not secrets

    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        with writer:
            writer.stdout.readline()
            time.sleep(moments.uniform(0, 0.05))
            writer.send_signal(signal.SIGKILL)

        assert path.read_bytes() in (whole, whole[::-1])
        assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == [path.name]


def test_a_good_file_of_your_own_passes(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("名称,金额,区县\n甲,1.5亿元,渝中区\n", encoding="utf-8")

    done = run("check", str(path))

    assert done.exit_code == 0
    assert "1 rows good, 0 rejected" in done.output


def test_faults_of_your_own_file_are_told_and_written(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("名称,金额,区县\n甲,soon,渝中区\n乙,2亿元,渝中区\n", encoding="utf-8")
    faults, rejected = tmp_path / "faults.csv", tmp_path / "rejected.csv"

    done = run("check", str(path), "--faults", str(faults), "--rejected", str(rejected))

    assert done.exit_code == 1
    assert "deals.csv, row 2, 金额: 'soon'" in done.output
    assert "amount.unreadable" in faults.read_text("utf-8-sig")
    assert rejected.read_text("utf-8-sig").splitlines()[1] == "甲,soon,渝中区"


def test_many_faults_are_told_in_short(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("title,amount\n" + "x,?\n" * 50, encoding="utf-8")

    assert "more; --faults writes them all" in run("check", str(path)).output


def test_decisions_settle_what_was_flagged_and_faults_are_told_in_chinese(tmp_path):
    table, decisions = tmp_path / "own.csv", tmp_path / "decisions.csv"
    table.write_text("名称,区县\n甲,市中区\n乙,Gotham\n", encoding="utf-8")
    decisions.write_text("mention,place\n市中区,511102\n", encoding="utf-8")

    told = run("check", str(table), "--decisions", str(decisions), "--lang", "zh")

    assert told.exit_code == 0
    assert "市中区" not in told.output
    assert "own.csv，第3行，区县：“Gotham”" in told.output
    for wrong in (("--lang", "fr"), ("--decisions", str(tmp_path / "none"))):
        assert isinstance(run("check", str(table), *wrong).exception, CcgeoError)


def test_a_file_that_is_refused_ends_with_two(tmp_path):
    path = tmp_path / "deals.xlsx"
    path.write_bytes(b"%PDF-1.7")

    done = run("check", str(path))

    assert done.exit_code == cli.UNUSABLE
    assert "save the table as one of them" in done.output

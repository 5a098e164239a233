"""The command that lists zones and writes them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.io.zones import zones_bytes
from ccgeo.layers.zones import build_zones
from ccgeo.places.zones import read_zones
from ccgeo.query.selection import View
from ccgeo.query.zones import find_zones


def run(*arguments):
    return CliRunner().invoke(cli.app, ["zones", *arguments])


def test_all_zones_are_listed_one_a_line():
    lines = run().output.splitlines()
    assert [line.split("\t")[0] for line in lines] == read_zones()["zone_id"].tolist()


def test_a_text_narrows_the_list_and_parts_stand_in_brackets():
    result = run("gaozhu")
    assert result.exit_code == 0
    assert result.output.endswith("\t2020\t(500112) (511623)\n")
    assert run("高竹").output == result.output


def test_kind_and_sector_narrow_the_list():
    kinds = run("--kind", "science city").output.splitlines()
    assert len(kinds) == len(find_zones(kinds={"science city"}))
    sectors = run("--sector", "automotive").output.splitlines()
    assert len(sectors) == len(find_zones(sectors={"automotive"}))


def test_members_are_those_of_the_boundaries_asked_for():
    assert "500157" in run("cq-liangjiang-na", "--boundaries", "2026").output
    assert "500157" not in run("cq-liangjiang-na").output


def test_the_file_is_the_layer_of_the_library(tmp_path):
    path = tmp_path / "zones.geojson"
    assert run("gaozhu", "-o", str(path)).exit_code == 0
    assert path.read_bytes() == zones_bytes(build_zones(["x-gaozhu"], View()))
    written = run("gaozhu", "-o", "-")
    assert json.loads(written.stdout)["type"] == "FeatureCollection"


def test_an_existing_file_is_kept(tmp_path):
    path = tmp_path / "zones.geojson"
    path.write_text("mine", encoding="utf-8")
    assert run("gaozhu", "-o", str(path)).exit_code != 0
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("gaozhu", "-o", str(path), "--force").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [("--kind", "moon base"), ("--sector", "moon"), ("--boundaries", "1999")]
)
def test_what_is_not_understood_is_said_and_the_rest_still_runs(arguments):
    result = run("gaozhu", *arguments)
    assert result.exit_code == 1
    assert "is not known" in result.stderr
    assert "x-gaozhu" in result.stdout


def test_no_zone_is_said():
    result = run("no such zone")
    assert result.exit_code == 1
    assert "no zone fits" in result.stderr

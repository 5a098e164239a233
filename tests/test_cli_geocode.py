"""`ccgeo geocode` places mentions on the line or a column of a file."""

import csv

import pytest
from typer.testing import CliRunner

from ccgeo.cli import NOT_UNDERSTOOD, app

runner = CliRunner()


def ran(*arguments):
    return runner.invoke(app, ["geocode", *map(str, arguments)])


def test_each_mention_gets_a_line():
    result = ran("渝北区", "Chengdu")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1\tdistrict\t500112 Yubei District\tunit\t1.00\tofficial",
        "2\tprefecture\t510100 Chengdu City\tunit\t1.00\tofficial",
    ]


@pytest.mark.parametrize("text", ["市中区", "market square", "=1+1"])
def test_a_mention_without_a_settled_place_is_told_by_the_exit_code(text):
    result = ran(text)
    assert result.exit_code == NOT_UNDERSTOOD
    assert text not in result.stdout


def test_the_date_decides_what_a_name_meant():
    assert "500157" in ran("Liangjiang New Area", "--as-of", "2026").stdout


def test_a_column_is_placed_and_counted(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("id,place\n1,成都\n2,市中区\n", encoding="utf-8")
    result = ran(source, "--column", "place", "-o", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert "2 rows: 1 placed, 1 ambiguous, 0 without a place" in result.output
    with (tmp_path / "out.csv").open(encoding="utf-8") as lines:
        assert [row["place_places"] for row in csv.DictReader(lines)] == ["510100", "511002"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("in.csv", "--column", "y"),
        ("one.csv", "two.csv", "--column", "y", "-o", "z"),
    ],
)
def test_half_a_question_is_refused(arguments):
    assert ran(*arguments).exit_code != 0

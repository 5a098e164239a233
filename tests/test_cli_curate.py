"""Those who keep the records check and add from the shell; exit codes say how it went."""

import csv
import re
import shutil

import pytest
import typer
from tests.records.test_additions import CARS, TOTAL
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.cli.curate import add, check
from ccgeo.errors import DataFileError
from ccgeo.records.additions import FIGURE_COLUMNS
from ccgeo.shipped import data_file


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_file("deals/records.csv").parent, tmp_path / "deals")


@pytest.fixture
def figures(tmp_path):
    path = tmp_path / "figures.csv"

    def written(*rows):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(dict.fromkeys([*TOTAL, *CARS])))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return written


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_shipped_tables_pass_with_nought_and_their_contradictions_are_listed():
    result = run("check")
    assert result.exit_code == 0
    assert "Every law holds." in result.output
    assert re.search(r"records\.csv +1,345 rows +ok", result.output)
    assert "about 10 times too low" in result.output


def test_a_broken_rule_is_told_with_file_row_column_value_and_reason(folder):
    path = folder / "records.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",signed,signed,", ",signed,singed,", 1),
        encoding="utf-8",
    )
    result = run("check", folder)
    assert result.exit_code == 1
    assert re.search(r"records\.csv, row \d+, column stage: 'singed' - use one of", result.output)
    assert "1 broken" in result.output
    assert "Every law holds." not in result.output


def test_a_folder_without_tables_cannot_be_checked(tmp_path):
    result = run("check", tmp_path)
    assert isinstance(result.exception, DataFileError)


def test_figures_are_added_and_the_tables_still_obey_every_law(folder, figures):
    result = run("add", figures(TOTAL, CARS), "--folder", folder)
    assert result.exit_code == 0
    assert "added to records.csv: CQ-0755, CQ-0756" in result.output
    assert "added to sources.csv: S0630" in result.output
    assert run("check", folder).exit_code == 0


def test_a_trial_run_says_the_same_and_writes_nothing(folder, figures):
    before = contents(folder)
    result = run("add", figures(TOTAL), "--folder", folder, "--dry-run")
    assert result.exit_code == 0
    assert "would add to records.csv: CQ-0755" in result.output
    assert contents(folder) == before


def test_one_wrong_figure_keeps_all_of_them_out(folder, figures):
    before = contents(folder)
    result = run("add", figures(TOTAL, CARS | {"stage": "singed"}), "--folder", folder)
    assert result.exit_code == 1
    assert "figures.csv, row 3, column stage" in result.output
    assert "Nothing was added." in result.output
    assert contents(folder) == before


def test_the_same_money_in_the_same_year_is_pointed_out(folder, figures):
    alike = TOTAL | {"amount_value": "212.1", "date": "2022-08-23"}
    result = run("add", figures(alike), "--folder", folder, "--dry-run")
    assert "same money in the same year as CQ-0014" in result.output


def test_the_template_is_the_header_of_a_table_of_figures():
    result = run("add", "--template")
    assert result.exit_code == 0
    assert result.output.strip().split(",") == list(FIGURE_COLUMNS)


def test_neither_a_table_nor_the_template_is_a_question_without_an_answer():
    result = run("add")
    assert result.exit_code == 2
    assert "--template" in result.output


def test_called_as_functions_the_commands_end_as_they_say(folder, figures):
    (folder / "left_out.csv").write_text("id,title\nX,y\n", encoding="utf-8")
    with pytest.raises(typer.Exit) as ended:
        check(folder)
    assert ended.value.exit_code == 1
    with pytest.raises(typer.Exit):
        add(figures(TOTAL), folder=folder)
    with pytest.raises(typer.BadParameter, match="--template"):
        add()

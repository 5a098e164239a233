"""Every law of the tables is looked for, and one broken cell is named."""

import pytest

from ccgeo.records import laws
from ccgeo.records.laws import TABLES, check_tables
from ccgeo.records.tables import read_table
from ccgeo.shipped import data_file


@pytest.fixture
def tables():
    return {name: read_table(name).copy() for name in TABLES}


def broken(tables):
    return [(error.file, error.row, error.column) for error in check_tables(tables).errors]


def put(tables, name, row, **cells):
    for column, value in cells.items():
        tables[name].loc[row - laws.FIRST_ROW, column] = value


def test_the_shipped_tables_obey_every_law(tables):
    report = check_tables(tables)
    assert report.errors == ()
    assert report.trees > 200
    assert {finding.check for finding in report.findings} == {
        "share",
        "parts",
        "size",
        "average",
        "stock",
    }


def test_every_file_of_the_folder_has_a_layout():
    assert set(TABLES) == {
        path.name for path in data_file("deals/records.csv").parent.glob("*.csv")
    }


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_column_is_named(tables, name):
    column = TABLES[name].columns[1]
    tables[name] = tables[name].drop(columns=column)
    assert broken(tables) == [(name, 1, column)]


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_cell_that_must_not_be_is_named(tables, name):
    column = TABLES[name].stated[-1]
    put(tables, name, 3, **{column: " "})
    assert (name, 3, column) in broken(tables)


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_stands_twice_is_named(tables, name):
    for column in TABLES[name].key:
        put(tables, name, 3, **{column: tables[name].loc[0, column]})
    assert (name, 3, TABLES[name].key[0]) in broken(tables)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("events.csv", "event_id", "Expo 2022"),
        ("events.csv", "event_id", "never-heard-of"),
        ("events.csv", "name_en", "智博会"),
        ("events.csv", "date", "22 August"),
        ("sources.csv", "source_id", "S9999"),
        ("sources.csv", "linkable", "perhaps"),
        ("rates.csv", "year", "last year"),
        ("rates.csv", "units", "0"),
        ("rates.csv", "cny_per_units", "seven"),
        ("rates.csv", "cny_per_units", "NaN"),
        ("left_out.csv", "id", "CQ-0014"),
        ("zones.csv", "parent_id", "nowhere"),
        ("records.csv", "stage", "singed"),
        ("records.csv", "event_id", "never-heard-of"),
        ("records.csv", "parent_id", "CQ-9999"),
    ],
)
def test_a_wrong_cell_is_named(tables, name, column, value):
    put(tables, name, 2, **{column: value})
    assert (name, 2, column) in broken(tables)


def test_an_amount_without_a_rate_is_named(tables):
    rates = tables["rates.csv"]
    tables["rates.csv"] = rates[rates["currency"] != "KRW"].reset_index(drop=True)
    named = broken(tables)
    assert named
    assert {(file, column) for file, _, column in named} == {("records.csv", "currency")}


def test_a_tree_that_does_not_close_is_named(tables, monkeypatch):
    real = laws.reconciliations

    def leaking(records):
        lines = real(records)
        total, *parts, rest = lines["CQ-0014"]
        short = rest._replace(amount_fen=rest.amount_fen - 1)
        return lines | {"CQ-0014": (total, *parts, short)}

    monkeypatch.setattr(laws, "reconciliations", leaking)
    (error,) = check_tables(tables).errors
    assert (error.column, error.value) == ("id", "CQ-0014")
    assert "amount_fen" in error.reason


def test_a_table_that_is_not_there_is_a_key_error(tables):
    del tables["rates.csv"]
    with pytest.raises(KeyError, match=r"rates\.csv"):
        check_tables(tables)


def test_nothing_is_changed(tables):
    before = {name: table.copy() for name, table in tables.items()}
    check_tables(tables)
    assert all(before[name].equals(table) for name, table in tables.items())

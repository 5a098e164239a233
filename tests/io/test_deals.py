"""Tables are read as text and appended to all at once or not at all."""

from pathlib import Path

import pandas as pd
import pytest

from ccgeo.errors import DataFileError
from ccgeo.io import deals
from ccgeo.io.deals import append_deals, read_deals, read_texts
from ccgeo.io.files import OutputError
from ccgeo.records.laws import TABLES
from ccgeo.records.tables import read_table
from ccgeo.shipped import data_file

SOURCES = "source_id,title\nS1,é\n".encode()
RECORDS = b"id,title\nA,one"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources.csv").write_bytes(SOURCES)
    (tmp_path / "records.csv").write_bytes(RECORDS)
    return tmp_path


ROWS = {
    "records.csv": pd.DataFrame([{"title": 'a "quoted", title', "id": "B"}]),
    "sources.csv": pd.DataFrame([{"source_id": "S2", "title": "智博会"}]),
}


def test_the_shipped_tables_are_read_as_the_library_reads_them():
    tables = read_deals(data_file("deals/records.csv").parent)
    assert set(tables) == set(TABLES)
    assert all(tables[name].equals(read_table(name)) for name in TABLES)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes("title,date\nA,\n".encode("utf-8-sig"))
    assert list(read_texts(path)) == ["title", "date"]
    assert read_texts(path).loc[0, "date"] == ""


@pytest.mark.parametrize("content", [b"", b'a,b\n"open,1\n', b"a,b\n1,2,3\n", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match="not a table"):
        read_texts(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataFileError, match=r"records\.csv"):
        read_deals(tmp_path)


def test_rows_are_appended_and_what_stood_there_stays(folder):
    append_deals(folder, ROWS)
    assert (folder / "sources.csv").read_bytes() == SOURCES + "S2,智博会\n".encode()
    written = (folder / "records.csv").read_bytes()
    assert written == RECORDS + b'\nB,"a ""quoted"", title"\n'
    assert read_texts(folder / "records.csv").loc[1, "title"] == 'a "quoted", title'


def test_no_rows_change_nothing(folder):
    append_deals(folder, {"records.csv": ROWS["records.csv"].head(0)})
    assert (folder / "records.csv").read_bytes() == RECORDS


def test_a_table_that_is_missing_stops_everything(folder):
    (folder / "records.csv").unlink()
    with pytest.raises(OutputError, match="cannot be changed"):
        append_deals(folder, ROWS)
    assert (folder / "sources.csv").read_bytes() == SOURCES


def test_an_error_half_way_undoes_what_was_done(folder, monkeypatch):
    real = Path.replace

    def failing(self, target):
        if Path(target).name == "records.csv":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(deals.Path, "replace", failing)
    with pytest.raises(OutputError, match="No space left"):
        append_deals(folder, ROWS)
    monkeypatch.undo()
    assert (folder / "sources.csv").read_bytes() == SOURCES
    assert (folder / "records.csv").read_bytes() == RECORDS
    assert sorted(path.name for path in folder.iterdir()) == ["records.csv", "sources.csv"]

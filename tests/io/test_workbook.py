"""A workbook keeps every text, runs none, and carries no clock."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ccgeo.encoding import unguard_cell
from ccgeo.io.workbook import (
    LONGEST_CELL,
    about_rows,
    escape_text,
    unescape_text,
    workbook_bytes,
)

TEXTS = st.text(max_size=40)


def cells(content, sheet):
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


@given(TEXTS | st.sampled_from(["_x0007_", "_x005F_x0007_", "a\x00b", "\r\n", "\x0b", "\ufffe"]))
def test_every_text_comes_back(text):
    assert unescape_text(escape_text(text)) == text


@settings(max_examples=40)
@given(st.lists(TEXTS.filter(lambda text: text != ""), min_size=1, max_size=5))
def test_what_a_sheet_holds_is_read_again(titles):
    content = workbook_bytes({"records": [{"title": title} for title in titles]})

    _, *rows = cells(content, "records")

    assert [unguard_cell(unescape_text(row[0])) for row in rows] == titles


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_no_cell_runs(text):
    content = workbook_bytes({"records": [{"title": text}]})
    book = load_workbook(io.BytesIO(content))
    cell = book["records"]["A2"]

    assert cell.data_type == "s"
    assert cell.value == f"'{text}"


def test_no_heading_runs():
    book = load_workbook(io.BytesIO(workbook_bytes({"records": [{"=1+1": "x"}]})))

    assert (book["records"]["A1"].data_type, book["records"]["A1"].value) == ("s", "'=1+1")


def test_numbers_are_numbers_unless_a_spreadsheet_would_round_them():
    _, row = cells(workbook_bytes({"a": [{"n": 3, "x": 1.5, "big": 10**17, "no": None}]}), "a")

    assert row[:3] == [3, 1.5, str(10**17)]


def test_the_same_tables_give_the_same_bytes_whenever_they_are_written():
    sheets = {"a": [{"n": 1}]}
    content = workbook_bytes(sheets)

    assert content == workbook_bytes(sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_a_text_that_no_cell_holds_is_refused():
    with pytest.raises(ValueError, match="32,767"):
        workbook_bytes({"a": [{"title": "x" * (LONGEST_CELL + 1)}]})


def test_a_sheet_without_rows_is_there():
    assert cells(workbook_bytes({"a": [], "b": [{"n": 1}]}), "b") == [["n"], [1]]


def test_metadata_is_told_line_by_line():
    rows = about_rows({"title": "t", "sources": [{"id": 1}, {"id": 2}], "boundaries": {"a": None}})

    assert [row["what"] for row in rows] == ["title", "sources", "sources", "boundaries"]
    assert rows[1]["value"] == '{"id": 1}'

"""Tables are read as they stand, within limits that hold before anything is parsed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ccgeo.io.faults import RefusedFileError
from ccgeo.io.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    check_package,
    is_too_long,
    read_csv,
    read_xlsx,
)
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes

NAUGHTY = ["=1+1", "'", "''", "+44", "@x", "\t", " a ", "a\r\nb", 'say "x"', "a,b;c|d", "None"]
NAUGHTY += [
    "nan",
    "007",
    "1e5",
    "TRUE",
    "重庆",
    "👍🏽",
    "\u202e",
    "<script>",
    "_x0007_",
    "\x0b",
    "#REF!",
]
CELLS = st.sampled_from(NAUGHTY) | st.text(st.characters(codec="utf-8"), max_size=12)
ROWS = st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=1, max_size=6)


def workbook(rows, **properties):
    book = Workbook()
    for name, value in properties.items():
        setattr(book, name, value)
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@given(ROWS)
def test_a_table_that_is_written_read_and_written_again_is_the_same(rows):
    content = csv_bytes(rows)
    table = read_csv(content)

    assert [dict(zip(table.columns, row, strict=True)) for row in table.rows] == rows
    assert csv_bytes([dict(zip(table.columns, row, strict=True)) for row in table.rows]) == content


@given(st.lists(st.fixed_dictionaries(
    {"a": CELLS.filter(bool), "n": st.integers(-(10**14), 10**14), "x": st.none() | st.booleans()}
), min_size=1, max_size=4))  # fmt: skip
def test_a_workbook_that_is_written_read_and_written_again_is_the_same(rows):
    content = workbook_bytes({"sheet": rows})
    table = read_xlsx(content)
    again = [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    assert again == rows
    assert workbook_bytes({"sheet": again}) == content


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_separator_is_found(delimiter):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["title", "a,b"], ['x "y"', "1;2"]])

    table = read_csv(text.getvalue().encode())

    assert (table.columns, table.rows) == (["title", "a,b"], [['x "y"', "1;2"]])


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    table = read_csv(b'title,note\nx,"two\nlines"\n\ny,z\n')

    assert table.numbers == [2, 4]


def test_rows_after_a_broken_quote_are_read():
    table = read_csv(b'title,note\na,"open\nb,"fine, too"\nc,x\n')

    assert [row[0] for row in table.rows if row[0]][-2:] == ["b", "c"]
    assert [(f.kind, f.row) for f in table.faults] == [("row.quote", 2)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"title\n" + b"x\n" * (MOST_ROWS + 1),
        ",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)).encode(),
        b"a,a\n1,2\n",
        "編號,名稱\n".encode("big5"),
    ],
)
def test_a_table_beyond_the_limits_is_refused(content):
    with pytest.raises(RefusedFileError):
        read_csv(content)


def test_a_workbook_gives_days_numbers_and_texts_as_they_are():
    content = workbook(
        [["title", "date", "n", "x", "id"],
         ["a", date(2022, 8, 22), 5, 1.5, "007"],
         ["b", datetime(2022, 8, 22, 9, 30), True, None, 7]]  # noqa: DTZ001 - cells have no zone
    )  # fmt: skip

    assert read_xlsx(content).rows == [
        ["a", "2022-08-22", 5, 1.5, "007"],
        ["b", "2022-08-22 09:30:00", True, None, 7],
    ]


def test_a_workbook_that_counts_from_1904_says_so():
    book = workbook([["title", "date"], ["a", date(2022, 8, 22)]], epoch=CALENDAR_MAC_1904)

    table = read_xlsx(book)

    assert table.is_1904
    assert table.rows == [["a", "2022-08-22"]]


def test_the_sheet_with_known_headings_is_read():
    content = workbook_bytes({"about": [{"what": 1}], "data": [{"title": "x", "amount": 2}]})

    assert read_xlsx(content).columns == ["title", "amount"]


def test_a_stray_cell_far_away_is_told_and_not_searched_for():
    book = Workbook()
    book.active.append(["title"])
    book.active.cell(2, 16_000, "x")
    content = io.BytesIO()
    book.save(content)

    with pytest.raises(RefusedFileError, match="200 columns"):
        read_xlsx(content.getvalue())


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"xl/workbook.xml": b"<"}, "damaged"),
        ({"word/document.xml": b"<"}, "archives"),
        ({"xl/a.xml": bytes(3_000_000)}, "100 times"),
    ],
)
def test_a_package_that_is_no_workbook_is_refused(parts, says):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(RefusedFileError, match=says):
        read_xlsx(content.getvalue())


def test_no_archive_is_no_package():
    with pytest.raises(RefusedFileError, match="damaged"):
        check_package(b"PK\x03\x04")


def test_the_length_of_a_cell_is_that_of_a_workbook():
    assert not is_too_long("x" * 32_767)
    assert is_too_long("x" * 32_768)

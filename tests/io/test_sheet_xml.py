"""Cells mean what a trusted reader of workbooks takes them for, and what it does not know."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ccgeo.io.sheet_xml import NO_RESULT, open_book, sheet_rows

MOMENTS = st.datetimes(datetime(1910, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C"])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.text(LETTERS, min_size=1, max_size=9),
    MOMENTS,
    MOMENTS.map(datetime.date),
    MOMENTS.map(datetime.time),
    st.timedeltas(timedelta(0), timedelta(9)),
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def read(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = open_book(archive)
        return [dict(sheet_rows(archive, part, book)) for part in book.sheets]


def as_told(value):
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return value.date().isoformat() if is_midnight else value.isoformat(sep=" ")
    if isinstance(value, time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value


def changed(content, part, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return made.getvalue()


def sheet(cells):
    """Return a workbook whose one row is written by hand."""
    book = Workbook()
    book.active["A1"] = 1.5
    book.active["A1"].number_format = "yyyy-mm-dd"
    content = io.BytesIO()
    book.save(content)
    whole = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return changed(content.getvalue(), "xl/worksheets/sheet1.xml", lambda _: whole)


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=4), st.booleans())
def test_every_cell_is_what_openpyxl_reads(rows, is_1904):
    book = Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    theirs = load_workbook(content, data_only=True).active.iter_rows(values_only=True)
    found = (
        {at: as_told(value) for at, value in enumerate(row) if value is not None} for row in theirs
    )

    expected = {number: cells for number, cells in enumerate(found, start=1) if cells}
    assert read(content.getvalue()) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>', {0: 1, 3: 2, 4: 3}),
        ('<row><c t="inlineStr"><is><t>a</t><t>b</t><rPh><t>c</t></rPh></is></c></row>', {0: "ab"}),
        ("<row><c><f>1+1</f></c><c><f>1+1</f><v>2</v></c><c><f>1</f><v/></c></row>",
         {0: NO_RESULT, 1: 2, 2: NO_RESULT}),
        ('<row><c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c><c t="d"><v>2022-08-22</v></c></row>',
         {0: "#N/A", 1: False, 2: "2022-08-22"}),
        ('<row><c t="str"><v>_x005F_x0007_ &amp; _x0007_</v></c></row>', {0: "_x0007_ & \x07"}),
        ('<row><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>1e9</v></c></row>',
         {0: "1900-02-28", 1: "1900-03-01", 2: "#VALUE!"}),
        ('<row r="1"><c/><c t="inlineStr"/></row>', None),
    ],
)  # fmt: skip
def test_a_row_is_read_as_the_standard_says(cells, expected):
    assert read(sheet(cells)) == [{1: expected} if expected else {}]


def test_days_of_chinese_workbooks_are_days():
    content = sheet('<row><c s="1"><v>44795</v></c></row>')
    chinese = changed(
        content, "xl/styles.xml", lambda text: text.replace('numFmtId="164"', 'numFmtId="31"')
    )

    assert read(chinese) == [{1: {0: "2022-08-22"}}]


def test_a_strict_workbook_is_read():
    content = sheet("<row><c><v>5</v></c></row>")

    assert read(changed(content, "xl/worksheets/sheet1.xml",
                        lambda text: text.replace(MAIN, STRICT))) == [{1: {0: 5}}]  # fmt: skip


@pytest.mark.parametrize("text", ["<!DOCTYPE worksheet [<!ENTITY a 'b'>]><worksheet/>", "<a", ""])
def test_a_part_with_declarations_or_without_an_end_is_refused(text):
    content = changed(sheet(""), "xl/worksheets/sheet1.xml", lambda _: text)

    with pytest.raises(ValueError, match=r"entities|token|element|closed"):
        read(content)

"""Records leave as a table that opens anywhere, runs nowhere and says what was asked."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, toy_placed

from ccgeo.encoding import guard_cell, unguard_cell
from ccgeo.io.rows import credited_sources, record_rows
from ccgeo.io.tables import csv_bytes, records_bytes
from ccgeo.query.engine import read_placed, select
from ccgeo.query.measures import total_of
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View, parse_selection
from ccgeo.shipped import data_version

NARROW = Selection(years=(2015, 2022), sectors=frozenset({"automotive", "electronics"}))


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.text())
def test_no_text_begins_like_a_formula_and_every_text_comes_back(text):
    cell = guard_cell(text)

    is_risky = cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert not is_risky or re.fullmatch(r"-\d+(\.\d+)?", cell, re.ASCII)
    assert unguard_cell(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1+1",
        "-A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "'=1",
        '=HYPERLINK("x")',
    ],
)
def test_formulas_are_guarded(text):
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"), [(-5, "-5"), ("-5.25", "-5.25"), (1.5, "1.5"), (None, ""), (True, "True")]
)
def test_numbers_stay_numbers_and_nothing_stays_empty(value, cell):
    assert guard_cell(value) == cell


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8")), min_size=1))
def test_what_is_written_is_read_again(titles):
    rows = [{"title": title, "projects": number} for number, title in enumerate(titles)]

    back = read(csv_bytes(rows))

    assert [unguard_cell(row["title"]) for row in back] == titles


def test_no_cell_of_any_line_begins_like_a_formula():
    texts = ["=1+1", "+1", "@a", "\t=1", "plain"]
    content = csv_bytes([dict.fromkeys(texts, text) for text in texts]).decode("utf-8-sig")

    for line in csv.reader(io.StringIO(content, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in line)


def test_the_table_begins_with_the_mark_that_spreadsheets_need():
    assert csv_bytes([{"a": "中"}]) == b"\xef\xbb\xbfa\r\n\xe4\xb8\xad\r\n"


def test_a_row_that_lacks_a_column_stays_in_line():
    assert csv_bytes([{"a": 1, "b": 2}, {"b": 3}]).decode("utf-8-sig") == "a,b\r\n1,2\r\n,3\r\n"


def test_the_table_holds_every_record_of_the_selection():
    rows = read(records_bytes(NARROW, View()))
    selected = select(read_placed(), NARROW)

    assert [unguard_cell(row["entry_id"]) for row in rows] == selected["entry_id"].tolist()
    fen = sum(round(100 * float(row["amount_cny"])) for row in rows if row["amount_cny"])
    assert fen == total_of(selected).amount_fen


def test_each_row_says_what_was_asked_and_of_which_data():
    view = View(level="prefecture")
    row = read(records_bytes(NARROW, view))[0]

    assert parse_selection(dict(parse_qsl(row["ccgeo_selection"]))) == (NARROW, view, ())
    assert row["ccgeo_data_version"] == data_version()
    assert read(records_bytes(DEFAULT_SELECTION, View()))[0]["ccgeo_selection"] == "default"


def test_a_selection_of_nothing_still_says_what_was_asked():
    nothing = Selection(years=(2002, 2002), sectors=frozenset({"digital"}), min_amount_fen=10**17)

    (row,) = read(records_bytes(nothing, View()))

    assert "min_amount" in row["ccgeo_selection"]


def test_the_same_question_gives_the_same_table():
    assert records_bytes(NARROW, View()) == records_bytes(NARROW, View())


def test_a_row_names_its_unit_only_where_the_record_is_mapped():
    mapped, beside = record_rows(toy_placed(at("510104"), at("510000")), View())

    assert mapped["adcode"] == "510104"
    assert mapped["unit_name_zh"] == "锦江区"
    assert beside["adcode"] is None
    assert beside["unit_name_en"] is None


def test_a_row_keeps_lists_amounts_and_what_is_not_stated():
    (row,) = record_rows(
        toy_placed({"partners": ("SG", "US"), "amount_fen": 12_345, "year": None}), View()
    )

    assert row["partners"] == "SG;US"
    assert row["amount_cny"] == 123.45
    assert row["year"] is None
    assert row["organisation"] is None


def test_a_source_that_is_not_safe_to_link_is_cited_without_its_address():
    sources = credited_sources(read_placed())

    linked = [source for source in sources if source["source_url"]]
    assert 0 < len(linked) < len(sources)
    assert all(source["source_url"].startswith(("https://", "http://")) for source in linked)
    assert all(source["source_title"] for source in sources)


def test_each_source_is_credited_once():
    ids = [source["source_id"] for source in credited_sources(read_placed())]

    assert ids == sorted(set(ids))

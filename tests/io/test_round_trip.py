"""What is written here can be read here: the same cells, the same records, the same sums."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.io.collection import feature_collection
from ccgeo.io.faults import FLAGGED
from ccgeo.io.features import read_features
from ccgeo.io.formats import export_bytes
from ccgeo.io.geojson import Feature
from ccgeo.io.own import own_entries
from ccgeo.io.readers import read_records
from ccgeo.io.sheets import read_csv, read_xlsx
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes
from ccgeo.query.engine import read_placed, select
from ccgeo.query.measures import total_of
from ccgeo.query.selection import OPEN_SELECTION, View

# Texts that programs stumble over, in our own choice.
NAUGHTY = (
    "", "undefined", "NULL", "None", "nan", "-", "0", "007", "1e5", "1/0", "0x7", "1,5", "TRUE",
    "=1+1", "+44", "@x", "-2", "'", "''", "'=1", "#N/A", '"', '""', "a\nb", "a\r\nb", "a\rb", "\t",
    " x ", ";", "|", ",,", "<b>", "&amp;", "{{7*7}}", "${x}", "%s", "\\", "\\n", "Ω≈ç√", "ﬁ", "ǅ",
    "重庆", "重慶", "𠮷", "한국어", "שלום", "مرحبا", "ไทย", "👍🏽", "🇨🇳", "e\u0301", "\u200b",
    "\u202e", "\ufeffx", "\u2028", "\x07", "\x0b", "_x0007_", "_x005F_", "\u3000", "１２", "＝1",
)  # fmt: skip
CELLS = st.sampled_from(NAUGHTY) | st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.integers(-(10**14), 10**14) | st.booleans() | st.none()
ROWS = st.lists(st.fixed_dictionaries({"t": CELLS, "u": CELLS}), min_size=1, max_size=8)


def again(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_text_is_the_same_in_every_format(text):
    rows = [{"t": text, "u": "x"}]

    assert again(read_csv(csv_bytes(rows))) == rows
    assert again(read_xlsx(workbook_bytes({"a": rows}))) == [{"t": text or None, "u": "x"}]
    features = [Feature("a", {"t": text}, None)]
    assert read_features(feature_collection(features))[0] == features


@settings(max_examples=60)
@given(ROWS)
def test_a_table_of_text_is_written_the_same_again(rows):
    content = csv_bytes(rows)

    assert csv_bytes(again(read_csv(content))) == content


@settings(max_examples=20)
@given(st.lists(st.fixed_dictionaries({"t": CELLS.filter(bool), "n": NUMBERS}), min_size=1))
def test_a_workbook_is_written_the_same_again(rows):
    assert again(read_xlsx(workbook_bytes({"a": rows}))) == rows


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries({"t": CELLS, "n": NUMBERS}), min_size=1, max_size=6))
def test_features_are_written_the_same_again(rows):
    content = feature_collection([Feature(str(n), row, None) for n, row in enumerate(rows)])

    assert feature_collection(*read_features(content)) == content


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_every_exported_record_comes_back_and_the_sums_are_the_same(form):
    shipped = select(read_placed(), OPEN_SELECTION)
    checked = read_records(export_bytes(OPEN_SELECTION, View(), form, ["records"]), f"x.{form}")

    assert {fault.verdict for fault in checked.faults} <= {FLAGGED}
    assert len(checked.good) == len(shipped)
    assert total_of(own_entries(checked.good)) == total_of(shipped)
    assert (checked.good["amount_fen"] < 0).sum() == (shipped["amount_fen"] < 0).sum()

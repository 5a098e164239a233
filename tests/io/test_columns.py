"""Each different text of a column is read once, and every row gets what its own text means."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io import columns as module
from ccgeo.io import fields, textcheck
from ccgeo.io.columns import (
    Column,
    combine,
    cut_arrow,
    cut_column,
    cut_table,
    join_columns,
    objects,
    whole_numbers,
)
from ccgeo.io.faults import fault
from ccgeo.io.sheets import Table
from ccgeo.io.values import plain_text

CELLS = st.none() | st.text(max_size=3) | st.integers(-3, 3) | st.sampled_from([0.5, 7.0, True])
COLUMNS = st.integers(1, 12).flatmap(
    lambda size: st.tuples(*[st.lists(CELLS, min_size=size, max_size=size)] * 3)
)


@given(st.lists(CELLS, max_size=12))
def test_a_cut_column_gives_every_cell_back_as_text(cells):
    column = cut_column(cells)

    assert len(set(column.texts)) == len(column.texts)
    assert [type(text) for text in column.spread()] == [str] * len(cells)
    for text, cell in zip(column.spread(), cells, strict=True):
        assert isinstance(cell, str) <= (text == cell)


def test_a_truth_is_not_the_number_one():
    assert cut_column([1, True, "1", 1.0]).spread().tolist() == ["1", "True", "1", "1"]


@given(COLUMNS)
def test_joined_columns_are_read_row_by_row_but_only_once_each(cells):
    columns = [cut_column(each) for each in cells]
    asked = []

    def read(*parts):
        asked.append(parts)
        return parts

    joined = join_columns(read, *columns).spread().tolist()

    rows = list(zip(*(column.spread() for column in columns), strict=True))
    assert joined == rows
    assert sorted(asked) == sorted(set(rows))


@given(st.lists(st.sampled_from("abc"), max_size=9))
def test_rows_are_found_by_what_stands_in_them(cells):
    assert cut_column(cells).rows_of(lambda text: text == "a").tolist() == [
        at for at, cell in enumerate(cells) if cell == "a"
    ]


def test_what_was_read_keeps_its_rows():
    column = Column(cut_column(["x", "yy", "x"]).codes, ["x", "yy"])

    assert column.map(len).spread().tolist() == [1, 2, 1]


@given(st.lists(st.sampled_from(["a", "bb", "cc"]), max_size=9))
def test_equal_things_of_merged_columns_are_one_and_rows_keep_theirs(cells):
    column = cut_column(cells).map(len)

    assert len(set(column.merged().texts)) == len(column.merged().texts)
    assert column.merged().spread().tolist() == column.spread().tolist()


def test_lists_stay_lists_in_an_array():
    assert objects([["a", "b"], ["c", "d"]]).tolist() == [["a", "b"], ["c", "d"]]
    assert objects([["a", "b"], ["c", "d"]]).shape == (2,)


MARKS = st.sampled_from(
    ["a", "E", "1", "-", "n/a", " ", "\t", "厂", "合计", "Total", "\x1f", "\u3000", "é", "\x07",
     "#REF!", "\ufeff", "\uff17", "\ud800", "."]
)  # fmt: skip
TEXTS = st.lists(st.lists(MARKS | st.characters(), max_size=5).map("".join), max_size=6)


@pytest.mark.parametrize(
    ("plain", "read", "value"),
    [
        (fields._BARE, plain_text, ()),
        (fields._SAYS_SOMETHING, fields._told, ()),
        (fields._NO_NUMBER, fields._id_fault, ("",)),
        (textcheck._CLEAN, textcheck._text_fault, ("",)),
        ("[0-9]", lambda text: textcheck._is_total(text) or "", ("",)),
    ],
)
@given(cells=TEXTS)
def test_of_a_plain_text_a_rule_makes_what_is_said(plain, read, value, cells):
    column = cut_column(cells)

    assert column.map_odd(plain, read, *value).texts == column.map(read).texts


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=9), st.data())
def test_some_rows_are_taken_and_others_replaced(cells, data):
    column = cut_column(cells)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))))
    other = cut_column([f"{at}!" for at in np.flatnonzero(mask)])

    assert column.take(mask).spread().tolist() == [c for c, m in zip(cells, mask, strict=True) if m]
    assert column.replaced(mask, other).spread().tolist() == [
        f"{at}!" if mask[at] else cell for at, cell in enumerate(cells)
    ]


@given(COLUMNS)
def test_combinations_are_numbered_whether_few_or_many(cells):
    columns = [cut_column(each) for each in cells]

    few = combine(*columns)
    with patch.object(module, "_FEW", 0):
        many = combine(*columns)

    rows = list(zip(*(column.codes.tolist() for column in columns), strict=True))
    for codes, parts in (few, many):
        assert list(zip(*(part[codes].tolist() for part in parts), strict=True)) == rows


def test_a_column_of_arrow_is_cut_like_any_other():
    cut, other = cut_arrow(pa.array(["a", "", "a", "b"])), cut_column(["a", "", "a", "b"])

    assert cut.texts == other.texts
    assert cut.codes.tolist() == other.codes.tolist()


def test_a_table_is_cut_with_what_was_found_in_it():
    found = [fault("a.csv", 3, "", "", "row.quote")]
    table = Table("a.csv", ["n", "m"], [[7.0, None], ["x", True]], [2, 3], found, is_1904=True)

    cut = cut_table(table)

    assert [column.spread().tolist() for column in cut.cells] == [["7", "x"], ["", "True"]]
    assert (cut.numbers.tolist(), cut.faults, cut.is_1904) == ([2, 3], tuple(found), True)


@given(st.lists(st.none() | st.integers(-(2**62), 2**62), max_size=9))
def test_whole_numbers_are_numbers_or_missing(values):
    known = list(dict.fromkeys(values))
    column = Column(np.array([known.index(value) for value in values], dtype=np.int64), known)

    numbers, missing = whole_numbers(column)

    told = zip(numbers.tolist(), missing.tolist(), strict=True)
    assert [None if gone else number for number, gone in told] == values

"""Each different text of a column is read once, and every row gets what its own text means."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io.columns import Column, cut_column, join_columns, objects

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

"""Amounts read by columns are the amounts read one by one, to the fen and to the letter."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io import amounts
from ccgeo.io.amounts import read_amounts
from ccgeo.io.columns import Column, cut_column

WORDS = ["", "RMB", "US$", "约", "over ", "a", "USD ", " bn", "亿元", " million yuan", "千万元",
         "k", "百亿", " PLN", " trn", "%", "-", " ", "万亿日元", " bn KRW", "."]  # fmt: skip
NUMBERS = st.sampled_from(["0", "0.0", "00", "1.", ".5", "1,234", "99999999999.99", "1e5", "３"])
FIGURES = st.decimals(0, 10**12, places=3).map(str) | st.integers(0, 10**13).map(str) | NUMBERS
CELLS = st.tuples(st.sampled_from(WORDS), FIGURES, st.sampled_from(WORDS)).map("".join)
ROWS = st.lists(
    st.tuples(
        CELLS | st.text(max_size=4) | st.sampled_from(["\ud800", "n/a", "1-2亿"]),
        st.sampled_from(["", "mn CNY", "亿元", "USD", "bn EUR", "mn JPY", "PLN", "10k"]),
        st.booleans(),
        st.sampled_from([None, 1980, 2013, 2022]),
    ),
    min_size=1,
    max_size=12,
)


def column(cells):
    known = list(dict.fromkeys(cells))
    return Column(cut_column(list(map(str, cells))).codes, known)


@given(ROWS)
def test_columns_say_what_their_cells_say_one_by_one(rows):
    columns = [column(cells) for cells in zip(*rows, strict=True)]

    by_columns = read_amounts(*columns).spread().tolist()
    with patch.object(amounts, "_PLAIN", "^(?P<before>)(?P<number>)(?P<after>)no figure$"):
        one_by_one = read_amounts(*columns).spread().tolist()

    assert by_columns == one_by_one


def test_plain_figures_are_not_read_one_by_one():
    cells = cut_column(["1.5亿元", "US$3m", "12.25", "RMB22.4 billion"])
    units, none = cut_column(["", "", "mn", ""]), column([None] * 4)

    with patch.object(amounts, "_amount", side_effect=AssertionError):
        found = read_amounts(cells, units, none, none).spread().tolist()

    assert found[2] == amounts.Amount("amount.no_currency", 1_225_000_000, "12.25 mn CNY", "exact")

"""Two cuts at once: every entry in one cell, the cells adding up to all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, placed_entries, toy_placed

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.matrix import REST, matrix_of
from ccgeo.query.measures import SUMS, addends_of
from ccgeo.query.selection import View

CUTS = st.sampled_from(("partners", "sectors", "places"))


@given(placed_entries(), CUTS, CUTS, st.integers(1, 3))
def test_the_cells_add_up_to_the_total_exactly(placed, rows, columns, most):
    cells = matrix_of(placed, rows, columns, View(), most=most)

    assert cells[list(SUMS)].sum().tolist() == addends_of(placed).sum(axis=1).tolist()
    assert not cells.duplicated(["row", "column"]).any()
    for name in ("row", "column"):
        assert len(set(cells[name]) - {REST, "unstated"}) <= most


def test_the_largest_come_first_and_the_rest_last():
    placed = toy_placed(
        {"partners": ("SG",), "amount_fen": 10},
        {"partners": ("US",), "amount_fen": 30},
        {"partners": ("FR",), "amount_fen": 20},
        {"partners": (), "amount_fen": 99},
    )

    rows = matrix_of(placed, "partners", "sectors", View(), most=2)["row"].tolist()

    assert rows == ["US", "FR", "unstated", REST]


def test_what_lies_in_no_single_unit_stands_under_the_rest():
    placed = toy_placed(at("510104"), at("510100"))

    cells = matrix_of(placed, "sectors", "places", View(level="district"))

    assert cells["column"].tolist() == ["510104", REST]


def test_an_unknown_cut_is_refused():
    with pytest.raises(UnknownChoiceError, match="cut 'years' is not known"):
        matrix_of(toy_placed({}), "years", "sectors", View())

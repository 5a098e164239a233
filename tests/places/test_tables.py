"""Cells stay text, lists become tuples."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import DataFileError
from ccgeo.places.tables import LIST_SEPARATOR, read_table, split_lists

words = st.text(min_size=1).filter(lambda word: LIST_SEPARATOR not in word)


@given(st.lists(st.lists(words), min_size=1))
def test_splitting_undoes_joining(lists):
    table = pd.DataFrame({"joined": [LIST_SEPARATOR.join(words) for words in lists]})
    assert split_lists(table, ["joined"])["joined"].tolist() == [tuple(words) for words in lists]


def test_splitting_leaves_the_table_it_was_given():
    table = pd.DataFrame({"joined": ["a;b"]})
    split_lists(table, ["joined"])
    assert table["joined"].tolist() == ["a;b"]


def test_no_cell_is_read_as_a_number_or_as_missing():
    partners = read_table("deals/partners.csv")
    assert "NA" in set(partners["partner"])
    assert all(type(cell) is str for cell in partners.to_numpy().ravel())


def test_a_missing_table_is_refused_by_name():
    with pytest.raises(DataFileError, match=r"geo/nothing\.csv"):
        read_table("geo/nothing.csv")

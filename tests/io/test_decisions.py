"""What a person decided about places is kept in a table and taken again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import CcgeoError
from ccgeo.io.decisions import decisions_bytes, read_decisions
from ccgeo.io.mapping import MOST_SAVED_BYTES


def test_decisions_are_written_even_if_there_are_none():
    assert decisions_bytes({}).decode("utf-8-sig").splitlines()[0] == "mention,place"


@given(st.dictionaries(
    st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text == text.strip()),
    st.sampled_from(["511002", "500103", "cq-liangjiang-na"]),
))  # fmt: skip
def test_decisions_come_back_as_they_were_written(decisions):
    assert read_decisions(decisions_bytes(decisions)) == decisions


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read"),
        (b"place,mention\n1,2\n", "columns must be mention and place"),
        (b"mention,place\nx,Gotham\n", "row 2, place: 'Gotham' is no adcode or zone id"),
        (b"mention,place\n" + b"\n" * MOST_SAVED_BYTES, "longer than 1 MB"),
    ],
)
def test_what_are_no_decisions_is_told(content, says):
    with pytest.raises(CcgeoError, match=says):
        read_decisions(content)

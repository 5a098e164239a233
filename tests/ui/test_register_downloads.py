"""What can be taken away of a register, and what is said where there is too much of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.layers.answer import answer_of
from ccgeo.query.engine import read_placed
from ccgeo.query.memory import Memory
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.query.source import Origin
from ccgeo.ui import downloads


class Toy(Memory):
    """Entries in memory that say they are a register."""

    is_synthetic = True

    @property
    def origin(self):
        return Origin("abc123abc123", "toy", len(self.placed), is_synthetic=self.is_synthetic)


class Stated(Toy):
    """A register of records that are not made up."""

    is_synthetic = False


def page():
    # ruff: noqa: PLC0415 - the page runs by itself
    import streamlit as st

    from ccgeo.ui import downloads

    downloads.show_downloads(st.session_state["answered"])


def offered(source, monkeypatch):
    """Return the names of the files that the page offers, and what it says."""
    names = []
    monkeypatch.setattr(downloads, "_button", lambda *told: names.append(told[2]))
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["answered"] = answer_of(source, OPEN_SELECTION, View())
    app.run()
    assert not app.exception
    return names, " ".join(caption.value for caption in app.caption)


def test_a_file_of_made_up_records_says_so_in_its_name(monkeypatch):
    names, said = offered(Toy(read_placed().head(30)), monkeypatch)

    assert names == ["ccgeo-layer-synthetic.geojson", "ccgeo-records-synthetic.csv"]
    assert not said


def test_a_file_of_records_that_are_not_made_up_does_not(monkeypatch):
    names, _ = offered(Stated(read_placed().head(30)), monkeypatch)

    assert names == ["ccgeo-layer.geojson", "ccgeo-records.csv"]


@pytest.mark.parametrize(("most", "is_offered"), [(30, True), (29, False)])
def test_beyond_the_limit_a_sentence_stands_in_place_of_the_file(monkeypatch, most, is_offered):
    monkeypatch.setattr(downloads, "MOST_RECORDS", most)

    names, said = offered(Toy(read_placed().head(30)), monkeypatch)

    assert ("ccgeo-records-synthetic.csv" in names) is is_offered
    assert ("A file holds at most 29 records; this selection has 30." in said) is not is_offered
    assert "ccgeo-layer-synthetic.geojson" in names

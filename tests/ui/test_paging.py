"""A list that is turned page by page asks for one page of records and no more."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.query.engine import read_placed
from ccgeo.query.memory import Memory
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.query.source import Listing
from ccgeo.ui.paging import ROWS

FOUND = 250


class Watched(Memory):
    """Entries in memory that remember which pages were asked for."""

    def rows(self, listing):
        self.asked = listing
        return super().rows(listing)


def page():
    # ruff: noqa: PLC0415 - the page runs by itself
    import streamlit as st

    from ccgeo.ui import paging

    paging.show_pages(st.session_state["source"], st.session_state["listing"])


@pytest.fixture
def app():
    listed = AppTest.from_function(page, default_timeout=60)
    listed.session_state["source"] = Watched(read_placed().head(FOUND))
    listed.session_state["listing"] = Listing(OPEN_SELECTION, View())
    return listed.run()


def said(app):
    assert not app.exception
    return " ".join(caption.value for caption in app.caption)


def test_one_page_is_asked_for_at_a_time(app):
    asked = app.session_state["source"].asked
    assert (asked.start, asked.most) == (0, ROWS)
    assert len(app.dataframe[0].value) == ROWS

    app.number_input[0].set_value(3).run()

    asked = app.session_state["source"].asked
    assert (asked.start, asked.most) == (2 * ROWS, ROWS)
    assert said(app) == f"Records {2 * ROWS + 1} to {FOUND} of {FOUND}"
    assert app.number_input[0].max == -(-FOUND // ROWS)


def test_another_question_begins_at_its_first_page(app):
    app.number_input[0].set_value(2).run()

    app.selectbox(key="paging_order").set_value("oldest").run()

    assert app.number_input[0].value == 1
    assert said(app).startswith("Records 1 to ")


def test_nothing_found_is_said_and_is_no_table(app):
    app.text_input(key="paging_find").set_value("{{7*7}} nowhere").run()

    assert app.info[0].value == "No record fits."
    assert not app.dataframe
    assert not app.exception

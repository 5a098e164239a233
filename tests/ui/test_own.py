"""A person's own records live in one session and nowhere else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.io.own import answer_bytes, own_entries
from ccgeo.io.readers import read_records
from ccgeo.layers.answer import answer, answer_from, answer_of
from ccgeo.query.engine import read_placed
from ccgeo.query.measures import total_of
from ccgeo.query.memory import Memory
from ccgeo.query.selection import OPEN_SELECTION, Selection, View

TABLE = """id,parent id,title,amount,kind,place,date,project key
E1,,Fair,10 bn yuan,event,重庆市,2022,
D1,E1,Plant,4 bn yuan,deal,渝北区,2022,
T1,,Tower,3 bn yuan,deal,渝中区,2022,tower
T2,,Tower again,3 bn yuan,deal,渝中区,2023,tower
"""


@pytest.fixture
def entries():
    return own_entries(read_records(TABLE.encode()).good)


def page():
    # ruff: noqa: PLC0415 - the page runs by itself
    import streamlit as st

    from ccgeo.query.selection import OPEN_SELECTION, View
    from ccgeo.ui import own

    own.show_choice()
    shown = own.answered(OPEN_SELECTION, View())
    st.text(f"{own.held()} held, {len(shown.selected)} shown")
    st.button("forget", key="forget", on_click=own.forget)


def test_the_laws_of_the_ledger_hold_for_own_rows(entries):
    # Event and part give the event; a project that is told twice counts once.
    assert total_of(entries).amount_fen == 1_300_000_000_000
    assert sorted(entries["record_id"]) == ["D1", "E1", "T2"]
    assert entries["is_residual"].sum() == 1


def test_own_rows_are_chosen_kept_for_the_session_and_forgotten(entries):
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["own_entries"] = entries
    app.run()
    assert app.text[0].value == f"3 held, {len(read_placed())} shown"

    app.segmented_control[0].set_value("mine").run()
    assert app.text[0].value == "3 held, 3 shown"
    app.segmented_control[0].set_value("both").run()
    assert app.text[0].value == f"3 held, {len(read_placed()) + 3} shown"
    app.button(key="forget").click().run()
    assert app.text[0].value == f"0 held, {len(read_placed())} shown"
    assert not app.segmented_control


def test_another_session_sees_nothing_of_it(entries):
    one, other = (AppTest.from_function(page, default_timeout=60) for _ in range(2))
    one.session_state["own_entries"] = entries
    one.run()
    one.segmented_control[0].set_value("mine").run()

    assert other.run().text[0].value == f"0 held, {len(read_placed())} shown"


def test_an_answer_from_own_rows_is_in_no_shared_cache(entries):
    before = answer(OPEN_SELECTION, View())
    source = Memory(entries)
    mine = answer_from(source, OPEN_SELECTION, View())

    assert answer(OPEN_SELECTION, View()) is before
    assert before.is_shipped
    assert mine.source is source
    assert answer_of(source, OPEN_SELECTION, View()) is not mine


@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_own_rows_can_be_taken_away_and_brought_again(entries, form):
    content = answer_bytes(answer_from(Memory(entries), OPEN_SELECTION, View()), form)

    assert b"own-D1" in content or form == "geojson"
    if form == "csv":
        back = read_records(content, "x.csv")
        assert total_of(own_entries(back.good)).amount_fen == total_of(entries).amount_fen


def test_nothing_selected_is_still_a_file(entries):
    nothing = Selection(sectors=frozenset({"agriculture"}), years=(1990, 1991))

    shown = answer_from(Memory(entries), nothing, View())

    assert answer_bytes(shown, "csv").startswith(b"\xef\xbb\xbf")

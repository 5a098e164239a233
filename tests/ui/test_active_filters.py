"""Chips above the map: what is told of them, and what a press comes to."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ccgeo.ui import active_filters


def chips_page():
    import streamlit as st  # noqa: PLC0415 - AppTest runs this text alone

    from ccgeo.ui import state  # noqa: PLC0415
    from ccgeo.ui.active_filters import show_chips  # noqa: PLC0415

    selection, _ = state.open_link()
    show_chips(selection)
    st.text(f"{selection.years} {sorted(selection.sectors)} {sorted(selection.partners)}")


@pytest.fixture
def pressed(monkeypatch):
    """Open a page under a link, press a chip as a browser would, and return what is then asked."""
    told = {}

    def mount(*, key, data, on_off_change):
        told["chips"] = data["chips"]
        if "off" in told:
            st.session_state[key] = {"off": told.pop("off")}
            on_off_change()

    def press(*chip, **params):
        monkeypatch.setattr(active_filters, "_component", lambda: mount)
        page = AppTest.from_function(chips_page)
        for name, value in params.items():
            page.query_params[name] = value
        page.run()
        told["off"] = list(chip)
        page.run().run()
        assert not page.exception
        return page.text[0].value, told["chips"]

    return press


def test_a_press_takes_off_that_choice_alone(pressed):
    text, chips = pressed("sectors", "digital", sector="digital,automotive", partner="SG")
    assert text.endswith("['automotive'] ['SG']")
    assert [chip[:2] for chip in chips] == [["sectors", "automotive"], ["partners", "SG"]]


def test_a_press_takes_off_a_limit(pressed):
    assert pressed("years", "", years="2015-2018")[0] == "None [] []"


@pytest.mark.parametrize("chip", [("sectors", "<b>"), ("id",), (), ("years", 7)])
def test_anything_else_takes_nothing_off(pressed, chip):
    assert pressed(*chip, sector="digital")[0].endswith("['digital'] []")

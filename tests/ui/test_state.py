"""The link and the session: who is believed when they differ."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, parse_selection
from ccgeo.ui import state

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves by hand."""
    now = [1000.0]
    monkeypatch.setattr(state.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def page(panels):
    opened = AppTest.from_file(str(ROOT / "pages" / "explore.py"), default_timeout=60).run()
    assert not opened.exception
    assert panels.shown
    return opened


def go(page: AppTest, **params: str) -> AppTest:
    page.query_params.clear()
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def asked(page: AppTest):
    return page.session_state[state.SELECTION_KEY]


def test_a_new_link_replaces_the_selection(page, clock):
    clock[0] += 60
    assert asked(go(page, sector="automotive")).sectors == {"automotive"}


def test_going_back_to_an_old_link_replaces_the_selection(page, panels, clock):
    panels.choose(page, sectors=["biomedicine"])
    clock[0] += 60
    assert asked(go(page)) == DEFAULT_SELECTION


def test_a_link_just_replaced_is_not_taken_for_a_wish(page, panels, clock):
    panels.choose(page, sectors=["biomedicine"])
    clock[0] += 1
    assert asked(go(page)).sectors == {"biomedicine"}


def test_a_click_is_newer_than_the_link_it_came_with(page, panels, clock):
    panels.choose(page, sectors=["biomedicine"])
    clock[0] += 60
    page.query_params.clear()
    page.query_params["sector"] = "automotive"
    page.multiselect(key="filter_places").set_value(["500112"]).run()
    assert asked(page).sectors == {"biomedicine"}
    assert asked(page).places == {"500112"}


def test_clear_and_default_are_what_they_say(page):
    {button.label: button for button in page.button}["Clear"].click().run()
    assert asked(page) == OPEN_SELECTION
    {button.label: button for button in page.button}["Default"].click().run()
    assert asked(page) == DEFAULT_SELECTION


def test_the_link_that_is_written_reads_back_the_same(page, panels):
    panels.choose(page, years=[2012, 2018])
    panels.choose(page, stages=["opportunity"])
    written = {name: page.query_params[name] for name in page.query_params}
    selection, _, problems = parse_selection(written)
    assert problems == ()
    assert selection == asked(page)

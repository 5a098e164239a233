"""The link and the session: who is believed when they differ."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, parse_selection
from ccgeo.ui import state

ROOT = Path(__file__).resolve().parents[2]


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


def test_a_new_link_replaces_the_selection(page):
    assert asked(go(page, sector="automotive")).sectors == {"automotive"}


def test_going_back_to_an_old_link_replaces_the_selection(page, panels):
    panels.choose(page, sectors=["biomedicine"])
    assert asked(go(page)) == DEFAULT_SELECTION


def opened_page():
    import streamlit as st  # noqa: PLC0415 - AppTest runs this text alone

    from ccgeo.ui import state  # noqa: PLC0415

    selection, _ = state.open_link()
    st.button("choose", on_click=state.change, kwargs={"sectors": frozenset({"biomedicine"})})
    st.button("begin a run", on_click=state.keep_link)
    st.text(str(sorted(selection.sectors)))


def test_a_run_that_the_page_began_tells_nothing_by_its_link_however_late_it_comes():
    page = AppTest.from_function(opened_page).run()
    page.button[0].click().run()
    for _ in range(3):
        page.query_params.clear()
        page.button[1].click().run()
        assert page.text[0].value == "['biomedicine']"
    assert go(page).text[0].value == "[]"


def test_every_widget_says_that_it_began_a_run():
    # `Streamlit` runs a page for one without a callback too, and nobody would be told.
    paths = [*(ROOT / "pages").glob("*.py"), *(ROOT / "src" / "ccgeo" / "ui").glob("*.py")]
    assert [path.name for path in paths if '"rerun"' in path.read_text("utf-8")] == []


def test_a_click_is_newer_than_the_link_it_came_with(page, panels):
    panels.choose(page, sectors=["biomedicine"])
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

"""What every page has in common: title, width, icon, and the way to the other pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.ui.words import say

PAGES: Final = {
    "explore": "explore",
    "events": "events_page",
    "records": "records_page",
    "compare": "compare",
    "zones": "zones_page",
    "places": "places_page",
    "bring": "bring_page",
    "sources": "sources_page",
}
"""File name of each page and the key of its title, in the order of the links."""

_ROUTED_KEY: Final = "routed"


def configure() -> None:
    """Set the page up, once a run; the icon is a local file, so nothing is fetched for it."""
    if st.session_state.get(_ROUTED_KEY):
        return
    icon = Path(__file__).with_name("icon.svg")
    st.set_page_config(page_title="ccgeo", page_icon=str(icon), layout="wide")


def show_navigation() -> None:
    """Draw the list of pages and run the one that is asked for."""
    scripts = [
        st.Page(f"pages/{name}.py", title=say(title), default=name == "explore")
        for name, title in PAGES.items()
    ]
    chosen = st.navigation(scripts, position="top")
    st.session_state[_ROUTED_KEY] = True
    chosen.run()


def show_links() -> None:
    """Draw a row of links to every page where the list of pages is missing.

    Streamlit runs a page without the router for a visitor who comes by a deep link to a fresh
    server, and would list bare file names.
    """
    if st.session_state.pop(_ROUTED_KEY, False):
        return
    params = st.query_params.to_dict()
    with st.container(horizontal=True, gap="medium"):
        for name, title in PAGES.items():
            try:
                st.page_link(f"pages/{name}.py", label=say(title), query_params=params)
            except StreamlitAPIException:
                # A page that is run by itself has no others to go to.
                return

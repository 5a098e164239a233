"""What every page has in common: title, width, icon, and the way to the other pages."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo import caching
from ccgeo.errors import DataFileError
from ccgeo.ui import register, sign_in
from ccgeo.ui.page_frame import show_frame
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

EMBED: Final = "embed"
"""The page for frames in other pages; no list of pages names it."""

_ROUTED_KEY: Final = "routed"
_BEGUN_KEY: Final = "begun"


def configure() -> None:
    """Set the page up, once a run; the icon is a local file, so nothing is fetched for it."""
    _load_pages()
    if not st.session_state.get(_ROUTED_KEY):
        caching.begin_run(search_all=_BEGUN_KEY not in st.session_state)
        st.session_state[_BEGUN_KEY] = True
        icon = Path(__file__).with_name("icon.svg")
        st.set_page_config(page_title="ccgeo", page_icon=str(icon), layout="wide")
    sign_in.require()
    register.require()


@cache
def _load_pages() -> None:
    """Load the modules of every page, so that none is loaded while somebody waits for it."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)], "ccgeo.ui."):
        import_module(module.name)


def show_navigation() -> None:
    """Draw the list of pages and run the one that is asked for."""
    first = EMBED if st.context.is_embedded else "explore"
    scripts = [
        st.Page(f"pages/{name}.py", title=say(title), default=name == first)
        for name, title in PAGES.items()
    ]
    scripts.append(
        st.Page(f"pages/{EMBED}.py", title="ccgeo", visibility="hidden", default=first == EMBED)
    )
    position: Literal["hidden", "top"] = "hidden" if first == EMBED else "top"
    chosen = st.navigation(scripts, position=position)
    st.session_state[_ROUTED_KEY] = True
    try:
        chosen.run()
    except DataFileError as error:
        # The one thing that goes wrong on the server and that a visitor can tell somebody.
        st.container(border=True).text(str(error))


def show_links(of_page: str = "") -> None:
    """Draw a row of links to every page where the list of pages is missing.

    Streamlit runs a page without the router for a visitor who comes by a deep link to a fresh
    server, and would list bare file names.

    Parameters
    ----------
    of_page : str
        Name of a page that shows no links, such as `EMBED`.
    """
    show_frame()
    register.show_mark()
    if st.session_state.pop(_ROUTED_KEY, False) or of_page == EMBED:
        return
    params = st.query_params.to_dict()
    with st.container(horizontal=True, gap="medium"):
        for name, title in PAGES.items():
            try:
                st.page_link(f"pages/{name}.py", label=say(title), query_params=params)
            except StreamlitAPIException:
                # A page that is run by itself has no others to go to.
                return


def address() -> str:
    """Return the address of the first page.

    Returns
    -------
    str
        As the visitor's browser knows it, ending in a slash; just a slash without a browser.
    """
    seen = urlsplit(st.context.url or "/")
    folder, _, last = seen.path.rpartition("/")
    path = folder if last in {*PAGES, EMBED} else seen.path
    return urlunsplit((seen.scheme, seen.netloc, f"{path.rstrip('/')}/", "", ""))


def show_way_out() -> None:
    """Offer a frame's visitor the view in the explorer, in a window of its own."""
    query = urlencode(st.query_params.to_dict())
    st.link_button(say("open_explorer"), f"{address()}?{query}".rstrip("?"), type="tertiary")

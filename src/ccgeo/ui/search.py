"""The box to look things up in: a place, a zone, a partner or an event opens at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.search import KINDS, findables
from ccgeo.ui import state
from ccgeo.ui.words import VIEW_KEY, language, say
from ccgeo.views.live_map.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.selection import View

_KEY: Final = "search"
_HTML: Final = '<div class="ccgeo-search"></div>'


def show_search() -> None:
    """Draw the box; what is chosen opens in the panel, an event on its page."""

    def take() -> None:
        chosen = st.session_state.get(_KEY, {}).get("chosen")
        if is_findable(chosen):
            open_thing(chosen)

    data = {
        "index": packed_index(),
        "kinds": [say(f"kind_{kind}") for kind in KINDS],
        "label": say("search"),
        "hint": say("search_hint"),
        "none": say("search_none"),
        "former": say("formerly"),
        "language": language(),
    }
    chosen = _component()(key=_KEY, data=data, on_chosen_change=take).get("chosen")
    if is_findable(chosen) and chosen.startswith("event:"):
        _go_to_event(chosen.removeprefix("event:"))


def is_findable(thing: object) -> bool:
    """Return whether the browser told something that can be found.

    Parameters
    ----------
    thing : object
        Anything: a browser can send what it likes.

    Returns
    -------
    bool
        True for the thing of one of `ccgeo.query.search.findables`.

    Examples
    --------
    >>> is_findable("district:500112"), is_findable("district:<b>"), is_findable(None)
    (True, False, False)
    """
    return isinstance(thing, str) and thing in _things()


def open_thing(thing: str) -> None:
    """Open what was found in the panel, on a map that has it.

    Parameters
    ----------
    thing : str
        As `is_findable` knows it; an event has a page of its own and is left to the caller.
    """
    kind, _, name = thing.partition(":")
    if kind == "event":
        return
    if kind == "district":
        state.change(vintage=_vintage_of(name))
        state.open_unit(name)
    else:
        state.pick(thing)


def _vintage_of(adcode: str) -> str:
    """Return the boundary list shown, or another one where only that has the unit."""
    view: View = st.session_state[VIEW_KEY]
    lists = (view.vintage, *VINTAGES)
    return next((each for each in lists if has_unit(adcode, each)), view.vintage)


def _go_to_event(event: str) -> None:
    try:
        st.switch_page("pages/events.py", query_params={"event": event, "lang": language()})
    except StreamlitAPIException:
        # A page that is run by itself has no others to go to.
        return


@cache
def packed_index() -> str:
    """Return everything that can be looked for, as the browser reads it.

    Returns
    -------
    str
        Id, position of the kind in `KINDS`, both names, other and former names of each thing,
        packed as `ccgeo.views.live_map.packing.pack` does.

    Examples
    --------
    >>> len(packed_index()) < 30_000
    True
    """
    things = [
        [each.thing, KINDS.index(each.kind), each.name_en, each.name_zh, each.others, each.former]
        for each in findables()
    ]
    return pack({"things": things}).text


@cache
def _things() -> frozenset[str]:
    return frozenset(each.thing for each in findables())


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.search", html=_HTML, css="search.css", js="search.js"
    )
    return mount

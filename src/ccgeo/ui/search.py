"""The box to look things up in: a place, a zone, a partner or an event opens at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.search import KINDS, find_things, findables
from ccgeo.ui import state
from ccgeo.ui.words import VIEW_KEY, language, say
from ccgeo.views.live_map.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.selection import View

_KEY: Final = "search"
_LONGEST: Final = 80
_HTML: Final = '<div class="ccgeo-search"></div>'


def show_search() -> None:
    """Draw the box; what is chosen opens in the panel, an event on its page."""

    def take() -> None:
        state.keep_link()
        if thing := thing_of(st.session_state.get(_KEY, {}).get("chosen")):
            open_thing(thing)

    data = {
        "index": packed_index(),
        "kinds": [say(f"kind_{kind}") for kind in KINDS],
        "label": say("search"),
        "hint": say("search_hint"),
        "none": say("search_none"),
        "former": say("formerly"),
        "language": language(),
    }
    thing = thing_of(_component()(key=_KEY, data=data, on_chosen_change=take).get("chosen"))
    if thing.startswith("event:"):
        _go_to_event(thing.removeprefix("event:"))


def thing_of(told: object) -> str:
    """Return what the browser told that was chosen.

    Parameters
    ----------
    told : object
        Anything: a browser can send what it likes. A text behind a question mark is looked for.

    Returns
    -------
    str
        The thing of one of `ccgeo.query.search.findables`, or empty.

    Examples
    --------
    >>> thing_of("district:500112"), thing_of("district:<b>"), thing_of(None)
    ('district:500112', '', '')
    >>> thing_of("?江北县")
    'district:500112'
    """
    if not isinstance(told, str):
        return ""
    if told.startswith("?"):
        return next((hit.found.thing for hit in find_things(told[1:_LONGEST], most=1)), "")
    return told if told in _things() else ""


def open_thing(thing: str) -> None:
    """Open what was found in the panel, on a map that has it.

    Parameters
    ----------
    thing : str
        As `thing_of` gives it; an event has a page of its own and is left to the caller.
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
    >>> len(packed_index()) < 40_000
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

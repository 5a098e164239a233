"""The box to look things up in: a place, a zone, a partner or an event opens at once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.search import KINDS, find_things, findables, findables_among
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.ui import register, state
from ccgeo.ui.words import VIEW_KEY, language, say
from ccgeo.views.live_map.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.search import Findable
    from ccgeo.query.source import Source

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
        "index": packed_index(things()),
        "kinds": [say(f"kind_{kind}") for kind in KINDS],
        "label": say("register_search" if register.is_set() else "search"),
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
        The thing of one of `things`, or empty.

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
        hits = find_things(told[1:_LONGEST], most=1, things=things())
        return next((hit.found.thing for hit in hits), "")
    return told if told in _named(things()) else ""


def things() -> tuple[Findable, ...]:
    """Return what can be looked for here.

    Returns
    -------
    tuple of Findable
        `ccgeo.query.search.findables`; of a register its own partners and no events.

    Examples
    --------
    >>> things()[-1].kind
    'event'
    """
    return _of(register.source()) if register.is_set() else findables()


@lru_cache(maxsize=2)
def _of(source: Source) -> tuple[Findable, ...]:
    counts = source.counts(OPEN_SELECTION, View())["partners"]
    return findables_among(frozenset(partner for partner, number in counts.items() if number))


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


@lru_cache(maxsize=2)
def packed_index(found: tuple[Findable, ...]) -> str:
    """Write what can be looked for as the browser reads it.

    Parameters
    ----------
    found : tuple of Findable
        As `things` returns it.

    Returns
    -------
    str
        Id, position of the kind in `KINDS`, both names, other and former names of each thing,
        packed as `ccgeo.views.live_map.packing.pack` does.

    Examples
    --------
    >>> len(packed_index(things())) < 40_000
    True
    """
    rows = [
        [each.thing, KINDS.index(each.kind), each.name_en, each.name_zh, each.others, each.former]
        for each in found
    ]
    return pack({"things": rows}).text


@lru_cache(maxsize=2)
def _named(found: tuple[Findable, ...]) -> frozenset[str]:
    return frozenset(each.thing for each in found)


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.search", html=_HTML, css="search.css", js="search.js"
    )
    return mount

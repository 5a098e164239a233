"""The live map on a page: mount it, and read what was clicked."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.ui.map_events import parse_event
from ccgeo.ui.state import keep_link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccgeo.ui.map_events import Event
    from ccgeo.views.live_map.packing import Packed

_NOTHING: Final[Mapping[str, Packed]] = MappingProxyType({})
_HTML: Final = (
    '<div class="ccgeo-map is-loading" role="region" style="min-height:320px"></div>'  # no jump
)


def live_map(
    payload: Mapping[str, Any],
    key: str,
    *,
    on_event: Callable[[Event], None] | None = None,
    parts: Mapping[str, Packed] = _NOTHING,
) -> Event | None:
    """Show the live map at this place of the page.

    The map is made once and stays while the page lives; a rerun only hands it the payload.

    Parameters
    ----------
    payload : mapping
        What `ccgeo.views.live_map.payload.build_payload` gives.
    key : str
        Name of this map in the session; keep it, or the map is made anew.
    on_event : callable, optional
        Called with the event before the page runs again, so that one click costs one run.
    parts : mapping of str to Packed, optional
        What the payload is about and travels once: ``"cube"`` for a payload of
        `ccgeo.views.live_map.cube.build_question`, ``"zones"`` for zones over the map.

    Returns
    -------
    Event or None
        What was done since the last run, if anything.
    """

    def report() -> None:
        keep_link()
        # A map that the page has just taken off may still tell something.
        event = parse_event(st.session_state.get(key, {}).get("event"))
        if event is not None and event.kind == "again":
            forget_parts(key)
        elif on_event is not None and event is not None:
            on_event(event)

    data = {**payload, **told_parts(key, parts)}
    result = _component()(key=key, data=data, on_event_change=report)
    return parse_event(result.get("event"))


def told_parts(key: str, parts: Mapping[str, Packed]) -> dict[str, Any]:
    """Send each part once, and then its name alone.

    Parameters
    ----------
    key : str
        Name in the session of what they are sent to.
    parts : mapping of str to Packed
        All that it needs.

    Returns
    -------
    dict
        A member ``parts``; nothing where there are none.
    """
    known: frozenset[str] = st.session_state.get(f"{key}_sent", frozenset())
    st.session_state[f"{key}_sent"] = known | {part.key for part in parts.values()}
    told = {
        name: {"key": part.key} | ({} if part.key in known else {"text": part.text})
        for name, part in parts.items()
    }
    return {"parts": told} if told else {}


def forget_parts(key: str) -> None:
    """Send every part again: the browser has lost what it had.

    Parameters
    ----------
    key : str
        Name in the session of what they are sent to.
    """
    st.session_state[f"{key}_sent"] = frozenset()


@cache
def _component() -> Callable[..., Any]:
    # The files are served by URL: as strings they would travel again on every rerun.
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.live_map", html=_HTML, css="live_map.css", js="live_map.js"
    )
    return mount

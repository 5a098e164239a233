"""The live map on a page: mount it, and read what was clicked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EVENT_KINDS: Final = frozenset(
    {"district", "partner", "flow", "zone", "frame", "years", "play", "none"}
)
"""What an event can be about; ``"none"`` is a click that takes the selection away."""

_ID: Final = re.compile(r"[A-Za-z0-9>-]{0,40}")
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}")
_HTML: Final = (
    '<div class="ccgeo-map is-loading" role="region" style="min-height:320px"></div>'  # no jump
)


class Event(NamedTuple):
    """Something that a person did on the map.

    Parameters
    ----------
    kind : {"district", "partner", "flow", "zone", "frame", "years", "play", "none"}
        What was chosen. A ring counts as a district, a label point as its zone. ``"play"``
        stays inside `live_map`.
    id : str
        Adcode or ``"circle"``, partner, ``origin>destination``, zone, name of the frame, first
        and last year such as ``"2015-2020"``, or empty.
    """

    kind: str
    id: str


class Years(NamedTuple):
    """What a map needs for its years to run.

    Attributes
    ----------
    asked : tuple of int
        First and last year of the selection; empty for no limit.
    cube : callable
        Gives what `ccgeo.views.live_map.play.cube_payload` gives; called only while the years
        are open.
    """

    asked: tuple[int, ...]
    cube: Callable[[], dict[str, Any]]


def live_map(
    payload: Mapping[str, Any],
    key: str,
    *,
    on_event: Callable[[Event], None] | None = None,
    years: Years | None = None,
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
    years : Years, optional
        Lets the years run on the map; without it there is no button for that.

    Returns
    -------
    Event or None
        What was done since the last run, if anything.
    """

    def report() -> None:
        event = parse_event(st.session_state[key].get("event"))
        if event is not None and event.kind == "play":
            st.session_state[f"{key}_play"] = event.id
            st.session_state[f"{key}_cube"] = ""
        elif on_event is not None and event is not None:
            on_event(event)

    data = {**payload, **_play(key, years)}
    result = _component()(key=key, data=data, on_event_change=report)
    return parse_event(result.get("event"))


def parse_event(value: object) -> Event | None:
    """Read an event as the browser sent it.

    Parameters
    ----------
    value : object
        Anything: a browser can send what it likes.

    Returns
    -------
    Event or None
        None for nothing, and for whatever is no event of the map.

    Examples
    --------
    >>> parse_event({"kind": "district", "id": "500103"})
    Event(kind='district', id='500103')
    >>> parse_event({"kind": "district", "id": "<b>"}) is None
    True
    """
    if not isinstance(value, dict):
        return None
    kind, name = value.get("kind"), value.get("id")
    if kind not in EVENT_KINDS or not isinstance(name, str) or not _ID.fullmatch(name):
        return None
    if kind == "years" and not _YEARS.fullmatch(name):
        return None
    return Event(str(kind), name)


def _play(key: str, years: Years | None) -> dict[str, Any]:
    """Send the cube once, and then its name alone, while the years are open."""
    if years is None:
        return {}
    play: dict[str, Any] = {"play": list(years.asked)}
    if st.session_state.get(f"{key}_play", "off") == "off":
        return play
    cube = years.cube()
    is_known = st.session_state.get(f"{key}_cube") == cube["key"]
    st.session_state[f"{key}_cube"] = cube["key"]
    return {**play, "cube": {"key": cube["key"]} if is_known else cube}


@cache
def _component() -> Callable[..., Any]:
    # The files are served by URL: as strings they would travel again on every rerun.
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.live_map", html=_HTML, css="live_map.css", js="live_map.js"
    )
    return mount

"""The live map on a page: mount it, and read what was clicked."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from ccgeo.ui.state import keep_link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccgeo.views.live_map.packing import Packed

EVENT_KINDS: Final = frozenset(
    {
        "district",
        "partner",
        "flow",
        "zone",
        "known",
        "frame",
        "asked",
        "drill",
        "compare",
        "again",
        "camera",
        "none",
    }
)
"""What an event can be about; ``"none"`` is a click that takes the selection away."""

_ID: Final = re.compile(r"[A-Za-z0-9>-]{0,40}")
_FORMS: Final = {
    "asked": re.compile(r"(?:all|(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2})\.[01]\.[a-z_,]{0,400}"),
    "compare": re.compile(r"(?:district|partner|flow|zone):[A-Za-z0-9>-]{1,40}"),
    "camera": re.compile(r"|-?[0-9](?:\.[0-9]{1,2})?_-?[0-9]{1,5}_-?[0-9]{1,5}"),
    "drill": re.compile(r"[0-9]{6}"),
}
_NOTHING: Final[Mapping[str, Packed]] = MappingProxyType({})
_HTML: Final = (
    '<div class="ccgeo-map is-loading" role="region" style="min-height:320px"></div>'  # no jump
)


class Event(NamedTuple):
    """Something that a person did on the map.

    Parameters
    ----------
    kind : str
        One of `EVENT_KINDS`: what was chosen, where a ring counts as the unit it stands for, that
        of the Circle as what is known no finer, and a label point as its zone;
        ``"asked"`` for years and sectors, ``"drill"`` for a unit that is
        opened, ``"compare"`` for a thing that goes into a comparison, ``"camera"`` for where
        the map stands. ``"again"`` stays inside `live_map`.
    id : str
        Adcode or ``"circle"``, partner, ``origin>destination``, zone, name of the frame; for
        ``"asked"`` years, undated and sectors such as ``"2015-2020.0.automotive,digital"``;
        for ``"compare"`` kind and id joined by a colon; for ``"camera"`` zoom, east and north
        such as ``"1.25_-120_45"``; or empty.
    camera : str, optional
        Where the map will stand after it, as for ``"camera"``; None where it stays.
    """

    kind: str
    id: str
    camera: str | None = None


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
    if kind not in EVENT_KINDS or not isinstance(name, str):
        return None
    if not _FORMS.get(kind, _ID).fullmatch(name):
        return None
    camera = value.get("camera")
    is_told = isinstance(camera, str) and _FORMS["camera"].fullmatch(camera)
    return Event(str(kind), name, camera if is_told else None)


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

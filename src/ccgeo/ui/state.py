"""One session's selection: it comes from the address bar and is written back to it.

The selection and the view live in the session state as frozen values. Widgets only show
them; what a widget reports replaces one field. So a link, a click and a button are three
ways to the same state, and a widget that is not on screen loses nothing.
"""

from __future__ import annotations

import time
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.profile import is_thing
from ccgeo.query.selection import (
    DEFAULT_SELECTION,
    OPEN_SELECTION,
    Selection,
    View,
    parse_selection,
    selection_params,
)
from ccgeo.ui.words import VIEW_KEY, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.ui.live_map import Event

SELECTION_KEY: Final = "selection"
PICKED_KEY: Final = "picked"
PICKED_PARAM: Final = "at"
_PROBLEMS_KEY: Final = "link_problems"
_WRITTEN_KEY: Final = "links_written"
_TOUCHED_KEY: Final = "touched"
# A run that no widget began may still carry a link that the browser is about to replace.
_STALE_SECONDS: Final = 3.0
_LINKS_KEPT: Final = 20


def open_link() -> tuple[Selection, View]:
    """Return the selection and view of this run, taking in the address bar if it changed.

    Returns
    -------
    tuple of (Selection, View)
        What to show. What the link held and nobody understands is kept for
        `show_problems`.
    """
    params = st.query_params.to_dict()
    is_touched = st.session_state.pop(_TOUCHED_KEY, False)
    if VIEW_KEY not in st.session_state or not (is_touched or _is_own_link(params)):
        picked = params.pop(PICKED_PARAM, "")
        selection, view, problems = parse_selection(params)
        st.session_state[SELECTION_KEY] = selection
        st.session_state[VIEW_KEY] = view
        st.session_state[PICKED_KEY] = picked if is_thing(picked) else ""
        st.session_state[_PROBLEMS_KEY] = tuple(str(problem) for problem in problems)
    _write_link()
    return st.session_state[SELECTION_KEY], st.session_state[VIEW_KEY]


def show_problems() -> None:
    """Say in plain text what of the link was not understood."""
    problems = st.session_state.get(_PROBLEMS_KEY, ())
    if problems:
        with st.container(border=True):
            st.markdown(f":material/link_off: {say('problems')}")
            for sentence in problems:
                st.text(sentence)


def picked() -> str:
    """Return what was clicked on the map.

    Returns
    -------
    str
        Kind and id joined by a colon, such as ``"district:500103"``; empty for nothing.
    """
    return str(st.session_state.get(PICKED_KEY, ""))


def pick(thing: str) -> None:
    """Remember what was clicked on the map.

    Parameters
    ----------
    thing : str
        Kind and id joined by a colon; empty to close the panel.
    """
    st.session_state[PICKED_KEY] = thing
    st.session_state[_TOUCHED_KEY] = True


def take_event(event: Event) -> None:
    """Follow what a person did on the map.

    Parameters
    ----------
    event : Event
        A click selects the thing, a click beside everything closes the panel, and the frame
        switch is remembered in the link.
    """
    if event.kind == "frame":
        change(frame=event.id)
    else:
        pick("" if event.kind == "none" else f"{event.kind}:{event.id}")


def change(**values: object) -> None:
    """Replace fields of the selection or of the view.

    Parameters
    ----------
    **values : object
        Field names of `Selection` or `View` and their new values.
    """
    for key, kind in ((SELECTION_KEY, Selection), (VIEW_KEY, View)):
        names = {field.name for field in fields(kind)}
        mine = {name: value for name, value in values.items() if name in names}
        if mine:
            _put(key, replace(st.session_state[key], **mine))


def ask(selection: Selection) -> None:
    """Ask for something else.

    Parameters
    ----------
    selection : Selection
        The new selection.
    """
    _put(SELECTION_KEY, selection)


def clear() -> None:
    """Lift every limit, so that all records are shown."""
    _put(SELECTION_KEY, OPEN_SELECTION)


def reset() -> None:
    """Go back to the selection that a visitor first sees."""
    _put(SELECTION_KEY, DEFAULT_SELECTION)


def taker(key: str, take: Callable[[Any], None]) -> Callable[[], None]:
    """Return a widget callback that hands on the widget's new value.

    Parameters
    ----------
    key : str
        Key of the widget.
    take : callable
        Called with the value.

    Returns
    -------
    callable
        For ``on_change``.
    """
    return lambda: take(st.session_state[key])


def _put(key: str, value: Selection | View) -> None:
    st.session_state[key] = value
    st.session_state[_PROBLEMS_KEY] = ()
    # What a person did on the page is newer than the link the browser still shows.
    st.session_state[_TOUCHED_KEY] = True


def _is_own_link(params: dict[str, str]) -> bool:
    now = time.monotonic()
    written = st.session_state.get(_WRITTEN_KEY, [])
    recent = [link for link, at in written[:-1] if now - at < _STALE_SECONDS]
    return params in [link for link, _ in written[-1:]] + recent


def _write_link() -> None:
    params = selection_params(st.session_state[SELECTION_KEY], st.session_state[VIEW_KEY])
    if picked():
        params[PICKED_PARAM] = picked()
    written = st.session_state.setdefault(_WRITTEN_KEY, [])
    if not written or written[-1][0] != params:
        # A link counts as stale from when it was replaced, not from when it was written.
        written[-1:] = [(link, time.monotonic()) for link, _ in written[-1:]]
        written.append((params, time.monotonic()))
        del written[:-_LINKS_KEPT]
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)

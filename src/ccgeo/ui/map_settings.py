"""Settings of the map that only Explore has: lines, names, zones, own class limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from ccgeo.query.selection import parse_selection
from ccgeo.query.vocabulary import VIEW_CHOICES, label_of
from ccgeo.ui import state
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from ccgeo.query.selection import View

_FIELDS: Final = ("ways", "line_colour", "most_lines", "labels", "overlay")
_LIMITS_KEY: Final = "view_own_limits"
_PROBLEM_KEY: Final = "own_limits_problem"


def show_lines(view: View) -> None:
    """Draw the settings of lines, names and zones, and a field for limits of one's own.

    Parameters
    ----------
    view : View
        What they show.
    """
    _show_limits(view)
    for field in _FIELDS:
        _show_choice(field, view)


def _show_choice(field: str, view: View) -> None:
    key = f"view_{field}"
    st.session_state[key] = getattr(view, field)
    st.selectbox(
        say(field),
        VIEW_CHOICES[field],
        key=key,
        filter_mode=None,
        format_func=lambda choice: label_of(field, choice, language()),
        on_change=state.taker(key, lambda chosen: state.change(**{field: chosen})),
    )


def _show_limits(view: View) -> None:
    st.session_state[_LIMITS_KEY] = ", ".join(f"{limit:.15g}" for limit in view.bins)
    st.text_input(
        say("own_limits"),
        key=_LIMITS_KEY,
        help=say("own_limits_help"),
        placeholder=say("own_limits_none"),
        on_change=state.taker(_LIMITS_KEY, _take_limits),
    )
    if problem := st.session_state.pop(_PROBLEM_KEY, ""):
        st.text(problem)


def _take_limits(text: str) -> None:
    """Take limits in as a link would: all of them or none."""
    told = text.replace("\uff0c", ",").replace(" ", "")
    _, view, problems = parse_selection({"bins": told} if told else {})
    if problems:
        st.session_state[_PROBLEM_KEY] = str(problems[0])
    else:
        state.change(bins=view.bins)

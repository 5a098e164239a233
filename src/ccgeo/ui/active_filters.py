"""The filters in force as one line of chips above the map; a press takes one off."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.chips import active_filters
from ccgeo.ui import state
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.selection import Selection

_KEY: Final = "active_filters"
_HTML: Final = '<div class="ccgeo-active" role="group" style="height:34px"></div>'  # no jump


def show_chips(selection: Selection) -> None:
    """Draw the filters in force in one line, which keeps its height whatever they are.

    Parameters
    ----------
    selection : Selection
        What is asked.
    """
    chips = active_filters(selection, language())

    def take() -> None:
        state.keep_link()
        told = st.session_state[_KEY].get("off")
        for chip in chips:
            if told == [chip.field, chip.choice]:
                state.ask(chip.without)

    data = {
        "chips": [[chip.field, chip.choice, chip.label] for chip in chips],
        "name": say("active_filters"),
        "none": say("no_filters"),
        "remove": say("remove_filter"),
    }
    _component()(key=_KEY, data=data, on_off_change=take)


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.active_filters", html=_HTML, css="active_filters.css", js="active_filters.js"
    )
    return mount

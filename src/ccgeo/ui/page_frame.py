"""The frame of a page: its spacing and focus, and a line that screen readers read out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.ui.words import language

if TYPE_CHECKING:
    from collections.abc import Callable

_HTML: Final = '<div class="ccgeo-frame"><p class="ccgeo-said" role="status"></p></div>'


def show_frame(key: str = "page_frame", *, said: str = "") -> None:
    """Mount the frame; it takes no room.

    Parameters
    ----------
    key : str
        Name of this frame in the session.
    said : str
        Read out when it changes; fixed vocabulary and numbers only.
    """
    _component()(key=key, data={"said": said, "language": language()})


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.page_frame",
        html=_HTML,
        css="page_frame.css",
        js="page_frame.js",
        isolate_styles=False,
    )
    return mount

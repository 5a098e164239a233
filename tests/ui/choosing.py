"""Stand in for the browser's side of the filters: see what they show, and choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ccgeo.ui import filter_panel

if TYPE_CHECKING:
    import pytest


class Panels:
    """The filters of a page that is run without a browser.

    Parameters
    ----------
    monkeypatch : pytest.MonkeyPatch
        Puts this in the place of the component.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: dict[str, dict] = {}
        self._chosen: dict[str, object] = {}
        monkeypatch.setattr(filter_panel, "_component", lambda: self._mount)

    def choose(self, page, key="filter_panel", **asked) -> None:
        """Send what a browser would, and let the page answer."""
        self._chosen[key] = asked
        page.run().run()
        assert not page.exception

    def _mount(self, *, key, data, on_asked_change) -> None:
        self.shown[key] = data
        if key in self._chosen:
            st.session_state[key] = {"asked": self._chosen.pop(key)}
            on_asked_change()

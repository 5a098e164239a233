"""What was added to a comparison, and the way to the Compare page with it."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.ui import state
from ccgeo.ui.things import name_of
from ccgeo.ui.words import say


def show_compared() -> None:
    """Name what was added and lead to the comparison; nothing where nothing was."""
    added = state.compared()
    if not added:
        return
    with st.container(border=True):
        st.markdown(f"**{say('compared')}**")
        for thing in added:
            st.text(name_of(thing))
        st.caption(say("compared_pair" if len(added) > 1 else "compared_one"))
        with st.container(horizontal=True):
            try:
                st.page_link(
                    "pages/compare.py",
                    label=say("open_comparison"),
                    icon=":material/compare:",
                    query_params=state.comparison_link(),
                )
            except StreamlitAPIException:
                # A page that is run by itself has no others to go to.
                st.caption(say("open_comparison"))
            st.button(say("end_comparison"), on_click=state.end_comparison, type="tertiary")

"""A live map that adds up for itself, over a real selection; a second one follows it."""

import streamlit as st

from ccgeo.layers.answer import answer
from ccgeo.layers.cube import read_cube, shipped_allow
from ccgeo.ui import state
from ccgeo.ui.live_map import live_map
from ccgeo.views.live_map.cube import build_question, question_parts
from ccgeo.views.live_map.payload import build_payload

st.set_page_config(layout="wide")
selection, view = state.open_link()
shown = answer(selection, view)
# What stands above moves the map to another place of the page: it is taken off and mounted anew.
if st.sidebar.toggle("Something above"):
    st.text("above")
payload = build_question(
    shown.choropleth,
    shown.flows,
    selection,
    shipped_allow(selection),
    selected=state.picked(),
)
parts = question_parts(read_cube(view.vintage), shown.choropleth, shown.flows)
left, right = st.columns(2)
with left:
    live_map({**payload, "group": "pair"}, "left", on_event=state.take_event, parts=parts)
with right:
    live_map(build_payload(shown.choropleth, shown.flows, group="pair"), key="right")
sectors = ", ".join(sorted(selection.sectors)) or "all"
st.text(f"asked {selection.years} {selection.include_undated} {sectors}")
st.text(f"level {view.level} picked {state.picked() or 'nothing'}")
st.text(f"compared {', '.join(state.compared()) or 'nothing'}")

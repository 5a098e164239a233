"""The live map with one filter and nothing else: what a click on it costs."""

import streamlit as st

from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.ui.live_map import live_map
from ccgeo.views.live_map.payload import build_payload

st.set_page_config(layout="wide")
year = st.slider("From", 2010, 2025, 2010)
view = View()
selected = select(read_placed(), OPEN_SELECTION)
selected = selected[selected["year"].fillna(0) >= year]
shown = build_choropleth(selected, view), build_flows(selected, view)
event = live_map(build_payload(*shown), key="map")
st.text(f"from {year}")
if event:
    st.text(f"{event.kind} {event.id}")

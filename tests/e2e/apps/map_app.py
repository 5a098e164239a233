"""The live map over shipped records, with switches for what a test changes."""

import streamlit as st

from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.ui.live_map import live_map
from ccgeo.ui.map_events import Event
from ccgeo.views.live_map.payload import build_payload


def take(event: Event) -> None:
    """Keep what was chosen, as the page does."""
    if event.kind != "frame":
        st.session_state["picked"] = "" if event.kind == "none" else f"{event.kind}:{event.id}"


st.set_page_config(layout="wide")
with st.sidebar:
    since = st.selectbox("Since", [2000, 2015, 2030])
    level = st.selectbox("Level", ["district", "prefecture", "province"])
    vintage = st.selectbox("Boundaries", ["2025", "2026"])
    language = st.selectbox("Language", ["en", "zh"])
    hostile = st.checkbox("Hostile")
    bloc = st.checkbox("Bloc")
view = View(level=level, vintage=vintage, language=language)
selected = select(read_placed(), OPEN_SELECTION)
selected = selected[selected["year"].fillna(0) >= since]
if bloc:
    partners = [("ASEAN",) if told == ("SG",) else told for told in selected["partners"]]
    selected = selected.assign(partners=partners)
payload = build_payload(
    build_choropleth(selected, view),
    build_flows(selected, view),
    selected=st.session_state.get("picked", ""),
    language=language,
)
if hostile:
    payload["legend"]["title"] = "<img src=x onerror=\"document.title='broken'\">{{7*7}}"
    payload["legend"]["classes"][0][0] = "<script>document.title='broken'</script>"
event = live_map(payload, key="map", on_event=take)
st.text(f"picked {st.session_state.get('picked', '') or 'nothing'}")
st.text(f"event {event.kind} {event.id}" if event else "event none")

"""Two live maps of one group; the first lets its years run."""

import streamlit as st

from ccgeo.layers.answer import answer
from ccgeo.layers.years import build_year_cube
from ccgeo.query.selection import Selection, View
from ccgeo.ui.live_map import Event, Years, live_map
from ccgeo.views.live_map.payload import build_payload
from ccgeo.views.live_map.play import cube_payload


def take(event: Event) -> None:
    """Keep the years, as the page does."""
    if event.kind == "years":
        st.session_state["years"] = tuple(int(year) for year in event.id.split("-"))


st.set_page_config(layout="wide")
asked = st.session_state.get("years", (2010, 2026))
view = View(level="prefecture")
shown = answer(Selection(years=asked), view)


def cube() -> dict[str, object]:
    """Add up the selection year by year."""
    return cube_payload(build_year_cube(shown.selection, view), shown.choropleth, shown.flows)


payload = build_payload(shown.choropleth, shown.flows, group="pair")
left, right = st.columns(2)
with left:
    live_map(payload, key="left", on_event=take, years=Years(asked, cube))
with right:
    live_map(payload, key="right")
st.text(f"years {asked[0]} to {asked[1]}")

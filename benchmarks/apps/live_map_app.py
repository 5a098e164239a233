"""The same filter over the live map.

``?flows=2000`` draws so many lines, to drag about; ``?map=no`` builds the layers and shows none.
"""

from itertools import islice, product
from typing import Any

import streamlit as st

from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.places.partners import read_partners
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.ui.live_map import live_map
from ccgeo.views.live_map.payload import build_payload


def with_lines(payload: dict[str, Any], places: list[str], count: int) -> dict[str, Any]:
    """Replace the flows by that many between all partners and all districts."""
    partners = read_partners()["partner"].tolist()[:60]
    ends = islice(product(range(len(partners)), range(len(places))), count)
    rows = [[p, q, 0, 1, 1, 1000 + p * q, 1 + (p * q) % 9] for p, q in ends]
    return {**payload, "flows": {"partners": partners, "places": places, "rows": rows}}


st.set_page_config(layout="wide")
year = st.radio("From", [2010, 2014, 2018, 2022], horizontal=True)
view = View()
selected = select(read_placed(), DEFAULT_SELECTION)
selected = selected[selected["year"] >= year]
choropleth = build_choropleth(selected, view)
payload = build_payload(choropleth, build_flows(selected, view))
lines = int(st.query_params.get("flows", "0"))
if lines:
    payload = with_lines(payload, choropleth.features["adcode"].tolist(), lines)
if st.query_params.get("map") != "no":
    live_map(payload, key="map")
st.text(f"shown from {year}")

"""The same data as a first attempt would draw it: folium, built anew on every rerun, in st_folium.

The filter, the districts, the lines, the colours and the tooltips are those of the live map.
"""

from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, View


@st.cache_data
def read_selected() -> Any:  # noqa: ANN401 - a frame
    """Read the records once, as anybody would."""
    return select(read_placed(), DEFAULT_SELECTION)


st.set_page_config(layout="wide")
year = st.radio("From", [2010, 2014, 2018, 2022], horizontal=True)
selected = read_selected()
selected = selected[selected["year"] >= year]
choropleth = build_choropleth(selected, View())
flows = build_flows(selected, View())
colours = dict(enumerate(choropleth.legend.colours))
drawn = folium.Map(location=[30.5, 105.0], zoom_start=6, tiles=None)
folium.GeoJson(
    choropleth.features[["adcode", "name_en", "value", "class_index", "geometry"]],
    style_function=lambda unit: {
        "fillColor": colours.get(unit["properties"]["class_index"], "#eeeeee"),
        "color": "#888888",
        "weight": 0.5,
        "fillOpacity": 0.8,
    },
    tooltip=folium.GeoJsonTooltip(["name_en", "value"]),
).add_to(drawn)
folium.GeoJson(
    flows.features[["partner", "place", "width", "geometry"]],
    style_function=lambda line: {"color": "#b5179e", "weight": line["properties"]["width"]},
).add_to(drawn)
st_folium(drawn, key="map", height=620, use_container_width=True, returned_objects=[])
st.text(f"shown from {year}")

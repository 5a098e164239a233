"""Two small layers over shipped boundaries, made in code."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString

from ccgeo.layers.choropleth import Choropleth, Legend, LegendClass
from ccgeo.layers.flows import FlowLegend, Flows, WidthStep
from ccgeo.places.boundaries import read_boundaries
from ccgeo.query.measures import Summary, Total
from ccgeo.query.selection import View

CITY = (104.0, 30.6)
SINGAPORE = (103.85, 1.29)


def made_choropleth(view: View | None = None, *, words: str = "Amount", classes=None):
    view = view or View(level="prefecture")
    units = read_boundaries(view.level, view.vintage)
    count = len(units)
    classes = np.resize([-1, 0, 1, 2], count) if classes is None else np.asarray(classes)
    stated = {"entries": 3, "projects": 4, "amount_fen": 10**11, "amount_stated": 3}
    numbers = {name: np.where(classes < 0, 0, number) for name, number in stated.items()}
    numbers |= {"class_index": classes, "value": np.where(classes < 0, np.nan, (classes + 1) * 1e9)}
    legend = Legend(
        title=words,
        unit="CNY",
        classes=tuple(LegendClass(i * 1e9, (i + 1) * 1e9, f"{words} {i}", 5) for i in range(3)),
        colours=("#ffffcc", "#78c679", "#005a32"),
        no_data_colour="#eeeeee",
        no_data_label=f"{words} none",
        no_data_count=int((classes < 0).sum()),
    )
    source = {"vintage": view.vintage, "source": words, "licence": "", "approval_number": "GS(1)"}
    return Choropleth(
        view=view,
        units=units.assign(id=units["adcode"]),
        numbers=numbers,
        legend=legend,
        bins=(1e9, 2e9, 3e9),
        summary=Summary({}, {}, Total(0, 0, 0, 0, 0)),
        sentence=words,
        metadata={"boundaries": source},
    )


def made_flow(place="510100", *, direction="inbound", words="Singapore", **changed):
    ends = {"origin": SINGAPORE, "destination": CITY}
    if direction == "outbound":
        ends = {"origin": CITY, "destination": SINGAPORE}
    row = {
        "id": "flow",
        "partner": "SG",
        "place": place,
        "place_level": "prefecture",
        "direction": direction,
        "entries": 2,
        "projects": 3,
        "projects_stated": 2,
        "amount_fen": 123_456_000_000_00,
        "amount_stated": 1,
        "width": 3.16,
        "geometry": LineString([ends["origin"], (103.9, 15), ends["destination"]]),
    }
    for end, (lon, lat) in ends.items():
        row |= {f"{end}_lon": lon, f"{end}_lat": lat}
        row |= {f"{end}_name_en": f"{words} {end}", f"{end}_name_zh": ""}
    return row | changed


def made_flows(rows=None, *, view: View | None = None, words: str = "Flow"):
    rows = [made_flow()] if rows is None else rows
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    legend = FlowLegend(words, (WidthStep(1e9, 1.0, f"{words} 1"),), "none")
    flows = Flows(
        view or View(level="prefecture"), table, {}, legend, 1_234_560_000_000.0, pd.DataFrame(), {}
    )
    vars(flows)["features"] = table  # the toy lines, not geodesics
    return flows


@pytest.fixture
def make():
    """Give the makers of layers and of one flow."""
    return SimpleNamespace(choropleth=made_choropleth, flows=made_flows, flow=made_flow)

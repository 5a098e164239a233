"""What travels to the browser: little, plain, and never markup."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.views.live_map.payload import build_payload, view_payload

SMALL = 6_000


def leaves(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            assert type(key) is str
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.fixture(scope="module")
def default_payload():
    selected = select(read_placed(), DEFAULT_SELECTION)
    view = View()
    return build_payload(build_choropleth(selected, view), build_flows(selected, view))


def test_the_default_view_travels_in_six_kilobytes(default_payload):
    # Streamlit writes it with json.dumps and its default separators.
    assert len(json.dumps(default_payload).encode()) <= SMALL


def test_no_geometry_travels(default_payload):
    assert "geometry" not in json.dumps(default_payload)
    assert not {"coordinates", "lon", "lat"} & set(default_payload)


def test_everything_is_plain_json(default_payload):
    for leaf in leaves(default_payload):
        assert type(leaf) in {str, int, float}
        assert not isinstance(leaf, float) or math.isfinite(leaf)
    assert json.loads(json.dumps(default_payload)) == default_payload


def test_units_stand_in_the_order_of_their_adcodes(make):
    layer = make.choropleth()
    order = np.random.default_rng(1).permutation(len(layer.units))
    numbers = {name: column[order] for name, column in layer.numbers.items()}
    turned = replace(layer, units=layer.units.iloc[order], numbers=numbers)
    flows = make.flows()
    assert build_payload(turned, flows) == build_payload(layer, flows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(-1, 6), min_size=22, max_size=22))
def test_each_unit_with_data_has_its_numbers_and_no_other_has(make, classes):
    payload = build_payload(make.choropleth(classes=classes), make.flows())
    marks = payload["classes"]
    assert [int(mark, 36) if mark != "-" else -1 for mark in marks] == classes
    told = sum(index >= 0 for index in classes)
    assert len(payload["values"]) == len(payload["records"]) == len(payload["projects"]) == told


def test_no_data_is_not_the_first_class(make):
    payload = build_payload(make.choropleth(classes=[-1, 0] * 11), make.flows())
    assert payload["classes"] == "-0" * 11


def test_amounts_travel_in_ten_thousands(make):
    payload = build_payload(make.choropleth(classes=[0] + [-1] * 21), make.flows())
    assert payload["values"] == [100_000]
    assert payload["flows"]["rows"] == [[0, 0, 0, 2, 3, 12_346_000, 3.16]]


def test_counts_travel_as_they_are(make):
    layer = make.choropleth(View(level="prefecture", measure="projects"), classes=[2] * 22)
    layer.numbers["value"] = np.arange(22.0)
    assert build_payload(layer, make.flows())["values"] == list(range(22))


def test_a_flow_points_to_its_partner_and_its_place(make):
    flows = make.flows([make.flow("510100"), make.flow("circle", partner="JP")])
    sent = build_payload(make.choropleth(), flows)["flows"]
    ends = {(sent["partners"][p], sent["places"][q]) for p, q, *_ in sent["rows"]}
    assert ends == {("SG", "510100"), ("JP", "circle")}


def test_an_unstated_direction_joins_the_inbound_line(make):
    flows = make.flows([make.flow(), make.flow(direction="")])
    rows = build_payload(make.choropleth(), flows)["flows"]["rows"]
    assert [row[2:5] for row in rows] == [[0, 4, 6]]


def test_an_outbound_flow_is_a_line_of_its_own(make):
    flows = make.flows([make.flow(), make.flow(direction="outbound")])
    rows = build_payload(make.choropleth(), flows)["flows"]["rows"]
    assert sorted(row[2] for row in rows) == [0, 1]


def test_a_selection_without_flows_has_no_rows(make):
    flows = make.flows()
    empty = replace(flows, table=flows.table.head(0))
    assert build_payload(make.choropleth(), empty)["flows"]["rows"] == []


@pytest.mark.parametrize("text", ["{{7*7}}", "<script>alert(1)</script>", '"\\\u2028', "\x00"])
def test_hostile_words_travel_as_data(make, text):
    payload = build_payload(make.choropleth(words=text), make.flows(words=text), selected=text)
    back = json.loads(json.dumps(payload))
    assert back["legend"]["title"] == back["legend"]["flow_title"] == back["selected"] == text


def test_an_unknown_frame_is_refused(make):
    with pytest.raises(UnknownChoiceError, match="frame 'mars'"):
        build_payload(make.choropleth(), make.flows(), frame="mars")


def test_an_unknown_language_is_refused(make):
    with pytest.raises(UnknownChoiceError, match=r"language 'fr'.*en, zh"):
        build_payload(make.choropleth(), make.flows(), language="fr")


def test_nothing_of_the_layers_is_changed(make):
    layer, flows = make.choropleth(), make.flows()
    before = layer.features.copy(), flows.features.copy()
    build_payload(layer, flows)
    assert layer.features.equals(before[0])
    assert flows.features.equals(before[1])


def test_a_group_travels_only_where_there_is_one(make):
    layers = make.choropleth(), make.flows()
    assert "group" not in build_payload(*layers)
    assert build_payload(*layers, group="pair")["group"] == "pair"


def test_a_ramp_has_a_twin_for_a_dark_ground(default_payload):
    legend = default_payload["legend"]
    assert len(legend["dark"]) == len(legend["colours"])
    assert legend["dark"] != legend["colours"]


def test_colours_that_are_no_ramp_are_the_same_on_any_ground(make):
    layer = make.choropleth()
    signs = replace(layer.legend, colours=("#b2182b", "#2166ac"))
    assert "dark" not in build_payload(replace(layer, legend=signs), make.flows())["legend"]


@pytest.mark.parametrize("wrong", [{"frame": "mars"}, {"language": "fr"}])
def test_how_a_map_is_shown_takes_known_words_only(wrong):
    told = {"frame": "region", "selected": "", "language": "en"} | wrong
    with pytest.raises(UnknownChoiceError):
        view_payload(View(), **told)

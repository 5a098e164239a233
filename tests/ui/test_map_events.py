"""What the browser says is checked before anything follows it."""

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.ui.map_events import Event, parse_event


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "asked", "id": "2015-2020.0.automotive,digital"},
        {"kind": "asked", "id": "all.1."},
        {"kind": "drill", "id": "510000"},
        {"kind": "compare", "id": "flow:SG>500103"},
        {"kind": "again", "id": ""},
        {"kind": "flow", "id": "SG>500103"},
        {"kind": "zone", "id": "cq-liangjiang-na"},
    ],
)
def test_what_a_person_can_do_is_an_event(told):
    assert parse_event(told) == Event(told["kind"], told["id"])


@pytest.mark.parametrize(
    "told",
    [
        None,
        "asked",
        {"kind": "asked", "id": ""},
        {"kind": "asked", "id": "2015.0."},
        {"kind": "asked", "id": "9999-2020.0."},
        {"kind": "asked", "id": "2015-2020.2."},
        {"kind": "asked", "id": "2015-2020.0.<b>"},
        {"kind": "drill", "id": "x"},
        {"kind": "compare", "id": "500103"},
        {"kind": "district", "id": "<b>"},
        {"kind": "district", "id": 7},
        {"kind": "format", "id": "c"},
    ],
)
def test_anything_else_is_none(told):
    assert parse_event(told) is None


def events_page():
    import streamlit as st  # noqa: PLC0415 - AppTest runs this text alone

    from ccgeo.ui import state  # noqa: PLC0415
    from ccgeo.ui.map_events import Event  # noqa: PLC0415

    selection, view = state.open_link()
    event = Event(*st.session_state.get("told", "none ").split(" "))
    st.button("run", on_click=state.take_event, args=(event,))
    st.text(f"{selection.years} {selection.include_undated} {sorted(selection.sectors)}")
    st.text(f"{view.level} {state.picked()}")
    st.text(str(state.comparison_link() if state.compared() else {}))


def after(*events, **params):
    page = AppTest.from_function(events_page)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    for event in events:
        page.session_state["told"] = event
        page.run()
        page.button[0].click().run()
        assert not page.exception
    return page


def test_what_was_asked_on_the_map_is_asked_for():
    page = after("asked 2020-2015.1.digital,automotive,nonsense")
    assert page.text[0].value == "(2015, 2020) True ['automotive', 'digital']"
    assert page.query_params["years"] == "2015-2020"


def test_no_limit_of_years_is_none():
    assert after("asked all.0.").text[0].value == "None False []"


@pytest.mark.parametrize(
    ("unit", "level"),
    [("510000", "prefecture"), ("500000", "district"), ("510100", "district")],
)
def test_a_unit_that_is_opened_shows_its_parts_and_stands_in_the_panel(unit, level):
    page = after(f"drill {unit}", level="province")
    assert page.text[1].value == f"{level} district:{unit}"


def test_a_unit_that_is_not_known_opens_nothing():
    assert after("drill 999999", level="province").text[1].value == "province"


def test_two_things_are_compared_side_by_side_and_a_third_takes_the_place_of_the_first():
    page = after("compare district:500103", "compare partner:SG", "compare flow:DE>500000")
    link = page.text[2].value
    assert "'partner': 'SG'" in link
    assert "'right.partner': 'DE'" in link
    assert "'right.place': '500000'" in link


def test_one_thing_is_compared_with_the_whole_selection():
    page = after("compare district:500103", sector="digital")
    assert "'place': '500103'" in page.text[2].value
    assert "'right.sector': 'digital'" in page.text[2].value
    assert "right.place" not in page.text[2].value


def test_what_is_not_known_is_not_compared():
    assert after("compare district:999999").text[2].value == "{}"


def parts_page():
    import json  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from ccgeo.ui.live_map import told_parts  # noqa: PLC0415
    from ccgeo.views.live_map.packing import Packed  # noqa: PLC0415

    keys = st.session_state.get("keys", ["k1"])
    parts = {f"part{n}": Packed(key, "text") for n, key in enumerate(keys)}
    st.text(json.dumps(told_parts("map", parts)))


def test_a_part_travels_once_under_its_name_and_again_when_the_browser_lost_it():
    page = AppTest.from_function(parts_page).run()
    assert page.text[0].value == '{"parts": {"part0": {"key": "k1", "text": "text"}}}'
    assert page.run().text[0].value == '{"parts": {"part0": {"key": "k1"}}}'
    page.session_state["keys"] = ["k2"]
    assert '"text"' in page.run().text[0].value
    page.session_state["map_sent"] = frozenset()
    assert '"text"' in page.run().text[0].value
    page.session_state["keys"] = []
    assert page.run().text[0].value == "{}"


@pytest.mark.parametrize("told", ["", "1.25_-120_45", "-7_0_0", "0.5_9000_-12"])
def test_the_map_tells_where_it_stands(told):
    assert parse_event({"kind": "camera", "id": told}) == Event("camera", told)


def test_one_event_tells_what_was_opened_and_where_the_map_will_stand():
    told = {"kind": "drill", "id": "510000", "camera": "1.25_-120_45"}
    assert parse_event(told) == Event("drill", "510000", "1.25_-120_45")
    assert parse_event(told | {"camera": "<b>"}) == Event("drill", "510000")


def test_what_was_opened_and_where_the_map_stands_come_into_the_link_together():
    page = after("drill 510000 1.25_-120_45")
    assert page.query_params["at"] == "district:510000"
    assert (page.query_params["zoom"], page.query_params["east_km"]) == ("1.25", "-120")


@pytest.mark.parametrize("told", ["1", "a_b_c", "1e9_0_0", "1_2_3_4", "99_0_0", "1_<b>_2"])
def test_a_place_of_the_map_is_three_numbers(told):
    assert parse_event({"kind": "camera", "id": told}) is None

"""What the browser says is checked before anything follows it."""

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.ui.live_map import Event, Years, _play, parse_event


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "years", "id": "2015-2020"},
        {"kind": "play", "id": "on"},
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
        "years",
        {"kind": "years", "id": ""},
        {"kind": "years", "id": "2015"},
        {"kind": "years", "id": "9999-2020"},
        {"kind": "years", "id": "2015-2020-2021"},
        {"kind": "district", "id": "<b>"},
        {"kind": "district", "id": 7},
        {"kind": "format", "id": "c"},
    ],
)
def test_anything_else_is_none(told):
    assert parse_event(told) is None


def years_page():
    import streamlit as st  # noqa: PLC0415 - AppTest runs this text alone

    from ccgeo.ui import state  # noqa: PLC0415
    from ccgeo.ui.live_map import Event  # noqa: PLC0415

    selection, _ = state.open_link()
    st.button("run", on_click=state.take_event, args=(Event("years", "2020-2015"),))
    st.text(str(selection.years))


def test_years_that_ran_on_the_map_become_the_years_asked_for():
    page = AppTest.from_function(years_page).run()
    page.button[0].click().run()
    assert page.text[0].value == "(2015, 2020)"
    assert page.query_params["years"] == "2015-2020"


def cube_page():
    import json  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from ccgeo.ui.live_map import Years, _play  # noqa: PLC0415

    st.session_state.setdefault("map_play", "off")
    years = Years((2010, 2020), lambda: {"key": "k1", "units": []})
    st.text(json.dumps(_play("map", years)))


def test_a_cube_travels_once_and_only_while_the_years_are_open():
    page = AppTest.from_function(cube_page).run()
    assert page.text[0].value == '{"play": [2010, 2020]}'
    page.session_state["map_play"] = "on"
    assert '"units"' in page.run().text[0].value
    assert page.run().text[0].value == '{"play": [2010, 2020], "cube": {"key": "k1"}}'
    page.session_state["map_cube"] = ""
    assert '"units"' in page.run().text[0].value


def test_a_map_without_years_has_no_play():
    assert _play("map", None) == {}
    assert Years((), dict).asked == ()

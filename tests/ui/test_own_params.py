"""A parameter of one page alone: read from its link, kept, written back."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st  # noqa: PLC0415 - the script runs by itself

    from ccgeo.ui import filters, state  # noqa: PLC0415

    _, view = state.open_link("event")
    filters.show_language(view)
    st.text(state.own_value("event") or "none")
    st.text(state.own_value("never named") or "nothing")
    st.button("choose", key="choose", on_click=state.change_own, args=("event", "fair"))
    st.button("close", key="close", on_click=state.change_own, args=("event", ""))


def opened(**params: str) -> AppTest:
    page = AppTest.from_function(script)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def link(page: AppTest) -> dict[str, str]:
    """Return the address bar; what a run wrote and what was given come in two forms."""
    written = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, str) else value[0] for name, value in written.items()}


def texts(page: AppTest) -> list[str]:
    return [element.value for element in page.text]


def test_the_link_is_read_and_kept():
    page = opened(event="expo", sector="automotive")
    assert texts(page) == ["expo", "nothing"]
    assert link(page) == {"event": "expo", "sector": "automotive", "v": "2"}


def test_a_change_is_written_into_the_link_and_out_of_it():
    page = opened()
    assert texts(page)[0] == "none"
    page.button(key="choose").click().run()
    assert texts(page)[0] == "fair"
    assert link(page) == {"event": "fair"}
    page.button(key="close").click().run()
    assert texts(page)[0] == "none"
    assert link(page) == {}


def test_the_language_switch_changes_the_language_and_keeps_the_parameter():
    page = opened(event="expo")
    page.segmented_control(key="view_language").set_value("zh").run()
    assert link(page) == {"event": "expo", "lang": "zh", "v": "2"}
    assert texts(page)[0] == "expo"

"""Filter widgets: each shows one field of the selection, with a count on every choice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.places.gazetteer import read_units
from ccgeo.query import vocabulary
from ccgeo.query.histogram import FLOORS_FEN
from ccgeo.ui import search, state
from ccgeo.ui.filter_panel import show_panel
from ccgeo.ui.words import language, say
from ccgeo.views.charts import PICK, spread_chart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Source
    from ccgeo.query.vocabulary import Language

_FEN_PER_MILLION: Final = 100_000_000
# Both stand side by side on a phone of 360 pixels.
_SWITCH_PX: Final = 150
_LANGUAGES: Final = {"en": "English", "zh": "中文"}


def show_filters(selection: Selection, view: View, source: Source) -> None:
    """Draw every filter in the sidebar, which a phone folds away.

    Parameters
    ----------
    selection : Selection
        What the filters show.
    view : View
        Gives the language, and the level whose sums the counts come with.
    source : Source
        Whose records are counted.
    """
    counts = source.counts(selection, view)
    with st.sidebar:
        search.show_search()
        _language(view)
        _places(selection)
        show_panel(selection, counts, state.MAIN, source)
        more = st.expander(say("more_filters"), key="more_filters", on_change=state.keep_link)
        if more.open:
            with more:
                _amount_floor(selection, source)
                _confidence(selection, counts["min_confidence"])
        left, right = st.columns(2)
        left.button(say("default"), on_click=state.reset, width="stretch")
        right.button(say("clear"), on_click=state.clear, width="stretch")


def show_language(view: View) -> None:
    """Draw the language switch alone, for a page without filters.

    Parameters
    ----------
    view : View
        Gives the language.
    """
    _language(view)


def show_view_switches(view: View, more_of: Callable[[View], None] | None = None) -> None:
    """Draw the switches of the map in one row: level and measure.

    Parameters
    ----------
    view : View
        What the switches show.
    more_of : callable, optional
        Draws what a page has beside them among the settings.
    """
    with st.container(horizontal=True, gap="small"):
        for field in ("level", "measure"):
            _switch(field, view, width=_SWITCH_PX, label_visibility="collapsed")
        more = st.popover(
            say("map_settings"),
            icon=":material/tune:",
            key="map_settings",
            on_change=state.keep_link,
        )
    if more.open:
        with more:
            _switch("vintage", view)
            _switch("scheme", view)
            _classes(view)
            if more_of is not None:
                more_of(view)


def _switch(field: str, view: View, **layout: Any) -> None:  # noqa: ANN401 - Streamlit's own
    key = f"view_{field}"
    st.session_state[key] = getattr(view, field)
    st.selectbox(
        say(field),
        vocabulary.VIEW_CHOICES[field],
        key=key,
        **layout,
        filter_mode=None,
        format_func=lambda choice: vocabulary.label_of(field, choice, language()),
        on_change=state.taker(key, lambda chosen: state.change(**{field: chosen})),
    )


def _classes(view: View) -> None:
    st.session_state["view_k"] = view.k
    st.select_slider(
        say("class_count"),
        vocabulary.CLASS_COUNTS,
        key="view_k",
        on_change=state.taker("view_k", lambda k: state.change(k=k)),
    )
    st.session_state["view_rescale"] = view.rescale
    st.toggle(
        say("rescale"),
        key="view_rescale",
        on_change=state.taker("view_rescale", lambda on: state.change(rescale=on)),
    )


def _language(view: View) -> None:
    key = "view_language"
    st.session_state[key] = view.language
    st.segmented_control(
        say("language"),
        tuple(_LANGUAGES),
        required=True,
        key=key,
        format_func=_LANGUAGES.__getitem__,
        label_visibility="collapsed",
        on_change=state.taker(key, lambda chosen: state.change(language=chosen)),
    )


def show_other_filters(selection: Selection, view: View, source: Source) -> None:
    """Draw the filters of the selection that stands on the right of a comparison.

    Parameters
    ----------
    selection : Selection
        What the filters show.
    view : View
        The level whose sums the counts come with.
    source : Source
        Whose records are counted.
    """
    counts = source.counts(selection, view)
    _places(selection, state.OTHER)
    show_panel(selection, counts, state.OTHER, source)


def _places(selection: Selection, side: state.Side = state.MAIN) -> None:
    labels = place_labels(language())
    key = f"{side.prefix}_places"
    st.session_state[key] = sorted(selection.places)
    st.multiselect(
        say("places"),
        tuple(labels),
        key=key,
        format_func=labels.__getitem__,
        placeholder=say("all"),
        on_change=state.taker(key, lambda codes: side.change(places=frozenset(_list(codes)))),
    )


@cache
def place_labels(language: Language) -> Mapping[str, str]:
    """Return what a person may type to find each place: both names, pinyin, former names.

    Parameters
    ----------
    language : {"en", "zh"}
        Which name comes first.

    Returns
    -------
    mapping of str to str
        Label of each adcode.

    Examples
    --------
    >>> place_labels("en")["510114"]
    'Xindu District 新都区 (Xīndū; formerly 新都县 Xindu County)'
    """
    said = ("formerly", "曾用名")[language == "zh"]
    labels = {}
    for unit in read_units().itertuples():
        names = (unit.name_zh, unit.name_en) if language == "zh" else (unit.name_en, unit.name_zh)
        former = [" ".join(name.split("|")[:2]) for name in unit.former_names]
        notes = [unit.pinyin_tone, *([f"{said} {', '.join(former)}"] if former else [])]
        labels[unit.adcode] = f"{' '.join(names)} ({'; '.join(filter(None, notes))})"
    return labels


def _amount_floor(selection: Selection, source: Source) -> None:
    """Draw the floor with the spread of the amounts above it; a click on a bar sets it there."""
    key = "filter_min_amount"
    floor = selection.min_amount_fen
    st.session_state[key] = floor // _FEN_PER_MILLION if floor else None
    st.number_input(
        say("min_amount"),
        min_value=0,
        step=100,
        key=key,
        on_change=state.taker(
            key,
            lambda value: state.change(min_amount_fen=_fen(value)),
        ),
    )
    bars = source.amount_bars(selection)
    st.altair_chart(
        spread_chart(bars, floor_fen=floor, language=language()),
        key=f"{key}_bars",
        on_select=state.taker(f"{key}_bars", _take_floor),
        selection_mode=PICK,
    )


def _take_floor(event: Any) -> None:  # noqa: ANN401 - what the browser sent
    floors = [row.get("choice") for row in event["selection"].get(PICK, ())]
    if floors and str(floors[0]).isdecimal() and int(floors[0]) in FLOORS_FEN:
        state.change(min_amount_fen=int(floors[0]) or None)


def _confidence(selection: Selection, counts: Mapping[str, int]) -> None:
    key = "filter_min_confidence"
    st.session_state[key] = selection.min_confidence
    st.select_slider(
        say("min_confidence"),
        vocabulary.CONFIDENCES,
        key=key,
        format_func=lambda least: f"{least} ({counts[str(least)]})",
        on_change=state.taker(key, lambda value: state.change(min_confidence=value)),
    )


def _fen(millions: Any) -> int | None:  # noqa: ANN401 - Streamlit types session values as Any
    return int(millions) * _FEN_PER_MILLION if millions else None


def _list(values: Any) -> list[str]:  # noqa: ANN401 - Streamlit types session values as Any
    return list(values or ())

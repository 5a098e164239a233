"""The Compare page: two selections side by side, their difference, small maps in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ccgeo.layers.compare import Cut, compare, panels
from ccgeo.layers.flows import build_flows
from ccgeo.ui import filters, state
from ccgeo.ui.live_map import live_map
from ccgeo.ui.words import language, say
from ccgeo.views.live_map.payload import build_payload
from ccgeo.views.multiples import multiples_svg

if TYPE_CHECKING:
    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.compare import Comparison
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import Selection, View


def show_sides(selection: Selection, view: View) -> None:
    """Draw two selections side by side on one scale.

    Parameters
    ----------
    selection : Selection
        What stands on the left; the right has filters of its own.
    view : View
        How both are shown.
    """
    other = state.other_selection()
    found = compare(selection, other, view)
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(say("left_filters"))
        _show(found.first.choropleth, found.first.flows, "compare_left")
    with right:
        with st.popover(say("right_filters"), icon=":material/filter_alt:", width="stretch"):
            filters.show_other_filters(other)
        _show(found.second.choropleth, found.second.flows, "compare_right")


def show_difference(selection: Selection, view: View) -> None:
    """Draw left minus right.

    Parameters
    ----------
    selection : Selection
        What stands on the left.
    view : View
        How it is shown.
    """
    found = compare(selection, state.other_selection(), view)
    st.caption(say("difference_why"))
    _show_sentences(found)
    none = build_flows(found.first.selected.head(0), view)
    payload = build_payload(found.difference, none, language=language())
    live_map(payload, key="compare_difference")


def show_panels(selection: Selection, view: View, cut: Cut) -> None:
    """Draw one small map a year or a sector.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How each is shown.
    cut : {"years", "sectors"}
        By what to cut.
    """
    drawn = panels(selection, view, cut)
    if not drawn:
        st.info(say("nothing_selected"))
        return
    legend = drawn[0].choropleth.legend
    st.caption(f"{legend.title}: " + " · ".join(each.label for each in legend.classes))
    st.image(multiples_svg(drawn), width="stretch")


def _show(choropleth: Choropleth, flows: Flows, key: str) -> None:
    st.markdown(f"**{choropleth.sentence}**")
    payload = build_payload(
        choropleth,
        flows,
        frame=choropleth.view.frame,
        selected="",
        language=language(),
        group="compare",
    )
    live_map(payload, key=key)


def _show_sentences(found: Comparison) -> None:
    for sign, side in (("", found.first), ("− ", found.second)):
        st.markdown(f"{sign}{side.choropleth.sentence}")

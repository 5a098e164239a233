"""The Compare page: two selections side by side, their difference, small maps in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.layers.compare import Cut, compare, panels
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed
from ccgeo.query.source import Listing
from ccgeo.query.words import amount_words
from ccgeo.ui import filters, own, state
from ccgeo.ui.live_map import live_map
from ccgeo.ui.profile import show_profile
from ccgeo.ui.things import name_of
from ccgeo.ui.words import language, say
from ccgeo.views.live_map.payload import build_payload
from ccgeo.views.multiples import multiples_svg

if TYPE_CHECKING:
    from ccgeo.layers.answer import Answer
    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.compare import Comparison
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import Selection, View

_FEN: Final = 100


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
    found = compare(selection, other, view, own.source())
    left, right = st.columns(2, gap="medium", vertical_alignment="center")
    left.caption(say("left_filters"))
    with right, st.popover(say("right_filters"), icon=":material/filter_alt:", width="stretch"):
        filters.show_other_filters(other, view, own.source())
    # A row of their own: both maps begin at one height.
    left, right = st.columns(2, gap="medium")
    with left:
        _show(found.first.choropleth, found.first.flows, "compare_left")
    with right:
        _show(found.second.choropleth, found.second.flows, "compare_right")
    _show_picked(found)


def show_difference(selection: Selection, view: View) -> None:
    """Draw left minus right.

    Parameters
    ----------
    selection : Selection
        What stands on the left.
    view : View
        How it is shown.
    """
    found = compare(selection, state.other_selection(), view, own.source())
    st.caption(say("difference_why"))
    _show_sentences(found)
    none = build_flows(read_placed().head(0), view)
    payload = build_payload(found.difference, none, selected=state.picked(), language=language())
    live_map(payload, key="compare_difference", on_event=state.take_event)
    _show_picked(found)


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
    drawn = panels(selection, view, cut, own.source())
    if not drawn:
        st.info(say("nothing_selected"))
        return
    legend = drawn[0].choropleth.legend
    labels = " · ".join(each.label for each in legend.classes)
    st.caption(encode_markdown(f"{legend.title}: {labels}"))
    st.image(multiples_svg(drawn), width="stretch")


def _show(choropleth: Choropleth, flows: Flows, key: str) -> None:
    st.markdown(f"**{encode_markdown(choropleth.sentence)}**")
    payload = build_payload(
        choropleth,
        flows,
        frame=choropleth.view.frame,
        selected=state.picked(),
        language=language(),
        group="compare",
    )
    live_map(payload, key=key, on_event=state.take_event)


def _show_picked(found: Comparison) -> None:
    """Show on both sides what is known of the thing that was clicked on either map."""
    thing = state.picked()
    if not thing:
        st.caption(say("compare_hint"))
        return
    st.button(
        say("close"),
        key="compare_close",
        icon=":material/close:",
        on_click=state.pick,
        args=("",),
    )
    st.markdown(f"#### {encode_markdown(name_of(thing))}")
    sides = (found.first, found.second)
    columns = st.columns(2, gap="medium")
    for name, place, answered in zip(("left", "right"), columns, sides, strict=True):
        with place:
            _show_side(answered, thing, key=f"profile_{name}")


def _show_side(answered: Answer, thing: str, *, key: str) -> None:
    listing = Listing(answered.selection, answered.view, thing)
    total = answered.source.profile(answered.selection, answered.view, thing).total
    if not total.entries:
        st.caption(say("no_records"))
        return
    amount = amount_words(total.amount_fen / _FEN, language())
    projects = f"{total.projects:,}"
    st.markdown(say("amount_in", amount=amount, projects=projects, records=f"{total.entries:,}"))
    show_profile(answered.source, listing, key=key, cuts=("by_sector", "by_year"))


def _show_sentences(found: Comparison) -> None:
    st.markdown(encode_markdown(found.first.choropleth.sentence))
    st.markdown(f"− {encode_markdown(found.second.choropleth.sentence)}")

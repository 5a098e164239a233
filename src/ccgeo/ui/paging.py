"""Records of a register, one page at a time: no more of them travel than a person reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from ccgeo.query.selection import OPEN_SELECTION, View
from ccgeo.query.source import ORDERS, Listing
from ccgeo.ui import state, tables
from ccgeo.ui.active_filters import show_chips
from ccgeo.ui.records import show_close
from ccgeo.ui.words import say

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Source

ROWS: Final = 100
"""Records on one page."""

_LONGEST: Final = 100
_TABLE_PX: Final = 620
_ONE_PX: Final = 80


def show_page(source: Source, selection: Selection, view: View) -> None:
    """Show the records of a selection, page by page, and what they are.

    Parameters
    ----------
    source : Source
        A register.
    selection : Selection
        What is asked.
    view : View
        Level and boundaries.
    """
    st.subheader(say("records_page"))
    st.caption(say("register_intro"))
    if record := state.own_value("record"):
        _show_record(source, record)
    show_chips(selection)
    show_pages(source, Listing(selection, view))


def _show_record(source: Source, record: str) -> None:
    """Show the record that the link names, whatever is asked, with a way to close it."""
    with st.container(border=True):
        show_close()
        rows = source.rows(Listing(OPEN_SELECTION, View(), only=record, most=1))
        if rows.empty:
            st.markdown(say("unknown_record"))
        else:
            tables.show_entries(rows, height=_ONE_PX)


def show_pages(source: Source, listing: Listing) -> None:
    """Show one page of records, with ways to search, to sort and to turn the page.

    Parameters
    ----------
    source : Source
        Holds the records.
    listing : Listing
        Selection, view and thing; the rest is chosen on the page.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        find = st.text_input(
            say("register_find"),
            key="paging_find",
            max_chars=_LONGEST,
            icon=":material/search:",
            on_change=state.keep_link,
        )
        order = st.selectbox(
            say("register_order"),
            ORDERS,
            key="paging_order",
            filter_mode=None,
            format_func=lambda choice: say(f"register_{choice}"),
            on_change=state.keep_link,
        )
        turner = st.container()
    asked = replace(listing, find=find.strip(), order=order, most=ROWS)
    found = source.found(asked)
    pages = max(1, -(-found // ROWS))
    # A key of its own for each question: another one begins at its first page.
    number = turner.number_input(
        say("register_page", pages=f"{pages:,}"),
        1,
        pages,
        key=f"paging_{hash(asked)}_{pages}",
        on_change=state.keep_link,
    )
    start = (int(number) - 1) * ROWS
    if not found:
        st.info(say("register_none"))
        return
    rows = source.rows(replace(asked, start=start))
    last = start + len(rows)
    st.caption(say("register_shown", first=f"{start + 1:,}", last=f"{last:,}", found=f"{found:,}"))
    tables.show_entries(rows, height=_TABLE_PX)

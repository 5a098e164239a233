"""How a number is made, and every source, rate and boundary list behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccgeo.places.boundaries import source_of
from ccgeo.places.vintages import VINTAGES
from ccgeo.records.tables import read_rates, read_records, read_sources
from ccgeo.shipped import data_version
from ccgeo.ui.words import say


def show_method() -> None:
    """Explain in a few sentences how a number comes to be."""
    st.markdown(say("method"))


def show_data() -> None:
    """Say which data this is and how many records of each kind it holds."""
    st.subheader(say("records"))
    st.caption(say("data_version", version=data_version()))
    kinds = read_records()["kind"].value_counts().rename_axis(say("kind"))
    st.dataframe(kinds.reset_index(name=say("records")), hide_index=True, height="content")


def show_boundaries() -> None:
    """Name the source, licence and approval number of each boundary list."""
    st.subheader(say("vintage"))
    rows = [source_of(vintage)._asdict() for vintage in VINTAGES]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content")


def show_rates() -> None:
    """List the yearly average exchange rates in use."""
    st.subheader(say("rates"))
    st.dataframe(read_rates(), hide_index=True, height=300, alt=say("rates"))


def show_sources() -> None:
    """List every source; only addresses that are safe to open are links."""
    st.subheader(say("source"))
    sources = read_sources()
    linked = sources["url"].where(sources["linkable"])
    shown = sources.assign(url=linked)[["source_id", "title", "publisher", "date", "class", "url"]]
    st.dataframe(
        shown,
        hide_index=True,
        height=500,
        alt=say("source"),
        column_config={"url": st.column_config.LinkColumn(say("link"), display_text=say("open"))},
    )

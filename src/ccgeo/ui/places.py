"""The Places page: mentions as they are read, and a choice where they are ambiguous.

What a visitor types goes only into the box it was typed in and into table cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.tables import csv_bytes
from ccgeo.places.geocoder import geocode
from ccgeo.places.labels import place_label
from ccgeo.places.normalise import REASONS
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from ccgeo.places.geocoder import Geocoded

MOST_LINES: Final = 200
"""Mentions that are read at a time."""

_EXAMPLE: Final = "Yubei District, Chongqing\n市中区\n成渝地区双城经济圈\nWuhan"


def show_page() -> None:
    """Draw the box for mentions, the choices they leave, and the results."""
    st.subheader(say("places_page"))
    st.markdown(say("places_intro"))
    written = st.text_area(say("places_mentions"), _EXAMPLE, key="mentions", max_chars=20_000)
    as_of = st.text_input(say("places_as_of"), key="as_of", max_chars=10)
    mentions = [line.strip() for line in written.splitlines() if line.strip()][:MOST_LINES]
    try:
        results = [geocode(mention, as_of=as_of.strip()) for mention in mentions]
    except UnknownChoiceError as error:
        st.text(str(error))
        return
    chosen = {number: _settle(number, one) for number, one in enumerate(results) if one.ambiguous}
    rows = [
        {say("places_mentions"): mention, **_row(result, chosen.get(number))}
        for number, (mention, result) in enumerate(zip(mentions, results, strict=True))
    ]
    table = pd.DataFrame(rows)
    st.dataframe(table, hide_index=True, alt=say("places_result"))
    if rows:
        st.download_button(say("places_download"), csv_bytes(rows), "places.csv", "text/csv")


def _settle(number: int, result: Geocoded) -> str | None:
    """Return the candidate that a person chose, or None."""
    options = {_named(ids): ids for ids in ("+".join(c.place.ids) for c in result.candidates)}
    chosen = st.selectbox(
        f"{say('places_line', number=number + 1)} · {say('places_settle')}",
        options,
        index=None,
        placeholder=say("places_open"),
        key=f"settle-{number}-{'-'.join(options.values())}",
    )
    return options[chosen] if chosen else None


def _named(ids: str) -> str:
    return "; ".join(f"{place_label(one, language())} ({one})" for one in ids.split("+"))


def _row(result: Geocoded, chosen: str | None) -> dict[str, str | float]:
    """Return the cells of one result; a person's choice beats the machine and says so."""
    settled = chosen is not None or result.is_settled
    ids = chosen or ("+".join(result.places) if settled else "")
    decided = say("places_person") if chosen else say("places_machine") if settled else ""
    return {
        say("places_name"): _named(ids) if ids else say("places_open"),
        say("places_level"): result.level,
        say("places_sure"): result.confidence,
        say("places_kind"): result.kind,
        say("places_decided"): decided,
        say("places_reason"): REASONS.get(result.reason, ""),
    }

"""Tables of records: cells show text as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.listing import list_entries
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

DATE_PX: Final = 96
"""Width of a column that shows a date whole."""


def show_entries(entries: pd.DataFrame, *, height: int) -> None:
    """Show entries with their sources; a heading sorts, the looking glass searches.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries.
    height : int
        Height in pixels.
    """
    listed = list_entries(entries, language())
    columns = _column_config()
    st.dataframe(
        listed,
        height=height,
        hide_index=True,
        column_order=tuple(columns),
        column_config=columns,
        alt=say("records"),
    )


def _column_config() -> Mapping[str, Any]:
    config = st.column_config
    return {
        "date": config.TextColumn(say("date"), width=DATE_PX),
        "title": config.TextColumn(say("title"), width="large"),
        "place": config.TextColumn(say("place")),
        "known_at": config.TextColumn(say("known_at"), width="small"),
        "sector": config.TextColumn(say("sector")),
        "stage": config.TextColumn(say("stage"), width="small"),
        "partner": config.TextColumn(say("partner"), width="small"),
        "kind": config.TextColumn(say("kind"), width="small"),
        "projects": config.NumberColumn(say("projects"), width="small", format="localized"),
        "amount_cny_mn": config.NumberColumn(say("amount_cny"), format="localized"),
        "amount_reported": config.TextColumn(say("amount_reported")),
        "organisation": config.TextColumn(say("organisation")),
        "confidence": config.NumberColumn(say("confidence"), width="small"),
        "source": config.TextColumn(say("source"), width="medium"),
        "url": config.LinkColumn(say("link"), display_text=say("open"), width="small"),
    }

"""Tables of records and of totals: cells show text as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from ccgeo.query.listing import list_entries
from ccgeo.query.profile import SEVERAL, UNDATED, UNSTATED
from ccgeo.query.vocabulary import label_of
from ccgeo.query.words import amount_words
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_FEN: Final = 100
_NAME_PX: Final = 126
_NUMBER_PX: Final = 109
_COUNT_PX: Final = 62
_BRIEF: Final = ("title", "date", "amount_cny_mn", "stage", "source", "url")


def show_entries(entries: pd.DataFrame, *, height: int, brief: bool = False) -> None:
    """Show entries with their sources; a heading sorts, the looking glass searches.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries.
    height : int
        Height in pixels.
    brief : bool
        Whether the table stands in the narrow panel.
    """
    listed = list_entries(entries, language())
    columns = _column_config()
    order = _BRIEF if brief else tuple(columns)
    st.dataframe(
        listed,
        height=height,
        hide_index=True,
        column_order=order,
        column_config=columns,
        alt=say("records"),
    )


def show_totals(totals: pd.DataFrame, title: str, field: str) -> None:
    """Show totals of one cut with a bar for each amount.

    Parameters
    ----------
    totals : pandas.DataFrame
        Columns ``choice``, ``projects``, ``amount_fen`` (0.01 CNY).
    title : str
        Heading, fixed vocabulary.
    field : str
        Field of the selection whose choices these are.
    """
    shown = pd.DataFrame(
        {
            "choice": [choice_name(choice, field) for choice in totals["choice"]],
            "amount": [
                amount_words(row.amount_fen / _FEN, language()) if row.amount_stated else "–"
                for row in totals.itertuples()
            ],
            "entries": totals["entries"],
        }
    )
    config = st.column_config
    columns = {
        "choice": config.TextColumn(title, width=_NAME_PX),
        "amount": config.TextColumn(say("amount"), width=_NUMBER_PX, alignment="right"),
        "entries": config.NumberColumn(say("records"), width=_COUNT_PX),
    }
    st.dataframe(shown, hide_index=True, height="content", alt=title, column_config=columns)


def choice_name(choice: str, field: str) -> str:
    """Return what a person reads for one choice of a cut.

    Parameters
    ----------
    choice : str
        A value of the field, or one of the words for none and several.
    field : str
        Field of the selection.

    Returns
    -------
    str
        The name in the session's language.
    """
    special = {SEVERAL: say("several"), UNSTATED: say("unstated"), UNDATED: say("undated")}
    if field == "years":
        return special.get(choice, choice)
    return special.get(choice) or label_of(field, choice, language())


def _column_config() -> Mapping[str, Any]:
    config = st.column_config
    return {
        "date": config.TextColumn(say("date"), width="small"),
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

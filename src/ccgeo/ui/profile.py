"""The profile of some records: totals cut several ways, the newest records, all of them on demand.

Words of records reach the page as data of a component that sets them as text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from ccgeo.query.listing import list_entries
from ccgeo.query.profile import SEVERAL, UNDATED, UNSTATED
from ccgeo.query.vocabulary import label_of
from ccgeo.query.words import amount_words
from ccgeo.ui import state, tables
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.source import Listing, Source

NEWEST: Final = 8
"""How many records are listed one by one; the table below holds all of them."""

MOST_LISTED: Final = 1_000
"""How many records the table holds at most; more are read page by page."""

_FEN: Final = 100
_FIELDS: Final = {
    "by_stage": "stages",
    "by_sector": "sectors",
    "by_partner": "partners",
    "by_year": "years",
}
_HTML: Final = '<div class="ccgeo-panel"></div>'


def show_profile(
    source: Source, listing: Listing, *, key: str, cuts: tuple[str, ...] = tuple(_FIELDS)
) -> None:
    """Show totals of some records and the records with their sources.

    Parameters
    ----------
    source : Source
        What is asked.
    listing : Listing
        Selection, view and thing.
    key : str
        Name of this profile in the session.
    cuts : tuple of str
        Which totals: names of `ccgeo.query.profile.Profile`.
    """
    profile = source.profile(listing.selection, listing.view, listing.thing)
    count = profile.total.entries
    content = {
        "cuts": [
            {
                "title": say(cut),
                "whole": cut == "by_year",
                "rows": total_rows(getattr(profile, cut), _FIELDS[cut]),
            }
            for cut in cuts
        ],
        "columns": [say("amount"), say("records")],
        "more": say("more_rows", n="{n}"),
        "fewer": say("fewer_rows"),
        "records": {
            "title": say("newest_records"),
            "rows": record_rows(source.rows(replace(listing, most=NEWEST))),
        },
    }
    _component()(key=key, data=content)
    table = st.expander(
        say("all_records", count=f"{count:,}"), key=f"{key}_all", on_change=state.keep_link
    )
    if table.open:
        with table:
            if count > MOST_LISTED:
                st.caption(
                    say("register_newest_shown", shown=f"{MOST_LISTED:,}", found=f"{count:,}")
                )
            tables.show_entries(source.rows(replace(listing, most=MOST_LISTED)), height=360)


def total_rows(totals: pd.DataFrame, field: str) -> list[list[Any]]:
    """Return the rows of one cut for reading.

    Parameters
    ----------
    totals : pandas.DataFrame
        As `ccgeo.query.profile.Profile` holds them.
    field : str
        Field of the selection whose choices these are.

    Returns
    -------
    list of list
        Name, amount in words, share of the largest amount (0 to 1), number of records.

    Examples
    --------
    >>> columns = {"choice": ["signed"], "amount_fen": [500], "amount_stated": [1], "entries": [2]}
    >>> total_rows(pd.DataFrame(columns), "stages")
    [['signed', 'CNY 5', 1.0, 2]]
    """
    most = max(int(totals["amount_fen"].max()), 1) if len(totals) else 1
    return [
        [
            choice_name(row.choice, field),
            amount_words(row.amount_fen / _FEN, language()) if row.amount_stated else "–",
            round(max(row.amount_fen, 0) / most, 4),
            int(row.entries),
        ]
        for row in totals.itertuples()
    ]


def record_rows(entries: pd.DataFrame) -> list[list[str]]:
    """Return entries for reading, how exactly each is known first.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries.

    Returns
    -------
    list of list of str
        Accuracy, title, facts, source and its address, which may be empty.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> len(record_rows(read_placed().head(2)))
    2
    """
    comma = "，" if language() == "zh" else " · "
    rows = []
    amounts = entries["amount_fen"].tolist()
    for row, fen in zip(list_entries(entries, language()).itertuples(), amounts, strict=True):
        amount = say("amount_unstated") if pd.isna(fen) else amount_words(fen / _FEN, language())
        accuracy = [f"{say('known_at')}: {row.known_at}", f"{say('confidence')} {row.confidence}"]
        facts = [row.date, amount, row.stage, row.place]
        address = "" if pd.isna(row.url) else row.url
        told = [row.title, comma.join(filter(None, facts)), row.source, address]
        rows.append([comma.join(accuracy), *told])
    return rows


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


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.panel", html=_HTML, css="panel.css", js="panel.js"
    )
    return mount

"""A person's own rows on the Records and Events pages, for this session only.

What stands in a file goes only into table cells, `st.text` and the options of a select box, which
show it as it is. Which row is open is held by the session too: no link names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from ccgeo.io.own import OWN, list_own, own_totals
from ccgeo.ui import own, reconciliation
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccgeo.records.ledger import Line

_OPEN_KEY: Final = "own_record"
_TOTAL_KEY: Final = "own_total"


def asked(shipped: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the Records page lists.

    Parameters
    ----------
    shipped : pandas.DataFrame
        As `ccgeo.query.records.list_records` gives them.

    Returns
    -------
    pandas.DataFrame
        Those, a person's own, or both, with the columns of `shipped`.
    """
    if own.choice() == "shipped":
        return shipped
    listed = list_own(*own.rows(), language()).reindex(columns=shipped.columns)
    if own.choice() == "mine":
        return listed
    return pd.concat([listed.astype(object), shipped.astype(object)], ignore_index=True)


def is_own(record_id: str) -> bool:
    """Return whether a row is a person's own.

    Parameters
    ----------
    record_id : str
        As `asked` gives it.

    Returns
    -------
    bool
        True for those of a file.
    """
    return record_id.startswith(OWN)


def open_row(record_id: str) -> None:
    """Open a row, for this session.

    Parameters
    ----------
    record_id : str
        Of a person's own; empty to close.
    """
    st.session_state[_OPEN_KEY] = record_id


def opened(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is stated of the row that is open, if it is among those listed.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `asked` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a field that is stated: ``field`` and ``value``, str; none if nothing is open.
    """
    record_id = st.session_state.get(_OPEN_KEY, "")
    found = rows[rows["record_id"] == record_id] if record_id else rows.head(0)
    told = found.drop(columns="amount_cny_mn").head(1).to_dict("records")
    stated = [
        (str(name), str(value)) for row in told for name, value in row.items()
        if not pd.isna(value) and value != ""
    ]  # fmt: skip
    return pd.DataFrame(stated, columns=["field", "value"], dtype="str")


def lines_of(record_id: str) -> tuple[Line, ...]:
    """Return what a total of a file is made of.

    Parameters
    ----------
    record_id : str
        As `asked` gives it.

    Returns
    -------
    tuple of Line
        Empty for a row without parts.
    """
    return own_totals(own.rows()[0]).get(record_id.removeprefix(OWN), ())


def show_totals() -> None:
    """Show the totals of a file, each with its parts and what they leave."""
    if own.choice() == "shipped":
        return
    totals = own_totals(own.rows()[0])
    with st.container(border=True):
        st.markdown(f"#### {say('own_totals')}")
        if not totals:
            st.caption(say("own_no_totals"))
            return
        chosen = st.selectbox(
            say("own_total"),
            tuple(totals),
            format_func=lambda record_id: _label(totals, record_id),
            key=_TOTAL_KEY,
        )
        reconciliation.show_lines(totals[chosen], key="own_total")


def _label(totals: Mapping[str, tuple[Line, ...]], record_id: str) -> str:
    return f"{totals[record_id][0].title} · {record_id}" if record_id in totals else record_id

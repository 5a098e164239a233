"""A person's own records, for this session only: alone, or beside the shipped ones.

They live in the session state and nowhere else. Nothing that is made of them goes into a cache
that sessions share, so they are gone when the session ends.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from ccgeo.layers.answer import Answer, answer_of
from ccgeo.query.engine import read_placed
from ccgeo.query.memory import Memory
from ccgeo.query.selection import OPEN_SELECTION
from ccgeo.ui import register, state
from ccgeo.ui.words import say

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Source

CHOICES: Final = ("shipped", "mine", "both")
"""Which records a page asks."""

_ENTRIES_KEY: Final = "own_entries"
_GOOD_KEY: Final = "own_good"
_CHOICE_KEY: Final = "own_choice"
_SOURCE_KEY: Final = "own_source"
_ANSWER_KEY: Final = "own_answer"


def keep(entries: pd.DataFrame, good: pd.DataFrame) -> None:
    """Hold records for this session in the place of those held before.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries as `ccgeo.io.own.own_entries` gives them.
    good : pandas.DataFrame
        The good rows that they were made of.
    """
    if st.session_state.get(_ENTRIES_KEY) is not entries:
        st.session_state[_ENTRIES_KEY] = entries
        st.session_state[_GOOD_KEY] = good
        for key in (_SOURCE_KEY, _ANSWER_KEY):
            st.session_state.pop(key, None)


def forget() -> None:
    """Let go of everything that was brought."""
    for key in (_ENTRIES_KEY, _GOOD_KEY, _SOURCE_KEY, _ANSWER_KEY, _CHOICE_KEY):
        st.session_state.pop(key, None)


def held() -> int:
    """Return how many records of a person this session holds.

    Returns
    -------
    int
        0 if nothing was brought.
    """
    return len(st.session_state.get(_ENTRIES_KEY, ()))


def choices() -> tuple[str, ...]:
    """Return which records a page may ask; a register is never mixed with others.

    Returns
    -------
    tuple of str
        Some of `CHOICES`.
    """
    return CHOICES[:2] if register.is_set() else CHOICES


def choice() -> str:
    """Return which records the page shows.

    Returns
    -------
    str
        One of `CHOICES`.
    """
    chosen = st.session_state.get(_CHOICE_KEY, CHOICES[0])
    return str(chosen) if held() and chosen in choices() else CHOICES[0]


def rows() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the good rows that this session holds, and the entries made of them.

    Returns
    -------
    tuple of pandas.DataFrame
        See `keep`.
    """
    return st.session_state[_GOOD_KEY], st.session_state[_ENTRIES_KEY]


def source() -> Source:
    """Return the records that the page asks.

    Returns
    -------
    Source
        Those of this session if they were chosen, else those that every session asks.
    """
    chosen = choice()
    if chosen == CHOICES[0]:
        return register.source()
    known: tuple[str, Memory] | None = st.session_state.get(_SOURCE_KEY)
    if known is None or known[0] != chosen:
        known = (chosen, Memory(_entries(chosen)))
        st.session_state[_SOURCE_KEY] = known
    return known[1]


def _entries(chosen: str) -> pd.DataFrame:
    own: pd.DataFrame = st.session_state[_ENTRIES_KEY]
    return own if chosen == "mine" else pd.concat([read_placed(), own], ignore_index=True)


def show_choice() -> None:
    """Let a person choose which records are asked, if there are any of their own."""
    # Always a place of its own, so that what stands below keeps its.
    with st.container():
        if held():
            st.segmented_control(
                say("own_which", count=held()),
                choices(),
                default=st.session_state.get(_CHOICE_KEY, "shipped"),
                required=True,
                format_func=lambda choice: _choice_name(choice),  # noqa: PLW0108 - the test of texts follows it
                key="own_control",
                on_change=state.taker("own_control", _choose),
            )


def _choice_name(choice: str) -> str:
    is_register = choice == "shipped" and register.is_set()
    return say("own_register" if is_register else f"own_{choice}")


def answered(selection: Selection, view: View) -> Answer:
    """Ask the records that were chosen.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    Answer
        Of records that all sessions ask from the cache that all share; of others made anew, and
        the last one kept with the session.
    """
    asked = source()
    if asked.is_shared:
        return answer_of(asked, selection, view)
    last: Answer | None = st.session_state.get(_ANSWER_KEY)
    is_same = last is not None and last.source is asked
    if last is None or not is_same or (last.selection, last.view) != (selection, view):
        last = answer_of(asked, selection, view)
        st.session_state[_ANSWER_KEY] = last
    return last


def show_way() -> None:
    """Lead from what was brought to the page that explores it."""
    with st.container(horizontal=True):
        if held():
            st.button(say("own_forget"), icon=":material/delete:", on_click=forget)
            try:
                st.page_link("pages/explore.py", label=say("own_explore", count=held()))
            except StreamlitAPIException:
                # A page that is run by itself has no others to go to.
                return


def _choose(choice: str) -> None:
    st.session_state[_CHOICE_KEY] = choice
    if choice == "mine":
        # A table that names no stages or days would be filtered away by the usual question.
        state.ask(OPEN_SELECTION)
        state.change_other(**asdict(OPEN_SELECTION))

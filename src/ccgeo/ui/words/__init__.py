"""Every sentence of the interface, once in English and once in Chinese; a module a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from ccgeo.ui.words import (
    bring,
    compare,
    events,
    explore,
    places,
    register,
    search,
    sign_in,
    zones,
)

if TYPE_CHECKING:
    from ccgeo.query.vocabulary import Language

VIEW_KEY: Final = "view"

WORDS: Final[dict[str, tuple[str, str]]] = {
    **bring.WORDS,
    **compare.WORDS,
    **events.WORDS,
    **explore.WORDS,
    **places.WORDS,
    **register.WORDS,
    **search.WORDS,
    **sign_in.WORDS,
    **zones.WORDS,
}


def language() -> Language:
    """Return the language of this session.

    Returns
    -------
    str
        ``"en"`` or ``"zh"``.
    """
    view = st.session_state.get(VIEW_KEY)
    asked = view.language if view else st.query_params.get("lang")
    return "zh" if asked == "zh" else "en"


def say(key: str, **values: object) -> str:
    """Return one sentence of the interface in the session's language.

    Parameters
    ----------
    key : str
        Key of `WORDS`.
    **values : object
        What stands in for the names in braces; fixed vocabulary and numbers only.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    KeyError
        The key is not in the table.
    """
    return WORDS[key][language() == "zh"].format(**values)

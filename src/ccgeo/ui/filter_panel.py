"""Years and lists of choices as one part of the page, drawn on the map before Python is told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.memory import shipped
from ccgeo.query.vocabulary import FIRST_YEAR, LAST_YEAR, names_of
from ccgeo.ui.live_map import forget_parts, told_parts
from ccgeo.ui.state import MAIN, keep_link
from ccgeo.ui.words import language, say
from ccgeo.views.live_map.filters import (
    LISTS,
    build_filters,
    pack_facets,
    pack_names,
    rest_allows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Source
    from ccgeo.ui.state import Side

_HTML: Final = '<div class="ccgeo-filters" style="min-height:440px"></div>'  # no jump
_WORDS: Final = {
    "years": "years",
    "from": "year_from",
    "until": "year_until",
    "date_kind": "date_kind_of_years",
    "undated": "include_undated",
    "all": "all",
    "search": "search_choices",
}


def show_panel(
    selection: Selection,
    counts: Mapping[str, Mapping[str, int]],
    side: Side,
    source: Source,
) -> None:
    """Show the years and the lists of choices with their counts.

    Parameters
    ----------
    selection : Selection
        What they show.
    counts : mapping of str to mapping of str to int
        Records of each choice, as `ccgeo.query.engine.choice_counts` gives them.
    side : Side
        Whose selection a choice changes.
    source : Source
        Whose records are counted, and whose years can be chosen. The shipped ones are held by the
        map, which then draws a choice of the main side at once.
    """
    span = source.origin.span
    key = f"{side.prefix}_panel"

    def take() -> None:
        keep_link()
        told = st.session_state[key].get("asked")
        if isinstance(told, dict) and "again" in told:
            forget_parts(key)
        elif asked := read_asked(told, span):
            side.change(**asked)

    parts = {"names": pack_names(language())}
    if source is shipped() and side is MAIN:
        parts["facets"] = pack_facets()
    data = build_filters(selection, counts, rest_allows(selection), span=span)
    data["words"] = {name: say(word) for name, word in _WORDS.items()}
    data["words"] |= {field: say(field) for field in LISTS}
    _component()(key=key, data=data | told_parts(key, parts), on_asked_change=take)


def read_asked(told: object, span: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)) -> dict[str, Any]:
    """Read what a browser says was chosen.

    Parameters
    ----------
    told : object
        Anything: a browser can send what it likes.
    span : tuple of (int, int)
        First and last year that may be asked for.

    Returns
    -------
    dict
        Fields of a selection and their new values; what is no choice of a field is left out.

    Examples
    --------
    >>> read_asked({"years": [2015, 2020], "stages": ["signed", "?"], "x": 1})
    {'stages': frozenset({'signed'}), 'years': (2015, 2020)}
    >>> read_asked([1])
    {}
    """
    if not isinstance(told, dict):
        return {}
    asked: dict[str, Any] = {
        field: frozenset(choice for choice in told[field] if _is_choice(field, choice))
        for field in LISTS
        if isinstance(told.get(field), list)
    }
    if (years := _years(told.get("years"), span)) is not _UNREAD:
        asked["years"] = years
    if isinstance(told.get("undated"), int):
        asked["include_undated"] = bool(told["undated"])
    if _is_choice("date_kind", told.get("date_kind")):
        asked["date_kind"] = told["date_kind"]
    return asked


_UNREAD: Final = object()


def _is_choice(field: str, choice: object) -> bool:
    return isinstance(choice, str) and choice in names_of(field)


def _years(told: object, span: tuple[int, int]) -> object:
    """Return two years in order, or None for all of them."""
    if told == []:
        return None
    first, last = span
    match told:
        case [int(one), int(other)] if first <= one <= other <= last:
            return (one, other)
    return _UNREAD


@cache
def _component() -> Callable[..., Any]:
    mount: Callable[..., Any] = st.components.v2.component(
        "ccgeo.filter_panel", html=_HTML, css="filter_panel.css", js="filter_panel.js"
    )
    return mount

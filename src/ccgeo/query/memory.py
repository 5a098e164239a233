"""Entries in memory as a source of answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from ccgeo.query.engine import choice_counts, read_placed, select, years_of
from ccgeo.query.flows import flows_of
from ccgeo.query.groups import lifted, unit_groups
from ccgeo.query.histogram import amount_bars
from ccgeo.query.matrix import matrix_of
from ccgeo.query.measures import addends_of, group_sums, summarise
from ccgeo.query.profile import entries_of, profile_of
from ccgeo.query.source import Origin, span_of
from ccgeo.shipped import data_version

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.flows import FlowTable
    from ccgeo.query.histogram import AmountBar
    from ccgeo.query.matrix import MatrixCut
    from ccgeo.query.measures import Summary, Sums
    from ccgeo.query.profile import Profile
    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Counts, Listing, Order

_SHARED: Final = 64
"""How many selections of entries that all sessions ask are kept; of one session's own, the last."""


class Memory:
    """Entries in memory as a source; what is asked of one stands at `ccgeo.query.source.Source`.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `ccgeo.query.engine.place_entries` gives them; not changed.
    is_shared : bool
        Whether all sessions ask these entries.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> Memory(read_placed().head(9)).summary(DEFAULT_SELECTION, View()).total.entries <= 9
    True
    """

    def __init__(self, placed: pd.DataFrame, *, is_shared: bool = False) -> None:
        self.placed = placed
        self._is_shared = is_shared
        # Held by the source itself, so that own records are gone when their session is.
        self.select = lru_cache(maxsize=_SHARED if is_shared else 1)(self._select)

    @property
    def origin(self) -> Origin:
        """Return which records these are."""
        return self._origin

    @cached_property
    def _origin(self) -> Origin:
        span = span_of(self.placed["year"].dropna().tolist())
        return Origin(data_version(), entries=len(self.placed), span=span)

    @property
    def is_shared(self) -> bool:
        """Return whether all sessions ask these records, so that answers may be kept."""
        return self._is_shared

    def _select(self, selection: Selection) -> pd.DataFrame:
        return select(self.placed, selection)

    def summary(self, selection: Selection, view: View) -> Summary:
        """Return sums by unit, what no unit holds, and the total."""
        return summarise(self.select(selection), view.level, view.vintage)

    def flows(self, selection: Selection, view: View, thing: str = "") -> FlowTable:
        """Return flows and what is none, of the selection or of a thing in it."""
        return flows_of(self._of(selection, view, thing), view.level, view.vintage)

    def counts(self, selection: Selection, view: View) -> Counts:  # noqa: ARG002
        """Return the number behind each choice of a filter."""
        return choice_counts(self.placed, selection)

    def years(self, selection: Selection, view: View) -> dict[int, Sums]:  # noqa: ARG002
        """Return the sums of each year, whatever years are asked for."""
        selected = self._select(replace(selection, years=None, include_undated=True))
        years = years_of(selected, selection.date_kind).tolist()
        return dict(sorted(group_sums(years, addends_of(selected)).items()))

    def unit_groups(self, selection: Selection, view: View, most: int) -> pd.DataFrame | None:
        """Return the entries of units added up by unit, sector and year, if they are few."""
        groups = unit_groups(self._select(lifted(selection)), view, selection.date_kind)
        return groups if len(groups) <= most else None

    def amount_bars(self, selection: Selection) -> tuple[AmountBar, ...]:
        """Return how amounts are spread."""
        return amount_bars(self.placed, selection)

    def profile(self, selection: Selection, view: View, thing: str = "") -> Profile:
        """Return totals of the selection, or of a thing in it, cut several ways."""
        return profile_of(self._of(selection, view, thing), selection.date_kind)

    def matrix(
        self, selection: Selection, view: View, rows: MatrixCut, columns: MatrixCut
    ) -> pd.DataFrame:
        """Return two cuts crossed."""
        return matrix_of(self.select(selection), rows, columns, view)

    def found(self, listing: Listing) -> int:
        """Return how many records a listing has on all of its pages."""
        return len(self._listed(listing))

    def rows(self, listing: Listing) -> pd.DataFrame:
        """Return one page of records."""
        listed = _sorted(self._listed(listing), listing.order)
        return listed.iloc[listing.start : listing.start + listing.most]

    def _of(self, selection: Selection, view: View, thing: str) -> pd.DataFrame:
        selected = self.select(selection)
        return entries_of(selected, thing, view) if thing else selected

    def _listed(self, listing: Listing) -> pd.DataFrame:
        entries = self._of(listing.selection, listing.view, listing.thing)
        if listing.only:
            entries = entries[entries["entry_id"] == listing.only]
        if not listing.find:
            return entries
        wanted = listing.find.lower()
        told = zip(entries["entry_id"], entries["title"], strict=True)
        return entries[
            np.array([any(wanted in text.lower() for text in row) for row in told], bool)
        ]


def _sorted(entries: pd.DataFrame, order: Order) -> pd.DataFrame:
    if order == "id":
        return entries.sort_values("entry_id")
    if order == "largest":
        return entries.sort_values(["amount_fen", "entry_id"], ascending=[False, True])
    return entries.sort_values(["date", "entry_id"], ascending=[order == "oldest", True])


@cache
def shipped() -> Memory:
    """Return the shipped entries as a source, made once.

    Returns
    -------
    Memory
        Shared between callers.

    Examples
    --------
    >>> shipped().origin.register
    ''
    """
    return Memory(read_placed(), is_shared=True)

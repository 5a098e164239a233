"""Where answers come from: entries in memory, or a register behind an engine. One protocol.

Layers, pages and files ask a source and never look at what is behind it. A source gives sums,
and records only page by page, so nothing that asks one depends on how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from ccgeo.query.engine import UNDATED
from ccgeo.query.vocabulary import year_span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from ccgeo.query.flows import FlowTable
    from ccgeo.query.histogram import AmountBar
    from ccgeo.query.matrix import MatrixCut
    from ccgeo.query.measures import Summary, Sums
    from ccgeo.query.profile import Profile
    from ccgeo.query.selection import Selection, View

    Counts = Mapping[str, Mapping[str, int]]

Order = Literal["newest", "oldest", "largest", "id"]
ORDERS: Final[tuple[Order, ...]] = ("newest", "oldest", "largest", "id")
"""Ways to sort a list of records; ids decide between equals."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which records a source holds, in words that go wherever its answers go.

    Attributes
    ----------
    version : str
        Twelve hexadecimal digits: another version may give other numbers.
    register : str
        Name of a register; empty for entries in memory.
    entries : int
        How many entries there are.
    is_synthetic : bool
        Whether they are made up.
    span : tuple of (int, int)
        First and last year that a selection of them may ask for.
    """

    version: str
    register: str = ""
    entries: int = 0
    is_synthetic: bool = False
    span: tuple[int, int] = year_span()


def span_of(years: Collection[int]) -> tuple[int, int]:
    """Return the first and the last year that records of some years may be asked for.

    Parameters
    ----------
    years : collection of int
        Years that records have; 0 stands for none.

    Returns
    -------
    tuple of (int, int)
        At least `ccgeo.query.vocabulary.year_span`.

    Examples
    --------
    >>> span_of([1998, 0, 2031]), span_of([2015]) == year_span()
    ((1998, 2031), True)
    """
    told = {int(year) for year in years} - {UNDATED}
    return min(told | {year_span()[0]}), max(told | {year_span()[1]})


@dataclass(frozen=True, slots=True)
class Listing:
    """A question for records one by one.

    Attributes
    ----------
    selection : Selection
        What is asked.
    view : View
        Level and boundaries, for things of the map.
    thing : str
        Only records of it, as `ccgeo.query.profile.entries_of` takes it; all if empty.
    find : str
        Only records whose id or title holds this text, in small or capital letters.
    order : {"newest", "oldest", "largest", "id"}
        How they are sorted.
    start : int
        How many to leave out at the beginning.
    most : int
        How many to give.
    only : str
        Only the record with this id; all if empty.
    """

    selection: Selection
    view: View
    thing: str = ""
    find: str = ""
    order: Order = "newest"
    start: int = 0
    most: int = 50
    only: str = ""


class Source(Protocol):
    """Something that answers selections; every one gives the same for the same entries."""

    def __hash__(self) -> int:
        """Return a hash by identity: answers are kept by the source that gave them."""
        ...

    @property
    def origin(self) -> Origin:
        """Return which records these are.

        Returns
        -------
        Origin
            Version, name and size.
        """
        ...

    @property
    def is_shared(self) -> bool:
        """Return whether all sessions ask these records, so that answers may be kept.

        Returns
        -------
        bool
            True if they do.
        """
        ...

    def summary(self, selection: Selection, view: View) -> Summary:
        """Return sums by unit, what no unit holds, and the total.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.

        Returns
        -------
        Summary
            Sums of each unit, of what no unit holds, and of all.
        """
        ...

    def flows(self, selection: Selection, view: View, thing: str = "") -> FlowTable:
        """Return flows and what is none, of the selection or of a thing in it.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.
        thing : str, optional
            Kind and id joined by a colon, as `ccgeo.query.profile.entries_of` takes it; all
            records if empty.

        Returns
        -------
        FlowTable
            Flows, and entries that are none by reason.
        """
        ...

    def counts(self, selection: Selection, view: View) -> Counts:
        """Return the number behind each choice of a filter; any view of it gives the same.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.

        Returns
        -------
        mapping of str to mapping of str to int
            Field of the selection, choice, number of entries; the same for any view.
        """
        ...

    def years(self, selection: Selection, view: View) -> dict[int, Sums]:
        """Return the sums of each year, whatever years are asked for; any view gives the same.

        Parameters
        ----------
        selection : Selection
            What is asked; neither its years nor whether undated entries count is looked at.
        view : View
            Level and boundaries.

        Returns
        -------
        dict of int to numpy.ndarray
            Sums of each year in order, 0 for undated; the same for any view.
        """
        ...

    def unit_groups(self, selection: Selection, view: View, most: int) -> pd.DataFrame | None:
        """Return the entries of units added up by unit, sector and year, if they are few.

        Parameters
        ----------
        selection : Selection
            What is asked; its years, whether undated entries count, and its sectors are not
            looked at.
        view : View
            Level and boundaries.
        most : int
            Groups at most.

        Returns
        -------
        pandas.DataFrame or None
            As `ccgeo.query.groups.unit_groups` gives them; None if there are more, or if only
            all entries could tell.
        """
        ...

    def amount_bars(self, selection: Selection) -> tuple[AmountBar, ...]:
        """Return how amounts are spread, whatever floor the selection sets.

        Parameters
        ----------
        selection : Selection
            What is asked.

        Returns
        -------
        tuple of AmountBar
            Number of entries in each span of amounts, whatever floor the selection sets.
        """
        ...

    def profile(self, selection: Selection, view: View, thing: str = "") -> Profile:
        """Return totals of the selection, or of a thing in it, cut several ways.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.
        thing : str, optional
            Kind and id joined by a colon, as `ccgeo.query.profile.entries_of` takes it; all
            records if empty.

        Returns
        -------
        Profile
            The totals; each cut adds up to the same.
        """
        ...

    def matrix(
        self, selection: Selection, view: View, rows: MatrixCut, columns: MatrixCut
    ) -> pd.DataFrame:
        """Return two cuts crossed, as `ccgeo.query.matrix.matrix_of` says.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.
        rows : {"partners", "sectors", "places"}
            Cut of the rows.
        columns : {"partners", "sectors", "places"}
            Cut of the columns.

        Returns
        -------
        pandas.DataFrame
            As `ccgeo.query.matrix.matrix_of` gives it.
        """
        ...

    def found(self, listing: Listing) -> int:
        """Return how many records a listing has on all of its pages.

        Parameters
        ----------
        listing : Listing
            Which records, how they are sorted, and which of them.

        Returns
        -------
        int
            Number of records, whatever page is asked for.
        """
        ...

    def rows(self, listing: Listing) -> pd.DataFrame:
        """Return one page of records, for `ccgeo.query.listing.list_entries`.

        Parameters
        ----------
        listing : Listing
            Which records, how they are sorted, and which of them.

        Returns
        -------
        pandas.DataFrame
            Some records in order, for `ccgeo.query.listing.list_entries`.
        """
        ...

"""One question, one answer: what the screen draws, a file holds and a command prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ccgeo.errors import CcgeoError
from ccgeo.layers.choropleth import Choropleth, draw_choropleth
from ccgeo.layers.flows import Flows, draw_flows
from ccgeo.query.memory import Memory, shipped
from ccgeo.query.selection import DEFAULT_SELECTION, View

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Source


@dataclass(frozen=True)
class Answer:
    """What a selection shows.

    Attributes
    ----------
    selection : Selection
        What was asked.
    view : View
        How it is shown.
    source : Source
        The records that were asked.
    choropleth : Choropleth
        The coloured units.
    flows : Flows
        The lines to partners abroad.
    """

    selection: Selection
    view: View
    source: Source
    choropleth: Choropleth
    flows: Flows

    @property
    def selected(self) -> pd.DataFrame:
        """Return the placed entries of the selection, where they are in memory.

        Returns
        -------
        pandas.DataFrame
            Rows of the entries that were asked.

        Raises
        ------
        CcgeoError
            They are in a register, which gives its records only page by page.
        """
        if isinstance(self.source, Memory):
            return self.source.select(self.selection)
        message = "a register gives its records page by page: ask for its rows"
        raise CcgeoError(message)

    @property
    def is_shipped(self) -> bool:
        """Return whether the shipped records were asked, and no others.

        Returns
        -------
        bool
            True for `answer`.
        """
        return self.source is shipped()


def answer(selection: Selection, view: View) -> Answer:
    """Select, add up and build both layers.

    Class limits and widths are those of the default selection, so that a colour and a width
    keep their meaning while filters change; a view that rescales has its own, and so do the
    colours of one that brings limits along.

    Parameters
    ----------
    selection : Selection
        What is asked of the shipped records.
    view : View
        How it is shown.

    Returns
    -------
    Answer
        The selected entries and their layers; shared between callers, not to be written to.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> cars = Selection(sectors=frozenset({"automotive"}))
    >>> kept, own = answer(cars, View()), answer(cars, View(rescale=True))
    >>> kept.choropleth.bins == fixed_bins(View()), own.choropleth.bins == fixed_bins(View())
    (True, False)
    """
    return shared_answer(shipped(), selection, view)


@lru_cache(maxsize=64)
def shared_answer(source: Source, selection: Selection, view: View) -> Answer:
    """Ask records that all sessions share, and keep the answer.

    Parameters
    ----------
    source : Source
        The shipped records, or a register.
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    Answer
        As `answer`, with limits and widths of the default selection of these records.

    Examples
    --------
    >>> shared_answer(shipped(), DEFAULT_SELECTION, View()) is answer(DEFAULT_SELECTION, View())
    True
    """
    # Who asks again - another session, a step back, the download - has it at once.
    bins = view.bins or (() if view.rescale else fixed_bins(view, source))
    return _drawn(source, selection, view, bins, None if view.rescale else _fixed_top(view, source))


def answer_of(source: Source, selection: Selection, view: View) -> Answer:
    """Ask any records: what all sessions ask is kept for all.

    Parameters
    ----------
    source : Source
        The records.
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    Answer
        As `shared_answer` or `answer_from`.

    Examples
    --------
    >>> answer_of(shipped(), DEFAULT_SELECTION, View()) is answer(DEFAULT_SELECTION, View())
    True
    """
    ask = shared_answer if source.is_shared else answer_from
    return ask(source, selection, view)


def answer_from(source: Source, selection: Selection, view: View) -> Answer:
    """Ask records that only one session has; nothing of the answer is kept.

    Parameters
    ----------
    source : Source
        The records.
    selection : Selection
        What is asked of them.
    view : View
        How it is shown; class limits are those of these records.

    Returns
    -------
    Answer
        The selected entries and their layers.

    Examples
    --------
    >>> from ccgeo.query.selection import OPEN_SELECTION
    >>> few = Memory(shipped().placed.head(3))
    >>> len(answer_from(few, OPEN_SELECTION, View()).selected)
    3
    """
    return _drawn(source, selection, view, view.bins)


def _drawn(
    source: Source,
    selection: Selection,
    view: View,
    bins: tuple[float, ...],
    top_cny: float | None = None,
) -> Answer:
    summary, flows = source.summary(selection, view), source.flows(selection, view)
    origin = source.origin
    return Answer(
        selection=selection,
        view=view,
        source=source,
        choropleth=draw_choropleth(summary, view, selection=selection, bins=bins, origin=origin),
        flows=draw_flows(flows, view, selection=selection, top_cny=top_cny, origin=origin),
    )


def fixed_bins(view: View, source: Source | None = None) -> tuple[float, ...]:
    """Return the class limits that stay while filters change: those of the default selection.

    Parameters
    ----------
    view : View
        Level, vintage, measure, scheme and number of classes.
    source : Source, optional
        Whose default selection; the shipped records' if not given.

    Returns
    -------
    tuple of float
        Rising upper limits in the unit of the measure.

    Examples
    --------
    >>> len(fixed_bins(View(k=4)))
    4
    """
    seen = View(view.level, view.vintage, view.measure, view.scheme, view.k)
    return _fixed_bins(seen, source or shipped())


def _fixed_top(view: View, source: Source) -> float:
    return _top(View(level=view.level, vintage=view.vintage), source)


@lru_cache(maxsize=16)
def _top(view: View, source: Source) -> float:
    return draw_flows(source.flows(DEFAULT_SELECTION, view), view).top_cny


@lru_cache(maxsize=128)
def _fixed_bins(view: View, source: Source) -> tuple[float, ...]:
    return draw_choropleth(source.summary(DEFAULT_SELECTION, view), view).bins

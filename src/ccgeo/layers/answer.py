"""One question, one answer: what the screen draws, a file holds and a command prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ccgeo.layers.choropleth import Choropleth, build_choropleth
from ccgeo.layers.flows import Flows, build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, View

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.selection import Selection


@dataclass(frozen=True)
class Answer:
    """What a selection shows.

    Attributes
    ----------
    selection : Selection
        What was asked.
    view : View
        How it is shown.
    selected : pandas.DataFrame
        The placed entries of the selection.
    choropleth : Choropleth
        The coloured units.
    flows : Flows
        The lines to partners abroad.
    placed : pandas.DataFrame or None
        The placed entries that were asked, where they are not the shipped ones alone.
    """

    selection: Selection
    view: View
    selected: pd.DataFrame
    choropleth: Choropleth
    flows: Flows
    placed: pd.DataFrame | None = None


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
    return _answer(selection, view)


@lru_cache(maxsize=64)
def _answer(selection: Selection, view: View) -> Answer:
    # Who asks again - another session, a step back, the download - has it at once.
    selected = select(read_placed(), selection)
    bins = view.bins or (() if view.rescale else fixed_bins(view))
    return Answer(
        selection=selection,
        view=view,
        selected=selected,
        choropleth=build_choropleth(selected, view, selection=selection, bins=bins),
        flows=build_flows(
            selected, view, selection=selection, top_cny=None if view.rescale else _fixed_top(view)
        ),
    )


def answer_from(placed: pd.DataFrame, selection: Selection, view: View) -> Answer:
    """Ask other records than the shipped ones; nothing of the answer is kept.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `ccgeo.query.engine.place_entries` gives them; not changed.
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
    >>> len(answer_from(read_placed().head(3), OPEN_SELECTION, View()).selected)
    3
    """
    selected = select(placed, selection)
    return Answer(
        selection=selection,
        view=view,
        selected=selected,
        choropleth=build_choropleth(selected, view, selection=selection, bins=view.bins),
        flows=build_flows(selected, view, selection=selection),
        placed=placed,
    )


def fixed_bins(view: View) -> tuple[float, ...]:
    """Return the class limits that stay while filters change: those of the default selection.

    Parameters
    ----------
    view : View
        Level, vintage, measure, scheme and number of classes.

    Returns
    -------
    tuple of float
        Rising upper limits in the unit of the measure.

    Examples
    --------
    >>> len(fixed_bins(View(k=4)))
    4
    """
    return _fixed_bins(View(view.level, view.vintage, view.measure, view.scheme, view.k))


def _fixed_top(view: View) -> float:
    return _top(View(level=view.level, vintage=view.vintage))


@lru_cache(maxsize=16)
def _top(view: View) -> float:
    return build_flows(select(read_placed(), DEFAULT_SELECTION), view).top_cny


@lru_cache(maxsize=128)
def _fixed_bins(view: View) -> tuple[float, ...]:
    return build_choropleth(select(read_placed(), DEFAULT_SELECTION), view).bins

"""A selection year by year on one scale: colours and widths mean the same in every year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.layers.compare import panels
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select

if TYPE_CHECKING:
    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import Selection, View


class Shot(NamedTuple):
    """One year of a film.

    Attributes
    ----------
    year : str
        The year.
    choropleth : Choropleth
        Units in classes that are those of every year.
    flows : Flows
        Lines whose widths are those of every year.
    """

    year: str
    choropleth: Choropleth
    flows: Flows


def build_film(selection: Selection, view: View) -> tuple[Shot, ...]:
    """Cut a selection into its years, all on one scale.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How each year is shown; limits that it brings along are kept.

    Returns
    -------
    tuple of Shot
        Years with a record, in order; undated entries are in none.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection, View
    >>> film = build_film(Selection(years=(2019, 2021)), View(level="province"))
    >>> [shot.year for shot in film], len({shot.choropleth.bins for shot in film})
    (['2019', '2020', '2021'], 1)
    """
    years = panels(selection, view, "years")
    entries = [select(read_placed(), _only(selection, int(panel.choice))) for panel in years]
    top = max((build_flows(selected, view).top_cny for selected in entries), default=0.0)
    return tuple(
        Shot(panel.choice, panel.choropleth, build_flows(selected, view, top_cny=top))
        for panel, selected in zip(years, entries, strict=True)
    )


def _only(selection: Selection, year: int) -> Selection:
    return replace(selection, years=(year, year), include_undated=False)

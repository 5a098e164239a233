"""One call a page makes: from a selection and a view to everything it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccgeo.layers.choropleth import Choropleth, build_choropleth
from ccgeo.layers.flows import Flows, build_flows
from ccgeo.query.engine import read_placed, select

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.selection import Selection, View


@dataclass(frozen=True)
class Answer:
    """What a selection shows.

    Parameters
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
    """

    selection: Selection
    view: View
    selected: pd.DataFrame
    choropleth: Choropleth
    flows: Flows


def answer(selection: Selection, view: View) -> Answer:
    """Select, add up and build both layers.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    Answer
        The layers that the screen draws and the download holds.
    """
    selected = select(read_placed(), selection)
    return Answer(
        selection=selection,
        view=view,
        selected=selected,
        choropleth=build_choropleth(selected, view, selection=selection),
        flows=build_flows(selected, view, selection=selection),
    )

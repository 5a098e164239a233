"""A selection year by year: small enough to travel once, so that a map can run through time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccgeo.query.engine import UNDATED, read_placed, select, unit_column, years_of
from ccgeo.query.flows import all_ends
from ccgeo.query.measures import addends_of, group_sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from ccgeo.query.selection import Selection, View

    Sums = npt.NDArray[np.int64]


@dataclass(frozen=True)
class YearCube:
    """Sums of a selection by place and year, whatever years it asks for.

    Attributes
    ----------
    years : tuple of (int, int)
        First and last year with an entry; ``(0, 0)`` without any.
    units : mapping of (str, int) to numpy.ndarray
        Sums (`ccgeo.query.measures.SUMS`, int64) of each adcode and year; undated entries
        (`ccgeo.query.engine.UNDATED`) are in every window, if the selection includes them.
    flows : mapping of (str, str, bool, int) to numpy.ndarray
        Sums of each partner, place, whether it leads abroad, and year. An unstated direction
        counts as inwards.
    """

    years: tuple[int, int]
    units: Mapping[tuple[str, int], Sums]
    flows: Mapping[tuple[str, str, bool, int], Sums]


def build_year_cube(
    selection: Selection, view: View, *, placed: pd.DataFrame | None = None
) -> YearCube:
    """Add up a selection without its limit of years, year by year.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        Level and vintage of the units.
    placed : pandas.DataFrame, optional
        Placed entries; the shipped ones if not given.

    Returns
    -------
    YearCube
        Summed over a window of years it gives what `ccgeo.query.measures.summarise` and
        `ccgeo.query.flows.flows_of` give for a selection of these years, exactly.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> cube = build_year_cube(DEFAULT_SELECTION, View(level="province"))
    >>> sorted({adcode for adcode, _ in cube.units})
    ['500000', '510000']
    """
    entries = read_placed() if placed is None else placed
    selected = select(entries, replace(selection, years=None))
    years = years_of(selected, selection.date_kind).tolist()
    units = selected[unit_column(view.level, view.vintage)].tolist()
    ends = all_ends(selected, view.level, view.vintage)
    addends = addends_of(selected)
    by_unit = group_sums(list(zip(units, years, strict=True)), addends)
    keys = [
        None
        if isinstance(end, str)
        else (end.partner, end.place, end.direction == "outbound", year)
        for end, year in zip(ends, years, strict=True)
    ]
    dated = [year for year in years if year != UNDATED]
    return YearCube(
        years=(min(dated), max(dated)) if dated else (UNDATED, UNDATED),
        units={key: sums for key, sums in by_unit.items() if key[0]},
        flows={key: sums for key, sums in group_sums(keys, addends).items() if key},
    )

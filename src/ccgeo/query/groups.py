"""Entries added up by unit, sector and year: what a map needs to answer for other years itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ccgeo.query.engine import unit_column, years_of
from ccgeo.query.measures import addends_of, group_sums, sum_columns
from ccgeo.query.selection import OPEN_SELECTION

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection, View

LIFTED: Final = ("years", "include_undated", "sectors")
"""Fields of a selection that groups answer by themselves."""


def lifted(selection: Selection) -> Selection:
    """Return a selection that leaves open what groups answer by themselves.

    Parameters
    ----------
    selection : Selection
        What is asked.

    Returns
    -------
    Selection
        The same but for its `LIFTED` fields.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> lifted(Selection(years=(2020, 2020))) == lifted(Selection(sectors=frozenset({"energy"})))
    True
    """
    opened: dict[str, Any] = {field: getattr(OPEN_SELECTION, field) for field in LIFTED}
    return replace(selection, **opened)


def unit_groups(placed: pd.DataFrame, view: View, date_kind: str) -> pd.DataFrame:
    """Add up entries by unit, sector and year.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed entries, or groups of them with the columns of `ccgeo.query.measures.SUMS`; not
        changed.
    view : View
        Level and boundaries.
    date_kind : {"any", "announced", "signed", "started", "completed"}
        Which date gives the year.

    Returns
    -------
    pandas.DataFrame
        ``unit`` (adcode, empty for what no unit of the level holds), ``sector_id``, ``year``
        (int, 0 for undated) and the columns of `ccgeo.query.measures.SUMS` (int64), in the order
        of the first three.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> groups = unit_groups(read_placed(), View(level="province"), "any")
    >>> int(groups["entries"].sum()) == len(read_placed())
    True
    """
    units = placed[unit_column(view.level, view.vintage)].tolist()
    years = years_of(placed, date_kind).tolist()
    keys = zip(units, placed["sector_id"].tolist(), years, strict=True)
    sums = group_sums(list(keys), addends_of(placed))
    told = sorted(sums)
    columns: dict[str, Any] = {
        name: pd.Series([key[at] for key in told], dtype=kind)
        for at, (name, kind) in enumerate(
            (("unit", object), ("sector_id", object), ("year", "int64"))
        )
    }
    return pd.DataFrame(columns | sum_columns(sums[key] for key in told))

"""Who invests in what, and what lands where: sums over two cuts of a selection at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.engine import unit_column
from ccgeo.query.measures import sum_by
from ccgeo.query.profile import UNSTATED, one_partner

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.selection import View

MatrixCut = Literal["partners", "sectors", "places"]

REST: Final = "rest"
"""Rows or columns beyond the largest, added up; in places also what lies in no single unit."""

_CUTS: Final = ("partners", "sectors", "places")


def matrix_of(
    entries: pd.DataFrame, rows: MatrixCut, columns: MatrixCut, view: View, *, most: int = 10
) -> pd.DataFrame:
    """Add up entries by two cuts at once.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries; each counts in one cell.
    rows, columns : {"partners", "sectors", "places"}
        What to cut by; places are the units of the view's level and vintage.
    view : View
        Level and vintage.
    most : int
        Rows and columns kept by amount; what is beyond them stands under `REST`.

    Returns
    -------
    pandas.DataFrame
        Columns ``row``, ``column`` (str) and those of `ccgeo.query.measures.SUMS` (int64), one
        row a cell with entries, the largest rows and columns first. The cells add up to the
        total of the entries.

    Raises
    ------
    UnknownChoiceError
        There is no such cut.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> cells = matrix_of(read_placed(), "partners", "sectors", View())
    >>> int(cells["amount_fen"].sum()) == int(read_placed()["amount_fen"].sum())
    True
    """
    keys = {
        "row": _largest(entries, _choices(entries, rows, view), most),
        "column": _largest(entries, _choices(entries, columns, view), most),
    }
    cells = sum_by(entries, {name: choice.to_numpy(dtype=object) for name, choice in keys.items()})
    ranks = {
        name: {choice: rank for rank, choice in enumerate(ranked(cells, name))}
        for name in ("row", "column")
    }
    order = sorted(
        range(len(cells)),
        key=lambda at: tuple(ranks[name][cells[name].iloc[at]] for name in ranks),
    )
    return cells.take(order).reset_index(drop=True)


def ranked(cells: pd.DataFrame, name: str) -> list[str]:
    """Return the choices of one side of a matrix in the order to draw them.

    Parameters
    ----------
    cells : pandas.DataFrame
        What `matrix_of` gives.
    name : {"row", "column"}
        Which side.

    Returns
    -------
    list of str
        By amount, what is not stated and the rest at the end.

    Examples
    --------
    >>> import pandas as pd
    >>> ranked(pd.DataFrame({"row": [REST, "SG"], "amount_fen": [9, 1]}), "row")
    ['SG', 'rest']
    """
    sums = cells.groupby(name)["amount_fen"].sum().to_dict()
    last = {UNSTATED: 1, REST: 2}
    return sorted(sums, key=lambda choice: (last.get(choice, 0), -sums[choice], choice))


def _choices(entries: pd.DataFrame, cut: str, view: View) -> pd.Series:
    if cut == "partners":
        return entries["partners"].map(one_partner).astype(object)
    if cut == "sectors":
        return entries["sector_id"].astype(object)
    if cut == "places":
        units = entries[unit_column(view.level, view.vintage)].astype(object)
        return units.where(units != "", REST)
    what = "cut"
    raise UnknownChoiceError(what, cut, _CUTS)


def _largest(entries: pd.DataFrame, choices: pd.Series, most: int) -> pd.Series:
    sums = sum_by(entries, {"choice": choices.to_numpy(dtype=object)})
    named = sums[~sums["choice"].isin([REST, UNSTATED])]
    ranks = ["amount_fen", "entries", "choice"]
    kept = named.sort_values(ranks, ascending=[False, False, True])["choice"].head(most)
    return choices.where(choices.isin([*kept, UNSTATED]), REST)

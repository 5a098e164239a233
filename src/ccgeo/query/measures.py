"""Sums that always close: what is mapped and what is not add up to the total, exactly.

Everything here is counted in whole numbers: entries, projects, and fen (0.01 CNY). A missing
number of projects or a missing amount adds nothing and is told by ``projects_stated`` and
``amount_stated``, the number of entries that do state one: nothing stated is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.query.engine import unit_column
from ccgeo.query.vocabulary import KNOWN_LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from ccgeo.query.vocabulary import Level, Vintage

    Sums = npt.NDArray[np.int64]

SUMS: Final = ("entries", "projects", "projects_stated", "amount_fen", "amount_stated")


class Total(NamedTuple):
    """Sums over some entries.

    Attributes
    ----------
    entries : int
        Number of entries.
    projects : int
        Number of projects, over the entries that state one.
    projects_stated : int
        Number of entries that state a number of projects.
    amount_fen : int
        Amount in fen (0.01 CNY), over the entries that state one.
    amount_stated : int
        Number of entries that state an amount.

    Examples
    --------
    >>> Total(2, 5, 2, 100, 1).amount_fen
    100
    """

    entries: int
    projects: int
    projects_stated: int
    amount_fen: int
    amount_stated: int


@dataclass(frozen=True)
class Summary:
    """A selection added up by the units of one level.

    Attributes
    ----------
    units : mapping of str to numpy.ndarray
        Sums of each unit with entries by adcode, in the order of `SUMS`, int64.
    beside : mapping of str to numpy.ndarray
        The same of the rest, by its level of knowledge.
    total : Total
        Sums over the whole selection.
    """

    units: Mapping[str, Sums]
    beside: Mapping[str, Sums]
    total: Total

    @cached_property
    def mapped(self) -> pd.DataFrame:
        """Return the units as a table, made when first asked for: the live map needs none.

        Returns
        -------
        pandas.DataFrame
            One row a unit with entries: ``adcode`` (str) and the columns of `SUMS` (int64),
            sorted by adcode.
        """
        return _table("adcode", sorted(self.units), self.units)

    @cached_property
    def not_mapped(self) -> pd.DataFrame:
        """Return the rest as a table, made when first asked for.

        Returns
        -------
        pandas.DataFrame
            One row a level of knowledge: ``known_level`` (str), and the columns of `SUMS`
            (int64), finest first.
        """
        return _table("known_level", in_order(self.beside, KNOWN_LEVELS), self.beside)

    @property
    def mapped_total(self) -> Total:
        """Return what all units hold together.

        Returns
        -------
        Total
            Exact sums.
        """
        sums = np.array(list(self.units.values()), dtype=np.int64).reshape(-1, len(SUMS))
        return Total(*sums.sum(axis=0).tolist())


def total_of(selected: pd.DataFrame) -> Total:
    """Add up entries.

    Parameters
    ----------
    selected : pandas.DataFrame
        Entries with ``projects`` and ``amount_fen`` (Int64).

    Returns
    -------
    Total
        Exact sums.

    Examples
    --------
    >>> import pandas as pd
    >>> entries = pd.DataFrame({"projects": [1, None], "amount_fen": [None, 250]}, dtype="Int64")
    >>> total_of(entries)
    Total(entries=2, projects=1, projects_stated=1, amount_fen=250, amount_stated=1)
    """
    return Total(*addends_of(selected).sum(axis=1).tolist())


def summarise(selected: pd.DataFrame, level: Level, vintage: Vintage) -> Summary:
    """Add up a selection by the units of one level, and what no unit holds beside it.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries, as `ccgeo.query.engine.select` gives them; not changed.
    level : {"district", "prefecture", "province"}
        Level of the units.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    Summary
        ``mapped`` and ``not_mapped`` add up to ``total`` in every column, exactly.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> summary = summarise(read_placed(), "province", "2025")
    >>> drawn, beside = summary.mapped["amount_fen"].sum(), summary.not_mapped["amount_fen"].sum()
    >>> bool(drawn + beside == summary.total.amount_fen)
    True
    """
    units = selected[unit_column(level, vintage)].to_numpy(dtype=object)
    known = selected["place_level"].to_numpy(dtype=object)
    return summary_of(units, known, addends_of(selected))


def summary_of(
    units: npt.NDArray[np.object_], known: npt.NDArray[np.object_], addends: Sums
) -> Summary:
    """Add up entries whose units are known.

    Parameters
    ----------
    units : numpy.ndarray
        Unit of each entry, or of entries that are alike, str; empty where there is none.
    known : numpy.ndarray
        Level of knowledge of each, str.
    addends : numpy.ndarray
        What each adds to each sum, int64, shape (5, n_entries).

    Returns
    -------
    Summary
        As `summarise`.

    Examples
    --------
    >>> units, known = np.array([["510100", ""], ["prefecture", "circle"]], dtype=object)
    >>> summary_of(units, known, np.ones((5, 2), dtype=np.int64)).total.entries
    2
    """
    is_mapped = units != ""
    return Summary(
        units=group_sums(units[is_mapped].tolist(), addends[:, is_mapped]),
        beside=group_sums(known[~is_mapped].tolist(), addends[:, ~is_mapped]),
        total=Total(*addends.sum(axis=1).tolist()),
    )


def sum_by(
    entries: pd.DataFrame,
    keys: Mapping[str, npt.NDArray[np.object_]],
    *,
    rows: npt.NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """Add up entries by one or several keys.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries with ``projects`` and ``amount_fen`` (Int64); not changed.
    keys : mapping of str to numpy.ndarray
        Name and values of each key, shape (n_entries,), dtype object (str).
    rows : numpy.ndarray, optional
        Which entries to add up, bool, shape (n_entries,); all if not given.

    Returns
    -------
    pandas.DataFrame
        One row a combination, in order of first appearance: the keys (str) and the columns
        of `SUMS` (int64).

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> entries = pd.DataFrame({"projects": [1, 2], "amount_fen": [5, 6]}, dtype="Int64")
    >>> sum_by(entries, {"stage": np.array(["signed", "signed"], dtype=object)})["projects"].item()
    3
    """
    kept = np.ones(len(entries), dtype=bool) if rows is None else rows
    found = group_sums(
        list(zip(*(values[kept] for values in keys.values()), strict=True)),
        addends_of(entries)[:, kept],
    )
    columns: dict[str, object] = {
        name: [combination[position] for combination in found] for position, name in enumerate(keys)
    }
    return pd.DataFrame(columns | sum_columns(found.values()))


def group_sums(keys: Sequence[Any], addends: Sums) -> dict[Any, Sums]:
    """Add up columns of whole numbers by one key.

    Parameters
    ----------
    keys : sequence
        Key of each entry, hashable, length n_entries.
    addends : numpy.ndarray
        What each entry adds to each sum, int64, shape (n_sums, n_entries).

    Returns
    -------
    dict
        Sums of each key, int64, shape (n_sums,), in order of first appearance.

    Examples
    --------
    >>> group_sums(["a", "b", "a"], np.array([[1, 2, 3]]))
    {'a': array([4]), 'b': array([2])}
    """
    if not keys:
        return {}
    codes = {key: code for code, key in enumerate(dict.fromkeys(keys))}
    group = np.fromiter((codes[key] for key in keys), dtype=np.int64, count=len(keys))
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(codes)))
    # Not bincount: its weights are floats, and sums must be exact.
    sums = np.add.reduceat(addends[:, order], starts, axis=1)
    return dict(zip(codes, sums.T, strict=True))


def sum_columns(rows: Iterable[Sums]) -> dict[str, Sums]:
    """Turn rows of sums into columns.

    Parameters
    ----------
    rows : iterable of numpy.ndarray
        Rows as `group_sums` gives them for `addends_of`.

    Returns
    -------
    dict of str to numpy.ndarray
        Name in `SUMS` and its values, int64, shape (n_rows,).

    Examples
    --------
    >>> sum_columns([np.arange(5)])["amount_fen"]
    array([3])
    """
    sums = np.array(list(rows), dtype=np.int64).reshape(-1, len(SUMS))
    return dict(zip(SUMS, sums.T, strict=True))


def _table(name: str, order: list[str], found: Mapping[str, Sums]) -> pd.DataFrame:
    return pd.DataFrame({name: order} | sum_columns(found[key] for key in order))


def addends_of(entries: pd.DataFrame) -> Sums:
    """Return what each entry adds to each sum.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries with ``projects`` and ``amount_fen`` (Int64), or groups of entries that an
        engine has added up, with the columns of `SUMS` (int64); not changed.

    Returns
    -------
    numpy.ndarray
        One row a name in `SUMS`, int64, shape (5, n_entries).

    Examples
    --------
    >>> entries = pd.DataFrame({"projects": [1, None], "amount_fen": [None, 250]}, dtype="Int64")
    >>> addends_of(entries).tolist()
    [[1, 1], [1, 0], [1, 0], [0, 250], [0, 1]]
    """
    if SUMS[0] in entries:
        added: Sums = entries[list(SUMS)].to_numpy(np.int64).T
        return added
    addends = np.ones((len(SUMS), len(entries)), dtype=np.int64)
    for row, name in ((1, "projects"), (3, "amount_fen")):
        numbers = entries[name].array
        addends[row] = numbers.to_numpy(np.int64, na_value=0)
        addends[row + 1] = ~numbers.isna()
    return addends


def in_order(values: Iterable[str], order: Sequence[str]) -> list[str]:
    """Sort values by their place in a vocabulary.

    Parameters
    ----------
    values : iterable of str
        The values.
    order : sequence of str
        The vocabulary; what is not in it comes last.

    Returns
    -------
    list of str
        The same values.

    Examples
    --------
    >>> in_order(["b", "a"], ("a", "b"))
    ['a', 'b']
    """
    rank = {value: position for position, value in enumerate(order)}
    return sorted(values, key=lambda value: rank.get(value, len(rank)))

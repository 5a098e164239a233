"""Sums that always close: what is mapped and what is not add up to the total, exactly.

Everything here is counted in whole numbers: entries, projects, and fen (0.01 CNY). A missing
number of projects or a missing amount adds nothing and is told by ``projects_stated`` and
``amount_stated``, the number of entries that do state one: nothing stated is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.query.engine import unit_column
from ccgeo.query.vocabulary import KNOWN_LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ccgeo.query.vocabulary import Level, Vintage

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


@dataclass(frozen=True, slots=True)
class Summary:
    """A selection added up by the units of one level.

    Attributes
    ----------
    mapped : pandas.DataFrame
        One row a unit with entries: ``adcode`` (str) and the columns of `SUMS` (int64),
        sorted by adcode.
    not_mapped : pandas.DataFrame
        One row a level of knowledge of the rest: ``known_level`` (str), and the columns of
        `SUMS` (int64), finest first.
    total : Total
        Sums over the whole selection.
    """

    mapped: pd.DataFrame
    not_mapped: pd.DataFrame
    total: Total


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
    return Total(*(int(column.sum()) for column in _addends(selected).values()))


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
    is_mapped = units != ""
    mapped = sum_by(selected, {"adcode": units}, rows=is_mapped)
    known = selected["place_level"].to_numpy(dtype=object)
    not_mapped = sum_by(selected, {"known_level": known}, rows=~is_mapped)
    return Summary(
        mapped=mapped.sort_values("adcode", ignore_index=True),
        not_mapped=ranked(not_mapped, "known_level", KNOWN_LEVELS),
        total=total_of(selected),
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
    combinations = list(zip(*(values[kept] for values in keys.values()), strict=True))
    codes = {combination: code for code, combination in enumerate(dict.fromkeys(combinations))}
    group = np.fromiter((codes[combination] for combination in combinations), dtype=np.int64)
    columns: dict[str, object] = {
        name: [combination[position] for combination in codes] for position, name in enumerate(keys)
    }
    for name, addends in _addends(entries).items():
        # Not bincount: its weights are floats, and sums must be exact.
        sums = np.zeros(len(codes), dtype=np.int64)
        np.add.at(sums, group, addends[kept])
        columns[name] = sums
    return pd.DataFrame(columns)


def _addends(entries: pd.DataFrame) -> dict[str, npt.NDArray[np.int64]]:
    projects, amounts = entries["projects"], entries["amount_fen"]
    return {
        "entries": np.ones(len(entries), dtype=np.int64),
        "projects": projects.fillna(0).to_numpy(np.int64),
        "projects_stated": projects.notna().to_numpy(np.int64),
        "amount_fen": amounts.fillna(0).to_numpy(np.int64),
        "amount_stated": amounts.notna().to_numpy(np.int64),
    }


def ranked(sums: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    """Sort sums by the place of their key in a vocabulary.

    Parameters
    ----------
    sums : pandas.DataFrame
        Sums as `sum_by` gives them.
    column : str
        The key.
    order : sequence of str
        The vocabulary; what is not in it comes last.

    Returns
    -------
    pandas.DataFrame
        The same rows, sorted.

    Examples
    --------
    >>> import pandas as pd
    >>> ranked(pd.DataFrame({"stage": ["b", "a"]}), "stage", ["a", "b"])["stage"].tolist()
    ['a', 'b']
    """
    rank = {value: position for position, value in enumerate(order)}
    ranks = [rank.get(value, len(rank)) for value in sums[column]]
    return sums.take(np.argsort(ranks, kind="stable")).reset_index(drop=True)

"""Reading of the shipped tables of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ccgeo.shipped import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

LIST_SEPARATOR = ";"
"""Separates the members of a list within one cell."""


def read_table(name: str) -> pd.DataFrame:
    """Read a shipped table with every cell as text.

    Parameters
    ----------
    name : str
        Path below the data folder.

    Returns
    -------
    pandas.DataFrame
        All columns text; an empty cell is ``""``, and ``"NA"`` stays Namibia.

    Raises
    ------
    DataFileError
        The file is not there.

    Examples
    --------
    >>> read_table("geo/units.csv")["adcode"].iloc[0]
    '500000'
    """
    with reading(name) as path:
        return pd.read_csv(path, dtype=str, keep_default_na=False)


def split_lists(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return a table in which some columns hold tuples in place of joined text.

    Parameters
    ----------
    table : pandas.DataFrame
        Table of text; it is not changed.
    columns : iterable of str
        Columns to split at `LIST_SEPARATOR`.

    Returns
    -------
    pandas.DataFrame
        New table; an empty cell becomes an empty tuple.

    Examples
    --------
    >>> split_lists(pd.DataFrame({"members": ["a;b", ""]}), ["members"])["members"].tolist()
    [('a', 'b'), ()]
    """
    tuples = {
        column: [tuple(filter(None, cell.split(LIST_SEPARATOR))) for cell in table[column]]
        for column in columns
    }
    return table.assign(**tuples)

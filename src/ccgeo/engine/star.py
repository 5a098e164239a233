"""Entries as a star: four small tables of what they have in common, one of numbers.

What a selection asks about – places, kinds, partners, dates – takes few values, however many
entries there are. Each combination is written once, in one of four *sides*; an entry is four
codes and its sums. Asking then means: decide on the rows of the sides, in memory and with the
very masks of `ccgeo.query.engine`, and let an engine add up the entries by their codes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccgeo.query.engine import UNDATED, unit_column
from ccgeo.query.histogram import FLOORS_FEN
from ccgeo.query.measures import SUMS, addends_of
from ccgeo.query.vocabulary import VIEW_CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]

SIDES: Final[dict[str, tuple[str, ...]]] = {
    "site": (
        "place_level",
        *(unit_column(lv, vt) for lv in VIEW_CHOICES["level"] for vt in VIEW_CHOICES["vintage"]),
        "within",
        "zones",
    ),
    "deal": ("kind", "stage", "sector_id", "direction", "confidence"),
    "party": ("partners", "met"),
    "time": ("year", "date_kind"),
}
"""Columns of a placed entry by side; a row of a side has every one of its own."""

LISTS: Final = ("within", "zones", "partners", "met")
"""Columns of the sides that hold tuples of text."""

_WHOLE: Final = {"year": "Int64", "confidence": "int64"}

UNSTATED_BAND: Final = -1
"""Band of an entry that states no amount."""

FACTS: Final = (*SIDES, "band", *SUMS)
"""Columns of the table of numbers: one code a side, the band of the amount, the sums."""


class Codebook:
    """Gives each combination of values a code, and the same one ever after.

    Parameters
    ----------
    columns : iterable of str
        Columns whose values count.
    rows : pandas.DataFrame, optional
        Combinations known already, in the order of their codes.
    """

    def __init__(self, columns: Iterable[str], rows: pd.DataFrame | None = None) -> None:
        self.columns = tuple(columns)
        self._codes: dict[tuple[object, ...], int] = {}
        if rows is not None:
            self.encode(rows)

    def __len__(self) -> int:
        return len(self._codes)

    def encode(self, entries: pd.DataFrame) -> Codes:
        """Return the code of each row.

        Parameters
        ----------
        entries : pandas.DataFrame
            Table with the columns; not changed. Values are hashable; a missing one is 0.

        Returns
        -------
        numpy.ndarray
            int32, one a row.
        """
        columns = [_plain(entries[name]) for name in self.columns]
        if not len(entries):
            return np.empty(0, dtype=np.int32)
        first, group = _combinations(columns)
        kept = (tuple(column[at] for column in columns) for at in first)
        codes = [self._codes.setdefault(key, len(self._codes)) for key in kept]
        return np.array(codes, dtype=np.int32)[group]

    def rows(self) -> pd.DataFrame:
        """Return every combination.

        Returns
        -------
        pandas.DataFrame
            Row ``code`` of each code, the columns as objects.
        """
        table = pd.DataFrame(index=range(len(self._codes)))
        for position, name in enumerate(self.columns):
            cells = np.empty(len(self._codes), dtype=object)
            for row, key in enumerate(self._codes):
                cells[row] = key[position]
            table[name] = pd.Series(cells, dtype=object)
        return table.astype({name: kind for name, kind in _WHOLE.items() if name in table})


@dataclass(frozen=True)
class Star:
    """Entries as codes and sums.

    Attributes
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each of `SIDES`, row n for code n; ``year`` is Int64, 0 for none.
    facts : pandas.DataFrame
        One row an entry (or a cell of several), the columns of `FACTS`, all whole numbers.
    """

    sides: Mapping[str, pd.DataFrame]
    facts: pd.DataFrame


def star_of(placed: pd.DataFrame) -> Star:
    """Write placed entries as a star.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `ccgeo.query.engine.place_entries` gives them; not changed.

    Returns
    -------
    Star
        One row of ``facts`` an entry, in the same order.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> star = star_of(read_placed())
    >>> len(star.facts) == len(read_placed()), len(star.sides["site"]) < len(read_placed())
    (True, True)
    """
    books = {side: Codebook(columns) for side, columns in SIDES.items()}
    facts = facts_of(placed, books)
    return Star({side: book.rows() for side, book in books.items()}, facts)


def facts_of(placed: pd.DataFrame, books: Mapping[str, Codebook]) -> pd.DataFrame:
    """Write placed entries as codes and sums.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries with the columns of all sides, ``projects`` and ``amount_fen`` (Int64).
    books : mapping of str to Codebook
        One a side; combinations not seen before are added.

    Returns
    -------
    pandas.DataFrame
        One row an entry, the columns of `FACTS`: int32 codes, int16 band, int64 sums.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> books = {side: Codebook(columns) for side, columns in SIDES.items()}
    >>> facts_of(read_placed().head(2), books)["site"].tolist()
    [0, 1]
    """
    addends = dict(zip(SUMS, addends_of(placed), strict=True))
    columns: dict[str, object] = {side: book.encode(placed) for side, book in books.items()}
    band = bands_of(addends["amount_fen"], addends["amount_stated"] > 0)
    return pd.DataFrame(columns | {"band": band} | addends)


def bands_of(
    amounts: npt.NDArray[np.int64], stated: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int16]:
    """Return how many of the floors of the amount filter an amount reaches.

    Parameters
    ----------
    amounts : numpy.ndarray
        Amounts in fen, int64.
    stated : numpy.ndarray
        Whether there is one, bool.

    Returns
    -------
    numpy.ndarray
        int16: 0 below all of `ccgeo.query.histogram.FLOORS_FEN`, `UNSTATED_BAND` for none.

    Examples
    --------
    >>> bands_of(np.array([-5, 0, 10**9, 0]), np.array([True, True, True, False])).tolist()
    [0, 1, 2, -1]
    """
    found = np.searchsorted(FLOORS_FEN, amounts, side="right")
    return np.where(stated, found, UNSTATED_BAND).astype(np.int16)


def write_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the rows of a side as plain columns that every engine and file can hold.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a side; not changed.

    Returns
    -------
    pandas.DataFrame
        ``code`` (int32) and the columns; tuples as JSON.

    Examples
    --------
    >>> write_side(pd.DataFrame({"zones": [("a", "b"), ()]}))["zones"].tolist()
    ['["a", "b"]', '[]']
    """
    lists = {name: rows[name].map(list).map(json.dumps) for name in LISTS if name in rows}
    plain = rows.assign(**lists)
    plain.insert(0, "code", np.arange(len(rows), dtype=np.int32))
    return plain


def read_side(written: pd.DataFrame) -> pd.DataFrame:
    """Read the rows of a side that `write_side` wrote.

    Parameters
    ----------
    written : pandas.DataFrame
        ``code`` and the columns, in any order of rows.

    Returns
    -------
    pandas.DataFrame
        Row n for code n.

    Examples
    --------
    >>> read_side(write_side(pd.DataFrame({"zones": [("a", "b"), ()]})))["zones"].tolist()
    [('a', 'b'), ()]
    """
    ordered = written.sort_values("code", ignore_index=True).drop(columns="code")
    columns: dict[str, pd.Series] = {}
    for name, column in ordered.items():
        if name in LISTS:
            cells = np.empty(len(ordered), dtype=object)
            cells[:] = [tuple(json.loads(text)) for text in column]
            columns[str(name)] = pd.Series(cells, dtype=object)
        else:
            kind = _WHOLE.get(str(name), object)
            columns[str(name)] = column.astype(kind)
    return pd.DataFrame(columns)


def _plain(column: pd.Series) -> npt.NDArray[np.object_]:
    """Return the values of a column as plain objects that compare by what they say."""
    values: npt.NDArray[np.object_] = column.to_numpy(dtype=object)
    if column.dtype == "Int64":
        values = column.array.to_numpy(np.int64, na_value=UNDATED).astype(object)
    return values


def _combinations(
    columns: list[npt.NDArray[np.object_]],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the first row of each combination of values, and the combination of each row."""
    group = np.zeros(len(columns[0]), dtype=np.int64)
    first = np.zeros(1, dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column, use_na_sentinel=False)
        _, first, group = np.unique(
            group * len(values) + codes, return_index=True, return_inverse=True
        )
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[group]

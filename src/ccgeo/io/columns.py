"""Columns cut into their different texts, so that each text is read once.

A column of 100,000 cells holds far fewer different texts, and a date or the name of a place means
the same wherever it stands. Rows are only looked at one by one where something is wrong.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.io.values import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Objects = NDArray[np.object_]


class Column(NamedTuple):
    """A column, cut into the different things that stand in it.

    Attributes
    ----------
    codes : numpy.ndarray of int64, shape (n,)
        Which of the things each row has.
    texts : list of str
        The different things; texts as they stand in the file, or what `map` made of them.
    """

    codes: NDArray[np.int64]
    texts: list[Any]

    def map(self, read: Callable[[Any], Any]) -> Column:
        """Read every different thing once.

        Parameters
        ----------
        read : callable
            Gives what a thing means.

        Returns
        -------
        Column
            The same rows, with what `read` gave.
        """
        return Column(self.codes, list(map(read, self.texts)))

    def merged(self) -> Column:
        """Take equal things as one, which reading different texts may have made of them.

        Returns
        -------
        Column
            The same rows; the things, which must be hashable, are all different.
        """
        known: dict[Any, int] = {}
        own = [known.setdefault(thing, len(known)) for thing in self.texts]
        return Column(np.array(own, dtype=np.int64)[self.codes], list(known))

    def spread(self) -> Objects:
        """Return what each row has.

        Returns
        -------
        numpy.ndarray of object, shape (n,)
            One for each row.
        """
        return objects(self.texts)[self.codes]

    def rows_of(self, is_wanted: Callable[[Any], Any]) -> NDArray[np.int64]:
        """Return the rows whose thing is wanted.

        Parameters
        ----------
        is_wanted : callable
            Says of a thing whether it is.

        Returns
        -------
        numpy.ndarray of int64
            Positions, rising.
        """
        wanted = np.fromiter(map(bool, map(is_wanted, self.texts)), dtype=bool)
        return np.flatnonzero(wanted[self.codes]) if wanted.any() else np.empty(0, dtype=np.int64)


def cut_column(cells: Sequence[Any]) -> Column:
    """Cut a column into its different texts.

    Parameters
    ----------
    cells : sequence of object
        Text, numbers, bools and None.

    Returns
    -------
    Column
        Its texts in the order in which they first stand there.

    Examples
    --------
    >>> cut = cut_column(["a", None, 7.0, "a"])
    >>> cut.codes.tolist(), cut.texts
    ([0, 1, 2, 0], ['a', '', '7'])
    """
    texts = [cell if cell.__class__ is str else plain_text(cell) for cell in cells]
    codes, different = pd.factorize(objects(texts))
    return Column(codes.astype(np.int64), list(different))


def join_columns(read: Callable[..., Any], *columns: Column) -> Column:
    """Read the different combinations of what stands in several columns, each once.

    Parameters
    ----------
    read : callable
        Takes one thing of each column.
    *columns : Column
        Columns of the same rows.

    Returns
    -------
    Column
        What `read` gave for the combination of each row.

    Examples
    --------
    >>> one, other = cut_column(["a", "a", "b"]), cut_column(["x", "x", "x"])
    >>> join_columns(lambda first, second: first + second, one, other).spread().tolist()
    ['ax', 'ax', 'bx']
    """
    joined = columns[0].codes
    for column in columns[1:]:
        # Numbered anew after each, so that no product of many columns overflows.
        joined = pd.factorize(joined * len(column.texts) + column.codes)[0].astype(np.int64)
    codes, different = pd.factorize(joined)
    first = np.empty(len(different), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    things = ([each.texts[code] for code in each.codes[first].tolist()] for each in columns)
    return Column(codes.astype(np.int64), list(starmap(read, zip(*things, strict=True))))


def objects(values: Iterable[Any]) -> Objects:
    """Return values as an array of objects, lists and tuples among them as they are.

    Parameters
    ----------
    values : iterable of object
        Anything.

    Returns
    -------
    numpy.ndarray of object, shape (n,)
        The values.

    Examples
    --------
    >>> objects([("a", "b"), ("c", "d")]).shape
    (2,)
    """
    return np.fromiter(values, dtype=object)

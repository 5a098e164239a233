"""Columns cut into their different texts, so that each text is read once.

A column of 100,000 cells holds far fewer different texts, and a date or the name of a place means
the same wherever it stands. Rows are only looked at one by one where something is wrong.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ccgeo.io.values import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from ccgeo.io.faults import Fault
    from ccgeo.io.sheets import Table

    Codes = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Objects = NDArray[np.object_]

# Below this many, combinations are numbered by a table of all of them, not by their hashes.
_FEW: Final = 1 << 20


class Column(NamedTuple):
    """A column, cut into the different things that stand in it.

    Attributes
    ----------
    codes : numpy.ndarray of int64, shape (n,)
        Which of the things each row has.
    texts : list of str
        The different things; texts as they stand in the file, or what `map` made of them.
    """

    codes: Codes
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

    def map_odd(self, plain: str, read: Callable[[Any], Any], *value: Any) -> Column:  # noqa: ANN401
        """Read the different texts that are not plain, each once.

        Parameters
        ----------
        plain : str
            Pattern that a plain text fits anywhere, in the syntax of RE2.
        read : callable
            Gives what a text means.
        *value : object
            What every plain text means; itself if none is given.

        Returns
        -------
        Column
            The same rows; what `map` gives, if `read` gives the same for each plain text.
        """
        try:
            fits = pc.match_substring_regex(pa.array(self.texts, pa.string()), plain)
        except UnicodeEncodeError:
            # Half a character cannot be in Arrow.
            return self.map(read)
        things = list(value) * len(self.texts) if value else list(self.texts)
        for at in np.flatnonzero(~fits.to_numpy(zero_copy_only=False)).tolist():
            things[at] = read(self.texts[at])
        return Column(self.codes, things)

    def merged(self) -> Column:
        """Take equal things as one, which reading different texts may have made of them.

        Returns
        -------
        Column
            The same rows; the things, which must be hashable, are all different.
        """
        if len(set(self.texts)) == len(self.texts):
            return self
        known: dict[Any, int] = {}
        own = [known.setdefault(thing, len(known)) for thing in self.texts]
        return Column(np.array(own, dtype=np.int64)[self.codes], list(known))

    def take(self, rows: Mask | Codes) -> Column:
        """Return some of the rows.

        Parameters
        ----------
        rows : numpy.ndarray
            Which of them, as a mask or as positions.

        Returns
        -------
        Column
            These rows; things that none of them has stay in the list.
        """
        return Column(self.codes[rows], self.texts)

    def replaced(self, rows: Mask | Codes, other: Column) -> Column:
        """Return the column with other things in some of the rows.

        Parameters
        ----------
        rows : numpy.ndarray
            Which of them, as a mask or as positions.
        other : Column
            What they have instead.

        Returns
        -------
        Column
            As many rows.
        """
        codes = self.codes.copy()
        codes[rows] = other.codes + len(self.texts)
        return Column(codes, [*self.texts, *other.texts])

    def spread(self) -> Objects:
        """Return what each row has.

        Returns
        -------
        numpy.ndarray of object, shape (n,)
            One for each row.
        """
        return objects(self.texts)[self.codes]

    def marks(self, is_wanted: Callable[[Any], Any]) -> Mask:
        """Return which rows have a thing that is wanted.

        Parameters
        ----------
        is_wanted : callable
            Says of a thing whether it is.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            One for each row.
        """
        wanted = np.fromiter(map(bool, map(is_wanted, self.texts)), dtype=bool)
        return wanted[self.codes] if wanted.any() else np.zeros(len(self.codes), dtype=bool)

    def are_empty(self) -> Mask:
        """Return which rows have the empty text.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            One for each row.

        Examples
        --------
        >>> cut_column(["a", None, ""]).are_empty().tolist()
        [False, True, True]
        """
        if "" not in self.texts:
            return np.zeros(len(self.codes), dtype=bool)
        return self.marks("".__eq__)

    def rows_of(self, is_wanted: Callable[[Any], Any]) -> Codes:
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
        return np.flatnonzero(self.marks(is_wanted))


class Cut(NamedTuple):
    """A table, cut into its columns.

    Attributes
    ----------
    file : str
        Name of the file.
    columns : tuple of str
        Headings.
    cells : list of Column
        What stands below each heading, as text.
    numbers : numpy.ndarray of int64
        Row of each, as a spreadsheet counts it.
    faults : tuple of Fault
        What was found while reading.
    is_1904 : bool
        Whether days of this workbook count from 1904.
    """

    file: str
    columns: tuple[str, ...]
    cells: list[Column]
    numbers: Codes
    faults: tuple[Fault, ...] = ()
    is_1904: bool = False


def cut_table(table: Table) -> Cut:
    """Cut a table that was read row by row.

    Parameters
    ----------
    table : Table
        Rows as they stand in the file.

    Returns
    -------
    Cut
        The same cells as text; what a row has beyond the headings is left out.

    Examples
    --------
    >>> from ccgeo.io.sheets import Table
    >>> cut_table(Table("a.csv", ["n"], [[7.0], ["x"]], [2, 3])).cells[0].texts
    ['7', 'x']
    """
    cells = [cut_column([row[at] for row in table.rows]) for at in range(len(table.columns))]
    numbers = np.array(table.numbers, dtype=np.int64)
    faults = tuple(table.faults)
    return Cut(table.file, tuple(table.columns), cells, numbers, faults, table.is_1904)


def cut_arrow(array: pa.Array) -> Column:
    """Cut a column of Arrow.

    Parameters
    ----------
    array : pyarrow.Array
        Text without nulls.

    Returns
    -------
    Column
        Its texts in the order in which they first stand there.

    Examples
    --------
    >>> import pyarrow as pa
    >>> cut_arrow(pa.array(["a", "b", "a"])).texts
    ['a', 'b']
    """
    found = array.dictionary_encode()
    return Column(found.indices.to_numpy().astype(np.int64), found.dictionary.to_pylist())


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
    codes, parts = combine(*columns)
    things = (
        map(each.texts.__getitem__, part.tolist())
        for each, part in zip(columns, parts, strict=True)
    )
    return Column(codes, list(starmap(read, zip(*things, strict=True))))


def combine(*columns: Column) -> tuple[Codes, list[Codes]]:
    """Return the different combinations of what stands in several columns.

    Parameters
    ----------
    *columns : Column
        Columns of the same rows.

    Returns
    -------
    codes : numpy.ndarray of int64, shape (n,)
        Which combination each row has.
    parts : list of numpy.ndarray of int64
        For each column, which of its things each combination has.

    Examples
    --------
    >>> one, other = cut_column(["a", "a", "b"]), cut_column(["x", "y", "x"])
    >>> combine(one, other)[0].tolist()
    [0, 1, 2]
    """
    codes, parts = columns[0].codes, [np.arange(len(columns[0].texts))]
    for column in columns[1:]:
        kinds = len(column.texts)
        if kinds == 1:
            parts.append(np.zeros(len(parts[0]), dtype=np.int64))
            continue
        # Numbered anew after each, so that no product of many columns overflows.
        codes, different = _numbered(codes * kinds + column.codes, len(parts[0]) * kinds)
        before, own = np.divmod(different, max(kinds, 1))
        parts = [*(part[before] for part in parts), own]
    return codes, parts


def _numbered(values: Codes, kinds: int) -> tuple[Codes, Codes]:
    """Return the number of each value among the different ones, and the different ones."""
    if kinds > _FEW:
        codes, different = pd.factorize(values)
        return codes.astype(np.int64), different
    is_there = np.zeros(kinds, dtype=bool)
    is_there[values] = True
    different = np.flatnonzero(is_there)
    number = np.empty(kinds, dtype=np.int64)
    number[different] = np.arange(len(different))
    return number[values], different


def whole_numbers(column: Column) -> tuple[Codes, Mask]:
    """Return the whole numbers of a column, and where there is none.

    Parameters
    ----------
    column : Column
        Integers and None.

    Returns
    -------
    numbers : numpy.ndarray of int64, shape (n,)
        0 where there is none.
    is_missing : numpy.ndarray of bool, shape (n,)
        Whether there is none.

    Examples
    --------
    >>> whole_numbers(Column(np.array([0, 1, 0]), [7, None]))[0].tolist()
    [7, 0, 7]
    """
    numbers = np.array([value or 0 for value in column.texts], dtype=np.int64)
    missing = np.array([value is None for value in column.texts], dtype=bool)
    return numbers[column.codes], missing[column.codes]


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

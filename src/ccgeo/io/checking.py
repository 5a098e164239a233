"""Every check of a table, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ccgeo.io.crosscheck import check_points, check_rows_together
from ccgeo.io.faults import FAULTS, REFUSED, REJECTED, Fault, fault
from ccgeo.io.fields import FieldReader
from ccgeo.io.textcheck import find_bad_text, find_no_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ccgeo.io.columns import Codes, Column, Cut, Mask
    from ccgeo.io.textcheck import Problem

_NEEDED: Final = frozenset({"title", "amount", "projects"})
# Text, fields, and rows against each other: what each takes of the whole.
_SHARES: Final = (0.15, 0.85)


class Read(NamedTuple):
    """What a table says, column by column.

    Attributes
    ----------
    said : dict of str to Column
        What the good rows say, by field, see `ccgeo.io.fields.FieldReader`.
    numbers : numpy.ndarray of int64
        Row of each good row, as a spreadsheet counts it.
    faults : tuple of Fault
        Everything that was found, by row.
    is_refused : bool
        Whether nothing of the table is taken.
    """

    said: dict[str, Column]
    numbers: Codes
    faults: tuple[Fault, ...]
    is_refused: bool = False


def check_columns(
    cut: Cut, mapping: Mapping[str, str], on_progress: Callable[[float], None] | None = None
) -> Read:
    """Check a table that has been cut into columns.

    Parameters
    ----------
    cut : Cut
        The table.
    mapping : mapping of str to str
        Heading by field.
    on_progress : callable, optional
        Told the share that is done, between 0 and 1.

    Returns
    -------
    Read
        What the good rows say, and what is wrong with any.

    Examples
    --------
    >>> from ccgeo.io.columns import Cut, cut_column
    >>> cut = Cut("a.csv", ("title",), [cut_column(["A"])], np.array([2]))
    >>> read = check_columns(cut, {"title": "title"})
    >>> read.said["title"].spread().tolist()
    ['A']
    """
    tell = on_progress or (lambda _: None)
    faults = [*cut.faults, *_heading_faults(cut, mapping)]
    if any(each.verdict == REFUSED for each in faults):
        return Read({}, np.empty(0, dtype=np.int64), tuple(faults), is_refused=True)
    sieve = _Sieve(cut, {each.row for each in faults if each.verdict == REJECTED})
    tell(0.0)
    sieve.take_out(_text_problems(cut.columns, mapping, sieve.cells))
    tell(_SHARES[0])
    reader = FieldReader(cut.columns, mapping, sieve.cells, is_1904=cut.is_1904)
    for share in reader.read():
        tell(_SHARES[0] + share * (_SHARES[1] - _SHARES[0]))
    values = sieve.take_out(reader.problems, reader.said)
    values = sieve.take_out(check_rows_together(mapping, sieve.cells, values), values)
    values = sieve.take_out(check_points(mapping, values), values)
    tell(1.0)
    found = sorted([*faults, *sieve.faults], key=lambda each: each.row)
    return Read(values, sieve.numbers, tuple(found))


class _Sieve:
    """The rows that are still good, and the faults of all that were looked at."""

    def __init__(self, cut: Cut, bad: set[int]) -> None:
        kept = ~np.isin(cut.numbers, list(bad)) & ~_are_empty(cut)
        self.file = cut.file
        self.numbers = cut.numbers[kept]
        self.cells = [column.take(kept) for column in cut.cells]
        self.faults: list[Fault] = []

    def take_out(
        self, problems: Iterable[Problem], values: Mapping[str, Column] | None = None
    ) -> dict[str, Column]:
        """Note problems, leave out the rows that they reject, and return what is left."""
        kept = np.ones(len(self.numbers), dtype=bool)
        for at, column, value, kind in problems:
            found = fault(self.file, int(self.numbers[at]), column, value, kind)
            self.faults.append(found)
            if found.verdict == REJECTED:
                kept[at] = False
        if kept.all():
            return dict(values or {})
        self.numbers = self.numbers[kept]
        self.cells = [column.take(kept) for column in self.cells]
        return {name: column.take(kept) for name, column in (values or {}).items()}


def _are_empty(cut: Cut) -> Mask:
    empty = np.ones(len(cut.numbers), dtype=bool)
    for column in cut.cells:
        if empty.any():
            empty &= column.are_empty()
    return empty


def _text_problems(
    columns: Sequence[str], mapping: Mapping[str, str], cells: Sequence[Column]
) -> list[Problem]:
    """Find bad text, and in the rows without any those that are no records."""
    found: list[Problem] = []
    for name, column in zip(columns, cells, strict=True):
        found += find_bad_text(name, column)
    # One fault a cell is enough: a row that cannot be read is not looked at again.
    unreadable = {each.at for each in found if FAULTS[each.kind][0] == REJECTED}
    title_at = list(columns).index(mapping["title"]) if "title" in mapping else None
    no_records = find_no_records(columns, cells, title_at)
    return [*found, *(each for each in no_records if each.at not in unreadable)]


def _heading_faults(cut: Cut, mapping: Mapping[str, str]) -> list[Fault]:
    if not len(cut.numbers):
        return [fault(cut.file, 0, "", "", "table.no_rows")]
    if not _NEEDED & set(mapping):
        shown = ", ".join(filter(None, cut.columns))
        return [fault(cut.file, 1, "", shown, "header.unknown")]
    return [
        fault(cut.file, 1, "", f"column {number}", "header.empty")
        for number, (name, column) in enumerate(zip(cut.columns, cut.cells, strict=True), start=1)
        if not name and any(column.texts)
    ]

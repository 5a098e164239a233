"""What a person decided about names of places, kept as a small table beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccgeo.errors import CcgeoError
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.mapping import MOST_SAVED_BYTES
from ccgeo.io.placing import find_place
from ccgeo.io.sheets import read_csv
from ccgeo.io.tables import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccgeo.io.faults import Fault


def decisions_bytes(decisions: Mapping[str, str]) -> bytes:
    """Write what was decided about places, to be kept with the file.

    Parameters
    ----------
    decisions : mapping of str to str
        Adcode or zone id by mention.

    Returns
    -------
    bytes
        CSV with the columns ``mention`` and ``place``.

    Examples
    --------
    >>> decisions_bytes({"市中区": "511002"}).decode("utf-8-sig").splitlines()[1]
    '市中区,511002'
    """
    rows = [{"mention": text, "place": place} for text, place in decisions.items()]
    return csv_bytes(rows or [{"mention": "", "place": ""}])


def read_decisions(content: bytes) -> dict[str, str]:
    """Read decisions that `decisions_bytes` wrote, as a person may have gone on writing them.

    Parameters
    ----------
    content : bytes
        CSV with the columns ``mention`` and ``place``.

    Returns
    -------
    dict of str to str
        Adcode or zone id by mention.

    Raises
    ------
    CcgeoError
        It is no such table, is longer than `MOST_SAVED_BYTES`, or names a place that cannot be
        drawn.

    Examples
    --------
    >>> read_decisions(decisions_bytes({"市中区": "511002"}))
    {'市中区': '511002'}
    """
    if len(content) > MOST_SAVED_BYTES:
        message = "these decisions are longer than 1 MB: choose the file that the page gave you"
        raise CcgeoError(message)
    try:
        table = read_csv(content, "decisions.csv")
    except RefusedFileError as error:
        message = f"these decisions cannot be read: {error}"
        raise CcgeoError(message) from error
    if table.columns != ["mention", "place"] or table.faults:
        message = "these are no decisions: the columns must be mention and place"
        raise CcgeoError(message)
    decisions = {}
    for number, (mention, place) in zip(table.numbers, table.rows, strict=True):
        if mention and place:
            if not find_place(place).ids:
                message = f"decisions, row {number}, place: {place!r} is no adcode or zone id"
                raise CcgeoError(message)
            decisions[mention] = place
    return decisions


def undecided(faults: Iterable[Fault], decisions: Mapping[str, str]) -> tuple[Fault, ...]:
    """Leave out what was flagged about places that a person has decided since.

    Parameters
    ----------
    faults : iterable of Fault
        Faults of a file.
    decisions : mapping of str to str
        Adcode or zone id by mention.

    Returns
    -------
    tuple of Fault
        The others, in their order.

    Examples
    --------
    >>> from ccgeo.io.faults import fault
    >>> undecided([fault("a.csv", 2, "place", "市中区", "place.ambiguous")], {"市中区": "511002"})
    ()
    """
    about_places = {"place.ambiguous", "place.unknown"}
    return tuple(
        each for each in faults if each.kind not in about_places or each.value not in decisions
    )

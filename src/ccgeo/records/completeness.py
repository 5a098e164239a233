"""How much of a record is known: a score, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Any

POINTS: Final = {
    "figure": 20,
    "date": 15,
    "place": 20,
    "sector": 10,
    "stage": 10,
    "organisation": 10,
    "source": 10,
    "link": 5,
}
"""What a record can be known by, and how many of 100 points each is worth."""

# Tenths of the points: a day is more than a year, a district more than a province.
_DATES: Final = {"day": 10, "month": 7, "year": 4}
_PLACES: Final = {
    "district": 10,
    "zone": 10,
    "prefecture": 7,
    "several": 5,
    "province": 5,
    "circle": 3,
    "bloc": 2,
    "country": 2,
}
_SOURCES: Final = {
    "official": 10,
    "press": 10,
    "newswire": 10,
    "company": 10,
    "aggregator": 6,
    "copy": 5,
    "mirror": 5,
    "unclassed": 5,
}
_ALL: Final = 10


class Part(NamedTuple):
    """One thing that may be known of a record.

    Attributes
    ----------
    name : str
        Key of `POINTS`.
    points : int
        Points given.
    most : int
        Points it is worth when fully known.
    """

    name: str
    points: int
    most: int


class Completeness(NamedTuple):
    """How much of a record is known.

    Attributes
    ----------
    score : int
        0 to 100, the sum of the points.
    parts : tuple of Part
        What the score is made of, in the order of `POINTS`.
    """

    score: int
    parts: tuple[Part, ...]


def completeness(record: Row, source: Mapping[str, Any]) -> Completeness:
    """Score how much of a record is known; it says nothing on whether it is right.

    A figure is an amount of any kind, a number of projects or a quantity. Part of the points
    are given for a date without its day, for a place above the district, for several sectors
    together, and for a source that repeats another one or has no class yet.

    Parameters
    ----------
    record : named tuple
        A row of typed records, see `ccgeo.records.tables.typed_records`.
    source : mapping of str to object
        Its row of the sources: ``class`` (str) and ``linkable`` (bool).

    Returns
    -------
    Completeness
        Score and its parts.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records, read_sources
    >>> record = next(r for r in read_records().itertuples() if r.id == "CQ-0060")
    >>> source = next(s for s in read_sources().to_dict("records") if s["source_id"] == "S0021")
    >>> completeness(record, source).score
    95
    """
    tenths = {
        "figure": _ALL * bool(record.amount_value or record.project_count or record.quantity_value),
        "date": _DATES.get(record.date_precision, 0),
        "place": _PLACES.get(record.place_level, 0),
        "sector": {"unstated": 0, "several": 7}.get(record.sector_id, _ALL),
        "stage": _ALL * bool(record.stage),
        "organisation": _ALL * bool(record.organisation),
        "source": _SOURCES.get(source["class"], 0),
        "link": _ALL * bool(source["linkable"]),
    }
    parts = tuple(Part(name, tenths[name] * most // _ALL, most) for name, most in POINTS.items())
    return Completeness(sum(part.points for part in parts), parts)

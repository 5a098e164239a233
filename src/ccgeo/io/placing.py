"""Where a row of a user lies, by its adcode or the name of its place; nothing is guessed."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from ccgeo.places.adcode import is_adcode, level_of
from ccgeo.places.footprint import KNOWN_LEVELS
from ccgeo.places.gazetteer import read_units
from ccgeo.places.geocoder import geocode


class Found(NamedTuple):
    """Where a mention lies.

    Attributes
    ----------
    level : str
        Level of knowledge; ``"unknown"`` where it is not decided.
    ids : tuple of str
        Adcodes or zone id.
    candidates : tuple of str
        Ids among which somebody has to choose.
    """

    level: str
    ids: tuple[str, ...]
    candidates: tuple[str, ...] = ()


NOWHERE: Final = Found("unknown", ())
"""A row that names no place."""


@lru_cache(maxsize=65_536)
def find_place(text: str, as_of: str = "") -> Found:
    """Find the place that a text names.

    Parameters
    ----------
    text : str
        Name in English or Chinese, an adcode, a zone, or several of them.
    as_of : str
        Date of the text; it decides what a name meant.

    Returns
    -------
    Found
        What `ccgeo.places.geocoder.geocode` is sure of; else no place, with candidates if the
        name fits more than one.

    Examples
    --------
    >>> find_place("渝中区").ids, find_place("500103").level
    (('500103',), 'district')
    >>> find_place("市中区").candidates
    ('511002', '511102')
    """
    if text in _adcodes():
        return Found(level_of(text), (text,))
    geocoded = geocode(text, as_of=as_of)
    place = geocoded.place
    if place is not None and place.level in KNOWN_LEVELS:
        return Found(place.level, place.ids)
    near = (place_id for each in geocoded.candidates for place_id in each.place.ids)
    # Of the units elsewhere in China none can be shown, so none can be chosen.
    candidates = (place_id for place_id in near if place_id in _adcodes() or not place_id.isdigit())
    return Found("unknown", (), tuple(dict.fromkeys(candidates)))


def place_of_adcode(adcode: str) -> tuple[Found, str]:
    """Return the place of an adcode, or what is wrong with it.

    Parameters
    ----------
    adcode : str
        A cell.

    Returns
    -------
    found : Found
        The place.
    fault : str
        Kind of fault; empty if there is none.

    Examples
    --------
    >>> place_of_adcode("500103")[0].level, place_of_adcode("110101")[1]
    ('district', 'adcode.outside')
    """
    if not is_adcode(adcode):
        return NOWHERE, "adcode.malformed"
    if adcode in _adcodes():
        return Found(level_of(adcode), (adcode,)), ""
    return NOWHERE, "adcode.unknown" if adcode[:2] in {"50", "51"} else "adcode.outside"


@cache
def _adcodes() -> frozenset[str]:
    return frozenset(read_units()["adcode"])

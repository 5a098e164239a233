"""Where a row of a user lies, by its adcode or the name of its place; nothing is guessed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.places.adcode import is_adcode, level_of
from ccgeo.places.dated import meaning_on
from ccgeo.places.footprint import KNOWN_LEVELS
from ccgeo.places.gazetteer import read_units
from ccgeo.places.geocoder import geocode
from ccgeo.places.vintages import VINTAGES, vintage_on
from ccgeo.places.zones import read_zones

if TYPE_CHECKING:
    from ccgeo.places.geocoder import Geocoded


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

    @property
    def fault(self) -> str:
        """Return what keeps a mention from being placed.

        Returns
        -------
        str
            Kind of fault; empty where it is placed.
        """
        if self.ids:
            return ""
        return "place.ambiguous" if self.candidates else "place.unknown"


class Named(NamedTuple):
    """What a text names, and by which name.

    Attributes
    ----------
    text : str
        The text.
    found : Found
        Where it lies.
    name : str
        The name as it is indexed; empty where a date changes nothing.
    """

    text: str
    found: Found
    name: str = ""

    def on(self, as_of: str) -> Found:
        """Return where it lay on a date of the same vintage.

        Parameters
        ----------
        as_of : str
            Date; empty where it is not known.

        Returns
        -------
        Found
            The same place but for the few names that meant another one then.
        """
        if not as_of or not self.name or meaning_on(self.name, as_of) is None:
            return self.found
        return find_place(self.text, as_of)


_NEVER_MAPPED: Final = frozenset({"circle", "country", "bloc"})
NOWHERE: Final = Found("unknown", ())
"""A row that names no place."""


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
    return find_name(text, as_of).found


def find_name(text: str, as_of: str = "") -> Named:
    """Find the place that a text names, and the name.

    Parameters
    ----------
    text : str
        As of `find_place`.
    as_of : str
        Date of the text.

    Returns
    -------
    Named
        The place, with the name by which it was found.

    Examples
    --------
    >>> find_name("达川").on("1996").ids, find_name("达川").on("2016").ids
    (('511702',), ('511703',))
    """
    if not text:
        return Named(text, NOWHERE)
    if text in _adcodes():
        return Named(text, Found(level_of(text), (text,)))
    geocoded = geocode(text, as_of=as_of)
    return Named(text, _found(geocoded), geocoded.alias)


def _found(geocoded: Geocoded) -> Found:
    place = geocoded.place
    if place is not None and place.level in KNOWN_LEVELS and _is_known(place.level, place.ids):
        return Found(place.level, place.ids)
    near = [place_id for each in geocoded.candidates for place_id in each.place.ids]
    # A list that reaches beyond the region is not the part of it that lies inside.
    near += geocoded.places if geocoded.level == "several" else ()
    # Of the units elsewhere in China none can be shown, so none can be chosen.
    candidates = (place_id for place_id in near if _is_known("", (place_id,)))
    return Found("unknown", (), tuple(dict.fromkeys(candidates)))


def equal_date(date_text: str) -> str:
    """Return a date on which every name and code meant what it meant on another.

    Parameters
    ----------
    date_text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where it is not known.

    Returns
    -------
    str
        One of few dates: names changed with the year, the list of units on one day.

    Examples
    --------
    >>> equal_date("2016-05-20"), equal_date("2025-11"), equal_date("2025-12-01")
    ('2016', '2025', '2025-12-31')
    """
    year = date_text[:4]
    return f"{year}-12-31" if vintage_on(date_text) == VINTAGES[1] else year


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


def _is_known(level: str, ids: tuple[str, ...]) -> bool:
    """Return whether every id can be looked up; levels that no map shows need none."""
    return level in _NEVER_MAPPED or all(one in _adcodes() or one in _zones() for one in ids)


@cache
def _zones() -> frozenset[str]:
    return frozenset(read_zones()["zone_id"])


@cache
def _adcodes() -> frozenset[str]:
    return frozenset(read_units()["adcode"])

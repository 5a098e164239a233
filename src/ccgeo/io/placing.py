"""Where a row of a user lies, by its adcode or the name of its place; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.places.adcode import is_adcode, level_of
from ccgeo.places.gazetteer import read_units
from ccgeo.places.zones import read_zones

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT_NAMES: Final = ("name_en", "name_zh", "name_zh_hant", "short_en", "short_zh", "pinyin")
_ALIASES: Final = ("aliases_en", "aliases_zh")
_CIRCLE: Final = ("CCEC", "成渝地区双城经济圈", "Chengdu-Chongqing Economic Circle", "成渝")
_LIST: Final = re.compile(r"[;；、/]|\band\b|\s*和\s*")
_NOISE: Final = re.compile(r"[\s.,'’()（）·-]+")


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
def find_place(text: str) -> Found:
    """Find the place that a text names.

    Parameters
    ----------
    text : str
        Name in English or Chinese, an adcode, a zone, or several of them.

    Returns
    -------
    Found
        One place; several, if every part of a list is one; else `NOWHERE`, with candidates if
        the name fits more than one.

    Examples
    --------
    >>> find_place("渝中区").ids, find_place("Yuzhong").level
    (('500103',), 'district')
    >>> find_place("市中区").candidates
    ('511002', '511102')
    """
    found = _found(text)
    if found.ids or found.candidates or not _LIST.search(text):
        return found
    parts = [_found(part) for part in _LIST.split(text) if part and part.strip()]
    ids = tuple(dict.fromkeys(place for part in parts for place in part.ids))
    if len(ids) > 1 and all(part.ids and part.level != "zone" for part in parts):
        return Found("several", ids)
    return NOWHERE


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


def _found(text: str) -> Found:
    plain = _plain(text)
    if plain in _adcodes():
        return Found(level_of(plain), (plain,))
    ids = _index().get(plain, ())
    if len(ids) == 1:
        level = level_of(ids[0]) if ids[0] in _adcodes() else "zone"
        return Found("circle", ("CCEC",)) if ids[0] == "CCEC" else Found(level, ids)
    return Found("unknown", (), ids)


@cache
def _adcodes() -> frozenset[str]:
    return frozenset(read_units()["adcode"])


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Return ids by plain name; units go before zones, that a district is never a zone."""
    index: dict[str, tuple[str, ...]] = {_plain(name): ("CCEC",) for name in _CIRCLE}
    for names in (_unit_names(), _zone_names()):
        found: dict[str, dict[str, None]] = {}
        for name, place in names:
            found.setdefault(_plain(name), {})[place] = None
        index = {name: tuple(ids) for name, ids in found.items() if name} | index
    return index


def _unit_names() -> Iterator[tuple[str, str]]:
    for unit in read_units().to_dict("records"):
        for column in _UNIT_NAMES:
            yield unit[column], unit["adcode"]
        for column in _ALIASES:
            yield from ((name, unit["adcode"]) for name in unit[column])


def _zone_names() -> Iterator[tuple[str, str]]:
    for zone in read_zones().to_dict("records"):
        for column in ("zone_id", "name_en", "name_zh", "name_zh_hant"):
            yield zone[column], zone["zone_id"]


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())

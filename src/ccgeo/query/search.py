"""Districts, zones, partners and events by any of their names, in either language."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccgeo.places.gazetteer import read_units
from ccgeo.places.geocoder import geocode
from ccgeo.places.partners import read_partners
from ccgeo.places.zones import read_zones
from ccgeo.query.engine import read_placed
from ccgeo.query.events import list_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

KINDS: Final = ("province", "prefecture", "district", "zone", "partner", "event")
"""What can be found; of names that fit alike the first of these comes first."""

_SHORT: Final = 2
_PREFIXES: Final = {
    **dict.fromkeys(("province", "prefecture", "district"), "district"),
    "zone": "zone",
    **dict.fromkeys(("country", "bloc"), "partner"),
}


class Findable(NamedTuple):
    """Something that can be looked for.

    Attributes
    ----------
    thing : str
        Kind and id joined by a colon: those of `ccgeo.query.profile.is_thing`, or ``"event"``.
    kind : str
        One of `KINDS`.
    name_en, name_zh : str
        Names; one may be empty.
    others : tuple of str
        Other spellings that lead to it.
    former : tuple of str
        Names it had.
    """

    thing: str
    kind: str
    name_en: str
    name_zh: str
    others: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


class Hit(NamedTuple):
    """Something that was found.

    Attributes
    ----------
    found : Findable
        What was found.
    former : str
        The former name it was found by; empty when it was found by a name of today.
    """

    found: Findable
    former: str


@cache
def findables() -> tuple[Findable, ...]:
    """Return everything that can be looked for.

    Returns
    -------
    tuple of Findable
        Units of every level and boundary list, zones, partners that records name, events.

    Examples
    --------
    >>> next(each for each in findables() if each.thing == "district:510114").former
    ('新都县 Xindu County',)
    """
    met = {partner for partners in read_placed()["partners"] for partner in partners}
    return (*findables_among(frozenset(met)), *_events())


@lru_cache(maxsize=2)
def findables_among(partners: frozenset[str]) -> tuple[Findable, ...]:
    """Return what can be looked for among records that have no events.

    Parameters
    ----------
    partners : frozenset of str
        Partners that the records name.

    Returns
    -------
    tuple of Findable
        Units of every level and boundary list, zones, and these partners.

    Examples
    --------
    >>> findables_among(frozenset({"SG"}))[-1].name_en
    'Singapore'
    """
    return (*_units(), *_zones(), *_partners(partners))


def fold(text: str) -> str:
    """Take from a text what a person may leave out: tones, accents, spaces, marks, capitals.

    Parameters
    ----------
    text : str
        What is typed, or a name.

    Returns
    -------
    str
        Its letters and digits.

    Examples
    --------
    >>> fold("Xīn dū") == fold("xindu"), fold("Côte d'Ivoire"), fold("新都 区")
    (True, 'cotedivoire', '新都区')
    """
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LN")


def find_things(text: str, most: int = 8, things: tuple[Findable, ...] | None = None) -> list[Hit]:
    """Look for a text in all names.

    Parameters
    ----------
    text : str
        Anything a person types: a name or a part of one.
    most : int
        How many are wanted.
    things : tuple of Findable, optional
        Where to look; `findables` if not given.

    Returns
    -------
    list of Hit
        Best first: names that are the text, begin with it, hold it; names of today before former
        ones. A text of one or two letters must be the beginning. Where no name is the text, what
        the geocoder reads in it stands first.

    Examples
    --------
    >>> [hit.found.thing for hit in find_things("yu bei", most=1)]
    ['district:500112']
    >>> find_things("新都县", most=1)[0].former
    '新都县 Xindu County'
    >>> [(hit.found.thing, hit.former) for hit in find_things("江北县", most=1)]
    [('district:500112', '江北县')]
    """
    things = findables() if things is None else things
    wanted = fold(text)
    ranked = _ranked(wanted, things)
    hits = [Hit(things[place], former) for *_, place, former in ranked]
    if wanted and (not ranked or ranked[0][0] > 0):
        meant = _meant(wanted, things)
        hits = [*meant, *(hit for hit in hits if hit.found not in [one.found for one in meant])]
    return hits[:most]


def find_names(text: str, most: int = 8) -> list[Hit]:
    """Look for a text in all names and nowhere else, as the browser does while a person types.

    Parameters
    ----------
    text : str
        A name or a part of one.
    most : int
        How many are wanted.

    Returns
    -------
    list of Hit
        As `find_things`, without what only the geocoder reads in the text.

    Examples
    --------
    >>> find_names("Yubei", most=1)[0].found.thing
    'district:500112'
    """
    things = findables()
    ranked = _ranked(fold(text), things)[:most]
    return [Hit(things[place], former) for *_, place, former in ranked]


def _ranked(
    wanted: str, things: tuple[Findable, ...]
) -> list[tuple[int, bool, int, int, int, str]]:
    """Return how each thing fits that does, its place among them and its former name."""
    ranked: list[tuple[int, bool, int, int, int, str]] = []
    if not wanted:
        return ranked
    for place, each in enumerate(things):
        fits = [fit for fit in _fits(each, wanted) if fit is not None]
        if fits:
            rank, is_former, length, former = min(fits)
            ranked.append((rank, is_former, KINDS.index(each.kind), length, place, former))
    return sorted(ranked)


def _meant(wanted: str, among: tuple[Findable, ...]) -> list[Hit]:
    """Return what the geocoder reads in a text: an older name, a town and its district."""
    result = geocode(wanted)
    if not result.is_settled:
        return []
    things = {f"{_PREFIXES.get(result.level, '')}:{one}" for one in result.places}
    former = result.alias if result.kind == "former" else ""
    return [Hit(each, former) for each in among if each.thing in things]


def _fits(each: Findable, wanted: str) -> Iterator[tuple[int, bool, int, str] | None]:
    for name in (each.name_en, each.name_zh, *each.others):
        yield _fit(fold(name), wanted, former="")
    for name in each.former:
        # Either half by itself may be typed whole.
        for part in {name, *name.split(" ", 1)}:
            yield _fit(fold(part), wanted, former=name)


def _fit(name: str, wanted: str, *, former: str) -> tuple[int, bool, int, str] | None:
    if wanted not in name:
        return None
    is_start = name.startswith(wanted)
    if not is_start and wanted.isascii() and len(wanted) <= _SHORT:
        return None
    rank = 0 if name == wanted else 1 if is_start else 2
    return rank, bool(former), len(name), former


def _units() -> Iterator[Findable]:
    columns = (
        "adcode", "level", "name_en", "name_zh", "short_en", "short_zh", "pinyin", "name_zh_hant",
        "aliases_en", "aliases_zh", "former_names",
    )  # fmt: skip
    for code, level, en, zh, short_en, short_zh, pinyin, hant, *more in _rows(
        read_units(), columns
    ):
        aliases_en, aliases_zh, former = more
        names = (short_en, short_zh, pinyin, hant, *aliases_en, *aliases_zh)
        told = tuple(" ".join(name.split("|")[:2]) for name in former)
        yield Findable(f"district:{code}", level, en, zh, _others(names, (en, zh)), told)


def _zones() -> Iterator[Findable]:
    columns = ("zone_id", "name_en", "name_zh", "name_zh_hant", "aliases_en", "aliases_zh")
    for zone, en, zh, hant, aliases_en, aliases_zh in _rows(read_zones(), columns):
        others = _others((hant, *aliases_en, *aliases_zh), (en, zh))
        yield Findable(f"zone:{zone}", "zone", en, zh, others)


def _partners(met: frozenset[str]) -> Iterator[Findable]:
    columns = ("partner", "name_en", "name_zh", "name_zh_hant")
    for partner, en, zh, hant in _rows(read_partners(), columns):
        if partner in met:
            yield Findable(f"partner:{partner}", "partner", en, zh, _others((hant,), (en, zh)))


def _events() -> Iterator[Findable]:
    for event, en, zh in _rows(list_events(), ("event_id", "name_en", "name_zh")):
        yield Findable(f"event:{event}", "event", en, zh)


def _rows(table: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _others(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return each other name once, without those that read alike."""
    kept: dict[str, str] = {fold(name): "" for name in known}
    for name in names:
        kept.setdefault(fold(name), name)
    return tuple(name for name in kept.values() if name)

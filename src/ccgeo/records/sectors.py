"""The sector taxonomy, and how a source's own words find their place in it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import pandas as pd

from ccgeo.caching import memo
from ccgeo.errors import UnknownChoiceError
from ccgeo.records.vocabulary import nearest_choices
from ccgeo.shipped import reading

SEVERAL = "several"
"""Sector id of wording that names more than one sector."""

UNSTATED = "unstated"
"""Sector id of wording that names no sector we know."""

_OUTSIDE = {
    SEVERAL: {"en": "Several sectors", "zh": "多个行业"},
    UNSTATED: {"en": "Sector not stated", "zh": "行业未说明"},
}
_CHINESE = re.compile("[\u3400-\u9fff]")
_ITEMS = re.compile(r"[,;/、，；]|\(|\)")
_NOT_A_SECTOR = re.compile(r"(and )?(others?|more|all|unspecified)?|by .*|.* type", re.IGNORECASE)


class Classified(NamedTuple):
    """What a wording says about sectors.

    Parameters
    ----------
    sector_id : str
        The one sector the record counts in: an id of the taxonomy, `SEVERAL` or `UNSTATED`.
    sector_ids : tuple of str
        Every sector named, in the order of the taxonomy.
    """

    sector_id: str
    sector_ids: tuple[str, ...]


@cache
def read_sectors() -> pd.DataFrame:
    """Read the sector taxonomy.

    Returns
    -------
    pandas.DataFrame
        One row a sector in taxonomy order, all columns text: sector_id, name_en, name_zh,
        synonyms_en, weak_synonyms_en, synonyms_zh (separated by semicolons), sei_2018,
        gbt4754_2017, isic_rev4.

    Examples
    --------
    >>> len(read_sectors())
    14
    """
    with reading("deals/sectors.csv") as path:
        return pd.read_csv(path, dtype=str, keep_default_na=False)


@cache
def sector_choices() -> tuple[str, ...]:
    """Return every sector id an entry may carry.

    Returns
    -------
    tuple of str
        The taxonomy in its order, then `SEVERAL` and `UNSTATED`.

    Examples
    --------
    >>> sector_choices()[-2:]
    ('several', 'unstated')
    """
    return (*read_sectors()["sector_id"], SEVERAL, UNSTATED)


def sector_name(sector_id: str, language: str = "en") -> str:
    """Return the name of a sector.

    Parameters
    ----------
    sector_id : str
        An id of `sector_choices`.
    language : {"en", "zh"}, optional
        Language of the name.

    Returns
    -------
    str
        Name for people.

    Raises
    ------
    UnknownChoiceError
        There is no such sector.

    Examples
    --------
    >>> sector_name("new_materials")
    'New materials & metals'
    >>> sector_name("several", "zh")
    '多个行业'
    """
    if sector_id in _OUTSIDE:
        return _OUTSIDE[sector_id][language]
    names = _names(language)
    if sector_id not in names:
        raise UnknownChoiceError("sector", sector_id, nearest_choices(sector_id, sector_choices()))
    return names[sector_id]


@memo(4096)
def classify(wording: str) -> Classified:
    """Find the sectors that a wording names.

    A list is read item by item. The longest known wording wins, so that "new energy vehicles"
    is about vehicles and not about new energy; a weak wording ("energy", "services") is heard
    only in an item without a strong one. An item that we do not know, in a list where we know
    another, makes it more than one sector. English is matched on whole words, Chinese anywhere.

    Parameters
    ----------
    wording : str
        Sector in the words of the source, in English or Chinese.

    Returns
    -------
    Classified
        The one sector to count in and all sectors named.

    Examples
    --------
    >>> classify("smart and internet-connected new energy vehicles")
    Classified(sector_id='automotive', sector_ids=('automotive',))
    >>> classify("biomedicine, new materials").sector_id
    'several'
    >>> classify("tourism, something unheard of")
    Classified(sector_id='several', sector_ids=('culture_urban',))
    >>> classify("all").sector_id
    'unstated'
    """
    heard = [_named(item, _strong()) or _named(item, _weak()) for item in _items(wording)]
    named = set().union(*heard)
    ordered = tuple(i for i in read_sectors()["sector_id"] if i in named)
    if not ordered:
        return Classified(UNSTATED, ())
    strange = not all(heard)
    return Classified(SEVERAL if strange or len(ordered) > 1 else ordered[0], ordered)


def _items(wording: str) -> list[str]:
    """Split a list into its items; "and others" at the end of one says nothing."""
    items = [item.strip() for item in _ITEMS.split(wording) if item.strip()]
    telling = [item for item in items if not _NOT_A_SECTOR.fullmatch(item)]
    return telling or items[:1]


@cache
def _names(language: str) -> dict[str, str]:
    table = read_sectors()
    return dict(zip(table["sector_id"], table[f"name_{language}"], strict=True))


def _named(wording: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> set[str]:
    """Return the sectors named, longest wording first, each letter heard once."""
    text = " ".join(wording.lower().split())
    named = set()
    for pattern, sector_id in patterns:
        heard = pattern.sub("\0", text)
        if heard != text:
            named.add(sector_id)
            text = heard
    return named


@cache
def _strong() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns("synonyms_en", "synonyms_zh")


@cache
def _weak() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns("weak_synonyms_en")


def _patterns(*columns: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    synonyms = [
        (synonym.strip().lower(), sector.sector_id)
        for sector in read_sectors().itertuples()
        for column in columns
        for synonym in getattr(sector, column).split(";")
        if synonym.strip()
    ]
    synonyms.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((_pattern(synonym), sector_id) for synonym, sector_id in synonyms)


def _pattern(synonym: str) -> re.Pattern[str]:
    if _CHINESE.search(synonym):
        return re.compile(re.escape(synonym))
    return re.compile(rf"(?<![a-z0-9]){re.escape(synonym)}(?![a-z0-9])")

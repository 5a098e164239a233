"""From the districts of one vintage to those of the other, with the share of each.

What is known as a district only crosses in shares of area where the district was divided. What
is known as one of its towns crosses exactly.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.gazetteer import has_unit, nearest_units
from ccgeo.places.tables import read_table, split_lists
from ccgeo.places.vintages import check_vintage

# What may stand behind the name of a town without changing which one it is.
_GENERIC = re.compile(
    r"\s+(?:town|sub-?district|street|zhen|jiedao)$|(?<=..)(?:镇|鎮|街道)$", re.IGNORECASE
)


class Crossing(NamedTuple):
    """One unit of the other vintage and the share of the old area that lies in it.

    Attributes
    ----------
    adcode : str
        Code of the unit in the other vintage.
    share : float
        Share of the old unit's area, 0 to 1.
    """

    adcode: str
    share: float


class Town(NamedTuple):
    """A town, or a place known as well as one, of a district that was divided.

    Attributes
    ----------
    name_en : str
        English name, without a generic word.
    name_zh : str
        Chinese name, without a generic word.
    from_adcode : str
        District of vintage 2025.
    to_adcode : str
        District of vintage 2026.
    basis : str
        How the crossing is known.
    source : str
        Address of the source.
    """

    name_en: str
    name_zh: str
    from_adcode: str
    to_adcode: str
    basis: str
    source: str


def crossed(adcode: str, from_vintage: str, to_vintage: str) -> tuple[Crossing, ...]:
    """Return the units of another vintage that a unit has become.

    Parameters
    ----------
    adcode : str
        Code of a district, prefecture or province of the first vintage.
    from_vintage, to_vintage : str
        ``"2025"`` or ``"2026"``.

    Returns
    -------
    tuple of Crossing
        Largest share first; the shares of area sum to 1. One member means that the unit
        went over whole.

    Raises
    ------
    UnknownChoiceError
        A vintage is not one.
    UnknownPlaceError
        The first vintage has no such unit.

    Examples
    --------
    >>> crossed("500105", "2025", "2026")
    (Crossing(adcode='500157', share=1.0),)
    >>> [crossing.adcode for crossing in crossed("500112", "2025", "2026")]
    ['500157', '500109']
    """
    check_vintage(from_vintage)
    check_vintage(to_vintage)
    if not has_unit(adcode, from_vintage):
        what = f"place of {from_vintage}"
        raise UnknownPlaceError(what, adcode, nearest_units(adcode))
    if from_vintage == to_vintage:
        return (Crossing(adcode, 1.0),)
    # Only districts changed: a prefecture and a province are what they were.
    return _crossings().get((from_vintage, adcode), (Crossing(adcode, 1.0),))


def read_towns() -> tuple[Town, ...]:
    """Return the towns whose way from vintage 2025 to vintage 2026 is known.

    Returns
    -------
    tuple of Town
        As the table lists them: first those that the decision of November 2025 names.

    Examples
    --------
    >>> [town.name_en for town in read_towns()[:5]]
    ['Dawan', 'Tongjing', 'Dasheng', 'Xinglong', 'Cizhu']
    """
    return tuple(_towns().values())


def crossed_town(name: str) -> Town:
    """Return where a town of a divided district went.

    Parameters
    ----------
    name : str
        Name in English or Chinese, with or without the word for town.

    Returns
    -------
    Town
        The town with its district of both vintages.

    Raises
    ------
    UnknownPlaceError
        No town of that name is known; the error names the nearest ones.

    Examples
    --------
    >>> crossed_town("Tongjing Town").to_adcode, crossed_town("水土街道").to_adcode
    ('500109', '500157')
    """
    wanted = _GENERIC.sub("", name.strip()[:60]).casefold()
    found = _town_names().get(wanted)
    if found is None:
        hints = get_close_matches(wanted, _town_names(), n=3, cutoff=0.6)
        what = "town of a divided district"
        raise UnknownPlaceError(what, name, (_town_names()[hint] for hint in hints))
    return _towns()[found]


def towns_named(text: str, adcode: str) -> tuple[str, ...]:
    """Return the known towns of one district that a text names.

    Parameters
    ----------
    text : str
        Any text about a place in that district.
    adcode : str
        District of vintage 2025.

    Returns
    -------
    tuple of str
        English names, as `crossed_town` takes them; empty where the district was not divided.

    Examples
    --------
    >>> towns_named("Longxing, Liangjiang New Area", "500112"), towns_named("渝北区", "500112")
    (('Longxing',), ())
    """
    patterns = _town_patterns().get(adcode)
    if patterns is None:
        return ()
    names = _town_names()
    found = (names[match.casefold()] for match in patterns.findall(text))
    return tuple(dict.fromkeys(found))


@cache
def _towns() -> dict[str, Town]:
    rows = read_table("geo/towns_crosswalk.csv")[list(Town._fields)]
    return {row.name_en: Town(*row) for row in rows.itertuples(index=False)}


@cache
def _town_names() -> dict[str, str]:
    """Return the English name for each spelling, in small letters."""
    rows = split_lists(read_table("geo/towns_crosswalk.csv"), ["aliases_en", "aliases_zh"])
    return {
        spelling.casefold(): row.name_en
        for row in rows.itertuples()
        for spelling in (row.name_en, row.name_zh, *row.aliases_en, *row.aliases_zh)
    }


@cache
def _town_patterns() -> dict[str, re.Pattern[str]]:
    """Return for each divided district what finds its towns, the longest spelling first."""
    spellings: dict[str, list[str]] = {}
    for spelling, name in _town_names().items():
        # A name in Latin letters is a word of its own; Chinese does not part its words.
        edge = r"\b" if spelling.isascii() else ""
        pattern = f"{edge}{re.escape(spelling)}{edge}"
        spellings.setdefault(_towns()[name].from_adcode, []).append(pattern)
    return {
        adcode: re.compile("|".join(sorted(found, key=len, reverse=True)), re.IGNORECASE)
        for adcode, found in spellings.items()
    }


@cache
def _crossings() -> dict[tuple[str, str], tuple[Crossing, ...]]:
    rows = read_table("geo/crosswalk_2025_2026.csv").astype(object).to_dict("records")
    found: dict[tuple[str, str], list[Crossing]] = {}
    for row in rows:
        crossing = Crossing(row["to_adcode"], float(row["share"]))
        found.setdefault((row["from_vintage"], row["from_adcode"]), []).append(crossing)
    return {
        key: tuple(sorted(crossings, key=lambda crossing: -crossing.share))
        for key, crossings in found.items()
    }

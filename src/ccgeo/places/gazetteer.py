"""Names of every unit of Sichuan and Chongqing, of both vintages, in both languages."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Literal

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.tables import read_table, split_lists

if TYPE_CHECKING:
    import pandas as pd

Language = Literal["en", "zh"]
"""Language of a name."""

_LISTS = ("aliases_en", "aliases_zh", "former_names", "former_adcodes", "places_within")
_FLAGS = ("in_2025", "in_2026")


def read_units() -> pd.DataFrame:
    """Return the gazetteer, one row a unit.

    Returns
    -------
    pandas.DataFrame
        Sorted by code. Text columns ``adcode``, ``level``, ``unit_type``, ``name_en``,
        ``name_zh``, ``name_zh_hant``, ``short_en``, ``short_zh``, ``pinyin``,
        ``pinyin_tone``, ``prefecture_adcode``, ``province_adcode`` (both also of the unit
        itself where it is one; ``prefecture_adcode`` is empty for Sichuan), ``status``,
        ``former_source``, ``source``, ``confidence``; bool columns ``in_2025`` and
        ``in_2026``; tuples of text ``aliases_en``, ``aliases_zh``, ``former_names`` (each
        ``zh|en|last year|what happened``), ``former_adcodes``, ``places_within``.

    Examples
    --------
    >>> units = read_units()
    >>> len(units), units["name_en"].iloc[0]
    (245, 'Chongqing Municipality')
    """
    return _units().copy()


def unit_name(adcode: str, language: Language = "en") -> str:
    """Return the official name of a unit.

    Parameters
    ----------
    adcode : str
        Code of a unit of either vintage.
    language : {"en", "zh"}
        Language of the name.

    Returns
    -------
    str
        Name.

    Raises
    ------
    UnknownPlaceError
        No unit of the region has that code.

    Examples
    --------
    >>> unit_name("500103"), unit_name("500103", "zh")
    ('Yuzhong District', '渝中区')
    """
    return _row(adcode)[f"name_{language}"]


def has_unit(adcode: str, vintage: str) -> bool:
    """Return whether a code is a unit of a vintage.

    Parameters
    ----------
    adcode : str
        Any text.
    vintage : str
        ``"2025"`` or ``"2026"``.

    Returns
    -------
    bool
        False also for codes outside the region.

    Examples
    --------
    >>> has_unit("500157", "2025"), has_unit("500157", "2026")
    (False, True)
    """
    return adcode in _rows() and _rows()[adcode][f"in_{vintage}"] == "True"


def district_codes(vintage: str) -> tuple[str, ...]:
    """Return the codes of all districts of a vintage.

    Parameters
    ----------
    vintage : str
        ``"2025"`` or ``"2026"``.

    Returns
    -------
    tuple of str
        221 or 220 codes, sorted.

    Examples
    --------
    >>> len(district_codes("2025")), len(district_codes("2026"))
    (221, 220)
    """
    units = _units()
    wanted = (units["level"] == "district") & units[f"in_{vintage}"]
    return tuple(units.loc[wanted, "adcode"])


def check_unit(adcode: str) -> str:
    """Return a code if it is a unit of the region in either vintage.

    Parameters
    ----------
    adcode : str
        Wanted code.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    UnknownPlaceError
        No unit of the region has that code; the error names the nearest ones.

    Examples
    --------
    >>> check_unit("500103")
    '500103'
    """
    _row(adcode)
    return adcode


def nearest_units(text: str, limit: int = 3) -> tuple[str, ...]:
    """Return the units whose code or name looks most like a text, for error messages.

    Parameters
    ----------
    text : str
        What came instead of a unit; only the first 60 characters are looked at.
    limit : int
        Most hints wanted.

    Returns
    -------
    tuple of str
        Hints such as ``"500103 (Yuzhong District)"``, best first; may be empty.

    Examples
    --------
    >>> nearest_units("Yuzhong")[0]
    '500103 (Yuzhong District)'
    """
    labels = _labels()
    close = get_close_matches(str(text)[:60].casefold(), labels, n=3 * limit, cutoff=0.6)
    codes = dict.fromkeys(labels[label] for label in close)
    return tuple(f"{code} ({_rows()[code]['name_en']})" for code in codes)[:limit]


@cache
def _units() -> pd.DataFrame:
    units = split_lists(read_table("geo/units.csv"), _LISTS)
    units[list(_FLAGS)] = units[list(_FLAGS)] == "1"
    return units


@cache
def _rows() -> dict[str, dict[str, str]]:
    texts = _units().drop(columns=list(_LISTS)).astype(str)
    return {row["adcode"]: row for row in texts.to_dict("records")}


@cache
def _labels() -> dict[str, str]:
    columns = ("adcode", "name_en", "short_en", "name_zh", "short_zh")
    return {row[column].casefold(): code for code, row in _rows().items() for column in columns}


def _row(adcode: str) -> dict[str, str]:
    if adcode not in _rows():
        raise UnknownPlaceError("place", adcode, nearest_units(adcode))
    return _rows()[adcode]

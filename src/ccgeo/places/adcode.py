"""Six-digit codes of GB/T 2260: what a code says by itself.

Chongqing is a municipality. It counts as a province and, with the same code, as one unit
of the prefecture level, so that every district of the region has exactly one unit above it
at each level.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError

Level = Literal["province", "prefecture", "district"]
"""Administrative level."""

LEVELS: tuple[Level, ...] = get_args(Level)
"""Levels from coarse to fine."""

_ADCODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


def is_adcode(text: object) -> bool:
    """Return whether a value has the form of an adcode.

    Parameters
    ----------
    text : object
        Any value; only a string can be an adcode.

    Returns
    -------
    bool
        True for six ASCII digits that do not start with zero.

    Examples
    --------
    >>> is_adcode("500103"), is_adcode(500103), is_adcode("Yuzhong")
    (True, False, False)
    """
    return isinstance(text, str) and _ADCODE.fullmatch(text) is not None


def level_of(adcode: str) -> Level:
    """Return the level of a code.

    Parameters
    ----------
    adcode : str
        Six-digit code.

    Returns
    -------
    str
        ``"province"``, ``"prefecture"`` or ``"district"``.

    Raises
    ------
    UnknownPlaceError
        The value is not six digits.

    Examples
    --------
    >>> level_of("500000"), level_of("510100"), level_of("510104")
    ('province', 'prefecture', 'district')
    """
    _check(adcode)
    if adcode.endswith("0000"):
        return "province"
    return "prefecture" if adcode.endswith("00") else "district"


def province_of(adcode: str) -> str:
    """Return the province that a code lies in.

    Parameters
    ----------
    adcode : str
        Six-digit code of any level.

    Returns
    -------
    str
        Code of the province.

    Raises
    ------
    UnknownPlaceError
        The value is not six digits.

    Examples
    --------
    >>> province_of("510104")
    '510000'
    """
    _check(adcode)
    return adcode[:2] + "0000"


def is_municipal(adcode: str) -> bool:
    """Return whether a code lies in a municipality, where no prefecture stands between.

    Parameters
    ----------
    adcode : str
        Six-digit code of any level.

    Returns
    -------
    bool
        True for Beijing, Tianjin, Shanghai and Chongqing.

    Raises
    ------
    UnknownPlaceError
        The value is not six digits.

    Examples
    --------
    >>> is_municipal("500103"), is_municipal("510104")
    (True, False)
    """
    _check(adcode)
    return adcode[:2] in _MUNICIPALITIES


def prefecture_of(adcode: str) -> str:
    """Return the prefecture-level unit that a code lies in.

    Parameters
    ----------
    adcode : str
        Six-digit code of a district, a prefecture or a municipality.

    Returns
    -------
    str
        Code of the prefecture; for all of Chongqing ``"500000"``.

    Raises
    ------
    UnknownPlaceError
        The value is not six digits, or it is a province of several prefectures, or
        stands right below one.

    Examples
    --------
    >>> prefecture_of("510104"), prefecture_of("500103"), prefecture_of("500000")
    ('510100', '500000', '500000')
    """
    if is_municipal(adcode):
        return province_of(adcode)
    if adcode[2:4] == "00":
        what = "prefecture of"
        raise UnknownPlaceError(what, adcode)
    return adcode[:4] + "00"


def check_level(level: str) -> Level:
    """Return a level if it is one.

    Parameters
    ----------
    level : str
        Wanted level.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    UnknownChoiceError
        The value is not in `LEVELS`.

    Examples
    --------
    >>> check_level("district")
    'district'
    """
    for known in LEVELS:
        if level == known:
            return known
    raise UnknownChoiceError("level", level, LEVELS)


def _check(adcode: object) -> None:
    if not is_adcode(adcode):
        raise UnknownPlaceError("adcode", adcode)

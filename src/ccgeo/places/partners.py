"""Places abroad: countries and territories of ISO 3166-1, and blocs of them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.tables import read_table, split_lists

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.places.gazetteer import Language


def read_partners() -> pd.DataFrame:
    """Return every partner and bloc, one row each.

    Returns
    -------
    pandas.DataFrame
        Blocs first, then partners by code. Text columns ``partner`` (ISO 3166-1 alpha-2
        code, or the id of a bloc), ``kind`` (``"partner"`` or ``"bloc"``), ``name_en``,
        ``name_zh``, ``name_zh_hant``, ``anchor`` (the town that stands for it on a map:
        the capital, the seat of a bloc's secretariat, else the largest town) and
        ``anchor_source``; tuples of text ``members`` (codes; empty for a partner); float
        ``lon``, ``lat`` (degrees, WGS 84). China itself, ``"CN"``, marks domestic deals.

    Examples
    --------
    >>> partners = read_partners().set_index("partner")
    >>> partners.loc["SG", "name_zh"], len(partners.loc["EU", "members"])
    ('新加坡', 27)
    """
    return _partners().copy()


def bloc_members(bloc: str, date_text: str = "") -> tuple[str, ...]:
    """Return the members that a bloc had on a date.

    Parameters
    ----------
    bloc : str
        Id of a bloc.
    date_text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; who was a member on any day of a year or
        month counts. Empty asks for the members of today.

    Returns
    -------
    tuple of str
        Codes of the members, sorted.

    Raises
    ------
    UnknownPlaceError
        No bloc has that id.

    Examples
    --------
    >>> "GB" in bloc_members("EU"), "GB" in bloc_members("EU", "2016-05")
    (False, True)
    """
    if bloc not in _memberships():
        what = "bloc"
        raise UnknownPlaceError(what, bloc, _memberships())
    return tuple(
        partner
        for partner, since, until in _memberships()[bloc]
        if _was_member(date_text, since, until)
    )


def blocs_of(partner: str, date_text: str = "") -> tuple[str, ...]:
    """Return the blocs that a country was a member of on a date.

    Parameters
    ----------
    partner : str
        ISO 3166-1 alpha-2 code.
    date_text : str
        As in `bloc_members`.

    Returns
    -------
    tuple of str
        Ids of the blocs, in the order of the table of partners; empty for a bloc, and for a
        country that is in none.

    Examples
    --------
    >>> blocs_of("GB", "2016-05"), blocs_of("GB", "2022")
    (('EU',), ())
    """
    return tuple(
        bloc
        for bloc, since, until in _blocs_by_member().get(partner, ())
        if _was_member(date_text, since, until)
    )


def partner_name(partner: str, language: Language = "en") -> str:
    """Return the name of a partner or bloc.

    Parameters
    ----------
    partner : str
        ISO 3166-1 alpha-2 code, or the id of a bloc.
    language : {"en", "zh"}
        Language of the name.

    Returns
    -------
    str
        Name.

    Raises
    ------
    UnknownPlaceError
        No partner has that code.

    Examples
    --------
    >>> partner_name("HK"), partner_name("HK", "zh")
    ('Hong Kong, China', '中国香港')
    """
    return _names()[check_partner(partner)][f"name_{language}"]


def check_partner(partner: str) -> str:
    """Return a code if it is a partner or bloc.

    Parameters
    ----------
    partner : str
        Wanted code.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    UnknownPlaceError
        No partner has that code; the error names the nearest ones.

    Examples
    --------
    >>> check_partner("SG")
    'SG'
    """
    if partner not in _names():
        raise UnknownPlaceError("partner", partner, nearest_partners(partner))
    return partner


def nearest_partners(text: str, limit: int = 3) -> tuple[str, ...]:
    """Return the partners whose code or name looks most like a text, for error messages.

    Parameters
    ----------
    text : str
        What came instead of a partner; only the first 60 characters are looked at.
    limit : int
        Most hints wanted.

    Returns
    -------
    tuple of str
        Hints such as ``"SG (Singapore)"``, best first; may be empty.

    Examples
    --------
    >>> nearest_partners("singapur")
    ('SG (Singapore)', 'NR (Nauru)')
    """
    names = _names()
    labels = {
        label.casefold(): code
        for code, row in names.items()
        for label in (code, row["name_en"], row["name_zh"])
    }
    close = get_close_matches(str(text)[:60].casefold(), labels, n=3 * limit, cutoff=0.6)
    codes = dict.fromkeys(labels[label] for label in close)
    return tuple(f"{code} ({names[code]['name_en']})" for code in codes)[:limit]


def _was_member(date_text: str, since: str, until: str) -> bool:
    if not date_text:
        return not until
    # A year or month is compared with the year or month of the other date.
    digits = len(date_text)
    return since[:digits] <= date_text and (not until or date_text <= until[:digits])


@cache
def _memberships() -> dict[str, list[tuple[str, str, str]]]:
    rows = read_table("geo/bloc_members.csv")[["bloc", "partner", "since", "until"]]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for bloc, *membership in sorted(rows.itertuples(index=False, name=None)):
        found.setdefault(bloc, []).append(tuple(membership))
    return found


@cache
def _blocs_by_member() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for bloc in _partners()["partner"]:
        for member, since, until in _memberships().get(bloc, ()):
            found.setdefault(member, []).append((bloc, since, until))
    return found


@cache
def _partners() -> pd.DataFrame:
    partners = split_lists(read_table("deals/partners.csv"), ["members"])
    return partners.astype({"lon": float, "lat": float})


@cache
def _names() -> dict[str, dict[str, str]]:
    named = _partners().set_index("partner")[["name_en", "name_zh"]]
    return {
        str(code): {str(k): str(v) for k, v in row.items()}
        for code, row in named.to_dict("index").items()
    }

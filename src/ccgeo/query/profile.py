"""What is known about one district, partner or flow: the panel beside the map in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccgeo.places.adcode import level_of
from ccgeo.query.engine import UNDATED as NO_YEAR
from ccgeo.query.engine import unit_column, years_of
from ccgeo.query.flows import CIRCLE, has_ends
from ccgeo.query.measures import Total, sum_by, total_of
from ccgeo.query.vocabulary import ANY_DATE, names_of, nearest_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.selection import View

SEVERAL: Final = "several"
UNSTATED: Final = "unstated"
UNDATED: Final = "undated"
_NAMED: Final = {"partner": "partners", "zone": "zones", "known": "known_levels"}
THING_KINDS: Final = ("district", "flow", *_NAMED)
"""What can be open in the panel."""


@dataclass(frozen=True)
class Profile:
    """Totals of some entries, cut five ways; each cut adds up to the same total.

    Parameters
    ----------
    total : Total
        Sums over the entries.
    by_level, by_stage, by_sector, by_partner, by_year : pandas.DataFrame
        Column ``choice`` (str) and those of `ccgeo.query.measures.SUMS` (int64), largest
        amount first, years in order, levels of knowledge with most entries first.
    """

    total: Total
    by_level: pd.DataFrame
    by_stage: pd.DataFrame
    by_sector: pd.DataFrame
    by_partner: pd.DataFrame
    by_year: pd.DataFrame


def is_thing(text: str) -> bool:
    """Return whether a text names something that can stand on the map.

    Parameters
    ----------
    text : str
        Anything, such as what a link holds.

    Returns
    -------
    bool
        True for a kind and known ids, in the form that `entries_of` takes.

    Examples
    --------
    >>> is_thing("district:500103"), is_thing("flow:SG>circle"), is_thing("district:<b>")
    (True, True, False)
    """
    kind, _, name = text.partition(":")
    if kind == "flow":
        return all(end == CIRCLE or _is_end(end) for end in name.split(">"))
    if kind == "district":
        return name in names_of("places")
    return kind in _NAMED and bool(name) and name in names_of(_NAMED[kind])


def nearest_things(text: str) -> tuple[str, ...]:
    """Return the things whose names look most like a text.

    Parameters
    ----------
    text : str
        Kind and id joined by a colon, the id unknown.

    Returns
    -------
    tuple of str
        Kind and id, best first; none where the kind has no list of names.

    Examples
    --------
    >>> nearest_things("partner:Singapur")[0]
    'partner:SG'
    """
    kind, _, name = text.partition(":")
    field = {"district": "places", **_NAMED}.get(kind)
    if field is None:
        return ()
    return tuple(f"{kind}:{choice}" for choice in nearest_choices(names_of(field), name))


def entries_of(selected: pd.DataFrame, thing: str, view: View) -> pd.DataFrame:
    """Return the selected entries that belong to one thing on the map.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries of a selection.
    thing : str
        Kind and id joined by a colon: ``"district:500103"`` (a unit of any level),
        ``"partner:SG"``, ``"flow:SG>500103"`` (either way), ``"zone:cq-liangjiang-na"`` (and
        the zones inside it), or ``"known:province"`` (what is known only there and not drawn
        at the level shown).
    view : View
        Level and boundaries of the map.

    Returns
    -------
    pandas.DataFrame
        Rows of `selected`; none for a thing that is not known.
    """
    if not is_thing(thing):
        return selected.head(0)
    kind, _, name = thing.partition(":")
    if kind == "flow":
        return selected[has_ends(selected, name, view.level, view.vintage)]
    return selected[thing_mask(selected, thing, view)]


def thing_mask(rows: pd.DataFrame, thing: str, view: View) -> npt.NDArray[np.bool_]:
    """Return which rows belong to a thing that is no flow.

    Parameters
    ----------
    rows : pandas.DataFrame
        Placed entries, or a table that has the columns which that kind of thing is told by.
    thing : str
        As for `entries_of`, of a kind other than ``"flow"``.
    view : View
        Level and boundaries of the map.

    Returns
    -------
    numpy.ndarray of bool, shape (n_rows,)
        True for each row of the thing.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> party = pd.DataFrame({"partners": [("SG",), ()]})
    >>> thing_mask(party, "partner:SG", View()).tolist()
    [True, False]
    """
    kind, _, name = thing.partition(":")
    if kind == "district":
        return _is(rows[unit_column(level_of(name), view.vintage)], name)
    if kind == "known":
        is_beside = _is(rows[unit_column(view.level, view.vintage)], "")
        return is_beside & _is(rows["place_level"], name)
    column = {"zone": "zones", "partner": "partners"}[kind]
    return np.fromiter((name in told for told in rows[column]), dtype=np.bool_)


def _is(column: pd.Series, value: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = column.to_numpy(dtype=object) == value
    return found


def profile_of(entries: pd.DataFrame, date_kind: str = ANY_DATE) -> Profile:
    """Add up entries by stage, sector, partner and year.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries of the ledger.
    date_kind : {"any", "announced", "signed", "started", "completed"}
        Which date the years are read from.

    Returns
    -------
    Profile
        The totals; an entry with several partners counts once, under ``"several"``.
    """
    return profile_of_groups(dict.fromkeys(("site", "deal", "party", "time"), entries), date_kind)


def profile_of_groups(groups: Mapping[str, pd.DataFrame], date_kind: str = ANY_DATE) -> Profile:
    """Add up what has been added up already, by each cut for itself.

    Parameters
    ----------
    groups : mapping of str to pandas.DataFrame
        The same entries four times, or groups of them with the columns of
        `ccgeo.query.measures.SUMS`: ``site`` with ``place_level``, ``deal`` with ``stage`` and
        ``sector_id``, ``party`` with ``partners``, ``time`` with ``year`` and ``date_kind``.
    date_kind : {"any", "announced", "signed", "started", "completed"}
        Which date the years are read from.

    Returns
    -------
    Profile
        The same as of the entries themselves.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> entries = read_placed().head(9)
    >>> groups = {side: entries for side in ("site", "deal", "party", "time")}
    >>> profile_of_groups(groups).total == profile_of(entries).total
    True
    """
    site, deal, party, time = (groups[side] for side in ("site", "deal", "party", "time"))
    partners = party["partners"].map(one_partner).astype(object)
    told = years_of(time, date_kind).tolist()
    years = pd.Series([UNDATED if year == NO_YEAR else str(year) for year in told], dtype=object)
    levels = _totals(site, site["place_level"])
    return Profile(
        total=total_of(deal),
        by_level=levels.sort_values(
            ["entries", "choice"], ascending=[False, True], ignore_index=True
        ),
        by_stage=_totals(deal, deal["stage"]),
        by_sector=_totals(deal, deal["sector_id"]),
        by_partner=_totals(party, partners),
        by_year=_totals(time, years).sort_values("choice", ignore_index=True),
    )


def _is_end(end: str) -> bool:
    return bool(end) and (end in names_of("places") or end in names_of("partners"))


def one_partner(partners: tuple[str, ...]) -> str:
    """Return under which partner an entry counts.

    Parameters
    ----------
    partners : tuple of str
        Its partners.

    Returns
    -------
    str
        The only one, ``"several"`` or ``"unstated"``.

    Examples
    --------
    >>> one_partner(("SG",)), one_partner(("SG", "US")), one_partner(())
    ('SG', 'several', 'unstated')
    """
    if not partners:
        return UNSTATED
    return partners[0] if len(partners) == 1 else SEVERAL


def _totals(entries: pd.DataFrame, choice: pd.Series) -> pd.DataFrame:
    totals = sum_by(entries, {"choice": choice.astype(str).to_numpy(dtype=object)})
    return totals.sort_values(
        ["amount_fen", "entries", "choice"], ascending=[False, False, True], ignore_index=True
    )

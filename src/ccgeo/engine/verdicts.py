"""A selection decided on the sides of a star: what each row of them refuses, and why.

An entry answers a selection if nothing refuses it. The number behind a choice of a filter
counts what every *other* filter keeps, so an entry that one single filter refuses still counts
for that one: rows that two filters refuse are of no use and are not asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccgeo.engine.star import SIDES
from ccgeo.places.partners import read_partners
from ccgeo.query.engine import masks_of
from ccgeo.query.flows import CIRCLE, HOME, Ends, all_ends
from ccgeo.query.vocabulary import names_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import numpy.typing as npt

    from ccgeo.query.selection import Selection
    from ccgeo.query.vocabulary import Level, Vintage

    Sides = Mapping[str, pd.DataFrame]
    Codes = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]

FILTERS: Final = (
    "",
    "years",
    "sectors",
    "places",
    "zones",
    "partners",
    "stages",
    "kinds",
    "directions",
    "known_levels",
    "confidence",
)
"""What can refuse an entry by its sides, by number; 0 is nothing."""

ONCE: Final = 16
TWICE: Final = 2 * ONCE
"""The blame of a filter is `ONCE` and its number: from `TWICE` on, two blames are added up."""

_TWO: Final = 2


def verdicts(sides: Sides, selection: Selection) -> dict[str, pd.DataFrame]:
    """Say which rows of each side a selection refuses.

    Parameters
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each of `ccgeo.engine.star.SIDES`.
    selection : Selection
        What is asked.

    Returns
    -------
    dict of str to pandas.DataFrame
        By side, one row each that at most one filter refuses: its code in the column named
        like the side and its ``blame`` (0, or `ONCE` and a number in `FILTERS`), int32.

    Examples
    --------
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> told = verdicts(star_of(read_placed()).sides, DEFAULT_SELECTION)
    >>> sorted(FILTERS[number % ONCE] for number in set(told["time"]["blame"]))
    ['', 'years']
    """
    return {side: _verdict(side, sides[side], selection) for side in SIDES}


def _verdict(side: str, rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    refused = np.zeros(len(rows), dtype=np.int32)
    blame = np.zeros(len(rows), dtype=np.int32)
    for name, mask in masks_of(rows, selection).items():
        refused += ~mask
        blame[~mask] = ONCE + FILTERS.index(name)
    kept = np.flatnonzero(refused < _TWO)
    return pd.DataFrame({side: kept.astype(np.int32), "blame": blame[kept]})


def flow_keys(sides: Sides, level: Level, vintage: Vintage) -> dict[str, Codes]:
    """Say which rows of the sides are alike as ends of a flow.

    The ends of a flow follow from the partners, the place and the direction, each for itself:
    rows that lead to the same ends beside every value of the other two are one.

    Parameters
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    dict of str to numpy.ndarray
        For ``site``, ``party`` and ``deal`` (its direction) the code of the first row that
        is alike, int32, one a row; and ``sector``, for each deal the code of the first deal
        of its sector.

    Examples
    --------
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> sides = star_of(read_placed()).sides
    >>> len(set(flow_keys(sides, "province", "2025")["site"])) < len(sides["site"])
    True
    """
    parties, sites = side_ends(sides, level, vintage)
    return {
        "party": alike(list(parties.values())),
        "site": alike([sites]),
        "deal": alike([sides["deal"]["direction"].tolist()]),
        "sector": alike([sides["deal"]["sector_id"].tolist()]),
    }


def side_ends(
    sides: Sides, level: Level, vintage: Vintage
) -> tuple[dict[str, list[Ends | str]], list[Ends | str]]:
    """Return where flows begin and end, by partners and direction and by place.

    Parameters
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    parties : dict of str to list
        By direction, for each row of ``party`` an end with the partner, or why there is none.
    sites : list
        For each row of ``site`` an end with the place, or why there is none.

    Examples
    --------
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> parties, sites = side_ends(star_of(read_placed()).sides, "province", "2025")
    >>> "domestic" in parties["domestic"], "place_not_known" in sites
    (True, True)
    """
    site, party = sides["site"], sides["party"]
    somewhere = {name: CIRCLE if name == "place_level" else "" for name in SIDES["site"]}
    placed = party.assign(**somewhere)
    parties = {
        direction: all_ends(placed.assign(direction=direction), level, vintage)
        for direction in names_of("directions")
    }
    sites = pd.DataFrame(site.assign(direction="")).assign(partners=[(_abroad(),)] * len(site))
    return parties, all_ends(sites, level, vintage)


@cache
def _abroad() -> str:
    """Return some partner that may be an end of a flow."""
    return next(str(partner) for partner in read_partners()["partner"] if partner != HOME)


def flow_mask(sides: Sides, ends: str, level: Level, vintage: Vintage) -> dict[str, Mask]:
    """Say which rows of the sides make up one flow: every entry of all three together does.

    Parameters
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    ends : str
        Origin and destination joined by ``>``, such as ``"SG>500103"``.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    dict of str to numpy.ndarray
        For ``site``, ``party`` and ``deal`` which rows, bool.

    Examples
    --------
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> sides = star_of(read_placed()).sides
    >>> bool(flow_mask(sides, "SG>nowhere", "district", "2025")["site"].any())
    False
    """
    site, party, deal = sides["site"], sides["party"], sides["deal"]
    origin, _, destination = ends.partition(">")
    is_outbound = destination in set(read_partners()["partner"])
    partner, place = (destination, origin) if is_outbound else (origin, destination)
    somewhere = {name: CIRCLE if name == "place_level" else "" for name in SIDES["site"]}
    parties = pd.DataFrame(party.assign(**somewhere, direction=""))
    sites = pd.DataFrame(site.assign(direction="")).assign(partners=[(_abroad(),)] * len(site))
    outbound = (deal["direction"] == "outbound").to_numpy(dtype=bool)
    domestic = (deal["direction"] == "domestic").to_numpy(dtype=bool)
    return {
        "party": _ending(all_ends(parties, level, vintage), "partner", partner),
        "site": _ending(all_ends(sites, level, vintage), "place", place),
        "deal": outbound if is_outbound else ~(outbound | domestic),
    }


def _ending(ends: Sequence[Ends | str], name: str, wanted: str) -> Mask:
    found = (isinstance(end, Ends) and getattr(end, name) == wanted for end in ends)
    return np.fromiter(found, dtype=np.bool_)


def alike(columns: Sequence[Sequence[Hashable]]) -> Codes:
    """Say which rows are alike.

    Parameters
    ----------
    columns : sequence of sequence
        Values of the rows, column by column.

    Returns
    -------
    numpy.ndarray
        For each row the number of the first row with the same values, int32.

    Examples
    --------
    >>> alike([["a", "b", "a"]]).tolist()
    [0, 1, 0]
    """
    first: dict[tuple[Hashable, ...], int] = {}
    rows = zip(*columns, strict=True)
    return np.array([first.setdefault(row, at) for at, row in enumerate(rows)], dtype=np.int32)

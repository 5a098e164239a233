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
from ccgeo.query.flows import CIRCLE, HOME, all_ends
from ccgeo.query.vocabulary import names_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import numpy.typing as npt

    from ccgeo.query.selection import Selection
    from ccgeo.query.vocabulary import Level, Vintage

    Sides = Mapping[str, pd.DataFrame]
    Codes = npt.NDArray[np.int32]

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
    "min_amount",
    "confidence",
)
"""What can refuse an entry, by number; 0 is nothing."""

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
        like the side, ``refused`` (0 or 1) and ``blame`` (number in `FILTERS`), all int32.

    Examples
    --------
    >>> from ccgeo.engine.star import star_of
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> told = verdicts(star_of(read_placed()).sides, DEFAULT_SELECTION)
    >>> sorted(FILTERS[number] for number in set(told["time"]["blame"]))
    ['', 'years']
    """
    return {side: _verdict(side, sides[side], selection) for side in SIDES}


def _verdict(side: str, rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    refused = np.zeros(len(rows), dtype=np.int32)
    blame = np.zeros(len(rows), dtype=np.int32)
    for name, mask in masks_of(rows, selection).items():
        refused += ~mask
        blame += np.where(mask, 0, FILTERS.index(name)).astype(np.int32)
    kept = np.flatnonzero(refused < _TWO)
    columns = {side: kept.astype(np.int32), "refused": refused[kept], "blame": blame[kept]}
    return pd.DataFrame(columns)


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
    site, party, deal = sides["site"], sides["party"], sides["deal"]
    somewhere = {name: CIRCLE if name == "place_level" else "" for name in SIDES["site"]}
    parties = [
        party.assign(**somewhere, direction=direction) for direction in names_of("directions")
    ]
    sites = pd.DataFrame(site.assign(direction="")).assign(partners=[(_abroad(),)] * len(site))
    ends = {
        "party": _alike([all_ends(each, level, vintage) for each in parties]),
        "site": _alike([all_ends(sites, level, vintage)]),
        "deal": _alike([deal["direction"].tolist()]),
    }
    return ends | {"sector": _alike([deal["sector_id"].tolist()])}


@cache
def _abroad() -> str:
    """Return some partner that may be an end of a flow."""
    return next(str(partner) for partner in read_partners()["partner"] if partner != HOME)


def _alike(columns: Sequence[Sequence[Hashable]]) -> Codes:
    """Return for each row the number of the first row with the same values."""
    first: dict[tuple[Hashable, ...], int] = {}
    rows = zip(*columns, strict=True)
    return np.array([first.setdefault(row, at) for at, row in enumerate(rows)], dtype=np.int32)

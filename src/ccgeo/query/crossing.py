"""Entries that the other boundary list divides: which districts, and where those went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ccgeo.places.adcode import is_adcode
from ccgeo.places.crosswalk import crossed
from ccgeo.places.gazetteer import has_unit
from ccgeo.places.vintages import VINTAGES
from ccgeo.query.engine import unit_column

if TYPE_CHECKING:
    from ccgeo.query.vocabulary import Vintage

_COLUMNS = ("adcode", "to_adcode", "share", "entries")


def divided_districts(entries: pd.DataFrame, vintage: Vintage) -> pd.DataFrame:
    """Return the districts that entries name and that a boundary list divides.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries; not changed.
    vintage : {"2025", "2026"}
        Boundary list of the map.

    Returns
    -------
    pandas.DataFrame
        One row a district and successor, by district and largest share first: ``adcode``
        and ``to_adcode`` (str), ``share`` (float, 0 to 1, of the area of the district),
        ``entries`` (int64, of the district: entries that are not mapped for this reason).
        Empty where nothing is divided.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> divided = divided_districts(read_placed(), "2026")
    >>> divided[["adcode", "to_adcode"]].drop_duplicates().to_numpy().tolist()
    [['500112', '500157'], ['500112', '500109']]
    """
    known = entries["place_level"] == "district"
    unmapped = entries[known & (entries[unit_column("district", vintage)] == "")]
    codes = [ids[0] for ids in unmapped["place_ids"] if ids and is_adcode(ids[0])]
    counts = pd.Series(codes, dtype=object).value_counts().sort_index()
    rows = [
        (adcode, crossing.adcode, crossing.share, int(count))
        for adcode, count in counts.items()
        for crossing in crossed(str(adcode), _stated(str(adcode), vintage), vintage)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"entries": "int64", "share": float})


def _stated(adcode: str, vintage: Vintage) -> Vintage:
    """Return the other boundary list, or the one asked for where only it has the district."""
    return next((each for each in VINTAGES if each != vintage and has_unit(adcode, each)), vintage)

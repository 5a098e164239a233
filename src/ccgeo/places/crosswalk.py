"""From the districts of one vintage to those of the other, with the share of each."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.gazetteer import has_unit, nearest_units
from ccgeo.places.tables import read_table
from ccgeo.places.vintages import check_vintage


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


@cache
def _crossings() -> dict[tuple[str, str], tuple[Crossing, ...]]:
    table = read_table("geo/crosswalk_2025_2026.csv")
    table = table.assign(share=table["share"].astype(float))
    table = table.sort_values("share", ascending=False, kind="stable")
    return {
        (str(vintage), str(adcode)): tuple(
            Crossing(*pair) for pair in zip(rows["to_adcode"], rows["share"], strict=True)
        )
        for (vintage, adcode), rows in table.groupby(["from_vintage", "from_adcode"])
    }

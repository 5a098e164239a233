"""Which datum a column of points is in, judged by the districts that its rows name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ccgeo.places.adcode import is_adcode
from ccgeo.places.datum import DATUMS, Datum, convert, is_in_china, is_lon_lat, median_m, shifts_m
from ccgeo.places.reverse import district_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

# A datum is believed if, of the points that only it or only its rival places rightly, it places
# four in five, and leads by no less than three.
_LEAST_LEAD: Final = 3
_LEAST_SHARE: Final = 0.8


class Detection(NamedTuple):
    """Which datum a column of points is in, judged by the districts that its rows name.

    Attributes
    ----------
    datum : str or None
        The datum; None where the points do not decide it.
    reason : {"decided", "no_points", "elsewhere", "too_close"}
        Why: no row has both a point and a district; most points lie in other districts than
        their rows name, whatever the datum; or two datums do about equally well.
    placed : dict of str to int
        For each datum, how many points it puts into the district that their row names.
    points : int
        How many rows have a point and a district.
    is_swapped : bool
        Whether latitude stands before longitude. The counts are for the right order.
    shift_m : float
        Median distance in metres that bringing the points to WGS 84 would move them; NaN
        where no datum is found.
    """

    datum: Datum | None
    reason: str
    placed: dict[Datum, int]
    points: int
    is_swapped: bool
    shift_m: float


def detect_datum(points: ArrayLike, adcodes: Sequence[str], *, vintage: str = "2025") -> Detection:
    """Find out which datum a column of points is in, or say that it cannot be told.

    The points are read in each datum, and those are counted that fall into the district which
    their own row names. Only points near a border tell datums apart: without enough of them
    the question stays open.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        Degrees, longitude first; the other order is noticed.
    adcodes : sequence of str, length n
        District, prefecture or province that each row names; rows without one do not count.
    vintage : {"2025", "2026"}
        Boundary list that the codes belong to.

    Returns
    -------
    Detection
        The datum, or why there is none, with the counts.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.

    Examples
    --------
    >>> found = detect_datum([(29.5537, 106.5729)], ["500103"])
    >>> found.datum, found.reason, found.is_swapped, found.placed["wgs84"]
    (None, 'too_close', True, 1)
    """
    numbers = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    is_swapped = looks_swapped(numbers)
    ordered = numbers[:, ::-1] if is_swapped else numbers
    named = np.array([code if is_adcode(code) else "" for code in adcodes], dtype=str)
    usable = is_lon_lat(ordered) & (named != "")
    ordered, named = ordered[usable], named[usable]
    hits = {
        datum: _is_within(district_at(convert(ordered, datum, "wgs84"), vintage), named)
        for datum in DATUMS
    }
    best, reason = _decided(hits)
    shift = median_m(shifts_m(ordered, best)) if best else float("nan")
    placed = {datum: int(hit.sum()) for datum, hit in hits.items()}
    return Detection(best, reason, placed, len(named), is_swapped, shift)


def looks_swapped(points: ArrayLike) -> bool:
    """Return whether a column of points has latitude before longitude.

    In the right order every point of the region lies in China, and in the wrong one none does.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        Degrees.

    Returns
    -------
    bool
        True if more points lie in the rectangle of China when read the other way round.

    Examples
    --------
    >>> looks_swapped([(29.5, 106.5), (30.6, 104.1)]), looks_swapped([(106.5, 29.5)])
    (True, False)
    """
    numbers = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return bool(is_in_china(numbers[:, ::-1]).sum() > is_in_china(numbers).sum())


def _is_within(found: NDArray[np.str_], named: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Return which districts lie in the units named, by what the codes say themselves."""
    stems = [code[:2] if code[2:] == "0000" else code.removesuffix("00") for code in named]
    return np.strings.startswith(found, np.array(stems, dtype=str))


def _decided(hits: dict[Datum, NDArray[np.bool_]]) -> tuple[Datum | None, str]:
    best = max(hits, key=lambda datum: hits[datum].sum())
    right = hits[best]
    if not right.size:
        return None, "no_points"
    if 2 * right.sum() <= right.size:
        return None, "elsewhere"
    for rival, other in hits.items():
        only_best, only_rival = int((right & ~other).sum()), int((other & ~right).sum())
        leads = only_best - only_rival >= _LEAST_LEAD
        if rival != best and not (leads and only_best >= _LEAST_SHARE * (only_best + only_rival)):
            return None, "too_close"
    return best, "decided"

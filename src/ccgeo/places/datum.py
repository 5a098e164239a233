"""Coordinates as Chinese maps publish them, and how to bring them to WGS 84.

Maps published in China are shifted by some hundred metres: AMap and others give GCJ-02, Baidu
BD-09, which shifts GCJ-02 once more. CGCS2000 (EPSG:4490) is the same as WGS 84 for every
purpose here.

Neither shift was ever published. What is used here is what the field has used for years, see
the references of `convert`; outside a rectangle around China GCJ-02 is WGS 84.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

import numpy as np
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest

from ccgeo.errors import CRSMismatchError, UnknownChoiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Points = NDArray[np.float64]
    Shift = Callable[[Points], Points]

Datum = Literal["wgs84", "gcj02", "bd09"]
"""How the numbers of a point are meant."""

DATUMS: Final[tuple[Datum, ...]] = get_args(Datum)
"""Datums, the plain one first."""

CHINA_DEG: Final = (72.004, 0.8293, 137.8347, 55.8271)
"""Rectangle (left, bottom, right, top) beyond which GCJ-02 is WGS 84, in degrees."""

_GEOD: Final = Geod(ellps="WGS84")
# Ellipsoid of Krasovsky, which the shift is computed on.
_AXIS_M: Final = 6378245.0
_ECCENTRICITY_2: Final = 0.00669342162296594323
_ORIGIN_DEG: Final = (105.0, 35.0)
_BAIDU_OFFSET_DEG: Final = (0.0065, 0.006)
_BAIDU_WAVE: Final = np.pi * 3000 / 180
# A ten-thousandth of a millimetre; every step comes a hundred times closer.
_CLOSE_DEG: Final = 1e-12
_MOST_STEPS: Final = 12
# Sichuan and Chongqing: a way into WGS 84 has to be good here.
_REGION: Final = AreaOfInterest(97.3, 26.0, 110.3, 34.4)
# The register knows no exact way from CGCS2000, because none is needed: they are the same.
_SAME_DATUMS: Final = frozenset({"World Geodetic System 1984", "China 2000"})
_PLAIN_NAME = re.compile(r"[^a-z0-9]")
_NAMES: Final[dict[str, Datum]] = {
    "wgs84": "wgs84",
    "wgs1984": "wgs84",
    "cgcs2000": "wgs84",
    "gcj02": "gcj02",
    "amap": "gcj02",
    "bd09": "bd09",
    "bd09ll": "bd09",
    "baidu": "bd09",
}


class Read(NamedTuple):
    """Points brought to WGS 84, and how far that moved them.

    Attributes
    ----------
    lon_lat : numpy.ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees, WGS 84 (EPSG:4326).
    stated : str
        What the coordinates were said to be: a datum, or the name of a reference system.
    shift_m : float
        Median distance in metres between a point read as WGS 84 and where it lies, NaN where
        that means nothing because the numbers were no degrees.
    """

    lon_lat: Points
    stated: str
    shift_m: float


def convert(lon_lat: ArrayLike, from_datum: str, to_datum: str) -> NDArray[np.float64]:
    """Return points of one datum in another.

    Parameters
    ----------
    lon_lat : array_like of float, shape (n, 2)
        Longitude and latitude in degrees of the first datum.
    from_datum, to_datum : {"wgs84", "gcj02", "bd09"}
        Datums.

    Returns
    -------
    numpy.ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees of the second datum. There and back again is less
        than a millimetre, but for points within a kilometre of the edges of `CHINA_DEG`,
        where GCJ-02 has a gap. What is not finite stays so.

    Raises
    ------
    UnknownChoiceError
        A datum is not one.

    References
    ----------
    GCJ-02: https://github.com/googollee/eviltransform, whose formula and rectangle every
    library of the field shares. BD-09: https://github.com/wandergis/coordtransform. As there,
    the second shift knows no rectangle: BD-09 differs from WGS 84 abroad too.

    Examples
    --------
    >>> convert([(106.55, 29.56)], "wgs84", "gcj02").round(4).tolist()
    [[106.5537, 29.5572]]
    """
    steps = DATUMS.index(_checked(from_datum)), DATUMS.index(_checked(to_datum))
    points = np.array(lon_lat, dtype=np.float64).reshape(-1, 2)
    for shift in _SHIFTS[steps[0] : steps[1]]:
        points = shift(points)
    for shift in reversed(_SHIFTS[steps[1] : steps[0]]):
        points = _undone(shift, points)
    return points


def shifts_m(lon_lat: ArrayLike, datum: str) -> NDArray[np.float64]:
    """Return how far converting from a datum to WGS 84 would move each point.

    Parameters
    ----------
    lon_lat : array_like of float, shape (n, 2)
        Longitude and latitude in degrees of that datum.
    datum : {"wgs84", "gcj02", "bd09"}
        Datum that the points are in.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        Metres on the ellipsoid; NaN for a point that is not finite.

    Raises
    ------
    UnknownChoiceError
        The datum is not one.

    Examples
    --------
    >>> shifts_m([(106.55, 29.56)], "gcj02").round().tolist()
    [479.0]
    """
    before = np.asarray(lon_lat, dtype=np.float64).reshape(-1, 2)
    after = convert(before, datum, "wgs84")
    metres = np.full(len(before), np.nan)
    usable = is_lon_lat(before)
    metres[usable] = _GEOD.inv(*before[usable].T, *after[usable].T)[2]
    return metres


def read_points(points: ArrayLike, stated: str) -> Read:
    """Bring points to WGS 84 from whatever they are said to be in.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        First and second coordinate, east before north, in the unit of the system.
    stated : str
        A datum, such as ``"GCJ-02"``, or a reference system that pyproj knows, such as
        ``"EPSG:4490"``, ``"EPSG:32648"`` or a WKT text.

    Returns
    -------
    Read
        The points in degrees of WGS 84 and their shift.

    Raises
    ------
    CRSMismatchError
        Nothing of that name is known, it is no system of places on the earth, or pyproj knows
        no way from it to WGS 84 that holds in the region (Beijing 1954, Xian 1980).

    Examples
    --------
    >>> read_points([(466_000, 3_270_000)], "EPSG:32648").lon_lat.round(2).tolist()
    [[104.65, 29.56]]
    >>> round(read_points([(104.06, 30.57)], "BD-09").shift_m)
    948
    """
    numbers = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    datum = _NAMES.get(_PLAIN_NAME.sub("", str(stated)[:60].casefold()))
    if datum is not None:
        return Read(convert(numbers, datum, "wgs84"), datum, median_m(shifts_m(numbers, datum)))
    crs = _crs(stated)
    east, north = _transformer(crs, stated).transform(*numbers.T)
    moved = np.column_stack([east, north])
    # Where nothing can be transformed pyproj answers with infinity.
    moved[~np.isfinite(moved).all(axis=1)] = np.nan
    if not crs.is_geographic:
        return Read(moved, crs.name, float("nan"))
    usable = is_lon_lat(numbers) & is_lon_lat(moved)
    metres = _GEOD.inv(*numbers[usable].T, *moved[usable].T)[2]
    return Read(moved, crs.name, median_m(metres))


def is_lon_lat(points: ArrayLike) -> NDArray[np.bool_]:
    """Return which points can be degrees of longitude and latitude.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        First and second coordinate.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        False beyond 180 and 90 degrees and for what is not finite.

    Examples
    --------
    >>> is_lon_lat([(106.5, 29.5), (29.5, 106.5)]).tolist()
    [True, False]
    """
    # A comparison with a number that is none is False.
    sizes = np.abs(np.asarray(points, dtype=np.float64).reshape(-1, 2))
    possible: NDArray[np.bool_] = np.logical_and.reduce(sizes <= (180, 90), axis=1)
    return possible


def is_in_china(points: ArrayLike) -> NDArray[np.bool_]:
    """Return which points lie in the rectangle within which GCJ-02 is shifted.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        Longitude and latitude in degrees.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        True within `CHINA_DEG`, its edges included.

    Examples
    --------
    >>> is_in_china([(106.5, 29.5), (29.5, 106.5)]).tolist()
    [True, False]
    """
    numbers = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    left, bottom, right, top = CHINA_DEG
    inside: NDArray[np.bool_] = np.logical_and.reduce(
        (numbers >= (left, bottom)) & (numbers <= (right, top)), axis=1
    )
    return inside


def median_m(metres: ArrayLike) -> float:
    """Return the median of the distances that are known.

    Parameters
    ----------
    metres : array_like of float, shape (n,)
        Distances in metres; those that are not finite are left out.

    Returns
    -------
    float
        Metres; NaN if none is known.

    Examples
    --------
    >>> median_m([480, float("nan"), 490])
    485.0
    """
    known = np.asarray(metres, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(np.median(known)) if known.size else float("nan")


def _checked(datum: str) -> Datum:
    for known in DATUMS:
        if datum == known:
            return known
    what = "datum"
    raise UnknownChoiceError(what, datum, DATUMS)


def _crs(stated: str) -> CRS:
    try:
        crs = CRS.from_user_input(stated)
    except CRSError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected):
        raise _refusal(stated)
    return crs


def _transformer(crs: CRS, stated: str) -> Transformer:
    """Return the way into WGS 84; none that is only roughly right is taken."""
    own = crs.geodetic_crs
    target = CRS.from_epsg(4326)
    if own is not None and own.datum is not None and own.datum.name in _SAME_DATUMS:
        # Within one datum only the projection has to be undone, if there is one.
        crs, target = (crs, own) if crs.is_projected else (target, target)
    try:
        return Transformer.from_crs(
            crs, target, always_xy=True, allow_ballpark=False, area_of_interest=_REGION
        )
    except ProjError as error:
        raise _refusal(stated) from error


def _refusal(stated: str) -> CRSMismatchError:
    return CRSMismatchError(
        f"coordinates are wanted in WGS 84, GCJ-02, BD-09 or a reference system with a known way "
        f"into WGS 84 here, such as 'EPSG:4490'; {str(stated)[:60]!r} is none: say another"
    )


def _waves(value: Points, *, low: tuple[float, float]) -> Points:
    """Add up the four waves of one axis, in metres: their lengths are fixed, two heights vary."""
    heights = ((20.0, 1.0), (40.0, 3.0), (low[0], 12.0), (low[1], 30.0))
    parts = [height * np.sin(value * np.pi / length) for height, length in heights]
    summed: Points = np.sum(parts, axis=0)
    return summed


def _to_gcj02(points: Points) -> Points:
    """Shift WGS 84 to GCJ-02, as eviltransform does."""
    east, north = (points - _ORIGIN_DEG).T
    root = np.sqrt(np.abs(east))
    ripple = 20 * np.sin(6 * np.pi * east) + 20 * np.sin(2 * np.pi * east)
    waves_x = ripple + _waves(east, low=(150.0, 300.0))
    waves_y = ripple + _waves(north, low=(160.0, 320.0))
    metres_x = 300 + east + 2 * north + 0.1 * east * (east + north) + 0.1 * root + waves_x * 2 / 3
    metres_y = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * root
    metres_y += waves_y * 2 / 3
    latitude = np.radians(points[:, 1])
    flat = 1 - _ECCENTRICITY_2 * np.sin(latitude) ** 2
    along = _AXIS_M / np.sqrt(flat) * np.cos(latitude)
    across = _AXIS_M * (1 - _ECCENTRICITY_2) / flat**1.5
    shift = np.degrees(np.column_stack([metres_x / along, metres_y / across]))
    return np.where(is_in_china(points)[:, None], points + shift, points)


def _to_bd09(points: Points) -> Points:
    """Shift GCJ-02 to BD-09, as coordtransform does."""
    lon, lat = points.T
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_WAVE)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]) + _BAIDU_OFFSET_DEG


_SHIFTS: Final[tuple[Shift, ...]] = (_to_gcj02, _to_bd09)


def _undone(shift: Shift, shifted: Points) -> Points:
    """Return the points that a shift brings to the given ones.

    The shift varies slowly, so what it adds here is nearly what it added there: taking that
    away again and again comes ever closer.
    """
    points = shifted
    for _ in range(_MOST_STEPS):
        miss = shifted - shift(points)
        points = points + miss
        if not np.any(np.abs(miss) > _CLOSE_DEG):
            break
    return points

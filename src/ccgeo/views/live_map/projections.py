"""The two projections of the live map, in kilometres.

A choropleth is honest only where equal areas look equal, so the region frame is an Albers
conic fitted to Sichuan and Chongqing. A line to a partner is honest where distance and
direction from the region are true, so the world frame is azimuthal equidistant around the
midpoint of Chengdu and Chongqing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

import numpy as np
from pyproj import CRS, Geod, Transformer

from ccgeo.errors import UnknownChoiceError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Frame = Literal["region", "world"]

FRAMES: Final[tuple[Frame, ...]] = get_args(Frame)
"""Names of the frames, the default first."""

WORLD_RADIUS_KM: Final = 17_000.0
"""Where the world frame ends: beyond, a few partners would stretch into most of the rim."""

GEOD: Final = Geod(ellps="WGS84")
"""The ellipsoid that both frames and every written distance share."""


class LonLat(NamedTuple):
    """A point on the ellipsoid.

    Parameters
    ----------
    lon : float
        Longitude in degrees, EPSG:4326.
    lat : float
        Latitude in degrees, EPSG:4326.
    """

    lon: float
    lat: float


CHENGDU: Final = LonLat(104.0665, 30.5723)
"""City seat of Chengdu."""

CHONGQING: Final = LonLat(106.5516, 29.5630)
"""City seat of Chongqing."""


def _midpoint(start: LonLat, end: LonLat) -> LonLat:
    lon, lat = GEOD.npts(*start, *end, 1)[0]
    return LonLat(round(lon, 4), round(lat, 4))


CENTRE: Final = _midpoint(CHENGDU, CHONGQING)
"""Midpoint of the geodesic from Chengdu to Chongqing: the centre of the world frame."""

# The parallels stand one sixth inside the latitudes 26.0 to 34.3 that the region spans, the
# usual rule for a conic, and the meridian halves its longitudes 97.3 to 110.2: it sits upright.
REGION: Final = CRS.from_proj4(
    "+proj=aea +lat_1=27.4 +lat_2=32.9 +lat_0=30.2 +lon_0=103.8 +datum=WGS84 +units=km +no_defs"
)
"""Albers equal-area conic of the region frame; kilometres, x to the east, y to the north."""

WORLD: Final = CRS.from_proj4(
    f"+proj=aeqd +lat_0={CENTRE.lat} +lon_0={CENTRE.lon} +datum=WGS84 +units=km +no_defs"
)
"""Azimuthal equidistant projection of the world frame; kilometres from `CENTRE`."""


def frame_crs(frame: str) -> CRS:
    """Return the coordinate reference system of a frame.

    Parameters
    ----------
    frame : str
        ``"region"`` or ``"world"``.

    Returns
    -------
    pyproj.CRS
        `REGION` or `WORLD`.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> frame_crs("world").coordinate_operation.method_name
    'Azimuthal Equidistant'
    """
    known = {"region": REGION, "world": WORLD}
    if frame not in known:
        raise UnknownChoiceError("frame", frame, FRAMES)
    return known[frame]


@cache
def _transformer(frame: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", frame_crs(frame), always_xy=True)


def project(lon_lat: ArrayLike, frame: str) -> NDArray[np.float64]:
    """Project points of the ellipsoid into a frame.

    Parameters
    ----------
    lon_lat : array_like of float, shape (n, 2)
        Longitude and latitude in degrees, EPSG:4326.
    frame : str
        ``"region"`` or ``"world"``.

    Returns
    -------
    numpy.ndarray of float64, shape (n, 2)
        Kilometres to the east and to the north in the frame.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> project([CENTRE], "world").round(6).tolist()
    [[0.0, 0.0]]
    """
    points = np.asarray(lon_lat, dtype=np.float64).reshape(-1, 2)
    x, y = _transformer(frame).transform(points[:, 0], points[:, 1])
    return np.column_stack((x, y))


def distance_from_centre(point: LonLat) -> float:
    """Return the length of the geodesic from `CENTRE` to a point.

    Parameters
    ----------
    point : LonLat
        Point in degrees, EPSG:4326.

    Returns
    -------
    float
        Kilometres on the WGS 84 ellipsoid.

    Examples
    --------
    >>> round(distance_from_centre(CHENGDU) * 2)
    264
    """
    return float(GEOD.inv(*CENTRE, *point)[2]) / 1000


def toward(point: LonLat, distance_km: float) -> LonLat:
    """Return where one stands after going from `CENTRE` toward a point.

    Parameters
    ----------
    point : LonLat
        Point that gives the direction, in degrees, EPSG:4326.
    distance_km : float
        Kilometres to go along the geodesic.

    Returns
    -------
    LonLat
        Degrees, EPSG:4326.

    Examples
    --------
    >>> there = toward(CHONGQING, 1000)
    >>> round(distance_from_centre(there))
    1000
    """
    azimuth = GEOD.inv(*CENTRE, *point)[0]
    lon, lat, _ = GEOD.fwd(*CENTRE, azimuth, distance_km * 1000)
    return LonLat(float(lon), float(lat))

"""Which district a point lies in, for millions of points at a time.

A grid over the region knows for most of its cells that they lie wholly inside one district or
wholly outside all; only points in the cells that a border runs through are tested against
polygons. Polygons are those of `ccgeo.places.boundaries`: simplified, so a point within some
tens of metres of a border may stand on the other side of it in reality.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.vintages import VINTAGES, Vintage, check_vintage

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Points = NDArray[np.float64]
    Codes = NDArray[np.str_]

# Cells of 0.02 degrees: at 0.01 the index takes twice as long to make, at 0.04 twice as many
# points have to be tested.
_CELL_DEG: Final = 0.02
_BLOCK_CELLS: Final = 64
# Rounding may put a point of an edge into the neighbouring cell; a cell is only called inside
# if that strip, a tenth of a millimetre wide, is inside too.
_EDGE_DEG: Final = 1e-9
_OUTSIDE: Final = -1
_BORDER: Final = -2


class _Grid(NamedTuple):
    """Cells of one vintage.

    A cell holds the position of the district it lies in, `_OUTSIDE` or `_BORDER`.
    """

    left: float
    bottom: float
    cells: NDArray[np.int16]
    polygons: NDArray[np.object_]
    adcodes: Codes


def district_at(lon_lat: ArrayLike, vintage: str) -> NDArray[np.str_]:
    """Return the district that each point lies in.

    A point on a border belongs to each district that meets there; it is given to the one with
    the lowest adcode, always.

    Parameters
    ----------
    lon_lat : array_like of float, shape (n, 2)
        Longitude and latitude in degrees, WGS 84 (EPSG:4326).
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    numpy.ndarray of str, shape (n,)
        Adcodes; empty for a point outside Sichuan and Chongqing and for one that is not
        finite.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    DataFileError
        The shipped boundaries are missing.

    Examples
    --------
    >>> district_at([(106.5729, 29.5537), (103.85, 1.29)], "2025").tolist()
    ['500103', '']
    """
    points = np.asarray(lon_lat, dtype=np.float64).reshape(-1, 2)
    grid = _grid(check_vintage(vintage))
    found = _cells_of(points, grid)
    near_border = np.flatnonzero(found == _BORDER)
    found[near_border] = _tested(points[near_border], grid)
    return np.append(grid.adcodes, "")[found]


def districts_at(lon_lat: ArrayLike) -> dict[Vintage, NDArray[np.str_]]:
    """Return the district that each point lies in, in every vintage.

    Parameters
    ----------
    lon_lat : array_like of float, shape (n, 2)
        Longitude and latitude in degrees, WGS 84 (EPSG:4326).

    Returns
    -------
    dict of str to numpy.ndarray of str, shape (n,)
        Vintage: adcodes, as `district_at` gives them.

    Examples
    --------
    >>> {vintage: str(codes[0]) for vintage, codes in districts_at([(106.63, 29.72)]).items()}
    {'2025': '500112', '2026': '500157'}
    """
    return {vintage: district_at(lon_lat, vintage) for vintage in VINTAGES}


def _cells_of(points: Points, grid: _Grid) -> NDArray[np.int16]:
    """Return what the cell of each point holds."""
    rows, columns = grid.cells.shape
    # A point that is not a number, or far away, is outside whatever a cast would make of it.
    with np.errstate(over="ignore", invalid="ignore"):
        place = np.floor((points - (grid.left, grid.bottom)) / _CELL_DEG)
    is_inside = ((place >= 0) & (place < (columns, rows))).all(axis=1)
    column, row = place[is_inside].astype(np.int64).T
    found = np.full(len(points), _OUTSIDE, dtype=np.int16)
    found[is_inside] = grid.cells[row, column]
    return found


def _tested(points: Points, grid: _Grid) -> NDArray[np.int16]:
    """Return the first polygon that each point touches."""
    found = np.full(len(points), _OUTSIDE, dtype=np.int16)
    bounds = shapely.bounds(grid.polygons)
    order = np.argsort(points[:, 0])
    lon, lat = points[order].T
    spans = np.searchsorted(lon, bounds[:, 0]), np.searchsorted(lon, bounds[:, 2], side="right")
    # Backwards, so that where several touch the lowest adcode is written last.
    for position in range(len(grid.polygons) - 1, -1, -1):
        span = slice(spans[0][position], spans[1][position])
        low, high = bounds[position, [1, 3]]
        near = order[span][(lat[span] >= low) & (lat[span] <= high)]
        hits = shapely.intersects_xy(grid.polygons[position], points[near])
        found[near[hits]] = position
    return found


@cache
def _grid(vintage: Vintage) -> _Grid:
    districts = read_boundaries("district", vintage)
    polygons = np.asarray(districts.geometry)
    shapely.prepare(polygons)
    left, bottom, right, top = districts.total_bounds
    blocks = np.ceil([(right - left) / _CELL_DEG, (top - bottom) / _CELL_DEG]) // _BLOCK_CELLS + 1
    columns, rows = (blocks * _BLOCK_CELLS).astype(int)
    cells = np.full((rows, columns), _OUTSIDE, dtype=np.int16)
    grid = _Grid(float(left), float(bottom), cells, polygons, districts["adcode"].to_numpy(str))
    _fill(grid)
    return grid


def _fill(grid: _Grid) -> None:
    """Say of every cell what it holds: large blocks first, and only those on a border finer."""
    tree = shapely.STRtree(grid.polygons)
    rows, columns = grid.cells.shape
    starts = np.mgrid[0:rows:_BLOCK_CELLS, 0:columns:_BLOCK_CELLS].reshape(2, -1).T
    size = _BLOCK_CELLS
    while len(starts):
        held = _held(starts, size, grid, tree)
        blocks = grid.cells.reshape(rows // size, size, columns // size, size)
        row, column = starts.T // size
        blocks[row, :, column, :] = held[:, None, None]
        if size == 1:
            return
        size //= 2
        quarters = np.array([(0, 0), (0, size), (size, 0), (size, size)])
        starts = (starts[held == _BORDER][:, None] + quarters).reshape(-1, 2)


def _held(
    starts: NDArray[np.int64], size: int, grid: _Grid, tree: shapely.STRtree
) -> NDArray[np.int16]:
    """Return what each square block of cells holds."""
    low = starts[:, ::-1] * _CELL_DEG + (grid.left, grid.bottom) - _EDGE_DEG
    high = low + size * _CELL_DEG + 2 * _EDGE_DEG
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    # By extent only: the tests below run on prepared polygons, which those of a tree are not.
    block, polygon = tree.query(boxes)
    held = np.full(len(starts), _OUTSIDE, dtype=np.int16)
    held[block[shapely.intersects(grid.polygons[polygon], boxes[block])]] = _BORDER
    is_inside = shapely.contains_properly(grid.polygons[polygon], boxes[block])
    held[block[is_inside]] = polygon[is_inside]
    return held

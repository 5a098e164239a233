"""The map of a figure, drawn with matplotlib: units, flows, names, graticule and scale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ccgeo.views.live_map.projections import WORLD_RADIUS_KM, LonLat, project
from ccgeo.views.planar import free_spots, land_rings, planar_bounds, planar_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import numpy.typing as npt
    from matplotlib.axes import Axes

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows

    Bounds = tuple[float, float, float, float]

# matplotlib is imported where it draws: it takes longer to load than the layers to build.
# ruff: noqa: PLC0415

INK: Final = "#31333f"
"""Colour of words, outlines and the scale."""

INBOUND: Final = "#b5179e"
OUTBOUND: Final = "#d1495b"
POINTS_PER_PX: Final = 0.62
"""Width of a line in points for each pixel that it has on the screen."""

_FONT: Final = Path(__file__).parent / "fonts" / "ccgeo-sans.ttf"
_PALE: Final = "#8a8a90"
_SEA: Final = "#eef3f7"
_STEP_DEG: Final = {"region": 2, "world": 30}
_MOST_NAMES: Final = 14


class Picture(NamedTuple):
    """What every part of a figure is drawn from.

    Attributes
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    frame : str
        ``"region"`` or ``"world"``.
    bounds : tuple of float
        Left, bottom, right, top in kilometres of the frame.
    """

    choropleth: Choropleth
    flows: Flows
    frame: str
    bounds: Bounds

    @property
    def is_chinese(self) -> bool:
        """Return whether the words are Chinese.

        Returns
        -------
        bool
            Whether the language of the view is Chinese.
        """
        return self.choropleth.view.language == "zh"


def draw_map(axes: Axes, picture: Picture) -> None:
    """Draw a picture into axes of its frame.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Empty axes; they get the limits of the picture.
    picture : Picture
        What to draw.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> axes = Figure().add_axes((0, 0, 1, 1))
    >>> draw_map(axes, Picture(shown.choropleth, shown.flows, "region", (-900, -700, 900, 700)))
    >>> axes.get_xlim()
    (np.float64(-900.0), np.float64(900.0))
    """
    _frame_axes(axes, picture.bounds)
    if picture.frame == "world":
        _draw_ground(axes)
    _draw_units(axes, picture.choropleth, picture.frame)
    _draw_graticule(axes, picture)
    _draw_flows(axes, picture)
    if picture.frame == "region":
        _draw_scale(axes, picture.bounds)
    else:
        axes.set_axis_off()
        _clip(axes)


def draw_region(axes: Axes, choropleth: Choropleth) -> None:
    """Draw the units alone, for a corner of the world frame, where they are too small to read.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Empty axes.
    choropleth : Choropleth
        Units in classes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> axes = Figure().add_axes((0, 0, 1, 1))
    >>> draw_region(axes, answer(DEFAULT_SELECTION, View(level="province")).choropleth)
    >>> len(axes.collections) > 2
    True
    """
    _frame_axes(axes, planar_bounds(choropleth.features, "region"))
    _draw_units(axes, choropleth, "region")


def font(size: float) -> Any:  # noqa: ANN401 - matplotlib's
    """Return the font that comes with ccgeo, as a machine may have none for Chinese.

    Parameters
    ----------
    size : float
        Size in points.

    Returns
    -------
    matplotlib.font_manager.FontProperties
        The font.

    Examples
    --------
    >>> font(9).get_size()
    9.0
    """
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_FONT, size=size)


def _frame_axes(axes: Axes, bounds: Bounds) -> None:
    left, bottom, right, top = bounds
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
    for edge in axes.spines.values():
        edge.set(color="#c8c8cc", linewidth=0.8)


def _draw_ground(axes: Axes) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle((0, 0), WORLD_RADIUS_KM, facecolor=_SEA, edgecolor="#c8c8cc", zorder=-1))
    for ring in land_rings():
        axes.fill(*np.asarray(ring).T, color="#dcdcda", linewidth=0, zorder=0)


def _clip(axes: Axes) -> None:
    """End everything but words where the world frame ends."""
    from matplotlib.patches import Circle

    edge = Circle((0, 0), WORLD_RADIUS_KM, transform=axes.transData)
    for artist in (*axes.lines, *axes.collections, *axes.patches):
        artist.set_clip_path(edge)


def _draw_units(axes: Axes, choropleth: Choropleth, frame: str) -> None:
    from matplotlib.collections import PathCollection

    units, legend = choropleth.features, choropleth.legend
    paths = [_path(geometry, frame) for geometry in units.geometry]
    classes = units["class_index"].tolist()
    line = 0.4 if frame == "region" else 0.05
    for index, colour in ((-1, "#f7f7f7"), *enumerate(legend.colours)):
        is_empty = index < 0
        axes.add_collection(
            PathCollection(
                [path for path, its in zip(paths, classes, strict=True) if its == index],
                facecolor=colour,
                edgecolor="#b4b4b8" if is_empty else "#ffffff",
                hatch="////" if is_empty and frame == "region" else None,
                linewidth=line,
                zorder=1,
            )
        )
    outlines = _provinces(choropleth.features)
    axes.add_collection(
        PathCollection(
            [_path(geometry, frame) for geometry in outlines],
            facecolor="none",
            edgecolor=INK,
            linewidth=1.1 if frame == "region" else 0.3,
            zorder=2,
        )
    )


def _provinces(units: gpd.GeoDataFrame) -> list[Any]:
    dissolved = units[["geometry"]].dissolve(by=units["adcode"].str[:2], method="coverage")
    return list(dissolved.geometry)


def _path(geometry: Any, frame: str) -> Any:  # noqa: ANN401 - shapely in, matplotlib out
    from matplotlib.path import Path as Outline

    rings = [
        project(np.asarray(ring.coords)[:, :2], frame)
        for part in getattr(geometry, "geoms", [geometry])
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))


def _graticule(frame: str) -> Iterator[tuple[str, npt.NDArray[np.float64]]]:
    step = _STEP_DEG[frame]
    if frame == "region":
        lons, lats = range(96, 114, step), range(24, 38, step)
        along_lon, along_lat = np.linspace(94, 114, 81), np.linspace(23, 37, 57)
    else:
        lons, lats = range(-180, 180, step), range(-60, 90, step)
        along_lon, along_lat = np.linspace(-180, 180, 361), np.linspace(-75, 88, 164)
    for lon in lons:
        line = np.column_stack([np.full_like(along_lat, lon), along_lat])
        yield f"{abs(lon)}°{'E' if lon >= 0 else 'W'}", project(line, frame)
    for lat in lats:
        line = np.column_stack([along_lon, np.full_like(along_lon, lat)])
        yield f"{abs(lat)}°{'N' if lat >= 0 else 'S'}", project(line, frame)


def _draw_graticule(axes: Axes, picture: Picture) -> None:
    left, bottom, right, top = picture.bounds
    for label, line in _graticule(picture.frame):
        shown = line.copy()
        if picture.frame == "world":
            # A line that leaves the disc comes back elsewhere: it is broken there.
            shown[np.hypot(*line.T) > WORLD_RADIUS_KM] = np.nan
        axes.plot(*shown.T, color="#9aa0a6", linewidth=0.35, zorder=0.5, alpha=0.8)
        if picture.frame == "region":
            is_meridian = label.endswith("E")
            across, edge = (line[:, 1], bottom) if is_meridian else (line[:, 0], left)
            at = float(np.interp(edge, across, line[:, 0 if is_meridian else 1]))
            inside = left < at < right if is_meridian else bottom < at < top
            if inside:
                spot = (at, bottom) if is_meridian else (left, at)
                axes.annotate(
                    label, spot, xytext=(2, 3), textcoords="offset points", color=_PALE,
                    font=font(6.5), zorder=6,
                )  # fmt: skip


def _draw_flows(axes: Axes, picture: Picture) -> None:
    ends: dict[str, list[tuple[float, float]]] = {}
    names: dict[str, str] = {}
    language = "zh" if picture.is_chinese else "en"
    for flow in reversed(picture.flows.features.to_dict("records")):
        is_outbound = flow["direction"] == "outbound"
        near, far = ("origin", "destination") if is_outbound else ("destination", "origin")
        place = LonLat(flow[f"{near}_lon"], flow[f"{near}_lat"])
        line = planar_line(flow["geometry"], place, picture.frame, picture.bounds).points
        axes.plot(
            *line.T,
            color=OUTBOUND if is_outbound else INBOUND,
            linewidth=flow["width"] * POINTS_PER_PX,
            alpha=0.5,
            solid_capstyle="butt",
            zorder=4,
        )
        ends.setdefault(flow["partner"], []).append((line[0][0], line[0][1]))
        names[flow["partner"]] = flow[f"{far}_name_{language}"]
    largest = dict.fromkeys(picture.flows.features["partner"])
    spots = free_spots({partner: ends[partner] for partner in largest}, picture.bounds)
    for partner, (x, y) in [*spots.items()][:_MOST_NAMES]:
        _draw_name(axes, names[partner], (x, y), picture.bounds)


def _draw_name(axes: Axes, name: str, at: tuple[float, float], bounds: Bounds) -> None:
    from matplotlib.patheffects import withStroke

    left, bottom, right, top = bounds
    width, height = right - left, top - bottom
    sides = {"left": at[0] < left + 0.06 * width, "right": at[0] > right - 0.06 * width}
    lifted = np.clip(at[1], bottom + 0.02 * height, top - 0.02 * height)
    axes.annotate(
        name, (at[0], float(lifted)), color=INK, font=font(7), zorder=8, va="center",
        ha=next((side for side, is_near in sides.items() if is_near), "center"),
        path_effects=[withStroke(linewidth=2.2, foreground="#ffffff")],
    )  # fmt: skip


def _draw_scale(axes: Axes, bounds: Bounds) -> None:
    left, bottom, right, top = bounds
    length, start = 200.0, left + 0.04 * (right - left)
    height = bottom + 0.055 * (top - bottom)
    for half, colour in ((0, INK), (1, "#ffffff")):
        span = [start + half * length / 2, start + (half + 1) * length / 2]
        axes.plot(span, [height] * 2, color=INK, linewidth=4, solid_capstyle="butt", zorder=6)
        axes.plot(span, [height] * 2, color=colour, linewidth=2.6, solid_capstyle="butt", zorder=7)
    for share, label in ((0, "0"), (0.5, "100"), (1, "200 km")):
        axes.annotate(
            label, (start + share * length, height), xytext=(0, 4), textcoords="offset points",
            ha="center", color=INK, font=font(7.5), zorder=7,
        )  # fmt: skip

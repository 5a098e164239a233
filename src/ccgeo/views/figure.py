"""The same layers as a figure for a paper or a slide: PNG, SVG or PDF.

Chinese is drawn with a font that comes with ccgeo, so a figure looks the same on a machine
that has none.
"""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.credits import credit_line
from ccgeo.query.words import share_words
from ccgeo.shipped import data_version
from ccgeo.views.live_map.projections import LonLat, project
from ccgeo.views.planar import land_rings, planar_bounds, planar_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows

    Bounds = tuple[float, float, float, float]

FIGURE_FORMS: Final = ("png", "svg", "pdf")
"""Formats of a figure."""

# matplotlib is imported where it draws: it takes longer to load than the layers to build.
# ruff: noqa: PLC0415

_FONT: Final = Path(__file__).parent / "fonts" / "ccgeo-sans.ttf"
_SIZE_IN: Final = (11.0, 7.6)
_DPI: Final = 200
_INK: Final = "#31333f"
_PALE: Final = "#8a8a90"
_INBOUND: Final = "#b5179e"
_OUTBOUND: Final = "#d1495b"
_PX_PER_POINT: Final = 0.75
_STEP_DEG: Final = {"region": 2, "world": 30}
_LINE_CHARS: Final = {"en": 108, "zh": 62}
_LEGEND: Final[Any] = {
    "loc": "upper left",
    "frameon": False,
    "alignment": "left",
    "handlelength": 2.4,
    "labelspacing": 0.6,
    "borderaxespad": 0,
}
_SETTINGS: Final[Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "ccgeo",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.5,
    "hatch.color": "#b4b4b8",
}
_WORDS: Final = {
    "not_mapped": ("not mapped at this level", "本级未能落图"),
    "of_amount": ("of the amount, {count} of {all} records", "的金额，{all}条记录中的{count}条"),
    "of_records": ("of the records", "的记录"),
    "inbound": ("into the region, or direction not stated", "流入本区域或方向未说明"),
    "outbound": ("out of the region", "自本区域流出"),
    "data": ("Data: ccgeo, version {version}.", "数据：ccgeo，版本 {version}。"),
    "projection": (
        ("Albers equal-area conic", "阿尔伯斯等积圆锥投影"),
        ("Azimuthal equidistant, centred on the region", "以本区域为中心的等距方位投影"),
    ),
}


class _Picture(NamedTuple):
    """What every part of a figure is drawn from."""

    choropleth: Choropleth
    flows: Flows
    frame: str
    bounds: Bounds

    def say(self, key: str, **values: object) -> str:
        text: Any = _WORDS[key][self.choropleth.view.language == "zh"]
        return str(text).format(**values)


def figure_bytes(
    choropleth: Choropleth, flows: Flows, form: str = "png", *, frame: str = "region"
) -> bytes:
    """Write the layers as a figure.

    It bears a title, the sentence, both legends, a graticule, a scale bar where the scale holds
    (the region frame), the share that is not mapped, the source line with the approval number
    of the boundaries, and the data version.

    Parameters
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    form : {"png", "svg", "pdf"}
        Format.
    frame : {"region", "world"}
        Equal-area region or azimuthal equidistant world.

    Returns
    -------
    bytes
        The file; the same layers give the same bytes.

    Raises
    ------
    UnknownChoiceError
        The format or the frame is not known.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> figure_bytes(shown.choropleth, shown.flows)[1:4]
    b'PNG'
    """
    if form not in FIGURE_FORMS:
        what = "figure format"
        raise UnknownChoiceError(what, form, FIGURE_FORMS)
    import matplotlib as mpl

    nothing = {"png": {"Software": "ccgeo"}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    content = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = build_figure(choropleth, flows, frame=frame)
        figure.savefig(content, format=form, dpi=_DPI, metadata=nothing[form])
    return content.getvalue()


def build_figure(choropleth: Choropleth, flows: Flows, *, frame: str = "region") -> Figure:
    """Draw the layers with matplotlib.

    Parameters
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    frame : {"region", "world"}
        Equal-area region or azimuthal equidistant world; kilometres, not degrees.

    Returns
    -------
    matplotlib.figure.Figure
        Not tied to a screen; shows itself in a notebook.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> len(build_figure(shown.choropleth, shown.flows).axes)
    1
    """
    from matplotlib.figure import Figure

    picture = _Picture(choropleth, flows, frame, planar_bounds(choropleth.features, frame))
    figure = Figure(figsize=_SIZE_IN, facecolor="white")
    axes = figure.add_axes((0.02, 0.115, 0.66, 0.755))
    left, bottom, right, top = picture.bounds
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
    axes.set_facecolor("#ffffff" if frame == "region" else "#f6f8fa")
    _draw_map(axes, picture)
    _draw_words(figure, picture)
    _draw_legends(figure, picture)
    return figure


def _draw_map(axes: Axes, picture: _Picture) -> None:
    if picture.frame == "world":
        for ring in land_rings():
            axes.fill(*np.asarray(ring).T, color="#e3e3e2", linewidth=0, zorder=0)
    _draw_units(axes, picture)
    _draw_graticule(axes, picture)
    _draw_flows(axes, picture)
    if picture.frame == "region":
        _draw_scale(axes, picture)


def _draw_units(axes: Axes, picture: _Picture) -> None:
    from matplotlib.collections import PathCollection

    units, legend = picture.choropleth.features, picture.choropleth.legend
    paths = [_path(geometry, picture.frame) for geometry in units.geometry]
    classes = units["class_index"].tolist()
    line = 0.4 if picture.frame == "region" else 0.05
    for index, colour in ((-1, "#f7f7f7"), *enumerate(legend.colours)):
        is_empty = index < 0
        axes.add_collection(
            PathCollection(
                [path for path, its in zip(paths, classes, strict=True) if its == index],
                facecolor=colour,
                edgecolor="#b4b4b8" if is_empty else "#ffffff",
                hatch="////" if is_empty and picture.frame == "region" else None,
                linewidth=line,
                zorder=1,
            )
        )
    outlines = _provinces(picture.choropleth.features)
    axes.add_collection(
        PathCollection(
            [_path(geometry, picture.frame) for geometry in outlines],
            facecolor="none",
            edgecolor=_INK,
            linewidth=1.1 if picture.frame == "region" else 0.3,
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


def _graticule(picture: _Picture) -> Iterator[tuple[str, npt.NDArray[np.float64]]]:
    step = _STEP_DEG[picture.frame]
    if picture.frame == "region":
        lons, lats = range(96, 114, step), range(24, 38, step)
        along_lon, along_lat = np.linspace(94, 114, 81), np.linspace(23, 37, 57)
    else:
        lons, lats = range(-180, 180, step), range(-30, 90, step)
        along_lon, along_lat = np.linspace(-180, 180, 361), np.linspace(-42, 88, 131)
    for lon in lons:
        line = np.column_stack([np.full_like(along_lat, lon), along_lat])
        yield f"{abs(lon)}°{'E' if lon >= 0 else 'W'}", project(line, picture.frame)
    for lat in lats:
        line = np.column_stack([along_lon, np.full_like(along_lon, lat)])
        yield f"{abs(lat)}°{'N' if lat >= 0 else 'S'}", project(line, picture.frame)


def _draw_graticule(axes: Axes, picture: _Picture) -> None:
    left, bottom, right, top = picture.bounds
    for label, line in _graticule(picture):
        axes.plot(*line.T, color="#9aa0a6", linewidth=0.35, zorder=0.5, alpha=0.8)
        if picture.frame == "region":
            is_meridian = label.endswith("E")
            across, edge = (line[:, 1], bottom) if is_meridian else (line[:, 0], left)
            at = float(np.interp(edge, across, line[:, 0 if is_meridian else 1]))
            inside = left < at < right if is_meridian else bottom < at < top
            if inside:
                spot = (at, bottom) if is_meridian else (left, at)
                axes.annotate(
                    label, spot, xytext=(2, 3), textcoords="offset points", color=_PALE,
                    font=_font(6.5), zorder=6,
                )  # fmt: skip


def _draw_flows(axes: Axes, picture: _Picture) -> None:
    for flow in reversed(picture.flows.features.to_dict("records")):
        side = "origin" if flow["direction"] == "outbound" else "destination"
        place = LonLat(flow[f"{side}_lon"], flow[f"{side}_lat"])
        line = planar_line(flow["geometry"], place, picture.frame, picture.bounds).points
        axes.plot(
            *line.T,
            color=_OUTBOUND if flow["direction"] == "outbound" else _INBOUND,
            linewidth=flow["width"] * _PX_PER_POINT,
            alpha=0.62,
            solid_capstyle="round",
            zorder=4,
        )


def _draw_scale(axes: Axes, picture: _Picture) -> None:
    left, bottom, right, top = picture.bounds
    length, start = 200.0, left + 0.04 * (right - left)
    height = bottom + 0.055 * (top - bottom)
    for half, colour in ((0, _INK), (1, "#ffffff")):
        span = [start + half * length / 2, start + (half + 1) * length / 2]
        axes.plot(span, [height] * 2, color=_INK, linewidth=4, solid_capstyle="butt", zorder=6)
        axes.plot(span, [height] * 2, color=colour, linewidth=2.6, solid_capstyle="butt", zorder=7)
    for share, label in ((0, "0"), (0.5, "100"), (1, "200 km")):
        axes.annotate(
            label, (start + share * length, height), xytext=(0, 4), textcoords="offset points",
            ha="center", color=_INK, font=_font(7.5), zorder=7,
        )  # fmt: skip


def _draw_words(figure: Figure, picture: _Picture) -> None:
    choropleth = picture.choropleth
    language = choropleth.view.language
    figure.text(0.02, 0.955, choropleth.legend.title, color=_INK, font=_font(15))
    lines = _wrapped(choropleth.sentence, language)
    figure.text(0.02, 0.935, "\n".join(lines), color=_INK, va="top", font=_font(9))
    projection: Any = _WORDS["projection"][picture.frame == "world"]
    credits_ = [
        _not_mapped_words(picture),
        credit_line(choropleth.view.vintage, language),
        f"{projection[language == 'zh']}; {picture.say('data', version=data_version())}",
    ]
    figure.text(0.02, 0.02, "\n".join(credits_), color=_INK, font=_font(8), linespacing=1.5)


def _not_mapped_words(picture: _Picture) -> str:
    total, rest = picture.choropleth.total, picture.choropleth.not_mapped
    count, fen = int(rest["entries"].sum()), int(rest["amount_fen"].sum())
    label = picture.say("not_mapped")
    label = label if picture.choropleth.view.language == "zh" else label.capitalize()
    if total.amount_fen > 0 and 0 <= fen <= total.amount_fen:
        words = picture.say("of_amount", count=count, all=total.entries)
        return f"{label}: {share_words(fen, total.amount_fen)} {words}"
    if total.entries:
        return f"{label}: {share_words(count, total.entries)} {picture.say('of_records')}"
    return f"{label}: 0"


def _draw_legends(figure: Figure, picture: _Picture) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    legend, steps = picture.choropleth.legend, picture.flows.legend
    units: list[Any] = [
        Patch(facecolor=colour, edgecolor="#c8c8cc", label=f"{each.label} ({each.count})")
        for each, colour in zip(legend.classes, legend.colours, strict=True)
    ]
    label = f"{legend.no_data_label} ({legend.no_data_count})"
    units.append(Patch(facecolor="#f7f7f7", edgecolor="#b4b4b8", hatch="////", label=label))
    lines: list[Any] = [
        Line2D([], [], color=_INBOUND, linewidth=step.width * _PX_PER_POINT, label=step.label)
        for step in steps.steps
    ]
    for colour, key in ((_INBOUND, "inbound"), (_OUTBOUND, "outbound")):
        lines.append(Line2D([], [], color=colour, linewidth=2, label=picture.say(key)))
    for top, title, marks in ((0.875, legend.title, units), (0.5, steps.title, lines)):
        box = figure.legend(
            handles=marks,
            title="\n".join(wrap(title, 34)),
            bbox_to_anchor=(0.69, top),
            prop=_font(8.5),
            title_fontproperties=_font(9.5),
            **_LEGEND,
        )
        for text in (*box.get_texts(), box.get_title()):
            text.set_color(_INK)


def _wrapped(sentence: str, language: str) -> list[str]:
    return wrap(sentence, _LINE_CHARS[language], break_long_words=language == "zh")


def _font(size: float) -> Any:  # noqa: ANN401 - matplotlib's
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_FONT, size=size)

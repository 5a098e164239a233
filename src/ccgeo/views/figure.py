"""The same layers as a figure for a paper or a slide: PNG, SVG or PDF.

Chinese is drawn with a font that comes with ccgeo, so a figure looks the same on a machine
that has none.
"""

from __future__ import annotations

import io
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.credits import credit_line
from ccgeo.query.words import share_words
from ccgeo.views.drawing import (
    INBOUND,
    INK,
    OUTBOUND,
    POINTS_PER_PX,
    Picture,
    draw_map,
    draw_region,
    font,
)
from ccgeo.views.planar import planar_bounds

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows

FIGURE_FORMS: Final = ("png", "svg", "pdf")
"""Formats of a figure."""

# matplotlib is imported where it draws: it takes longer to load than the layers to build.
# ruff: noqa: PLC0415

_SIZE_IN: Final = (11.0, 7.6)
_DPI: Final = 200
_LINE_CHARS: Final = {"en": 150, "zh": 84}
_LEGEND_TOP: Final = 0.875
_LEGEND_STEP: Final = 0.0265
_LEGEND_CHARS: Final = 40
_LEGEND: Final[Any] = {
    "loc": "upper left",
    "frameon": False,
    "alignment": "left",
    "handlelength": 2.4,
    "labelspacing": 0.6,
    "borderaxespad": 0,
}
FIGURE_SETTINGS: Final[Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "ccgeo",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.5,
    "hatch.color": "#b4b4b8",
}
"""What matplotlib is set to while a figure is drawn: paths in place of fonts, no clock."""

_LEVELS: Final = {
    "district": ("district", "区县"),
    "prefecture": ("prefecture", "市州"),
    "province": ("province", "省市"),
}
_WORDS: Final = {
    "title": ("{what}, Sichuan and Chongqing by {level}", "四川、重庆各{level}{what}"),
    "not_mapped": ("Not mapped at this level: ", "本级未能落图："),
    "of_amount": (
        " of the amount, {count} of {all} records.",
        "的金额，{all}条记录中的{count}条。",
    ),
    "of_records": (" of the records.", "的记录。"),
    "inbound": ("into the region, or direction not stated", "流入本区域或方向未说明"),
    "outbound": ("out of the region", "自本区域流出"),
    "data": ("Data: ccgeo, version {version}.", "数据：ccgeo，版本{version}。"),
    "region": ("Albers equal-area conic. ", "阿尔伯斯等积圆锥投影。"),
    "world": (
        "Azimuthal equidistant, centred on the region. ",
        "以本区域为中心的等距方位投影。",
    ),
}


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
    with mpl.rc_context(FIGURE_SETTINGS):
        figure = build_figure(choropleth, flows, frame=frame)
        figure.savefig(content, format=form, dpi=_DPI, metadata=nothing[form])
    return content.getvalue()


def build_figure(
    choropleth: Choropleth, flows: Flows, *, frame: str = "region", year: str = ""
) -> Figure:
    """Draw the layers with matplotlib.

    Parameters
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    frame : {"region", "world"}
        Equal-area region or azimuthal equidistant world; kilometres, not degrees.
    year : str
        Year to print large upon the map, where the figure is one of a series.

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
    import matplotlib as mpl
    from matplotlib.figure import Figure

    picture = Picture(choropleth, flows, frame, planar_bounds(choropleth.features, frame))
    figure = Figure(figsize=_SIZE_IN, facecolor="white")
    # Names are text; between two dollar signs matplotlib would read a formula.
    with mpl.rc_context({"text.parse_math": False}):
        draw_map(figure.add_axes((0.02, 0.115, 0.68, 0.77)), picture)
        if frame == "world":
            draw_region(figure.add_axes((0.72, 0.115, 0.255, 0.285)), choropleth)
        if year:
            figure.text(0.693, 0.875, year, color=INK, ha="right", va="top", font=font(26))
        _draw_words(figure, picture)
        _draw_legends(figure, picture)
    return figure


def _draw_words(figure: Figure, picture: Picture) -> None:
    choropleth, zh = picture.choropleth, picture.is_chinese
    language = "zh" if zh else "en"
    title = _say(
        "title", zh=zh, what=choropleth.legend.title, level=_LEVELS[choropleth.view.level][zh]
    )
    figure.text(0.02, 0.955, title, color=INK, font=font(15))
    lines = wrap(choropleth.sentence, _LINE_CHARS[language], break_long_words=zh)
    figure.text(0.02, 0.935, "\n".join(lines), color=INK, va="top", font=font(9))
    version = choropleth.metadata["data_version"]
    credits_ = [
        _not_mapped_words(picture),
        credit_line(choropleth.view.vintage, language),
        _say(picture.frame, zh=zh) + _say("data", zh=zh, version=version),
    ]
    figure.text(0.02, 0.02, "\n".join(credits_), color=INK, font=font(8), linespacing=1.5)


def _say(key: str, *, zh: bool, **values: object) -> str:
    return _WORDS[key][zh].format(**values)


def _not_mapped_words(picture: Picture) -> str:
    total, rest, zh = picture.choropleth.total, picture.choropleth.not_mapped, picture.is_chinese
    count, fen = int(rest["entries"].sum()), int(rest["amount_fen"].sum())
    label = _say("not_mapped", zh=zh)
    if total.amount_fen > 0 and 0 <= fen <= total.amount_fen:
        words = _say("of_amount", zh=zh, count=count, all=total.entries)
        return f"{label}{share_words(fen, total.amount_fen)}{words}"
    if total.entries:
        return f"{label}{share_words(count, total.entries)}{_say('of_records', zh=zh)}"
    return f"{label}0"


def _draw_legends(figure: Figure, picture: Picture) -> None:
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
        Line2D([], [], color=INK, linewidth=step.width * POINTS_PER_PX, label=step.label)
        for step in steps.steps
    ]
    for colour, key in ((INBOUND, "inbound"), (OUTBOUND, "outbound")):
        words = _say(key, zh=picture.is_chinese)
        lines.append(Line2D([], [], color=colour, linewidth=2.5, label=words))
    for line in lines:
        line.set_solid_capstyle("butt")
    below = _LEGEND_TOP - _LEGEND_STEP * (len(units) + 2)
    for top, title, marks in ((_LEGEND_TOP, legend.title, units), (below, steps.title, lines)):
        box = figure.legend(
            handles=marks,
            title="\n".join(wrap(title, _LEGEND_CHARS)),
            bbox_to_anchor=(0.72, top),
            prop=font(8.5),
            title_fontproperties=font(9.5),
            **_LEGEND,
        )
        for text in (*box.get_texts(), box.get_title()):
            text.set_color(INK)

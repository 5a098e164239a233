"""Small maps side by side as one SVG picture: the outlines once, the colours many times."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from ccgeo.encoding import encode_text
from ccgeo.places.boundaries import read_boundaries
from ccgeo.query.words import amount_words
from ccgeo.views.planar import planar_bounds, planar_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.layers.choropleth import Legend
    from ccgeo.layers.compare import Panel

_COARSE_DEG: Final = 0.02
_TITLE_KM: Final = 170.0
_GAP_KM: Final = 40.0
_LEGEND_KM: Final = 120.0
_SWATCH_KM: Final = 130.0
_LETTER_KM: Final = 36.0
_TITLE_SIZE: Final = 86.0
_LAST_NARROW: Final = "\u2fff"
_FEN: Final = 100
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"


def multiples_svg(panels: Sequence[Panel], *, columns: int = 4) -> str:
    """Draw small maps in rows, all on one scale, under the legend that they share.

    Parameters
    ----------
    panels : sequence of Panel
        Small maps of one level and vintage; titles are fixed vocabulary.
    columns : int
        Maps in a row.

    Returns
    -------
    str
        An SVG document without scripts or links; empty for no panel. Lengths are kilometres
        of the equal-area region frame.

    Examples
    --------
    >>> from ccgeo.layers.compare import panels
    >>> from ccgeo.query.selection import Selection, View
    >>> drawn = multiples_svg(panels(Selection(years=(2019, 2020)), View(), "years"))
    >>> drawn.count('class="panel"')
    2
    """
    if not panels:
        return ""
    view = panels[0].choropleth.view
    left, bottom, right, top = _bounds(view.level, view.vintage)
    width, height = right - left + _GAP_KM, top - bottom + _TITLE_KM + _GAP_KM
    wide = min(columns, len(panels)) * width
    legend, down = _legend(panels[0].choropleth.legend, max(wide, 2 * width))
    rows = -(-len(panels) // columns)
    drawn = [
        f'<g class="panel" transform="translate({place % columns * width:.0f} '
        f'{down + place // columns * height:.0f})">{_panel(panel, left, top, right - left)}</g>'
        for place, panel in enumerate(panels)
    ]
    size = f"{max(wide, 2 * width):.0f} {down + rows * height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" '
        f'font-family="{_FONT}">{_STYLE}'
        f"<defs>{_outlines(view.level, view.vintage)}{_HATCH}</defs>{legend}{''.join(drawn)}</svg>"
    )


_HATCH: Final = (
    '<pattern id="none" width="36" height="36" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="36" height="36" class="ground"/>'
    '<rect width="5" height="36" class="hatch"/></pattern>'
)
# The picture stands on the page's own ground.
_STYLE: Final = (
    "<style>text{fill:#1d2327}.faint{fill:#5c646a}.ground{fill:#f2f2ef}.hatch{fill:#d4d4cf}"
    "@media (prefers-color-scheme:dark){text{fill:#e6e8e6}.faint{fill:#aab2b0}"
    ".ground{fill:#20272b}.hatch{fill:#39434a}}</style>"
)


def _legend(legend: Legend, wide: float) -> tuple[str, float]:
    """Draw the classes in as many lines as they need, and say how high that is, in km."""
    entries = [
        (colour, each.label) for colour, each in zip(legend.colours, legend.classes, strict=True)
    ]
    entries.append(("url(#none)", legend.no_data_label))
    drawn, x, y = [], 0.0, 0.0
    for fill, label in entries:
        needed = _SWATCH_KM + _letters(label) * _LETTER_KM + _GAP_KM
        if x and x + needed > wide:
            x, y = 0.0, y + _LEGEND_KM
        drawn.append(
            f'<g transform="translate({x:.0f} {y:.0f})"><rect y="14" width="100" height="64" '
            f'fill="{fill}" stroke="#8f9498" stroke-width="3"/>'
            f'<text x="{_SWATCH_KM:.0f}" y="70" font-size="64">{encode_text(label)}</text></g>'
        )
        x += needed
    return f'<g class="legend">{"".join(drawn)}</g>', y + _LEGEND_KM


def _panel(panel: Panel, left: float, top: float, width: float) -> str:
    layer = panel.choropleth
    colours = layer.legend.colours
    fills = [colours[i] if i >= 0 else "url(#none)" for i in layer.features["class_index"]]
    units = "".join(
        f'<use href="#u{adcode}" fill="{fill}"/>'
        for adcode, fill in zip(layer.features["adcode"], fills, strict=True)
    )
    total = layer.total
    words = amount_words(total.amount_fen / _FEN, layer.view.language)
    return (
        f'<text x="0" y="80" font-size="{_title_size(panel.title, width):.0f}" font-weight="600">'
        f"{encode_text(panel.title)}</text>"
        f'<text x="0" y="150" font-size="64" class="faint">'
        f"{encode_text(words if total.amount_stated else '–')}</text>"
        f'<g transform="translate({-left:.0f} {top + _TITLE_KM:.0f})" stroke="#8f9498" '
        f'stroke-width="1.2">{units}</g>'
    )


def _title_size(title: str, width: float) -> float:
    """Return the size at which a title stays over its map."""
    return min(_TITLE_SIZE, width / (0.56 * max(_letters(title), 1)))


def _letters(text: str) -> int:
    """Count what a text is wide; a Chinese letter is two."""
    return sum(1 if letter <= _LAST_NARROW else 2 for letter in text)


@cache
def _bounds(level: str, vintage: str) -> tuple[float, float, float, float]:
    return planar_bounds(read_boundaries(level, vintage), "region")


@cache
def _outlines(level: str, vintage: str) -> str:
    """Return the shape of each unit under its own name, coarse enough for a thumbnail."""
    units = read_boundaries(level, vintage)
    coarse = units.assign(geometry=units.geometry.simplify_coverage(_COARSE_DEG))
    shapes = planar_shapes(coarse, "region")
    return "".join(
        f'<path id="u{adcode}" d="{_path(shape)}"/>'
        for adcode, shape in zip(units["adcode"], shapes, strict=True)
    )


def _path(shape: dict[str, Any]) -> str:
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return "".join(
        "M" + "L".join(f"{x:.0f} {-y:.0f}" for x, y in ring) + "Z"
        for polygon in polygons
        for ring in polygon
    )

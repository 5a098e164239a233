"""The same layers as one HTML file, or as a map in a notebook; it opens with the network cut."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from ccgeo.encoding import encode_text
from ccgeo.query.words import amount_words
from ccgeo.views.live_map.projections import LonLat
from ccgeo.views.planar import free_spots, land_rings, planar_bounds, planar_line, planar_shapes
from ccgeo.views.sandbox import sandboxed_frame, sandboxed_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows

    Point = tuple[float, float]
    Bounds = tuple[float, float, float, float]

_LEAFLET: Final = Path(__file__).parent / "live_map" / "assets" / "leaflet"
_RANDOM: Final = re.compile(r"_[0-9a-f]{32}(?![0-9a-f])")
_FEN: Final = 100
_INBOUND: Final = "#b5179e"
_OUTBOUND: Final = "#d1495b"
_INK: Final = "#31333f"
_STYLE: Final = """
html,body{margin:0;height:100%}
.leaflet-container{background:#fff;font:13px/1.4 "Source Sans 3","PingFang SC",
"Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
.ccgeo-no-data{fill:url(#ccgeo-hatch);fill-opacity:1}
.ccgeo-legend{position:fixed;left:10px;bottom:10px;z-index:1000;max-width:270px;padding:8px 12px;
border:1px solid #c8c8cc;border-radius:6px;background:rgba(255,255,255,.94);color:#31333f;
font:12px/1.5 "Source Sans 3","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.ccgeo-legend i{display:inline-block;width:20px;height:12px;margin-right:7px;
border:1px solid #c8c8cc;vertical-align:middle}
.ccgeo-legend i.line{border:0;border-radius:5px}
.ccgeo-legend p{margin:6px 0 0}
.leaflet-tooltip.ccgeo-name{padding:0 5px;border-color:#c8c8cc;box-shadow:none;font-size:11.5px}
.leaflet-tooltip.ccgeo-name::before{border:0}
@media (max-width:640px){.folium-map{height:58%!important}
.ccgeo-legend{top:58%;left:0;right:0;bottom:0;max-width:none;overflow:auto;border:0;
border-top:1px solid #c8c8cc;border-radius:0}}
"""
_HATCH: Final = (
    '<svg width="0" height="0" style="position:absolute"><defs>'
    '<pattern id="ccgeo-hatch" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#f7f7f7"/>'
    '<path d="M-1 1l2-2M0 7l7-7M6 8l2-2" stroke="#c4c4c8" stroke-width="0.9"/>'
    "</pattern></defs></svg>"
)


class _Verbatim(MacroElement):
    """Something put into the page as it is: no template reads it."""

    _template = Template("""
        {% macro header(this, kwargs) %}{{ this.header }}{% endmacro %}
        {% macro html(this, kwargs) %}{{ this.html }}{% endmacro %}
        {% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}
        """)

    def __init__(self, *, header: str = "", html: str = "", script: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Verbatim"
        self.header, self.html, self.script = header, html, script


def build_map(choropleth: Choropleth, flows: Flows, *, frame: str = "region") -> folium.Map:
    """Build a folium map of the layers that the screen shows.

    Leaflet is inside, nothing is fetched, and every text is encoded.

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
    folium.Map
        Shows itself in a notebook.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> from ccgeo.layers.choropleth import build_choropleth
    >>> from ccgeo.layers.flows import build_flows
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> view = View(level="province")
    >>> shown = build_choropleth(read_placed(), view), build_flows(read_placed(), view)
    >>> type(build_map(*shown)).__name__
    'Map'
    """
    left, bottom, right, top = planar_bounds(choropleth.features, frame)
    drawing = folium.Map(tiles=None, crs="Simple", zoom_snap=0.25)
    # folium's own min_zoom is for tiles; below zero a kilometre is less than a pixel.
    drawing.options |= {"minZoom": -8, "maxZoom": 5}
    drawing.default_js, drawing.default_css = [], []
    drawing.add_child(_Verbatim(header=_inlined_leaflet()), name="leaflet")
    if frame == "world":
        drawing.add_child(_land())
    drawing.add_child(_units(choropleth, frame))
    drawing.add_child(_province_outlines(choropleth, frame))
    _add_flows(drawing, flows, frame, (left, bottom, right, top))
    drawing.add_child(_Verbatim(html=_HATCH + _legend(choropleth, flows)), name="legend")
    drawing.fit_bounds([[bottom, left], [top, right]])
    drawing.add_child(_attribution(drawing.get_name(), choropleth), name="attribution")
    return drawing


def html_page(choropleth: Choropleth, flows: Flows, *, frame: str = "region") -> bytes:
    """Write the layers as one HTML file that opens with the network cut.

    The map stands in a sandboxed frame, under a policy that lets nothing load and no script run
    but its own.

    Parameters
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    frame : {"region", "world"}
        As for `build_map`.

    Returns
    -------
    bytes
        UTF-8; the same layers give the same bytes.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> from ccgeo.layers.choropleth import build_choropleth
    >>> from ccgeo.layers.flows import build_flows
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> view = View(level="province")
    >>> shown = build_choropleth(read_placed(), view), build_flows(read_placed(), view)
    >>> html_page(*shown).startswith(b"<!DOCTYPE html>")
    True
    """
    page = _rendered(choropleth, flows, frame)
    return sandboxed_page(page, choropleth.legend.title, choropleth.view.language)


def html_frame(
    choropleth: Choropleth, flows: Flows, *, frame: str = "region", height_px: int = 520
) -> str:
    """Return the layers as a sandboxed frame, for a notebook.

    Parameters
    ----------
    choropleth : Choropleth
        Units in classes, with their legend.
    flows : Flows
        Lines between partners and places.
    frame : {"region", "world"}
        As for `build_map`.
    height_px : int
        Height of the frame in pixels.

    Returns
    -------
    str
        One element that loads nothing and reads nothing of the page around it.

    Raises
    ------
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> html_frame(shown.choropleth, shown.flows).startswith("<iframe sandbox")
    True
    """
    style = f"width:100%;height:{height_px:d}px;border:1px solid #c8c8cc"
    page = _rendered(choropleth, flows, frame)
    return sandboxed_frame(page, choropleth.legend.title, style)


def _rendered(choropleth: Choropleth, flows: Flows, frame: str) -> str:
    figure: Any = build_map(choropleth, flows, frame=frame).get_root()
    figure.title = "ccgeo"
    named: dict[str, str] = {}
    # folium names every part anew each time; the same layers shall give the same bytes.
    return _RANDOM.sub(lambda name: named.setdefault(name[0], f"_{len(named)}"), figure.render())


@cache
def _inlined_leaflet() -> str:
    script = (_LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    style = (_LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    # Pictures of controls that this map does not have, and a debugger's map of the source.
    style = re.sub(r"url\([^)]*\)", "none", style)
    script = re.sub(r"\n//# sourceMappingURL=.*", "", script)
    return f"<script>{script}</script><style>{style}{_STYLE}</style>"


def _land() -> folium.GeoJson:
    land = {"type": "MultiPolygon", "coordinates": [[ring] for ring in land_rings()]}
    return folium.GeoJson(
        {"type": "Feature", "properties": {}, "geometry": land},
        name="land",
        style_function=lambda _: {"stroke": False, "fillColor": "#e3e3e2", "fillOpacity": 1},
    )


def _units(choropleth: Choropleth, frame: str) -> folium.GeoJson:
    units = choropleth.features
    shapes = planar_shapes(units, frame)
    labels = [each.label for each in choropleth.legend.classes]
    language = choropleth.view.language
    features = [
        {
            "type": "Feature",
            "properties": {
                "class": int(unit["class_index"]),
                "tip": _unit_tip(unit, labels, language),
            },
            "geometry": shape,
        }
        for unit, shape in zip(units.to_dict("records"), shapes, strict=True)
    ]
    colours = choropleth.legend.colours

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        index = feature["properties"]["class"]
        line = {"color": "#ffffff", "weight": 0.7, "fillOpacity": 1}
        if index < 0:
            return {**line, "className": "ccgeo-no-data"}
        return {**line, "fillColor": colours[index]}

    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name="units",
        style_function=style,
        highlight_function=lambda _: {"color": _INK, "weight": 2},
        tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False),
    )


def _province_outlines(choropleth: Choropleth, frame: str) -> folium.GeoJson:
    provinces = choropleth.features["adcode"].str[:2]
    outlines = choropleth.features[["geometry"]].dissolve(by=provinces, method="coverage")
    shapes = planar_shapes(outlines, frame)
    return folium.GeoJson(
        {"type": "GeometryCollection", "geometries": shapes},
        name="provinces",
        style_function=lambda _: {"color": _INK, "weight": 1.8, "fill": False},
        interactive=False,
    )


def _unit_tip(unit: dict[str, Any], labels: list[str], language: str) -> str:
    index = int(unit["class_index"])
    return _lines(
        f"{unit['name_en']} {unit['name_zh']}",
        *([labels[index]] if index >= 0 else []),
        *_sums(unit, language),
    )


def _sums(row: dict[str, Any], language: str) -> list[str]:
    amount = amount_words(row["amount_fen"] / _FEN, language) if row["amount_stated"] else ""
    entries, projects = int(row["entries"]), int(row["projects"])
    if language == "zh":
        counts = f"{entries} 条记录，{projects} 个项目"
    else:
        counts = f"records: {entries}, projects: {projects}"
    return [amount, counts if entries else ""]


def _lines(*texts: str) -> str:
    return "<br>".join(encode_text(text) for text in texts if text)


def _add_flows(drawing: folium.Map, flows: Flows, frame: str, bounds: Bounds) -> None:
    starts: dict[str, list[Point]] = {}
    names: dict[str, str] = {}
    for flow in reversed(flows.features.to_dict("records")):
        side, far = ("origin", "destination")
        if flow["direction"] != "outbound":
            side, far = far, side
        place = LonLat(flow[f"{side}_lon"], flow[f"{side}_lat"])
        points = planar_line(flow["geometry"], place, frame, bounds).points.tolist()
        drawing.add_child(_polyline(flow, points, flows.view.language))
        starts.setdefault(flow["partner"], []).append((points[0][0], points[0][1]))
        names[flow["partner"]] = f"{flow[f'{far}_name_en']} {flow[f'{far}_name_zh']}"
    largest = {partner: starts[partner] for partner in dict.fromkeys(flows.features["partner"])}
    for partner, at in free_spots(largest, bounds).items():
        drawing.add_child(_partner_label(names[partner], at))


def _polyline(
    flow: dict[str, Any], points: Iterable[tuple[float, float]], language: str
) -> folium.PolyLine:
    tip = _lines(
        f"{flow['origin_name_en']} {flow['origin_name_zh']}"
        f" → {flow['destination_name_en']} {flow['destination_name_zh']}",
        *_sums(flow, language),
    )
    return folium.PolyLine(  # type: ignore[no-untyped-call]
        [(round(y, 1), round(x, 1)) for x, y in points],
        color=_OUTBOUND if flow["direction"] == "outbound" else _INBOUND,
        weight=float(flow["width"]),
        opacity=0.55,
        line_cap="butt",
        tooltip=folium.Tooltip(tip),
    )


def _partner_label(name: str, at: Point) -> folium.CircleMarker:
    x, y = at
    # A marker would ask for Leaflet's picture of a pin before it takes another icon.
    label = folium.Tooltip(
        encode_text(name), sticky=False, permanent=True, direction="center", class_name="ccgeo-name"
    )
    return folium.CircleMarker((round(y, 1), round(x, 1)), radius=0, stroke=False, tooltip=label)


def _legend(choropleth: Choropleth, flows: Flows) -> str:
    legend = choropleth.legend
    rows = [
        f'<i style="background:{colour}"></i>{encode_text(f"{each.label} ({each.count})")}<br>'
        for each, colour in zip(legend.classes, legend.colours, strict=True)
    ]
    no_data = encode_text(f"{legend.no_data_label} ({legend.no_data_count})")
    rows.append(
        '<svg width="22" height="13" style="margin-right:7px;vertical-align:middle">'
        f'<rect width="22" height="13" fill="url(#ccgeo-hatch)"/></svg>{no_data}<br>'
    )
    steps = [
        f'<i class="line" style="height:{step.width:g}px;background:{_INBOUND}"></i>'
        f"{encode_text(step.label)}<br>"
        for step in flows.legend.steps
    ]
    return (
        f'<div class="ccgeo-legend"><b>{encode_text(legend.title)}</b><br>{"".join(rows)}'
        f"<p><b>{encode_text(flows.legend.title)}</b></p>{''.join(steps)}"
        f"<p>{encode_text(choropleth.sentence)}</p></div>"
    )


def _attribution(name: str, choropleth: Choropleth) -> Element:
    boundaries = choropleth.metadata["boundaries"]
    parts = [boundaries["source"], boundaries["approval_number"]]
    text = encode_text(" · ".join(part for part in parts if part))
    script = (
        f'{name}.attributionControl.setPrefix("Leaflet");'
        f'{name}.attributionControl.addAttribution("{text}");'
    )
    return _Verbatim(script=script)

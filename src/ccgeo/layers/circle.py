"""The Chengdu-Chongqing Economic Circle as a layer: in, partly in, out, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccgeo.layers.credits import describe
from ccgeo.layers.zones import Cover
from ccgeo.places.boundaries import read_boundaries, read_circle
from ccgeo.query.zones import PART, WHOLE

if TYPE_CHECKING:
    import geopandas as gpd

    from ccgeo.query.selection import View

STATES: Final = ("in", "partly", "out")
"""How a district may belong to the circle."""

_STATE_NAMES: Final = {
    "in": ("in the circle", "在经济圈内"),
    "partly": ("in part; which part is not named", "部分在内，具体范围未列明"),
    "out": ("outside", "圈外"),
}
_REASONS: Final = {
    "one of the 27 named districts and counties of Chongqing": "规划点名的重庆27个区县之一",
    "in one of the 15 listed cities": "属规划所列四川15市",
}


class StatedArea(NamedTuple):
    """What is said officially about the size of the circle.

    Attributes
    ----------
    area_km2 : float
        Square kilometres.
    share_percent : float
        Share of the nation's land in per cent, as stated.
    source : str
        Who says so, and where it was read.
    url : str
        Page on which it was read.
    """

    area_km2: float
    share_percent: float
    source: str
    url: str


STATED_AREA: Final = StatedArea(
    area_km2=185_000.0,
    share_percent=1.9,
    source=(
        "outline of the plan for the circle, made public on 2021-10-20; "
        "told by Xinhua, read at CGTN, 2021-12-19"
    ),
    url=(
        "https://news.cgtn.com/news/2021-12-19/"
        "Chengdu-Chongqing-economic-circle-to-boost-160-key-projects-in-2022-167S4TAIYRW/index.html"
    ),
)
"""The official figures, whose district list our areas are added up from."""


@dataclass(frozen=True, slots=True)
class CircleLayer:
    """Districts by how they belong to the circle.

    Attributes
    ----------
    view : View
        Boundary list and language.
    features : geopandas.GeoDataFrame
        One row a district: ``id``, ``adcode``, ``name_en``, ``name_zh``, ``circle`` (a member
        of `STATES`), ``reason``, ``vintage``, all str, ``area_km2`` (float, square kilometres
        on the ellipsoid, of the polygon before it was simplified), and ``geometry`` in
        EPSG:4326.
    area_km2 : dict of str to float
        Square kilometres by state.
    stated : StatedArea
        The official figures, to be shown beside ours.
    metadata : dict
        Boundaries, data version and notes, ready for JSON.
    """

    view: View
    features: gpd.GeoDataFrame
    area_km2: dict[str, float]
    stated: StatedArea
    metadata: dict[str, Any]


def build_circle(view: View) -> CircleLayer:
    """Build the layer of the circle.

    Parameters
    ----------
    view : View
        Boundary list and language.

    Returns
    -------
    CircleLayer
        Every district of the region with its state.

    Raises
    ------
    UnknownChoiceError
        The vintage of the view is not one.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> layer = build_circle(View())
    >>> {state: round(area, -2) for state, area in layer.area_km2.items()}
    {'in': 181500.0, 'partly': 7600.0, 'out': 379100.0}
    """
    districts = read_boundaries("district", view.vintage)
    named = read_circle(view.vintage).set_index("adcode")[["circle", "reason"]]
    named = named.reindex(districts["adcode"])
    features = districts[["adcode", "name_en", "name_zh", "area_km2", "geometry"]].assign(
        id=[f"circle-{view.vintage}-{adcode}" for adcode in districts["adcode"]],
        circle=named["circle"].fillna("out").to_numpy(),
        reason=named["reason"].fillna("").to_numpy(),
        vintage=view.vintage,
    )
    sums = features.groupby("circle")["area_km2"].sum()
    told = describe(view)
    metadata = {
        "data_version": told["data_version"],
        "boundaries": told["boundaries"],
        "stated_area": STATED_AREA._asdict(),
    }
    areas = {state: float(sums[state]) for state in STATES}
    return CircleLayer(view, features, areas, STATED_AREA, metadata)


def circle_sentence(layer: CircleLayer) -> str:
    """Say how large the circle is by the polygons, beside what is stated officially.

    Parameters
    ----------
    layer : CircleLayer
        The circle.

    Returns
    -------
    str
        Our figure as a span, because two districts lie in it only in part, and theirs.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> print(circle_sentence(build_circle(View())))  # doctest: +ELLIPSIS
    140 districts lie in the circle and 2 in part: 181,497 km² without those two, 189,125 km² ...
    """
    counts = layer.features["circle"].value_counts()
    least = layer.area_km2["in"]
    most = least + layer.area_km2["partly"]
    stated = layer.stated
    if layer.view.language == "zh":
        return (
            f"{counts['in']}个区县全部在经济圈内，{counts['partly']}个部分在内：不计后者"
            f"{least:,.0f}平方公里，全部计入{most:,.0f}平方公里（按边界在椭球面上量算）。"
            f"官方公布{stated.area_km2:,.0f}平方公里，约占全国的{stated.share_percent}%。"
        )
    return (
        f"{counts['in']} districts lie in the circle and {counts['partly']} in part: "
        f"{least:,.0f} km² without those two, {most:,.0f} km² with all of them, measured on the "
        f"ellipsoid. Stated officially: {stated.area_km2:,.0f} km², "
        f"{stated.share_percent}% of the nation."
    )


def circle_cover(layer: CircleLayer) -> Cover:
    """Return which districts the circle covers, ready to be drawn.

    Parameters
    ----------
    layer : CircleLayer
        The circle.

    Returns
    -------
    Cover
        ``"whole"`` for in, ``"part"`` for partly.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> sorted(circle_cover(build_circle(View())).extents.values()).count("part")
    2
    """
    zh = layer.view.language == "zh"
    extents = {"in": WHOLE, "partly": PART}
    covered = layer.features[layer.features["circle"] != "out"]
    rows = list(zip(covered["adcode"], covered["circle"], covered["reason"], strict=True))
    return Cover(
        vintage=layer.view.vintage,
        title=("Chengdu-Chongqing Economic Circle", "成渝地区双城经济圈")[zh],
        extents={adcode: extents[state] for adcode, state, _ in rows},
        labels=(_STATE_NAMES["in"][zh], _STATE_NAMES["partly"][zh], _STATE_NAMES["out"][zh]),
        tips={
            adcode: tuple(
                filter(None, (_STATE_NAMES[state][zh], _REASONS.get(reason, "") if zh else reason))
            )
            for adcode, state, reason in rows
        },
    )

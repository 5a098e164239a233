"""Lines between partners abroad and the places that a source names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Geod
from shapely import LineString, MultiLineString

from ccgeo.layers.credits import describe
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.partners import read_partners
from ccgeo.query.flows import CIRCLE, MOST_DRAWN, FlowTable, flows_of
from ccgeo.query.measures import SUMS
from ccgeo.query.vocabulary import VIEW_CHOICES, label_of
from ccgeo.query.words import amount_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Origin
    from ccgeo.query.vocabulary import MostLines

    Numbers = npt.NDArray[np.float64]

GEOD: Final = Geod(ellps="WGS84")
WIDEST_PX: Final = 10.0
MOST_PX: Final = 15.0
THINNEST_PX: Final = 1.0
_STEP_KM: Final = 150.0
_HALF_TURN_DEG: Final = 180.0
_CHENGDU: Final = "510100"
_CHONGQING: Final = "500000"
_TITLE: Final = ("Amount of a flow, announced or contracted", "流线金额(公布或签约)")
_NO_AMOUNT: Final = ("no stated amount", "未说明金额")


class Anchor(NamedTuple):
    """Where a flow begins or ends: a label point, never a site.

    Attributes
    ----------
    name_en, name_zh : str
        Names.
    lon, lat : float
        Position in degrees, EPSG:4326.
    """

    name_en: str
    name_zh: str
    lon: float
    lat: float


class WidthStep(NamedTuple):
    """One line of the width legend.

    Attributes
    ----------
    amount_cny : float
        Amount in CNY.
    width : float
        Width in pixels.
    label : str
        Amount in words.
    """

    amount_cny: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class FlowLegend:
    """What the widths of flows mean.

    Attributes
    ----------
    title : str
        What the width shows.
    steps : tuple of WidthStep
        Thinnest first; none without amounts.
    no_amount_label : str
        What the thinnest line also stands for.
    """

    title: str
    steps: tuple[WidthStep, ...]
    no_amount_label: str


@dataclass(frozen=True)
class Flows:
    """Flows of a selection, ready to draw or to export.

    Attributes
    ----------
    view : View
        How they are shown.
    table : pandas.DataFrame
        One row a flow, widest first: ``id``; the columns of
        `ccgeo.query.flows.FlowTable`; ``width`` (pixels, 1 to 15).
    anchors : mapping of str to Anchor
        Position of each end.
    legend : FlowLegend
        What the widths mean.
    top_cny : float
        Amount that is drawn 10 pixels wide, in CNY; 0 without amounts.
    not_drawn : pandas.DataFrame
        Entries that are no line, by reason.
    metadata : dict
        Selection, boundaries, data version and notes, ready for JSON.
    """

    view: View
    table: pd.DataFrame
    anchors: Mapping[str, Anchor]
    legend: FlowLegend
    top_cny: float
    not_drawn: pd.DataFrame
    metadata: dict[str, Any]

    @cached_property
    def features(self) -> gpd.GeoDataFrame:
        """Return the flows as lines, made when first asked for: the live map needs none.

        Returns
        -------
        geopandas.GeoDataFrame
            The rows of `table` with ``origin_name_en``, ``origin_name_zh``,
            ``destination_name_en``, ``destination_name_zh``; ``origin_lon``, ``origin_lat``,
            ``destination_lon``, ``destination_lat`` (degrees); ``length_km`` (on the WGS 84
            ellipsoid); and ``geometry``, a geodesic in EPSG:4326, cut at the meridian of
            180°.
        """
        return _features(self.table, self.anchors)


def build_flows(
    selected: pd.DataFrame,
    view: View,
    *,
    selection: Selection | None = None,
    anchors: Mapping[str, Anchor] | None = None,
    kinds: Mapping[str, str] | None = None,
    top_cny: float | None = None,
) -> Flows:
    """Build the flows of a selection.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries, as `ccgeo.query.engine.select` gives them; not changed.
    view : View
        Level, vintage and language.
    selection : Selection, optional
        What was asked; named in the metadata if given.
    anchors : mapping of str to Anchor, optional
        Position of each partner id, adcode and ``"circle"``; the shipped ones if not given.
    kinds : mapping of str to str, optional
        Kind of each partner id that may be drawn; the shipped ones if not given.
    top_cny : float, optional
        Amount that is 10 pixels wide, in CNY, kept from an earlier picture; what is more is up
        to 15 pixels wide. The largest amount, rounded up, if not given.

    Returns
    -------
    Flows
        Lines, legend and what is not drawn.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> flows = build_flows(read_placed(), View())
    >>> bool(flows.features["width"].between(1, 10).all())
    True
    """
    found = flows_of(selected, view.level, view.vintage, kinds=kinds)
    return draw_flows(found, view, selection=selection, anchors=anchors, top_cny=top_cny)


def draw_flows(
    found: FlowTable,
    view: View,
    *,
    selection: Selection | None = None,
    anchors: Mapping[str, Anchor] | None = None,
    top_cny: float | None = None,
    origin: Origin | None = None,
) -> Flows:
    """Build the flows of a selection that has been added up, wherever that was.

    Parameters
    ----------
    found : FlowTable
        Flows at the level and boundaries of the view.
    view : View
        Level, vintage and language.
    selection : Selection, optional
        What was asked; named in the metadata if given.
    anchors : mapping of str to Anchor, optional
        Position of each end.
    top_cny : float, optional
        Amount that is 10 pixels wide, in CNY.
    origin : Origin, optional
        Which records these are; the shipped ones if not given.

    Returns
    -------
    Flows
        Lines, legend and what is not drawn.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> from ccgeo.query.memory import shipped
    >>> len(draw_flows(shipped().flows(DEFAULT_SELECTION, View()), View()).anchors) > 200
    True
    """
    table = _drawn(found, view)
    known = read_anchors(view.vintage) if anchors is None else anchors
    amounts = table.flows["amount_fen"].to_numpy(np.float64) / 100
    top = _round_up(float(amounts.max(initial=0.0))) if top_cny is None else top_cny
    return Flows(
        view=view,
        table=_widest_first(table.flows, line_widths(amounts, top)),
        anchors=known,
        legend=_legend(top, view.language),
        top_cny=top,
        not_drawn=table.not_drawn,
        metadata=describe(view, selection, origin),
    )


@cache
def read_anchors(vintage: str) -> Mapping[str, Anchor]:
    """Return where flows may begin and end.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list of the units.

    Returns
    -------
    mapping of str to Anchor
        By partner id, adcode, and ``"circle"``, which is anchored half way between the label
        points of Chengdu and Chongqing.

    Examples
    --------
    >>> 29 < read_anchors("2025")["circle"].lat < 31.5
    True
    """
    anchors: dict[str, Anchor] = {}
    for level in VIEW_CHOICES["level"]:
        units = read_boundaries(level, vintage)
        anchors |= _anchored(units, "adcode", ("label_lon", "label_lat"))
    chengdu, chongqing = anchors[_CHENGDU], anchors[_CHONGQING]
    middle = GEOD.npts(chengdu.lon, chengdu.lat, chongqing.lon, chongqing.lat, 1)[0]
    name_en, name_zh = (label_of("known_levels", CIRCLE, language) for language in ("en", "zh"))
    anchors[CIRCLE] = Anchor(name_en, name_zh, round(middle[0], 4), round(middle[1], 4))
    return anchors | _anchored(read_partners(), "partner", ("lon", "lat"))


@lru_cache(maxsize=4096)
def geodesic(
    start: tuple[float, float], end: tuple[float, float]
) -> tuple[LineString | MultiLineString, float]:
    """Return the geodesic between two points and its length.

    Parameters
    ----------
    start, end : tuple of (float, float)
        Longitude and latitude in degrees, EPSG:4326.

    Returns
    -------
    line : shapely.LineString or shapely.MultiLineString
        A vertex at least every 150 km, EPSG:4326; two parts that meet at the meridian of
        180° where it is crossed.
    length_km : float
        Length on the WGS 84 ellipsoid.

    Examples
    --------
    >>> line, length_km = geodesic((104.0, 30.0), (104.0, 30.0))
    >>> length_km
    0.0
    """
    length_km = GEOD.inv(*start, *end)[2] / 1000
    between = GEOD.npts(*start, *end, int(length_km // _STEP_KM)) if length_km > _STEP_KM else []
    return _cut([start, *between, end]), length_km


def _cut(points: list[tuple[float, float]]) -> LineString | MultiLineString:
    """Cut a line at the meridian of 180°, which no line of RFC 7946 may cross."""
    parts = [[points[0]]]
    for before, after in pairwise(points):
        turn = after[0] - before[0]
        if abs(turn) > _HALF_TURN_DEG:
            side = _HALF_TURN_DEG if before[0] > 0 else -_HALF_TURN_DEG
            step = turn + 2 * side
            share = (side - before[0]) / step if step else 0.0
            lat = before[1] + share * (after[1] - before[1])
            parts[-1].append((side, lat))
            parts.append([(-side, lat)])
        parts[-1].append(after)
    lines = [LineString(part) for part in parts if len(set(part)) > 1]
    if not lines:
        return LineString(points)
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def _drawn(table: FlowTable, view: View) -> FlowTable:
    """Leave out the lines that the view does not ask for, and count them beside the others."""
    flows = table.flows
    is_outbound = (flows["direction"] == "outbound").to_numpy()
    asked = {"between": is_outbound | True, "inbound": ~is_outbound, "outbound": is_outbound}
    is_asked = asked[view.ways]
    is_drawn = is_asked & _largest(flows, is_asked, view.most_lines)
    left_out = {"other_way": flows[~is_asked], "smaller": flows[is_asked & ~is_drawn]}
    if is_drawn.all():
        return table
    rows = [
        {"reason": reason, **{name: int(rest[name].sum()) for name in SUMS}}
        for reason, rest in left_out.items()
        if len(rest)
    ]
    kept = flows[is_drawn].reset_index(drop=True)
    beside = [*table.not_drawn.to_dict("records"), *rows]
    return FlowTable(kept, pd.DataFrame(beside, columns=["reason", *SUMS]))


def _largest(
    flows: pd.DataFrame, asked: npt.NDArray[np.bool_], most: MostLines
) -> npt.NDArray[np.bool_]:
    """Return which flows lie on the largest lines, no way stated being inbound; ends decide."""
    limit = MOST_DRAWN if most == "all" else int(most)
    if len(asked) <= limit:
        return asked
    ways = (flows["direction"] == "outbound").tolist()
    lines = list(zip(flows["partner"], flows["place"], ways, strict=True))
    sums: dict[tuple[str, str, bool], int] = {}
    for line, amount, is_asked in zip(lines, flows["amount_fen"].tolist(), asked, strict=True):
        if is_asked:
            sums[line] = sums.get(line, 0) + amount
    largest = set(sorted(sums, key=lambda line: (-sums[line], line))[:limit])
    return np.array([line in largest for line in lines], dtype=np.bool_)


def _widest_first(flows: pd.DataFrame, widths: Numbers) -> pd.DataFrame:
    ids = _ids(flows)
    order = sorted(range(len(ids)), key=lambda row: (-widths[row], ids[row]))
    table = flows.take(order).reset_index(drop=True)
    table.insert(0, "id", [ids[row] for row in order])
    table["width"] = widths[order]
    return table


def _features(flows: pd.DataFrame, anchors: Mapping[str, Anchor]) -> gpd.GeoDataFrame:
    ends = {end: [anchors[place] for place in flows[end]] for end in ("origin", "destination")}
    lines = [
        geodesic((start.lon, start.lat), (end.lon, end.lat))
        for start, end in zip(ends["origin"], ends["destination"], strict=True)
    ]
    columns: dict[str, Any] = {name: flows[name] for name in flows if name != "width"}
    for end, anchors_of in ends.items():
        for name in Anchor._fields:
            columns[f"{end}_{name}"] = [getattr(anchor, name) for anchor in anchors_of]
    columns["length_km"] = np.array([length_km for _, length_km in lines], dtype=np.float64)
    columns["width"] = flows["width"]
    geometry = [line for line, _ in lines]
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=geometry, crs="EPSG:4326")


def _ids(flows: pd.DataFrame) -> list[str]:
    # The level is part of it: Chongqing is a unit of two levels under one code.
    keys = zip(
        flows["partner"], flows["place_level"], flows["place"], flows["direction"], strict=True
    )
    return ["-".join(("flow", *key[:3], key[3] or "unstated")) for key in keys]


def line_widths(amounts: Numbers, top: float) -> Numbers:
    """Return the widths of lines, by the square root of the amount: a thick line does not shout.

    Parameters
    ----------
    amounts : numpy.ndarray of float64, shape (n,)
        Amounts in CNY.
    top : float
        Amount that is 10 pixels wide, in CNY; 0 without amounts.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        Pixels, 1 to 15.

    Examples
    --------
    >>> line_widths(np.array([0.0, 25.0, 100.0, 900.0]), 100.0).tolist()
    [1.0, 5.0, 10.0, 15.0]
    """
    if not top:
        return np.full(amounts.shape, THINNEST_PX)
    share = np.sqrt(np.maximum(amounts, 0.0) / top)
    widths: Numbers = np.clip(np.round(WIDEST_PX * share, 2), THINNEST_PX, MOST_PX)
    return widths


def _round_up(amount: float) -> float:
    """Return the next of 1, 2 or 5 times a power of ten, so that legends read well."""
    if amount <= 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(amount))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= amount))


def _legend(top: float, language: str) -> FlowLegend:
    zh = language == "zh"
    shares = (0.01, 0.1, 1.0) if top else ()
    steps = tuple(
        WidthStep(
            top * share,
            float(line_widths(np.array([top * share]), top)[0]),
            amount_words(top * share, language),
        )
        for share in shares
    )
    return FlowLegend(_TITLE[zh], steps, _NO_AMOUNT[zh])


def _anchored(table: pd.DataFrame, column: str, position: tuple[str, str]) -> dict[str, Anchor]:
    lons, lats = (table[name].astype("float64") for name in position)
    rows = zip(table["name_en"], table["name_zh"], lons, lats, strict=True)
    return dict(zip(table[column], (Anchor(*row) for row in rows), strict=True))

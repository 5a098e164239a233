"""Units of one level coloured by a measure, with the legend and the words under the map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.layers.classes import (
    NO_DATA_COLOUR,
    class_bins,
    class_colours,
    class_index,
)
from ccgeo.layers.credits import SYNTHETIC_MARK, describe
from ccgeo.places.boundaries import read_boundaries
from ccgeo.query.measures import SUMS, summarise
from ccgeo.query.selection import View
from ccgeo.query.words import number_words, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import numpy.typing as npt

    from ccgeo.query.measures import Summary, Total
    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Origin
    from ccgeo.query.vocabulary import Level, Vintage

_TITLES: Final = {
    "amount": ("Amount announced or contracted", "公布或签约金额"),
    "projects": ("Number of projects", "项目数"),
    "amount_per_km2": ("Amount announced or contracted per km²", "每平方公里公布或签约金额"),
}
_UNITS: Final = {
    "amount": ("CNY", "元"),
    "projects": ("projects", "个"),
    "amount_per_km2": ("CNY per km²", "元/平方公里"),
}
_NO_DATA: Final = ("no record or no stated figure", "无记录或未说明数额")
_UNIT_COLUMNS: Final = (
    "adcode",
    "level",
    "name_en",
    "name_zh",
    "area_km2",
    "label_lon",
    "label_lat",
)


@dataclass(frozen=True, slots=True)
class LegendClass:
    """One class of a legend.

    Attributes
    ----------
    lower : float
        Lower limit, not in the class except in the first, in the unit of the measure.
    upper : float
        Upper limit, in the class.
    label : str
        Limits in words.
    count : int
        Number of units in the class.
    """

    lower: float
    upper: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of a choropleth mean.

    Attributes
    ----------
    title : str
        What is mapped.
    unit : str
        Unit of the limits.
    classes : tuple of LegendClass
        Palest first; none without data.
    colours : tuple of str
        Colour of each class as ``#rrggbb``.
    no_data_colour : str
        Colour under the hatching of units without data.
    no_data_label : str
        What no data means; it is never zero.
    no_data_count : int
        Number of units without data.
    """

    title: str
    unit: str
    classes: tuple[LegendClass, ...]
    colours: tuple[str, ...]
    no_data_colour: str
    no_data_label: str
    no_data_count: int


@dataclass(frozen=True)
class Choropleth:
    """A measure by the units of one level, ready to draw or to export.

    Attributes
    ----------
    view : View
        How it is shown.
    units : geopandas.GeoDataFrame
        One row a unit of the level, sorted by adcode, with what no selection changes.
    numbers : mapping of str to numpy.ndarray
        What the selection says of each unit, shape (n_units,): the names of
        `ccgeo.query.measures.SUMS` (int64), ``value`` (float64, unit of the measure, NaN for
        no data) and ``class_index`` (int64, -1 for no data).
    legend : Legend
        What the colours mean.
    bins : tuple of float
        Upper class limits; give them back to keep the classes while filtering.
    summary : Summary
        The selection, added up at this level.
    sentence : str
        What is shown and what is not.
    metadata : dict
        Selection, boundaries, data version and notes, ready for JSON.
    """

    view: View
    units: gpd.GeoDataFrame
    numbers: Mapping[str, npt.NDArray[Any]]
    legend: Legend
    bins: tuple[float, ...]
    summary: Summary
    sentence: str
    metadata: dict[str, Any]

    @cached_property
    def features(self) -> gpd.GeoDataFrame:
        """Return the units with their numbers, made when first asked for.

        Returns
        -------
        geopandas.GeoDataFrame
            One row a unit of the level, sorted by adcode: ``id``, ``adcode``, ``level``,
            ``vintage``, ``name_en``, ``name_zh``, ``area_km2``, ``label_lon``, ``label_lat``,
            `numbers`, and ``geometry`` in EPSG:4326.
        """
        # Side by side and not assigned: each column set on a frame of geometries takes longer
        # than adding up the selection.
        columns = pd.DataFrame(dict(self.numbers), index=self.units.index)
        return pd.concat([self.units, columns], axis=1)

    @property
    def not_mapped(self) -> pd.DataFrame:
        """Return what no unit of this level holds.

        Returns
        -------
        pandas.DataFrame
            As `ccgeo.query.measures.Summary.not_mapped` gives it.
        """
        return self.summary.not_mapped

    @property
    def total(self) -> Total:
        """Return the sums over the whole selection.

        Returns
        -------
        Total
            Exact sums.
        """
        return self.summary.total


def build_choropleth(
    selected: pd.DataFrame,
    view: View,
    *,
    selection: Selection | None = None,
    bins: Sequence[float] | None = None,
    units: gpd.GeoDataFrame | None = None,
) -> Choropleth:
    """Build the choropleth of a selection.

    A unit has data only if one of its entries states the measured number: a unit without
    entries and a unit whose entries state no amount are no data, and neither is zero.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries, as `ccgeo.query.engine.select` gives them; not changed.
    view : View
        Level, vintage, measure, classes and language.
    selection : Selection, optional
        What was asked; named in the sentence and the metadata if given.
    bins : sequence of float, optional
        Rising upper class limits to keep; else those of the view, else computed.
    units : geopandas.GeoDataFrame, optional
        Boundaries as `ccgeo.places.boundaries.read_boundaries` gives them; the shipped ones
        of the view if not given.

    Returns
    -------
    Choropleth
        Features, legend and words.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> len(build_choropleth(read_placed(), View(level="prefecture")).features)
    22
    """
    summary = summarise(selected, view.level, view.vintage)
    return draw_choropleth(summary, view, selection=selection, bins=bins, units=units)


def draw_choropleth(
    summary: Summary,
    view: View,
    *,
    selection: Selection | None = None,
    bins: Sequence[float] | None = None,
    units: gpd.GeoDataFrame | None = None,
    origin: Origin | None = None,
) -> Choropleth:
    """Build the choropleth of a selection that has been added up, wherever that was.

    Parameters
    ----------
    summary : Summary
        The selection, added up at the level and boundaries of the view.
    view : View
        Level, vintage, measure, classes and language.
    selection : Selection, optional
        What was asked; named in the sentence and the metadata if given.
    bins : sequence of float, optional
        Rising upper class limits to keep; else those of the view, else computed.
    units : geopandas.GeoDataFrame, optional
        Boundaries as for `build_choropleth`.
    origin : Origin, optional
        Which records these are; the shipped ones if not given.

    Returns
    -------
    Choropleth
        Features, legend and words.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> from ccgeo.query.memory import shipped
    >>> view = View(level="province")
    >>> len(draw_choropleth(shipped().summary(DEFAULT_SELECTION, view), view).features)
    2
    """
    frame = _shipped(view.level, view.vintage) if units is None else _prepared(units, view)
    numbers = _numbers(frame, summary, view.measure)
    values = numbers["value"]
    limits = tuple(bins or view.bins) or class_bins(values, view.scheme, view.k)
    classes = class_index(values, limits)
    return Choropleth(
        view=view,
        units=frame,
        numbers={**numbers, "class_index": classes},
        legend=_legend(values, classes, limits, view),
        bins=limits,
        summary=summary,
        sentence=_mark(origin, view) + sentence(summary, view, selection),
        metadata=describe(view, selection, origin),
    )


def _mark(origin: Origin | None, view: View) -> str:
    """Return what stands before every sentence about made-up records."""
    return SYNTHETIC_MARK[view.language == "zh"] if origin and origin.is_synthetic else ""


@lru_cache(maxsize=16)
def _shipped(level: Level, vintage: Vintage) -> gpd.GeoDataFrame:
    return _prepared(read_boundaries(level, vintage), View(level=level, vintage=vintage))


def _prepared(units: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """Return what no selection changes of the features."""
    return units[[*_UNIT_COLUMNS, "geometry"]].assign(
        vintage=view.vintage,
        id=[f"unit-{view.vintage}-{view.level}-{adcode}" for adcode in units["adcode"]],
    )


def _numbers(units: gpd.GeoDataFrame, summary: Summary, measure: str) -> dict[str, Any]:
    none = np.zeros(len(SUMS), dtype=np.int64)
    rows = [summary.units.get(adcode, none) for adcode in units["adcode"].tolist()]
    sums = np.array(rows, dtype=np.int64).reshape(-1, len(SUMS)).T
    columns: dict[str, Any] = dict(zip(SUMS, sums, strict=True))
    return columns | {"value": _values(columns, units["area_km2"].to_numpy(np.float64), measure)}


def _values(
    sums: Mapping[str, npt.NDArray[np.int64]], areas: npt.NDArray[np.float64], measure: str
) -> npt.NDArray[np.float64]:
    if measure == "projects":
        number, stated = sums["projects"].astype(np.float64), sums["projects_stated"]
    else:
        number, stated = sums["amount_fen"] / 100, sums["amount_stated"]
    if measure == "amount_per_km2":
        number = number / areas
    return np.where(stated > 0, number, np.nan)


def _legend(
    values: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    limits: tuple[float, ...],
    view: View,
) -> Legend:
    zh = view.language == "zh"
    stated = values[np.isfinite(values)]
    least = float(stated.min()) if stated.size else 0.0
    lowers = (min([least, *limits[:1]]), *limits[:-1])
    counts = np.bincount(classes[classes >= 0], minlength=len(limits)).tolist()
    labels = _labels(limits, view)
    return Legend(
        title=_TITLES[view.measure][zh],
        unit=_UNITS[view.measure][zh],
        classes=tuple(map(LegendClass, lowers, limits, labels, counts)),
        colours=class_colours(len(limits)),
        no_data_colour=NO_DATA_COLOUR,
        no_data_label=_NO_DATA[zh],
        no_data_count=int((classes < 0).sum()),
    )


def _labels(limits: tuple[float, ...], view: View) -> list[str]:
    """Say each class by its limits; the ends are open, as kept limits may be passed."""
    words = [number_words(limit, view.measure, view.language) for limit in limits]
    zh = view.language == "zh"
    if len(limits) <= 1:
        return words
    first = f"不超过{words[0]}" if zh else f"up to {words[0]}"
    middle = [f"{low} – {high}" for low, high in pairwise(words[:-1])]
    last = f"{words[-2]}以上" if zh else f"over {words[-2]}"
    return [first, *middle, last]

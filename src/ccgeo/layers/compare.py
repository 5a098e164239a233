"""Two selections on one scale, their difference, and one selection cut into panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.answer import Answer, answer_of
from ccgeo.layers.choropleth import Choropleth, Legend, LegendClass, draw_choropleth
from ccgeo.layers.classes import NO_CLASS, NO_DATA_COLOUR, class_bins
from ccgeo.query.engine import UNDATED
from ccgeo.query.measures import SUMS
from ccgeo.query.memory import shipped
from ccgeo.query.vocabulary import label_of, names_of
from ccgeo.query.words import number_words

if TYPE_CHECKING:
    import numpy.typing as npt

    from ccgeo.query.selection import Selection, View
    from ccgeo.query.source import Source

Cut = Literal["years", "sectors"]

_SIDES: Final = 3
# Purple below, green above, white between: apart for every kind of colour vision.
_DIVERGING: Final = ("#762a83", "#af8dc3", "#e7d4e8", "#d9f0d3", "#7fbf7b", "#1b7837")
_TITLE: Final = ("Left minus right", "左减右")
_ONE_ONLY: Final = ("a figure in one of the two at most", "至多一方有数额")
_LESS: Final = ("less by {}", "少{}")
_MORE: Final = ("more by {}", "多{}")


@dataclass(frozen=True)
class Comparison:
    """Two answers on one scale.

    Attributes
    ----------
    first, second : Answer
        Both with the same class limits.
    difference : Choropleth
        First minus second where both state a figure; elsewhere no data.
    """

    first: Answer
    second: Answer
    difference: Choropleth


class Panel(NamedTuple):
    """One small map of several.

    Attributes
    ----------
    choice : str
        Year or sector id.
    title : str
        Its name.
    choropleth : Choropleth
        The layer; all panels share their class limits.
    """

    choice: str
    title: str
    choropleth: Choropleth


def compare(
    first: Selection, second: Selection, view: View, source: Source | None = None
) -> Comparison:
    """Answer two selections on one scale, and subtract them.

    Parameters
    ----------
    first, second : Selection
        What is asked on the left and on the right.
    view : View
        How both are shown; where it rescales, the limits follow both together.
    source : Source, optional
        The records that are asked; the shipped ones if not given.

    Returns
    -------
    Comparison
        The answers and their difference.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> same = compare(DEFAULT_SELECTION, DEFAULT_SELECTION, View())
    >>> float(same.difference.features["value"].abs().max())
    0.0
    """
    source = source or shipped()
    ask = partial(answer_of, source)
    shared = view
    # Records of one session have no fixed limits.
    if (view.rescale or not source.is_shared) and not view.bins:
        both = [_values(ask(each, view).choropleth) for each in (first, second)]
        shared = replace(view, bins=class_bins(np.concatenate(both), view.scheme, view.k))
    left, right = ask(first, shared), ask(second, shared)
    return Comparison(left, right, _difference(left.choropleth, right.choropleth))


def panels(
    selection: Selection, view: View, cut: Cut, source: Source | None = None
) -> tuple[Panel, ...]:
    """Cut a selection into one small map a year or a sector, all on one scale.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How each panel is shown.
    cut : {"years", "sectors"}
        By what to cut. Years and sectors without a record have no panel; undated entries
        are in none.
    source : Source, optional
        As in `compare`.

    Returns
    -------
    tuple of Panel
        In order of year or taxonomy.

    Raises
    ------
    UnknownChoiceError
        There is no such cut.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection, View
    >>> [panel.choice for panel in panels(Selection(years=(2019, 2021)), View(), "years")]
    ['2019', '2020', '2021']
    """
    source = source or shipped()
    parts = _parts(selection, view, cut, source)
    asked = {choice: part for choice, part in parts.items() if choice}
    sums = {choice: source.summary(part, view) for choice, part in asked.items()}
    found = {choice: summary for choice, summary in sums.items() if summary.total.entries}
    drawn = {choice: draw_choropleth(summary, view) for choice, summary in found.items()}
    values = [_values(layer) for layer in drawn.values()]
    bins = view.bins or class_bins(
        np.concatenate(values) if values else np.array([]), view.scheme, view.k
    )
    return tuple(
        Panel(
            choice,
            choice if cut == "years" else label_of(cut, choice, view.language),
            draw_choropleth(
                summary, view, selection=asked[choice], bins=bins, origin=source.origin
            ),
        )
        for choice, summary in found.items()
    )


def _parts(selection: Selection, view: View, cut: Cut, source: Source) -> dict[str, Selection]:
    if cut == "years":
        first, last = selection.years or source.origin.span
        return {
            str(year): replace(selection, years=(year, year), include_undated=False)
            for year in source.years(selection, view)
            if year != UNDATED and first <= year <= last
        }
    if cut == "sectors":
        wanted = selection.sectors or names_of("sectors").keys()
        return {
            sector: replace(selection, sectors=frozenset({sector}))
            for sector in names_of("sectors")
            if sector in wanted
        }
    what = "cut"
    raise UnknownChoiceError(what, cut, ("years", "sectors"))


def _values(layer: Choropleth) -> npt.NDArray[np.float64]:
    return layer.numbers["value"]


def _difference(first: Choropleth, second: Choropleth) -> Choropleth:
    values = _values(first) - _values(second)
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    steps = class_bins(sizes, "quantiles", _SIDES)
    # The middle limit is zero itself: no change belongs to the first class above it.
    limits = (*(-step for step in reversed(steps[:-1])), 0.0, *steps[:-1]) if steps else (0.0,)
    found = np.searchsorted(np.asarray(limits), values, side="right")
    classes = np.where(np.isfinite(values), found, NO_CLASS).astype(np.int64)
    sums = {name: first.numbers[name] - second.numbers[name] for name in SUMS}
    return replace(
        first,
        numbers={**sums, "value": values, "class_index": classes},
        legend=_legend(limits, classes, first),
        bins=tuple(limits),
    )


def _legend(limits: tuple[float, ...], classes: npt.NDArray[np.int64], first: Choropleth) -> Legend:
    view, zh = first.view, first.view.language == "zh"
    edges = (float("-inf"), *limits, float("inf"))
    middle = len(_DIVERGING) // 2
    below = [edge for edge in limits if edge < 0]
    colours = _DIVERGING[middle - 1 - len(below) : middle + len(limits) - len(below)]
    counts = np.bincount(classes[classes >= 0], minlength=len(limits) + 1).tolist()
    labels = [_label(low, high, view) for low, high in pairwise(edges)]
    return Legend(
        title=_TITLE[zh],
        unit=first.legend.unit,
        classes=tuple(map(LegendClass, edges[:-1], edges[1:], labels, counts)),
        colours=tuple(colours),
        no_data_colour=NO_DATA_COLOUR,
        no_data_label=_ONE_ONLY[zh],
        no_data_count=int((classes < 0).sum()),
    )


def _label(low: float, high: float, view: View) -> str:
    zh = view.language == "zh"
    words = [
        number_words(abs(edge), view.measure, view.language) if np.isfinite(edge) else ""
        for edge in (low, high)
    ]
    template = (_MORE if low >= 0 else _LESS)[zh]
    near, far = words if low >= 0 else reversed(words)
    if not far:
        return template.format(f"{near}{'以上' if zh else ' or more'}")
    return template.format(f"{near} – {far}")

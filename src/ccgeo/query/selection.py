"""A selection says which entries are asked for, a view how they are shown.

Both are values: frozen, comparable, hashable, and writable as address-bar parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ccgeo.query import link
from ccgeo.query.vocabulary import (
    ANY_DATE,
    CLASS_COUNTS,
    CONFIDENCES,
    DEFAULT_STAGES,
    FIRST_YEAR,
    LAST_YEAR,
    names_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ccgeo.errors import CcgeoError
    from ccgeo.query.vocabulary import (
        DateKind,
        Frame,
        Labels,
        Language,
        Level,
        LineColour,
        Measure,
        MostLines,
        Names,
        Overlay,
        Scheme,
        Vintage,
        Ways,
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters of a user; an empty set sets no limit.

    Filters of different fields narrow each other, values of one field widen it.

    Attributes
    ----------
    years : tuple of (int, int), optional
        First and last year, both included; None sets no limit on dated entries.
    include_undated : bool
        Whether entries without a year count; the years never decide on them.
    date_kind : {"any", "announced", "signed", "started", "completed"}
        Which date the years are read from. An entry tells one date: asked for another it counts
        as undated.
    sectors : frozenset of str
        Sector ids, among them ``"several"`` and ``"unstated"``.
    places : frozenset of str
        Adcodes of any level: what lies wholly in one of them is kept.
    zones : frozenset of str
        Zone ids.
    partners : frozenset of str
        Partner or bloc ids; ``""`` stands for no partner stated.
    stages : frozenset of str
        Stages; ``""`` stands for not stated.
    kinds : frozenset of str
        Kinds of record.
    directions : frozenset of str
        Directions; ``""`` stands for not stated.
    min_amount_fen : int, optional
        Least amount in fen (0.01 CNY); leaves out entries without a stated amount.
    known_levels : frozenset of str
        Levels of knowledge.
    min_confidence : int
        Least confidence, 1 to 3. Records that no reader can check, for want of an address, have 1
        and count only when they are asked for.

    Examples
    --------
    >>> Selection(sectors=frozenset({"automotive"})).years
    (2010, 2026)
    """

    years: tuple[int, int] | None = (2010, LAST_YEAR)
    include_undated: bool = False
    date_kind: DateKind = ANY_DATE
    sectors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    stages: frozenset[str] = DEFAULT_STAGES
    kinds: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    min_amount_fen: int | None = None
    known_levels: frozenset[str] = frozenset()
    min_confidence: int = 2


@dataclass(frozen=True, slots=True)
class View:
    """How the answer is shown.

    Attributes
    ----------
    level : {"district", "prefecture", "province"}
        Level of the units on the map; Chongqing is one prefecture.
    vintage : {"2025", "2026"}
        Boundary list.
    measure : {"amount", "projects", "amount_per_km2"}
        Mapped number: CNY, count, CNY per km².
    scheme : {"quantiles", "natural_breaks", "equal_interval"}
        Rule that sets the class limits.
    k : int
        Number of classes, 2 to 7.
    rescale : bool
        Whether the limits follow the selection; else those of the default selection stay while
        filters change.
    bins : tuple of float
        Upper class limits kept from an earlier picture, in the unit of the measure, rising;
        empty to compute them. They win over `scheme` and `k`.
    frame : {"region", "world"}
        Map frame.
    language : {"en", "zh"}
        Language of words and legends.
    ways : {"between", "inbound", "outbound"}
        Which lines are drawn: both ways, or only those that come in or go out. An unstated
        direction counts as inwards.
    line_colour : {"direction", "sector"}
        What the colour of a line says.
    most_lines : {"all", "50", "20", "10"}
        How many lines are drawn, the largest; the rest is counted.
    labels : {"own", "en", "zh", "both"}
        Language of the names on the map; ``"own"`` follows `language`.
    overlay : {"none", "zones"}
        What is drawn over the choropleth.

    Examples
    --------
    >>> View(level="prefecture").vintage
    '2025'
    """

    level: Level = "district"
    vintage: Vintage = "2025"
    measure: Measure = "amount"
    scheme: Scheme = "quantiles"
    k: int = 5
    rescale: bool = False
    bins: tuple[float, ...] = ()
    frame: Frame = "region"
    language: Language = "en"
    ways: Ways = "between"
    line_colour: LineColour = "direction"
    most_lines: MostLines = "all"
    labels: Labels = "own"
    overlay: Overlay = "none"


DEFAULT_SELECTION: Final = Selection()
DEFAULT_VIEW: Final = View()
OPEN_SELECTION: Final = Selection(
    years=None, include_undated=True, stages=frozenset(), min_confidence=CONFIDENCES[0]
)

# Field of the selection: name of its parameter.
LIST_PARAMS: Final = {
    "sectors": "sector",
    "places": "place",
    "zones": "zone",
    "partners": "partner",
    "stages": "stage",
    "kinds": "kind",
    "directions": "direction",
    "known_levels": "known",
}
DATE_PARAM: Final = "date"
# Field of the view: name of its parameter.
VIEW_PARAMS: Final = {
    "level": "level",
    "vintage": "boundaries",
    "measure": "measure",
    "scheme": "scheme",
    "frame": "frame",
    "language": "lang",
    "ways": "ways",
    "line_colour": "lines",
    "most_lines": "most",
    "labels": "labels",
    "overlay": "overlay",
}


def parse_selection(
    params: Mapping[str, str | Sequence[str]],
    *,
    names: Callable[[str], Names] = names_of,
    span: tuple[int, int] = (FIRST_YEAR, LAST_YEAR),
) -> tuple[Selection, View, tuple[CcgeoError, ...]]:
    """Read a selection and a view from address-bar parameters; never raise.

    What is not understood is left at its default and told as a problem; everything else
    still works. Lists are comma separated; a value is given by its id or by its exact name in
    English or Chinese. Parameters of other names are not looked at.

    Parameters
    ----------
    params : mapping of str to str or sequence of str
        Names such as ``"years"``, ``"sector"`` or ``"level"``.
    names : callable
        Gives the known values of a field with their names.
    span : tuple of (int, int)
        First and last year that may be asked for.

    Returns
    -------
    selection : Selection
        What was asked.
    view : View
        How it is shown.
    problems : tuple of CcgeoError
        One for each value not understood, naming it and the nearest valid ones.

    Examples
    --------
    >>> selection, view, problems = parse_selection({"years": "2015-2020", "level": "street"})
    >>> selection.years, view.level
    ((2015, 2020), 'district')
    >>> print(problems[0])
    level 'street' is not known. Nearest: district, prefecture.
    """
    reader = link.LinkReader(params, names)
    lists: dict[str, Any] = {
        field: reader.choices(param, field, getattr(DEFAULT_SELECTION, field))
        for field, param in LIST_PARAMS.items()
    }
    lists["date_kind"] = reader.one(DATE_PARAM, "date_kind", DEFAULT_SELECTION.date_kind)
    selection = Selection(
        years=reader.years("years", DEFAULT_SELECTION.years, span),
        include_undated=reader.switch("undated"),
        min_amount_fen=reader.amount_fen("min_amount"),
        min_confidence=reader.whole_number(
            "confidence", CONFIDENCES, DEFAULT_SELECTION.min_confidence
        ),
        **lists,
    )
    return selection, _parse_view(reader), tuple(reader.problems)


def selection_params(
    selection: Selection = DEFAULT_SELECTION, view: View = DEFAULT_VIEW
) -> dict[str, str]:
    """Write a selection and a view as address-bar parameters.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.

    Returns
    -------
    dict of str to str
        Only what differs from the defaults; `parse_selection` gives the same values back.

    Examples
    --------
    >>> selection_params(Selection(years=(2015, 2020)), View(vintage="2026"))
    {'years': '2015-2020', 'boundaries': '2026'}
    """
    written = _written(selection, view)
    default = _written(DEFAULT_SELECTION, DEFAULT_VIEW)
    return {param: text for param, text in written.items() if text != default[param]}


def _parse_view(reader: link.LinkReader) -> View:
    words: dict[str, Any] = {
        field: reader.one(param, field, getattr(DEFAULT_VIEW, field))
        for field, param in VIEW_PARAMS.items()
    }
    k = reader.whole_number("k", CLASS_COUNTS, DEFAULT_VIEW.k)
    return View(k=k, rescale=reader.switch("rescale"), bins=reader.bins("bins"), **words)


def _written(selection: Selection, view: View) -> dict[str, str]:
    lists = {
        param: link.write_choices(getattr(selection, field)) for field, param in LIST_PARAMS.items()
    }
    words = {param: getattr(view, field) for field, param in VIEW_PARAMS.items()}
    return {
        "years": link.write_years(selection.years),
        "undated": str(int(selection.include_undated)),
        DATE_PARAM: selection.date_kind,
        **lists,
        "min_amount": link.write_amount(selection.min_amount_fen),
        "confidence": str(selection.min_confidence),
        **words,
        "k": str(view.k),
        "rescale": str(int(view.rescale)),
        "bins": ",".join(repr(limit) for limit in view.bins),
    }

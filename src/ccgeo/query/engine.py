"""Place every entry once, then answer any selection with masks."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccgeo.places.crosswalk import towns_named
from ccgeo.places.footprint import Place, unit_at
from ccgeo.places.partners import blocs_of
from ccgeo.places.zones import read_zones
from ccgeo.query.vocabulary import ANY_DATE, CONFIDENCES, VIEW_CHOICES, names_of
from ccgeo.records.ledger import read_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    import numpy.typing as npt

    from ccgeo.query.selection import Selection

    Mask = npt.NDArray[np.bool_]
    Counts = npt.NDArray[np.int64]
    Locate = Callable[[Place, str, str], str | None]

UNDATED: Final = 0
"""Year of an entry without one."""

SINGLE: Final = {
    "sectors": "sector_id",
    "stages": "stage",
    "kinds": "kind",
    "directions": "direction",
    "known_levels": "place_level",
}
"""Field of the selection: column that holds one value an entry."""
MULTIPLE: Final = {"places": "within", "zones": "zones", "partners": "met"}
"""Field of the selection: column that holds a tuple of values an entry."""


def unit_column(level: str, vintage: str) -> str:
    """Return the name of the column that says in which unit an entry lies.

    Parameters
    ----------
    level : {"district", "prefecture", "province"}
        Level of the unit.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    str
        Column of `place_entries`.

    Examples
    --------
    >>> unit_column("district", "2025")
    'unit_district_2025'
    """
    return f"unit_{level}_{vintage}"


def place_entries(entries: pd.DataFrame, *, locate: Locate = unit_at) -> pd.DataFrame:
    """Add to each entry the units, zones and partners by which it can be asked for.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries as `ccgeo.records.ledger.build_entries` gives them; not changed.
    locate : callable
        Gives the unit of a level and vintage that holds all of a place, or None.

    Returns
    -------
    pandas.DataFrame
        The entries, their text as objects, and the columns ``unit_{level}_{vintage}`` (str,
        ``""`` where the place lies in no single unit), ``within`` (tuple of adcodes of any
        level and vintage), ``zones`` (tuple of zone ids, the zone itself and those around
        it) and ``met`` (tuple of partner ids and of the blocs they belonged to on the date
        of the entry, ``("",)`` for none).

    Examples
    --------
    >>> placed = place_entries(read_entries().head(3))
    >>> bool(placed["unit_province_2025"].isin(["", "500000", "510000"]).all())
    True
    """
    places = _places(entries)
    located = {place: _locate_everywhere(place, locate) for place in set(places)}
    units = [located[place] for place in places]
    # Text as plain objects: taking rows is the price of every filter, and from two dozen
    # Arrow columns it costs ten times as much.
    text = {str(name): column for name, column in entries.items() if column.dtype == "str"}
    added: dict[str, Iterable[Any]] = {
        **{column: [found[column] for found in units] for column in _unit_columns()},
        "within": [tuple(dict.fromkeys(filter(None, found.values()))) for found in units],
        "zones": [_zones_around(place) for place in places],
        "met": list(map(met_on, entries["partners"], entries["date"])),
    }
    columns = {name: _objects(values, entries.index) for name, values in (text | added).items()}
    order = [*entries.columns, *added]
    return pd.DataFrame({name: columns.get(name, entries.get(name)) for name in order})


def met_on(partners: tuple[str, ...], date_text: str) -> tuple[str, ...]:
    """Return the partners by which an entry can be asked for.

    Parameters
    ----------
    partners : tuple of str
        Its partners and blocs.
    date_text : str
        Its date.

    Returns
    -------
    tuple of str
        The partners, and the blocs they belonged to on that date; ``("",)`` for none.

    Examples
    --------
    >>> met_on(("SG",), "2022"), met_on((), "2022")
    (('SG', 'ASEAN'), ('',))
    """
    if not partners:
        return ("",)
    around = [bloc for partner in partners for bloc in blocs_of(partner, date_text)]
    return tuple(dict.fromkeys((*partners, *around)))


@cache
def read_placed() -> pd.DataFrame:
    """Return the shipped entries, placed once.

    Returns
    -------
    pandas.DataFrame
        As `place_entries`; shared between callers, not to be written to.

    Examples
    --------
    >>> read_placed()["entry_id"].is_unique
    True
    """
    return place_entries(read_entries())


def select(placed: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the entries that a selection asks for.

    A place keeps what lies wholly in it, in either vintage; a zone keeps the zones inside
    it too; a bloc keeps the bloc itself and the countries that were its members on the date
    of the entry. No amount is changed.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `place_entries` gives them; not changed.
    selection : Selection
        What is asked.

    Returns
    -------
    pandas.DataFrame
        Rows of `placed`, in their order.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> kept = select(read_placed(), Selection(sectors=frozenset({"automotive"})))
    >>> set(kept["sector_id"])
    {'automotive'}
    """
    return placed.take(np.flatnonzero(passes(placed, selection)))


def passes(placed: pd.DataFrame, selection: Selection, *, but: str = "") -> Mask:
    """Return which entries every filter keeps, or every filter but one.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `place_entries` gives them; not changed.
    selection : Selection
        What is asked.
    but : str
        Filter not to look at, such as ``"sectors"``, ``"years"`` or ``"min_amount"``.

    Returns
    -------
    numpy.ndarray
        bool, one an entry.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> cars = Selection(sectors=frozenset({"automotive"}))
    >>> counts = [passes(read_placed(), cars, but=name).sum() for name in ("", "sectors")]
    >>> bool(counts[0] < counts[1])
    True
    """
    kept = np.ones(len(placed), dtype=bool)
    for name, mask in masks_of(placed, selection).items():
        if name != but:
            kept &= mask
    return kept


def years_of(entries: pd.DataFrame, date_kind: str = ANY_DATE) -> npt.NDArray[np.int64]:
    """Return the year of each entry by one kind of date.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries with the columns ``year`` and ``date_kind``.
    date_kind : {"any", "announced", "signed", "started", "completed"}
        Which date; an entry that tells another has none.

    Returns
    -------
    numpy.ndarray
        int64, one year an entry; 0 for none.

    Examples
    --------
    >>> started = years_of(read_placed(), "started")
    >>> set(read_placed()["date_kind"][started != UNDATED])
    {'started'}
    """
    years: npt.NDArray[np.int64] = entries["year"].array.to_numpy(np.int64, na_value=UNDATED)
    if date_kind == ANY_DATE:
        return years
    return np.where(_values(entries, "date_kind") == date_kind, years, UNDATED)


def choice_counts(placed: pd.DataFrame, selection: Selection) -> dict[str, dict[str, int]]:
    """Count the entries behind each value of each list filter.

    The counts of one field follow the filters of all other fields, so each says what
    choosing that value would show.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `place_entries` gives them.
    selection : Selection
        What is asked.

    Returns
    -------
    dict of str to dict of str to int
        Field of the selection, value, number of entries; values without entries are left
        out. The lowest confidence and the date count what each of their values would show.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> sorted(choice_counts(read_placed(), DEFAULT_SELECTION))[:3]
    ['date_kind', 'directions', 'kinds']
    """
    masks = masks_of(placed, selection)
    refused: Counts = np.zeros(len(placed), dtype=np.int64)
    for mask in masks.values():
        refused = refused + ~mask
    counts = {}
    for field, column in (SINGLE | MULTIPLE).items():
        others = refused - ~masks[field] if field in masks else refused
        values = placed[column].to_numpy(dtype=object)[others == 0]
        counts[field] = dict(Counter(chain.from_iterable(values) if field in MULTIPLE else values))
    return counts | _scalar_counts(placed, selection, masks, refused)


def _scalar_counts(
    placed: pd.DataFrame, selection: Selection, masks: Mapping[str, Mask], refused: Counts
) -> dict[str, dict[str, int]]:
    """Count what each value of a filter with a single value would show."""
    unsure = refused - ~masks["confidence"] == 0
    grades = placed["confidence"].to_numpy()
    undecided = refused - ~masks["years"] == 0
    return {
        "min_confidence": {
            str(least): int(np.count_nonzero(unsure & (grades >= least))) for least in CONFIDENCES
        },
        "date_kind": {
            kind: int(np.count_nonzero(undecided & _year_mask(placed, selection, kind)))
            for kind in names_of("date_kind")
        },
    }


def masks_of(placed: pd.DataFrame, selection: Selection) -> dict[str, Mask]:
    """Return what each filter that is set keeps.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries, or a table that has some of their columns; not changed.
    selection : Selection
        What is asked.

    Returns
    -------
    dict of str to numpy.ndarray
        Name of the filter and its mask, bool, one a row; filters whose columns the table does
        not have are left out.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> grades = pd.DataFrame({"confidence": [1, 3]})
    >>> masks_of(grades, DEFAULT_SELECTION)["confidence"].tolist()
    [False, True]
    """
    masks = {"years": _year_mask(placed, selection)} if "year" in placed else {}
    for field, column in SINGLE.items():
        if (wanted := getattr(selection, field)) and column in placed:
            masks[field] = _true_where(value in wanted for value in _values(placed, column))
    for field, column in MULTIPLE.items():
        if (wanted := getattr(selection, field)) and column in placed:
            masks[field] = _true_where(
                not wanted.isdisjoint(ids) for ids in _values(placed, column)
            )
    if selection.min_amount_fen is not None and "amount_fen" in placed:
        amounts = placed["amount_fen"].array
        enough = amounts.to_numpy(np.int64, na_value=0) >= selection.min_amount_fen
        masks["min_amount"] = enough & ~amounts.isna()
    if "confidence" in placed:
        masks["confidence"] = placed["confidence"].to_numpy() >= selection.min_confidence
    return masks


def _year_mask(placed: pd.DataFrame, selection: Selection, date_kind: str = "") -> Mask:
    years = years_of(placed, date_kind or selection.date_kind)
    undated: Mask = years == UNDATED
    inside = ~undated
    if selection.years is not None:
        first, last = selection.years
        inside &= (first <= years) & (years <= last)
    return inside | undated if selection.include_undated else inside


def _true_where(answers: Any) -> Mask:  # noqa: ANN401 - a generator of bool
    return np.fromiter(answers, dtype=bool)


def _values(placed: pd.DataFrame, column: str) -> npt.NDArray[np.object_]:
    values: npt.NDArray[np.object_] = placed[column].to_numpy(dtype=object)
    return values


def _objects(values: Iterable[Any], index: pd.Index) -> pd.Series:
    # One by one: numpy would read a list of tuples as a table. A series that says what it
    # holds: pandas turns a bare array of text into Arrow.
    return pd.Series(np.fromiter(values, dtype=object), index=index, dtype=object)


def _places(entries: pd.DataFrame) -> list[Place]:
    """Return where each entry is, with the towns named in the words of its source or ours."""
    texts = entries["place_text"]
    if "place_basis" in entries:
        texts = texts + "; " + entries["place_basis"]
    known: dict[tuple[str, tuple[str, ...], str], Place] = {}
    told = list(zip(entries["place_level"], map(tuple, entries["place_ids"]), texts, strict=True))
    for level, ids, text in dict.fromkeys(told):
        towns = tuple(name for each in ids for name in towns_named(text, each))
        known[level, ids, text] = Place(level, ids, towns)
    return [known[row] for row in told]


def _unit_columns() -> list[str]:
    levels, vintages = VIEW_CHOICES["level"], VIEW_CHOICES["vintage"]
    return [unit_column(level, vintage) for level in levels for vintage in vintages]


def _locate_everywhere(place: Place, locate: Locate) -> dict[str, str]:
    levels, vintages = VIEW_CHOICES["level"], VIEW_CHOICES["vintage"]
    return {
        unit_column(level, vintage): locate(place, level, vintage) or ""
        for level in levels
        for vintage in vintages
    }


def _zones_around(place: Place) -> tuple[str, ...]:
    if place.level != "zone":
        return ()
    parents = _zone_parents()
    found = dict.fromkeys(place.ids)
    for zone in place.ids:
        parent = parents.get(zone, "")
        while parent and parent not in found:
            found[parent] = None
            parent = parents.get(parent, "")
    return tuple(found)


@cache
def _zone_parents() -> Mapping[str, str]:
    zones = read_zones()
    return dict(zip(zones["zone_id"], zones["parent_id"], strict=True))

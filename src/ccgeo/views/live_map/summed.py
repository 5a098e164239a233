"""What travels to a live map of records that the server adds up: numbers, the strip, groups.

The numbers are those of the question. Years and sectors stand beside them as sums, so the strip
and the chips are drawn whatever the number of records. Where entries added up by unit, sector
and year are few, these groups travel once, and the units of another year or sector are coloured
before the server has answered; lines are always the server's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ccgeo.places.boundaries import read_boundaries
from ccgeo.query.groups import lifted
from ccgeo.query.measures import SUMS
from ccgeo.query.selection import View
from ccgeo.query.vocabulary import names_of
from ccgeo.views.live_map.packing import Packed, pack
from ccgeo.views.live_map.payload import build_payload

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.layers.answer import Answer
    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Source

MOST_GROUPS: Final = 25_000
"""Groups that travel at most, about ten bytes each; the server answers where there are more."""

_SAFE: Final = 2**53
"""From here on a browser's numbers are no longer whole; larger amounts travel as text."""

_NONE: Final = -1


def build_summed(answered: Answer, *, selected: str = "", language: str = "en") -> dict[str, Any]:
    """Say what the live map has to show, with the sums of every year and sector beside it.

    Parameters
    ----------
    answered : Answer
        Layers, and the source that gives the sums of years and sectors.
    selected : str
        Kind and id joined by a colon, such as ``"district:500103"``.
    language : {"en", "zh"}
        Language of the words on the map.

    Returns
    -------
    dict
        As `ccgeo.views.live_map.payload.build_payload`, with members ``asked`` and ``strip``;
        described in ``assets/types.js``.

    Raises
    ------
    UnknownChoiceError
        The language is not one.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> told = build_summed(answer(DEFAULT_SELECTION, View(level="province")))
    >>> told["asked"]["years"], told["strip"]["span"]
    ([2010, 2026], [2002, 2026])
    """
    layer, flows = answered.choropleth, answered.flows
    selection, view = answered.selection, answered.view
    return {
        **build_payload(layer, flows, frame=view.frame, selected=selected, language=language),
        "drill": True,
        "names": view.labels,
        "lines": {"ways": view.ways, "colour": view.line_colour, "most": view.most_lines},
        "asked": {
            "years": list(selection.years or ()),
            "undated": int(selection.include_undated),
            "date_kind": "any",
            "sectors": sorted(selection.sectors),
            "stages": [],
            "allowed": "",
            "bins": list(layer.bins),
            "top": flows.top_cny,
        },
        "strip": _strip(answered),
    }


def _strip(answered: Answer) -> dict[str, Any]:
    source, selection, view = answered.source, answered.selection, answered.view
    counts = source.counts(selection, view)["sectors"]
    years = source.years(selection, view)
    # A bar needs no more of an amount than a float can tell.
    return {
        "span": list(source.origin.span),
        "years": [[year, [float(number) for number in sums]] for year, sums in years.items()],
        "sectors": _sectors(),
        "counts": [[sector, count] for sector, count in counts.items()],
    }


def _sectors() -> list[list[str]]:
    return [[sector, *names[:2]] for sector, names in names_of("sectors").items()]


def summed_parts(answered: Answer) -> dict[str, Packed]:
    """Return the groups by which the map colours units for other years and sectors itself.

    Parameters
    ----------
    answered : Answer
        Gives the source, what is asked, level and boundaries.

    Returns
    -------
    dict of str to Packed
        ``cube`` and ``units``; nothing where groups are too many, or belong to one session.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> sorted(summed_parts(answer(DEFAULT_SELECTION, View())))
    ['cube', 'units']
    """
    if not answered.source.is_shared:
        return {}
    view = View(level=answered.view.level, vintage=answered.view.vintage)
    return dict(_packed(answered.source, lifted(answered.selection), view))


@lru_cache(maxsize=32)
def _packed(source: Source, selection: Selection, view: View) -> dict[str, Packed]:
    groups = source.unit_groups(selection, view, MOST_GROUPS)
    return {} if groups is None else pack_groups(groups, view)


def pack_groups(groups: pd.DataFrame, view: View) -> dict[str, Packed]:
    """Write groups so that the map reads them as it reads a cube of records.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `ccgeo.query.groups.unit_groups` gives them.
    view : View
        Level and boundaries of their units.

    Returns
    -------
    dict of str to Packed
        ``cube`` with a cell each, and ``units`` with areas in km² and the unit of each cell.

    Examples
    --------
    >>> from ccgeo.query.memory import shipped
    >>> from ccgeo.query.selection import OPEN_SELECTION
    >>> view = View(level="province")
    >>> sorted(pack_groups(shipped().unit_groups(OPEN_SELECTION, view, 10**6), view))
    ['cube', 'units']
    """
    units = read_boundaries(view.level, view.vintage).sort_values("adcode")
    sectors = _sectors()
    spots = {
        "unit": {code: at for at, code in enumerate(units["adcode"])},
        "sector": {sector: at for at, (sector, *_) in enumerate(sectors)},
    }
    cells = {name: groups[name].tolist() for name in ("year", *SUMS)}
    fen: list[Any] = cells.pop("amount_fen")
    is_large = sum(map(abs, fen)) >= _SAFE
    cells |= {
        "sector": [spots["sector"].get(sector, _NONE) for sector in groups["sector_id"]],
        "fen": list(map(str, fen)) if is_large else fen,
    }
    content = {"partners": [], "sectors": sectors, "stages": [], "date_kinds": [], "cells": cells}
    level = str(view.level)
    placed = {
        "areas": {level: units["area_km2"].tolist()},
        "cells": {level: [spots["unit"].get(unit, _NONE) for unit in groups["unit"]]},
    }
    return {"cube": pack(content), "units": pack(placed)}

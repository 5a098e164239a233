"""What travels to the live map on each change: a few kilobytes of numbers, no geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.classes import class_colours
from ccgeo.layers.flows import line_widths
from ccgeo.query.vocabulary import names_of
from ccgeo.views.live_map.projections import frame_crs

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.layers.choropleth import Choropleth, Legend
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import View

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_DATA: Final = "-"
_LANGUAGES: Final = ("en", "zh")
_SEVERAL: Final = "several"
_FEN_PER_WAN: Final = 1_000_000
_FEN_PER_CNY: Final = 100
_CNY_PER_WAN: Final = 10_000


def build_payload(
    choropleth: Choropleth,
    flows: Flows,
    *,
    frame: str = "region",
    selected: str = "",
    language: str = "en",
    group: str = "",
) -> dict[str, Any]:
    """Say in plain numbers and strings what the live map has to show.

    Amounts travel in CNY 10,000. Units travel by position: the browser knows the adcodes of
    each level and vintage in ascending order.

    Parameters
    ----------
    choropleth : Choropleth
        Classes of the units, and their legend.
    flows : Flows
        Lines between partners and places.
    frame : {"region", "world"}
        Frame to begin with, or to go to when it differs from the last payload.
    selected : str
        Kind and id joined by a colon, such as ``"district:500103"``, ``"partner:SG"`` or
        ``"flow:SG>500103"``; empty for nothing.
    language : {"en", "zh"}
        Language of the words on the map.
    group : str
        Maps of the same group on a page follow each other's frame, zoom and centre; empty to
        stand alone.

    Returns
    -------
    dict
        JSON: strings, finite numbers, lists and dicts only. Its members are described in
        ``assets/types.js``.

    Raises
    ------
    UnknownChoiceError
        The frame or the language is not one.

    Examples
    --------
    >>> from ccgeo.layers.choropleth import build_choropleth
    >>> from ccgeo.layers.flows import build_flows
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import View
    >>> view = View(level="province")
    >>> none = read_placed().head(0)
    >>> build_payload(build_choropleth(none, view), build_flows(none, view))["classes"]
    '--'
    """
    view = choropleth.view
    return {
        **view_payload(view, frame=frame, selected=selected, language=language),
        **({"group": group} if group else {}),
        **_unit_numbers(choropleth),
        "legend": legend_payload(choropleth.legend, flows),
        "flows": _flow_rows(flows),
    }


def view_payload(view: View, *, frame: str, selected: str, language: str) -> dict[str, str]:
    """Say how the live map shows whatever it shows.

    Parameters
    ----------
    view : View
        Level, vintage and measure.
    frame : {"region", "world"}
        Frame of the map.
    selected : str
        Kind and id joined by a colon; empty for nothing.
    language : {"en", "zh"}
        Language of the words on the map.

    Returns
    -------
    dict of str to str
        Part of a payload.

    Raises
    ------
    UnknownChoiceError
        The frame or the language is not one.
    """
    frame_crs(frame)
    if language not in _LANGUAGES:
        what = "language"
        raise UnknownChoiceError(what, language, _LANGUAGES)
    return {
        "language": language,
        "frame": frame,
        "vintage": str(view.vintage),
        "level": str(view.level),
        "measure": str(view.measure),
        "selected": selected,
    }


def _unit_numbers(choropleth: Choropleth) -> dict[str, Any]:
    names = ("class_index", "value", "entries", "projects")
    columns = (choropleth.numbers[name].tolist() for name in names)
    rows = sorted(zip(choropleth.units["adcode"].tolist(), *columns, strict=True))
    told = [row for row in rows if row[1] >= 0]
    scale = 1 if choropleth.view.measure == "projects" else _CNY_PER_WAN
    return {
        "classes": "".join(_DIGITS[row[1]] if row[1] >= 0 else _NO_DATA for row in rows),
        "values": [_short(value / scale) for _, _, value, _, _ in told],
        "records": [entries for *_, entries, _ in told],
        "projects": [projects for *_, projects in told],
    }


def legend_payload(legend: Legend, flows: Flows) -> dict[str, Any]:
    """Say what colours and widths mean.

    Parameters
    ----------
    legend : Legend
        Classes of the units.
    flows : Flows
        Lines; only their legend is looked at.

    Returns
    -------
    dict
        Part of a payload.
    """
    return {
        "title": legend.title,
        "unit": legend.unit,
        "classes": [[each.label, each.count] for each in legend.classes],
        "colours": list(legend.colours),
        **_dark_colours(legend),
        "no_data_label": legend.no_data_label,
        "no_data": legend.no_data_count,
        "flow_title": flows.legend.title,
        "widths": [[step.width, step.label] for step in flows.legend.steps],
    }


def _dark_colours(legend: Legend) -> dict[str, Any]:
    """Return a ramp whose far end stands out from a dark ground, for a ramp that has one."""
    k = len(legend.colours)
    return (
        {"dark": list(class_colours(k, theme="dark"))} if legend.colours == class_colours(k) else {}
    )


def _flow_rows(flows: Flows) -> dict[str, Any]:
    sums = _summed(flows.table)
    sectors = _line_sectors(flows)
    partners = sorted({partner for partner, *_ in sums})
    places = sorted({place for _, place, _ in sums})
    spot_of = {name: i for names in (partners, places) for i, name in enumerate(names)}
    amounts = np.array([amount for *_, amount in sums.values()], dtype=np.float64)
    widths = line_widths(amounts / _FEN_PER_CNY, flows.top_cny).tolist()
    rows = [
        [
            spot_of[partner],
            spot_of[place],
            int(is_outbound),
            entries,
            projects,
            _short(amount_fen / _FEN_PER_WAN),
            _short(width),
            *([sectors[partner, place, is_outbound]] if sectors else []),
        ]
        for ((partner, place, is_outbound), (entries, projects, amount_fen)), width in zip(
            sums.items(), widths, strict=True
        )
    ]
    return {"partners": partners, "places": places, "rows": rows}


def _line_sectors(flows: Flows) -> dict[tuple[str, str, bool], int | None]:
    """Return the sector that all of a line shares, by position, where it gives the colour."""
    shared: dict[tuple[str, str, bool], int | None] = {}
    if flows.view.line_colour != "sector":
        return shared
    spots: dict[str, int] = {sector: spot for spot, sector in enumerate(names_of("sectors"))}
    names = ("partner", "place", "direction", "sector_id")
    for partner, place, direction, sector in zip(
        *(flows.table[name].tolist() for name in names), strict=True
    ):
        line = (partner, place, direction == "outbound")
        spot = None if sector == _SEVERAL else spots.get(sector)
        shared[line] = spot if shared.get(line, spot) == spot else None
    return shared


def _summed(flows: pd.DataFrame) -> dict[tuple[str, str, bool], list[int]]:
    """Join the flows that would lie on one another: an unstated direction is drawn inwards."""
    names = ("partner", "place", "direction", "entries", "projects", "amount_fen")
    sums: dict[tuple[str, str, bool], list[int]] = {}
    for partner, place, direction, *added in zip(
        *(flows[name].tolist() for name in names), strict=True
    ):
        line = sums.setdefault((partner, place, direction == "outbound"), [0, 0, 0])
        line[:] = [old + new for old, new in zip(line, added, strict=True)]
    return sums


def _short(number: float) -> float:
    """Keep the five digits that a hover can show, and no ``.0`` behind a whole number."""
    rounded = float(f"{number:.5g}")
    return int(rounded) if rounded.is_integer() else rounded

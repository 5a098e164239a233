"""What travels to the live map on each change: a few kilobytes of numbers, no geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.errors import UnknownChoiceError
from ccgeo.views.live_map.projections import frame_crs

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.layers.choropleth import Choropleth, Legend
    from ccgeo.layers.flows import Flows

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_DATA: Final = "-"
_LANGUAGES: Final = ("en", "zh")
_FEN_PER_WAN: Final = 1_000_000
_CNY_PER_WAN: Final = 10_000
_FLOW_SUMS: Final = {"entries": "sum", "projects": "sum", "amount_fen": "sum", "width": "max"}


def build_payload(
    choropleth: Choropleth,
    flows: Flows,
    *,
    frame: str = "region",
    selected: str = "",
    language: str = "en",
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
    frame_crs(frame)
    if language not in _LANGUAGES:
        what = "language"
        raise UnknownChoiceError(what, language, _LANGUAGES)
    view = choropleth.view
    return {
        "language": language,
        "frame": frame,
        "vintage": str(view.vintage),
        "level": str(view.level),
        "measure": str(view.measure),
        "selected": selected,
        **_unit_numbers(choropleth.features, view.measure),
        "legend": _legend(choropleth.legend, flows),
        "flows": _flow_rows(flows.features),
    }


def _unit_numbers(units: pd.DataFrame, measure: str) -> dict[str, Any]:
    ordered = units.sort_values("adcode")
    classes = ordered["class_index"].to_numpy()
    told = ordered[classes >= 0]
    scale = 1 if measure == "projects" else _CNY_PER_WAN
    return {
        "classes": "".join(_DIGITS[i] if i >= 0 else _NO_DATA for i in classes.tolist()),
        "values": [_short(value / scale) for value in told["value"].tolist()],
        "records": [int(n) for n in told["entries"].tolist()],
        "projects": [int(n) for n in told["projects"].tolist()],
    }


def _legend(legend: Legend, flows: Flows) -> dict[str, Any]:
    return {
        "title": legend.title,
        "unit": legend.unit,
        "classes": [[each.label, each.count] for each in legend.classes],
        "colours": list(legend.colours),
        "no_data_label": legend.no_data_label,
        "no_data": legend.no_data_count,
        "flow_title": flows.legend.title,
        "widths": [[step.width, step.label] for step in flows.legend.steps],
    }


def _flow_rows(flows: pd.DataFrame) -> dict[str, Any]:
    table = flows.assign(outbound=(flows["direction"] == "outbound").astype(int))
    merged = table.groupby(["partner", "place", "outbound"], as_index=False).agg(_FLOW_SUMS)
    partners, places = (sorted(set(merged[name])) for name in ("partner", "place"))
    rows = [
        [
            partners.index(flow["partner"]),
            places.index(flow["place"]),
            int(flow["outbound"]),
            int(flow["entries"]),
            int(flow["projects"]),
            _short(int(flow["amount_fen"]) / _FEN_PER_WAN),
            _short(float(flow["width"])),
        ]
        for flow in merged.to_dict("records")
    ]
    return {"partners": partners, "places": places, "rows": rows}


def _short(number: float) -> float:
    """Keep the five digits that a hover can show, and no ``.0`` behind a whole number."""
    rounded = float(np.format_float_positional(number, precision=5, fractional=False, trim="-"))
    return int(rounded) if rounded.is_integer() else rounded

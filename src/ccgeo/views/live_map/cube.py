"""What travels to a live map that adds up for itself: the records once, then only the question."""

from __future__ import annotations

import base64
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.layers.answer import answer
from ccgeo.layers.cube import LEVELS
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.query.vocabulary import names_of
from ccgeo.views.live_map.packing import Packed, pack
from ccgeo.views.live_map.payload import legend_payload, view_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.cube import Cube
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import Selection

_PACKED: Final = 4
_OPENED: Final = ("prefecture", "district")


def cube_parts(cube: Cube) -> dict[str, Packed]:
    """Write a cube so that it travels in a few kilobytes, and another vintage in a fraction.

    Parameters
    ----------
    cube : Cube
        Records in whole numbers.

    Returns
    -------
    dict of str to Packed
        ``cube``, which is the same for every vintage of the same records, and ``units``: areas,
        and the unit of each record at each level.

    Examples
    --------
    >>> from ccgeo.layers.cube import read_cube
    >>> parts = cube_parts(read_cube("2025"))
    >>> len(parts["cube"].text) < 10_000, len(parts["units"].text) < 4_000
    (True, True)
    >>> cube_parts(read_cube("2026"))["cube"] == parts["cube"]
    True
    """
    return dict(_packed(_Same(cube)))


class _Same:
    """A cube compared by identity: its arrays have no hash."""

    def __init__(self, cube: Cube) -> None:
        self.cube = cube

    def __hash__(self) -> int:
        return id(self.cube)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.cube is self.cube


@lru_cache(maxsize=_PACKED)
def _packed(same: _Same) -> Mapping[str, Packed]:
    cube = same.cube
    cells = {name: column.tolist() for name, column in cube.cells.items()}
    units = {
        "areas": {level: cube.areas[level] for level in LEVELS},
        "cells": {level: cells.pop(level) for level in LEVELS},
    }
    content = {
        "partners": cube.axes["partner"],
        "sectors": [[sector, *names_of("sectors")[sector][:2]] for sector in cube.axes["sector"]],
        "stages": cube.axes["stage"],
        "date_kinds": cube.axes["date_kind"],
        "cells": cells,
    }
    return MappingProxyType({"cube": pack(content), "units": pack(units)})


def build_question(
    choropleth: Choropleth,
    flows: Flows,
    selection: Selection,
    allowed: npt.NDArray[np.bool_],
    *,
    selected: str = "",
    language: str = "en",
) -> dict[str, Any]:
    """Say what the live map has to show, for a browser that holds the cube.

    Parameters
    ----------
    choropleth : Choropleth
        Gives the class limits.
    flows : Flows
        Gives the scale of the widths.
    selection : Selection
        Gives years, sectors and stages.
    allowed : numpy.ndarray of bool, shape (n_records,)
        Which records pass all other filters, as `ccgeo.layers.cube.others_allow` says.
    selected : str
        Kind and id joined by a colon, such as ``"district:500103"``.
    language : {"en", "zh"}
        Language of the words on the map.

    Returns
    -------
    dict
        As `ccgeo.views.live_map.payload.build_payload`, with a member ``asked`` in place of
        the numbers and without the legend, which travels with `question_parts`; described in
        ``assets/types.js``.

    Raises
    ------
    UnknownChoiceError
        The language is not one.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.layers.cube import shipped_allow
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> allowed = shipped_allow(DEFAULT_SELECTION)
    >>> build_question(shown.choropleth, shown.flows, DEFAULT_SELECTION, allowed)["asked"]["years"]
    [2010, 2026]
    """
    view = choropleth.view
    return {
        **view_payload(view, frame=view.frame, selected=selected, language=language),
        "drill": True,
        "names": view.labels,
        "lines": {"ways": view.ways, "colour": view.line_colour, "most": view.most_lines},
        "asked": {
            "years": list(selection.years or ()),
            "undated": int(selection.include_undated),
            "date_kind": selection.date_kind,
            "sectors": sorted(selection.sectors),
            "stages": sorted(selection.stages),
            "allowed": bits(allowed),
            "bins": list(choropleth.bins),
            "top": flows.top_cny,
        },
    }


def question_parts(cube: Cube, choropleth: Choropleth, flows: Flows) -> dict[str, Packed]:
    """Return what a question needs and travels once.

    These are the cube and its units, the legend without counts, and how the levels are coloured
    that a unit opens to, so that its parts are drawn before the server has heard of it. A view
    that rescales has no such levels: their limits depend on the question.

    Parameters
    ----------
    cube : Cube
        Records in whole numbers.
    choropleth : Choropleth
        Gives the classes.
    flows : Flows
        Gives the widths.

    Returns
    -------
    dict of str to Packed
        For `ccgeo.ui.live_map.live_map`.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.layers.cube import read_cube
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View())
    >>> sorted(question_parts(read_cube("2025"), shown.choropleth, shown.flows))
    ['cube', 'legend', 'levels', 'units']
    """
    parts = {**cube_parts(cube), "legend": pack(_uncounted(choropleth, flows))}
    view = choropleth.view
    if view.rescale:
        return parts
    coloured = ("vintage", "measure", "scheme", "k", "bins", "language")
    scale = View(**{name: getattr(view, name) for name in coloured})
    return parts | {"levels": _levels(scale)}


@lru_cache(maxsize=32)
def _levels(view: View) -> Packed:
    """Say how the levels that a unit opens to are coloured and how wide their lines are."""
    content = {}
    for level in _OPENED:
        shown = answer(DEFAULT_SELECTION, replace(view, level=level))
        content[level] = {
            "legend": _uncounted(shown.choropleth, shown.flows),
            "bins": list(shown.choropleth.bins),
            "top": shown.flows.top_cny,
        }
    return pack(content)


def _uncounted(choropleth: Choropleth, flows: Flows) -> dict[str, Any]:
    legend = legend_payload(choropleth.legend, flows)
    return legend | {"classes": [[label, 0] for label, _ in legend["classes"]], "no_data": 0}


def bits(allowed: npt.NDArray[np.bool_]) -> str:
    """Write one bit a record; nothing where all are allowed.

    Parameters
    ----------
    allowed : numpy.ndarray of bool, shape (n_records,)
        Which records pass.

    Returns
    -------
    str
        In base 64; the first record of eight is the highest bit.

    Examples
    --------
    >>> bits(np.array([True, False])), bits(np.array([True, True]))
    ('gA==', '')
    """
    return "" if allowed.all() else base64.b64encode(np.packbits(allowed).tobytes()).decode()

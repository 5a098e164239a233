"""What travels to the filters beside the map: names and facets once, then values and counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from ccgeo.layers.cube import LIFTED, shipped_allow
from ccgeo.query.engine import MULTIPLE, SINGLE, read_placed
from ccgeo.query.selection import OPEN_SELECTION
from ccgeo.query.vocabulary import FIRST_YEAR, LAST_YEAR, names_of
from ccgeo.views.live_map.cube import bits
from ccgeo.views.live_map.packing import Packed, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.selection import Selection
    from ccgeo.query.vocabulary import Language

LISTS: Final = (
    "sectors",
    "partners",
    "stages",
    "zones",
    "kinds",
    "directions",
    "known_levels",
)
"""Fields of a selection whose choices are ticked, in the order to show them."""

FACETS: Final = tuple(field for field in LISTS if field not in LIFTED)
"""Those of them that the map's own cube does not answer."""


@cache
def pack_names(language: Language) -> Packed:
    """Return the choices of each list with what a person reads and may type.

    Parameters
    ----------
    language : {"en", "zh"}
        Which name is read; the others are understood.

    Returns
    -------
    Packed
        ``lists`` (field: id, name, other names) and ``date_kind`` (id, name).

    Examples
    --------
    >>> len(pack_names("en").text) < 20_000
    True
    """
    zh = language == "zh"

    def told(choice: str, names: tuple[str, ...]) -> list[str]:
        others = [name for name in names if name != names[zh]]
        return [choice, names[zh], " ".join(dict.fromkeys(others))]

    return pack(
        {
            "lists": {field: list(starmap(told, names_of(field).items())) for field in LISTS},
            "date_kind": [[kind, names[zh]] for kind, names in names_of("date_kind").items()],
        }
    )


@cache
def pack_facets() -> Packed:
    """Return what each shipped record has of each facet.

    Returns
    -------
    Packed
        Field: ``ids`` and ``cells``, a position among them a record, or a list of positions.

    Examples
    --------
    >>> len(pack_facets().text) < 15_000
    True
    """
    placed = read_placed()
    columns = {field: (SINGLE | MULTIPLE)[field] for field in FACETS}
    return pack(
        {
            field: _facet(list(names_of(field)), placed[column].tolist())
            for field, column in columns.items()
        }
    )


def _facet(ids: list[str], values: list[Any]) -> dict[str, list[Any]]:
    spots = {choice: spot for spot, choice in enumerate(ids)}
    cells = [
        spots[value] if isinstance(value, str) else [spots[each] for each in value if each in spots]
        for value in values
    ]
    return {"ids": ids, "cells": cells}


def build_filters(
    selection: Selection,
    counts: Mapping[str, Mapping[str, int]],
    rest: npt.NDArray[Any],
    *,
    span: tuple[int, int] = (FIRST_YEAR, LAST_YEAR),
) -> dict[str, Any]:
    """Say what the filters show.

    Parameters
    ----------
    selection : Selection
        What is asked.
    counts : mapping of str to mapping of str to int
        Records of each choice, as `ccgeo.query.engine.choice_counts` gives them.
    rest : numpy.ndarray of bool, shape (n_records,)
        Which records pass the filters that are not here, as `rest_allows` says.
    span : tuple of (int, int)
        First and last year that may be asked for.

    Returns
    -------
    dict
        Described as ``FilterData`` in ``assets/types.js``, without words and parts.

    Examples
    --------
    >>> import numpy as np
    >>> asked = build_filters(OPEN_SELECTION, {}, np.ones(3, dtype=bool))["asked"]
    >>> asked["years"], asked["sectors"]
    ([], [])
    """
    asked: dict[str, Any] = {field: sorted(getattr(selection, field)) for field in LISTS}
    asked |= {
        "years": list(selection.years or ()),
        "undated": int(selection.include_undated),
        "date_kind": selection.date_kind,
    }
    return {
        "span": list(span),
        "asked": asked,
        "counts": {
            field: [counts.get(field, {}).get(choice, 0) for choice in names_of(field)]
            for field in (*LISTS, "date_kind")
        },
        "base": bits(rest),
    }


def rest_allows(selection: Selection) -> npt.NDArray[Any]:
    """Return which shipped records pass the filters that are not among the lists.

    Parameters
    ----------
    selection : Selection
        What is asked.

    Returns
    -------
    numpy.ndarray of bool, shape (n_records,)
        In the order of the records.

    Examples
    --------
    >>> bool(rest_allows(OPEN_SELECTION).all())
    True
    """
    lifted: dict[str, Any] = {field: getattr(OPEN_SELECTION, field) for field in FACETS}
    return shipped_allow(replace(selection, **lifted))

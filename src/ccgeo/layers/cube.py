"""All records in whole numbers, one cell a record: a map adds up any years, sectors and stages.

The finest cut of place x sector x year x stage is the record itself, and a record fits into a
dozen small numbers. So the cells travel once; afterwards a question is a handful of words and
one bit a record, and level, years, sectors and stages need no server at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccgeo.places.boundaries import read_boundaries
from ccgeo.query.engine import passes, read_placed, unit_column, years_of
from ccgeo.query.flows import CIRCLE, Ends, all_ends
from ccgeo.query.selection import OPEN_SELECTION
from ccgeo.query.vocabulary import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from ccgeo.query.selection import Selection
    from ccgeo.query.vocabulary import Level, Vintage

    Cells = npt.NDArray[np.int64]

LEVELS: Final[tuple[Level, ...]] = ("district", "prefecture", "province")
"""Levels of the units, finest first."""

NONE: Final = -1
"""Position of what is not there: no unit of a level, no line."""

LIFTED: Final = ("years", "include_undated", "date_kind", "sectors", "stages")
"""Fields of a selection that the cells answer by themselves."""


@dataclass(frozen=True)
class Cube:
    """Every record as a row of positions and whole numbers.

    Attributes
    ----------
    vintage : str
        Boundary list of the units.
    axes : mapping of str to tuple of str
        What a position stands for: ``district``, ``prefecture``, ``province`` (adcodes in
        ascending order), ``partner``, ``sector`` and ``stage`` (ids), ``date_kind``.
    areas : mapping of str to tuple of float
        Area of each unit of a level in km².
    cells : mapping of str to numpy.ndarray
        One int64 a record, in the order of the records: a position on each axis (`NONE` for
        nothing; a partner only where the record can be a line), ``circle`` and ``outbound``
        (0 or 1), ``year`` (of whichever date it has, `ccgeo.query.engine.UNDATED` for
        none), ``projects`` and ``fen`` (0 where nothing is stated), ``projects_stated`` and
        ``amount_stated`` (0 or 1).
    """

    vintage: str
    axes: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[float, ...]]
    cells: Mapping[str, Cells]


@cache
def read_cube(vintage: Vintage) -> Cube:
    """Return the shipped records as a cube, made once.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    Cube
        Shared between callers, not to be written to.

    Examples
    --------
    >>> read_cube("2025").axes["province"]
    ('500000', '510000')
    """
    return build_cube(read_placed(), vintage)


def build_cube(placed: pd.DataFrame, vintage: Vintage) -> Cube:
    """Turn placed records into a cube.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `ccgeo.query.engine.place_entries` gives them; not changed.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    Cube
        As many cells as there are entries.

    Examples
    --------
    >>> cube = build_cube(read_placed().head(3), "2025")
    >>> cube.cells["fen"].shape
    (3,)
    """
    units = {level: read_boundaries(level, vintage).sort_values("adcode") for level in LEVELS}
    ends = [end if isinstance(end, Ends) else None for end in all_ends(placed, "district", vintage)]
    partners = [end.partner if end else "" for end in ends]
    axes: dict[str, tuple[str, ...]] = {level: tuple(units[level]["adcode"]) for level in LEVELS}
    axes |= {
        "partner": tuple(sorted(set(partners) - {""})),
        "sector": tuple(names_of("sectors")),
        "stage": tuple(names_of("stages")),
        "date_kind": tuple(sorted(set(placed["date_kind"]))),
    }
    told: dict[str, list[str]] = {
        **{level: placed[unit_column(level, vintage)].tolist() for level in LEVELS},
        "partner": partners,
        "sector": placed["sector_id"].tolist(),
        "stage": placed["stage"].tolist(),
        "date_kind": placed["date_kind"].tolist(),
    }
    return Cube(
        vintage=vintage,
        axes=axes,
        areas={level: tuple(units[level]["area_km2"].tolist()) for level in LEVELS},
        cells={name: _positions(told[name], axis) for name, axis in axes.items()}
        | {
            "circle": (placed["place_level"].to_numpy(dtype=object) == CIRCLE).astype(np.int64),
            "outbound": np.array(
                [end is not None and end.direction == "outbound" for end in ends], dtype=np.int64
            ),
            "year": years_of(placed),
        }
        | _addends(placed),
    )


def others_allow(placed: pd.DataFrame, selection: Selection) -> npt.NDArray[np.bool_]:
    """Return which records pass every filter but those that a cube answers by itself.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed entries; not changed.
    selection : Selection
        What is asked; its `LIFTED` fields are not looked at.

    Returns
    -------
    numpy.ndarray of bool, shape (n_entries,)
        In the order of the entries.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> bool(others_allow(read_placed(), Selection(years=(2020, 2020), min_confidence=1)).all())
    True
    """
    lifted: dict[str, Any] = {field: getattr(OPEN_SELECTION, field) for field in LIFTED}
    return passes(placed, replace(selection, **lifted))


@lru_cache(maxsize=256)
def _shipped_allow(selection: Selection) -> npt.NDArray[np.bool_]:
    return others_allow(read_placed(), selection)


def shipped_allow(selection: Selection) -> npt.NDArray[np.bool_]:
    """Return `others_allow` of the shipped records, remembered.

    Parameters
    ----------
    selection : Selection
        What is asked.

    Returns
    -------
    numpy.ndarray of bool, shape (n_entries,)
        Shared between callers, not to be written to.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> len(shipped_allow(DEFAULT_SELECTION)) == len(read_placed())
    True
    """
    lifted: dict[str, Any] = {field: getattr(OPEN_SELECTION, field) for field in LIFTED}
    return _shipped_allow(replace(selection, **lifted))


def _positions(values: list[str], axis: tuple[str, ...]) -> Cells:
    spots = {value: spot for spot, value in enumerate(axis)}
    return np.array([spots.get(value, NONE) for value in values], dtype=np.int64)


def _addends(placed: pd.DataFrame) -> dict[str, Cells]:
    """Return what each record adds; nothing stated is not zero, so both are told."""
    columns = {"projects": placed["projects"].array, "fen": placed["amount_fen"].array}
    numbers = {name: each.to_numpy(np.int64, na_value=0) for name, each in columns.items()}
    projects, amounts = (~each.isna() for each in columns.values())
    return numbers | {
        "projects_stated": projects.astype(np.int64),
        "amount_stated": amounts.astype(np.int64),
    }

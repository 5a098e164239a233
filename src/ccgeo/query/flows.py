"""Movements between a partner abroad and a place: which can be drawn, and why not the rest."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.places.partners import read_partners
from ccgeo.query.engine import unit_column
from ccgeo.query.measures import addends_of, group_sums, in_order, sum_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.vocabulary import Level, Vintage

CIRCLE: Final = "circle"
MOST_DRAWN: Final = 10_000
"""Lines that a map draws at most, the largest; the rest is counted beside them."""

HOME: Final = "CN"
REASONS: Final = {
    "domestic": ("domestic", "国内项目"),
    "no_partner": ("no partner abroad stated", "未说明境外伙伴"),
    "several_partners": ("several partners", "多个伙伴"),
    "unknown_partner": ("partner without a known position", "伙伴位置未知"),
    "place_not_known": ("place not known", "地点未知"),
    "other_way": ("of the other direction", "另一方向"),
    "smaller": ("smaller than the lines drawn", "小于所绘流线"),
}
_COARSER: Final = {
    "district": ("prefecture", "province"),
    "prefecture": ("province",),
    "province": (),
}


COLUMNS: Final = (
    "partner",
    "place",
    "place_level",
    "direction",
    "partner_kind",
    "origin",
    "origin_kind",
    "destination",
    "destination_level",
    "sector_id",
)
"""Columns of a flow that say what it is."""


class FlowTable(NamedTuple):
    """Flows and what could not be made one.

    Attributes
    ----------
    flows : pandas.DataFrame
        One row a flow: ``partner``, ``partner_kind`` (``"partner"`` or ``"bloc"``),
        ``place`` (adcode or ``"circle"``), ``place_level``, ``direction``, ``origin``,
        ``origin_kind``, ``destination``, ``destination_level``, ``sector_id`` (``"several"``
        if its entries differ), all str, and the columns of
        `ccgeo.query.measures.SUMS` (int64). An outbound flow has its origin here.
    not_drawn : pandas.DataFrame
        One row a reason (``reason``, str) with the columns of
        `ccgeo.query.measures.SUMS` (int64).
    """

    flows: pd.DataFrame
    not_drawn: pd.DataFrame


def flows_of(
    selected: pd.DataFrame,
    level: Level,
    vintage: Vintage,
    *,
    kinds: Mapping[str, str] | None = None,
) -> FlowTable:
    """Turn a selection into flows between a partner and the finest place known.

    A flow needs exactly one partner abroad and a place that is known at least as a province
    or as the circle; it ends at the unit of the map level where that is known, else at the
    finest coarser one. Domestic entries are never drawn, a bloc stays a bloc.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries; not changed.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.
    kinds : mapping of str to str, optional
        Kind (``"partner"`` or ``"bloc"``) of each partner id that has a position; the
        shipped ones if not given.

    Returns
    -------
    FlowTable
        Flows and what is not drawn; together they add up to the selection, exactly.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> flows, not_drawn = flows_of(read_placed(), "district", "2025")
    >>> bool(flows["entries"].sum() + not_drawn["entries"].sum() == len(read_placed()))
    True
    """
    known = _partner_kinds() if kinds is None else kinds
    ends = all_ends(selected, level, vintage, known)
    sums = group_sums(ends, addends_of(selected))
    sectors: dict[Ends | str, set[str]] = {}
    for end, sector in zip(ends, selected["sector_id"].tolist(), strict=True):
        sectors.setdefault(end, set()).add(sector)
    drawn = sorted((end for end in sums if isinstance(end, Ends)), key=_ORDER)
    rows = [_flow(end, known[end.partner], sectors[end]) for end in drawn]
    reasons = in_order((end for end in sums if isinstance(end, str)), tuple(REASONS))
    return FlowTable(
        _table(COLUMNS, rows, [sums[end] for end in drawn]),
        _table(("reason",), [(reason,) for reason in reasons], [sums[end] for end in reasons]),
    )


def has_ends(
    selected: pd.DataFrame, ends: str, level: Level, vintage: Vintage
) -> npt.NDArray[np.bool_]:
    """Return which entries make up one flow.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries; not changed.
    ends : str
        Origin and destination joined by ``>``, such as ``"SG>500103"``.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    numpy.ndarray of bool, shape (n_entries,)
        True for each entry of that flow.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> has_ends(read_placed(), "SG>nowhere", "district", "2025").any().item()
    False
    """
    found = all_ends(selected, level, vintage, _partner_kinds())
    return np.fromiter((_joined(end) == ends for end in found), dtype=np.bool_)


def _joined(end: Ends | str) -> str:
    if isinstance(end, str):
        return ""
    pair = (end.partner, end.place)
    return ">".join(reversed(pair) if end.direction == "outbound" else pair)


class Ends(NamedTuple):
    """Where a flow begins and ends.

    Attributes
    ----------
    partner : str
        Partner or bloc abroad.
    place : str
        Adcode or ``"circle"``.
    place_level : str
        Level at which the place is known.
    direction : str
        As stated; empty for not stated.
    """

    partner: str
    place: str
    place_level: str
    direction: str


_ORDER: Final = attrgetter("partner", "place", "direction")


def all_ends(
    selected: pd.DataFrame,
    level: Level,
    vintage: Vintage,
    known: Mapping[str, str] | None = None,
) -> list[Ends | str]:
    """Return for each entry where its flow begins and ends, or why it has none.

    Parameters
    ----------
    selected : pandas.DataFrame
        Placed entries; not changed.
    level : {"district", "prefecture", "province"}
        Level of the map.
    vintage : {"2025", "2026"}
        Boundary list.
    known : mapping of str to str, optional
        Kind of each partner id that may be drawn; the shipped ones if not given.

    Returns
    -------
    list of Ends or str
        One an entry; a str is a key of `REASONS`.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> len(all_ends(read_placed(), "district", "2025")) == len(read_placed())
    True
    """
    kinds = _partner_kinds() if known is None else known
    found: dict[tuple[tuple[str, ...], str, tuple[str, str]], Ends | str] = {}
    ends = []
    partners, directions = selected["partners"].tolist(), selected["direction"].tolist()
    # Many entries share their ends: each combination is worked out once.
    for row in zip(partners, directions, _places(selected, level, vintage), strict=True):
        if row not in found:
            found[row] = _ends(*row, kinds)
        ends.append(found[row])
    return ends


def _ends(
    partners: tuple[str, ...], direction: str, place: tuple[str, str], known: Mapping[str, str]
) -> Ends | str:
    """Return where a flow begins and ends, or the reason why there is none."""
    abroad = [partner for partner in partners if partner != HOME]
    if direction == "domestic" or (partners and not abroad):
        return "domestic"
    if not abroad:
        return "no_partner"
    if len(abroad) > 1:
        return "several_partners"
    if abroad[0] not in known:
        return "unknown_partner"
    if not place[0]:
        return "place_not_known"
    return Ends(abroad[0], *place, direction)


def _places(selected: pd.DataFrame, level: Level, vintage: Vintage) -> list[tuple[str, str]]:
    """Return for each entry the finest place at the map level or above, ``""`` if none."""
    levels = (level, *_COARSER[level])
    columns = [selected[unit_column(name, vintage)].tolist() for name in levels]
    rows = list(zip(selected["place_level"].tolist(), *columns, strict=True))
    found = {row: _place(row[0], dict(zip(levels, row[1:], strict=True))) for row in set(rows)}
    return [found[row] for row in rows]


def _place(known_level: str, units: Mapping[str, str]) -> tuple[str, str]:
    """Return the first unit that is known, finest first, with its level."""
    for level, unit in units.items():
        if unit:
            return _named_level(unit, level, next(iter(units)))
    return (CIRCLE, CIRCLE) if known_level == CIRCLE else ("", "")


def _named_level(unit: str, unit_level: str, level: str) -> tuple[str, str]:
    """Call Chongqing a province where it stands in for a finer place."""
    is_whole_province = unit.endswith("0000") and unit_level != level
    return unit, "province" if is_whole_province else unit_level


def _table(
    names: tuple[str, ...], rows: list[tuple[str, ...]], sums: list[npt.NDArray[np.int64]]
) -> pd.DataFrame:
    text = pd.DataFrame(rows, columns=list(names), dtype=object)
    return pd.concat([text, pd.DataFrame(sum_columns(sums))], axis=1)


def _flow(end: Ends, kind: str, sectors: set[str]) -> tuple[str, ...]:
    there, here = (end.partner, kind), (end.place, end.place_level)
    origin, destination = (here, there) if end.direction == "outbound" else (there, here)
    return (*end, kind, *origin, *destination, _one_or_several(sectors))


def _one_or_several(sectors: set[str]) -> str:
    return next(iter(sectors)) if len(sectors) == 1 else "several"


@cache
def _partner_kinds() -> Mapping[str, str]:
    partners = read_partners()
    return dict(zip(partners["partner"], partners["kind"], strict=True))

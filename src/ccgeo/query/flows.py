"""Movements between a partner abroad and a place: which can be drawn, and why not the rest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.places.partners import read_partners
from ccgeo.query.engine import unit_column
from ccgeo.query.measures import SUMS, ranked, sum_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.vocabulary import Level, Vintage

CIRCLE: Final = "circle"
HOME: Final = "CN"
REASONS: Final = {
    "domestic": ("domestic", "国内项目"),
    "no_partner": ("no partner abroad stated", "未说明境外伙伴"),
    "several_partners": ("several partners", "多个伙伴"),
    "unknown_partner": ("partner without a known position", "伙伴位置未知"),
    "place_not_known": ("place not known", "地点未知"),
}
_COARSER: Final = {
    "district": ("prefecture", "province"),
    "prefecture": ("province",),
    "province": (),
}


_COLUMNS: Final = (
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
    ends = _all_ends(selected, level, vintage, known)
    reasons = np.array([end if isinstance(end, str) else "" for end in ends], dtype=object)
    drawn = reasons == ""
    kept = [end for end in ends if not isinstance(end, str)]
    flows = _added_up(selected[["projects", "amount_fen", "sector_id"]], drawn, kept, known)
    rest = sum_by(selected, {"reason": reasons}, rows=~drawn)
    return FlowTable(flows, ranked(rest, "reason", tuple(REASONS)))


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
    found = _all_ends(selected, level, vintage, _partner_kinds())
    return np.fromiter((_joined(end) == ends for end in found), dtype=np.bool_)


def _joined(end: _Ends | str) -> str:
    if isinstance(end, str):
        return ""
    pair = (end.partner, end.place)
    return ">".join(reversed(pair) if end.direction == "outbound" else pair)


class _Ends(NamedTuple):
    partner: str
    place: str
    place_level: str
    direction: str


def _all_ends(
    selected: pd.DataFrame, level: Level, vintage: Vintage, known: Mapping[str, str]
) -> list[_Ends | str]:
    places = _places(selected, level, vintage)
    rows = zip(selected["partners"], selected["direction"], places, strict=True)
    return [_ends(partners, direction, place, known) for partners, direction, place in rows]


def _ends(
    partners: tuple[str, ...], direction: str, place: tuple[str, str], known: Mapping[str, str]
) -> _Ends | str:
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
    return _Ends(abroad[0], *place, direction)


def _places(selected: pd.DataFrame, level: Level, vintage: Vintage) -> list[tuple[str, str]]:
    """Return for each entry the finest place at the map level or above, ``""`` if none."""
    levels = (level, *_COARSER[level])
    columns = [selected[unit_column(name, vintage)] for name in levels]
    places = []
    for known_level, *units in zip(selected["place_level"], *columns, strict=True):
        found = next(((unit, name) for unit, name in zip(units, levels, strict=True) if unit), None)
        if found is None:
            found = (CIRCLE, CIRCLE) if known_level == CIRCLE else ("", "")
        places.append(_named_level(found[0], found[1], level))
    return places


def _named_level(unit: str, unit_level: str, level: Level) -> tuple[str, str]:
    """Call Chongqing a province where it stands in for a finer place."""
    is_whole_province = unit.endswith("0000") and unit_level != level
    return unit, "province" if is_whole_province else unit_level


def _added_up(
    entries: pd.DataFrame,
    drawn: npt.NDArray[np.bool_],
    ends: list[_Ends],
    known: Mapping[str, str],
) -> pd.DataFrame:
    sectors: dict[_Ends, set[str]] = {}
    for end, sector in zip(ends, entries["sector_id"][drawn], strict=True):
        sectors.setdefault(end, set()).add(sector)
    keys = np.empty(len(entries), dtype=object)
    keys[drawn] = np.fromiter(ends, dtype=object, count=len(ends))
    sums = sum_by(entries, {"ends": keys}, rows=drawn)
    rows = [_flow(end, known[end.partner], found) for end, found in sectors.items()]
    flows = pd.DataFrame(rows, columns=_COLUMNS, dtype=object).join(sums[list(SUMS)])
    return flows.sort_values(["partner", "place", "direction"], ignore_index=True)


def _flow(end: _Ends, kind: str, sectors: set[str]) -> tuple[str, ...]:
    there, here = (end.partner, kind), (end.place, end.place_level)
    origin, destination = (here, there) if end.direction == "outbound" else (there, here)
    return (*end, kind, *origin, *destination, _one_or_several(sectors))


def _one_or_several(sectors: set[str]) -> str:
    return next(iter(sectors)) if len(sectors) == 1 else "several"


@cache
def _partner_kinds() -> Mapping[str, str]:
    partners = read_partners()
    return dict(zip(partners["partner"], partners["kind"], strict=True))

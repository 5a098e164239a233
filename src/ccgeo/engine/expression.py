"""The one question that every engine is asked, as an Ibis expression.

All results of a selection come from one statement: entries, or cells of entries that are alike,
meet the verdicts on their sides, what two filters refuse is dropped, and the rest is added up
five ways. Cells are kept for many sets of sides, so each way reads cells that tell the sides
which the selection cuts and little more. Nothing of a selection stands in the statement itself – it
lies in the tables of verdicts – so a statement is built and compiled once. Only whole numbers
are added, so every engine gives the same.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import combinations
from operator import add
from typing import TYPE_CHECKING, Any, Final

import ibis

from ccgeo.engine.star import SIDES
from ccgeo.engine.verdicts import TWICE
from ccgeo.query.measures import SUMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import ibis.expr.types as ir

    Cells = tuple[tuple[str, ...], ...]

SUMMED: Final = ("site", "time")
"""Sides by which everything is added up; by the others entries are counted."""

_FLOW: Final = "flow"
PARTS: Final = (*SIDES, _FLOW)
"""The ways in which entries are added up, by number."""

KEYS: Final = ("part", "first", "second", "third", "blame", "least", "most")
COLUMNS: Final = (*KEYS, *SUMS)
"""Columns of an answer, all whole numbers: what is added up by which codes, and the sums."""

ENTRIES: Final = "ccgeo_entries"
"""Table of entries in every engine: `ccgeo.engine.star.FACTS` and what lists show."""

AMOUNTS: Final = "ccgeo_amounts"
"""Table of the entries that state an amount, sorted by it: `ccgeo.engine.star.FACTS`."""

CELLS: Final = "ccgeo_cells"
"""Table of cells: entries that share all four sides, added up."""

FLOOR: Final = "asked_floor"
"""Table with the least amount that is asked for, in fen, and its band."""

BAND: Final = "band"
CUTS: Final = (*SIDES, BAND)
"""What cells may tell: the sides, and the band of the amount."""

CELL_TABLES: Final = tuple(
    told for count in range(len(CUTS), 0, -1) for told in combinations(CUTS, count)
)
"""What each table of cells may tell, the widest first."""

_KINDS: Final = dict.fromkeys(SIDES, "int32") | {BAND: "int16"}
_ASKED: Final = {
    "site": ("flow",),
    "deal": ("flow", "sector"),
    "party": ("flow",),
    "time": (),
}
_ENDS: Final = tuple(side for side in SIDES if _ASKED[side])


def side_table(side: str) -> str:
    """Return the name of the table of a side.

    Parameters
    ----------
    side : str
        One of `ccgeo.engine.star.SIDES`.

    Returns
    -------
    str
        Name in every engine.

    Examples
    --------
    >>> side_table("site")
    'ccgeo_site'
    """
    return f"ccgeo_{side}"


def asked_table(side: str) -> str:
    """Return the name of the table of verdicts on a side.

    Parameters
    ----------
    side : str
        One of `ccgeo.engine.star.SIDES`.

    Returns
    -------
    str
        Name in every engine.

    Examples
    --------
    >>> asked_table("site")
    'asked_site'
    """
    return f"asked_{side}"


def cells_table(told: Collection[str]) -> str:
    """Return the name of the table of cells that tell some sides.

    Parameters
    ----------
    told : collection of str
        Some of `CUTS`, in any order.

    Returns
    -------
    str
        Name in every engine.

    Examples
    --------
    >>> cells_table({"time", "site"}), cells_table(SIDES)
    ('ccgeo_cells_site_time', 'ccgeo_cells')
    """
    kept = tuple(name for name in CUTS if name in told)
    return CELLS if kept == tuple(SIDES) else "_".join((CELLS, *kept))


@lru_cache(maxsize=128)
def question(
    cut: tuple[str, ...], floor: str = "", cells: Cells = (), amounts: str = ENTRIES
) -> ir.Table:
    """Return the statement that answers any selection.

    Parameters
    ----------
    cut : tuple of str
        Sides of which something is refused; verdicts on the others are not looked at.
    floor : {"", "amount", "band"}
        What the least amount is compared with, if one is asked for: cells know the band,
        and where an amount lies inside its band, entries of that band stand beside them.
    cells : tuple of tuple of str
        The tables of cells that there are, of `CELL_TABLES`; without any, entries are read.
    amounts : str
        Table of the entries that state an amount.

    Returns
    -------
    ibis Table
        Columns `COLUMNS`. ``part`` numbers `PARTS`; ``first`` is the code on that side, and
        for flows ``first``, ``second`` and ``third`` are what is alike of party, site and
        deal, ``least`` and ``most`` the sectors; ``blame`` is that of
        `ccgeo.engine.verdicts.verdicts`.

    Examples
    --------
    >>> question(("deal",)).columns[:3]
    ('part', 'first', 'second')
    """
    if not floor:
        return _answer(cut, cells)
    if not cells:
        return _answer(cut, (), lambda met: _reached(met) & (met["amount_stated"] > 0))
    if floor == BAND:
        return _answer(cut, cells, lambda met: met[BAND] >= met["floor_band"])
    above = _answer(cut, cells, lambda met: met[BAND] > met["floor_band"])
    within = _answer(
        cut, (), lambda met: (met[BAND] == met["floor_band"]) & _reached(met), entries=amounts
    )
    return _added_up(ibis.union(above, within, distinct=False))


@lru_cache(maxsize=64)
def bars(cut: tuple[str, ...], cells: Cells = ()) -> ir.Table:
    """Return the statement that counts entries by the band of their amount.

    Parameters
    ----------
    cut : tuple of str
        As for `question`; no floor is looked at.
    cells : tuple of tuple of str
        As for `question`.

    Returns
    -------
    ibis Table
        Columns ``band`` and ``entries``.

    Examples
    --------
    >>> bars(("deal",)).columns
    ('band', 'entries')
    """
    met = _met(_facts(_kept({*cut, BAND}, cells), cells), cut, [BAND])
    return met.group_by(BAND).aggregate(entries=_total(met, "entries"))


def _answer(
    cut: tuple[str, ...],
    cells: Cells,
    enough: Callable[[ir.Table], Any] | None = None,
    entries: str = ENTRIES,
) -> ir.Table:
    """Return what is added up five ways, of all or of what reaches a floor."""
    ways = {side: {*cut, side} for side in SIDES} | {_FLOW: {*cut, *_ENDS}}
    alike: dict[tuple[str, ...], list[str]] = {}
    for way, told in ways.items():
        alike.setdefault(_kept(told | {BAND} if enough else told, cells), []).append(way)
    parts = []
    for kept, together in alike.items():
        facts = _facts(kept, cells, entries)
        met = _met(_beside_floor(facts, enough) if enough else facts, cut, together)
        parts += [_flows(met) if way == _FLOW else _side(met, way) for way in together]
    return ibis.union(*parts, distinct=False)


def _kept(told: Collection[str], cells: Cells) -> tuple[str, ...]:
    """Return what is told by the table that tells some sides in few rows."""
    wider = (kept for kept in cells if set(told) <= set(kept))
    return min(wider, key=len) if cells else CUTS


def _facts(kept: tuple[str, ...], cells: Cells, entries: str = ENTRIES) -> ir.Table:
    columns = {name: _KINDS[name] for name in kept} | dict.fromkeys(SUMS, "int64")
    return ibis.table(columns, name=cells_table(kept) if cells else entries)


def _beside_floor(facts: ir.Table, enough: Callable[[ir.Table], Any]) -> ir.Table:
    met = facts.cross_join(ibis.table({"floor": "int64", "floor_band": "int16"}, name=FLOOR))
    return met.filter(enough(met)).select(*facts.columns)


def _reached(met: ir.Table) -> Any:  # noqa: ANN401 - a condition of ibis
    return met["amount_fen"] >= met["floor"]


def _met(facts: ir.Table, cut: tuple[str, ...], ways: Sequence[str]) -> ir.Table:
    """Return what some ways add up, with what refuses it.

    A way counts, beside what nothing refuses, what its own side alone refuses: whatever no
    way here asks about is dropped at once.
    """
    blamed = [side for side in cut if side in ways]
    asked = [side for side in SIDES if side in cut or (_FLOW in ways and side in _ENDS)]
    met = facts
    for side in asked:
        met = met.inner_join(_asked(side, keyed=_FLOW in ways, strict=side not in blamed), side)
    blames: list[Any] = [met[f"blame_{side}"] for side in blamed]
    told = [name for name in (*SIDES, BAND) if name in ways]
    told += [f"{name}_{side}" for side in _ENDS for name in _ASKED[side] if _FLOW in ways]
    if not blames:
        return met.select(*told, *SUMS, blame=_none("int32"))
    # One table that all ways read: a condition of a single way would make engines decide on
    # every entry once a way.
    blame = reduce(add, blames).cast("int32")
    return met.mutate(blame=blame).filter(ibis._.blame < TWICE).select(*told, *SUMS, "blame")


def _asked(side: str, *, keyed: bool, strict: bool) -> ir.Table:
    """Return the verdicts on a side; without blame if nothing may refuse what is kept."""
    table = ibis.table(dict.fromkeys((side, "blame", *_ASKED[side]), "int32"), asked_table(side))
    columns = ("blame",) * (not strict) + _ASKED[side] * keyed
    kept = table.filter(table["blame"] == 0) if strict else table
    return kept.select(side, **{f"{name}_{side}": kept[name] for name in columns})


def _side(met: ir.Table, side: str) -> ir.Table:
    added = met.group_by(first=met[side], blame=met["blame"]).aggregate(
        **{
            name: _total(met, name) if side in SUMMED or name == "entries" else _none("int64")
            for name in SUMS
        }
    )
    return _row(added, PARTS.index(side))


def _flows(met: ir.Table) -> ir.Table:
    keys = {"first": "flow_party", "second": "flow_site", "third": "flow_deal"}
    added = met.group_by(**{name: met[key] for name, key in keys.items()}, blame=met["blame"])
    added = added.aggregate(
        least=met["sector_deal"].min(),
        most=met["sector_deal"].max(),
        **{name: _total(met, name) for name in SUMS},
    )
    return _row(added.filter(added["blame"] == 0), PARTS.index(_FLOW))


def _added_up(rows: ir.Table) -> ir.Table:
    """Return one row of all that are added up by the same."""
    keys = [name for name in KEYS if name not in {"least", "most"}]
    added = rows.group_by(*keys).aggregate(
        least=rows["least"].min(),
        most=rows["most"].max(),
        **{name: _total(rows, name) for name in SUMS},
    )
    return added.select(*COLUMNS)


def _total(table: ir.Table, name: str) -> ir.IntegerScalar:
    # By way of a decimal: engines add up 64 bits in a wider type of their own, and only an
    # explicit way back to 64 bits fails loudly where it must.
    return table[name].sum().cast("decimal(38, 0)").cast("int64")


def _none(kind: str) -> ir.IntegerScalar:
    return ibis.literal(0, kind)


def _row(table: ir.Table, number: int) -> ir.Table:
    missing = {name: _none("int32") for name in KEYS if name not in table.columns}
    made = table.mutate(**(missing | {"part": ibis.literal(number, "int32")}))
    return made.select(*[made[name].cast("int32") for name in KEYS], *SUMS)

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
    from collections.abc import Collection

    import ibis.expr.types as ir

    Cells = tuple[tuple[str, ...], ...]

SUMMED: Final = ("site", "time")
"""Sides by which everything is added up; by the others entries are counted."""

PARTS: Final = (*SIDES, "flow")
"""The ways in which entries are added up, by number."""

KEYS: Final = ("part", "first", "second", "third", "blame", "least", "most")
COLUMNS: Final = (*KEYS, *SUMS)
"""Columns of an answer, all whole numbers: what is added up by which codes, and the sums."""

ENTRIES: Final = "ccgeo_entries"
"""Table of entries in every engine: `ccgeo.engine.star.FACTS` and what lists show."""

CELLS: Final = "ccgeo_cells"
"""Table of cells: entries that share all four sides, added up."""

FLOOR: Final = "asked_floor"
"""Table with the least amount that is asked for, in fen, or its band."""

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
def question(cut: tuple[str, ...], floor: str = "", cells: Cells = ()) -> ir.Table:
    """Return the statement that answers any selection.

    Parameters
    ----------
    cut : tuple of str
        Sides of which something is refused; verdicts on the others are not looked at.
    floor : {"", "amount", "band"}
        What the least amount is compared with, if one is asked for: amounts are known of
        entries, bands of cells too.
    cells : tuple of tuple of str
        The tables of cells that there are, of `CELL_TABLES`; without any, entries are read.

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
    parts = [
        _side(_met({*cut, side}, cut, floor, cells), number, side)
        for number, side in enumerate(SIDES)
    ]
    ends = tuple(side for side in SIDES if side in cut or _ASKED[side])
    return ibis.union(*parts, _flows(_met(set(ends), ends, floor, cells)), distinct=False)


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
    met = _met({*cut, BAND}, cut, "", cells)
    kept = met.filter(met["blame"] == 0)
    return kept.group_by(BAND).aggregate(entries=_total(kept, "entries"))


def _facts(told: Collection[str], cells: Cells) -> ir.Table:
    """Return the table that tells some sides in few rows."""
    wider = (kept for kept in cells if set(told) <= set(kept))
    kept = min(wider, key=len) if cells else CUTS
    columns = {name: _KINDS[name] for name in kept} | dict.fromkeys(SUMS, "int64")
    return ibis.table(columns, name=cells_table(kept) if cells else ENTRIES)


def _met(told: Collection[str], asked: Collection[str], floor: str, cells: Cells) -> ir.Table:
    """Return entries that at most one filter refuses, with what refuses them."""
    met = _facts({*told, BAND} if floor == BAND else told, cells)
    if floor:
        met = met.cross_join(ibis.table({"floor": "int64"}, name=FLOOR))
        # Nobody asks what the floor alone refuses.
        met = met.filter(_enough(met, floor))
    for side in asked:
        met = met.inner_join(_asked(side), side)
    blames: list[Any] = [met[f"blame_{side}"] for side in asked]
    if not blames:
        return met.mutate(blame=_none("int32"))
    return met.mutate(blame=reduce(add, blames).cast("int32")).filter(ibis._.blame < TWICE)


def _enough(met: ir.Table, floor: str) -> list[Any]:
    """Return the conditions of a floor; what states no amount has a band below all of them."""
    if floor == BAND:
        return [met[BAND] >= met["floor"]]
    return [met["amount_stated"] > 0, met["amount_fen"] >= met["floor"]]


def _asked(side: str) -> ir.Table:
    columns = ("blame", *_ASKED[side])
    table = ibis.table(dict.fromkeys((side, *columns), "int32"), name=asked_table(side))
    return table.rename({f"{name}_{side}": name for name in columns})


def _side(met: ir.Table, number: int, side: str) -> ir.Table:
    added = met.group_by(first=met[side], blame=met["blame"]).aggregate(
        **{
            name: _total(met, name) if side in SUMMED or name == "entries" else _none("int64")
            for name in SUMS
        }
    )
    return _row(added, number)


def _flows(met: ir.Table) -> ir.Table:
    kept = met.filter(met["blame"] == 0)
    added = kept.group_by(
        first=kept["flow_party"], second=kept["flow_site"], third=kept["flow_deal"]
    ).aggregate(
        least=kept["sector_deal"].min(),
        most=kept["sector_deal"].max(),
        **{name: _total(kept, name) for name in SUMS},
    )
    return _row(added, len(SIDES))


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

"""The one question that every engine is asked, as an Ibis expression.

All results of a selection come from one statement: each entry meets the verdicts on its four
sides, what two filters refuse is dropped, and the rest is added up five ways. Nothing of a
selection stands in the statement itself – it lies in the tables of verdicts – so a statement is
built and compiled once. Only whole numbers are added, so every engine gives the same.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final

import ibis

from ccgeo.engine.star import SIDES
from ccgeo.engine.verdicts import FILTERS
from ccgeo.query.measures import SUMS

if TYPE_CHECKING:
    import ibis.expr.types as ir

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
"""Table with the least amount that is asked for, in fen."""

_CELL: Final = dict.fromkeys(SIDES, "int32") | dict.fromkeys(SUMS, "int64")
_MIN_AMOUNT: Final = FILTERS.index("min_amount")
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


def question(facts: ir.Table, *, floor: bool = False) -> ir.Table:
    """Return the statement that answers any selection.

    Parameters
    ----------
    facts : ibis Table
        Codes of the sides and sums: entries, or cells of entries that are alike.
    floor : bool
        Whether an amount is asked for; then `facts` has to be entries.

    Returns
    -------
    ibis Table
        Columns `COLUMNS`. ``part`` numbers `PARTS`; ``first`` is the code on that side, and
        for flows ``first``, ``second`` and ``third`` are what is alike of party, site and
        deal, ``least`` and ``most`` the sectors; ``blame`` numbers the one filter that
        refuses the entries.

    Examples
    --------
    >>> columns = {name: "int32" for name in SIDES} | {name: "int64" for name in SUMS}
    >>> question(ibis.table(columns, name="entries")).columns[:3]
    ('part', 'first', 'second')
    """
    met = _met(facts, floor=floor)
    parts = [_side(met, number, side) for number, side in enumerate(SIDES)]
    return ibis.union(*parts, _flows(met), distinct=False)


@lru_cache(maxsize=32)
def statement(kind: str, table: str) -> ir.Table:
    """Return a statement over a table of a register.

    Parameters
    ----------
    kind : {"question", "floor", "bars"}
        `question`, the same with a floor of amounts, or `bars`.
    table : str
        Name of the table.

    Returns
    -------
    ibis Table
        The expression, bound to no engine.

    Examples
    --------
    >>> statement("bars", "entries").columns
    ('band', 'entries')
    """
    if kind == "bars":
        return bars(ibis.table(_CELL | {"band": "int16"}, name=table))
    return question(ibis.table(_CELL, name=table), floor=kind == "floor")


def bars(facts: ir.Table) -> ir.Table:
    """Return the statement that counts entries by the band of their amount.

    Parameters
    ----------
    facts : ibis Table
        Entries; no floor of theirs is looked at.

    Returns
    -------
    ibis Table
        Columns ``band`` and ``entries``.

    Examples
    --------
    >>> columns = {name: "int32" for name in (*SIDES, "band")} | {name: "int64" for name in SUMS}
    >>> bars(ibis.table(columns, name="entries")).columns
    ('band', 'entries')
    """
    met = _met(facts, floor=False, kept=("band",))
    kept = met.filter(met["blame"] == 0)
    return kept.group_by("band").aggregate(entries=_total(kept, "entries"))


def _met(facts: ir.Table, *, floor: bool, kept: tuple[str, ...] = ()) -> ir.Table:
    """Return the entries that at most one filter refuses, with what refuses them."""
    met = facts
    for side, keys in _ASKED.items():
        met = met.inner_join(_asked(side, keys), side)
    if floor:
        met = met.cross_join(ibis.table({"floor": "int64"}, name=FLOOR))
    refused: list[Any] = [met[f"refused_{side}"] for side in SIDES]
    blame: list[Any] = [met[f"blame_{side}"] for side in SIDES]
    if floor:
        little = (met["amount_stated"] == 0) | (met["amount_fen"] < met["floor"])
        refused.append(little.ifelse(1, 0))
        blame.append(little.ifelse(_MIN_AMOUNT, 0))
    flow = [f"{key}_{side}" for side, names in _ASKED.items() for key in names]
    told = met.filter(reduce(add, refused) <= 1)
    return told.select(*SIDES, *SUMS, *flow, *kept, blame=reduce(add, blame).cast("int32"))


def _asked(side: str, keys: tuple[str, ...]) -> ir.Table:
    columns = ("refused", "blame", *keys)
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

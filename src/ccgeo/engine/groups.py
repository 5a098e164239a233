"""What a page asks beside the sums of a map: cuts, crossings and records, as Ibis expressions.

Each of these statements meets the entries with what is kept of their four sides. What is kept,
and by which code it is added up, lies in small tables told along, so nothing that somebody
typed stands in a statement.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import ibis

from ccgeo.engine.expression import FLOOR
from ccgeo.engine.star import SIDES
from ccgeo.query.measures import SUMS

if TYPE_CHECKING:
    import ibis.expr.types as ir

TEXTS: Final = (
    "entry_id",
    "title",
    "date",
    "organisation",
    "place_text",
    "source",
    "url",
    "amount_reported",
)
"""Columns of text that lists show, beside the codes and sums of an entry."""

NEEDLE: Final = "asked_text"
"""Table with the text that is looked for, in small letters."""

WITHIN: Final = "asked_within"
"""Table with the first and the last bucket of an order that a page lies in."""

KEYS: Final = tuple(f"{side}_key" for side in SIDES)
"""Codes by which entries are added up, one a side."""

_BUCKETS: Final = {"newest": "string", "oldest": "string", "largest": "int64"}
_ROW: Final = dict.fromkeys(SIDES, "int32") | dict.fromkeys(SUMS, "int64")


class Form(NamedTuple):
    """What a statement about records asks for beside what is kept of the sides.

    Attributes
    ----------
    floor : bool
        A least amount, in `ccgeo.engine.expression.FLOOR`.
    find : bool
        A text in id or title, in `NEEDLE`.
    only : bool
        One id, in `NEEDLE`.
    within : bool
        Part of an order, in `WITHIN`.
    """

    floor: bool = False
    find: bool = False
    only: bool = False
    within: bool = False


def kept_table(side: str) -> str:
    """Return the name of the table of what is kept of a side.

    Parameters
    ----------
    side : str
        One of `ccgeo.engine.star.SIDES`.

    Returns
    -------
    str
        Name in every engine; its columns are named like the side and its key.

    Examples
    --------
    >>> kept_table("site")
    'kept_site'
    """
    return f"kept_{side}"


@lru_cache(maxsize=8)
def cuts(table: str, *, floor: bool = False) -> ir.Table:
    """Return the statement that adds up what is kept by each side for itself.

    Parameters
    ----------
    table : str
        Table of entries or cells.
    floor : bool
        Whether a least amount is asked for; then `table` holds entries.

    Returns
    -------
    ibis Table
        Columns ``part`` (number of the side), ``key`` and those of
        `ccgeo.query.measures.SUMS`.

    Examples
    --------
    >>> cuts("entries").columns[:3]
    ('part', 'key', 'entries')
    """
    met = _met(ibis.table(_ROW, name=table), floor=floor)
    parts = [
        met.group_by(key=met[key])
        .aggregate(**_sums(met))
        .mutate(part=ibis.literal(number, "int32"))
        .select("part", "key", *SUMS)
        for number, key in enumerate(KEYS)
    ]
    return ibis.union(*parts, distinct=False)


@lru_cache(maxsize=16)
def crossed(table: str, *, floor: bool = False, most: int | None = None) -> ir.Table:
    """Return the statement that adds up what is kept by all four keys together.

    Parameters
    ----------
    table : str
        Table of entries or cells.
    floor : bool
        As for `cuts`.
    most : int, optional
        Groups at most; which ones is left to the engine.

    Returns
    -------
    ibis Table
        Columns `KEYS` and those of `ccgeo.query.measures.SUMS`.

    Examples
    --------
    >>> crossed("entries").columns[0]
    'site_key'
    """
    met = _met(ibis.table(_ROW, name=table), floor=floor)
    found = met.group_by(*KEYS).aggregate(**_sums(met))
    return found if most is None else found.limit(most)


@lru_cache(maxsize=64)
def spread(table: str, order: str, cut: tuple[str, ...], form: Form) -> ir.Table:
    """Return the statement that counts records by where they stand in an order.

    Parameters
    ----------
    table : str
        Table of entries with their texts.
    order : {"newest", "oldest", "largest"}
        How they are sorted.
    cut : tuple of str
        Sides of which something is not kept.
    form : Form
        What else is asked for.

    Returns
    -------
    ibis Table
        Columns ``bucket`` (the date, or a number that grows with the amount), ``time`` (code of
        that side) and ``entries``.

    Examples
    --------
    >>> spread("entries", "newest", ("time",), Form()).columns
    ('bucket', 'time', 'entries')
    """
    met = _records(table, cut, form)
    found = met.group_by(bucket=_bucket(met, order), time=met["time"])
    return found.aggregate(entries=met.count().cast("int64"))


@lru_cache(maxsize=64)
def listed(
    table: str, order: str, cut: tuple[str, ...], form: Form, page: tuple[int, int]
) -> ir.Table:
    """Return the statement that gives one page of records.

    Parameters
    ----------
    table : str
        Table of entries with their texts.
    order : {"newest", "oldest", "largest", "id"}
        How they are sorted; ids decide between equals.
    cut : tuple of str
        Sides of which something is not kept.
    form : Form
        What else is asked for.
    page : tuple of (int, int)
        How many to leave out, and how many to give.

    Returns
    -------
    ibis Table
        `TEXTS`, the codes of the sides and the sums of each record.

    Examples
    --------
    >>> listed("entries", "newest", (), Form(), (0, 50)).columns[0]
    'entry_id'
    """
    met = _records(table, cut, form)
    if form.within:
        kind = _BUCKETS[order]
        met = met.cross_join(ibis.table({"low": kind, "high": kind}, name=WITHIN))
        bucket = _bucket(met, order)
        met = met.filter(bucket >= met["low"], bucket <= met["high"])
    keys = {
        "newest": [met["date"].desc()],
        "oldest": [met["date"]],
        "largest": [met["amount_stated"].desc(), met["amount_fen"].desc()],
        "id": [],
    }[order]
    start, most = page
    rows = met.order_by([*keys, met["entry_id"]]).limit(most, offset=start)
    return rows.select(*TEXTS, *SIDES, *SUMS)


@lru_cache(maxsize=32)
def counted(table: str, cut: tuple[str, ...], form: Form) -> ir.Table:
    """Return the statement that counts the records of a listing.

    Parameters
    ----------
    table : str
        Table of entries with their texts.
    cut : tuple of str
        Sides of which something is not kept.
    form : Form
        What else is asked for.

    Returns
    -------
    ibis Table
        One row, column ``found``.

    Examples
    --------
    >>> counted("entries", (), Form(find=True)).columns
    ('found',)
    """
    met = _records(table, cut, form)
    return met.aggregate(found=met.count().cast("int64"))


def _records(table: str, cut: tuple[str, ...], form: Form) -> ir.Table:
    # In another order than a list has them: for the same one Ibis would write a bare star.
    met = ibis.table(_ROW | dict.fromkeys(TEXTS, "string"), name=table)
    for side in cut:
        # Not a semi join: what Ibis writes for one, PostgreSQL does not understand.
        met = met.filter(met[side].isin(_kept(side)[side]))
    if form.floor:
        met = _enough(met)
    if form.only or form.find:
        met = met.cross_join(ibis.table({"needle": "string"}, name=NEEDLE))
    if form.only:
        met = met.filter(met["entry_id"] == met["needle"])
    if form.find:
        told: list[Any] = [
            met[name].lower().contains(met["needle"]) for name in ("entry_id", "title")
        ]
        met = met.filter(told[0] | told[1])
    return met


def _bucket(met: ir.Table, order: str) -> Any:  # noqa: ANN401 - an expression of either kind
    """Return what grows with the order: the date, or number of digits and first two of the fen."""
    if order != "largest":
        return met["date"]
    fen: Any = met["amount_fen"]
    digits = fen.cast("string")
    size = digits.length().cast("int64") * 100 + digits.left(2).cast("int64")
    stated: Any = met["amount_stated"] > 0
    return ibis.cases((~stated, -1), (fen <= 0, 0), else_=size).cast("int64")


def _met(facts: ir.Table, *, floor: bool) -> ir.Table:
    """Return the entries that are kept on all four sides."""
    met = facts
    for side in SIDES:
        met = met.inner_join(_kept(side), side)
    if floor:
        met = _enough(met)
    return met.select(*SIDES, *KEYS, *SUMS)


def _kept(side: str) -> ir.Table:
    return ibis.table(dict.fromkeys((side, f"{side}_key"), "int32"), name=kept_table(side))


def _enough(met: ir.Table) -> ir.Table:
    met = met.cross_join(ibis.table({"floor": "int64"}, name=FLOOR))
    enough: Any = (met["amount_stated"] > 0) & (met["amount_fen"] >= met["floor"])
    return met.filter(enough)


def _sums(met: ir.Table) -> dict[str, ir.IntegerScalar]:
    # By way of a decimal, as in `ccgeo.engine.expression`: too much is an error, never wrong.
    return {name: met[name].sum().cast("decimal(38, 0)").cast("int64") for name in SUMS}

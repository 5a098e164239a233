"""The rules of the schema, one function for each group of columns that belong together."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.places.gazetteer import read_units
from ccgeo.places.partners import read_partners
from ccgeo.places.zones import read_zones
from ccgeo.records.sectors import classify
from ccgeo.records.vocabulary import (
    AMOUNT_KINDS,
    AMOUNT_SCALES,
    COUNT_UNITS,
    COUNTED_ROLES,
    CUTS,
    DATE_KINDS,
    DIRECTIONS,
    FLAGS,
    KINDS,
    KNOWN_LEVELS,
    QUALIFIERS,
    QUANTITY_UNITS,
    SOURCE_CLASSES,
    STAGES,
    SUM_ROLES,
    nearest_choices,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

CIRCLE_ID = "CCEC"
"""Place id of the Chengdu-Chongqing Economic Circle."""

COUNTRY_ID = "CN"
"""Place id of the country, for totals that reach beyond Sichuan and Chongqing."""

STATED_VINTAGE = "2025"
"""Vintage of the adcodes in the tables."""

_DECIMAL = ("amount_value", "quantity_value")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[A-Z]{2}-?\d{4}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_CHINESE = re.compile("[\u3400-\u9fff]")
_BARE_HOST = re.compile(r"https?://\d+(\.\d+){3}([:/]|$)")
_NEVER_LINKED = frozenset({"copy", "mirror", "no_url"})

_CHOICES: dict[str, tuple[Collection[str], bool]] = {
    "kind": (KINDS, False),
    "cut": (CUTS, True),
    "date_kind": (DATE_KINDS, False),
    "stage": (STAGES, True),
    "count_unit": (COUNT_UNITS, True),
    "count_qualifier": (QUALIFIERS, True),
    "amount_scale": (AMOUNT_SCALES, True),
    "quantity_unit": (QUANTITY_UNITS, True),
    "amount_kind": (AMOUNT_KINDS, True),
    "amount_qualifier": (QUALIFIERS, True),
    "direction": (DIRECTIONS, True),
    "place_level": (KNOWN_LEVELS, False),
    "confidence": (("1", "2", "3"), False),
    "sum_role": (SUM_ROLES, False),
}


class Known(NamedTuple):
    """What the cells of a record may refer to.

    Parameters
    ----------
    ids : mapping of str to mapping
        Rows of the table by record id.
    events, sources : collection of str
        Ids of the events and the sources.
    """

    ids: Mapping[str, Mapping[str, str]]
    events: Collection[str]
    sources: Collection[str]


def _choice_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    for column, (choices, may_be_empty) in _CHOICES.items():
        value = row[column]
        if value in choices or (may_be_empty and not value):
            continue
        nearest = nearest_choices(value, choices)
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        yield column, f"use one of {', '.join(choices)}{hint}"


def _text_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(row["id"]):
        yield "id", "an id is two capital letters and four digits, such as CQ-0001"
    if not row["title"]:
        yield "title", "a record needs a title"
    if _CHINESE.search(row["title"]):
        yield "title", "Chinese characters belong in title_zh"
    if row["date"] and not _DATE.fullmatch(row["date"]):
        yield "date", "write YYYY, YYYY-MM or YYYY-MM-DD"
    for flag in filter(None, row["flags"].split(";")):
        if flag not in FLAGS:
            yield "flags", f"{flag!r} is not a flag; use {', '.join(FLAGS)}"


def _count_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    count = row["project_count"]
    if count and not count.isdecimal():
        yield "project_count", "write a whole number"
    for column in ("count_unit", "count_qualifier"):
        if bool(row[column]) != bool(count):
            yield column, "goes with project_count: both or neither"


def _amount_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    for column in _DECIMAL:
        if row[column] and not _is_decimal(row[column]):
            yield column, "write a plain decimal number that is not negative"
    for column in ("amount_scale", "currency", "amount_kind"):
        if bool(row[column]) != bool(row["amount_value"]):
            yield column, "goes with amount_value: both or neither"
    if row["currency"] and not _CURRENCY.fullmatch(row["currency"]):
        yield "currency", "write an ISO 4217 code such as CNY"
    if bool(row["quantity_unit"]) != bool(row["quantity_value"]):
        yield "quantity_unit", "goes with quantity_value: both or neither"
    has_figure = bool(row["amount_value"] or row["quantity_value"])
    if bool(row["amount_qualifier"]) != has_figure:
        yield "amount_qualifier", "goes with a figure: both or neither"


def _sector_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    wanted = classify(row["sector_reported"])
    if row["sector_id"] != wanted.sector_id:
        yield "sector_id", f"the wording in sector_reported says {wanted.sector_id}"
    if row["sector_ids"] != ";".join(wanted.sector_ids):
        yield "sector_ids", f"the wording in sector_reported says {';'.join(wanted.sector_ids)}"


def _partner_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    partners = [partner for partner in row["partners"].split(";") if partner]
    for partner in partners:
        if partner not in _partner_ids():
            yield "partners", f"{partner!r} is not in partners.csv"
    if partners == [COUNTRY_ID] and row["direction"] == "inbound":
        yield "direction", "a deal whose only partner is CN is domestic"
    if row["direction"] == "domestic" and any(p != COUNTRY_ID for p in partners):
        yield "direction", "a domestic deal has no partner abroad"


def _place_rule(row: Mapping[str, str], _: Known) -> Iterator[tuple[str, str]]:
    level = row["place_level"]
    ids = [place for place in row["place_ids"].split(";") if place]
    if not row["place_basis"]:
        yield "place_basis", "say how the place is known, for example: stated"
    if level in _PLACES:
        allowed, lowest, highest = _PLACES[level]
        if not lowest <= len(ids) <= highest:
            yield "place_ids", f"place_level {level} wants {lowest} to {highest} of them"
        for place in ids:
            if place not in allowed():
                yield "place_ids", f"{place!r} is not a known place of level {level}"


def _tree_rule(row: Mapping[str, str], known: Known) -> Iterator[tuple[str, str]]:
    if row["event_id"] and row["event_id"] not in known.events:
        yield "event_id", "not in events.csv"
    if row["source_id"] not in known.sources:
        yield "source_id", "not in sources.csv"
    if bool(row["cut"]) != bool(row["parent_id"]):
        yield "cut", "goes with parent_id: both or neither"
    if not row["parent_id"]:
        return
    if row["parent_id"] not in known.ids:
        yield "parent_id", "there is no such record"
    elif row["id"] in _ancestors(row["parent_id"], known):
        yield "parent_id", "a record cannot lie inside itself"


def _role_rule(row: Mapping[str, str], known: Known) -> Iterator[tuple[str, str]]:
    role = row["sum_role"]
    if role in COUNTED_ROLES and row["kind"] in {"indicator", "zone_statistic"}:
        yield "sum_role", "a figure about a place or a period never counts: use none or stock"
    if role == "part" and not row["parent_id"]:
        yield "sum_role", "a part needs a parent_id"
    if role == "count" and row["parent_id"]:
        yield "sum_role", "a record with a parent_id is a part"
    if role not in COUNTED_ROLES and not row["sum_reason"]:
        yield "sum_reason", "say why the record does not count"
    parent = known.ids.get(row["parent_id"], {})
    if role in COUNTED_ROLES and parent.get("sum_role") in {"telling", "overlap"}:
        yield "sum_role", "nothing counts below a record that is a telling or an overlap"


RECORD_RULES: tuple[Callable[[Mapping[str, str], Known], Iterator[tuple[str, str]]], ...] = (
    _choice_rule,
    _text_rule,
    _count_rule,
    _amount_rule,
    _sector_rule,
    _partner_rule,
    _place_rule,
    _tree_rule,
    _role_rule,
)
"""Every rule of a record: a function of the row and of what it may refer to."""


def is_safe_link(row: Mapping[str, str]) -> bool:
    """Return whether a page may be linked.

    Parameters
    ----------
    row : mapping of str to str
        ``url`` and ``class`` of a source.

    Returns
    -------
    bool
        False for a copy, a mirror, a bare address and a page without an address.

    Examples
    --------
    >>> is_safe_link({"url": "https://example.org/a", "class": "press"})
    True
    >>> is_safe_link({"url": "http://10.0.0.1/a", "class": "press"})
    False
    """
    url = row["url"]
    is_web = url.startswith(("http://", "https://"))
    return is_web and not _BARE_HOST.match(url) and row["class"] not in _NEVER_LINKED


def broken_by_source(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and reason of every rule that a source breaks.

    Parameters
    ----------
    row : mapping of str to str
        A row of ``sources.csv``, all cells text.

    Yields
    ------
    tuple of str
        Column, and why its value is refused.

    Examples
    --------
    >>> row = {"title": "A page", "class": "press", "date": "", "reason": ""}
    >>> list(broken_by_source(row | {"linkable": "maybe", "url": ""}))
    [('linkable', 'write yes or no')]
    """
    if not row["title"]:
        yield "title", "a source needs a title"
    if row["class"] not in SOURCE_CLASSES:
        yield "class", f"use one of {', '.join(SOURCE_CLASSES)}"
    if row["date"] and not _DATE.fullmatch(row["date"]):
        yield "date", "write YYYY, YYYY-MM or YYYY-MM-DD"
    if row["linkable"] not in {"yes", "no"}:
        yield "linkable", "write yes or no"
    if row["linkable"] == "no" and not row["reason"]:
        yield "reason", "say why the page is not linked"
    if row["linkable"] == "yes" and not is_safe_link(row):
        yield "linkable", "a copy, a mirror, a bare address and a page without one are not linked"


def _is_decimal(text: str) -> bool:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return False
    return figure.is_finite() and figure >= 0 and "E" not in text.upper()


def _ancestors(record_id: str, known: Known) -> list[str]:
    chain: list[str] = []
    while record_id in known.ids and record_id not in chain:
        chain.append(record_id)
        record_id = known.ids[record_id]["parent_id"]
    return chain


@cache
def _partner_ids() -> frozenset[str]:
    return frozenset(read_partners()["partner"])


@cache
def _bloc_ids() -> frozenset[str]:
    partners = read_partners()
    return frozenset(partners.loc[partners["kind"] == "bloc", "partner"])


@cache
def _zone_ids() -> frozenset[str]:
    return frozenset(read_zones()["zone_id"])


@cache
def _unit_ids(level: str) -> frozenset[str]:
    units = read_units()
    units = units[units["in_2025"]]
    return frozenset(units.loc[units["level"] == level, "adcode"])


def _any_unit() -> frozenset[str]:
    return _unit_ids("district") | _unit_ids("prefecture") | _unit_ids("province")


_MANY = 300
_PLACES: dict[str, tuple[Callable[[], Collection[str]], int, int]] = {
    "district": (lambda: _unit_ids("district"), 1, 1),
    "zone": (_zone_ids, 1, 1),
    "prefecture": (lambda: _unit_ids("prefecture"), 1, 1),
    "province": (lambda: _unit_ids("province"), 1, 1),
    "several": (_any_unit, 2, _MANY),
    "circle": (lambda: {CIRCLE_ID}, 1, 1),
    "bloc": (_bloc_ids, 1, 1),
    "country": (lambda: {COUNTRY_ID}, 1, 1),
    "unknown": (frozenset, 0, 0),
}

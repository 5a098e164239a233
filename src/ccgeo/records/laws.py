"""Every law of the tables at once: schema, references, rates, trees, arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.errors import RecordError
from ccgeo.records.checks import Finding, check_records
from ccgeo.records.ledger import reconciliations
from ccgeo.records.money import UNDATED_RATE_YEAR
from ccgeo.records.schema import (
    RECORD_COLUMNS,
    SOURCE_COLUMNS,
    validate_records,
    validate_sources,
)
from ccgeo.records.tables import typed_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]
    Row = Mapping[str, str]

FIRST_ROW: Final = 2
"""Row of a spreadsheet in which the data begins."""


class Layout(NamedTuple):
    """What every row of a table must have.

    Attributes
    ----------
    columns : tuple of str
        Columns the table needs; it may have more.
    key : tuple of str
        Columns that together name a row, each combination once.
    stated : tuple of str
        Columns that may not be empty.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    stated: tuple[str, ...]


TABLES: Final[dict[str, Layout]] = {
    "records.csv": Layout(RECORD_COLUMNS, ("id",), ("id",)),
    "events.csv": Layout(
        ("event_id", "name_en", "name_zh", "date", "venue", "note"),
        ("event_id",),
        ("event_id", "name_en"),
    ),
    "sources.csv": Layout(SOURCE_COLUMNS, ("source_id",), ("source_id",)),
    "sectors.csv": Layout(
        ("sector_id", "name_en", "name_zh", "synonyms_en", "weak_synonyms_en", "synonyms_zh"),
        ("sector_id",),
        ("sector_id", "name_en", "name_zh"),
    ),
    "rates.csv": Layout(
        ("year", "currency", "units", "cny_per_units", "basis", "period", "source_title"),
        ("year", "currency"),
        ("year", "currency", "units", "cny_per_units", "basis", "period", "source_title"),
    ),
    "zones.csv": Layout(
        ("zone_id", "name_en", "name_zh", "kind", "parent_id", "source"),
        ("zone_id",),
        ("zone_id", "name_en", "name_zh", "kind", "source"),
    ),
    "partners.csv": Layout(
        ("partner", "kind", "name_en", "name_zh", "anchor_source"),
        ("partner",),
        ("partner", "kind", "name_en", "name_zh", "anchor_source"),
    ),
    "left_out.csv": Layout(("id", "title", "reason"), ("id",), ("id", "title", "reason")),
    "decisions.csv": Layout(
        (
            "record_id",
            "place_text",
            "machine_level",
            "machine_ids",
            "place_level",
            "place_ids",
            "reason",
            "decided_by",
            "decided_on",
        ),
        ("record_id",),
        ("record_id", "place_text", "place_level", "reason", "decided_by", "decided_on"),
    ),
}
"""Every table of ``data/deals`` and what its rows must have."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CHINESE = re.compile("[\u3400-\u9fff]")
_YEAR = re.compile(r"(19|20)\d{2}")


class Report(NamedTuple):
    """What the laws say of the tables.

    Attributes
    ----------
    errors : tuple of RecordError
        Every broken rule, table by table; none where every law holds.
    findings : tuple of Finding
        Figures that do not add up: kept as their sources print them, and no error. None is
        looked for while a rule is broken.
    trees : int
        Totals whose parts and remainder were added up.
    """

    errors: tuple[RecordError, ...]
    findings: tuple[Finding, ...]
    trees: int


def check_tables(tables: Tables) -> Report:
    """Hold all tables to all laws.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Every table of `TABLES` by file name, all columns text, an empty cell an empty text.

    Returns
    -------
    Report
        Errors, findings and how many totals were added up.

    Raises
    ------
    KeyError
        A table is not there.

    Examples
    --------
    >>> from ccgeo.records.tables import read_table
    >>> report = check_tables({name: read_table(name) for name in TABLES})
    >>> report.errors, len(report.findings)
    ((), 25)
    """
    errors = [error for name in TABLES for error in _layout_errors(name, tables[name])]
    if errors:
        return Report(tuple(errors), (), 0)
    events, sources = set(tables["events.csv"]["event_id"]), set(tables["sources.csv"]["source_id"])
    errors += validate_records(tables["records.csv"], events=events, sources=sources)
    errors += validate_sources(tables["sources.csv"])
    errors += [error for rule in _RULES for error in rule(tables)]
    if errors:
        return Report(tuple(errors), (), 0)
    records = typed_records(tables["records.csv"])
    trees = reconciliations(records)
    return Report(tuple(_open_trees(records, trees)), check_records(records), len(trees))


def _layout_errors(name: str, table: pd.DataFrame) -> Iterator[RecordError]:
    columns, key, stated = TABLES[name]
    missing = [column for column in columns if column not in table.columns]
    if missing:
        for column in missing:
            yield RecordError(name, 1, column, "", "the column is missing")
        return
    seen = set()
    for number, row in _rows(table):
        for column in stated:
            if not row[column].strip():
                yield RecordError(name, number, column, row[column], "the cell must not be empty")
        own = tuple(row[column] for column in key)
        if own in seen:
            yield RecordError(name, number, key[0], row[key[0]], "it is used twice")
        seen.add(own)


def _event_errors(tables: Tables) -> Iterator[RecordError]:
    used = set(tables["records.csv"]["event_id"])
    for number, row in _rows(tables["events.csv"]):
        reasons = {
            "event_id": "" if row["event_id"] in used else "no record belongs to it",
            "name_en": "Chinese characters belong in name_zh"
            if _CHINESE.search(row["name_en"])
            else "",
            "date": ""
            if not row["date"] or _DATE.fullmatch(row["date"])
            else "write YYYY, YYYY-MM or YYYY-MM-DD",
        }
        if not _ID.fullmatch(row["event_id"]):
            reasons["event_id"] = "write small letters, digits and hyphens, such as expo-2022"
        for column, reason in reasons.items():
            if reason:
                yield RecordError("events.csv", number, column, row[column], reason)


def _source_errors(tables: Tables) -> Iterator[RecordError]:
    used = set(tables["records.csv"]["source_id"])
    for number, row in _rows(tables["sources.csv"]):
        if row["source_id"] not in used:
            reason = "no record names it"
            yield RecordError("sources.csv", number, "source_id", row["source_id"], reason)


def _rate_errors(tables: Tables) -> Iterator[RecordError]:
    for number, row in _rows(tables["rates.csv"]):
        if not _YEAR.fullmatch(row["year"]):
            yield RecordError("rates.csv", number, "year", row["year"], "write a year")
        for column in ("units", "cny_per_units"):
            if not _is_positive(row[column]):
                reason = "write a plain number above zero"
                yield RecordError("rates.csv", number, column, row[column], reason)


def _conversion_errors(tables: Tables) -> Iterator[RecordError]:
    """Find amounts that no rate converts."""
    rates = tables["rates.csv"]
    known = set(zip(rates["currency"], rates["year"], strict=True))
    for number, row in _rows(tables["records.csv"]):
        year = row["date"][:4] or str(UNDATED_RATE_YEAR)
        if row["currency"] not in {"", "CNY"} and (row["currency"], year) not in known:
            reason = f"rates.csv has no rate of it for {year}"
            yield RecordError("records.csv", number, "currency", row["currency"], reason)


def _left_out_errors(tables: Tables) -> Iterator[RecordError]:
    kept = set(tables["records.csv"]["id"])
    for number, row in _rows(tables["left_out.csv"]):
        if row["id"] in kept:
            reason = "it stands in records.csv too"
            yield RecordError("left_out.csv", number, "id", row["id"], reason)


def _zone_errors(tables: Tables) -> Iterator[RecordError]:
    known = {"", *tables["zones.csv"]["zone_id"]}
    for number, row in _rows(tables["zones.csv"]):
        if row["parent_id"] not in known:
            reason = "there is no such zone"
            yield RecordError("zones.csv", number, "parent_id", row["parent_id"], reason)


_RULES: Final = (
    _event_errors,
    _source_errors,
    _rate_errors,
    _conversion_errors,
    _left_out_errors,
    _zone_errors,
)


def _open_trees(records: pd.DataFrame, trees: Mapping[str, tuple]) -> Iterator[RecordError]:  # type: ignore[type-arg]
    """Find totals that their parts and their remainder do not add up to."""
    rows = {record_id: place + FIRST_ROW for place, record_id in enumerate(records["id"])}
    for record_id, (total, *rest) in trees.items():
        for figure in ("projects", "amount_fen"):
            stated = getattr(total, figure)
            if stated is not None and stated != sum(getattr(line, figure) or 0 for line in rest):
                reason = f"its parts and its remainder do not add up to it in {figure}"
                yield RecordError("records.csv", rows[record_id], "id", record_id, reason)


def _rows(table: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    return enumerate(table.to_dict("records"), start=FIRST_ROW)


def _is_positive(text: str) -> bool:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return False
    return figure.is_finite() and figure > 0

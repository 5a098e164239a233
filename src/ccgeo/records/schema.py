"""The schema of the tables: what a record is, and every way in which one can be wrong.

Plain code rather than a schema library: every broken rule has to name file, row, column,
value and reason, and half of the rules look at more than one cell.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ccgeo.errors import RecordError
from ccgeo.records.rules import RECORD_RULES, Known, broken_by_source
from ccgeo.records.vocabulary import (
    AMOUNT_KINDS,
    COUNTED_ROLES,
    DEFAULT_STAGES,
    DIRECTIONS,
    KINDS,
    KNOWN_LEVELS,
    STAGES,
    SUM_ROLES,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

__all__ = [
    "AMOUNT_KINDS",
    "DEFAULT_STAGES",
    "DIRECTIONS",
    "KINDS",
    "KNOWN_LEVELS",
    "RECORD_COLUMNS",
    "SOURCE_COLUMNS",
    "STAGES",
    "SUM_ROLES",
    "Record",
    "parse_record",
    "validate_records",
    "validate_sources",
]


@dataclass(frozen=True, slots=True)
class Record:
    """One figure that one source states: a claim, not a value.

    Every field is a column of ``records.csv``; its README says more about each. An empty cell
    is an empty text, an empty tuple or None, and means *not stated*.

    Parameters
    ----------
    id, kind : str
        Its own id, and what it is.
    event_id, parent_id, cut : str
        Its event, the record it is a share of, and by what that one is divided.
    title, title_zh : str
        What it is, in English; a Chinese name where there is one.
    date, date_kind : str
        YYYY, YYYY-MM or YYYY-MM-DD, and which date it is.
    stage : str
        How far the project has come.
    sector_reported, sector_id : str
        The sector in the words of the source, and the one it counts in.
    sector_ids : tuple of str
        Every sector named.
    project_count : int or None
        How many.
    count_unit, count_qualifier : str
        Of what, and how exactly.
    amount_value : decimal.Decimal or None
        Money as reported.
    amount_scale, currency : str
        Scale of that figure, and its ISO 4217 code.
    quantity_value : decimal.Decimal or None
        A figure that is not money.
    quantity_unit : str
        Unit of the quantity.
    amount_kind, amount_qualifier : str
        What the money is, and how exactly the figure is meant.
    organisation : str
        Investors and hosts as reported.
    partners : tuple of str
        Ids of partners or blocs.
    direction : str
        Which way the money goes, seen from Sichuan and Chongqing.
    place_text, place_level : str
        The place in the words of the source, and its level of knowledge.
    place_ids : tuple of str
        Adcodes of the 2025 vintage, a zone id, ``"CCEC"`` or ``"CN"``.
    place_basis, source_id : str
        How the place is known, and the source.
    confidence : int
        3 best, 1 doubtful.
    conflict_group, project_key : str
        What contradicts it, and what tells the same project.
    sum_role, sum_reason : str
        What it does in a sum, and why.
    flags : tuple of str
        Warnings.
    note : str
        Anything else a reader should know.
    """

    id: str
    kind: str
    event_id: str
    parent_id: str
    cut: str
    title: str
    title_zh: str
    date: str
    date_kind: str
    stage: str
    sector_reported: str
    sector_id: str
    sector_ids: tuple[str, ...]
    project_count: int | None
    count_unit: str
    count_qualifier: str
    amount_value: Decimal | None
    amount_scale: str
    currency: str
    quantity_value: Decimal | None
    quantity_unit: str
    amount_kind: str
    amount_qualifier: str
    organisation: str
    partners: tuple[str, ...]
    direction: str
    place_text: str
    place_level: str
    place_ids: tuple[str, ...]
    place_basis: str
    source_id: str
    confidence: int
    conflict_group: str
    project_key: str
    sum_role: str
    sum_reason: str
    flags: tuple[str, ...]
    note: str


RECORD_COLUMNS = tuple(field.name for field in fields(Record))
"""Columns of ``records.csv``, in this order."""

SOURCE_COLUMNS = (
    "source_id",
    "title",
    "publisher",
    "url",
    "date",
    "class",
    "linkable",
    "reason",
)
"""Columns of ``sources.csv``, in this order."""

_LISTS = ("sector_ids", "partners", "place_ids", "flags")
_WHOLE = ("project_count", "confidence")
_DECIMAL = ("amount_value", "quantity_value")


def parse_record(row: Mapping[str, str]) -> Record:
    """Turn a valid row of ``records.csv`` into a value.

    Parameters
    ----------
    row : mapping of str to str
        One row, all cells text, with every column of `RECORD_COLUMNS`.

    Returns
    -------
    Record
        The frozen value.

    Raises
    ------
    KeyError
        A column is missing.

    Examples
    --------
    >>> from ccgeo.records.tables import read_table
    >>> row = read_table("records.csv").iloc[0].to_dict()
    >>> parse_record(row).amount_value
    Decimal('1.15')
    """
    return Record(**{column: _parsed(column, row[column]) for column in RECORD_COLUMNS})


def validate_records(
    records: pd.DataFrame,
    *,
    events: Collection[str],
    sources: Collection[str],
    file: str = "records.csv",
) -> list[RecordError]:
    """Check a table of records against every rule of the schema.

    Parameters
    ----------
    records : pandas.DataFrame
        All columns text, an empty cell an empty text.
    events, sources : collection of str
        Ids that ``event_id`` and ``source_id`` may name.
    file : str, optional
        Name to give in the errors.

    Returns
    -------
    list of RecordError
        One for every broken rule, in the order of the rows; empty for a valid table. Errors
        are returned, not raised, so that all of them can be shown at once.

    Examples
    --------
    >>> from ccgeo.records.tables import read_events, read_sources, read_table
    >>> events, sources = read_events()["event_id"], read_sources()["source_id"]
    >>> validate_records(read_table("records.csv"), events=set(events), sources=set(sources))
    []
    """
    errors = _header_errors(records, RECORD_COLUMNS, file)
    if errors:
        return errors
    rows = records.to_dict("records")
    known = Known({row["id"]: row for row in rows}, events, sources)
    errors = _repeated(rows, "id", file)
    for number, row in enumerate(rows, start=2):
        errors += [
            RecordError(file, number, column, row[column], reason)
            for rule in RECORD_RULES
            for column, reason in rule(row, known)
        ]
    return errors + _two_tellings(rows, file)


def validate_sources(sources: pd.DataFrame, *, file: str = "sources.csv") -> list[RecordError]:
    """Check a table of sources.

    Parameters
    ----------
    sources : pandas.DataFrame
        All columns text, an empty cell an empty text.
    file : str, optional
        Name to give in the errors.

    Returns
    -------
    list of RecordError
        One for every broken rule; empty for a valid table.

    Examples
    --------
    >>> from ccgeo.records.tables import read_table
    >>> validate_sources(read_table("sources.csv"))
    []
    """
    errors = _header_errors(sources, SOURCE_COLUMNS, file)
    if errors:
        return errors
    rows = sources.to_dict("records")
    errors = _repeated(rows, "source_id", file)
    for number, row in enumerate(rows, start=2):
        errors += [
            RecordError(file, number, column, row[column], reason)
            for column, reason in broken_by_source(row)
        ]
    return errors


def _parsed(column: str, text: str) -> Any:  # noqa: ANN401
    if column in _LISTS:
        return tuple(filter(None, text.split(";")))
    if column in _WHOLE:
        return int(text) if text else None
    if column in _DECIMAL:
        return Decimal(text) if text else None
    return text


def _header_errors(table: pd.DataFrame, wanted: Sequence[str], file: str) -> list[RecordError]:
    missing = [column for column in wanted if column not in table.columns]
    return [RecordError(file, 1, column, "", "the column is missing") for column in missing]


def _repeated(rows: Sequence[Mapping[str, str]], column: str, file: str) -> list[RecordError]:
    counts = Counter(row[column] for row in rows)
    return [
        RecordError(file, number, column, row[column], "the id is used twice; choose a new one")
        for number, row in enumerate(rows, start=2)
        if counts[row[column]] > 1
    ]


def _two_tellings(rows: Sequence[Mapping[str, str]], file: str) -> list[RecordError]:
    """Return every row but the first that counts for one project."""
    seen: dict[str, str] = {}
    errors = []
    for number, row in enumerate(rows, start=2):
        if not row["project_key"] or row["sum_role"] not in COUNTED_ROLES:
            continue
        first = seen.setdefault(row["project_key"], row["id"])
        if first != row["id"]:
            reason = f"{first} already counts for this project: make one of them a telling"
            errors.append(RecordError(file, number, "sum_role", row["sum_role"], reason))
    return errors

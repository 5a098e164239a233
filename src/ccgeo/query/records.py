"""Every record as a person reads it, counted or not, and everything known about one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.listing import citations
from ccgeo.query.records_words import amount_words, counted, word_of
from ccgeo.query.vocabulary import label_of
from ccgeo.records.checks import Finding, check_records
from ccgeo.records.completeness import Completeness, completeness
from ccgeo.records.ledger import Line, reconciliations
from ccgeo.records.money import conversion_note
from ccgeo.records.tables import read_events, read_records, read_sources
from ccgeo.records.versions import Versions, conflicts, tellings
from ccgeo.records.vocabulary import nearest_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Any

_FEN_PER_MILLION: Final = 100_000_000
# Column of the records: field of the vocabulary that names its values.
_FIELDS: Final = {
    "kind": "kinds",
    "stage": "stages",
    "sector_id": "sectors",
    "direction": "directions",
    "place_level": "known_levels",
}
_WORDS: Final = ("sum_role", "cut", "date_kind", "date_precision", "amount_kind")


class Detail(NamedTuple):
    """Everything known about one record.

    Attributes
    ----------
    record_id : str
        The record.
    fields : pandas.DataFrame
        One row a field that is stated: ``field`` (column of the tables) and ``value``, str.
    tellings, conflict : Versions or None
        Other tellings of its project, and what contradicts it.
    lines : tuple of Line
        Its reconciliation; empty where it has no parts that count.
    findings : tuple of Finding
        What does not add up.
    completeness : Completeness
        How much of it is known.
    """

    record_id: str
    fields: pd.DataFrame
    tellings: Versions | None
    conflict: Versions | None
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    completeness: Completeness


def figure_words(record: Row, language: str = "en", *, with_kind: bool = False) -> str:
    """Write the figures of a record as its source states them.

    Parameters
    ----------
    record : named tuple
        A row of typed records.
    language : {"en", "zh"}
        Language of the words around the figures.
    with_kind : bool
        Whether to say what kind of amount it is.

    Returns
    -------
    str
        Number of projects, amount and quantity with their qualifiers; empty without any.

    Examples
    --------
    >>> figure_words(records_by_id()["CQ-0002"])
    'at least 1 trn CNY'
    >>> figure_words(records_by_id()["CQ-0012"])
    '37 projects; 6.15 bn CNY'
    """
    count = counted(str(record.project_count or ""), record.count_unit, language)
    quantity = counted(str(record.quantity_value or ""), record.quantity_unit, language)
    amount = amount_words(record.amount_reported, language)
    kind = word_of("amount_kind", record.amount_kind, language) if with_kind else ""
    stated = (
        (record.count_qualifier, count),
        (record.amount_qualifier, f"{amount} ({kind})" if amount and kind else amount),
        (record.amount_qualifier, quantity),
    )
    joint = "；" if language == "zh" else "; "
    return joint.join(
        f"{word_of('qualifier', how, language)} {figure}".strip()
        for how, figure in stated
        if figure
    )


def list_records(language: str = "en") -> pd.DataFrame:
    """Return every record as a row to read, those that no sum counts among them.

    Parameters
    ----------
    language : {"en", "zh"}
        Language of the words; titles stay as recorded.

    Returns
    -------
    pandas.DataFrame
        One row a record in the order of the tables, columns of str ``record_id``,
        ``event_id``, ``event``, ``title``, ``figure``, ``amount_kind``, ``in_sums``,
        ``why_not``, ``date``, ``date_kind``, ``date_precision``, ``stage``, ``place``,
        ``known_at``, ``sector``, ``partner``, ``direction``, ``kind``, ``cut``, ``organisation``,
        ``conversion``, ``flags``, ``note``, ``source``, ``url`` (None where it is not safe to
        link); ``amount_cny_mn`` (float64, CNY million, of any kind of money, for reading only),
        ``confidence`` and ``completeness`` (int64). A new frame each time.

    Examples
    --------
    >>> rows = list_records().set_index("record_id")
    >>> rows.loc["CQ-0015", "in_sums"], rows.loc["CQ-0060", "completeness"].item()
    ('overlapping cut: not summed', 95)
    """
    return _listed(language).copy()


def find_records(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the rows that hold every word of a text, anywhere.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of text and numbers, such as `list_records` gives.
    text : str
        What to look for; case does not matter, nor does the order of the words.

    Returns
    -------
    pandas.DataFrame
        Rows of `rows`, all of them for an empty text.

    Examples
    --------
    >>> len(find_records(list_records(), "raffles USD"))
    1
    """
    words = text.casefold().split()
    if not words:
        return rows
    texts = rows.select_dtypes(include=["str", "object"]).fillna("").to_numpy(dtype=object)
    joined = ("\n".join(map(str, cells)).casefold() for cells in texts)
    return rows[[all(word in cell for word in words) for cell in joined]]


def read_detail(record_id: str, language: str = "en") -> Detail:
    """Return everything known about one record.

    Parameters
    ----------
    record_id : str
        Its id.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Detail
        Fields, versions, parts, contradictions, completeness.

    Raises
    ------
    UnknownChoiceError
        There is no such record.

    Examples
    --------
    >>> detail = read_detail("CQ-0061")
    >>> detail.tellings.used, detail.completeness.score
    ('CQ-0060', 95)
    """
    record = records_by_id().get(record_id)
    if record is None:
        what = "record"
        raise UnknownChoiceError(what, record_id, nearest_choices(record_id, records_by_id()))
    return Detail(
        record_id,
        _fields(record, language),
        versions_of(record.project_key, "project_key"),
        versions_of(record.conflict_group, "conflict_group"),
        all_reconciliations().get(record_id, ()),
        tuple(finding for finding in all_findings() if record_id in finding.record_ids),
        completeness(record, _sources()[record.source_id]),
    )


def versions_of(group: str, column: str) -> Versions | None:
    """Return the versions that a group holds.

    Parameters
    ----------
    group : str
        Name of the group.
    column : {"project_key", "conflict_group"}
        Which kind of group.

    Returns
    -------
    Versions or None
        None for no group, and for a project told once.

    Examples
    --------
    >>> versions_of("raffles-city", "project_key").used
    'CQ-0060'
    >>> versions_of("", "conflict_group") is None
    True
    """
    return _versions(column).get(group)


@cache
def records_by_id() -> Mapping[str, Row]:
    """Return the shipped records by id.

    Returns
    -------
    mapping of str to named tuple
        Rows of `ccgeo.records.tables.read_records`.

    Examples
    --------
    >>> records_by_id()["CQ-0014"].projects.item()
    70
    """
    return {row.id: row for row in read_records().itertuples(index=False)}


@cache
def all_conflicts() -> tuple[Versions, ...]:
    """Return every group of shipped records that contradict each other.

    Returns
    -------
    tuple of Versions
        See `ccgeo.records.versions.conflicts`.

    Examples
    --------
    >>> "raffles-city" in {versions.group for versions in all_conflicts()}
    True
    """
    return conflicts(read_records())


@cache
def all_findings() -> tuple[Finding, ...]:
    """Return everything that does not add up in the shipped records.

    Returns
    -------
    tuple of Finding
        See `ccgeo.records.checks.check_records`.

    Examples
    --------
    >>> all_findings()[0].record_ids[0]
    'CQ-0006'
    """
    return check_records(read_records())


@cache
def all_reconciliations() -> Mapping[str, tuple[Line, ...]]:
    """Return the reconciliation of every shipped record that has parts which count.

    Returns
    -------
    mapping of str to tuple of Line
        By record id.

    Examples
    --------
    >>> len(all_reconciliations()["CQ-0014"])
    6
    """
    return reconciliations(read_records())


@cache
def _versions(column: str) -> Mapping[str, Versions]:
    groups = all_conflicts() if column == "conflict_group" else tellings(read_records())
    return {versions.group: versions for versions in groups}


@cache
def _sources() -> Mapping[str, Mapping[Any, Any]]:
    return {source["source_id"]: source for source in read_sources().to_dict("records")}


@cache
def _event_names(language: str) -> Mapping[str, str]:
    events = read_events()
    other, own = events["name_en"], events["name_zh"]
    names = own.where(own != "", other) if language == "zh" else other
    return dict(zip(events["event_id"], names, strict=True))


@cache
def _listed(language: str) -> pd.DataFrame:
    rows = pd.DataFrame([_row(record, language) for record in records_by_id().values()])
    amounts = read_records()["money_fen"] / _FEN_PER_MILLION
    rows.insert(5, "amount_cny_mn", amounts.astype("Float64").to_numpy())
    return rows


def _row(record: Row, language: str) -> dict[str, Any]:
    cited = citations()[record.source_id]
    named = {
        column: label_of(field, getattr(record, column), language)
        for column, field in _FIELDS.items()
    }
    words = {column: word_of(column, getattr(record, column), language) for column in _WORDS}
    return {
        "record_id": record.id,
        "event_id": record.event_id,
        "event": _event_names(language).get(record.event_id, ""),
        "title": record.title_zh if language == "zh" and record.title_zh else record.title,
        "figure": figure_words(record, language),
        "amount_kind": words["amount_kind"],
        "in_sums": words["sum_role"],
        "why_not": record.sum_reason,
        "date": record.date,
        "date_kind": words["date_kind"],
        "date_precision": words["date_precision"],
        "stage": named["stage"],
        "place": record.place_text,
        "known_at": named["place_level"],
        "sector": named["sector_id"],
        "partner": ", ".join(label_of("partners", code, language) for code in record.partners),
        "direction": named["direction"],
        "kind": named["kind"],
        "cut": words["cut"] if record.parent_id else "",
        "organisation": record.organisation,
        "conversion": conversion_note(record.currency, _year(record), language),
        "flags": "; ".join(record.flags).replace("_", " "),
        "note": record.note,
        "confidence": record.confidence,
        "completeness": completeness(record, _sources()[record.source_id]).score,
        "source": cited.title,
        "url": cited.url or None,
    }


def _year(record: Row) -> int | None:
    return None if pd.isna(record.year) else int(record.year)


def _fields(record: Row, language: str) -> pd.DataFrame:
    """Return what is stated, field by field: first the words to read, then the raw cells."""
    row = _listed(language).set_index("record_id").loc[record.id]
    source = _sources()[record.source_id]
    told = {name: "" if pd.isna(row[name]) else str(row[name]) for name in _DETAIL}
    field = "zones" if record.place_level == "zone" else "places"
    told |= {
        "place_ids": ", ".join(label_of(field, place, language) for place in record.place_ids),
        "place_basis": record.place_basis,
        "sector_reported": record.sector_reported,
        "parent_id": record.parent_id,
        "source_class": word_of("source_class", source["class"], language),
        "not_linked": source["reason"],
    }
    stated = [(name, value) for name, value in told.items() if value]
    return pd.DataFrame(stated, columns=["field", "value"], dtype="str")


_DETAIL: Final = (
    "title",
    "figure",
    "amount_kind",
    "conversion",
    "in_sums",
    "why_not",
    "date",
    "date_kind",
    "date_precision",
    "stage",
    "kind",
    "cut",
    "event",
    "organisation",
    "partner",
    "direction",
    "place",
    "known_at",
    "sector",
    "confidence",
    "flags",
    "note",
    "source",
    "url",
)

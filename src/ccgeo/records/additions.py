"""New figures and their source, from a small table to rows of the shipped ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from ccgeo.errors import RecordError
from ccgeo.records.laws import FIRST_ROW, TABLES, Report, check_tables
from ccgeo.records.rules import is_safe_link
from ccgeo.records.schema import RECORD_COLUMNS
from ccgeo.records.sectors import classify
from ccgeo.records.tables import typed_records
from ccgeo.records.vocabulary import nearest_choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Tables = Mapping[str, pd.DataFrame]
    Row = Mapping[str, str]

_DERIVED: Final = ("id", "source_id", "sector_id", "sector_ids")
_OF_SOURCE: Final = (
    "source_title",
    "source_publisher",
    "source_url",
    "source_date",
    "source_class",
)
_OF_EVENT: Final = ("event_name_en", "event_name_zh", "event_date", "event_venue")

FIGURE_COLUMNS: Final = (
    "ref",
    *_OF_SOURCE,
    *_OF_EVENT,
    *(column for column in RECORD_COLUMNS if column not in _DERIVED),
)
"""Columns of a table of new figures; those not needed may be left out.

``ref`` is any name by which ``parent_id`` of another row means this one. Ids, the sector and
whether the page may be linked follow from the rest.
"""

# Where a record lies says which run of ids it continues.
_PREFIXES: Final = {"50": "CQ-", "51": "SC"}
_OTHER_PREFIX: Final = "CC-"
_NUMBER = re.compile(r"\d+$")
_SUMMED: Final = ("event", "breakdown", "deal")


class Addition(NamedTuple):
    """What adding a table of new figures would do.

    Attributes
    ----------
    rows : dict of str to pandas.DataFrame
        Rows to append, by file name, all columns text.
    report : Report
        What the laws say of the tables with these rows; an error of a new row names the row
        of the table that was given.
    look_alikes : tuple of tuple of (str, str)
        New record and a known one with the same money in the same year: perhaps the same
        project told again.
    """

    rows: dict[str, pd.DataFrame]
    report: Report
    look_alikes: tuple[tuple[str, str], ...]


def add_figures(tables: Tables, figures: pd.DataFrame, *, file: str = "figures.csv") -> Addition:
    """Work out the rows that new figures add, and hold everything to the laws.

    Nothing is written and no table is changed. A page and an event that are known already are
    used again.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Every table of `ccgeo.records.laws.TABLES`, all columns text.
    figures : pandas.DataFrame
        New figures, columns of `FIGURE_COLUMNS`, all text.
    file : str, optional
        Name of the table of figures in the errors.

    Returns
    -------
    Addition
        Rows to append, what the laws say, and what looks alike.

    Examples
    --------
    >>> from ccgeo.records.tables import read_table
    >>> tables = {name: read_table(name) for name in TABLES}
    >>> wrong = pd.DataFrame([{"titel": "A plant"}])
    >>> print(add_figures(tables, wrong).report.errors[0])
    figures.csv, row 1, column titel: 'titel' - there is no such column; nearest: title
    """
    unknown = tuple(_unknown_columns(figures, file))
    if unknown or figures.empty:
        errors = unknown or (RecordError(file, 1, "title", "", "the table has no rows"),)
        return Addition({}, Report(errors, (), 0), ())
    given = figures.reindex(columns=list(FIGURE_COLUMNS), fill_value="").to_dict("records")
    sources, source_ids = _new_sources(tables["sources.csv"], given)
    rows = {
        "sources.csv": sources,
        "events.csv": _new_events(tables["events.csv"], given),
        "records.csv": _new_records(tables["records.csv"], given, source_ids),
    }
    joined = {name: _appended(table, rows.get(name)) for name, table in tables.items()}
    report = check_tables(joined)
    told = tuple(_told_by_file(error, tables, file) for error in report.errors)
    alike = () if told else tuple(_look_alikes(joined["records.csv"], len(given)))
    return Addition(rows, report._replace(errors=told), alike)


def _unknown_columns(figures: pd.DataFrame, file: str) -> Iterator[RecordError]:
    for column in figures.columns:
        if column not in FIGURE_COLUMNS:
            nearest = nearest_choices(str(column), FIGURE_COLUMNS, 1)
            hint = f"; nearest: {nearest[0]}" if nearest else ""
            reason = f"there is no such column{hint}"
            yield RecordError(file, 1, str(column), column, reason)


def _new_sources(
    known: pd.DataFrame, given: Iterable[Row]
) -> tuple[pd.DataFrame, dict[tuple[str, ...], str]]:
    """Return the pages not known yet, and the id of every page named."""
    ids: dict[tuple[str, ...], str] = {}
    for row in known.to_dict("records"):
        ids.setdefault(_page(row), row["source_id"])
    last = max((int(source[1:]) for source in known["source_id"]), default=0)
    fresh: list[dict[str, str]] = []
    for row in given:
        source = {name.removeprefix("source_"): row[name] for name in _OF_SOURCE}
        if _page(source) not in ids:
            ids[_page(source)] = f"S{last + len(fresh) + 1:04d}"
            fresh.append({"source_id": ids[_page(source)], **source, **_link(source)})
    return pd.DataFrame(fresh, columns=list(TABLES["sources.csv"].columns), dtype="str"), ids


def _page(source: Row) -> tuple[str, ...]:
    """Return what makes two sources the same page."""
    return (source["url"],) if source["url"] else (source["title"], source["publisher"])


def _link(source: Row) -> dict[str, str]:
    if is_safe_link(source):
        return {"linkable": "yes", "reason": ""}
    return {"linkable": "no", "reason": "a copy, a mirror, a bare address or no address"}


def _new_events(known: pd.DataFrame, given: Iterable[Row]) -> pd.DataFrame:
    names = set(known["event_id"]) | {""}
    fresh: dict[str, dict[str, str]] = {}
    for row in given:
        if row["event_id"] not in names:
            event = {name.removeprefix("event_"): row[name] for name in _OF_EVENT}
            fresh.setdefault(row["event_id"], {"event_id": row["event_id"], **event, "note": ""})
    columns = list(TABLES["events.csv"].columns)
    return pd.DataFrame(list(fresh.values()), columns=columns, dtype="str")


def _new_records(
    known: pd.DataFrame, given: list[dict[str, str]], source_ids: Mapping[tuple[str, ...], str]
) -> pd.DataFrame:
    taken = set(known["id"])
    ids: list[str] = []
    for row in given:
        ids.append(_next_id(row, taken))
        taken.add(ids[-1])
    refs = {row["ref"]: own for row, own in zip(given, ids, strict=True) if row["ref"]}
    rows = []
    for row, own in zip(given, ids, strict=True):
        named = {name.removeprefix("source_"): row[name] for name in _OF_SOURCE}
        record = {column: row.get(column, "") for column in RECORD_COLUMNS}
        record |= {"id": own, "source_id": source_ids[_page(named)]}
        record["parent_id"] = refs.get(row["parent_id"], row["parent_id"])
        rows.append(record | _sectors(row) | _role(row))
    return pd.DataFrame(rows, columns=list(RECORD_COLUMNS), dtype="str")


def _next_id(row: Row, taken: Iterable[str]) -> str:
    prefix = _PREFIXES.get(row["place_ids"][:2], _OTHER_PREFIX)
    own = [name for name in taken if name.startswith(prefix)]
    last = max((int(name.removeprefix(prefix)) for name in own), default=0)
    return f"{prefix}{last + 1:04d}"


def _sectors(row: Row) -> dict[str, str]:
    named = classify(row["sector_reported"])
    return {"sector_id": named.sector_id, "sector_ids": ";".join(named.sector_ids)}


def _role(row: Row) -> dict[str, str]:
    """Give a figure that may add its usual role, where none was given."""
    if row["sum_role"] or row["kind"] not in _SUMMED:
        return {}
    return {"sum_role": "part" if row["parent_id"] else "count"}


def _appended(table: pd.DataFrame, rows: pd.DataFrame | None) -> pd.DataFrame:
    if rows is None or rows.empty:
        return table
    return pd.concat([table, rows.reindex(columns=table.columns)], ignore_index=True)


def _told_by_file(error: RecordError, tables: Tables, file: str) -> RecordError:
    """Name the row that was given where a new record is at fault."""
    row = error.row - len(tables["records.csv"])
    if error.file != "records.csv" or row < FIRST_ROW:
        return error
    return RecordError(file, row, error.column, error.value, error.reason)


def _look_alikes(records: pd.DataFrame, new: int) -> Iterator[tuple[str, str]]:
    typed = typed_records(records)
    before, added = typed.iloc[:-new], typed.iloc[-new:]
    for row in added[added["money_fen"].notna()].itertuples(index=False):
        same = before["money_fen"].eq(row.money_fen) & before["date"].str[:4].eq(row.date[:4])
        apart = (before["project_key"] == "") | (before["project_key"] != row.project_key)
        for known in before.loc[same.fillna(value=False) & apart, "id"]:
            yield row.id, known

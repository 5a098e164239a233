"""The shipped tables of records, events and sources, as frames with proper types."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from ccgeo.records.money import amount_text, conversion_note, read_rates, to_fen
from ccgeo.records.vocabulary import ADDITIVE_AMOUNT_KINDS
from ccgeo.shipped import reading

__all__ = [
    "read_events",
    "read_rates",
    "read_records",
    "read_sources",
    "read_table",
    "typed_records",
]

_LISTS = ("sector_ids", "partners", "place_ids", "flags")
# Length of a date as written: how precise it is.
_PRECISIONS = {len("2022"): "year", len("2022-08"): "month", len("2022-08-22"): "day"}


@cache
def read_table(name: str) -> pd.DataFrame:
    """Read a shipped table of ``data/deals`` as text.

    Parameters
    ----------
    name : str
        File name, such as ``"records.csv"``.

    Returns
    -------
    pandas.DataFrame
        All columns text; an empty cell is an empty text.

    Raises
    ------
    DataFileError
        The file is not there.

    Examples
    --------
    >>> list(read_table("events.csv").columns)
    ['event_id', 'name_en', 'name_zh', 'date', 'venue', 'note']
    """
    with reading(f"deals/{name}") as path:
        return pd.read_csv(path, dtype=str, keep_default_na=False)


def typed_records(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of records its types, and every amount in fen.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns as in ``records.csv``, all text, already valid.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns; ``sector_ids``, ``partners``, ``place_ids`` and ``flags``
        become tuples of text, ``confidence`` int64. Added are ``year`` (Int64, NA undated),
        ``date_precision`` (``"day"``, ``"month"``, ``"year"``, empty undated), ``projects``
        (Int64, NA where the count is of something else), ``amount_fen`` (Int64, fen, NA where
        the amount is not new investment), ``money_fen`` (Int64, fen, of any kind of money),
        ``amount_reported`` and ``amount_note`` (text: at which rate another currency was
        converted).

    Examples
    --------
    >>> records = typed_records(read_table("records.csv")).set_index("id")
    >>> int(records.loc["CQ-0014", "amount_fen"])
    21210000000000
    """
    records = table.copy()
    # As objects and once: text kept by Arrow is slow to walk through.
    rows = list(table.astype(object).itertuples())
    for column in _LISTS:
        records[column] = [
            tuple(part for part in getattr(row, column).split(";") if part) for row in rows
        ]
    records["confidence"] = table["confidence"].astype("int64")
    years = [_year(row.date) for row in rows]
    records["year"] = pd.array(years, dtype="Int64")
    records["date_precision"] = [_PRECISIONS.get(len(row.date), "") for row in rows]
    records["projects"] = pd.array(list(map(_projects, rows)), dtype="Int64")
    records["money_fen"] = pd.array(list(map(_money, rows)), dtype="Int64")
    additive = table["amount_kind"].isin(ADDITIVE_AMOUNT_KINDS)
    records["amount_fen"] = records["money_fen"].where(additive)
    records["amount_reported"] = [
        amount_text(row.amount_value, row.amount_scale, row.currency) for row in rows
    ]
    records["amount_note"] = [
        conversion_note(row.currency, year) for row, year in zip(rows, years, strict=True)
    ]
    return records


@cache
def read_records() -> pd.DataFrame:
    """Read every shipped record with its types; see `typed_records` for the columns.

    Returns
    -------
    pandas.DataFrame
        One row a record. Take a copy before changing it.

    Examples
    --------
    >>> read_records()["id"].is_unique
    True
    """
    return typed_records(read_table("records.csv"))


@cache
def read_events() -> pd.DataFrame:
    """Read the events.

    Returns
    -------
    pandas.DataFrame
        One row an event, all text: event_id, name_en, name_zh, date, venue, note.

    Examples
    --------
    >>> "smart-china-expo-2022" in set(read_events()["event_id"])
    True
    """
    return read_table("events.csv")


@cache
def read_sources() -> pd.DataFrame:
    """Read the sources.

    Returns
    -------
    pandas.DataFrame
        One row a source: source_id, title, publisher, url, date, class, reason (text) and
        linkable (bool): whether a page may link to it.

    Examples
    --------
    >>> bool(read_sources().loc[lambda s: s["url"] == "", "linkable"].any())
    False
    """
    sources = read_table("sources.csv").copy()
    sources["linkable"] = sources["linkable"] == "yes"
    return sources


def _year(date: str) -> int | None:
    return int(date[:4]) if date else None


def _projects(row: Any) -> int | None:  # noqa: ANN401 - a named tuple
    """Count projects: as stated, else one for a deal, else not known."""
    if row.project_count and row.count_unit in {"projects", "agreements"}:
        return int(row.project_count)
    return 1 if row.kind == "deal" else None


def _money(row: Any) -> int | None:  # noqa: ANN401 - a named tuple
    if not row.amount_value:
        return None
    return to_fen(row.amount_value, row.amount_scale, row.currency, _year(row.date))

"""Entries as a person reads them: names instead of ids, the source beside each figure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from ccgeo.query.records_words import amount_words
from ccgeo.query.vocabulary import label_of
from ccgeo.records.tables import read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FEN_PER_MILLION: Final = 100_000_000
_WEB: Final = ("http://", "https://")
_RESIDUAL: Final = (" – remainder not itemised", "(其余未列明)")


class Citation(NamedTuple):
    """How a source is named, and where it may be opened.

    Parameters
    ----------
    title : str
        Title, publisher and date.
    url : str
        Address; empty where a link would not be safe or does not exist.
    """

    title: str
    url: str


def list_entries(entries: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Return entries as rows to read.

    Parameters
    ----------
    entries : pandas.DataFrame
        Entries of the ledger, or a page of a register; not changed.
    language : {"en", "zh"}
        Language of the names; titles stay as recorded.

    Returns
    -------
    pandas.DataFrame
        One row an entry in the same order, columns of str ``record_id``, ``date``,
        ``title``, ``place``, ``known_at``, ``sector``, ``stage``, ``partner``, ``kind``,
        ``amount_reported``, ``organisation``, ``source``, ``url``; ``projects`` (Int64),
        ``amount_cny_mn`` (Float64, CNY million, for reading only), ``confidence`` (int).

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> list_entries(read_placed().head(3))["source"].ne("").all().item()
    True
    """
    reported = [amount_words(each, language) for each in entries["amount_reported"]]
    cited = _cited(entries)

    def names(field: str, column: str) -> list[str]:
        return [label_of(field, choice, language) for choice in entries[column]]

    return pd.DataFrame(
        {
            "record_id": entries["record_id" if "record_id" in entries else "entry_id"].to_numpy(),
            "date": entries["date"].to_numpy(),
            "title": _titles(entries, language),
            "place": entries["place_text"].to_numpy(),
            "known_at": names("known_levels", "place_level"),
            "sector": names("sectors", "sector_id"),
            "stage": names("stages", "stage"),
            "partner": [_joined(codes, language) for codes in entries["partners"]],
            "kind": names("kinds", "kind"),
            "projects": entries["projects"].to_numpy(),
            "amount_cny_mn": (entries["amount_fen"] / _FEN_PER_MILLION).to_numpy(),
            "amount_reported": reported,
            "organisation": entries["organisation"].to_numpy(),
            "confidence": entries["confidence"].to_numpy(),
            "source": [citation.title for citation in cited],
            "url": [citation.url or None for citation in cited],
        }
    )


@cache
def citations() -> Mapping[str, Citation]:
    """Return how each shipped source is cited.

    Returns
    -------
    mapping of str to Citation
        By source id. A copy, a mirror or a bare address is named but not linked.

    Examples
    --------
    >>> all(citation.title for citation in citations().values())
    True
    """
    sources = read_sources()
    rows = sources[["source_id", "title", "publisher", "date", "url", "linkable"]]
    return {
        source: Citation(
            ", ".join(part for part in (title, _unless_in(publisher, title), date) if part),
            url if linkable else "",
        )
        for source, title, publisher, date, url, linkable in rows.itertuples(index=False)
    }


def _cited(entries: pd.DataFrame) -> list[Citation]:
    """Return the source of each entry; an entry of a register names its own."""
    if "source_id" in entries:
        return [citations().get(source, Citation("", "")) for source in entries["source_id"]]
    told = zip(entries["source"], entries["url"], strict=True)
    return [Citation(source, url if url.startswith(_WEB) else "") for source, url in told]


def _unless_in(publisher: str, title: str) -> str:
    return "" if publisher in title else publisher


def _titles(entries: pd.DataFrame, language: str) -> list[str]:
    if "is_residual" not in entries:
        return list(entries["title"])
    tail = _RESIDUAL[language == "zh"]
    return [
        f"{title}{tail}" if is_residual else title
        for title, is_residual in zip(entries["title"], entries["is_residual"], strict=True)
    ]


def _joined(codes: Iterable[str], language: str) -> str:
    return ", ".join(label_of("partners", code, language) for code in codes)

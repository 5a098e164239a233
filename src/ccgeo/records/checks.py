"""Arithmetic that records have to stand: what does not add up is found and said, not repaired."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ccgeo.records.ledger import reconciliations
from ccgeo.records.money import FEN_PER_CNY
from ccgeo.records.vocabulary import AMOUNT_SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    Row = Any

BIG_PROJECT_FEN = 50_000_000_000 * FEN_PER_CNY
"""A single project above CNY 50 bn: more than any plant built in the region so far (a display
line of CNY 46.5 bn, CQ-0082)."""

BIG_AVERAGE_FEN = 5_000_000_000 * FEN_PER_CNY
"""An average of CNY 5 bn a project: rare even at the largest fairs."""

FEW_PROJECTS = 5
"""Below this number an average says nothing."""

_FAR = 2
_FINE = 100
_BN_FEN = 1_000_000_000 * FEN_PER_CNY


class Finding(NamedTuple):
    """One thing that does not add up.

    Parameters
    ----------
    check : str
        Which check found it: "share", "parts", "size", "average" or "stock".
    record_ids : tuple of str
        The records concerned, the doubtful one first.
    sentence, sentence_zh : str
        What is wrong, for people, in English and in Chinese.
    """

    check: str
    record_ids: tuple[str, ...]
    sentence: str
    sentence_zh: str


def check_records(records: pd.DataFrame) -> tuple[Finding, ...]:
    """Run every arithmetic check.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records, see `ccgeo.records.tables.typed_records`.

    Returns
    -------
    tuple of Finding
        All findings, check by check.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> findings = check_records(read_records())
    >>> findings[0].record_ids
    ('CQ-0006', 'CQ-0007', 'CQ-0754')
    """
    checks = (check_shares, check_parts, check_sizes, check_averages, check_stocks)
    return tuple(finding for check in checks for finding in check(records))


def check_shares(records: pd.DataFrame) -> Iterator[Finding]:
    """Hold a stated GDP against a share of the national GDP that the same source states.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Yields
    ------
    Finding
        A GDP less than half, or more than twice, of what the share makes it.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> print(next(check_shares(read_records())).sentence[-23:])
    about 10 times too low.
    """
    gdp = records[records["amount_kind"] == "gdp"]
    nation = gdp[gdp["place_level"] == "country"]
    shares = records[records["quantity_unit"] == "percent_of_national_gdp"]
    for share in shares.itertuples(index=False):
        for whole in nation[nation["year"] == share.year].itertuples(index=False):
            same = (gdp["year"] == share.year) & (gdp["source_id"] == share.source_id)
            for claim in gdp[same & (gdp["id"] != whole.id)].itertuples(index=False):
                yield from _share_finding(claim, share, whole)


def check_parts(records: pd.DataFrame) -> Iterator[Finding]:
    """Find records whose parts exceed them.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Yields
    ------
    Finding
        A negative residual of projects or of money.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> [finding.record_ids[0] for finding in check_parts(read_records())][:2]
    ['CQ-0129', 'CQ-0246']
    """
    lines = reconciliations(records)
    for record in records[records["id"].isin(lines)].itertuples(index=False):
        total, *parts, left = lines[record.id]
        ids = (record.id, *(part.record_id for part in parts))
        if left.projects is not None and left.projects < 0:
            yield Finding("parts", ids, *_too_many(record, total.projects, -left.projects))
        if left.amount_fen is not None and left.amount_fen < 0:
            yield Finding("parts", ids, *_excess(record, -left.amount_fen))


def check_sizes(records: pd.DataFrame) -> Iterator[Finding]:
    """Find single projects larger than anything built in the region.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Yields
    ------
    Finding
        A deal of at least `BIG_PROJECT_FEN`, whatever kind of money it is.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> "CQ-0617" in {finding.record_ids[0] for finding in check_sizes(read_records())}
    True
    """
    deals = records[records["kind"] == "deal"]
    for deal in deals[deals["money_fen"].fillna(0) >= BIG_PROJECT_FEN].itertuples(index=False):
        kind, amount = deal.amount_kind.replace("_", " "), deal.money_fen
        sentence = f"{deal.id} is one project with CNY {_bn(amount)} bn of {kind}."
        sentence_zh = f"{deal.id}是单个项目，金额达{_yi(amount)}亿元。"
        yield Finding("size", (deal.id,), sentence, sentence_zh)


def check_averages(records: pd.DataFrame) -> Iterator[Finding]:
    """Find signings whose projects are implausibly large on average.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Yields
    ------
    Finding
        An event or breakdown of at least `FEW_PROJECTS` with at least `BIG_AVERAGE_FEN` each.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> "CQ-0105" in {finding.record_ids[0] for finding in check_averages(read_records())}
    True
    """
    signings = records[records["kind"].isin(["event", "breakdown"])]
    known = signings[signings["projects"].notna() & signings["amount_fen"].notna()]
    for signing in known[known["projects"] >= FEW_PROJECTS].itertuples(index=False):
        if signing.amount_fen >= BIG_AVERAGE_FEN * signing.projects:
            each = Decimal(int(signing.amount_fen)) / int(signing.projects)
            many = f"{signing.projects} projects"
            sentence = f"{signing.id} comes to CNY {_bn(each)} bn for each of {many}."
            sentence_zh = f"{signing.id}有{signing.projects}个项目，平均每个{_yi(each)}亿元。"
            yield Finding("average", (signing.id,), sentence, sentence_zh)


def check_stocks(records: pd.DataFrame) -> Iterator[Finding]:
    """Find running totals that fall: their definition must have changed.

    Parameters
    ----------
    records : pandas.DataFrame
        Typed records.

    Yields
    ------
    Finding
        Two stocks of one conflict group in one currency, the later one smaller.

    Examples
    --------
    >>> from ccgeo.records.tables import read_records
    >>> ("CQ-0379", "CQ-0273") in {f.record_ids for f in check_stocks(read_records())}
    True
    """
    stocks = records[(records["sum_role"] == "stock") & records["money_fen"].notna()]
    stocks = stocks[(stocks["conflict_group"] != "") & (stocks["date"] != "")]
    for _, series in stocks.groupby(["conflict_group", "currency"], sort=True):
        ordered = list(series.sort_values(["date", "id"]).itertuples(index=False))
        for before, after in pairwise(ordered):
            if _reported(after) < _reported(before):
                yield Finding("stock", (after.id, before.id), *_fall(before, after))


def _share_finding(claim: Row, share: Row, whole: Row) -> Iterator[Finding]:
    percent = Decimal(share.quantity_value)
    implied = Decimal(int(whole.money_fen)) * percent / 100
    ratio = implied / Decimal(int(claim.money_fen))
    if 1 / Decimal(_FAR) <= ratio <= _FAR:
        return
    times, side = (ratio, "low") if ratio > 1 else (1 / ratio, "high")
    sentence = (
        f"{claim.id} states CNY {_bn(claim.money_fen)} bn, but {percent}% of the national CNY "
        f"{_bn(whole.money_fen)} bn is CNY {_bn(implied)} bn: about {times:.0f} times too {side}."
    )
    sentence_zh = (
        f"{claim.id}称{_yi(claim.money_fen)}亿元，但全国{_yi(whole.money_fen)}亿元的{percent}%"
        f"应为{_yi(implied)}亿元，约{'低' if ratio > 1 else '高'}{times:.0f}倍。"
    )
    yield Finding("share", (claim.id, share.id, whole.id), sentence, sentence_zh)


def _too_many(record: Row, stated: int | None, excess: int) -> tuple[str, str]:
    return (
        f"The parts of {record.id} have {excess} more than its {stated} projects.",
        f"{record.id}的分项比其{stated}个项目多{excess}个。",
    )


def _excess(record: Row, excess_fen: int) -> tuple[str, str]:
    meant = {"min": ", which is a lower bound", "approx": ", which is rounded"}
    meant_zh = {"min": "，该总额为下限", "approx": "，该总额为约数"}
    suffix, suffix_zh = (words.get(record.amount_qualifier, "") for words in (meant, meant_zh))
    total, excess = _bn(record.amount_fen), _bn(excess_fen)
    over = f"{_yi(record.amount_fen)}亿元多{_yi(excess_fen)}亿元"
    return (
        f"The parts of {record.id} exceed its CNY {total} bn by {excess} bn{suffix}.",
        f"{record.id}的分项比其{over}{suffix_zh}。",
    )


def _fall(before: Row, after: Row) -> tuple[str, str]:
    was, now = (f"{row.amount_reported} ({row.id}, {row.date})" for row in (before, after))
    return f"The running total falls from {was} to {now}.", f"累计数由{was}降至{now}。"


def _reported(row: Row) -> Decimal:
    """Compare in the currency reported, so that no exchange rate makes a stock fall."""
    return Decimal(row.amount_value).scaleb(AMOUNT_SCALES[row.amount_scale])


def _bn(fen: int | Decimal) -> str:
    return _figure(Decimal(int(fen)) / _BN_FEN)


def _yi(fen: int | Decimal) -> str:
    """Write an amount in 100 million yuan, as Chinese texts do."""
    return _figure(Decimal(int(fen)) / _BN_FEN * 10)


def _figure(figure: Decimal) -> str:
    text = f"{figure:,.2f}" if figure < _FINE else f"{figure:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Amounts and numbers of projects in running text, and what speaks against each of them.

A figure is proposed only where its own clause says that it is an investment: output, revenue,
targets, running totals, upper limits, ranges, shares and what did not happen are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.io.values import FIRST_YEAR, LAST_YEAR, MOST_PROJECTS, parse_amount

if TYPE_CHECKING:
    from ccgeo.io.values import Money


class Words(NamedTuple):
    """A piece of a text.

    Attributes
    ----------
    start, end : int
        Its first character and the one after its last.
    text : str
        What stands there.
    """

    start: int
    end: int
    text: str


class Figure(NamedTuple):
    """An amount or a number of projects in a text.

    Attributes
    ----------
    words : Words
        Where it stands.
    cell : str
        How it is written in a cell of a table.
    money : Money or None
        The amount; None for a number of projects.
    projects : int or None
        The number of projects; None for an amount.
    """

    words: Words
    cell: str
    money: Money | None = None
    projects: int | None = None


_PREFIX: Final = r"RMB|CNY|US\$|USD|S\$|SGD|HK\$|HKD|EUR|€|£|GBP|¥|\$"
_SUFFIX: Final = (
    r"yuan|RMB|renminbi|CNY|(?:US|U\.S\.|Singapore|Hong Kong)\s+dollars?|dollars?|euros?|yen|USD"
)
_LATIN: Final = re.compile(
    rf"(?P<before>(?:(?:more than|over|exceeding|at least|above|nearly|about|around|approximately"
    rf"|almost|some)\s+)?)(?P<currency>(?:{_PREFIX})\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    rf"(?P<scale>[\s-]?(?:trillion|billion|million|trn|bn|mn))\b(?P<after>[\s-](?:{_SUFFIX})\b)?",
    re.IGNORECASE,
)
_HAN: Final = re.compile(
    r"(?P<before>(?:超过|逾|超|至少|约|近|大约)?)(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<scale>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万)(?P<more>[余多]?)"
    r"(?P<after>元人民币|元|人民币|美元|新元|新加坡元|欧元|港元|日元|英镑)"
)
_MORE: Final = {"exceeding": "exceeding", "逾": "超"}
_NUMBER_WORDS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_NUMBER: Final = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_NUMBER_WORDS)})"
_COUNTS: Final = (
    re.compile(
        rf"(?<![\d.,$¥-])\b{_NUMBER}\s+(?:(?!(?:of|billion|million|trillion|yuan|percent|per|in|and"
        r"|years?|months?|days?|companies|enterprises|countries|firms)\b)[A-Za-z][\w/&-]*\s+){0,6}?"
        r"(?:projects?|deals?|contracts?|agreements?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,])(?P<number>\d+)\s?[个项宗](?!百分|月|国家|城市|区县|工作日)"
        r"(?:[^，。；、：\d]{0,14}?(?:项目|协议|合同))?"
    ),
)
_BARE: Final = re.compile(
    rf"(?<![\d.,$¥-])\b{_NUMBER}\s+(?=(?:in|for|from|on|covering|were|are)\b)", re.IGNORECASE
)

_BREAK: Final = re.compile(r"[,;:](?=\s|$)|[，；：、（）()]|\b(?:while|whereas|but)\b")
_SENTENCE: Final = re.compile(
    r"[。！？!?\n]+|(?<=[\w)\]\"”%’'])\.(?=\s+[\"“A-Z\d\u4e00-\u9fff]|\s*$)"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Co|Ltd|Inc|Corp|No|Mr|Ms|Dr|St|U\.S)|"
    r"\b[A-Z])$"
)
# What makes a whole sentence unfit: it did not happen, may happen, or adds up years.
_UNFIT: Final = re.compile(
    r"\b(?:not(?! only)|n't|never|no longer|without|failed|fail to|den(?:y|ied)|cancel\w*|withdr\w+"
    r"|abandon\w*|scrapp\w*|could|might|may(?! \d)|if|would|rumou?r\w*|reportedly|so far|to date"
    r"|cumulative\w*|accumulat\w+|since (?:its|the|then|\d{4})|over the past|in the past|by the end"
    r"|altogether since|aims?|aimed|targets?|goal|expect(?:s|ed)?|projected|forecast\w*|hopes?"
    r"|strive\w*|plans? to attract|previous\w*|last year|year-on-year|a year earlier)\b|n’t\b"
    r"|并未|尚未|没有|未能|未签|否认|取消|终止|不会|如果|若能|或将|有望|预计|预期|力争|目标|计划到|累计"
    r"|截至|迄今|以来|年来|历年|历届|过去[一二三四五十几\d]+年|同比|去年同期|上年|据传|传闻|撤资|搁置|并非",
    re.IGNORECASE,
)
# What makes one figure something else than an investment.
_OTHER: Final = re.compile(
    r"\b(?:GDP|gross domestic|gross regional|output|revenue|turnover|sales|sold|imports?|exports?"
    r"|trade|profits?|tax(?:es)?|loans?|credit|lending|bonds?|registered capital|assets?|market"
    r"|valuation|savings?|subsid\w+|wages?|salar\w+|consumption|retail|spending|tourism income"
    r"|per (?:year|annum|month|capita|day)|a year|annual\w*|each year|every year|yearly"
    r"|up to|at most|no more than|as much as|as many as|maximum|less than|under|below|between"
    r"|each|apiece|individual\w*|single|compared|up from|down from|percent of|share)\b"
    r"|生产总值|经济总量|产值|营收|营业收入|销售|进出口|进口|出口|贸易|利润|税收|纳税|贷款|授信|债券"
    r"|注册资本|资产|市值|估值|补贴|消费|零售|旅游收入|每年|年均|年产|每月|人均|不超过|最多|最高"
    r"|高达|至多|以下|不足|单个|单体|每个|之间|增长|下降|占|比重|以上(?:的)?(?:项目|重大)",
    re.IGNORECASE,
)
_INVESTED: Final = re.compile(
    r"invest|worth|sign|contract|valued?\b|total|project|deal|portfolio|agreement|inked"
    r"|投资|签约|签署|合同|项目|金额|协议|资金|总额",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\d\s*(?:(?:trillion|billion|million|bn|mn|yuan)\s*)*(?:-|–|—|~|to|and)\s*$"
    r"|\d\s*(?:[万亿千百]*元?)(?:-|–|—|~|～|至|到)\s*$",
    re.IGNORECASE,
)
_RANGE_ON: Final = re.compile(
    r"\s*(?:-|–|—|~|～|至|到|to)\s*(?:RMB|US\$|\$|¥)?\s*\d", re.IGNORECASE
)
_LIMIT: Final = re.compile(
    r"(?:up to|at most|no more than|as much as|maximum of|less than|under|below|不超过|最多|最高"
    r"|高达|至多|不足|不到)\s*(?:RMB|US\$|\$|¥)?\s*$",
    re.IGNORECASE,
)
_SAME: Final = re.compile(
    r"(?:about|approximately|around|or|equivalent to|equal to|some|约合|折合|合)\s*$", re.IGNORECASE
)
_LONGEST_GAP: Final = 30


def split_sentences(text: str) -> list[Words]:
    """Split a text where its sentences end.

    Parameters
    ----------
    text : str
        Running text in English, Chinese or both.

    Returns
    -------
    list of Words
        Sentences without what divides them.

    Examples
    --------
    >>> [each.text for each in split_sentences("Signed on Aug. 22. 投资5亿元。完")]
    ['Signed on Aug. 22', '投资5亿元', '完']
    """
    found: list[Words] = []
    start = 0
    for stop in _SENTENCE.finditer(text):
        is_dot = stop[0] == "."
        if is_dot and _ABBREVIATED.search(text, max(0, stop.start() - 6), stop.start()):
            continue
        found.append(_piece(text, start, stop.start()))
        start = stop.end()
    found.append(_piece(text, start, len(text)))
    return [each for each in found if each.text]


def split_clauses(sentence: Words) -> list[Words]:
    """Split a sentence where its clauses end.

    Parameters
    ----------
    sentence : Words
        One sentence.

    Returns
    -------
    list of Words
        Clauses without what divides them; the sentence itself if it has only one.

    Examples
    --------
    >>> [each.text for each in split_clauses(Words(0, 8, "甲，乙丙, d"))]
    ['甲', '乙丙', 'd']
    """
    found, start = [], 0
    for stop in _BREAK.finditer(sentence.text):
        found.append(_piece(sentence.text, start, stop.start(), sentence.start))
        start = stop.end()
    found.append(_piece(sentence.text, start, len(sentence.text), sentence.start))
    return [each for each in found if each.text]


def is_unfit(sentence: str) -> bool:
    """Return whether nothing of a sentence may be proposed.

    Parameters
    ----------
    sentence : str
        One sentence.

    Returns
    -------
    bool
        True for what did not happen, what is hoped for, and what adds up years.

    Examples
    --------
    >>> is_unfit("The two sides did not sign"), is_unfit("双方签约"), is_unfit("累计签约70个项目")
    (True, False, True)
    """
    return bool(_UNFIT.search(sentence))


def find_amounts(sentence: Words) -> list[Figure]:
    """Find the amounts of money in a sentence that are investments.

    Parameters
    ----------
    sentence : Words
        One sentence; positions are those of the whole text.

    Returns
    -------
    list of Figure
        In their order.

    Examples
    --------
    >>> text = "RMB22.4 billion was invested, for an output of 3 billion yuan a year"
    >>> [each.words.text for each in find_amounts(Words(0, len(text), text))]
    ['RMB22.4 billion']
    """
    found: list[Figure] = []
    for hit in sorted([*_LATIN.finditer(sentence.text), *_HAN.finditer(sentence.text)], key=_start):
        figure = _amount(hit, sentence)
        if figure is not None and not _is_other(hit, sentence.text):
            found.append(figure)
    return found


def find_counts(sentence: Words, *, is_bare: bool = False) -> list[Figure]:
    """Find the numbers of projects in a sentence.

    Parameters
    ----------
    sentence : Words
        A sentence, or a part of one.
    is_bare : bool
        Whether a number counts without the word for projects, as in a list of parts.

    Returns
    -------
    list of Figure
        In their order.

    Examples
    --------
    >>> text = "In 2022, 70 key projects were signed"
    >>> [each.projects for each in find_counts(Words(0, len(text), text))]
    [70]
    """
    patterns = (*_COUNTS, _BARE) if is_bare else _COUNTS
    found: dict[int, Figure] = {}
    for pattern in patterns:
        for hit in pattern.finditer(sentence.text):
            count = _counted(hit["number"])
            if count is not None:
                piece = _piece(sentence.text, hit.start(), hit.end(), sentence.start)
                found.setdefault(hit.start(), Figure(piece, str(count), projects=count))
    return [found[at] for at in sorted(found)]


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause around a piece of a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    start, end : int
        The piece.

    Returns
    -------
    tuple of int
        Where the clause begins and ends.

    Examples
    --------
    >>> clause_of("one, two 5 three, four", 9, 10)
    (4, 16)
    """
    before = [stop.end() for stop in _BREAK.finditer(text, 0, start)]
    after = _BREAK.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _start(hit: re.Match[str]) -> int:
    return hit.start()


def _piece(text: str, start: int, end: int, offset: int = 0) -> Words:
    """Return a piece without the spaces around it."""
    shown = text[start:end]
    start += len(shown) - len(shown.lstrip())
    shown = shown.strip()
    return Words(offset + start, offset + start + len(shown), shown)


def _amount(hit: re.Match[str], sentence: Words) -> Figure | None:
    """Return an amount whose currency and scale are written out."""
    parts = hit.groupdict()
    if not (parts.get("currency") or parts["after"]):
        return None
    before = parts["before"].strip()
    more = "超" if parts.get("more") else _MORE.get(before.casefold(), before)
    figure = f"{parts.get('currency') or ''}{parts['number']}{parts['scale']}{parts['after'] or ''}"
    cell = f"{more} {figure}".strip() if before.isascii() and before else f"{more}{figure}"
    parsed = parse_amount(cell)
    if parsed.value is None or not parsed.value.value:
        return None
    words = _piece(sentence.text, hit.start(), hit.end(), sentence.start)
    return Figure(words, cell, money=parsed.value)


def _is_other(hit: re.Match[str], text: str) -> bool:
    """Return whether an amount is none of an investment, or is not one amount."""
    at = hit.start("currency") if hit.groupdict().get("currency") else hit.start("number")
    head, tail = text[: hit.start()], text[hit.end() :]
    if _RANGE.search(text[:at]) or _RANGE_ON.match(tail) or _LIMIT.search(head):
        return True
    if _SAME.search(head) and re.search(r"[(（,，]\s*\S*\s*\S*\s*$", head[-_LONGEST_GAP:]):
        return True
    if head.rstrip().endswith(("(", "（")):
        return True
    start, end = clause_of(text, hit.start(), hit.end())
    clause = text[start:end]
    if _OTHER.search(clause):
        return True
    if _INVESTED.search(clause):
        return False
    # A clause that says nothing of itself goes on with what stands before it.
    return bool(_OTHER.search(text[:start])) or not _INVESTED.search(text[:start])


def _counted(number: str) -> int | None:
    count = _NUMBER_WORDS.get(number.casefold()) or (
        int(number.replace(",", "")) if number[0].isdigit() else None
    )
    is_year = "," not in number and count is not None and FIRST_YEAR <= count <= LAST_YEAR
    return None if count is None or is_year or not 0 < count <= MOST_PROJECTS else count

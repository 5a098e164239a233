"""Events, places, partners, dates, sectors and stages in running text, each with its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.io.press_figures import Words
from ccgeo.io.values import parse_date
from ccgeo.places.geocoder import geocode
from ccgeo.query.vocabulary import names_of
from ccgeo.records.sectors import UNSTATED, classify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REGIONAL: Final = frozenset({"district", "zone", "prefecture", "province", "several", "circle"})
_EVENT: Final = re.compile(
    r"(?:(?:\d{4}|\d{1,2}(?:st|nd|rd|th)|[A-Z][\w&’'-]*)[ -](?:(?:of|and|for|the|on)[ ])?){1,12}?"
    r"(?:Expo|Exposition|Conference|Forum|Fair|Summit|Exchange|Convention|Congress|Week)\b"
    r"(?: \d{4})?"
)
_EVENT_ZH: Final = re.compile(
    r"(?:第[一二三四五六七八九十\d]+届|\d{4}年?)?[\u4e00-\u9fff（）()—·-]{2,30}?"
    r"(?:博览会|推介会|推介大会|交流会|交流活动|洽谈会|论坛|大会|峰会|西博会|智博会)"
)
_BEFORE_EVENT: Final = re.compile(
    r"^.*?(?:日|在|于|出席|举办的|举行的|召开的|参加|随着|，|上午|下午|今天|当天|记者从|据)(?=.{4})"
)
_FIRST_WORDS: Final = frozenset(
    {"the", "at", "in", "on", "during", "a", "an", "this", "for", "and"}
)
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DATE: Final = re.compile(
    r"(?P<zh>\d{4}年\d{1,2}月\d{1,2}日)|(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    rf"|(?P<en>\b{_MONTH}\.?\s\d{{1,2}},\s\d{{4}})|(?P<en2>\b\d{{1,2}}\s{_MONTH}\s\d{{4}})"
    rf"|(?P<day>\b{_MONTH}\.?\s\d{{1,2}}\b(?!,?\s\d{{4}})|(?<!年)(?<!\d)\d{{1,2}}月\d{{1,2}}日)"
)
_STAGES: Final = (
    (
        "opportunity",
        (
            r"opportunit(?:y|ies) (?:portfolio|list)|(?:portfolio|list) of opportunities"
            r"|机遇清单|机会清单|机遇项目"
        ),
    ),
    ("signed", r"\bsigned\b|\bsigning\b|\binked\b|签约|签署|签订"),
    ("started", r"broke ground|breaks ground|ground-?breaking|construction (?:began|started)|开工"),
    ("completed", r"\bcompleted\b|竣工|建成"),
    (
        "operating",
        (
            r"put into operation|began operat|opened (?:its doors|for business)|officially opened"
            r"|投产|投入运营|正式运营|开业"
        ),
    ),
)
_FROM: Final = re.compile(
    r"(?:from|with|by|between)\s+(?:the\s+)?(?P<after>[A-Z][\w .-]{2,40})"
    r"|(?:来自|与|同|由)(?P<zh>[\u4e00-\u9fff]{2,8})"
    r"|(?P<firm>[A-Z][a-z]+(?: [A-Z][a-z]+)?|[\u4e00-\u9fff]{2,5})[ -]?"
    r"(?:-based|companies|enterprises|investors|firms|company|企业|投资方|客商|财团)"
)
_WORDING: Final = re.compile(
    r"\b(?:in|for|of|on|covering|involving)\s+(?:the\s+)?(?:field of\s+|sector of\s+)?"
    r"(?P<en>[A-Za-z][A-Za-z ,/&()-]{2,90}?)(?=,?\s+(?:with|worth|totall?ing|valued|amounting"
    r"|has|had|have|were|was|attracted|at|projects?|deals?|sector|field|industry)\b"
    r"|\s*[(（;；]|\s*$)"
    r"|(?P<zh>[\u4e00-\u9fffA-Za-z、和与及]{2,30}?)(?:产业|领域|类|行业|方面)?(?:的)?(?:重大|重点)?"
    r"(?:项目|签约)"
)
_ADJECTIVE: Final = re.compile(
    r"\d+\s+(?P<en>[A-Za-z][A-Za-z ,/&-]{2,90}?)\s+(?:projects?|deals?|contracts?)\b"
)
_NAME: Final = re.compile(r"(?:[A-Z][\w&’'-]+)(?:\s(?:(?:of|and|the)\s)?[A-Z][\w&’'-]+)+")
_NAME_ZH: Final = re.compile(
    r"[“「《](?P<quoted>[^”」》]{2,30})[”」》]|(?P<bare>[\u4e00-\u9fff]{2,14}项目)"
)
_DATELINE: Final = re.compile(
    r"\s*(?:\([^)]*\)|/[^/]*/|（[^）]*）|[^,.，。]{0,20}电)?\s*(?:[-–—]|讯|电)"
)
_CODE_SIZE: Final = 2
# Two characters are a word of everyday as often as a zone: 两江 is two rivers.
_SHORT: Final = 2


class Place(NamedTuple):
    """A place that a text names.

    Attributes
    ----------
    words : tuple of Words
        Where it is named, in the order of the text.
    level : str
        Level of knowledge; ``"country"`` for a place abroad.
    ids : tuple of str
        Adcodes, a zone id or codes of countries.
    """

    words: tuple[Words, ...]
    level: str
    ids: tuple[str, ...]


def find_places(sentence: Words, as_of: str = "") -> list[Place]:
    """Find the places that a sentence names beyond doubt.

    Parameters
    ----------
    sentence : Words
        One sentence or less; positions are those of the whole text.
    as_of : str
        Date of the text.

    Returns
    -------
    list of Place
        At most one of the region, which may be several places together, and one abroad.

    Examples
    --------
    >>> text = "for Dazhou, Wanzhou and Kaizhou"
    >>> find_places(Words(0, len(text), text))[0].ids
    ('511700', '500101', '500154')
    """
    event = find_event(sentence)
    text = sentence.text
    if event is not None:  # what an event is called says little about where it is
        at = slice(event.start - sentence.start, event.end - sentence.start)
        text = text[: at.start] + "," + " " * (len(event.text) - 1) + text[at.stop :]
    found = geocode(text, as_of=as_of)
    if not found.is_settled or found.level in {"none", "outside", "city"}:
        return []
    names = found.alias.split(";")
    has_zone = any(not one.isdigit() and len(one) > _CODE_SIZE for one in found.places)
    if "CN" in found.places or (has_zone and min(map(len, names)) <= _SHORT):
        return []
    there = sentence._replace(text=text)
    words = tuple(filter(None, (_where(name, there) for name in names)))
    # A name that stands nowhere as it is written is no name that a person has read there.
    if len(words) != len(names):
        return []
    if found.level != "several":
        return [Place(words, found.level, found.places)]
    return _sorted_out(words, found.places, as_of)


def _sorted_out(words: tuple[Words, ...], ids: tuple[str, ...], as_of: str) -> list[Place]:
    """Part several places into those of the region and those abroad, by what each name means."""
    alone = [(each, geocode(each.text, as_of=as_of)) for each in sorted(words)]
    if {one for _, found in alone for one in found.places} != set(ids):
        return [Place(tuple(sorted(words)), "several", ids)]
    parted = []
    for is_abroad in (False, True):
        kept = [(each, found) for each, found in alone
                if (found.level in {"country", "bloc"}) == is_abroad]  # fmt: skip
        if kept:
            level = kept[0][1].level if len(kept) == 1 else "several"
            codes = tuple(dict.fromkeys(one for _, found in kept for one in found.places))
            parted.append(Place(tuple(each for each, _ in kept), level, codes))
    return parted


def is_regional(place: Place) -> bool:
    """Return whether a place lies in Sichuan and Chongqing.

    Parameters
    ----------
    place : Place
        A place.

    Returns
    -------
    bool
        False for countries, groups of them, and lists that hold any.

    Examples
    --------
    >>> is_regional(Place((), "country", ("SG",)))
    False
    """
    return place.level in _REGIONAL and not any(len(one) == _CODE_SIZE for one in place.ids)


def find_event(sentence: Words) -> Words | None:
    """Find the name of an event.

    Parameters
    ----------
    sentence : Words
        One sentence.

    Returns
    -------
    Words or None
        The first that stands there.

    Examples
    --------
    >>> text = "At the Smart China Expo 2022 on Monday"
    >>> find_event(Words(0, len(text), text)).text
    'Smart China Expo 2022'
    """
    hit = _EVENT.search(sentence.text)
    if hit:
        start = hit.start()
        while (first := sentence.text[start : hit.end()].split(" ", 1))[
            0
        ].casefold() in _FIRST_WORDS:
            start += len(first[0]) + 1
        if " " in sentence.text[start : hit.end()]:
            return _words(sentence, start, hit.end())
    hit = _EVENT_ZH.search(sentence.text)
    if hit is None:
        return None
    start = hit.start()
    while cut := _BEFORE_EVENT.match(sentence.text[start : hit.end()]):
        start += cut.end()
    return _words(sentence, start, hit.end())


def find_dates(sentence: Words) -> Iterator[tuple[Words, str, bool]]:
    """Find the days that a sentence names.

    Parameters
    ----------
    sentence : Words
        One sentence.

    Yields
    ------
    tuple of (Words, str, bool)
        Where it stands; YYYY-MM-DD or, for a day without a year, ``--MM-DD``; and whether it is
        that of a dateline.

    Examples
    --------
    >>> text = "on Aug. 22, 2022 and 8月23日"
    >>> [date for _, date, _ in find_dates(Words(0, len(text), text))]
    ['2022-08-22', '--08-23']
    """
    for hit in _DATE.finditer(sentence.text):
        written = hit[0]
        if hit["day"]:
            is_chinese = "月" in written
            parsed = parse_date(f"2024年{written}" if is_chinese else f"{written}, 2024")
            day = f"-{parsed.value[4:]}" if parsed.value else ""
        else:
            day = parse_date(written).value or ""
        if day:
            is_dateline = bool(_DATELINE.match(sentence.text, hit.end()))
            yield _words(sentence, hit.start(), hit.end()), day, is_dateline


def find_stage(piece: Words) -> tuple[str, Words | None]:
    """Find how far something has come.

    Parameters
    ----------
    piece : Words
        A sentence or a part of one.

    Returns
    -------
    tuple of (str, Words or None)
        The stage and its words; nothing where two stages are named.

    Examples
    --------
    >>> find_stage(Words(0, 11, "were signed"))[0]
    'signed'
    """
    found = {}
    for stage, pattern in _STAGES:
        hit = re.search(pattern, piece.text, re.IGNORECASE)
        if hit:
            found[stage] = _words(piece, hit.start(), hit.end())
    if "opportunity" in found:
        return "opportunity", found["opportunity"]
    return next(iter(found.items())) if len(found) == 1 else ("", None)


def find_partners(sentence: Words) -> tuple[str, tuple[Words, ...]]:
    """Find the countries that money comes from or that sign.

    Parameters
    ----------
    sentence : Words
        One sentence.

    Returns
    -------
    tuple of (str, tuple of Words)
        Codes joined by semicolons, and where they are named; a country where something only
        takes place is none.

    Examples
    --------
    >>> text = "Companies from Singapore signed in Chongqing"
    >>> find_partners(Words(0, len(text), text))[0]
    'SG'
    """
    codes: dict[str, Words] = {}
    for hit in _FROM.finditer(sentence.text):
        group = hit.lastgroup or "after"
        for name, code in _countries():
            named = re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", hit[group] or "")
            if named:
                start = hit.start(group) + named.start()
                codes.setdefault(code, _words(sentence, start, start + len(name)))
    return ";".join(codes), tuple(codes.values())


def find_sector(piece: Words) -> Words | None:
    """Find the words for a sector that the taxonomy knows.

    Parameters
    ----------
    piece : Words
        Part of a sentence about one figure.

    Returns
    -------
    Words or None
        The wording; None where there is none, or where two do not agree.

    Examples
    --------
    >>> text = "18 in smart connected new energy vehicles worth 83.3 billion yuan"
    >>> find_sector(Words(0, len(text), text)).text
    'smart connected new energy vehicles'
    """
    for pattern in (_ADJECTIVE, _WORDING):
        for hit in pattern.finditer(piece.text):
            group = hit.lastgroup or "en"
            wording = hit[group].strip(" ,、和与及")
            if wording and classify(wording).sector_id != UNSTATED:
                start = hit.start(group) + hit[group].index(wording)
                return _words(piece, start, start + len(wording))
    return None


def find_title(sentence: Words, before: int) -> Words | None:
    """Find the name of a project before its amount.

    Parameters
    ----------
    sentence : Words
        The sentence.
    before : int
        Where the amount stands in the text.

    Returns
    -------
    Words or None
        The name nearest to the amount.

    Examples
    --------
    >>> text = "Raffles City Chongqing cost 24 billion yuan"
    >>> find_title(Words(0, len(text), text), 30).text
    'Raffles City Chongqing'
    """
    head = sentence.text[: max(0, before - sentence.start)]
    names = [_words(sentence, hit.start(), hit.end()) for hit in _NAME.finditer(head)]
    for hit in _NAME_ZH.finditer(head):
        group = hit.lastgroup or "bare"
        names.append(_words(sentence, hit.start(group), hit.end(group)))
    return max(names, default=None)


def _where(name: str, sentence: Words) -> Words | None:
    """Return where a folded name stands: Chinese as it is, Latin with capital letters."""
    letters = [re.escape(letter) for letter in name if not letter.isspace()]
    pattern = r"[\s\-’'.,]{0,3}".join(letters)
    for hit in re.finditer(pattern, sentence.text, re.IGNORECASE):
        if not hit[0].isascii() or hit[0][0].isupper():
            return _words(sentence, hit.start(), hit.end())
    return None


def _words(piece: Words, start: int, end: int) -> Words:
    return Words(piece.start + start, piece.start + end, piece.text[start:end])


@lru_cache(maxsize=1)
def _countries() -> Sequence[tuple[str, str]]:
    """Return names of countries and their codes, longest first; not those of this country."""
    return sorted(
        ((name, code) for code, names in names_of("partners").items() for name in names
         if name and code and code != "CN"),
        key=lambda pair: -len(pair[0]),
    )  # fmt: skip

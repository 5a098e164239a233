"""Values as people write them: amounts, dates, counts and degrees, in either language."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Generic, NamedTuple, TypeVar

from ccgeo.caching import memo

T = TypeVar("T")

FIRST_YEAR: Final = 1978
LAST_YEAR: Final = 2035
MOST_PROJECTS: Final = 100_000
_MOST_DIGITS: Final = 24
_MOST_WORDS: Final = 120
_LONGEST_NOTHING: Final = 20


class Parsed(NamedTuple, Generic[T]):
    """What a cell says.

    Attributes
    ----------
    value : object or None
        The value; None for an empty cell, and where there is a fault.
    fault : str
        Kind of fault, see `ccgeo.io.faults.FAULTS`; empty if there is none.
    """

    value: T | None
    fault: str = ""


class Money(NamedTuple):
    """An amount as it is written.

    Attributes
    ----------
    value : decimal.Decimal
        The figure.
    scale : str
        One of `ccgeo.records.vocabulary.AMOUNT_SCALES`; the figure is multiplied where a word
        such as "thousand" has no scale of its own there.
    currency : str
        ISO 4217 code; empty if none is named.
    qualifier : str
        ``"exact"``, ``"min"``, ``"approx"`` or ``"max"``.
    """

    value: Decimal
    scale: str
    currency: str
    qualifier: str


_CURRENCIES: Final = (
    ("CNY", "cny|rmb|人民币|yuan|renminbi|元|圆|¥|cnh"),
    ("USD", r"usd|us\$|美元|美金|us dollars?|dollars?|u\.s\. dollars?|\$"),
    ("HKD", r"hkd|hk\$|港元|港币|港幣"),
    ("SGD", r"sgd|s\$|新加坡元|新元|坡币"),
    ("TWD", r"twd|nt\$|新台币|台币|新臺幣"),
    ("EUR", "eur|€|欧元|歐元|euros?"),
    ("GBP", "gbp|£|英镑|英鎊|pounds?"),
    ("JPY", "jpy|日元|日圆|日圓|yen"),
    ("KRW", "krw|₩|韩元|韓元|won"),
)
# Longest first. A scale that the records do not have is a known one times a number.
_SCALES: Final = (
    ("trn", 1, "万亿|兆|trillion|trn|tn"),
    ("100mn", 1000, "千亿"),
    ("100mn", 100, "百亿"),
    ("100mn", 10, "十亿"),
    ("100mn", 1, "亿|億"),
    ("10k", 1000, "千万"),
    ("10k", 100, "百万"),
    ("10k", 10, "十万"),
    ("10k", 1, "万|萬"),
    ("bn", 1, "billions?|bn|bln|b"),
    ("mn", 1, "millions?|mn|mln|mio|m"),
    ("1", 1000, "thousands?|k|千"),
)
_QUALIFIERS: Final = (
    ("min", "more than|over|above|at least|exceeding|no less than|超过?|逾|至少|不低于|>"),
    ("approx", r"about|around|approximately|approx\.?|nearly|almost|ca\.?|~|约|近|大约|接近"),
    ("max", "up to|at most|no more than|below|under|最多|不超过|<"),
)
_AMOUNT: Final = re.compile(r"(?P<before>\D*?)(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<after>\D*)")
_NEGATIVE: Final = re.compile(r"[^\d]{0,4}-\s*[^\d]{0,4}\d|\([^()]*\d\)$")
_MIXED: Final = re.compile(r"\d[.]\d+[.,]\d")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_RANGE: Final = re.compile(r"\d\s*(?:-|–|—|~|to|至|到)\s*(?:[^\d\s]{0,4}\s*)?\d")
_BEFORE_SEPARATORS: Final = frozenset({"amount.percent", "amount.negative"})
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?e[+-]?\d+", re.IGNORECASE)
_NOT_FINITE: Final = re.compile(r"[+-]?(?:nan|inf|infinity|∞)", re.IGNORECASE)
_NOTHING: Final = frozenset(
    {"", "-", "--", "—", "–", "n/a", "na", "none", "null", "/", "undisclosed", "unknown"}
    | {"not stated", "无", "未知", "不详", "未披露"}
)
_FOREIGN: Final = re.compile(r"\b[A-Z]{3}\b|[₹₽₫฿₪₺]|卢布|卢比|泰铢|林吉特|澳元|加元")
_MONTH_NAMES: Final = (
    "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
    "aug august", "sep sept september", "oct october", "nov november", "dec december",
)  # fmt: skip
_MONTHS: Final = {
    name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()
}
_ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_CHINESE_DATE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?")
_CHINESE_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TWO_DIGITS: Final = re.compile(r"\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|'\d{2}|\d{2}年.*")
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[a-z]{3,9})\.?,?\s+"
    r"(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})"
)
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS: Final = (20_000, 50_000)
_DEGREES: Final = re.compile(r"([+-]?\d{1,6}(?:\.\d{1,20})?)\s*°?\s*([NSEWnsew北南东西]?)")
_COUNT: Final = re.compile(
    r"(?P<sign>-?)(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?:个|项|projects?|deals?)?"
)


def is_nothing(text: str) -> bool:
    """Return whether a cell says that nothing is known.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    bool
        True for an empty cell, a dash and the words for "not stated".

    Examples
    --------
    >>> is_nothing(" – "), is_nothing("不详"), is_nothing("0")
    (True, True, False)
    """
    return len(text) <= _LONGEST_NOTHING and plain_text(text).casefold() in _NOTHING


def plain_text(value: object) -> str:
    """Return a cell as text, full-width letters made narrow, spaces put in order.

    Parameters
    ----------
    value : object
        Text, number, bool or None; a whole float has no decimals.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> plain_text("３.５　亿"), plain_text(7.0), plain_text(None)
    ('3.5 亿', '7', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        # A number of a workbook has no exponent of its own.
        value = int(value) if value.is_integer() else format(Decimal(repr(value)), "f")
    return _plain(str(value))


def parse_amount(text: str, unit: str = "", *, is_signed: bool = False) -> Parsed[Money]:
    """Read an amount of money.

    Parameters
    ----------
    text : str
        Cell, such as ``"RMB22.4 billion"``, ``"1.5亿元"`` or ``"US$860m"``.
    unit : str
        What the heading or columns of currency and unit say.
    is_signed : bool
        Whether a minus in front is a sign, as that of a residual, and not a fault.

    Returns
    -------
    Parsed
        A `Money`, or the kind of fault.

    Examples
    --------
    >>> parse_amount("RMB22.4 billion").value
    Money(value=Decimal('22.4'), scale='bn', currency='CNY', qualifier='exact')
    >>> parse_amount("１.５", "亿美元").value
    Money(value=Decimal('1.5'), scale='100mn', currency='USD', qualifier='exact')
    >>> parse_amount("1,23").fault, parse_amount("-5", "CNY", is_signed=True).value.value
    ('amount.separators', Decimal('-5'))
    """
    written = plain_text(text)
    if is_signed and written.startswith("-"):
        parsed = parse_amount(written[1:], unit)
        money = parsed.value
        return Parsed(money and money._replace(value=-money.value), parsed.fault)
    found = _AMOUNT.fullmatch(written)
    if found is None:
        kind = "" if is_nothing(written) else _amount_fault(written) or _unreadable(written)
        return Parsed(None, kind)
    before, number, after = found.groups()
    if len(written) - len(number) > _MOST_WORDS:
        return Parsed(None, "amount.unreadable")
    # Whatever number stands there, the words around it mean the same.
    words, kind = _words_around(before, after, unit)
    if not _GROUPED.fullmatch(number):
        kind = kind if kind in _BEFORE_SEPARATORS else "amount.separators"
    elif len(number) > _MOST_DIGITS and kind not in _BEFORE_SEPARATORS:
        kind = "amount.too_large"
    if kind:
        return Parsed(None, kind)
    scale, times, currency, qualifier = words
    return Parsed(Money(Decimal(number.replace(",", "")) * times, scale, currency, qualifier))


@memo(8192)
def parse_date(text: str, *, is_1904: bool = False) -> Parsed[str]:
    """Read a date.

    Parameters
    ----------
    text : str
        Cell, such as ``"2022年8月22日"``, ``"Aug. 23, 2022"``, ``"2022-08"`` or the number of
        a day in a spreadsheet.
    is_1904 : bool
        Whether such numbers count from 1904.

    Returns
    -------
    Parsed
        YYYY, YYYY-MM or YYYY-MM-DD, or the kind of fault; ``"date.serial"`` comes with a value.

    Examples
    --------
    >>> parse_date("2022年8月22日").value, parse_date("Aug. 23, 2022").value
    ('2022-08-22', '2022-08-23')
    >>> parse_date("44795"), parse_date("03/04/2022").fault
    (Parsed(value='2022-08-22', fault='date.serial'), 'date.ambiguous')
    """
    written = _TIME.sub("", plain_text(text))
    if is_nothing(written):
        return Parsed(None)
    compact = written.translate(_CHINESE_DIGITS).replace(" ", "")
    for pattern, source in ((_ISO, written), (_CHINESE_DATE, compact), (_COMPACT, written)):
        found = pattern.fullmatch(source)
        if found:
            return _day(*(int(part) if part else None for part in found.groups()))
    if _SERIAL.fullmatch(written):
        return _serial(float(written), is_1904=is_1904)
    return _parse_named(written)


def parse_count(value: object, *, is_signed: bool = False) -> Parsed[int]:
    """Read a number of projects.

    Parameters
    ----------
    value : object
        Cell, such as ``"54"``, ``"1,200"`` or ``"18个"``.
    is_signed : bool
        Whether a minus in front is a sign, as that of a residual, and not a fault.

    Returns
    -------
    Parsed
        A whole number, or the kind of fault.

    Examples
    --------
    >>> parse_count("18个").value, parse_count("2.5").fault
    (18, 'projects.not_whole')
    """
    written = plain_text(value)
    if is_nothing(written):
        return Parsed(None)
    found = _COUNT.fullmatch(written)
    if found is None or not _GROUPED.fullmatch(found["number"]):
        return Parsed(None, "projects.unreadable")
    number = Decimal(found["number"].replace(",", ""))
    if found["sign"] and not is_signed:
        return Parsed(None, "projects.negative")
    if number != number.to_integral_value():
        return Parsed(None, "projects.not_whole")
    if number > MOST_PROJECTS:
        return Parsed(None, "projects.too_many")
    return Parsed(-int(number) if found["sign"] else int(number))


def parse_degrees(value: object) -> Parsed[float]:
    """Read a longitude or latitude.

    Parameters
    ----------
    value : object
        Cell, such as ``"106.5516"``, ``"106.5516°E"`` or a number.

    Returns
    -------
    Parsed
        Degrees, or the kind of fault.

    Examples
    --------
    >>> parse_degrees("106.55°E").value, parse_degrees("about 106").fault
    (106.55, 'lonlat.unreadable')
    """
    written = plain_text(value)
    if is_nothing(written):
        return Parsed(None)
    found = _DEGREES.fullmatch(written)
    if found is None:
        return Parsed(None, "lonlat.unreadable")
    sign = -1 if found[2] and found[2] in "SWsw南西" else 1
    return Parsed(sign * float(found[1]))


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(unicodedata.normalize("NFKC", text).split())


@memo(8192)
def _words_around(before: str, after: str, unit: str) -> tuple[tuple[str, int, str, str], str]:
    """Return scale, its multiple, currency and qualifier of the words around a number."""
    unit = plain_text(unit)
    written = f"{before}1{after}"
    kind = _amount_fault(written)
    rest, qualifier = _taken(written, _QUALIFIERS, "exact")
    front, _, back = rest.partition("1")
    scale, currency, odd = _settled(f"{front} {back}", unit)
    name, times = scale or ("1", 1)
    return (name, times, currency, qualifier), kind or odd


def _amount_fault(written: str) -> str:
    """Return what is wrong with an amount before its words are looked at."""
    signs = {
        "cell.not_finite": _NOT_FINITE.fullmatch(written),
        "amount.scientific": _SCIENTIFIC.search(written),
        "amount.percent": "%" in written or "percent" in written.casefold(),
        "amount.negative": _NEGATIVE.match(written),
        "amount.range": _RANGE.search(written),
        "amount.separators": _MIXED.search(written),
    }
    return next((kind for kind, sign in signs.items() if sign), "")


def _settled(words: str, unit: str) -> tuple[tuple[str, int] | None, str, str]:
    """Return scale, currency and fault of what cell and column say."""
    (scale, currency), odd = _unit(words.strip())
    (scale2, currency2), odd2 = _unit(unit)
    kind = ""
    if odd or (odd2 and not currency and _FOREIGN.search(unit)):
        kind = _unreadable(odd or odd2)
    elif currency and currency2 and currency != currency2:
        kind = "amount.two_currencies"
    elif scale and scale2 and scale != scale2:
        kind = "amount.two_scales"
    return scale or scale2, currency or currency2, kind


def _taken(text: str, table: tuple[tuple[str, str], ...], default: str) -> tuple[str, str]:
    for name, words in table:
        found = re.match(rf"(?:{words})\s*", text, re.IGNORECASE)
        if found and found.end():
            return text[found.end() :], name
    return text, default


@memo(4096)
def _unit(words: str) -> tuple[tuple[tuple[str, int] | None, str], str]:
    """Return scale and currency that some words name, and what is left of the words."""
    rest, currency = words, ""
    for code, names in (*_CURRENCIES[1:], _CURRENCIES[0]):
        shorter = re.sub(rf"(?<![a-z])(?:{names})(?![a-z$])", " ", rest, flags=re.IGNORECASE)
        if shorter != rest and not currency:
            rest, currency = shorter, code
    # A yuan sign says money; beside another currency it says nothing more.
    rest = re.sub(r"人民币|元|¥", " ", rest) if currency else rest
    scale = None
    for name, times, names in _SCALES:
        shorter = re.sub(rf"(?<![a-z])(?:{names})(?![a-z])", " ", rest, flags=re.IGNORECASE)
        if shorter != rest and scale is None:
            rest, scale = shorter, (name, times)
    return (scale, currency), re.sub(r"[\s.,;:/_]|\bof\b|\bin\b|单位|币", "", rest)


def _unreadable(rest: str) -> str:
    return "amount.currency" if _FOREIGN.search(rest) else "amount.unreadable"


def _parse_named(written: str) -> Parsed[str]:
    found = _NAMED.fullmatch(written.casefold())
    if found and found["month"] in _MONTHS:
        day = found["day"] or found["day2"]
        return _day(int(found["year"]), _MONTHS[found["month"]], int(day) if day else None)
    found = _DAY_FIRST.fullmatch(written)
    if found is None:
        two = _TWO_DIGITS.fullmatch(written)
        return Parsed(None, "date.two_digits" if two else "date.unreadable")
    first, second, year = (int(part) for part in found.groups())
    if max(first, second) <= len(_MONTH_NAMES) and first != second:
        return Parsed(None, "date.ambiguous")
    return _day(year, min(first, second), max(first, second))


def _day(year: int | None, month: int | None = None, day: int | None = None) -> Parsed[str]:
    try:
        date(year or 1, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return Parsed(None, "date.impossible")
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return Parsed(None, "date.range")
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return Parsed("-".join(parts))


def _serial(number: float, *, is_1904: bool) -> Parsed[str]:
    if not _SERIALS[0] <= number <= _SERIALS[1]:
        return Parsed(None, "date.unreadable")
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
    return Parsed((start + timedelta(days=int(number))).isoformat(), "date.serial")

"""Bring a mention of a place to one form: letters folded, markup gone, what is hostile refused.

A text is read once through one translation table: full width to half width, traditional to
simplified characters, letters without their marks, punctuation to spaces. Nothing of the text
itself is ever given back: a refusal carries a fixed sentence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from ccgeo.shipped import data_file

LONGEST = 500
"""Characters of the longest mention that is read; a longer one is refused unread."""

REASONS = {
    "empty": "nothing was written",
    "not_text": "this is not text",
    "too_long": f"longer than {LONGEST} characters: not a place name",
    "control": "holds control characters",
    "formula": "begins like a formula",
    "markup": "holds markup or a script",
    "no_letters": "holds no letters of a name",
    "unknown": "no known place is named",
    "too_many": "names too many places to be one",
}
"""Why a mention leads nowhere: a word for programs and a sentence for people."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SCRIPT = re.compile(
    r"<\s*/?\s*(?:script|svg|img|iframe|object|style|a\b|body|html|!)|javascript:|\bon\w+\s*="
    r"|\$\{|\{\{|\{%|<%|<\?|(?:%[0-9a-f]{2}){2}|&#|\.\./|https?://",
    re.IGNORECASE,
)
_SUSPECT = re.compile(r"[<{%&:=]|\./")
_TAG = re.compile(r"<[^<>]{0,100}>")
_POSSESSIVE = re.compile(r"'s\b")
_LETTER = re.compile(r"[a-z\u3400-\u9fff\uac00-\ud7a3]")
_CODE = re.compile(r"[1-9]\d{3}(?!00)\d\d", re.ASCII)
_FORMULA = ("=", "+", "@", "-=", "\t=", "|")
_WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+|[\uac00-\ud7a3]+")

_SPACES = (
    " \t\n\r\u0085\u00a0\u2028\u2029\u3000-‐‑‒–—―－_/\\()（）[]［］【】〔〕{}<>《》〈〉「」『』"
    '“”„"#*~!！?？。·・•…:：=+%^$@`'
)
_LISTS = ";；、|｜"
_COMMAS = ",，"
_NOTHING = ".．\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_APOSTROPHES = "'’‘ʼʻ′´＇"
_SPECIAL = {
    "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae",
    "œ": "oe", "Œ": "oe", "ı": "i", "þ": "th", "ð": "d", "&": " and ", "＆": " and ",
}  # fmt: skip
_COMMON = (*range(0x80), *range(0x4E00, 0x9FFF))
_ASCII = bytes(
    ord(" " if chr(code) in _SPACES or code not in _COMMON else chr(code).lower())
    for code in range(0x100)
).replace(b"|", b";")


class Mention(NamedTuple):
    """A mention brought to one form.

    Attributes
    ----------
    text : str
        Lower-case words and runs of simplified characters; ``;`` divides a list, ``,`` parts
        of an address.
    key : str
        The same without anything between the words, as names are looked up.
    hyphenated : bool
        Whether the text held a hyphen.
    """

    text: str
    key: str
    hyphenated: bool


class Refusal(NamedTuple):
    """Why a mention is not read.

    Attributes
    ----------
    reason : str
        A key of `REASONS`.
    """

    reason: str


def read_mention(value: object) -> Mention | Refusal:
    """Bring a mention to one form, or refuse it.

    Parameters
    ----------
    value : object
        Anything; only text is read.

    Returns
    -------
    Mention or Refusal
        The mention in one form, or the word for why it is not read. Never an exception.

    Examples
    --------
    >>> read_mention("  Ya’an, 四川省 ")
    Mention(text='yaan,四川省', key='yaan四川省', hyphenated=False)
    >>> read_mention("=HYPERLINK(1)"), read_mention(None)
    (Refusal(reason='formula'), Refusal(reason='empty'))
    """
    if not isinstance(value, str):
        return Refusal("empty" if value is None or value != value else "not_text")  # noqa: PLR0124
    if len(value) > LONGEST:
        return Refusal("too_long")
    if value.isascii() and value.isprintable():
        # Words of letters and digits alone, which most mentions are, hold nothing to refuse.
        words = value.lower().split()
        key = "".join(words)
        if key.isalnum() and not key.isdigit() and words[0] != "the":
            return Mention(" ".join(words), key, False)  # noqa: FBT003
    text = fold(value)
    key = _joined(text)
    if (refused := _refused(value, key)) is not None:
        return refused
    if "<" in value:
        text = fold(_TAG.sub(" ", value))
        key = _joined(text)
    return Mention(text, key, "-" in value)


def fold(text: str) -> str:
    """Return a text in lower case and simplified characters, without marks and markup signs.

    Parameters
    ----------
    text : str
        Text of any length.

    Returns
    -------
    str
        Words divided by single spaces; ``;`` and ``,`` stay.

    Examples
    --------
    >>> fold("Düsseldorf"), fold("成華區（成都）"), fold("Chongqing's Yu-Bei")
    ('dusseldorf', '成华区 成都', 'chongqing yu bei')
    """
    if text.isascii():
        plain = text.replace("&", " and ") if "&" in text else text
        folded = plain.encode().translate(_ASCII, b".").decode()
    else:
        folded = text.lower().translate(_table())
    if "'" in folded:
        folded = _POSSESSIVE.sub("", folded).replace("'", "")
    if " " in folded:
        folded = " ".join(folded.split())
    if "," in folded or ";" in folded:
        folded = folded.replace(" ,", ",").replace(", ", ",").replace(" ;", ";").replace("; ", ";")
    return folded.removeprefix("the ")


def squeeze(text: str) -> str:
    """Return the form under which a name is looked up.

    Parameters
    ----------
    text : str
        A name as it is written.

    Returns
    -------
    str
        `fold` without anything between the words.

    Examples
    --------
    >>> squeeze("Yi Bin"), squeeze("渝北 Yubei")
    ('yibin', '渝北yubei')
    """
    key = text.lower().replace(" ", "") if text.isascii() else ""
    if key.isalnum() and not key.startswith("the"):
        return key
    return _joined(fold(text))


def words_of(text: str) -> list[str]:
    """Return the words and runs of characters of a folded text.

    Parameters
    ----------
    text : str
        What `fold` returned.

    Returns
    -------
    list of str
        Latin words and Chinese runs in order.

    Examples
    --------
    >>> words_of("chongqing,渝北 2 qu")
    ['chongqing', '渝北', '2', 'qu']
    """
    return _WORDS.findall(text)


def _refused(value: str, key: str) -> Refusal | None:
    if not key:
        return Refusal("control" if _CONTROL.search(value) else _without_letters(value))
    if not value.isprintable() and _CONTROL.search(value):
        return Refusal("control")
    if value[0] in "=+@-\t |" and value.lstrip().startswith(_FORMULA):
        return Refusal("formula")
    if _SUSPECT.search(value) and _SCRIPT.search(value):
        return Refusal("markup")
    return None if _LETTER.search(key) or _CODE.fullmatch(value.strip()) else Refusal("no_letters")


def _joined(text: str) -> str:
    key = text.replace(" ", "") if " " in text else text
    if "," in key or ";" in key:
        key = key.replace(",", "").replace(";", "")
    return key


def _without_letters(value: str) -> str:
    return "no_letters" if value.strip() else "empty"


@cache
def _table() -> dict[int, str | None]:
    """Return the one translation table."""
    # A character that is not in the table costs an exception, so the common ones stand for
    # themselves.
    table: dict[int, str | None] = {code: chr(code) for code in _COMMON}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    table |= dict.fromkeys(range(0x300, 0x370))
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    lines = data_file("geo/hant.csv").read_text(encoding="utf-8").splitlines()[1:]
    table |= {ord(line[0]): line[2] for line in lines}
    for characters, replacement in (
        (_SPACES, " "), (_LISTS, ";"), (_COMMAS, ","), (_NOTHING, None), (_APOSTROPHES, "'"),
    ):  # fmt: skip
        table |= dict.fromkeys(map(ord, characters), replacement)
    return table | {ord(letter): plain for letter, plain in _SPECIAL.items()}

r"""Text that others wrote, on its way to whatever reads it: one function a kind of reader.

=========================================  ==========================================
who reads it                               what makes it safe
=========================================  ==========================================
a browser: text, attribute, JS string,     `encode_text`
SVG; folium, whose pages are read twice
an attribute that a person copies          `encode_attribute`
Markdown, as Streamlit reads it in labels  `encode_markdown`
a terminal, a log                          `encode_line`
a spreadsheet: CSV, XLSX                   `guard_cell`
=========================================  ==========================================

Names of files that are written or offered are fixed words and never made of such text; pictures
are drawn with matplotlib's own notation switched off. JSON, Parquet and GeoPackage have writers
of their own. `tests/test_sinks.py` reads every module for these rules.
"""

from __future__ import annotations

import re
import string
import unicodedata
from typing import Final

_PLAIN: Final = frozenset(string.ascii_letters + string.digits + " ")
_PLAIN_IN_ADDRESS: Final = _PLAIN | frozenset("/:?=.,;-_%+")
_LAST_ASCII: Final = 0x7F
_SPOKEN_CONTROLS: Final = frozenset("\t\n\r")
_NOT_XML: Final = frozenset("\ufffe\uffff")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# What begins markup anywhere in a line, and what begins it only at the start of one.
_MARKUP: Final = re.compile(r"[\\`*_\[\]{}<>$~|!#@]|&(?=[#\w])")
_AT_START: Final = re.compile(r"\A(?:[-+=]|[0-9]+[.)])")
# Streamlit also looks for icons, arrows and addresses in text that Markdown has already read, so
# that an entity does not help; an invisible joiner between their characters does.
_JOINER: Final = "\N{WORD JOINER}"
_SPOKEN_LATER: Final = re.compile(r"(?<=:)(?=[\w+/-])|(?<=@)(?=\w)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_ARROW: Final = re.compile(r"(?<!\S)(<->?|--|->|[>~<]=)(?!\S)")

_GUARD: Final = "'"
# What spreadsheets take for the start of a formula, in both widths, the white space they skip
# before it, and the guard itself so that it can be taken off again.
_RISKY: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " ", _GUARD)
_NUMBER: Final = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def encode_text(text: str) -> str:
    """Encode text for a place where HTML is read, and perhaps a template before it.

    Every ASCII punctuation character becomes a numeric entity, so that neither a browser nor
    a template engine that reads the page a second time finds anything to interpret. Control
    characters that no page may hold become the replacement character.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Letters, digits, spaces, entities, and characters outside ASCII as they are.

    Examples
    --------
    >>> encode_text("{{7*7}} 重庆")
    '&#123;&#123;7&#42;7&#125;&#125; 重庆'
    """
    return "".join(_encoded(character, _PLAIN) for character in text)


def encode_attribute(text: str) -> str:
    """Encode text for an attribute in quotes that a person will read and copy.

    Parameters
    ----------
    text : str
        Any text, an address too.

    Returns
    -------
    str
        As of `encode_text`, but for the punctuation of addresses, which stays.

    Examples
    --------
    >>> encode_attribute('/?lang=zh&at="x"')
    '/?lang=zh&#38;at=&#34;x&#34;'
    """
    return "".join(_encoded(character, _PLAIN_IN_ADDRESS) for character in text)


def encode_markdown(text: str) -> str:
    r"""Encode text for a place where Streamlit reads Markdown, on one line.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Is shown as the text, white space drawn together. Between characters that would
        otherwise become an icon, an arrow or a link stands an invisible word joiner.

    Examples
    --------
    >>> encode_markdown("CNY 4.5 bn in 3 deals, 2010–2020; 58% known")
    'CNY 4.5 bn in 3 deals, 2010–2020; 58% known'
    >>> encode_markdown("# [a](b)")
    '&#35; &#91;a&#93;(b)'
    """
    line = " ".join(text.split())
    line = _ARROW.sub(lambda arrow: _JOINER.join(arrow[0]), line)
    line = _SPOKEN_LATER.sub(_JOINER, line)
    line = "".join(_REPLACEMENT if _is_unwritable(each) else each for each in line)
    line = _MARKUP.sub(lambda found: _spelt(found[0]), line)
    return _AT_START.sub(lambda found: "".join(map(_spelt, found[0])), line)


def encode_line(text: object) -> str:
    r"""Encode text for a terminal or a log, on one line.

    Parameters
    ----------
    text : object
        Any text, or what has one.

    Returns
    -------
    str
        Without what a terminal would obey or a line would end at: control characters, marks
        that turn the direction of writing, and every white space become a space.

    Examples
    --------
    >>> encode_line("a\x1b[2Jb\r\nc")
    'a [2Jb  c'
    """
    return "".join(
        " " if unicodedata.category(character).startswith(("C", "Z")) else character
        for character in str(text)
    )


def guard_cell(value: object) -> str:
    """Return a cell that no spreadsheet runs.

    Text that begins like a formula, with white space or with an apostrophe gets an
    apostrophe in front, so taking one off gives every text back. Numbers stay numbers, a
    negative one also where it comes as text: there is nothing to run in ``-5``.

    Parameters
    ----------
    value : object
        Text, number, bool or None.

    Returns
    -------
    str
        The cell.

    Examples
    --------
    >>> guard_cell("@SUM(A1)"), guard_cell("-5"), guard_cell("-5+1"), guard_cell(None)
    ("'@SUM(A1)", '-5', "'-5+1", '')
    """
    if value is None:
        return ""
    text = str(value)
    is_safe = not isinstance(value, str) or not text.startswith(_RISKY) or _NUMBER.fullmatch(text)
    return text if is_safe else _GUARD + text


def unguard_cell(cell: str) -> str:
    """Return the text that `guard_cell` was given.

    Parameters
    ----------
    cell : str
        A cell of text.

    Returns
    -------
    str
        The text without the guard; an apostrophe that guards nothing is text.

    Examples
    --------
    >>> unguard_cell("'=1+1"), unguard_cell("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    text = cell.removeprefix(_GUARD)
    return text if text.startswith(_RISKY) else cell


def _encoded(character: str, plain: frozenset[str]) -> str:
    if character in plain:
        return character
    if character in _SPOKEN_CONTROLS:
        return _spelt(character)
    if _is_unwritable(character):
        return _REPLACEMENT
    return _spelt(character) if ord(character) < _LAST_ASCII else character


def _spelt(character: str) -> str:
    return f"&#{ord(character)};"


def _is_unwritable(character: str) -> bool:
    """Return whether neither HTML nor XML may hold a character."""
    code = ord(character)
    is_control = code < ord(" ") or _LAST_ASCII <= code < ord("\N{NO-BREAK SPACE}")
    return is_control or "\ud800" <= character <= "\udfff" or character in _NOT_XML

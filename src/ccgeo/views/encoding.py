"""Text for a page that others wrote: shown as it is, whoever reads the page's source."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
_LAST_ASCII: Final = 0x7F
_SPOKEN_CONTROLS: Final = frozenset("\t\n\r")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


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
    return "".join(map(_encoded, text))


def _encoded(character: str) -> str:
    code = ord(character)
    if character in _PLAIN:
        return character
    if character.isspace() and character in _SPOKEN_CONTROLS:
        return f"&#{code};"
    is_control = code < ord(" ") or _LAST_ASCII <= code < ord("\N{NO-BREAK SPACE}")
    if is_control or "\ud800" <= character <= "\udfff":
        return _REPLACEMENT
    return f"&#{code};" if code < _LAST_ASCII else character

"""From bytes to text, without ever misreading one encoding for another in silence."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ccgeo.io.faults import RefusedFileError
from ccgeo.places.gazetteer import read_units

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE: Final = 200_000
_MANY_NULS: Final = 0.2
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_FREQUENT: Final = frozenset(
    "的一是在有和中国人年月日元亿万个项目名称金额地区市县重庆四川成都投资产业公司时间行业签约来源编号"
    "備註資時間業產區縣國項稱額簽約來編號萬億個電車條們這說與為"
)
_USUAL: Final = re.compile(f"[{''.join(sorted(_FREQUENT))}]")
_WESTERN: Final = re.compile("[\u00e4-\u00e9][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122\ufffd]")
# Below this share of frequent characters a reading is a guess.
_LEAST_SHARE: Final = 0.02


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte order mark decides; then UTF-8, if the bytes are valid; then UTF-16 by its zero
    bytes; then GB18030 and Big5, of which that one wins whose reading holds names of the
    gazetteer and frequent characters. Big5 is never read: it is named and refused.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    tuple of str
        Text without its mark, and the name of the encoding.

    Raises
    ------
    RefusedFileError
        The bytes are Big5, or in no encoding that is read here.

    Examples
    --------
    >>> decode_text("重庆市渝中区".encode("gb18030"))
    ('重庆市渝中区', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding), encoding
    if content.count(b"\0", 0, _SAMPLE) > _MANY_NULS * min(len(content), _SAMPLE):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _strict(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_chinese(content), "gb18030"


def is_mojibake(text: str) -> bool:
    """Return whether a text looks like UTF-8 that was read as a Western encoding or as GBK.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        True where undoing the misreading gives Chinese.

    Examples
    --------
    >>> is_mojibake("重庆".encode().decode("latin-1")), is_mojibake("重庆"), is_mojibake("é")
    (True, False, False)
    """
    if text.isascii() or (_USUAL.search(text) and not _WESTERN.search(text)):
        return False
    if "\ufffd" in text and _WESTERN.search(text):
        return True
    for wrong in ("latin-1", "cp1252", "gbk"):
        try:
            undone = text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        if _HAN.search(undone):
            return True
    return False


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        kind = "text.encoding"
        raise RefusedFileError(kind, f"{encoding} does not fit") from error


def _decode_chinese(content: bytes) -> str:
    readings = {}
    for encoding in ("gb18030", "big5hkscs"):
        try:
            readings[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
    scores = {encoding: _score(text[:_SAMPLE]) for encoding, text in readings.items()}
    best = max(scores, key=scores.__getitem__, default="")
    if best == "big5hkscs" and scores[best] > max(scores.get("gb18030", 0.0), _LEAST_SHARE):
        kind = "text.big5"
        raise RefusedFileError(kind)
    if scores.get("gb18030", 0.0) < _LEAST_SHARE:
        kind = "text.encoding"
        raise RefusedFileError(kind)
    return readings["gb18030"]


def _score(text: str) -> float:
    """Return how well a text reads: its share of frequent characters and of known names."""
    letters = [character for character in text if ord(character) > ord("\x7f")]
    frequent = sum(character in _FREQUENT for character in letters)
    named = sum(text.count(name) * len(name) for name in _names() if name in text)
    return (frequent + named) / max(len(letters), 1)


@cache
def _names() -> frozenset[str]:
    units = read_units()
    columns = ("name_zh", "short_zh", "name_zh_hant")
    return frozenset(name for column in columns for name in units[column] if len(name) > 1)

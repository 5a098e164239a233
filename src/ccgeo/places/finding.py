"""Find the names of places in a text, from left to right, the longest at each place.

Latin names are looked for from word to word only, Chinese ones from character to character.
What stands beside a name tells whether it is a place's at all: a road named after a district
lies elsewhere, and a park named after a country is not in it.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.places.aliases import HEAD, OUTSIDE, SHORTEST, Entry, read_index
from ccgeo.places.normalise import words_of

if TYPE_CHECKING:
    from ccgeo.places.vintages import Vintage

_SKIPPED = frozenset(
    [
        "of",
        "in",
        "the",
        "and",
        "at",
        "to",
        "for",
        "on",
        "a",
        "an",
        "by",
        "with",
        "from",
        "its",
        "is",
    ]
)
# Skipped words that may also be a first syllable written apart, where a unit's kind ends the
# name: An Zhou Qu, A Ba Xian.
_SYLLABLES = frozenset({"a", "an"})
_NO_WORDS: frozenset[str] = frozenset()
_ROADS = frozenset(
    ["road", "rd", "street", "st", "avenue", "ave", "lu", "dadao", "boulevard", "river", "rivers"]
)
_UNIT_KINDS = frozenset(
    ["district", "districts", "county", "counties", "city", "prefecture", "qu", "xian", "shi"]
)
_UNIT_WORDS = "区县市州省"
_KIND_WORDS = frozenset(_UNIT_WORDS)
_NEW_IN_2026 = "500157"
_ROAD = re.compile("[东南西北中一二三]?(?:路(?!桥)|大道|街(?!道))")
MOST_WORDS = 12
"""Words of the longest Latin name that is looked for within a text."""

_LATIN_END = "\u2fff"
_GAP = re.compile("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
# What stands after a place that gives its name to a park, and around the ends of a stretch.
_AFTER_PLACE = (
    "工业园", "产业园", "经开区", "经济", "高新", "园区", "开发区", "工业", "境内", "片区", "组团",
    "基地", "新城", "港", "机场", "口岸",
)  # fmt: skip
# A park named after a country is not in it: 欧洲产业城.
_NAMED_AFTER = ("产业", "工业", "园", "城", "村", "风情", "小镇", "馆")
# Nor are those who come from it, but alone they name it: 日本企业, not 成都日本企业.
_COMES_FROM = ("企业", "商会", "公司", "客商")
LISTED = frozenset({"group", "circle"})
"""Levels of places that are several units; a list of these has commas and no name of its own."""

_ABROAD = frozenset({"country", "bloc", "city"})
_AFTER_STRETCH = ("段", "至")
_BEFORE_PLACE = ("至", "位于", "落户", "在", "于")
# A partner that somebody turns to is not where something is: 达州向重庆招商.
_LEADS = "位坐座落地"
_LEAD = re.compile("位于|[坐座]落[于在]|落户于?|地处")
_TOWARDS = ("向", "赴")


# What says that a country names who somebody is rather than where, and what is named after one.
_FROM_THERE = frozenset(
    ["company", "companies", "firm", "firms", "investor", "investors", "enterprise", "enterprises"]
)
_CALLED_AFTER = frozenset(["railway", "rail", "freight", "train", "trains", "express", "expo"])
# A bank or a mouth of rivers lies in no zone that is named after them: 两江四岸.
_WATERS = ("交汇", "汇流", "汇合", "四岸", "两岸", "沿岸", "流域")
_PARTS_OF_COUNTY = ("县域", "县区", "县市", "县城")
_AND = ("和", "与", "及")
# "Us" is a country where one of these stands before it.
_BEFORE_US = frozenset({"the", "in", "from"})
_AUTONOMOUS = {"prefecture": "prefecture", "county": "district"}
_MOST_PEOPLES = 6


# A name in the words of a text: its places, the name, the number of its first word, whether "and"
# stands before it, and whether it says where somebody comes from.
_Found = tuple[tuple[Entry, ...], str, int, bool, bool]


class Hit(NamedTuple):
    """A name found in a mention.

    Attributes
    ----------
    entries : tuple of Entry
        The places it may mean, the most likely first.
    name : str
        The name, as it is indexed.
    part : int
        Number of the part of the text, between commas and list signs, that it stands in.
    alone : bool
        Whether it is all of that part.
    listed : bool
        Whether it is all of a member of a list.
    spoken_for : bool
        Whether the place above it is named as well.
    joined : bool
        Whether a word for "and" stands before it.
    """

    entries: tuple[Entry, ...]
    name: str
    part: int
    alone: bool
    listed: bool
    spoken_for: bool = False
    joined: bool = False


def existing(entries: tuple[Entry, ...], vintage: Vintage) -> tuple[Entry, ...]:
    """Return the places of a name that exist in a vintage.

    Parameters
    ----------
    entries : tuple of Entry
        Places of one name.
    vintage : {"2025", "2026"}
        Boundary list in force.

    Returns
    -------
    tuple of Entry
        Without the district Liangjiang New Area before it was made, and without the zone of
        that name after.

    Examples
    --------
    >>> names = read_index().entries["两江新区"]
    >>> [[entry.level for entry in existing(names, vintage)] for vintage in ("2025", "2026")]
    [['zone'], ['district']]
    """
    if len(entries) == 1 or _NEW_IN_2026 not in [entry.target for entry in entries]:
        return entries
    if vintage == "2025":
        return tuple(entry for entry in entries if entry.target != _NEW_IN_2026)
    return tuple(entry for entry in entries if entry.level != "zone")


def find_names(text: str, vintage: Vintage) -> list[Hit]:
    """Return the names in a text, each with all that it may mean.

    Parameters
    ----------
    text : str
        Folded mention.
    vintage : {"2025", "2026"}
        Boundary list in force.

    Returns
    -------
    list of Hit
        Names from left to right; empty where there is none.

    Examples
    --------
    >>> [hit.name for hit in find_names("a plant in bishan,chongqing", "2025")]
    ['bishan', 'chongqing']
    """
    if "," not in text and ";" not in text:
        return _found_in_part(text, vintage)
    hits: list[Hit] = []
    parts = 0
    for member in text.split(";"):
        words: list[str] = []
        owners: list[int] = []
        wholes: dict[int, str] = {}
        for part in member.split(","):
            found = _words_in(part)
            words += found
            owners += [parts] * len(found)
            wholes[parts] = "".join(found)
            parts += 1
        listed = len(wholes) == 1
        for entries, name, at, joined, _ in _names_in(words, owners):
            alone = name == wholes[owners[at]]
            places = existing(entries, vintage)
            hits.append(Hit(places, name, owners[at], alone, alone and listed, joined=joined))
    return hits


def _found_in_part(text: str, vintage: Vintage) -> list[Hit]:
    """Return what `find_names` does for a text without commas and list signs."""
    words = _words_in(text)
    names = _names_in(words, [0] * len(words))
    if not names:
        return []
    whole = "".join(words)
    hits = []
    for entries, name, _, joined, _ in names:
        alone = name == whole
        places = existing(entries, vintage) if len(entries) > 1 else entries
        hits.append(Hit(places, name, 0, alone, alone, joined=joined))
    return hits


def _words_in(part: str) -> list[str]:
    if part.isascii():
        return part.split()  # nothing but letters and digits is left of such a text
    return words_of(_GAP.sub("", part) if " " in part else part)


def _names_in(words: list[str], owners: list[int]) -> list[_Found]:
    """Return the names in a member of a list with the number of the word each begins in."""
    names: list[_Found] = []
    start = 0
    while start < len(words):
        if words[start][0] > _LATIN_END:
            _find_chinese(words[start], start, names)
            start += 1
            continue
        end = start + 1
        while end < len(words) and words[end][0] <= _LATIN_END:
            end += 1
        _find_latin(words[start:end], owners[start:end], start, names)
        start = end
    if len(names) > 1 and any(from_there for *_, from_there in names):
        return [found for found in names if not found[-1]] or names
    return names


def _find_latin(words: list[str], owners: list[int], first: int, names: list[_Found]) -> None:
    index = read_index()
    lengths_of, entries_of = index.latin, index.entries
    run = "".join(words)
    ends = list(accumulate(map(len, words)))
    syllables = _NO_WORDS if _UNIT_KINDS.isdisjoint(words) else _SYLLABLES
    taken = at = 0
    for start, word in enumerate(words):
        begin, at = at, ends[start]
        if start < taken or (word in _SKIPPED and word not in syllables):
            continue
        lengths = lengths_of.get(run[begin : begin + HEAD], 0) | lengths_of.get(word, 0)
        if not lengths:
            continue
        before = words[start - 1] if start else ""
        for end in range(min(len(words), start + MOST_WORDS), start, -1):
            name = run[begin : ends[end - 1]]
            entries = entries_of.get(name) if lengths >> len(name) & 1 else None
            if (
                entries is None
                or (word in _SYLLABLES and words[end - 1] not in _UNIT_KINDS)
                or (name == "us" and before and before not in _BEFORE_US)
            ):
                continue
            if entries[0].level in LISTED and owners[start] != owners[end - 1]:
                continue  # Chengdu, Chongqing are two
            if end < len(words) and (len(entries) > 1 or words[end] in _UNIT_KINDS):
                entries = _fitting(entries, words[end:])
            if entries:
                is_beside = end < len(words) and owners[end] == owners[start]
                beside = words[end] if is_beside else ""
                if beside not in _ROADS and not _is_called_after(entries[0], beside):
                    joined = before == "and"
                    from_there = entries[0].level in _ABROAD and beside in _FROM_THERE
                    names.append((entries, name, first + start, joined, from_there))
                taken = end
                break


def _fitting(entries: tuple[Entry, ...], after: list[str]) -> tuple[Entry, ...]:
    """Return the places of a name that the words for a unit's kind after it allow."""
    if after and after[0] in _UNIT_KINDS:
        # "Tianfu district" is not the town Tianfu.
        entries = tuple(e for e in entries if e.level != "town" or not e.weak)
    if len(entries) > 1 and "autonomous" in after[:_MOST_PEOPLES]:
        kind = (*after, "")[after.index("autonomous") + 1]
        level = _AUTONOMOUS.get(kind, "")
        return tuple(e for e in entries if e.level == level) or entries
    return entries


def _is_called_after(entry: Entry, follows: str) -> bool:
    """Return whether what follows is named after a place abroad and not in it."""
    return follows in _CALLED_AFTER and entry.level in _ABROAD


def _find_chinese(run: str, first: int, names: list[_Found]) -> None:
    index = read_index()
    lengths_of, entries_of = index.chinese, index.entries
    start = 0
    while start < len(run) - 1:
        step = 1
        if run[start] in _LEADS and (lead := _LEAD.match(run, start)) is not None:
            start = lead.end()  # 位于洪雅县 holds no 于洪
        for length in lengths_of.get(run[start : start + HEAD], SHORTEST):
            if start + length > len(run):
                continue
            name = run[start : start + length]
            if name[-1] == "市" and run.startswith("中区", start + length):
                continue  # 内江 + 市中区, not 内江市 + 中区
            entries = entries_of.get(name)
            if entries is not None:
                rest, before = run[start + length :], run[:start]
                if entries[0].level == "group" and _is_county(rest):
                    continue  # 四川 + 南部县, not 四川南部
                if not rest and not before:
                    names.append((entries, name, first, False, False))
                elif not _is_other(entries[0], before, rest):
                    places = _spoken_for(entries, before, rest)
                    from_there = entries[0].level in _ABROAD and rest.startswith(_COMES_FROM)
                    names.append((places, name, first, before.endswith(_AND), from_there))
                step = length + _kind_word(name, rest)
                break
        start += step


def _is_county(rest: str) -> bool:
    return rest.startswith("县") and not rest.startswith(_PARTS_OF_COUNTY)


def _kind_word(name: str, rest: str) -> int:
    """Return the length of the word for a unit's kind that follows its stem."""
    if name[-1] in _UNIT_WORDS or rest.startswith("市中区"):
        return 0
    return 1 if rest[:1] in _KIND_WORDS else 0


def _spoken_for(entries: tuple[Entry, ...], before: str, rest: str) -> tuple[Entry, ...]:
    """Return the places of a name, believed where a word beside it says that it is a place."""
    if before.endswith(_BEFORE_PLACE) or rest.startswith(_AFTER_STRETCH):
        return tuple(entry._replace(weak=False) for entry in entries)
    if rest.startswith(_AFTER_PLACE):
        near = (e for e in entries if e.level != "town" and e.kind != OUTSIDE)
        return tuple(entry._replace(weak=False) for entry in near) or entries
    return entries


def _begins_name(run: str) -> bool:
    """Return whether a run of characters begins with a name: 武胜县街子镇 names no street."""
    index = read_index()
    lengths = index.chinese.get(run[:HEAD], SHORTEST)
    return any(run[:length] in index.entries for length in lengths)


def _is_other(entry: Entry, before: str, rest: str) -> bool:
    """Return whether a name is part of a road's or a park's, or of whom somebody turns to."""
    if before.endswith(_TOWARDS) or (_ROAD.match(rest) is not None and not _begins_name(rest)):
        return True
    if rest.startswith(_WATERS):
        return True
    return entry.level in _ABROAD and rest.startswith(_NAMED_AFTER)

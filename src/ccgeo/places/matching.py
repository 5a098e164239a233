"""Find the names of places in a mention and decide which of them it speaks of.

A name that the whole text is comes first. Else the text is read from left to right, the
longest name at each place taken, Latin names from word to word only. Then the names settle one
another: a named child beats its ancestors, a named parent chooses among homonyms, and a parent
outside the region takes what it names with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.places.aliases import FIRST, OUTSIDE, THIRD, Entry, best_of, read_index
from ccgeo.places.hierarchy import is_above, is_inside
from ccgeo.places.normalise import Mention, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.places.vintages import Vintage

MOST_WORDS = 12
"""Words of the longest Latin name that is looked for within a text."""

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
_ROADS = frozenset(
    ["road", "rd", "street", "st", "avenue", "ave", "lu", "dadao", "boulevard", "river", "rivers"]
)
_UNIT_KINDS = frozenset(
    ["district", "districts", "county", "counties", "city", "prefecture", "qu", "xian", "shi"]
)
_UNIT_WORDS = "区县市州省"
_KIND_WORDS = frozenset(_UNIT_WORDS)
_SHORT = 5
_MUCH = 0.4
_NEW_IN_2026 = "500157"
_ROAD = re.compile("[东南西北中一二三]?(?:路(?!桥)|大道|街(?!道))")
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
_PAIR = 2
_HEAD = 3  # letters by which Latin names are looked for
_HOME = "home"
_PARENTS = frozenset({"province", "prefecture", "district", "country"})
_ABROAD = frozenset({"country", "bloc", "city"})
_AFTER_STRETCH = ("段", "至")
_BEFORE_PLACE = ("至", "位于", "落户", "在", "于")
# A partner that somebody turns to is not where something is: 达州向重庆招商.
_LEADS = "位坐座落地"
_LEAD = re.compile("位于|[坐座]落[于在]|落户于?|地处")
_TOWARDS = ("向", "赴")


_Found = tuple[tuple[Entry, ...], str, int]


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
    """

    entries: tuple[Entry, ...]
    name: str
    part: int
    alone: bool
    listed: bool
    spoken_for: bool = False


def find_whole(mention: Mention) -> tuple[Entry, ...] | None:
    """Return what a mention means that is a name and nothing more.

    Parameters
    ----------
    mention : Mention
        Mention in one form.

    Returns
    -------
    tuple of Entry or None
        Places of the best standing, the most likely first; None where no place is called so.

    Examples
    --------
    >>> from ccgeo.places.normalise import read_mention
    >>> find_whole(read_mention("南岸區"))[0].target
    '500108'
    """
    entries = read_index().entries.get(mention.key)
    if entries is None or len(entries) == 1:
        return entries
    first = entries[0]
    if mention.hyphenated and first.kind == OUTSIDE and first.weak:
        # Wade-Giles writes the syllables of a name apart: Pi-shan is not Pishan.
        return tuple(entry for entry in entries if entry.kind == "romanisation") or entries
    return best_of(entries)


def find_within(text: str, vintage: Vintage) -> list[Hit]:
    """Return what a mention means that holds one or several names.

    Parameters
    ----------
    text : str
        Folded mention.
    vintage : {"2025", "2026"}
        Boundary list in force.

    Returns
    -------
    list of Hit
        Names that count, each with the places it may still mean; empty where there is none.

    Examples
    --------
    >>> [hit.entries[0].target for hit in find_within("万州,重庆市", "2025")]
    ['500101']
    """
    hits = _found(text, vintage)
    if len(hits) == 1:
        believed = _believed(hits[0])
        return [believed] if believed else _last_resort(hits, text)
    if not hits:
        return hits
    lower = _lowest(hits, hits[-1]) or _lowest(hits, hits[0])
    if lower is not None:
        return [lower]
    return _without_ancestors(_settled(hits, text))


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


# --- finding ----------------------------------------------------------------------------------


def _found(text: str, vintage: Vintage) -> list[Hit]:
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
        for entries, name, at in _names_in(words, owners):
            owner = owners[at]
            alone = name == wholes[owner]
            hits.append(Hit(existing(entries, vintage), name, owner, alone, alone and listed))
    return hits


def _found_in_part(text: str, vintage: Vintage) -> list[Hit]:
    """Return what `_found` does for a text without commas and list signs."""
    words = _words_in(text)
    names = _names_in(words, [0] * len(words))
    if not names:
        return []
    whole = "".join(words)
    return [
        Hit(existing(entries, vintage), name, 0, name == whole, name == whole)
        for entries, name, _ in names
    ]


def _words_in(part: str) -> list[str]:
    return words_of(_GAP.sub("", part) if " " in part and not part.isascii() else part)


def _names_in(words: list[str], owners: list[int]) -> list[_Found]:
    """Return the names in a member of a list with the number of the word each begins in."""
    names: list[_Found] = []
    start = 0
    while start < len(words):
        if words[start][0] > _LATIN_END:
            _find_chinese(words[start], start, names)
            start += 1
            continue
        end = start
        while end < len(words) and words[end][0] <= _LATIN_END:
            end += 1
        _find_latin(words[start:end], owners[start:end], start, names)
        start = end
    return names


def _find_latin(
    words: Sequence[str], owners: Sequence[int], first: int, names: list[_Found]
) -> None:
    index = read_index()
    start = 0
    while start < len(words):
        step = 1
        word = words[start]
        if (len(word) < _HEAD or word[:_HEAD] in index.latin) and (
            word not in _SKIPPED or word in _SYLLABLES
        ):
            for end in range(_furthest(words, start, index.latin), start, -1):
                name = "".join(words[start:end])
                entries = index.entries.get(name)
                if entries is None or (word in _SYLLABLES and words[end - 1] not in _UNIT_KINDS):
                    continue
                if end < len(words) and words[end] in _UNIT_KINDS:
                    # "Tianfu district" is not the town Tianfu.
                    entries = tuple(e for e in entries if e.level != "town" or not e.weak)
                if entries:
                    follows = words[end] if owners[end:] and owners[end] == owners[start] else ""
                    if follows not in _ROADS:
                        names.append((entries, name, first + start))
                    step = end - start
                    break
        start += step


def _furthest(words: Sequence[str], start: int, starts: dict[str, int]) -> int:
    """Return behind which word the longest name that could begin here ends."""
    last = min(len(words), start + MOST_WORDS)
    word = words[start]
    head = word if len(word) >= _HEAD else "".join(words[start : start + _HEAD])
    longest = starts.get(head[:_HEAD], 0)
    length, end = 0, start
    while end < last and length + len(words[end]) <= longest:
        length += len(words[end])
        end += 1
    return end


def _find_chinese(run: str, first: int, names: list[_Found]) -> None:
    index = read_index()
    start = 0
    while start < len(run) - 1:
        step = 1
        if run[start] in _LEADS and (lead := _LEAD.match(run, start)) is not None:
            start = lead.end()  # 位于洪雅县 holds no 于洪
        for length in index.chinese.get(run[start : start + 2], ()):
            name = run[start : start + length]
            entries = index.entries.get(name) if len(name) == length else None
            if name[-1] == "市" and run.startswith("中区", start + length):
                continue  # 内江 + 市中区, not 内江市 + 中区
            if entries is not None:
                rest, before = run[start + length :], run[:start]
                if not rest and not before:
                    names.append((entries, name, first))
                elif not _is_other(entries[0], before, rest):
                    names.append((_spoken_for(entries, before, rest), name, first))
                step = length + _kind_word(name, rest)
                break
        start += step


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
    return any(run[:length] in index.entries for length in index.chinese.get(run[:2], ()))


def _is_other(entry: Entry, before: str, rest: str) -> bool:
    """Return whether a name is part of a road's or a park's, or of whom somebody turns to."""
    if before.endswith(_TOWARDS) or (_ROAD.match(rest) is not None and not _begins_name(rest)):
        return True
    if entry.level not in _ABROAD:
        return False
    return rest.startswith(_NAMED_AFTER) or bool(before and rest.startswith(_COMES_FROM))


# --- settling ---------------------------------------------------------------------------------


def _lowest(hits: list[Hit], hit: Hit) -> Hit | None:
    """Return a hit as the others, all of them units above it, leave it; else None.

    This is what `_settled` and `_without_ancestors` come to for the commonest mention, a
    place and the units that it lies in.
    """
    if hit.listed and len(hits) > _PAIR:
        return None
    places = best_of(hit.entries)
    for upper in hits:
        if upper is hit:
            continue
        unit = upper.entries[0]
        if len(upper.entries) > 1 or unit.weak or unit.standing or unit.level not in _PARENTS:
            return None
        places = tuple([entry for entry in places if _speaks_for(unit, entry)])
        if not places:
            return None
    return _narrowed(hit, places, spoken_for=True)


def _narrowed(hit: Hit, entries: tuple[Entry, ...], *, spoken_for: bool = False) -> Hit:
    return Hit(entries, hit.name, hit.part, hit.alone, hit.listed, spoken_for)


def _settled(hits: list[Hit], text: str) -> list[Hit]:
    """Return the hits that count, each with the places that the others leave it."""
    chosen = [_with_context(hit, hits) for hit in hits]
    believed = [hit for hit in chosen if hit is not None]
    if any(hit.entries[0].kind == OUTSIDE for hit in believed):
        believed = [hit for hit in believed if not _vetoed(hit, believed)]
    believed = [hit for hit in believed if not _strays(hit, believed)]
    return believed or _last_resort(hits, text)


def _with_context(hit: Hit, hits: list[Hit]) -> Hit | None:
    """Return a hit with the places that the other names leave it; None where it is not believed."""
    others = [other for other in hits if other is not hit]
    entries = best_of(hit.entries)
    gives_way = _may_give_way(entries) or _in_named_country(hit, others)
    for places in (entries, hit.entries) if gives_way else (entries,):
        parents = [_parents(entry, others) for entry in places]
        if most := max(parents):
            below = [e for e, count in zip(places, parents, strict=True) if count == most]
            return _narrowed(hit, best_of(tuple(below)), spoken_for=True)
    believed = _believed(hit)
    if believed is None or len(believed.entries) == 1:
        return believed
    return _narrowed(believed, _nearby(believed.entries, others) or believed.entries)


def _parents(entry: Entry, others: list[Hit]) -> int:
    """Return how many of the other names are those of places above this one."""
    count = 0
    for hit in others:
        for other in hit.entries:
            if _speaks_for(other, entry):
                count += 1
                break
    return count


def _speaks_for(upper: Entry, lower: Entry) -> bool:
    """Return whether a place above another makes a name of it credible: China alone does not."""
    if upper.kind == _HOME and lower.kind == OUTSIDE and lower.weak:
        return False
    return is_above(upper, lower)


def _believed(hit: Hit) -> Hit | None:
    """Return a hit with the places that its name alone is good enough for."""
    entries = best_of(hit.entries)
    if hit.alone or not any(entry.weak for entry in entries):
        return hit if len(entries) == len(hit.entries) else _narrowed(hit, entries)
    strong = tuple(entry for entry in entries if not entry.weak)
    return _narrowed(hit, strong) if strong else None


def _may_give_way(entries: tuple[Entry, ...]) -> bool:
    """Return whether a parent may choose a place of lower standing over these."""
    return len(entries) > 1 or not is_inside(entries[0]) or entries[0].weak


def _in_named_country(hit: Hit, others: list[Hit]) -> bool:
    """Return whether a town abroad is called so in a country named beside it: Mao, Chad."""
    towns = [entry for entry in hit.entries if entry.level == "city"]
    countries = [other for other in others if abs(other.part - hit.part) == 1 and not other.listed]
    return bool(towns and countries) and any(
        is_above(other.entries[0], town)
        for other in countries
        if other.entries[0].level == "country"
        for town in towns
    )


def _nearby(entries: tuple[Entry, ...], others: list[Hit]) -> tuple[Entry, ...]:
    """Return the places that are parents of another hit, else those in the region it is in."""
    above = tuple(e for e in entries if any(is_above(e, o) for h in others for o in h.entries))
    if above or not any(all(map(is_inside, hit.entries)) for hit in others):
        return above
    inside = tuple(entry for entry in entries if is_inside(entry))
    return inside if len(inside) < len(entries) else ()


def _strays(hit: Hit, hits: list[Hit]) -> bool:
    """Return whether a landmark or a town's bare name lies elsewhere than the units beside it."""
    first = hit.entries[0]
    spoken_for = first.level == "town" and not first.weak
    if first.standing < THIRD or first.level == "city" or spoken_for:
        return False
    units = [
        one.entries[0]
        for one in hits
        if one.part == hit.part and one is not hit and one.entries[0].standing == FIRST
    ]
    units = [unit for unit in units if is_inside(unit) and unit.level != "zone"]
    return bool(units) and not any(is_above(u, first) or u.target == first.target for u in units)


def _vetoed(hit: Hit, hits: list[Hit]) -> bool:
    """Return whether a place outside that is named as a parent takes this name with it."""
    first = hit.entries[0]
    if not is_inside(first) or first.level in {"province", "circle", "group"}:
        return False
    if first.level == "prefecture" and not _stands_before_province(hit, hits):
        return False
    if any(is_above(e, first) for other in hits if other is not hit for e in other.entries):
        return False
    return any(_names_parent_outside(other, hit) for other in hits if other is not hit)


def _stands_before_province(hit: Hit, hits: list[Hit]) -> bool:
    """Return whether all there is are a name and a province outside behind it: Luzhou, Anhui."""
    behind = [one for one in hits if one.part == hit.part + 1 and one.alone and hit.alone]
    return len(hits) == _PAIR and any(one.entries[0].level == "province" for one in behind)


def _names_parent_outside(other: Hit, hit: Hit) -> bool:
    """Return whether a hit is a province or city outside that stands right beside another hit."""
    first = other.entries[0]
    if first.kind != OUTSIDE or first.level not in {"province", "prefecture"}:
        return False
    return abs(other.part - hit.part) <= 1 and not (other.listed or hit.listed)


def _last_resort(hits: list[Hit], text: str) -> list[Hit]:
    """Return the one Latin name of a text that otherwise holds none, though it is a weak one.

    A small town abroad must be much of the text: Yangtze River Delta is not Delta in Canada.
    """
    latin = [hit for hit in hits if hit.name.isascii() and len(hit.name) >= _SHORT]
    latin = [
        hit for hit in latin if hit.entries[0].level != "city" or len(hit.name) >= _MUCH * len(text)
    ]
    latin = [hit for hit in latin if hit.entries[0].standing != FIRST or is_inside(hit.entries[0])]
    return latin if len({hit.name for hit in latin}) == 1 else []


def _without_ancestors(hits: list[Hit]) -> list[Hit]:
    """Return the hits that no other hit is a part of, each place once."""
    kept: list[Hit] = []
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        first = hit.entries[0]
        lower = [h for h in hits if h is not hit and is_above(first, h.entries[0])]
        place = (first.target, first.level if first.level in {"town", "zone"} else "unit")
        if place in seen or (lower and not _stands_in_list(hit, lower, hits)):
            continue
        seen.add(place)
        kept.append(hit)
    return kept


def _stands_in_list(hit: Hit, lower: list[Hit], hits: list[Hit]) -> bool:
    """Return whether an ancestor is a member of a list of its own: 成都;都江堰;雅安."""
    rest = [other for other in hits if other is not hit and other not in lower]
    listed = all(one.listed for one in hits) and len(hits) > 2  # noqa: PLR2004 - more than a pair
    return listed and any(not is_above(one.entries[0], hit.entries[0]) for one in rest)

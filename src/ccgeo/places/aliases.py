"""The names by which places are known, brought to one form and indexed.

`data/geo/aliases.csv` lists the names; what follows from a name by rule – the stem with each
word for its kind, a zone's long and short endings – is spelled out here, once, when the
index is built.
"""

from __future__ import annotations

import csv
import gc
import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ccgeo.places.gazetteer import read_units
from ccgeo.places.normalise import squeeze
from ccgeo.places.zone_names import zone_spellings
from ccgeo.shipped import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = 3
"""Letters, or characters, by which names are looked for."""

SHORTEST = (2,)
"""Lengths of the Chinese names that have fewer characters than that."""

OUTSIDE = "outside"
"""Kind of a place of China outside Sichuan and Chongqing."""

FIRST, SECOND, THIRD, LAST = range(4)
"""Standing of a name: where a text is a name of several standings, the first one counts."""

_STANDING = {
    "official": FIRST, "name": FIRST, "code": FIRST, "outside": FIRST, "group": FIRST,
    "home": FIRST, "country": FIRST, "bloc": FIRST,
    "former": SECOND, "former_code": SECOND, "town": SECOND, "metropolis": SECOND,
    "landmark": THIRD, "town_pinyin": SECOND, "city": THIRD,
    "geonames": LAST, "romanisation": LAST,
}  # fmt: skip
_FEW = 3


class Entry(NamedTuple):
    """One place that a name may mean.

    Attributes
    ----------
    target : str
        Adcode, zone id, group id, ISO 3166-1 code, id of a bloc, or ``"RU:Voronezh"``.
    level : str
        province, prefecture, district, town, zone, group, circle, country, city or bloc.
    kind : str
        Kind of the name: official, name, former, town, landmark, outside …
    standing : int
        `FIRST` to `LAST`.
    weak : bool
        Whether the name is too common a word to be believed within a longer text unless
        another name in it speaks for it.
    later : str
        District of vintage 2026 that holds the place, where it is another; else empty.
    """

    target: str
    level: str
    kind: str
    standing: int
    weak: bool
    later: str = ""


class Index(NamedTuple):
    """Every name with the places it may mean.

    Attributes
    ----------
    entries : dict
        Squeezed name → places, the most likely first.
    latin : dict
        First `HEAD` letters of a Latin name → lengths of such names, as the bits of a number.
    chinese : dict
        First `HEAD` characters of a Chinese name → lengths of such names and of a name that is
        shorter than that, longest first.
    """

    entries: dict[str, tuple[Entry, ...]]
    latin: dict[str, int]
    chinese: dict[str, tuple[int, ...]]


# Words for the kind of a unit, by the last character of its Chinese name.
_KINDS = {
    "区": ("district", "dist", "qu", "urbandistrict"),
    "县": ("county", "xian", "co"),
    "市": ("city", "shi", "municipality", "cityproper"),
    "州": ("prefecture", "zhou", "autonomousprefecture"),
    "省": ("province", "sheng", "prov"),
    "旗": ("banner", "qi"),
    "盟": ("league", "meng"),
    "域": (),
}
_GENERIC = re.compile(
    r"\s+(?:(?:[\w' -]*\s)?Autonomous (?:County|Prefecture|Region)|Municipality|Province|District"
    r"|County|City|Prefecture|Qu|Xian|Shi|Banner|Region)$"
)
# Stems that are words of their own, or parts of other names: 南部 southern part, 朝天 in 朝天门.
_COMMON_WORDS = frozenset(
    [
        "南部", "东区", "西区", "市中", "前锋",
        "大安", "名山", "嘉陵", "朝天", "东坡", "安居", "大英",
        "长寿",
        "九龙", "三台", "仁和", "东兴", "长宁", "沙湾", "金川", "通川", "宝兴", "雅江", "平昌",
        "合江",
        "红原", "开江", "中江", "南江", "南溪", "新龙", "白玉", "中心", "东部新区",
        "central", "dong", "xi", "dongqu", "xiqu", "thevalley", "valley", "city", "nan", "bei",
    ]
)  # fmt: skip
# Towns that without the word for their kind would be called like a river or an ordinary word.
_NO_TOWNS = frozenset(
    [
        "岷江", "涪江", "渠江", "雅砻江",
        "团结", "胜利", "建设", "幸福", "文化", "民主", "中心", "新生", "交通", "大桥", "海洋",
        "花园", "三角", "五星", "中华", "高山", "高兴", "光辉", "火炬", "土地", "公平", "正直",
        "明星", "宝石", "先锋", "梅花", "桂花", "桃花", "李子", "仁义", "明月",
    ]
)  # fmt: skip
_TOWN_WORDS = {
    "镇": ("town", "zhen"),
    "乡": ("township", "xiang"),
    "街道": ("subdistrict", "jiedao", "town", "street"),
}


@cache
def read_index() -> Index:
    """Return every name with the places it may mean.

    Returns
    -------
    Index
        Built once from `data/geo/aliases.csv`.

    Raises
    ------
    DataFileError
        The shipped table is missing.

    Examples
    --------
    >>> [entry.target for entry in read_index().entries["南岸区"]]
    ['500108']
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing here is garbage; looking for it takes as long as the rest
    try:
        entries = _entries()
        return Index(entries, _latin_starts(entries), _chinese_starts(entries))
    finally:
        if collecting:
            gc.enable()


def _entries() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    shared: set[str] = set()
    for row in _rows():
        for key, places in _spelled_out(row):
            others = found.setdefault(key, places)
            if others is not places:
                found[key] = _added(others, places[0])
                shared.add(key)
    found.pop("", None)
    for key in shared:
        found[key] = _ranked(list(found[key]))
    return found


def _added(places: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    """Return places with one more, each once and by its best name."""
    same = next((old for old in places if old.target == new.target), None)
    if same is None:
        return (*places, new)
    if not _better(new, same):
        return places
    return tuple(new if old is same else old for old in places)


_Form = tuple[str, tuple[Entry, ...]]


class _Row(NamedTuple):
    target: str
    later: str
    level: str
    kind: str
    names: tuple[str, ...]

    def place(
        self, *, standing: int | None = None, weak: bool = False, kind: str = ""
    ) -> tuple[Entry, ...]:
        """Return the place of the row as the only meaning of a name."""
        stands = _STANDING[self.kind] if standing is None else standing
        return _only(self.target, self.level, kind or self.kind, stands, weak, self.later)


@lru_cache(maxsize=16)
def _only(*fields: Any) -> tuple[Entry, ...]:  # noqa: ANN401 - those of Entry
    """Return a place as the only meaning of a name: the same object for all names of a row."""
    return (Entry(*fields),)


def _rows() -> Iterator[_Row]:
    with data_file("geo/aliases.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        for target, later, level, kind, _source, names in reader:
            yield _Row(target, later, level, kind, tuple(names.split(";")))


def _spelled_out(row: _Row) -> Iterator[_Form]:
    """Yield every form of the names of a row with what it means."""
    if row.level == "zone":
        return _zone_forms(row)
    if row.level == "town":
        return _town_forms(row)
    if row.kind in {"official", "name", "outside", "former", "geonames", "romanisation"}:
        return _unit_forms(row)
    return _plain_forms(row)


def _plain_forms(row: _Row) -> Iterator[_Form]:
    long_enough = 5
    for name in row.names:
        key = squeeze(name)
        weak = row.kind in {"city", "code", "former_code"} or (
            row.kind == "metropolis" and len(key) < (long_enough if key.isascii() else 3)
        )
        weak |= key in _COMMON_WORDS
        weak |= row.kind == "landmark" and len(key) < (long_enough if key.isascii() else 3)
        weak |= row.kind == "country" and len(key) < _FEW - 1
        yield key, row.place(weak=weak)
        if key.startswith("saint"):
            yield "st" + key.removeprefix("saint"), row.place(weak=weak)


# --- units ------------------------------------------------------------------------------------


def _unit_forms(row: _Row) -> Iterator[_Form]:
    chinese = next((name for name in row.names if not name.isascii() and name[0] > "\u2fff"), "")
    for name in filter(None, row.names):
        if name[0] > "\u2fff":
            yield from _chinese_forms(row, name)
        else:
            yield from _latin_forms(row, name, _type_of(row, chinese))
            if "," in name:
                yield squeeze(name.partition(",")[0]), row.place(weak=True)


def _type_of(row: _Row, chinese: str) -> str:
    """Return the last character of the Chinese name that says what kind of unit this is."""
    if row.level == "province":
        return "市" if row.target[:2] in {"11", "12", "31", "50"} else "省"
    if chinese[-1:] in _KINDS:
        return chinese[-1]
    return _unit_types().get(row.target, "市" if row.level == "prefecture" else "县")


@cache
def _unit_types() -> dict[str, str]:
    units = read_units()
    return {code: name[-1] for code, name in zip(units["adcode"], units["name_zh"], strict=True)}


def _chinese_forms(row: _Row, name: str) -> Iterator[_Form]:
    key = squeeze(name)
    bare = key[-1] not in _KINDS or len(key) < _FEW or key.endswith("州")
    outside_stem = bare and row.kind == OUTSIDE and row.level == "district"
    yield key, row.place(weak=key in _COMMON_WORDS or outside_stem or len(key) == 1)


def _latin_forms(row: _Row, name: str, kind: str) -> Iterator[_Form]:
    stem = _GENERIC.sub("", re.sub(r"\s*\(.*?\)\s*", " ", name).strip())
    key, base = squeeze(name), squeeze(stem)
    weak = row.kind in {"geonames", "romanisation"} or len(base) < _FEW or base in _COMMON_WORDS
    weak |= row.kind == OUTSIDE and row.level == "district"
    yield key, row.place(weak=weak and key == base)
    if row.kind == "former" and key != base:
        return
    yield base, row.place(weak=weak)
    words = _KINDS.get(kind, ())
    if row.level == "prefecture" and kind == "州":
        words = (*words, "tibetanautonomousprefecture")
    for word in words:
        yield base + word, row.place()
        if kind == "县" and len(base.removesuffix("xian")) >= _FEW - 1:
            yield base.removesuffix("xian") + word, row.place()


# --- towns ------------------------------------------------------------------------------------


def _town_forms(row: _Row) -> Iterator[_Form]:
    return _english_towns(row) if row.kind == "town_pinyin" else _chinese_towns(row)


def _chinese_towns(row: _Row) -> Iterator[_Form]:
    for name in row.names:
        key = squeeze(name)
        yield key, row.place()
        for word in _TOWN_WORDS:
            stem = key.removesuffix(word)
            if stem != key and len(stem) > 1:
                if stem not in _NO_TOWNS:
                    yield stem, row.place(standing=THIRD, weak=True)
                if word == "街道":
                    yield stem + "镇", row.place(kind="former")
                break


def _english_towns(row: _Row) -> Iterator[_Form]:
    words = {forms[0]: forms for forms in _TOWN_WORDS.values()}
    for name in row.names:
        stem, _, word = name.rpartition(" ")
        base = squeeze(stem)
        yield base, row.place(standing=THIRD, weak=True)
        for form in words[word.lower()]:
            was = word == "Subdistrict" and form == "town"
            yield base + form, row.place(kind="former" if was else row.kind)


# --- zones ------------------------------------------------------------------------------------


def _zone_forms(row: _Row) -> Iterator[_Form]:
    for name in filter(None, row.names):
        for form, is_full in zone_spellings(name, row.target):
            standing = None if is_full else SECOND
            yield form, row.place(standing=standing, weak=form in _COMMON_WORDS)


# --- the index --------------------------------------------------------------------------------


def _better(new: Entry, old: Entry) -> bool:
    return (new.standing, new.weak) < (old.standing, old.weak)


_LEVELS = (
    "province",
    "prefecture",
    "circle",
    "country",
    "group",
    "district",
    "zone",
    "bloc",
    "town",
    "city",
)


# Among homonyms of one level: a known landmark first, a town of another kind by now last.
_AT_ONCE = {"landmark": 0, "former": 2}


def _ranked(places: list[Entry]) -> tuple[Entry, ...]:
    """Return the places a name may mean, the most likely first."""
    if len(places) == 1:
        return tuple(places)
    if any(place.level == "town" for place in places):
        # A town lends its name to the park in it; the bare name means the town.
        places = [place for place in places if place.level != "zone" or place.kind != "name"]
    if all(place.kind in {OUTSIDE, "former"} for place in places):
        # A unit that is gone here and one that stands elsewhere: the text must choose.
        places = [place._replace(standing=FIRST) for place in places]
    return tuple(sorted(places, key=_likelihood))


def best_of(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the places of the best standing among those a name may mean.

    Parameters
    ----------
    entries : tuple of Entry
        Places, the most likely first.

    Returns
    -------
    tuple of Entry
        The same places where there is but one standing.
    """
    first = entries[0].standing
    if entries[-1].standing == first:
        return entries
    return tuple(entry for entry in entries if entry.standing == first)


def _likelihood(place: Entry) -> tuple[int, int, bool, int, str]:
    elsewhere = place.kind == OUTSIDE
    level = _LEVELS.index(place.level)
    return place.standing, level, elsewhere, _AT_ONCE.get(place.kind, 1), place.target


def _latin_starts(entries: Iterable[str]) -> dict[str, int]:
    starts: dict[str, int] = defaultdict(int)
    for key in entries:
        if key[0] < "\u2fff" and len(key) > 1:
            starts[key[:HEAD]] |= 1 << len(key)
    return dict(starts)


def _chinese_starts(entries: Iterable[str]) -> dict[str, tuple[int, ...]]:
    starts: dict[str, set[int]] = defaultdict(lambda: set(SHORTEST))
    for key in entries:
        if key[0] > "\u2fff" and len(key) >= HEAD:
            starts[key[:HEAD]].add(len(key))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in starts.items()}

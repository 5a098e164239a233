"""From a mention of a place to the place, or to nothing where one would have to guess.

Every result says how it was made: the name that matched and its kind, how sure that is, and
which other places the name may mean. What is ambiguous carries its candidates and is not
mapped until a person has settled it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ccgeo.places.aliases import OUTSIDE, THIRD, best_of, read_index
from ccgeo.places.dated import meaning_on
from ccgeo.places.finding import Hit, existing
from ccgeo.places.footprint import Place
from ccgeo.places.fuzzy import nearest_name
from ccgeo.places.hierarchy import group_members
from ccgeo.places.matching import find_whole, find_within
from ccgeo.places.normalise import LONGEST, Mention, Refusal, read_mention
from ccgeo.places.vintages import VINTAGES, Vintage, vintage_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccgeo.places.aliases import Entry

MAPPED_WITHOUT_REVIEW = 0.85
"""Confidence from which on a result is drawn without a person having looked at it."""

FUZZY_CONFIDENCE = 0.5
"""Most that a name is trusted that matches but for a letter."""

MOST_PLACES = 40
"""A mention that names more places than this is a list, not a place."""

_CONFIDENCE = {
    "official": 1.0, "code": 1.0, "name": 0.97, "outside": 0.97, "group": 0.95, "home": 0.95,
    "country": 0.97, "bloc": 0.95, "former": 0.92, "former_code": 0.9, "town": 0.92,
    "town_pinyin": 0.9, "landmark": 0.9, "metropolis": 0.9, "city": 0.85, "geonames": 0.8,
    "romanisation": 0.75,
}  # fmt: skip
_WITHIN_TEXT = 0.95
_BARE_TOWN = 0.9
# What the district of a town, or the country of a town abroad, adds when it is named as well.
_WITH_PARENT = {"city": 1.0, "town": 1 / _BARE_TOWN}
_HALF = 0.5
_PRECISION = {
    "town": "within",
    "city": "within",
    "zone": "zone",
    "group": "group",
    "circle": "group",
}
# Levels of names that places are not placed at: what a record says of a town is its district's.
_PLACED = {"town": "district", "group": "several"}
_NEW_IN_2026 = "500157"


class Candidate(NamedTuple):
    """A place that a mention may mean.

    Attributes
    ----------
    place : Place
        Level and ids.
    kind : str
        Kind of the name that leads there.
    """

    place: Place
    kind: str


class Geocoded(NamedTuple):
    """What a mention of a place means, and why.

    Attributes
    ----------
    level : str
        district, zone, prefecture, province, several, circle, country, city, bloc,
        ``"outside"`` for the rest of China, or ``"none"``.
    places : tuple of str
        Adcodes, a zone id, a bloc's id or an ISO 3166-1 code; of what is ambiguous the most
        likely one, which is a proposal, not an answer.
    precision : str
        ``"unit"``: the unit itself; ``"within"``: something smaller in it; ``"zone"``;
        ``"group"``; empty where there is no place.
    confidence : float
        0 to 1.
    ambiguous : bool
        Whether the name fits several places and nothing in the text chooses.
    candidates : tuple of Candidate
        All that an ambiguous name may mean, the most likely first.
    alias : str
        Name that matched, as it is indexed.
    kind : str
        Kind of that name: official, name, former, town, zone …
    vintage : str
        Boundary list that the adcodes belong to.
    reason : str
        Key of `ccgeo.places.normalise.REASONS` where there is no place; else empty.
    """

    level: str
    places: tuple[str, ...]
    precision: str
    confidence: float
    ambiguous: bool
    candidates: tuple[Candidate, ...]
    alias: str
    kind: str
    vintage: str
    reason: str

    @property
    def is_settled(self) -> bool:
        """Whether this may be mapped without a person having looked at it."""
        return self.confidence >= MAPPED_WITHOUT_REVIEW and not self.ambiguous

    @property
    def place(self) -> Place | None:
        """The place, or None where it is not settled or not one that records are placed at."""
        if not self.is_settled or self.level in {"none", "outside", "city"}:
            return None
        return Place(self.level, self.places)


def geocode(text: object, *, as_of: str = "") -> Geocoded:
    """Return the place that a mention means.

    Parameters
    ----------
    text : object
        A mention in English or Chinese, in any spelling; anything that is not text leads to
        a result without a place.
    as_of : str
        Date of the text, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty when it is not
        known. It decides what a name or code meant: "Liangjiang New Area" is a zone until
        2025-11-05 and a district from 2025-11-06 on, and see `ccgeo.places.dated`.

    Returns
    -------
    Geocoded
        The place, or level ``"none"`` with a reason. The text itself is never given back.

    Raises
    ------
    UnknownChoiceError
        The date is not one.

    Examples
    --------
    >>> geocode("Yubei District, Chongqing").places
    ('500112',)
    >>> shizhong = geocode("市中区")
    >>> shizhong.ambiguous, [candidate.place.ids for candidate in shizhong.candidates][:2]
    (True, [('511002',), ('511102',)])
    >>> geocode("Liangjiang New Area").level
    'zone'
    >>> geocode("Liangjiang New Area", as_of="2026-01-15").places
    ('500157',)
    """
    if not as_of:
        return _geocoded(text, VINTAGES[0])
    return _as_meant(_geocoded(text, vintage_on(as_of)), as_of)


def geocode_column(values: Iterable[object], *, as_of: str = "") -> pd.DataFrame:
    """Return the places that the mentions of a column mean, each different one read once.

    Parameters
    ----------
    values : iterable of object
        Mentions; a Series, an array or a list.
    as_of : str
        Date of the texts, as in `geocode`.

    Returns
    -------
    pandas.DataFrame
        One row a value, index 0…n-1. Categories of text ``level``, ``places`` and
        ``candidates`` (lists joined by ``;``, the candidates' members by ``+``),
        ``precision``, ``alias``, ``kind``, ``vintage``, ``reason``; float ``confidence`` (0 to
        1); bool ``ambiguous`` and ``settled``.

    Raises
    ------
    UnknownChoiceError
        The date is not one.

    Examples
    --------
    >>> column = geocode_column(["Yubei", "Yubei", None])
    >>> column["places"].tolist(), column["reason"].tolist()
    (['500112', '500112', ''], ['', '', 'empty'])
    """
    vintage = vintage_on(as_of)
    codes, different = _different(values)
    results = [_geocoded(value, vintage) for value in different]
    if as_of:
        results = [_as_meant(result, as_of) for result in results]
    return pd.DataFrame({name: _spread(cells, codes) for name, cells in _cells(results).items()})


COLUMNS = (
    "level", "places", "precision", "confidence", "ambiguous", "settled", "candidates", "alias",
    "kind", "vintage", "reason",
)  # fmt: skip
"""Columns in which `told` and `geocode_column` give a result."""


def told(result: Geocoded) -> dict[str, str | float | bool]:
    """Return a result as one row of a table.

    Parameters
    ----------
    result : Geocoded
        What a mention means.

    Returns
    -------
    dict
        A cell for each of `COLUMNS`.

    Examples
    --------
    >>> told(geocode("Guang'an"))["candidates"]
    '511600;511602'
    """
    return {name: cells[0] for name, cells in _cells([result]).items()}


def _cells(results: Sequence[Geocoded]) -> dict[str, list[Any]]:
    """Return for each of `COLUMNS` its cells, one a result."""
    fields = zip(*results, strict=True)
    cells = {name: list(field) for name, field in zip(Geocoded._fields, fields, strict=True)}
    cells["places"] = [";".join(ids) for ids in cells["places"]]
    cells["candidates"] = [_listed(found) if found else "" for found in cells["candidates"]]
    cells["settled"] = [result.is_settled for result in results]
    return {name: cells[name] for name in COLUMNS}


def _listed(candidates: tuple[Candidate, ...]) -> str:
    return ";".join(dict.fromkeys("+".join(candidate.place.ids) for candidate in candidates))


def _spread(cells: list[Any], codes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | pd.Categorical:
    """Return the cells of the different values in the places where the values stand."""
    if not isinstance(cells[0], str):
        return np.asarray(cells)[codes]
    own, words = pd.factorize(np.asarray(cells, dtype=object))
    return pd.Categorical.from_codes(own, words).take(codes)


def _different(values: Iterable[object]) -> tuple[np.ndarray[Any, Any], list[object]]:
    """Return for each value the number of the different value it is, and those values."""
    cells = values if isinstance(values, pd.Series | np.ndarray) else list(values)
    column = pd.Series(cells, dtype=None if len(cells) else object)
    try:
        codes, different = pd.factorize(column)
    except TypeError:  # a list or a dictionary has no place among the different values
        codes, different = pd.factorize(column.where(column.map(_is_text), None))
    if len(codes) and codes.min() < 0:
        codes = np.where(codes < 0, len(different), codes)
    return codes, [*different, None]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _geocoded(text: object, vintage: Vintage) -> Geocoded:
    if isinstance(text, str) and len(text) <= LONGEST:
        # Nearly all that is asked for is a name as it is indexed, but for capitals and spaces.
        # Such a text holds letters only, so there is nothing in it to refuse.
        key = text.lower().replace(" ", "")
        if (entries := read_index().entries.get(key)) is not None and not key.isdigit():
            if len(entries) > 1:
                entries = existing(best_of(entries), vintage)
            return _one(entries, key, vintage)
    mention = read_mention(text)
    if isinstance(mention, Refusal):
        return _nothing(mention.reason, vintage)
    if (entries := find_whole(mention)) is not None:
        return _one(existing(entries, vintage), mention.key, vintage)
    return _within(mention, vintage)


def _within(mention: Mention, vintage: Vintage) -> Geocoded:
    """Return the result of a mention that holds names and other words."""
    hits = find_within(mention.text, vintage)
    if not hits:
        return _by_letters(mention.key, vintage)
    if len(hits) == 1:
        hit = hits[0]
        trust = _WITHIN_TEXT
        if hit.spoken_for:
            trust = _WITH_PARENT.get(hit.entries[0].level, trust)
        return _one(hit.entries, hit.name, vintage, trust)
    if len(hits) > MOST_PLACES:
        return _nothing("too_many", vintage)
    return _several(hits, vintage)


def _nothing(reason: str, vintage: Vintage) -> Geocoded:
    return Geocoded("none", (), "", 0.0, False, (), "", "", vintage, reason)  # noqa: FBT003


def _as_meant(result: Geocoded, as_of: str) -> Geocoded:
    """Return a result with the place that its name or code meant on a date."""
    meaning = meaning_on(result.alias, as_of)
    if meaning is None:
        return result
    is_same = result.places == (meaning.target,)
    if meaning.kind == "official" and (result.ambiguous or not is_same):
        return result
    return result._replace(
        places=(meaning.target,),
        precision=meaning.precision or result.precision,
        confidence=max(result.confidence, _CONFIDENCE[meaning.kind])
        if is_same
        else _CONFIDENCE[meaning.kind],
        ambiguous=False,
        candidates=(),
        kind=meaning.kind,
    )


def _one(entries: tuple[Entry, ...], name: str, vintage: Vintage, trust: float = 1.0) -> Geocoded:
    """Return the result of a mention that names one place, or one of several homonyms."""
    target, level_of, kind, standing, _, later = entries[0]
    level, precision, confidence = _meant_by(level_of, kind, standing, trust)
    ids = _ids(target, level_of, later, vintage)
    candidates: tuple[Candidate, ...] = ()
    ambiguous = False
    if len(entries) > 1:
        named = _candidates(entries, vintage)
        if any(place.ids != ids or place.level != level for place, _ in named):
            ambiguous = any(place.level != "outside" for place, _ in named)
            candidates = named if ambiguous else ()
            confidence = min(_HALF, confidence)
    return Geocoded(
        level, ids, precision, confidence, ambiguous, candidates, name, kind,
        _vintage_of(ids, vintage), "",
    )  # fmt: skip


@lru_cache(maxsize=512)
def _meant_by(level: str, kind: str, standing: int, trust: float) -> tuple[str, str, float]:
    """Return the level of the place, its precision and how sure it is, for names of one sort."""
    sure = _CONFIDENCE[kind]
    if level == "town" and standing == THIRD:
        sure *= _BARE_TOWN  # a town's name without the word for a town
    precision = "within" if kind == "landmark" else _PRECISION.get(level, "unit")
    placed = "outside" if kind == OUTSIDE else _PLACED.get(level, level)
    return placed, precision, round(min(_CONFIDENCE[kind], sure * trust), 2)


def _candidates(entries: tuple[Entry, ...], vintage: Vintage) -> tuple[Candidate, ...]:
    return tuple([Candidate(_place(entry, vintage), entry.kind) for entry in entries])


def _several(hits: list[Hit], vintage: Vintage) -> Geocoded:
    """Return the result of a mention that names several places."""
    places = [_place(hit.entries[0], vintage) for hit in hits]
    ids = tuple(dict.fromkeys(one for place in places for one in place.ids))
    firsts = [hit.entries[0] for hit in hits]
    unsettled = [hit for hit in hits if len({_place(e, vintage) for e in hit.entries}) > 1]
    confidence = min(_CONFIDENCE[first.kind] for first in firsts) * _WITHIN_TEXT
    _, precision, _ = _meant_by(firsts[0].level, firsts[0].kind, firsts[0].standing, 1.0)
    level = places[0].level if len(ids) == 1 else "several"
    if all(place.level == "outside" for place in places):
        level = "outside"
    candidates = tuple(one for hit in unsettled for one in _candidates(hit.entries, vintage))
    return Geocoded(
        level, ids, precision if len(ids) == 1 else "unit",
        round(min(confidence, _HALF) if unsettled else confidence, 2), bool(unsettled), candidates,
        ";".join(hit.name for hit in hits), firsts[0].kind, _vintage_of(ids, vintage), "",
    )  # fmt: skip


def _place(entry: Entry, vintage: Vintage) -> Place:
    """Return level and ids of a place as records hold them."""
    level, _, _ = _meant_by(entry.level, entry.kind, entry.standing, 1.0)
    return Place(level, _ids(entry.target, entry.level, entry.later, vintage))


def _ids(target: str, level: str, later: str, vintage: Vintage) -> tuple[str, ...]:
    """Return the ids of a place as records hold them."""
    if later and vintage == "2026":
        return (later,)
    if level == "group":
        return group_members()[target]
    if level == "city":
        return (target.partition(":")[0],)
    return (target,)


def _vintage_of(ids: tuple[str, ...], vintage: Vintage) -> str:
    """Return the vintage whose codes these are: a unit that is gone is one of the old list."""
    if vintage == "2026" and ("500105" in ids or "500112" in ids):
        return "2025"
    return "2026" if _NEW_IN_2026 in ids else vintage


def _by_letters(key: str, vintage: Vintage) -> Geocoded:
    """Return the result of a mention that misses a name by a letter."""
    found = nearest_name(key)
    if found is None:
        return _nothing("unknown", vintage)
    name, entry = found
    meant = _one((entry,), name, vintage)
    return meant._replace(confidence=FUZZY_CONFIDENCE, kind="fuzzy")

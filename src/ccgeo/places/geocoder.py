"""From a mention of a place to the place, or to nothing where one would have to guess.

Every result says how it was made: the name that matched and its kind, how sure that is, and
which other places the name may mean. What is ambiguous carries its candidates and is not
mapped until a person has settled it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ccgeo.places.footprint import Place
from ccgeo.places.fuzzy import nearest_name
from ccgeo.places.hierarchy import group_members
from ccgeo.places.matching import Hit, Reading, find_whole, find_within
from ccgeo.places.normalise import Refusal, read_mention
from ccgeo.places.vintages import Vintage, vintage_on

if TYPE_CHECKING:
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
_HALF = 0.5
_PRECISION = {
    "town": "within",
    "city": "within",
    "zone": "zone",
    "group": "group",
    "circle": "group",
}
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
        known. It decides what a name meant: "Liangjiang New Area" is a zone until
        2025-11-05 and a district from 2025-11-06 on.

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
    return _geocoded(text, vintage_on(as_of))


def _geocoded(text: object, vintage: Vintage) -> Geocoded:
    mention = read_mention(text)
    if isinstance(mention, Refusal):
        return _nothing(mention.reason, vintage)
    hyphenated = "-" in str(text)
    reading = find_whole(mention.key, hyphenated=hyphenated) or find_within(mention.text)
    hits = _of_vintage(reading.hits, vintage)
    if not hits:
        return _by_letters(mention.key, vintage)
    if len(hits) > MOST_PLACES:
        return _nothing("too_many", vintage)
    return _one(hits[0], reading, vintage) if len(hits) == 1 else _several(hits, vintage)


def _nothing(reason: str, vintage: Vintage) -> Geocoded:
    return Geocoded("none", (), "", 0.0, False, (), "", "", vintage, reason)  # noqa: FBT003


def _of_vintage(hits: tuple[Hit, ...], vintage: Vintage) -> tuple[Hit, ...]:
    """Return the hits without places that do not exist in a vintage."""
    if all(len(hit.entries) == 1 for hit in hits):
        return hits
    return tuple(
        hit._replace(entries=_existing(hit.entries, vintage)) if len(hit.entries) > 1 else hit
        for hit in hits
    )


def _existing(entries: tuple[Entry, ...], vintage: Vintage) -> tuple[Entry, ...]:
    new = [entry for entry in entries if entry.target == _NEW_IN_2026]
    if not new:
        return entries
    if vintage == "2025":
        return tuple(entry for entry in entries if entry.target != _NEW_IN_2026)
    return tuple(entry for entry in entries if entry.level != "zone")


def _one(hit: Hit, reading: Reading, vintage: Vintage) -> Geocoded:
    first = hit.entries[0]
    places = dict.fromkeys(_place(entry, vintage) for entry in hit.entries)
    ambiguous = len(places) > 1 and any(place.level != "outside" for place in places)
    confidence = _CONFIDENCE[first.kind] * (_WITHIN_TEXT if reading.within else 1)
    if ambiguous:
        confidence = min(_HALF, confidence)
    candidates = (
        tuple(Candidate(_place(entry, vintage), entry.kind) for entry in hit.entries)
        if ambiguous
        else ()
    )
    place = _place(first, vintage)
    return Geocoded(
        place.level, place.ids, _precision(first), round(confidence, 2), ambiguous, candidates,
        hit.name, first.kind, _vintage_of(place.ids, vintage), "",
    )  # fmt: skip


def _several(hits: tuple[Hit, ...], vintage: Vintage) -> Geocoded:
    """Return the result of a mention that names several places."""
    places = [_place(hit.entries[0], vintage) for hit in hits]
    ids = tuple(dict.fromkeys(one for place in places for one in place.ids))
    firsts = [hit.entries[0] for hit in hits]
    unsettled = [hit for hit in hits if len({_place(e, vintage) for e in hit.entries}) > 1]
    confidence = min(_CONFIDENCE[first.kind] for first in firsts) * _WITHIN_TEXT
    level = places[0].level if len(ids) == 1 else "several"
    if all(place.level == "outside" for place in places):
        level = "outside"
    candidates = tuple(
        Candidate(_place(entry, vintage), entry.kind) for hit in unsettled for entry in hit.entries
    )
    return Geocoded(
        level, ids, _precision(firsts[0]) if len(ids) == 1 else "unit",
        round(min(confidence, _HALF) if unsettled else confidence, 2), bool(unsettled), candidates,
        ";".join(hit.name for hit in hits), firsts[0].kind, _vintage_of(ids, vintage), "",
    )  # fmt: skip


def _place(entry: Entry, vintage: Vintage) -> Place:
    """Return level and ids of a place as records hold them."""
    if entry.kind == "outside":
        return Place("outside", (entry.target,))
    if entry.level == "town":
        later = vintage == "2026" and entry.later
        return Place("district", (entry.later if later else entry.target,))
    if entry.level == "group":
        return Place("several", group_members()[entry.target])
    if entry.level == "city":
        return Place("city", (entry.target.partition(":")[0],))
    return Place(entry.level, (entry.target,))


def _precision(entry: Entry) -> str:
    return "within" if entry.kind == "landmark" else _PRECISION.get(entry.level, "unit")


def _vintage_of(ids: tuple[str, ...], vintage: Vintage) -> str:
    """Return the vintage whose codes these are: a unit that is gone is one of the old list."""
    if vintage == "2026" and {"500105", "500112"} & set(ids):
        return "2025"
    return "2026" if _NEW_IN_2026 in ids else vintage


def _by_letters(key: str, vintage: Vintage) -> Geocoded:
    found = nearest_name(key)
    if found is None:
        return _nothing("unknown", vintage)
    name, entry = found
    place = _place(entry, vintage)
    return Geocoded(
        place.level, place.ids, _precision(entry), FUZZY_CONFIDENCE, False, (), name, "fuzzy",  # noqa: FBT003
        _vintage_of(place.ids, vintage), "",
    )  # fmt: skip

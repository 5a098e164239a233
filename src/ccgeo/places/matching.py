"""Decide which of the names found in a mention it speaks of.

A name that the whole text is comes first. Else the names found in it settle one another: a
named child beats its ancestors, a named parent chooses among homonyms, and a parent outside the
region takes what it names with it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ccgeo.places.aliases import FIRST, OUTSIDE, THIRD, Entry, best_of, read_index
from ccgeo.places.finding import LISTED, Hit, find_names
from ccgeo.places.hierarchy import covered, is_above, is_inside

if TYPE_CHECKING:
    from ccgeo.places.normalise import Mention
    from ccgeo.places.vintages import Vintage

_SHORT = 5
_MUCH = 0.4
_PAIR = 2
_HOME = "home"
_SIGNS = frozenset(",;")
_PARENTS = frozenset({"province", "prefecture", "district", "country"})


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
    if entries is None:
        return None
    first = entries[0]
    if first.level in LISTED and not _SIGNS.isdisjoint(mention.text):
        return None
    if len(entries) == 1:
        return entries
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
    hits = find_names(text, vintage)
    if len(hits) == 1:
        believed = _believed(hits[0])
        return [believed] if believed else _last_resort(hits, text)
    if not hits:
        return hits
    lower = _lowest(hits, hits[-1]) or _lowest(hits, hits[0])
    if lower is not None:
        return [lower]
    return _without_ancestors(_settled(hits, text))


# --- settling ---------------------------------------------------------------------------------


def _lowest(hits: list[Hit], hit: Hit) -> Hit | None:
    """Return a hit as the others, all of them units above it, leave it; else None.

    This is what `_settled` and `_without_ancestors` come to for the commonest mention, a
    place and the units that it lies in.
    """
    if hit.joined or (hit.listed and len(hits) > _PAIR):
        return None
    places = best_of(hit.entries)
    for upper in hits:
        if upper is hit:
            continue
        unit = upper.entries[0]
        if (
            upper.joined
            or len(upper.entries) > 1
            or unit.weak
            or unit.standing
            or unit.level not in _PARENTS
        ):
            return None
        if len(places) > 1 and unit.target in [entry.target for entry in places]:
            return None  # the same place twice: Guang'an 广安市
        places = tuple([entry for entry in places if _speaks_for(unit, entry)])
        if not places:
            return None
    return _narrowed(hit, places, spoken_for=True)


def _narrowed(hit: Hit, entries: tuple[Entry, ...], *, spoken_for: bool = False) -> Hit:
    return Hit(entries, hit.name, hit.part, hit.alone, hit.listed, spoken_for, hit.joined)


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
    if same := _named_again(entries, others):
        return _narrowed(hit, same, spoken_for=True)
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


def _named_again(entries: tuple[Entry, ...], others: list[Hit]) -> tuple[Entry, ...]:
    """Return the place that another name means as well: Guang'an 广安市."""
    if len(entries) == 1:
        return ()
    certain = {(e.target, e.level) for one in others if len(one.entries) == 1 for e in one.entries}
    return tuple(entry for entry in entries if (entry.target, entry.level) in certain)


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
    if len(hit.entries) == 1:
        return hit if hit.alone or not hit.entries[0].weak else None
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
    is_park = first.level == "zone" and first.kind == "name" and not hit.joined
    spoken_for = first.level == "town" and not first.weak
    if not is_park and (first.standing < THIRD or first.level == "city" or spoken_for):
        return False
    units = [
        one.entries[0]
        for one in hits
        if one.part == hit.part and one is not hit and one.entries[0].standing == FIRST
    ]
    units = [unit for unit in units if is_inside(unit) and unit.level != "zone"]
    if is_park:
        # 渝北区空港新城 is not the Airport New City of another district.
        districts = [unit for unit in units if unit.level == "district"]
        return bool(districts) and not any(covered(unit) & covered(first) for unit in districts)
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
        if first.kind != _HOME:
            lower = [one for one in lower if not _joined(hit, one, hits)]
        place = (first.target, first.level if first.level in {"town", "zone"} else "unit")
        if place in seen or (lower and not _stands_in_list(hit, lower, hits)):
            continue
        seen.add(place)
        kept.append(hit)
    return kept


def _joined(one: Hit, other: Hit, hits: list[Hit]) -> bool:
    """Return whether "and" stands between two names: both are meant, though one holds the other."""
    return any(
        later.joined and (earlier, later) in ((one, other), (other, one))
        for earlier, later in pairwise(hits)
    )


def _stands_in_list(hit: Hit, lower: list[Hit], hits: list[Hit]) -> bool:
    """Return whether an ancestor is a member of a list of its own: 成都;都江堰;雅安."""
    rest = [other for other in hits if other is not hit and other not in lower]
    listed = all(one.listed for one in hits) and len(hits) > 2  # noqa: PLR2004 - more than a pair
    return listed and any(not is_above(one.entries[0], hit.entries[0]) for one in rest)

"""The name that a mistyped Latin mention is one letter away from, if there is only one."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from ccgeo.places.aliases import FIRST, Entry, read_index
from ccgeo.places.hierarchy import is_inside

SHORTEST = 7
"""Letters of the shortest mention that may be read with one letter wrong."""

_LONGEST = 40


def nearest_name(key: str) -> tuple[str, Entry] | None:
    """Return the one name of a place that a mention misses by a letter.

    A letter may be missing, added, wrong or swapped with its neighbour; the first one must
    be right. Names of places outside the region take part, so that what comes as close to
    one of them leads nowhere.

    Parameters
    ----------
    key : str
        Squeezed mention.

    Returns
    -------
    tuple of str and Entry, or None
        Name and place; None where no name or the names of several places are that close.

    Examples
    --------
    >>> nearest_name("kazahkstan")[1].target
    'KZ'
    >>> nearest_name("chengdo") is None  # Chengdu and Chengde are as near
    True
    """
    if not SHORTEST <= len(key) <= _LONGEST or not key.isascii() or not key.isalpha():
        return None
    near = _shortened()
    names = {name for short in _shorter(key) for name in near.get(short, ()) if _is_near(name, key)}
    entries = read_index().entries
    places = {entries[name][0].target for name in names}
    if len(places) != 1:
        return None
    name = min(names)
    entry = entries[name][0]
    wanted = is_inside(entry) or entry.level == "country"
    return (name, entry) if wanted and len(entries[name]) == 1 else None


def _shorter(word: str) -> set[str]:
    """Return a word and the words that lack one of its letters, the first one excepted."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}


@cache
def _shortened() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, entries in read_index().entries.items():
        first = entries[0]
        listed = first.standing == FIRST and first.level not in {"zone", "bloc"}
        if listed and SHORTEST - 1 <= len(name) <= _LONGEST and name.isascii() and name.isalpha():
            for short in _shorter(name):
                found[short].append(name)
    return {short: tuple(names) for short, names in found.items()}


def _is_near(one: str, other: str) -> bool:
    """Return whether two words differ by one letter missing, wrong or swapped."""
    if len(one) != len(other):
        return abs(len(one) - len(other)) == 1
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if not differing:
        return True
    first, last = differing[0], differing[-1]
    swapped = one[first] == other[last] and one[last] == other[first]
    return first == last or (last == first + 1 and swapped)

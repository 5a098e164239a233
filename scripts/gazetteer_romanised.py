"""Older romanisations that follow from pinyin by rule: Wade-Giles and the postal map.

Used by build_gazetteer.py. The postal map was not one system: each syllable had a few
spellings, which are all given.
"""

from __future__ import annotations

import itertools
import re

INITIAL = re.compile(r"^(zh|ch|sh|[bpmfdtnlgkhjqxzcsryw]?)(.+)$")
SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan"
    r"|üan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|üe|a|e|i|o|u|ü)"
)
# Initials as written, before a, o, u, e and before i, ü.
PLAIN = {
    "b": ("p",), "p": ("p",), "m": ("m",), "f": ("f",), "d": ("t",), "t": ("t",), "n": ("n",),
    "l": ("l",), "g": ("k",), "k": ("k",), "h": ("h",), "zh": ("ch",), "ch": ("ch",),
    "sh": ("sh",), "r": ("j",), "z": ("ts",), "c": ("ts",), "s": ("s",), "y": ("y",),
    "w": ("w",), "": ("",), "j": ("ch", "k", "ts"), "q": ("ch", "k", "ts"), "x": ("hs", "h", "s"),
}  # fmt: skip
FINALS = {
    "ian": ("ien",), "ie": ("ieh",), "iong": ("iung",), "ong": ("ung",), "e": ("e", "o", "eh"),
    "er": ("erh",), "ue": ("ueh",), "ui": ("ui", "wei"), "uo": ("o", "uo"), "ou": ("ou", "ow"),
    "ei": ("ei", "eh", "ai"), "ao": ("ao", "au", "ow"), "uan": ("uan", "wan"), "ua": ("ua", "wa"),
    "uang": ("uang", "wang"), "uai": ("uai", "wai"), "en": ("en",), "eng": ("eng",), "o": ("o",),
    "iao": ("iao", "iau"), "iu": ("iu", "iou", "iow"), "u": ("u", "oo"),
}  # fmt: skip
WHOLE = {
    "zhi": ("chih",), "chi": ("chih",), "shi": ("shih",), "ri": ("jih",), "zi": ("tzu", "tze"),
    "ci": ("tzu", "tze"), "si": ("szu", "ssu", "sze"), "yi": ("i", "yi"), "yu": ("yu",),
    "yan": ("yen",), "ye": ("yeh",), "you": ("yu", "yow"), "yong": ("yung",), "wu": ("wu",),
    "e": ("o", "e", "ngo"), "er": ("erh",), "gui": ("kuei", "kwei"), "kui": ("kuei", "kwei"),
    "he": ("ho",), "ge": ("ko",), "ke": ("ko",), "bai": ("pai", "peh"),
    "bei": ("pei", "peh", "pai"),
    "xi": ("hsi", "si"), "xin": ("hsin", "sin"), "ba": ("pa",), "bo": ("po",), "de": ("te", "teh"),
    "le": ("lo", "loh"), "ze": ("tse",), "shuang": ("shuang", "shwang"), "xu": ("hsu", "su"),
    "jin": ("chin", "kin", "tsin"), "zhou": ("chou", "chow"), "lu": ("lu", "luh"),
}  # fmt: skip
MOST = 40
"""Most spellings of one name: a name of many syllables has too many to be of use."""


def split_syllables(pinyin: str, count: int) -> list[str]:
    """Return the syllables of a name, or nothing where they cannot be told apart."""
    word = pinyin.lower().replace(" ", "")
    for split in _splits(word.replace("'", "")):
        if len(split) == count and ("'" not in word or word.split("'")[0] in _starts(split)):
            return split
    return []


def _splits(word: str) -> list[list[str]]:
    if not word:
        return [[]]
    found = []
    for length in range(min(6, len(word)), 0, -1):
        if SYLLABLE.fullmatch(word[:length]):
            found += [[word[:length], *rest] for rest in _splits(word[length:])]
    return found


def _starts(split: list[str]) -> set[str]:
    return {"".join(split[:end]) for end in range(len(split))}


def old_spellings(syllables: list[str]) -> set[str]:
    """Return the older spellings of a name without the pinyin one."""
    each = [spellings(syllable) for syllable in syllables]
    if not each:
        return set()
    joined = ("".join(parts).capitalize() for parts in itertools.product(*each))
    return {name for name in itertools.islice(joined, MOST) if len(name) > 3} - {
        "".join(syllables).capitalize()
    }


def spellings(syllable: str) -> tuple[str, ...]:
    """Return how Wade-Giles and the postal map write one syllable."""
    if syllable in WHOLE:
        return WHOLE[syllable]
    found = INITIAL.match(syllable)
    if found is None:
        return (syllable,)
    initial, final = found.groups()
    return tuple(start + end for start in PLAIN[initial] for end in FINALS.get(final, (final,)))

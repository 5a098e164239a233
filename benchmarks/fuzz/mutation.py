"""Inputs made from inputs: a pool of texts or bytes, changed by chance and grown by surprise."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T", str, bytes)

LONGEST: Final = 4_000
POOL: Final = 2_000
MOST_CHANGES: Final = 4
TOKENS: Final = (
    "", " ", "\t", "\n", "\r\n", "\x00", "\x1f", "\x7f", "\x85", "\xa0", "\ufeff", "\u200b",
    "\u202e", "\u2028", "\u3000", "\U0010ffff", "\U0001f3ed", "e\u0301", '"', "'", ",", ";", "|",
    "=1+1", "+1", "-1", "@a", "{{7*7}}", "{% x %}", "{# x #}", "${7*7}", "<b>x</b>", "&amp;",
    "%00", "%s", "../", "\\", "0", "-0", "00", "1e999", "1e-999", "NaN", "inf", "9" * 25,
    "9" * 400, "0x1f", "1_000", "1,23", "１２３", "①", "½", "二十", "亿", "万", "亿元", "億美元",
    "billion", "USD", "RMB", "€", "%", "–", "~", "≈", "2020", "2020-02-30", "29 Feb 2021",
    "2022年13月", "44795", "渝中区", "市中区", "重慶巴南區", "Chongqing", "District", "500103",
    "999999", "None", "null", "true", "[]", "{}", "[" * 80, '{"a":' * 70, "[1e400,1]",
)  # fmt: skip


class Pool(Generic[T]):
    """Inputs that once did something no other had done.

    Parameters
    ----------
    seeds : sequence of str or bytes
        Where it begins; kept for good.
    seed : int
        Of the chance, so that a run can be repeated.
    """

    def __init__(self, seeds: Sequence[T], seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a plan, not a secret
        self.kept: list[T] = list(seeds)
        self._outcomes: set[Hashable] = set()
        self._seeds = len(seeds)

    def next(self) -> T:
        """Return a new input: one of the pool, changed once or a few times."""
        made = self.chance.choice(self.kept)
        for _ in range(self.chance.randint(1, MOST_CHANGES)):
            made = self._changed(made)
        return made[:LONGEST]

    def learn(self, made: T, outcome: Hashable) -> bool:
        """Keep an input whose outcome is new, and say whether it was."""
        if outcome in self._outcomes:
            return False
        self._outcomes.add(outcome)
        self.kept.append(made)
        if len(self.kept) > POOL:
            del self.kept[self.chance.randrange(self._seeds, len(self.kept))]
        return True

    def _changed(self, made: T) -> T:
        chance = self.chance
        start, end = sorted(chance.choices(range(len(made) + 1), k=2))
        kind = chance.randrange(6)
        if kind == 0:  # something dangerous in between
            return made[:start] + self._token(made) + made[start:]
        if kind == 1:  # something dangerous instead
            return made[:start] + self._token(made) + made[min(end, start + 8) :]
        if kind == 2:  # a part left out
            return made[:start] + made[min(end, start + 16) :]
        if kind == 3:  # a part twice
            return made[:end] + made[start:]
        if kind == 4:  # the begin of one and the end of another
            other = chance.choice(self.kept)
            return made[:start] + other[chance.randrange(len(other) + 1) :]
        return made[:start] + self._unit(made) + made[start + 1 :]

    def _token(self, like: T) -> T:
        token = self.chance.choice(TOKENS)
        if isinstance(like, str):
            return token
        return token.encode(self.chance.choice(("utf-8", "utf-8", "utf-16-le", "gb18030")))

    def _unit(self, like: T) -> T:
        if isinstance(like, str):
            return chr(
                self.chance.choice((self.chance.randrange(128), self.chance.randrange(65536)))
            )
        return bytes([self.chance.randrange(256)])

"""Which amount belongs to which number of projects, and which figures are parts of which."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ccgeo.io.press_figures import (
    Figure,
    Words,
    clause_of,
    find_amounts,
    find_counts,
    is_unfit,
)
from ccgeo.io.press_names import find_event, find_sector, find_stage
from ccgeo.records.money import to_fen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A figure that is rounded in the headline is the same within a tenth.
_NEAR: Final = 0.1


@dataclass(frozen=True)
class Stated:
    """What one piece of a sentence states: an amount, a number of projects, or both.

    Attributes
    ----------
    sentence, piece : Words
        The sentence, and the piece of it that is about these figures.
    amount, count : Figure or None
        The figures.
    sector : Words or None
        Words for a sector that the taxonomy knows.
    is_part : bool
        Whether it is introduced as one of several that make a whole.
    parts : list of Stated
        What adds up to it, wholly or not.
    """

    sentence: Words
    piece: Words
    amount: Figure | None
    count: Figure | None
    sector: Words | None
    is_part: bool = False
    parts: list[Stated] = field(default_factory=list)

    @property
    def fen(self) -> int | None:
        """Return the amount at the rate of no certain year, for comparisons only.

        Returns
        -------
        int or None
            Fen.
        """
        money = self.amount.money if self.amount else None
        return money and to_fen(money.value, money.scale, money.currency, None)

    @property
    def projects(self) -> int | None:
        """Return the number of projects.

        Returns
        -------
        int or None
            None where only an amount is stated.
        """
        return self.count.projects if self.count else None


def find_totals(sentences: Sequence[Words]) -> list[Stated]:
    """Find what a text states, each figure once, parts under their total.

    Parameters
    ----------
    sentences : sequence of Words
        Sentences of one text.

    Returns
    -------
    list of Stated
        Totals and lone figures, in their order.

    Examples
    --------
    >>> text = "5 projects worth 1.15 billion yuan were signed"
    >>> [(each.projects, each.fen) for each in find_totals([Words(0, len(text), text)])]
    [(5, 115000000000)]
    """
    return _with_parts(_once([each for sentence in sentences for each in _stated(sentence)]))


def _stated(sentence: Words) -> list[Stated]:
    """Return what a sentence states: one piece for each amount, or for a lone count."""
    if is_unfit(sentence.text):
        return []
    amounts = find_amounts(sentence)
    if not amounts:
        return _counted(sentence)
    pieces = _pieces(sentence, amounts)
    is_listed = len(amounts) > 1
    found = []
    for amount, piece in zip(amounts, pieces, strict=True):
        sector = find_sector(piece)
        is_part = _is_part(sentence, amount)
        counts = find_counts(piece, is_bare=is_listed and sector is not None)
        counts = [each for each in counts if is_part or not _is_part(sentence, each)]
        if len(counts) > 1:
            continue  # which of them the amount belongs to is not sure
        found.append(Stated(sentence, piece, amount, next(iter(counts), None), sector, is_part))
    return found


def _counted(sentence: Words) -> list[Stated]:
    """Return a number of projects that is stated without any amount."""
    counts = find_counts(sentence)
    if len(counts) != 1 or find_stage(sentence)[0] != "signed" or _has_money(sentence):
        return []
    if _is_part(sentence, counts[0]):
        return []
    return [Stated(sentence, sentence, None, counts[0], None)]


def _has_money(sentence: Words) -> bool:
    return any(word in sentence.text.casefold() for word in ("illion", "yuan", "元", "%", "亿"))


def _pieces(sentence: Words, amounts: Sequence[Figure]) -> list[Words]:
    """Cut a sentence so that each piece holds one amount and the clause around it."""
    pieces, start = [], 0
    for amount, after in zip(amounts, [*amounts[1:], None], strict=True):
        at = amount.words.start - sentence.start, amount.words.end - sentence.start
        _, end = clause_of(sentence.text, *at)
        end = min(end, after.words.start - sentence.start) if after else end
        end = len(sentence.text) if after is None else end
        shown = sentence.text[start:end]
        pieces.append(Words(sentence.start + start, sentence.start + end, shown))
        start = end
    return pieces


def _is_part(sentence: Words, figure: Figure) -> bool:
    """Return whether a figure is introduced as one of several that make a whole."""
    head = sentence.text[: figure.words.start - sentence.start].casefold()
    marks = ("of them", "of these", "of which", "among them", "among these", "including", "其中")
    return any(mark in head for mark in marks)


def _once(told: Sequence[Stated]) -> list[Stated]:
    """Tell each figure once, also where the headline rounds it."""
    kept: list[Stated] = []
    for each in told:
        twin = next((other for other in kept if _is_same(each, other)), None)
        if twin is None:
            kept.append(each)
        elif _rank(each) > _rank(twin):
            kept[kept.index(twin)] = each
    return kept


def _rank(stated: Stated) -> tuple[bool, bool, bool]:
    """Return how much a telling says: exactly, with a count, with its event."""
    money = stated.amount.money if stated.amount else None
    is_exact = money is None or money.qualifier == "exact"
    return is_exact, stated.count is not None, find_event(stated.sentence) is not None


def _figures(stated: Stated) -> tuple[int | None, int | None]:
    return stated.projects, stated.fen


def _is_same(one: Stated, other: Stated) -> bool:
    is_alike = one.is_part == other.is_part and (one.sector is None) == (other.sector is None)
    if not is_alike and (one.projects is None or _figures(one) != _figures(other)):
        return False
    if None not in {one.projects, other.projects} and one.projects != other.projects:
        return False
    if one.fen is None or other.fen is None:
        return one.projects is not None and one.projects == other.projects
    if one.fen == other.fen:
        return True
    is_rounded = any(
        each.amount and each.amount.money and each.amount.money.qualifier != "exact"
        for each in (one, other)
    )
    return is_rounded and abs(one.fen - other.fen) <= _NEAR * max(one.fen, other.fen)


def _with_parts(told: Sequence[Stated]) -> list[Stated]:
    """Hang the parts that are told after a total under it, if they fit into it."""
    found: list[Stated] = []
    whole: Stated | None = None
    for group in _groups(told):
        is_list = len(group) > 1 and all(each.sector and each.count for each in group)
        if whole is not None and is_list and _fits(whole, group):
            whole.parts.extend(replace(each, is_part=True) for each in group)
            continue
        alone = [each for each in group if not each.is_part and not (is_list and whole)]
        found += alone
        lead = next((each for each in alone if each.count and each.amount), None)
        whole = lead or whole
    return found


def _groups(told: Sequence[Stated]) -> Iterable[list[Stated]]:
    """Yield what belongs together: the parts of one list, also where it runs over sentences."""
    group: list[Stated] = []
    for each in told:
        is_next = bool(group) and bool(each.sector) and bool(group[-1].sector)
        if group and not is_next:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _fits(whole: Stated, parts: Sequence[Stated]) -> bool:
    """Return whether parts can lie in a whole: they add up to no more, and none is the whole."""
    fen, projects = whole.fen, whole.projects
    if fen is None or projects is None:
        return False
    return sum(part.fen or 0 for part in parts) <= fen and (
        sum(part.projects or 0 for part in parts) <= projects
    )

"""The filters in force, one by one, each with the selection that is left without it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.query.selection import DEFAULT_SELECTION, LIST_PARAMS, OPEN_SELECTION
from ccgeo.query.vocabulary import label_of, sorted_choices
from ccgeo.query.words import amount_words

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection

_UNDATED: Final = ("undated included", "含无日期")
_DATED: Final = ("by date: {}", "按{}")
_CONFIDENCE: Final = ("confidence {} or more", "可信度不低于{}")
_AMOUNT: Final = ("from {}", "{}起")
_FEN: Final = 100


class Chip(NamedTuple):
    """One filter in force.

    Attributes
    ----------
    label : str
        What it asks for, fixed vocabulary and numbers only.
    without : Selection
        The selection when it is taken off.
    field : str
        Field of the selection.
    choice : str
        Which of several choices of the field; empty where there is one limit.
    """

    label: str
    without: Selection
    field: str
    choice: str = ""


def active_filters(selection: Selection, language: str = "en") -> tuple[Chip, ...]:
    """Return what of a selection a person has set.

    The stages of the default selection are no chip; taking the last stage off sets no limit.

    Parameters
    ----------
    selection : Selection
        What is asked.
    language : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    tuple of Chip
        In the order of the filters; none for the default selection.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> chips = active_filters(Selection(sectors=frozenset({"automotive", "digital"})))
    >>> [sorted(chip.without.sectors) for chip in chips]
    [['automotive'], ['digital']]
    """
    changed = [
        field.name
        for field in fields(selection)
        if getattr(selection, field.name) != getattr(DEFAULT_SELECTION, field.name)
    ]
    return tuple(chip for name in changed for chip in _chips(name, selection, language))


def _chips(name: str, selection: Selection, language: str) -> list[Chip]:
    value = getattr(selection, name)
    if name in LIST_PARAMS:
        return [
            Chip(
                label_of(name, choice, language),
                replace(selection, **{name: value - {choice}}),
                name,
                choice,
            )
            for choice in sorted_choices(name, value)
        ]
    opened = getattr(OPEN_SELECTION, name)
    if name == "include_undated":
        opened = False
    if value == opened:
        return []
    without = replace(selection, **{name: opened})
    return [Chip(_scalar_label(name, value, language), without, name)]


def _scalar_label(name: str, value: object, language: str) -> str:
    zh = language == "zh"
    if name == "years" and isinstance(value, tuple):
        first, last = value
        return f"{first}" if first == last else f"{first}–{last}"
    if name == "min_amount_fen" and isinstance(value, int):
        return _AMOUNT[zh].format(amount_words(value / _FEN, language))
    if name == "min_confidence":
        return _CONFIDENCE[zh].format(value)
    if name == "date_kind":
        return _DATED[zh].format(label_of(name, str(value), language))
    return _UNDATED[zh]

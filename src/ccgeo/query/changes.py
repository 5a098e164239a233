"""What one selection has that another has not, in words: for those who do not see the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccgeo.query.chips import active_filters

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection

_ADDED: Final = ("Added: {}.", "新增：{}。")
_TAKEN_OFF: Final = ("Taken off: {}.", "移除：{}。")
_DEFAULT: Final = ("Default filters.", "默认筛选。")


def change_words(before: Selection, after: Selection, language: str = "en") -> str:
    """Say which filters came and which went.

    Parameters
    ----------
    before, after : Selection
        Two questions asked one after the other.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Up to two short sentences, empty where nothing changed.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> change_words(Selection(years=(2015, 2020)), Selection(partners=frozenset({"SG"})))
    'Added: Singapore. Taken off: 2015–2020.'
    """
    if before == after:
        return ""
    zh = language == "zh"
    old, new = ([chip.label for chip in active_filters(each, language)] for each in (before, after))
    if not new:
        return _DEFAULT[zh]
    added = [label for label in new if label not in old]
    gone = [label for label in old if label not in new]
    said = [
        words[zh].format(("、" if zh else ", ").join(labels))
        for words, labels in ((_ADDED, added), (_TAKEN_OFF, gone))
        if labels
    ]
    return ("" if zh else " ").join(said)

"""Which boundaries are in force when.

The list of districts changed once in the years that the records cover: on 2025-11-06
Jiangbei and Yubei became the district Liangjiang New Area, and Beibei took five towns of
Yubei and gave five of its own. Each list is a vintage, named by the year it is known by.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from ccgeo.errors import UnknownChoiceError

Vintage = Literal["2025", "2026"]
"""Boundary list in force over a period."""

VINTAGES: tuple[Vintage, ...] = get_args(Vintage)
"""Vintages from old to new."""

CHANGEOVER = "2025-11-06"
"""First day of vintage 2026: the day the change was made public."""

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII)


def vintage_on(date_text: str) -> Vintage:
    """Return the vintage in force on a date.

    A date without day or month may lie on either side of the change. It then belongs to
    the older list, whose names a text of that time still used.

    Parameters
    ----------
    date_text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty when the date is not known.

    Returns
    -------
    str
        A member of `VINTAGES`.

    Raises
    ------
    UnknownChoiceError
        The text is not such a date.

    Examples
    --------
    >>> vintage_on("2022-08-22"), vintage_on("2025-11"), vintage_on("2026"), vintage_on("")
    ('2025', '2025', '2026', '2025')
    """
    if date_text and _DATE.fullmatch(date_text) is None:
        raise UnknownChoiceError("date", date_text, ("YYYY", "YYYY-MM", "YYYY-MM-DD"))
    # As text, "2025-11" sorts before the changeover and "2025-12" after it.
    return "2026" if date_text >= CHANGEOVER else "2025"


def check_vintage(vintage: str) -> Vintage:
    """Return a vintage if it is one.

    Parameters
    ----------
    vintage : str
        Wanted vintage.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    UnknownChoiceError
        The value is not in `VINTAGES`.

    Examples
    --------
    >>> check_vintage("2025")
    '2025'
    """
    for known in VINTAGES:
        if vintage == known:
            return known
    raise UnknownChoiceError("boundaries", vintage, VINTAGES)

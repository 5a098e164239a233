"""What a name or code meant on a date, where that is not what it means today.

Codes were given out again: 500110 was Wansheng District until 2011 and is Qijiang District
since. So were names: Dachuan was the city that is Tongchuan District today. And a name that is
a former one today was the official one in its time.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ccgeo.places.gazetteer import read_units
from ccgeo.places.normalise import squeeze
from ccgeo.places.tables import read_table


class Dated(NamedTuple):
    """What a name meant in some years.

    Attributes
    ----------
    target : str
        Adcode of the district or prefecture, of the vintage 2025.
    since, until : str
        First and last year, ``YYYY``; empty where there is none. The year of a change belongs
        to what was before.
    kind : str
        Kind of the name in those years: official, former or former_code.
    precision : str
        ``"unit"``, or ``"within"`` where the unit was what is a part of one today; empty where
        it is that of the name.
    """

    target: str
    since: str
    until: str
    kind: str
    precision: str


def meaning_on(name: str, date_text: str) -> Dated | None:
    """Return what a name meant on a date, where that differs from what it means today.

    Parameters
    ----------
    name : str
        Name or code, as it is indexed.
    date_text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    Dated or None
        Its meaning then; None where it meant what it means today.

    Examples
    --------
    >>> meaning_on("dachuan", "1996").target, meaning_on("dachuan", "2014")
    ('511702', None)
    >>> meaning_on("江北县", "1990-05").kind
    'official'
    """
    year = date_text[:4]
    fitting = (
        one
        for one in _meanings().get(name, ())
        if one.since <= year and (not one.until or year <= one.until)
    )
    return next(fitting, None)


@cache
def _meanings() -> dict[str, tuple[Dated, ...]]:
    found: dict[str, list[Dated]] = defaultdict(list)
    rows = read_table("geo/dated.csv")
    columns = (rows[name] for name in ("name", "target", "since", "until", "kind", "precision"))
    for name, *meaning in zip(*columns, strict=True):
        found[squeeze(name)].append(Dated(*meaning))
    for adcode, cells in zip(*(read_units()[c] for c in ("adcode", "former_names")), strict=True):
        for cell in cells:
            chinese, english, year, *_ = cell.split("|")
            if year.isdigit() and "part" not in chinese and adcode != "500157":
                for name in filter(None, map(_plain, (chinese, english))):
                    found[squeeze(name)].append(Dated(adcode, "", year, "official", ""))
    return {name: tuple(meanings) for name, meanings in found.items()}


def _plain(name: str) -> str:
    """Return a name without the remark in brackets behind it."""
    return name.partition("(")[0].strip()

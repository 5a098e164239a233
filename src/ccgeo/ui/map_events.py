"""What a person did on the map, as the browser tells it: checked before anything follows it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

EVENT_KINDS: Final = frozenset(
    {
        "district",
        "partner",
        "flow",
        "zone",
        "known",
        "frame",
        "asked",
        "drill",
        "compare",
        "again",
        "camera",
        "none",
    }
)
"""What an event can be about; ``"none"`` is a click that takes the selection away."""

_ID: Final = re.compile(r"[A-Za-z0-9>-]{0,40}")
_FORMS: Final = {
    "asked": re.compile(r"(?:all|(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2})\.[01]\.[a-z_,]{0,400}"),
    "compare": re.compile(r"(?:district|partner|flow|zone):[A-Za-z0-9>-]{1,40}"),
    "camera": re.compile(r"|-?[0-9](?:\.[0-9]{1,2})?_-?[0-9]{1,5}_-?[0-9]{1,5}"),
    "drill": re.compile(r"[0-9]{6}"),
}


class Event(NamedTuple):
    """Something that a person did on the map.

    Parameters
    ----------
    kind : str
        One of `EVENT_KINDS`: what was chosen, where a ring counts as the unit it stands for, that
        of the Circle as what is known no finer, and a label point as its zone;
        ``"asked"`` for years and sectors, ``"drill"`` for a unit that is
        opened, ``"compare"`` for a thing that goes into a comparison, ``"camera"`` for where
        the map stands. ``"again"`` stays inside `live_map`.
    id : str
        Adcode or ``"circle"``, partner, ``origin>destination``, zone, name of the frame; for
        ``"asked"`` years, undated and sectors such as ``"2015-2020.0.automotive,digital"``;
        for ``"compare"`` kind and id joined by a colon; for ``"camera"`` zoom, east and north
        such as ``"1.25_-120_45"``; or empty.
    camera : str, optional
        Where the map will stand after it, as for ``"camera"``; None where it stays.
    """

    kind: str
    id: str
    camera: str | None = None


def parse_event(value: object) -> Event | None:
    """Read an event as the browser sent it.

    Parameters
    ----------
    value : object
        Anything: a browser can send what it likes.

    Returns
    -------
    Event or None
        None for nothing, and for whatever is no event of the map.

    Examples
    --------
    >>> parse_event({"kind": "district", "id": "500103"})
    Event(kind='district', id='500103', camera=None)
    >>> parse_event({"kind": "district", "id": "<b>"}) is None
    True
    """
    if not isinstance(value, dict):
        return None
    kind, name = value.get("kind"), value.get("id")
    if kind not in EVENT_KINDS or not isinstance(name, str):
        return None
    if not _FORMS.get(kind, _ID).fullmatch(name):
        return None
    camera = value.get("camera")
    is_told = isinstance(camera, str) and _FORMS["camera"].fullmatch(camera)
    return Event(str(kind), name, camera if is_told else None)

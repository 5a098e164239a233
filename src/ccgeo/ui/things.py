"""Names of what can be clicked on the map."""

from __future__ import annotations

from typing import Final

from ccgeo.places.gazetteer import unit_name
from ccgeo.query.flows import CIRCLE
from ccgeo.query.vocabulary import label_of
from ccgeo.ui.words import language

_FIELDS: Final = {"partner": "partners", "zone": "zones", "known": "known_levels"}


def name_of(thing: str) -> str:
    """Return what a person reads for one thing.

    Parameters
    ----------
    thing : str
        Kind and id joined by a colon, as `ccgeo.query.profile.is_thing` knows them.

    Returns
    -------
    str
        Names of units in both languages, the reader's first.
    """
    kind, _, name = thing.partition(":")
    if kind == "district":
        pair = (unit_name(name, "en"), unit_name(name, "zh"))
        return " ".join(reversed(pair) if language() == "zh" else pair)
    if kind == "flow":
        return " → ".join(_end_name(end) for end in name.split(">"))
    return label_of(_FIELDS[kind], name, language())


def _end_name(end: str) -> str:
    if end == CIRCLE:
        return label_of("known_levels", CIRCLE, language())
    return label_of("places" if end.isdigit() else "partners", end, language())

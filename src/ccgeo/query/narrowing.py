"""A selection narrowed to one thing on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccgeo.query.flows import CIRCLE
from ccgeo.query.vocabulary import names_of

if TYPE_CHECKING:
    from ccgeo.query.selection import Selection


def narrowed(selection: Selection, thing: str) -> Selection:
    """Return a selection of what belongs to one thing.

    Parameters
    ----------
    selection : Selection
        What is asked.
    thing : str
        Kind and id joined by a colon, as `ccgeo.query.profile.is_thing` knows them.

    Returns
    -------
    Selection
        The same with the place, zone, partner or both ends of a line as its only ones.

    Examples
    --------
    >>> from ccgeo.query.selection import Selection
    >>> found = narrowed(Selection(), "flow:SG>500103")
    >>> found.partners, found.places
    (frozenset({'SG'}), frozenset({'500103'}))
    """
    kind, _, name = thing.partition(":")
    if kind == "flow":
        for end in name.split(">"):
            selection = narrowed(
                selection, f"{'partner' if _is_partner(end) else 'district'}:{end}"
            )
        return selection
    if kind == "known" or name == CIRCLE:
        return replace(selection, known_levels=frozenset({name}))
    field = {"district": "places", "zone": "zones", "partner": "partners"}[kind]
    return replace(selection, **{field: frozenset({name})})  # type: ignore[arg-type]


def _is_partner(end: str) -> bool:
    return end in names_of("partners")

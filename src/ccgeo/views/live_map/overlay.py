"""Zones over the choropleth: which districts they cover and where to write their names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ccgeo.layers.zones import build_zones, zone_cover
from ccgeo.query.selection import View
from ccgeo.views.live_map.cover import cover_marks, cover_points, point_label
from ccgeo.views.live_map.packing import Packed, pack

if TYPE_CHECKING:
    from ccgeo.query.vocabulary import Language, Vintage


@lru_cache(maxsize=64)
def pack_zones(vintage: Vintage, language: Language, zone_ids: frozenset[str]) -> Packed:
    """Write zones so that they travel once.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list.
    language : {"en", "zh"}
        Language of names and labels.
    zone_ids : frozenset of str
        Zone ids; none asks for all zones.

    Returns
    -------
    Packed
        Marks of the districts, label points and their words; described in
        ``assets/types.js``.

    Examples
    --------
    >>> len(pack_zones("2025", "en", frozenset()).text) < 15_000
    True
    """
    cover = zone_cover(build_zones(zone_ids, View(vintage=vintage, language=language)))
    whole, part, _ = cover.labels
    content: dict[str, Any] = {
        "title": cover.title,
        "labels": [whole, part],
        "marks": cover_marks(cover),
        "tips": {code: list(lines) for code, lines in cover.tips.items()},
        "points": cover_points(cover.points),
        "point_label": point_label(language),
    }
    return pack(content)

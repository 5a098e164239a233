"""Entries and selections made in code: a small country of five districts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import strategies as st

from ccgeo.query.engine import place_entries
from ccgeo.query.selection import Selection
from ccgeo.query.vocabulary import DEFAULT_STAGES, KNOWN_LEVELS, names_of

DISTRICTS = ("510104", "510105", "510402", "500103", "500112")
PREFECTURES = ("510100", "510400", "500000")
PROVINCES = ("510000", "500000")
SECTORS = ("automotive", "electronics", "several", "unstated")
PARTNERS = ("SG", "MY", "US", "FR", "ASEAN", "CN")
# A district that the later boundaries split: on them it lies in no single district.
SPLIT = "500112"

_DEFAULTS: dict[str, Any] = {
    "record_id": "R",
    "kind": "deal",
    "is_residual": False,
    "event_id": "",
    "parent_id": "",
    "title": "A plant",
    "date": "2020",
    "date_kind": "signed",
    "date_precision": "year",
    "year": 2020,
    "stage": "signed",
    "sector_id": "automotive",
    "sector_ids": (),
    "partners": (),
    "direction": "",
    "place_text": "",
    "place_level": "unknown",
    "place_ids": (),
    "organisation": "",
    "projects": 1,
    "count_qualifier": "",
    "amount_fen": None,
    "amount_reported": "",
    "amount_kind": "",
    "amount_qualifier": "",
    "amount_note": "",
    "confidence": 3,
    "source_id": "S0001",
    "conflict_group": "",
    "project_key": "",
    "note": "",
}


def locate(place: Any, level: str, vintage: str) -> str | None:
    """Return the toy unit that holds a place."""
    if place.level not in {"district", "prefecture", "province", "several"}:
        return None
    found = {_lifted(adcode, level, vintage) for adcode in place.ids}
    return found.pop() if len(found) == 1 else None


def _lifted(adcode: str, level: str, vintage: str) -> str | None:
    if level == "province":
        return f"{adcode[:2]}0000"
    if level == "prefecture":
        if adcode.startswith("50"):
            return "500000"
        return None if adcode.endswith("0000") else f"{adcode[:4]}00"
    is_district = not adcode.endswith("00")
    return adcode if is_district and (vintage, adcode) != ("2026", SPLIT) else None


def toy_entries(*changes: dict[str, Any]) -> pd.DataFrame:
    """Return one entry for each set of changes to a plain deal."""
    columns = {"entry_id": [f"E{number}" for number in range(len(changes))]}
    columns |= {
        name: [change.get(name, default) for change in changes]
        for name, default in _DEFAULTS.items()
    }
    kinds = {"year": "Int64", "projects": "Int64", "amount_fen": "Int64", "confidence": "int64"}
    return pd.DataFrame(
        {name: pd.Series(values, dtype=kinds.get(name, object)) for name, values in columns.items()}
    )


def toy_placed(*changes: dict[str, Any]) -> pd.DataFrame:
    """Return placed toy entries."""
    return place_entries(toy_entries(*changes), locate=locate)


def at(adcode: str) -> dict[str, Any]:
    """Return the place of an entry known at one unit."""
    level = "district"
    if adcode.endswith("00"):
        level = "province" if adcode.endswith("0000") else "prefecture"
    return {"place_level": level, "place_ids": (adcode,)}


@st.composite
def places(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a place of any level of knowledge."""
    level = draw(st.sampled_from(KNOWN_LEVELS))
    pools = {
        "district": DISTRICTS,
        "prefecture": PREFECTURES,
        "province": PROVINCES,
        "zone": ("cq-liangjiang-na", "sc-tianfu-na"),
    }
    if level == "several":
        ids = draw(st.lists(st.sampled_from(DISTRICTS), min_size=2, max_size=3, unique=True))
        return {"place_level": level, "place_ids": tuple(ids)}
    return {"place_level": level, "place_ids": (draw(st.sampled_from(pools.get(level, ("x",)))),)}


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what one entry may hold, missing and negative numbers among it."""
    return {
        **draw(places()),
        "kind": draw(st.sampled_from(("event", "breakdown", "deal"))),
        "year": draw(st.none() | st.integers(2002, 2026)),
        "date_kind": draw(st.sampled_from(("signed", "started", "reported"))),
        "stage": draw(st.sampled_from(("signed", "started", "cancelled", ""))),
        "sector_id": draw(st.sampled_from(SECTORS)),
        "partners": tuple(draw(st.lists(st.sampled_from(PARTNERS), max_size=2, unique=True))),
        "direction": draw(st.sampled_from(("inbound", "outbound", "domestic", ""))),
        "projects": draw(st.none() | st.integers(-5, 500)),
        "amount_fen": draw(st.none() | st.integers(-(10**13), 10**15)),
        "confidence": draw(st.integers(1, 3)),
    }


def placed_entries() -> st.SearchStrategy[pd.DataFrame]:
    """Draw placed entries, none among them."""
    return st.lists(changes(), max_size=8).map(lambda drawn: toy_placed(*drawn))


def _some(*pool: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(pool), max_size=3)


def selections() -> st.SearchStrategy[Selection]:
    """Draw selections that ask for toy things."""
    years = st.tuples(st.integers(2002, 2026), st.integers(2002, 2026))
    return st.builds(
        Selection,
        years=st.none() | years.map(lambda span: (min(span), max(span))),
        include_undated=st.booleans(),
        date_kind=st.sampled_from(("any", "any", *names_of("date_kind"))),
        sectors=_some(*SECTORS),
        places=_some(*DISTRICTS, *PREFECTURES, "510000"),
        zones=_some("cq-liangjiang-na", "sc-tianfu-na"),
        partners=_some("SG", "US", "ASEAN", ""),
        stages=st.just(DEFAULT_STAGES) | _some(*names_of("stages")),
        kinds=_some("event", "breakdown", "deal"),
        directions=_some(*names_of("directions")),
        min_amount_fen=st.none() | st.integers(0, 10**15),
        known_levels=_some(*KNOWN_LEVELS),
        min_confidence=st.integers(1, 3),
    )

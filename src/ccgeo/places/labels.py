"""What a result of the geocoder is called, in fixed words and names of the gazetteer."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from ccgeo.places.gazetteer import read_units, unit_name
from ccgeo.places.normalise import REASONS
from ccgeo.places.partners import read_partners
from ccgeo.places.zones import read_zones
from ccgeo.shipped import data_file

if TYPE_CHECKING:
    from ccgeo.places.gazetteer import Language
    from ccgeo.places.geocoder import Geocoded

_MOST_NAMED = 6
_NAMES = {
    "CCEC": ("Chengdu-Chongqing Economic Circle", "成渝地区双城经济圈"),
    "CN": ("China", "中国"),
}


def place_label(place_id: str, language: Language = "en") -> str:
    """Return the name of a place that the geocoder found.

    Parameters
    ----------
    place_id : str
        Adcode, zone id, ISO 3166-1 code or id of a bloc.
    language : {"en", "zh"}
        Language of the name.

    Returns
    -------
    str
        Name; of a place outside the region the name its table has; the id itself where no
        table names it.

    Examples
    --------
    >>> place_label("500112"), place_label("330205"), place_label("SG", "zh")
    ('Yubei District', 'Jiangbei', '新加坡')
    """
    if place_id in _units():
        return unit_name(place_id, language)
    return _other_names().get(place_id, (place_id, place_id))[language == "zh"]


def result_label(result: Geocoded, language: Language = "en") -> str:
    r"""Return a result in one line, without anything of the text it was made from.

    Parameters
    ----------
    result : Geocoded
        What a mention means.
    language : {"en", "zh"}
        Language of the names.

    Returns
    -------
    str
        Level, ids with names, precision, confidence, kind of name; candidates or the reason.

    Examples
    --------
    >>> from ccgeo.places.geocoder import geocode
    >>> result_label(geocode("渝北区"))
    'district\t500112 Yubei District\tunit\t1.00\tofficial'
    >>> result_label(geocode("market"))
    'none\tno known place is named'
    """
    if result.level == "none":
        return f"none\t{REASONS[result.reason]}"
    ids = result.places
    if result.ambiguous:
        ids = tuple(dict.fromkeys("+".join(c.place.ids) for c in result.candidates))
    named = "; ".join(f"{one} {place_label(one, language)}" for one in ids[:_MOST_NAMED])
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    level = f"ambiguous {result.level}" if result.ambiguous else result.level
    return f"{level}\t{named}{more}\t{result.precision}\t{result.confidence:.2f}\t{result.kind}"


@cache
def _units() -> frozenset[str]:
    return frozenset(read_units()["adcode"])


@cache
def _other_names() -> dict[str, tuple[str, str]]:
    """Return the English and the Chinese name of what is not a unit of the region."""
    names = dict(_NAMES)
    for table, key in ((read_zones(), "zone_id"), (read_partners(), "partner")):
        pairs = zip(table["name_en"], table["name_zh"], strict=True)
        names |= dict(zip(table[key], pairs, strict=True))
    listed: dict[str, list[str]] = {}
    with data_file("geo/aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] in {"outside", "bloc"}:
                listed.setdefault(row["target"], []).extend(row["names"].split(";"))
    return {one: _english_and_chinese(forms) for one, forms in listed.items()} | names


def _english_and_chinese(names: list[str]) -> tuple[str, str]:
    english = next((name for name in names if name.isascii()), names[0])
    return english, next((name for name in names if not name.isascii()), names[0])

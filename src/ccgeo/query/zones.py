"""Zones asked for: which there are, what they overlap, and what records tell of each.

Zones lie over districts and over one another. Totals of zones are therefore a table of their
own: they are never added to those of districts, nor to one another.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd

from ccgeo.places.gazetteer import unit_name
from ccgeo.places.zones import read_zones, zone_members
from ccgeo.query.measures import sum_by
from ccgeo.query.vocabulary import label_of, nearest_choices
from ccgeo.records.tables import read_records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ccgeo.query.vocabulary import Names

WHOLE: Final = "whole"
PART: Final = "part"
EXTENTS: Final = (WHOLE, PART)

_KINDS: Final[dict[str, tuple[str, str]]] = {
    "national new area": ("national new area", "国家级新区"),
    "provincial new area": ("provincial new area", "省级新区"),
    "new area (part)": ("part of a new area", "新区片区"),
    "economic development zone": ("economic development zone", "经济技术开发区"),
    "high-tech zone": ("high-tech zone", "高新技术产业开发区"),
    "high-tech zone (part)": ("part of a high-tech zone", "高新区片区"),
    "science city": ("science city", "科学城"),
    "science city (part)": ("part of a science city", "科学城片区"),
    "free trade zone": ("free trade zone", "自由贸易试验区"),
    "free trade zone (part)": ("part of a free trade zone", "自贸试验区片区"),
    "free trade zone (linked)": ("linked to a free trade zone", "自贸试验区协同改革先行区"),
    "comprehensive bonded zone": ("comprehensive bonded zone", "综合保税区"),
    "airport economic zone": ("airport economic zone", "临空经济区"),
    "cooperation platform": ("platform of both provinces", "川渝毗邻地区合作平台"),
    "international cooperation park": ("international cooperation park", "国际合作园区"),
    "international cooperation programme": ("international programme", "国际合作示范项目"),
    "industrial park": ("industrial park", "产业园区"),
    "industrial functional zone": ("industrial functional zone", "产业功能区"),
    "innovation park": ("innovation park", "创新园区"),
    "enclave park": ("enclave park", "飞地园区"),
    "logistics park": ("logistics park", "物流园区"),
    "business district": ("business district", "商务区"),
    "development zone (historic)": ("development zone (historic)", "开发区（历史）"),
    "landmark project": ("landmark project", "标志性项目"),
}
_LEVELS: Final[dict[str, tuple[str, str]]] = {
    "national": ("national", "国家级"),
    "provincial": ("provincial", "省级"),
    "municipal": ("municipal", "市级"),
    "inter-provincial": ("of both provinces", "跨省市"),
}
_SEARCHED: Final = ("zone_id", "name_en", "name_zh", "name_zh_hant")


def kind_names() -> Names:
    """Return the kinds of zone with their names, in the order to show them.

    Returns
    -------
    mapping of str to tuple of str
        English and Chinese name of each kind.

    Examples
    --------
    >>> kind_names()["science city"]
    ('science city', '科学城')
    """
    return MappingProxyType({kind: tuple(names) for kind, names in _KINDS.items()})


def kind_label(kind: str, language: str = "en") -> str:
    """Return what a person reads for a kind of zone.

    Parameters
    ----------
    kind : str
        Kind as in ``zones.csv``; an unknown one is shown as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> kind_label("high-tech zone", "zh")
    '高新技术产业开发区'
    """
    return _KINDS.get(kind, (kind, kind))[language == "zh"]


def level_label(level: str, language: str = "en") -> str:
    """Return what a person reads for the level at which a zone was approved.

    Parameters
    ----------
    level : str
        Level as in ``zones.csv``; an unknown one is shown as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> level_label("national", "zh")
    '国家级'
    """
    return _LEVELS.get(level, (level, level))[language == "zh"]


def read_kinds(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Read kinds of zone from a comma-separated text, by id or by name.

    Parameters
    ----------
    text : str
        Anything, such as what a link holds; only its first 2,000 characters are read.

    Returns
    -------
    kinds : frozenset of str
        The known ones.
    problems : tuple of str
        One sentence for each of the others, with the nearest kinds.

    Examples
    --------
    >>> kinds, problems = read_kinds("science city,hightech zone")
    >>> sorted(kinds), problems
    (['science city'], ("kind of zone 'hightech zone' is not known. Nearest: high-tech zone.",))
    """
    spelled = {word.casefold(): kind for kind, names in _KINDS.items() for word in (kind, *names)}
    found, problems = set(), []
    for part in dict.fromkeys(each.strip() for each in text[:2000].split(",")):
        kind = spelled.get(part.casefold())
        if kind:
            found.add(kind)
        elif part:
            hints = ", ".join(nearest_choices(_KINDS, part, n=1))
            problems.append(f"kind of zone {part[:60]!r} is not known. Nearest: {hints}.")
    return frozenset(found), tuple(problems)


def find_zones(
    *,
    kinds: Collection[str] = (),
    sectors: Collection[str] = (),
    zone_ids: Collection[str] = (),
    text: str = "",
) -> pd.DataFrame:
    """Return the zones that fit; an empty limit is none.

    Parameters
    ----------
    kinds : collection of str
        Kinds of zone.
    sectors : collection of str
        Sector ids; a zone fits if one of its lead sectors is among them.
    zone_ids : collection of str
        Zone ids.
    text : str
        Part of an id, name or alias in either language.

    Returns
    -------
    pandas.DataFrame
        Rows of `ccgeo.places.zones.read_zones`, a fresh index.

    Examples
    --------
    >>> find_zones(text="gaozhu")["zone_id"].tolist()
    ['x-gaozhu']
    """
    zones = read_zones()
    kept = [
        (not kinds or kind in kinds)
        and (not sectors or not set(sectors).isdisjoint(leads))
        and (not zone_ids or zone_id in zone_ids)
        for kind, leads, zone_id in zip(
            zones["kind"], zones["sectors"], zones["zone_id"], strict=True
        )
    ]
    zones = zones[kept]
    wanted = text.strip().casefold()
    if wanted:
        zones = zones[[wanted in words for words in _words(zones)]]
    return zones.reset_index(drop=True)


def overlaps(zone_ids: Iterable[str], vintage: str) -> pd.DataFrame:
    """Return which districts each zone covers, wholly or in part.

    Parameters
    ----------
    zone_ids : iterable of str
        Zone ids.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    pandas.DataFrame
        One row a zone and district, all str: ``zone_id``, ``adcode``, ``extent``
        (``"whole"`` or ``"part"``: which part is not known). What covers Chongqing as a
        whole has its code, 500000.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.
    UnknownPlaceError
        No zone has one of the ids.

    Examples
    --------
    >>> overlaps(["cq-liangjiang-na"], "2026").to_numpy().tolist()
    [['cq-liangjiang-na', '500157', 'whole']]
    """
    rows = [
        (zone_id, adcode, extent)
        for zone_id in zone_ids
        for extent, codes in zip(EXTENTS, zone_members(zone_id, vintage), strict=True)
        for adcode in codes
    ]
    return pd.DataFrame(rows, columns=["zone_id", "adcode", "extent"], dtype=object)


def zones_over(adcode: str, vintage: str) -> tuple[str, ...]:
    """Return the zones that cover a district, wholly or in part.

    Parameters
    ----------
    adcode : str
        District; a code that no zone names has none.
    vintage : {"2025", "2026"}
        Boundary list.

    Returns
    -------
    tuple of str
        Zone ids, in the order of the table.

    Raises
    ------
    UnknownChoiceError
        The vintage is not one.

    Examples
    --------
    >>> "cq-liangjiang-na" in zones_over("500112", "2025")
    True
    """
    table = overlaps(read_zones()["zone_id"], vintage)
    return tuple(table.loc[table["adcode"] == adcode, "zone_id"])


def zone_entries(placed: pd.DataFrame, zone_id: str) -> pd.DataFrame:
    """Return the entries that a source places in a zone or in a zone inside it.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed entries, see `ccgeo.query.engine.place_entries`; not changed.
    zone_id : str
        Zone id.

    Returns
    -------
    pandas.DataFrame
        Rows of `placed`; what is known only by district is in no zone.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> set(zone_entries(read_placed(), "cq-yufu")["place_level"])
    {'zone'}
    """
    return placed[[zone_id in zones for zones in placed["zones"]]]


def zone_totals(placed: pd.DataFrame, zone_ids: Iterable[str]) -> pd.DataFrame:
    """Add up entries zone by zone; the rows overlap and must not be added together.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed entries; not changed.
    zone_ids : iterable of str
        Zone ids.

    Returns
    -------
    pandas.DataFrame
        One row a zone, in the order given: ``zone_id`` (str) and the columns of
        `ccgeo.query.measures.SUMS` (int64).

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> bool(zone_totals(read_placed(), ["cq-liangjiang-na"])["entries"].item() > 0)
    True
    """
    told = placed[["zones", "projects", "amount_fen"]].explode("zones").dropna(subset="zones")
    sums = sum_by(told, {"zone_id": told["zones"].to_numpy(dtype=object)})
    listed = pd.Index(zone_ids, name="zone_id", dtype=object)
    return sums.set_index("zone_id").reindex(listed, fill_value=0).reset_index()


def zone_statistics(zone_id: str) -> pd.DataFrame:
    """Return what sources state about a zone as a whole; none of it is ever summed.

    Parameters
    ----------
    zone_id : str
        Zone id.

    Returns
    -------
    pandas.DataFrame
        Typed records of the kind ``zone_statistic``, newest first.

    Examples
    --------
    >>> len(zone_statistics("cq-changshou-etdz"))
    6
    """
    records = read_records()
    told = records[records["kind"] == "zone_statistic"]
    found = told[[zone_id in ids for ids in told["place_ids"]]]
    return found.sort_values(["date", "id"], ascending=[False, True])


def member_names(adcodes: Iterable[str], language: str = "en") -> str:
    """Return the names of districts in one line.

    Parameters
    ----------
    adcodes : iterable of str
        Codes of units of the region.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Names, separated as the language does.

    Raises
    ------
    UnknownPlaceError
        No unit has one of the codes.

    Examples
    --------
    >>> member_names(["500105", "500112"], "zh")
    '江北区、渝北区'
    """
    if language == "zh":
        return "、".join(unit_name(adcode, "zh") for adcode in adcodes)
    return ", ".join(unit_name(adcode) for adcode in adcodes)


def sector_names(sectors: Iterable[str], language: str = "en") -> str:
    """Return the names of sectors in one line.

    Parameters
    ----------
    sectors : iterable of str
        Sector ids.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Names, separated as the language does.

    Examples
    --------
    >>> sector_names([])
    ''
    """
    joint = "、" if language == "zh" else ", "
    return joint.join(label_of("sectors", sector, language) for sector in sectors)


@cache
def zone_rows() -> Mapping[str, Mapping[str, object]]:
    """Return the row of each zone by its id.

    Returns
    -------
    mapping of str to mapping
        Columns of `ccgeo.places.zones.read_zones` and their values.

    Examples
    --------
    >>> zone_rows()["x-gaozhu"]["kind"]
    'cooperation platform'
    """
    rows = read_zones().to_dict("records")
    return {str(row["zone_id"]): {str(key): cell for key, cell in row.items()} for row in rows}


def _words(zones: pd.DataFrame) -> list[str]:
    columns = [zones[name] for name in (*_SEARCHED, "aliases_en", "aliases_zh")]
    return [
        "\n".join([*texts, *english, *chinese]).casefold()
        for *texts, english, chinese in zip(*columns, strict=True)
    ]

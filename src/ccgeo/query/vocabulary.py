"""Every value a filter or a switch may take, with its name in both languages."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.gazetteer import read_units
from ccgeo.places.partners import read_partners
from ccgeo.places.zones import read_zones
from ccgeo.records import vocabulary as records_vocabulary
from ccgeo.records.sectors import sector_choices, sector_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

Level = Literal["district", "prefecture", "province"]
Vintage = Literal["2025", "2026"]
Measure = Literal["amount", "projects", "amount_per_km2"]
Scheme = Literal["quantiles", "natural_breaks", "equal_interval"]
Frame = Literal["region", "world"]
Language = Literal["en", "zh"]
DateKind = Literal["any", "announced", "signed", "started", "completed"]
Ways = Literal["between", "inbound", "outbound"]
LineColour = Literal["direction", "sector"]
MostLines = Literal["all", "50", "20", "10"]
Labels = Literal["own", "en", "zh", "both"]
Overlay = Literal["none", "zones"]
Names = MappingProxyType[str, tuple[str, ...]]

FIRST_YEAR: Final = 2002
LAST_YEAR: Final = 2026
DEFAULT_STAGES: Final = frozenset(records_vocabulary.DEFAULT_STAGES)
KNOWN_LEVELS: Final = records_vocabulary.KNOWN_LEVELS
CLASS_COUNTS: Final = (2, 3, 4, 5, 6, 7)
CONFIDENCES: Final = (1, 2, 3)
VIEW_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "level": ("province", "prefecture", "district"),
    "measure": ("amount", "projects", "amount_per_km2"),
    "vintage": ("2025", "2026"),
    "scheme": ("quantiles", "natural_breaks", "equal_interval"),
    "ways": ("between", "inbound", "outbound"),
    "line_colour": ("direction", "sector"),
    "most_lines": ("all", "50", "20", "10"),
    "labels": ("own", "en", "zh", "both"),
    "overlay": ("none", "zones"),
}
SCHEMES: Final = ("quantiles", "natural_breaks", "equal_interval")
FRAMES: Final = ("region", "world")
LANGUAGES: Final = ("en", "zh")
ANY_DATE: Final = "any"
"""The date that a record has, whichever it is."""

_UNSTATED: Final = ("not stated", "未说明")
_LABELS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "stages": {
        "opportunity": ("opportunity offered", "机会发布"),
        "announced": ("announced", "已公布"),
        "signed": ("signed", "已签约"),
        "started": ("construction started", "已开工"),
        "operating": ("operating", "已投产"),
        "completed": ("completed", "已建成"),
        "cancelled": ("cancelled", "已取消"),
        "": _UNSTATED,
    },
    "kinds": {
        "event": ("event total", "活动总额"),
        "breakdown": ("breakdown of an event", "活动分项"),
        "deal": ("deal", "项目"),
        "zone_statistic": ("zone statistic", "园区统计"),
        "indicator": ("indicator", "指标"),
    },
    "directions": {
        "inbound": ("inbound", "引进来"),
        "outbound": ("outbound", "走出去"),
        "domestic": ("domestic", "国内"),
        "": _UNSTATED,
    },
    "known_levels": {
        "district": ("district", "区县"),
        "zone": ("zone", "园区"),
        "prefecture": ("prefecture", "市州"),
        "province": ("province", "省市"),
        "several": ("several places", "多地"),
        "circle": ("Chengdu-Chongqing Economic Circle", "成渝地区双城经济圈"),
        "bloc": ("group of countries", "国家集团"),
        "country": ("country", "国家"),
        "unknown": ("place not stated", "地点未说明"),
    },
    "date_kind": {
        ANY_DATE: ("any date", "任一日期"),
        "announced": ("announced", "公布日期"),
        "signed": ("signed", "签约日期"),
        "started": ("started", "开工日期"),
        "completed": ("completed", "建成日期"),
    },
    "level": {
        "province": ("Province", "省市"),
        "prefecture": ("Prefecture", "市州"),
        "district": ("District", "区县"),
    },
    "measure": {
        "amount": ("Amount", "金额"),
        "projects": ("Projects", "项目数"),
        "amount_per_km2": ("Per km²", "每平方公里"),
    },
    "vintage": {
        "2025": ("Until November 2025", "2025年11月前"),
        "2026": ("Since November 2025", "2025年11月起"),
    },
    "scheme": {
        "quantiles": ("Equal counts", "分位数"),
        "natural_breaks": ("Natural breaks", "自然断点"),
        "equal_interval": ("Equal steps", "等间距"),
    },
    "frame": {"region": ("Region", "区域"), "world": ("World", "世界")},
    "language": {"en": ("English", "英文"), "zh": ("Chinese", "中文")},
    "ways": {
        "between": ("Both ways", "双向"),
        "inbound": ("Incoming", "流入"),
        "outbound": ("Outgoing", "流出"),
    },
    "line_colour": {"direction": ("Direction", "方向"), "sector": ("Sector", "行业")},
    "most_lines": {
        "all": ("All", "全部"),
        "50": ("Largest 50", "最大50条"),
        "20": ("Largest 20", "最大20条"),
        "10": ("Largest 10", "最大10条"),
    },
    "labels": {
        "own": ("As the page", "同页面语言"),
        "en": ("English", "英文"),
        "zh": ("Chinese", "中文"),
        "both": ("Both", "双语"),
    },
    "overlay": {"none": ("None", "无"), "zones": ("Zones", "园区")},
}


@cache
def names_of(field: str) -> Names:
    """Return the values of one field with their names, in the order to show them.

    Parameters
    ----------
    field : str
        Field of a selection or view, such as ``"sectors"`` or ``"level"``.

    Returns
    -------
    mapping of str to tuple of str
        English and Chinese name of each value, then short names that are understood too.

    Raises
    ------
    UnknownChoiceError
        The field has no list of values.

    Examples
    --------
    >>> names_of("stages")["signed"]
    ('signed', '已签约')
    """
    tables: dict[str, Callable[[], dict[str, tuple[str, ...]]]] = {
        "sectors": _sector_names,
        "places": _unit_names,
        "zones": lambda: _named(read_zones(), "zone_id"),
        "partners": _partner_names,
    }
    if field in tables:
        return MappingProxyType(tables[field]())
    if field in _LABELS:
        return MappingProxyType(_LABELS[field])
    what = "field"
    raise UnknownChoiceError(what, field, (*tables, *_LABELS))


def label_of(field: str, choice: str, language: str = "en") -> str:
    """Return what a person reads for one value.

    Parameters
    ----------
    field : str
        Field of a selection or view.
    choice : str
        One of its values; an unknown one is shown as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> label_of("stages", "", "zh")
    '未说明'
    """
    names = names_of(field).get(choice)
    return names[language == "zh"] if names else choice


def sorted_choices(field: str, choices: Iterable[str]) -> list[str]:
    """Return values in the order of their vocabulary, each once.

    Parameters
    ----------
    field : str
        Field of a selection or view.
    choices : iterable of str
        Values in any order.

    Returns
    -------
    list of str
        Known ones first, unknown ones after them by name.

    Examples
    --------
    >>> sorted_choices("stages", ["completed", "signed", "signed"])
    ['signed', 'completed']
    """
    order = {choice: rank for rank, choice in enumerate(names_of(field))}
    return sorted(set(choices), key=lambda choice: (order.get(choice, len(order)), choice))


def year_span() -> tuple[int, int]:
    """Return the first and the last year that a selection may ask for.

    Returns
    -------
    tuple of (int, int)
        Both included.

    Examples
    --------
    >>> year_span()[0]
    2002
    """
    return FIRST_YEAR, LAST_YEAR


def nearest_choices(names: Mapping[str, tuple[str, ...]], text: str, n: int = 3) -> list[str]:
    """Return the values that look most like a text.

    Parameters
    ----------
    names : mapping of str to tuple of str
        Values with their names.
    text : str
        What came; only its first 60 characters are looked at.
    n : int
        How many at most.

    Returns
    -------
    list of str
        Best first; the first values of the vocabulary if it is short and nothing is alike.

    Examples
    --------
    >>> nearest_choices(names_of("stages"), "singed")
    ['signed']
    """
    wanted = text[:60].casefold()
    spelled: dict[str, str] = {}
    for choice, labels in names.items():
        for word in (choice, *labels):
            spelled.setdefault(word.casefold(), choice)
    found = get_close_matches(wanted, [word for word in spelled if word], n=2 * n, cutoff=0.5)
    best = list(dict.fromkeys(spelled[word] for word in found if spelled[word]))[:n]
    return best or [choice for choice in names if choice][:n]


def _named(table: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    pairs = zip(table["name_en"], table["name_zh"], strict=True)
    return dict(zip(table[column], pairs, strict=True))


def _unit_names() -> dict[str, tuple[str, ...]]:
    units = read_units()
    columns = ("name_en", "name_zh", "short_en", "short_zh")
    rows = zip(*(units[column] for column in columns), strict=True)
    return dict(zip(units["adcode"], rows, strict=True))


def _sector_names() -> dict[str, tuple[str, ...]]:
    return {
        sector: (sector_name(sector, "en"), sector_name(sector, "zh"))
        for sector in sector_choices()
    }


def _partner_names() -> dict[str, tuple[str, ...]]:
    partners = read_partners().sort_values(["kind", "name_en"])
    return _named(partners, "partner") | {"": _UNSTATED}

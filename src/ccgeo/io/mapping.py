"""Which column holds what: guesses from headings in either language, to be corrected by hand."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from ccgeo.caching import memo
from ccgeo.errors import CcgeoError, UnknownChoiceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_SAVED_BYTES: Final = 1_000_000
"""Bytes of a saved mapping or of saved decisions, which the serving process reads itself."""

_HEADINGS: Final = {
    "id": "id|record id|entry id|record no|no|编号|记录编号|项目编号|序号|ID号",
    "parent_id": "parent id|parent|part of|上级编号|所属记录|上级记录",
    "title": "title|name|project|project name|deal|headline|名称|标题|项目名称|项目|签约项目|事项",
    "date": "date|date signed|signing date|signed|announced|time|day|日期|时间|签约日期|签约时间"
    "|公布日期|发布日期|开工时间",
    "stage": "stage|status|phase|阶段|状态|进展|项目阶段",
    "kind": "kind|record kind|record type|类型|记录类型",
    "sector": "sector|industry|sector reported|sector id|行业|产业|领域|所属行业|产业类别",
    "projects": "projects|number of projects|project count|count|deals|项目数|项目数量|项目个数"
    "|数量|签约数",
    "amount": "amount|value|investment|total investment|amount cny|contract value|contract amount"
    "|金额|投资额|总投资|投资总额|签约金额|合同金额|投资金额|协议投资",
    "currency": "currency|currency code|币种|货币",
    "unit": "unit|scale|amount unit|amount scale|单位|金额单位",
    "place": "place|location|district|county|city|place text|unit name en|where|region|地点|地区"
    "|区县|所在地|落户地|城市|市州|区域|项目地点|所在区县",
    "adcode": "adcode|district code|gb code|gb2260|code|行政区划代码|区划代码|行政代码",
    "lon": "lon|lng|long|longitude|x|经度",
    "lat": "lat|latitude|y|纬度",
    "datum": "datum|coordinate system|crs|坐标系|坐标系统",
    "partner": "partner|partners|country|investor country|origin|foreign partner|国别|国家|来源地"
    "|伙伴|投资来源|外资来源|合作方国家",
    "direction": "direction|方向|流向",
    "organisation": "organisation|organization|company|investor|investors|enterprise|企业|公司"
    "|投资方|投资主体|机构|单位名称|签约方",
    "source": "source|source title|publisher|来源|信息来源|出处",
    "url": "url|link|source url|网址|链接",
    "confidence": "confidence|reliability|可信度|置信度",
    "project_key": "project key|项目标识|项目代号",
    "is_residual": "is residual|residual|余额项",
    "note": "note|notes|remark|remarks|comment|备注|说明",
}
FIELDS: Final[tuple[str, ...]] = tuple(_HEADINGS)
"""What a column can hold."""

_BRACKETS: Final = re.compile(r"[(\[{<【〔].*?[)\]}>】〕]")
_NOISE: Final = re.compile(r"[\W_]+")
_DATUMS: Final = (("gcj", "gcj02"), ("火星", "gcj02"), ("高德", "gcj02"), ("bd09", "bd09"),
                  ("百度", "bd09"), ("baidu", "bd09"))  # fmt: skip


def guess_mapping(columns: Sequence[str]) -> dict[str, str]:
    """Guess what the columns of a table hold.

    Parameters
    ----------
    columns : sequence of str
        Headings, in English, Chinese or both.

    Returns
    -------
    dict of str to str
        Heading by field, in the order of `FIELDS`; each heading is used once.

    Examples
    --------
    >>> guess_mapping(["项目名称", "签约金额（亿元）", "Date signed", "?"])
    {'title': '项目名称', 'date': 'Date signed', 'amount': '签约金额（亿元）'}
    """
    ranked: dict[str, tuple[int, int, str]] = {}
    for position, column in enumerate(columns):
        for field, rank in _fields_of(column):
            if field not in ranked or (rank, position) < ranked[field][:2]:
                ranked[field] = (rank, position, column)
    mapping: dict[str, str] = {}
    for field in FIELDS:
        if field in ranked and ranked[field][2] not in mapping.values():
            mapping[field] = ranked[field][2]
    return mapping


def check_mapping(mapping: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Return a mapping that fits a table.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.
    columns : sequence of str
        Headings of the table.

    Returns
    -------
    dict of str to str
        The mapping, in the order of `FIELDS`.

    Raises
    ------
    UnknownChoiceError
        A field is not one of `FIELDS`, or a heading is not one of the table.

    Examples
    --------
    >>> check_mapping({"title": "Name"}, ["Name"])
    {'title': 'Name'}
    """
    for field, column in mapping.items():
        for what, value, known in (("field", field, FIELDS), ("column", column, columns)):
            if value not in known:
                raise UnknownChoiceError(what, value, known)
    return {field: mapping[field] for field in FIELDS if field in mapping}


def mapping_bytes(mapping: Mapping[str, str]) -> bytes:
    """Write a mapping, to be used again on the next file.

    Parameters
    ----------
    mapping : mapping of str to str
        Heading by field.

    Returns
    -------
    bytes
        JSON.

    Examples
    --------
    >>> read_mapping(mapping_bytes({"title": "名称"}))
    {'title': '名称'}
    """
    return json.dumps(dict(mapping), ensure_ascii=False, indent=1).encode()


def read_mapping(content: bytes) -> dict[str, str]:
    """Read a mapping that `mapping_bytes` wrote.

    Parameters
    ----------
    content : bytes
        JSON.

    Returns
    -------
    dict of str to str
        Heading by field.

    Raises
    ------
    CcgeoError
        It is no mapping of texts, or longer than `MOST_SAVED_BYTES`.

    Examples
    --------
    >>> read_mapping(b'{"title": "Name"}')
    {'title': 'Name'}
    """
    message = "this is no saved mapping: choose the file that the page gave you"
    if len(content) > MOST_SAVED_BYTES:
        raise CcgeoError(message)
    try:
        mapping = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CcgeoError(message) from error
    if not isinstance(mapping, dict) or not all(isinstance(c, str) for c in mapping.values()):
        raise CcgeoError(message)
    return mapping


def unit_of(heading: str) -> str:
    """Return what a heading says about scale and currency of its column.

    Parameters
    ----------
    heading : str
        Heading such as ``"金额（亿元）"`` or ``"Amount, USD mn"``.

    Returns
    -------
    str
        The words after the name of the column; may be empty.

    Examples
    --------
    >>> unit_of("金额（亿元）"), unit_of("amount_cny"), unit_of("Amount, USD mn"), unit_of("金额")
    ('亿元', 'cny', 'USD mn', '')
    """
    text = unicodedata.normalize("NFKC", heading)
    inside = re.search(r"[(\[](.*?)[)\]]", text)
    if inside:
        return inside[1].strip()
    after = re.match(r"[^\W_]+(?:\s[^\W_]+)?\s*[,/:_]\s*(.+)$", text)
    return after[1].strip() if after else ""


def datum_of(heading: str) -> str:
    """Return the shifted datum that a heading of a coordinate names.

    Parameters
    ----------
    heading : str
        Heading of a column.

    Returns
    -------
    str
        ``"gcj02"``, ``"bd09"`` or empty.

    Examples
    --------
    >>> datum_of("百度经度"), datum_of("gcj02_lng"), datum_of("lon")
    ('bd09', 'gcj02', '')
    """
    text = _NOISE.sub("", heading.casefold())
    return next((datum for word, datum in _DATUMS if word in text), "")


@memo(4096)
def _fields_of(heading: str) -> tuple[tuple[str, int], ...]:
    """Return the fields a heading may mean, with 0 for its own name and more for a guess."""
    whole = _plain(heading)
    bare = _plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", heading)))
    without_datum = re.sub("gcj02|bd09|wgs84|百度|高德|火星", "", bare)
    words = unicodedata.normalize("NFKC", heading).casefold()
    first = _plain(re.split(r"[,/:|\n]", words)[0])
    found: dict[str, int] = {}
    for rank, text in enumerate((whole, bare, first, without_datum)):
        field = _known().get(text)
        if field is not None:
            found.setdefault(field, rank)
    return tuple(found.items())


@cache
def _known() -> dict[str, str]:
    return {_plain(name): field for field, names in _HEADINGS.items() for name in names.split("|")}


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())

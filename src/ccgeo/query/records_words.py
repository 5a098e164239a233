"""The closed words of a record in both languages: role, date, amount, version, completeness."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ccgeo.records.money import rescaled
from ccgeo.records.vocabulary import AMOUNT_SCALES

LABELS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "sum_role": {
        "count": ("counts", "计入"),
        "part": ("counts as a part", "作为分项计入"),
        "telling": ("told again: not summed", "重复报道，不计入"),
        "overlap": ("overlapping cut: not summed", "口径重叠，不计入"),
        "stock": ("running total: not summed", "累计数，不计入"),
        "none": ("not summed", "不计入"),
    },
    "cut": {
        "place": ("by place", "按地区"),
        "sector": ("by sector", "按行业"),
        "deal": ("by deal", "按项目"),
        "investor": ("by investor", "按投资方"),
        "mode": ("by mode", "按方式"),
        "stage": ("by stage", "按阶段"),
        "time": ("by time", "按时间"),
        "size": ("by size", "按规模"),
        "": ("whole", "整体"),
    },
    "date_kind": {
        "announced": ("announced", "公布"),
        "signed": ("signed", "签约"),
        "started": ("started", "开工"),
        "completed": ("completed", "完成"),
        "reported": ("reported", "报道"),
    },
    "date_precision": {
        "day": ("day", "日"),
        "month": ("month", "月"),
        "year": ("year", "年"),
        "": ("undated", "无日期"),
    },
    "qualifier": {
        "exact": ("", ""),
        "min": ("at least", "至少"),
        "approx": ("about", "约"),
        "max": ("up to", "至多"),
        "": ("", ""),
    },
    "amount_kind": {
        "investment": ("investment", "投资"),
        "planned_investment": ("planned investment", "计划投资"),
        "contract": ("contract", "合同"),
        "agreement": ("agreement", "协议"),
        "acquisition": ("acquisition", "收购"),
        "actual_investment": ("actual investment", "实际投资"),
        "annual_investment": ("investment of a year", "年度投资"),
        "completed_investment": ("completed investment", "完成投资"),
        "paid_in_investment": ("paid-in investment", "到位资金"),
        "foreign_capital_used": ("foreign capital used", "实际使用外资"),
        "contracted_foreign_capital": ("contracted foreign capital", "合同外资"),
        "contract_target": ("contract target", "签约目标"),
        "framework": ("framework agreement", "框架协议"),
        "mixed": ("investment and other money together", "投资与其他资金合计"),
        "registered_capital": ("registered capital", "注册资本"),
        "financing": ("financing", "融资"),
        "loan": ("loan", "贷款"),
        "credit_line": ("credit line", "授信"),
        "fund_size": ("size of a fund", "基金规模"),
        "land_price": ("price of land", "地价"),
        "donation": ("donation", "捐赠"),
        "output_value": ("output value", "产值"),
        "revenue": ("revenue", "收入"),
        "trade_value": ("trade value", "贸易额"),
        "cargo_value": ("value of cargo", "货值"),
        "gdp": ("GDP", "地区生产总值"),
        "": ("", ""),
    },
    "source_class": {
        "official": ("official page", "官方网站"),
        "press": ("press", "媒体"),
        "newswire": ("newswire", "通讯社"),
        "company": ("company", "企业"),
        "aggregator": ("aggregator", "聚合网站"),
        "copy": ("copy of another page", "转载"),
        "mirror": ("mirror of another page", "镜像"),
        "no_url": ("no address", "无网址"),
        "unclassed": ("not classed yet", "尚未分类"),
    },
    "completeness": {
        "figure": ("Figure", "数字"),
        "date": ("Date", "日期"),
        "place": ("Place", "地点"),
        "sector": ("Sector", "行业"),
        "stage": ("Stage", "阶段"),
        "organisation": ("Organisation", "机构"),
        "source": ("Kind of source", "来源类别"),
        "link": ("Link to the source", "来源链接"),
    },
    "rule": {
        "event": (
            "Used because it is part of an event, so that the event does not count it again.",
            "采用此条，因其属于活动分项，避免活动合计重复计算。",
        ),
        "amount": ("Used because it states new investment.", "采用此条，因其写明新增投资额。"),
        "stage": ("Used because it tells the furthest stage.", "采用此条，因其阶段最新。"),
        "confidence": ("Used because it is the most reliable.", "采用此条，因其可信度最高。"),
        "date": ("Used because it is the latest.", "采用此条，因其日期最近。"),
        "equal": (
            "Equal in event, amount, stage, confidence and date; the tables name this one.",
            "各项条件相同，按数据表采用此条。",
        ),
        "editor": (
            "Chosen in the tables; by stage, confidence and date another one would go first.",
            "数据表指定采用此条，若按阶段、可信度和日期则为另一条。",
        ),
        "stock": (
            "None is summed: these are running totals, and a later one repeats an earlier one.",
            "均不计入合计，这些是累计数，后者包含前者。",
        ),
        "none": (
            "None is summed: these figures are not new projects of this region.",
            "均不计入合计，这些数字不是本区域的新项目。",
        ),
    },
    "stage_group": {
        "agreed": ("Signed, started, operating or completed", "已签约、开工、投产或建成"),
        "announced": ("Announced only", "仅公布"),
        "opportunity": ("On offer, no deal yet", "发布的机会，尚未成交"),
        "cancelled": ("Cancelled", "已取消"),
        "": ("Stage not stated", "阶段未说明"),
    },
    "relation": {
        "own": ("this event", "本活动"),
        "part": ("part told with another event", "见于其他活动的分项"),
        "whole": ("wider total around it", "所属更大合计"),
        "telling": ("told again elsewhere", "他处重复报道"),
        "conflict": ("contradicts it", "与之矛盾"),
    },
}
"""Words by column, then by value: English and Chinese."""


def word_of(column: str, value: str, language: str = "en") -> str:
    """Return what a person reads for a closed value of a record.

    Parameters
    ----------
    column : str
        Key of `LABELS`.
    value : str
        Value of that column; an unknown one is shown as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The words.

    Raises
    ------
    KeyError
        The column has no list of values.

    Examples
    --------
    >>> word_of("sum_role", "stock"), word_of("qualifier", "min", "zh")
    ('running total: not summed', '至少')
    """
    pair = LABELS[column].get(value)
    return pair[language == "zh"] if pair else value


COUNTED: Final[dict[str, tuple[str, str, str]]] = {
    "projects": ("{} project", "{} projects", "{}个项目"),
    "companies": ("{} company", "{} companies", "{}家企业"),
    "institutions": ("{} institution", "{} institutions", "{}家机构"),
    "beds": ("{} bed", "{} beds", "{}张床位"),
    "participants": ("{} participant", "{} participants", "{}位参会者"),
    "parks": ("{} park", "{} parks", "{}个园区"),
    "agreements": ("{} agreement", "{} agreements", "{}份协议"),
    "m2": ("{} m²", "{} m²", "{}平方米"),
    "km2": ("{} km²", "{} km²", "{}平方公里"),
    "ha": ("{} ha", "{} ha", "{}公顷"),
    "acre": ("{} acre", "{} acres", "{}英亩"),
    "TEU": ("{} TEU", "{} TEU", "{}标准箱"),
    "trains": ("{} train", "{} trains", "{}列"),
    "vehicles": ("{} vehicle", "{} vehicles", "{}辆"),
    "vehicles_per_year": ("{} vehicle a year", "{} vehicles a year", "每年{}辆"),
    "units": ("{} unit", "{} units", "{}台（套）"),
    "Gbps": ("{} Gbit/s", "{} Gbit/s", "{} Gbit/s"),
    "Nm3_per_hour": ("{} Nm³ an hour", "{} Nm³ an hour", "每小时{}标准立方米"),
    "percent_stake": ("a stake of {}%", "a stake of {}%", "{}%股权"),
    "percent_of_national_gdp": (
        "{}% of the national GDP",
        "{}% of the national GDP",
        "占全国GDP的{}%",
    ),
    "percent_of_national_population": (
        "{}% of the national population",
        "{}% of the national population",
        "占全国人口的{}%",
    ),
}
"""What a number counts: for one, for any other number, and in Chinese."""


def counted(number: str, unit: str, language: str = "en") -> str:
    """Say how many of what.

    Parameters
    ----------
    number : str
        Plain decimal number as stated; none of its digits is lost.
    unit : str
        One of `ccgeo.records.vocabulary.COUNT_UNITS` or `QUANTITY_UNITS`; an unknown one is shown
        as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The number with commas, and the words; empty without a number.

    Examples
    --------
    >>> counted("3430000", "vehicles"), counted("1", "companies", "zh")
    ('3,430,000 vehicles', '1家企业')
    """
    if not number:
        return ""
    written = f"{Decimal(number):,f}"
    if unit not in COUNTED:
        return f"{written} {unit}".strip()
    one, many, chinese = COUNTED[unit]
    words = chinese if language == "zh" else one if number == "1" else many
    return words.format(written)


_REPORTED: Final = re.compile(
    r"(?P<value>\d+(?:\.\d+)?)(?: (?P<scale>mn|bn|trn))? (?P<currency>[A-Z]{3})"
)
_CHINESE_SCALES: Final = {"": 0, "万": 4, "亿": 8, "万亿": 12}
_CURRENCIES: Final = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
    "KRW": "韩元",
    "SGD": "新加坡元",
}


def amount_words(reported: str, language: str = "en") -> str:
    """Say an amount as reported in the scales of a language.

    Parameters
    ----------
    reported : str
        Amount as `ccgeo.records.money.amount_text` writes it; any other text, such as one of a
        user's own table, is returned as it is.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        The same amount to the digit.

    Examples
    --------
    >>> amount_words("208.67 bn CNY", "zh"), amount_words("860 mn EUR")
    ('2086.7亿元', '860 mn EUR')
    """
    found = _REPORTED.fullmatch(reported) if language == "zh" else None
    if found is None:
        return reported
    power = AMOUNT_SCALES[found["scale"] or "1"]
    value, scale = rescaled(found["value"], power, _CHINESE_SCALES)
    currency = found["currency"]
    return f"{value}{scale}{_CURRENCIES.get(currency, f' {currency}')}"

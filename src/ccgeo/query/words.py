"""Numbers and selections in words, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccgeo.query.vocabulary import ANY_DATE, DEFAULT_STAGES, label_of

if TYPE_CHECKING:
    from ccgeo.query.measures import Summary
    from ccgeo.query.selection import Selection, View

_SCALES: Final = {
    "en": ((1e12, "trn"), (1e9, "bn"), (1e6, "mn"), (1e3, "thousand"), (1.0, "")),
    "zh": ((1e12, "万亿元"), (1e8, "亿元"), (1e4, "万元"), (1.0, "元")),
}
_MOST_NAMED: Final = 3
# Field of the selection: the word that joins its values to the sentence in English.
_JOINED: Final = {"sectors": "in", "places": "in", "partners": "with"}
_NOUNS: Final = {
    "sectors": ("sectors", "个行业"),
    "places": ("places", "个地区"),
    "partners": ("partners", "个伙伴"),
}
_LEVEL_WORDS: Final = {
    "district": ("district", "区县"),
    "prefecture": ("prefecture", "市州"),
    "province": ("province", "省市"),
}


def amount_words(amount_cny: float, language: str = "en") -> str:
    """Write an amount for reading.

    Parameters
    ----------
    amount_cny : float
        Amount in CNY.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Amount and its unit, with one decimal, below ten with two.

    Examples
    --------
    >>> amount_words(212_100_000_000), amount_words(1_150_000_000, "zh")
    ('CNY 212.1 bn', '11.5亿元')
    """
    scales = _SCALES[language]
    # 999,999,999 rounds to 1,000.0 mn: the next scale up reads better.
    size = round(abs(amount_cny), 2) * 1.00005
    scale, unit = next((pair for pair in scales if size >= pair[0]), scales[-1])
    number = _short(amount_cny / scale)
    if language == "zh":
        return f"{number}{unit}"
    return f"CNY {number} {unit}".rstrip()


def number_words(value: float, measure: str, language: str = "en") -> str:
    """Write a mapped number for a legend or a tooltip.

    Parameters
    ----------
    value : float
        Number in the unit of the measure.
    measure : {"amount", "projects", "amount_per_km2"}
        What it measures.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Number with its unit; a count stands alone.

    Examples
    --------
    >>> number_words(1_500_000, "amount_per_km2")
    'CNY 1.5 mn'
    """
    if measure == "projects":
        return _short(value)
    return amount_words(value, language)


def share_words(part: int, whole: int) -> str:
    """Write a share in per cent, never rounded to all or nothing.

    Parameters
    ----------
    part : int
        The part.
    whole : int
        The whole, above zero.

    Returns
    -------
    str
        Per cent.

    Examples
    --------
    >>> share_words(999, 1000), share_words(1, 1000), share_words(58, 100)
    ('>99%', '<1%', '58%')
    """
    if part not in {0, whole}:
        if 0 < 100 * part < whole:
            return "<1%"
        if 99 * whole < 100 * part < 100 * whole:
            return ">99%"
    # Whole numbers throughout: floor of (2 part + whole/100) / (whole/50), halves go up.
    return f"{(200 * part + whole) // (2 * whole)}%"


def sentence(summary: Summary, view: View, selection: Selection | None = None) -> str:
    """Say in one sentence what is shown and what is not.

    Parameters
    ----------
    summary : Summary
        The selection, added up at the level of the view.
    view : View
        Gives level and language.
    selection : Selection, optional
        What was asked; named in the sentence if given.

    Returns
    -------
    str
        Amount, projects, records, filters, share known at the level, and the caveat that
        amounts are announced or contracted.

    Examples
    --------
    >>> import numpy as np
    >>> from ccgeo.query.measures import Summary, Total
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> units = {"500103": np.array([1, 2, 1, 58, 1])}
    >>> summary = Summary(units, {}, Total(2, 3, 2, 100, 2))
    >>> sentence(summary, View(), DEFAULT_SELECTION).split("; ")[1]
    '58% of it is known at district level'
    """
    if not summary.total.entries:
        return "没有符合条件的记录。" if view.language == "zh" else "No record fits this selection."
    asked = _asked(selection, view.language) if selection else ""
    parts = [_counted(summary, view.language) + asked, _known(summary, view)]
    if summary.total.amount_stated:
        zh = view.language == "zh"
        parts.append(
            "金额为公布或签约数，并非实际支出" if zh else "announced or contracted, not spent"
        )
    if view.language == "zh":
        return "；".join(parts) + "。"
    return "; ".join(parts) + "."


def _counted(summary: Summary, language: str) -> str:
    total = summary.total
    amount = amount_words(total.amount_fen / 100, language) if total.amount_stated else ""
    if language == "zh":
        counted = f"{total.projects:,}个项目（{total.entries:,}条记录）"
        return f"{counted}，共{amount}" if amount else f"{counted}，均未说明金额"
    counted = f"{_plural(total.projects, 'project')} ({_plural(total.entries, 'record')})"
    return f"{amount} in {counted}" if amount else f"No stated amount in {counted}"


def _known(summary: Summary, view: View) -> str:
    zh = view.language == "zh"
    level = _LEVEL_WORDS[view.level][zh]
    mapped = summary.mapped_total
    part, whole = mapped.amount_fen, summary.total.amount_fen
    # A share of a sum with negative residuals can leave 0-100%: then records are the measure.
    of_records = not 0 <= part <= whole or not whole
    if of_records:
        part, whole = mapped.entries, summary.total.entries
    share = share_words(part, whole)
    if zh:
        return f"其中{share}的{'记录' if of_records else '金额'}可落实到{level}"
    return f"{share} of {'the records' if of_records else 'it'} is known at {level} level"


def _asked(selection: Selection, language: str) -> str:
    stages = _stage_words(selection.stages, language)
    years = _year_words(selection, language)
    named = {field: _list_words(selection, field, language) for field in _JOINED}
    if language == "zh":
        return "".join(f"，{text}" for text in (years, stages, *named.values()) if text)
    joined = "".join(f" {_JOINED[field]} {text}" for field, text in named.items() if text)
    return f" {stages}{joined}, {years}"


def _stage_words(stages: frozenset[str], language: str) -> str:
    zh = language == "zh"
    if stages == DEFAULT_STAGES:
        return "已签约或更后阶段" if zh else "signed or later"
    if not stages:
        return "所有阶段" if zh else "at any stage"
    labels = [label_of("stages", stage, language) for stage in sorted(stages)]
    return "、".join(labels) if zh else " or ".join(labels)


def _list_words(selection: Selection, field: str, language: str) -> str:
    chosen = sorted(getattr(selection, field))
    zh = language == "zh"
    if not chosen:
        return ""
    if len(chosen) > _MOST_NAMED:
        noun = _NOUNS[field][zh]
        return f"{len(chosen)}{noun}" if zh else f"{len(chosen)} {noun}"
    return ("、" if zh else " + ").join(label_of(field, choice, language) for choice in chosen)


def _year_words(selection: Selection, language: str) -> str:
    zh = language == "zh"
    undated = ("含无日期" if zh else "undated included") if selection.include_undated else ""
    if selection.years is None:
        years = "所有年份" if zh else "all years"
    else:
        first, last = selection.years
        years = str(first) if first == last else f"{first}–{last}"
        years += "年" if zh else ""
    dated = ""
    if selection.date_kind != ANY_DATE:
        date = label_of("date_kind", selection.date_kind, language)
        dated = f"按{date}" if zh else f"by the date {date}"
    return ("、" if zh else ", ").join(filter(None, (years, dated, undated)))


def _short(number: float) -> str:
    decimals = 2 if abs(number) < 10 else 1  # noqa: PLR2004 - ten is where a digit is gained
    return f"{number:,.{decimals}f}".rstrip("0").rstrip(".")


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

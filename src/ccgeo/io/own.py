"""A user's good rows as entries that a layer can be built from, and a template to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ccgeo.io.placing import find_place
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes
from ccgeo.query.engine import place_entries
from ccgeo.records.ledger import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUMMED: Final = frozenset({"event", "breakdown", "deal"})
# Heading in both languages, and what to write.
_TEMPLATE: Final = {
    "id": ("ID / 编号", "any text, unique in the file", "任意文本，文件内唯一"),
    "title": ("Title / 名称", "what it is", "项目名称"),
    "date": ("Date / 日期", "YYYY, YYYY-MM or YYYY-MM-DD", "年、年月或年月日"),
    "stage": ("Stage / 阶段", "announced, signed, started …", "已公布、已签约、已开工……"),
    "sector": ("Sector / 行业", "in the words of the source", "用来源原文"),
    "projects": ("Projects / 项目数", "a whole number", "整数"),
    "amount": ("Amount / 金额", "RMB22.4 billion, 1.5亿元, US$860m", "如 1.5亿元、860万美元"),
    "place": ("Place / 地点", "name of a district, zone or city", "区县、园区或市州名称"),
    "adcode": ("Adcode / 行政区划代码", "six digits, if known", "六位数字（如已知）"),
    "partner": ("Partner / 国别", "country or bloc, several with ;", "国家或地区，多个用分号"),
    "organisation": ("Organisation / 企业", "investors and hosts", "投资方与承接方"),
    "source": ("Source / 来源", "title and publisher", "标题与发布者"),
    "url": ("URL / 网址", "https://…", "https://…"),
    "note": ("Note / 备注", "anything else", "其他说明"),
}


def own_entries(good: pd.DataFrame, decisions: Mapping[str, str] | None = None) -> pd.DataFrame:
    r"""Return good rows as placed entries.

    A row with parts in the file keeps what they leave of it, so that nothing counts twice;
    figures about a place or a period are not summed.

    Parameters
    ----------
    good : pandas.DataFrame
        Good rows, as `ccgeo.io.readers.Checked` holds them; not changed.
    decisions : mapping of str to str, optional
        Adcode or zone id that a person chose for a mention of a place.

    Returns
    -------
    pandas.DataFrame
        As `ccgeo.query.engine.place_entries`; ``entry_id`` begins with ``own-``.

    Examples
    --------
    >>> from ccgeo.io.readers import read_records
    >>> checked = read_records("名称,金额,区县\n甲,1亿元,市中区\n".encode())
    >>> own_entries(checked.good, {"市中区": "511002"})["unit_district_2025"].tolist()
    ['511002']
    """
    chosen = {text: find_place(place_id) for text, place_id in (decisions or {}).items()}
    rows = [_entry(row, chosen) for row in good.to_dict("records")]
    _leave_parts_out(rows)
    like = read_entries()
    columns = {
        name: pd.Series([row.get(name, _empty(kind)) for row in rows], dtype=_dtype(kind))
        for name, kind in like.dtypes.items()
    }
    return place_entries(pd.DataFrame(columns))


def open_mentions(good: pd.DataFrame) -> dict[str, tuple[int, tuple[str, ...]]]:
    r"""Return the mentions of places that are not settled.

    Parameters
    ----------
    good : pandas.DataFrame
        Good rows.

    Returns
    -------
    dict of str to tuple
        Number of rows and candidates by mention, most rows first.

    Examples
    --------
    >>> from ccgeo.io.readers import read_records
    >>> open_mentions(read_records("名称,区县\n甲,市中区\n乙,市中区\n".encode()).good)
    {'市中区': (2, ('511002', '511102'))}
    """
    left = good[(good["place_level"] == "unknown") & (good["place_text"] != "")]
    counts = left["place_text"].value_counts()
    candidates = dict(zip(left["place_text"], left["candidates"], strict=True))
    return {str(text): (int(count), candidates[text]) for text, count in counts.items()}


def decisions_bytes(decisions: Mapping[str, str]) -> bytes:
    """Write what was decided about places, to be kept with the file.

    Parameters
    ----------
    decisions : mapping of str to str
        Adcode or zone id by mention.

    Returns
    -------
    bytes
        CSV with the columns ``mention`` and ``place``.

    Examples
    --------
    >>> decisions_bytes({"市中区": "511002"}).decode("utf-8-sig").splitlines()[1]
    '市中区,511002'
    """
    rows = [{"mention": text, "place": place} for text, place in decisions.items()]
    return csv_bytes(rows or [{"mention": "", "place": ""}])


def template_bytes(form: str) -> bytes:
    """Return an empty table to fill in.

    Parameters
    ----------
    form : {"csv", "xlsx"}
        Format; the workbook has notes in both languages on a second sheet.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> template_bytes("csv").decode("utf-8-sig")[:15]
    'ID / 编号,Title /'
    """
    headings = [heading for heading, _, _ in _TEMPLATE.values()]
    if form == "csv":
        return csv_bytes([dict.fromkeys(headings)]).split(b"\r\n")[0] + b"\r\n"
    notes = [
        {"column": heading, "what to write": english, "说明": chinese}
        for heading, english, chinese in _TEMPLATE.values()
    ]
    return workbook_bytes({"records": [dict.fromkeys(headings)], "notes": notes})


def _entry(row: dict[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    place = chosen.get(row["place_text"])
    settled = place is not None and bool(place.ids) and row["place_level"] == "unknown"
    is_summed = row["kind"] in _SUMMED
    name = row["id"] or f"row-{row['row']}"
    return {
        **row,
        "entry_id": f"own-{name}",
        "record_id": name,
        "place_level": place.level if place is not None and settled else row["place_level"],
        "place_ids": place.ids if place is not None and settled else row["place_ids"],
        "place_basis": "chosen by hand" if settled else "stated",
        "amount_fen": row["amount_fen"] if is_summed else pd.NA,
        "projects": row["projects"] if is_summed else pd.NA,
        "amount_kind": "investment",
    }


def _leave_parts_out(rows: Iterable[dict[str, Any]]) -> None:
    """Take from each row what its parts state, so that parts and rest give the whole."""
    by_id = {row["record_id"]: row for row in rows if row["id"]}
    stated = {key: dict.fromkeys(("amount_fen", "projects"), 0) for key in by_id}
    for row in rows:
        for name in ("amount_fen", "projects"):
            if row["parent_id"] in stated and not pd.isna(row[name]):
                stated[row["parent_id"]][name] += int(row[name])
    for key, parts in stated.items():
        for name, part in parts.items():
            if part and not pd.isna(by_id[key][name]):
                by_id[key][name] = int(by_id[key][name]) - part
                by_id[key]["is_residual"] = True


def _dtype(kind: Any) -> Any:  # noqa: ANN401 - a dtype of pandas
    return object if str(kind) == "str" else kind


def _empty(kind: Any) -> Any:  # noqa: ANN401 - a dtype of pandas
    return {"bool": False, "Int64": pd.NA, "int64": 0}.get(str(kind), "")

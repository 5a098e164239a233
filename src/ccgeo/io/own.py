"""A user's good rows as entries that a layer can be built from, and a template to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ccgeo.io.collection import feature_collection
from ccgeo.io.columns import objects
from ccgeo.io.geojson import (
    flow_features,
    layer_metadata,
    record_features,
    unit_features,
)
from ccgeo.io.pause import collector_paused
from ccgeo.io.placing import find_place
from ccgeo.io.rows import credited_sources, record_rows
from ccgeo.io.tables import csv_bytes, table_bytes
from ccgeo.io.workbook import workbook_bytes
from ccgeo.query.engine import place_entries, unit_column
from ccgeo.query.records_words import amount_words, counted, word_of
from ccgeo.query.vocabulary import label_of
from ccgeo.records.ledger import SUMMED_KINDS, build_entries, read_entries, reconciliations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccgeo.layers.answer import Answer
    from ccgeo.records.ledger import Line

OWN: Final = "own-"
"""Begins the id of an entry or a row that is a person's own."""

_FEN_PER_MILLION: Final = 100_000_000
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
    with collector_paused():
        return _own_entries(good, decisions or {})


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


def list_own(good: pd.DataFrame, entries: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    r"""Return good rows as rows to read, those that no sum counts among them.

    Parameters
    ----------
    good : pandas.DataFrame
        Good rows, as `ccgeo.io.readers.Checked` holds them; not changed.
    entries : pandas.DataFrame
        What `own_entries` made of them; says which are counted, and where they are.
    language : {"en", "zh"}
        Language of the words; titles stay as written.

    Returns
    -------
    pandas.DataFrame
        One row each in their order, with those columns of `ccgeo.query.records.list_records`
        that a file can fill; ``record_id`` begins with ``own-``, which no shipped one does.

    Examples
    --------
    >>> from ccgeo.io.readers import read_records
    >>> good = read_records("名称,金额,区县\n甲,1亿元,渝中区\n".encode()).good
    >>> list_own(good, own_entries(good))[["record_id", "figure", "in_sums"]].values.tolist()
    [['own-row-2', '100 mn CNY', 'counts']]
    """
    rows = _named(good)
    # A person may have chosen a place since.
    chosen = dict(zip(entries["record_id"], entries["place_level"], strict=True))
    levels = [
        chosen.get(*pair) for pair in zip(rows["record_id"], rows["place_level"], strict=True)
    ]

    def named(field: str, choices: Iterable[str]) -> list[str]:
        return [label_of(field, choice, language) for choice in choices]

    # What is itemised to the last yuan leaves no entry of its own.
    sums = {*entries["record_id"], *own_totals(good)}
    roles = [
        "none" if record_id not in sums else "part" if parent_id in sums else "count"
        for record_id, parent_id in zip(rows["record_id"], rows["parent_id"], strict=True)
    ]
    return pd.DataFrame(
        {
            "record_id": [OWN + record_id for record_id in rows["record_id"]],
            "title": rows["title"].to_numpy(),
            "figure": [_figure(*each, language) for each in
                       zip(rows["projects"], rows["amount_reported"], strict=True)],
            "amount_cny_mn": (rows["amount_fen"].astype("Float64") / _FEN_PER_MILLION).to_numpy(),
            "in_sums": [word_of("sum_role", role, language) for role in roles],
            "date": rows["date"].to_numpy(),
            "stage": named("stages", rows["stage"]),
            "place": rows["place_text"].to_numpy(),
            "known_at": named("known_levels", levels),
            "sector": named("sectors", rows["sector_id"]),
            "partner": [", ".join(named("partners", each)) for each in rows["partners"]],
            "direction": named("directions", rows["direction"]),
            "kind": named("kinds", rows["kind"]),
            "organisation": rows["organisation"].to_numpy(),
            "note": rows["note"].to_numpy(),
            "source": rows["source"].to_numpy(),
            "confidence": rows["confidence"].to_numpy(),
        }
    )  # fmt: skip


def own_totals(good: pd.DataFrame) -> dict[str, tuple[Line, ...]]:
    r"""Return what each total of a file is made of: its parts in the file, and the remainder.

    Parameters
    ----------
    good : pandas.DataFrame
        Good rows; not changed.

    Returns
    -------
    dict of str to tuple of Line
        By the id of the row that states the total, see
        `ccgeo.records.ledger.reconciliation`.

    Examples
    --------
    >>> from ccgeo.io.readers import read_records
    >>> rows = "id,parent id,title,amount\nE,,Fair,5bn yuan\nD,E,Plant,2bn yuan\n"
    >>> [line.amount_fen for line in own_totals(read_records(rows.encode()).good)["E"]]
    [500000000000, 200000000000, 300000000000]
    """
    rows = _named(good)
    tied = _tied(rows) & rows["kind"].isin(SUMMED_KINDS)
    return reconciliations(_known(rows[tied])) if tied.any() else {}


def _figure(projects: Any, amount: str, language: str) -> str:  # noqa: ANN401 - an integer or NA
    count = "" if pd.isna(projects) else counted(str(projects), "projects", language)
    joint = "；" if language == "zh" else "; "
    return joint.join(filter(None, (count, amount_words(amount, language))))


def answer_bytes(answered: Answer, form: str) -> bytes:
    """Write an answer that was not asked of the shipped records alone.

    Parameters
    ----------
    answered : Answer
        As `ccgeo.layers.answer.answer_from` gives it.
    form : {"geojson", "csv"}
        The layers that the screen shows, or the records behind them.

    Returns
    -------
    bytes
        The file; a GeoJSON file says that it holds records of a user.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer_from
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.memory import Memory
    >>> from ccgeo.query.selection import OPEN_SELECTION, View
    >>> answered = answer_from(Memory(read_placed().head(2)), OPEN_SELECTION, View())
    >>> len(answer_bytes(answered, "csv").splitlines())
    3
    """
    if form == "csv":
        rows = record_rows(answered.selected, answered.view)
        return csv_bytes(rows or [{"entry_id": ""}])
    unit = unit_column(answered.view.level, answered.view.vintage)
    unmapped = answered.selected[answered.selected[unit] == ""]
    features = [
        *unit_features(answered.choropleth),
        *flow_features(answered.flows),
        *record_features(unmapped, answered.view),
    ]
    metadata = layer_metadata(
        answered.choropleth, answered.flows, sources=credited_sources(answered.selected)
    )
    return feature_collection(features, {**metadata, "records": "of a user, not shipped alone"})


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
        return table_bytes(headings, [])
    notes = [
        {"column": heading, "what to write": english, "说明": chinese}
        for heading, english, chinese in _TEMPLATE.values()
    ]
    return workbook_bytes({"records": [dict.fromkeys(headings)], "notes": notes})


def _own_entries(good: pd.DataFrame, decisions: Mapping[str, str]) -> pd.DataFrame:
    rows = _named(good).assign(**_placed(good, decisions))
    is_summed = rows["kind"].isin(SUMMED_KINDS)
    rows.loc[~is_summed, ["amount_fen", "projects"]] = pd.NA
    tied = _tied(rows) & is_summed
    entries = pd.concat([_lone(rows[~tied]), _ledger(rows[tied])], ignore_index=True)
    order = dict(zip(rows["record_id"], range(len(rows)), strict=True))
    return place_entries(entries.sort_values("record_id", key=lambda ids: ids.map(order)))


def _named(good: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with an id each, the one that the file gives if it gives one."""
    given = good["id"]
    known = set(given)
    made = pd.Series([f"row-{row}" for row in good["row"]], index=good.index, dtype=object)
    while known & set(made[given == ""]):
        made += "~"
    names = given.where(given != "", made)
    return good.assign(record_id=names, id=names)


def _placed(good: pd.DataFrame, decisions: Mapping[str, str]) -> dict[str, pd.Series]:
    """Return where each row is, with what a person chose for its words."""
    chosen = {text: find_place(place_id) for text, place_id in decisions.items()}
    chosen = {text: place for text, place in chosen.items() if place.ids}
    known = zip(good["place_level"], good["place_ids"], good["place_text"], strict=True)
    settled = [
        (chosen[text].level, chosen[text].ids, "chosen by hand")
        if level == "unknown" and text in chosen
        else (level, ids, "stated")
        for level, ids, text in known
    ]
    names = ("place_level", "place_ids", "place_basis")
    cells = zip(*settled, strict=True) if settled else ((), (), ())
    return {
        name: pd.Series(objects(each), index=good.index)
        for name, each in zip(names, cells, strict=True)
    }


def _tied(rows: pd.DataFrame) -> pd.Series:
    """Return which rows count together with others: wholes, parts, and projects told twice."""
    is_part = (rows["parent_id"] != "") & rows["parent_id"].isin(rows["record_id"])
    is_whole = rows["record_id"].isin(rows.loc[is_part, "parent_id"])
    return is_part | is_whole | (rows["project_key"] != "")


def _lone(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows that count by themselves as entries."""
    return _like_entries(rows.assign(entry_id=OWN + rows["record_id"].astype(object)))


def _ledger(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows that count together as entries, by the laws of the shipped records."""
    if rows.empty:
        return _lone(rows)
    entries = build_entries(_known(rows))
    return entries.astype(
        {name: object for name, kind in entries.dtypes.items() if kind == "str"}
    ).assign(entry_id=OWN + entries["entry_id"].astype(object))


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as the ledger takes records."""
    is_part = rows["parent_id"].isin(rows["record_id"])
    return _like_entries(rows).assign(
        id=rows["record_id"],
        sum_role=is_part.map({True: "part", False: "count"}),
        cut="deal",
        project_key=rows["project_key"],
    )


def _like_entries(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns of entries, empty where a file has none of it."""
    filled = {"amount_kind": "investment"}
    columns = {}
    for name, kind in read_entries().dtypes.items():
        cells = rows[name] if name in rows else filled.get(str(name), _empty(kind))
        columns[name] = pd.Series(cells, index=rows.index, dtype=_dtype(kind))
    return pd.DataFrame(columns)


def _dtype(kind: Any) -> Any:  # noqa: ANN401 - a dtype of pandas
    return object if str(kind) == "str" else kind


def _empty(kind: Any) -> Any:  # noqa: ANN401 - a dtype of pandas
    return {"bool": False, "Int64": pd.NA, "int64": 0}.get(str(kind), "")

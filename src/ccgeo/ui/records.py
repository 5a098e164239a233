"""One record with every telling, and the table of all of them.

Text of records goes only into table cells and `st.text`; Markdown gets fixed vocabulary, ids
of known records and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd
import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.errors import UnknownChoiceError
from ccgeo.query.listing import citations
from ccgeo.query.records import (
    figure_words,
    find_records,
    list_records,
    read_detail,
    records_by_id,
)
from ccgeo.query.records_words import word_of
from ccgeo.query.words import amount_words
from ccgeo.records.ledger import counted_ids
from ccgeo.records.money import conversion_note
from ccgeo.records.tables import read_records, read_sources
from ccgeo.ui import own, own_records, reconciliation, state
from ccgeo.ui.register import version_words
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccgeo.query.records import Detail
    from ccgeo.records.checks import Finding
    from ccgeo.records.versions import Versions

_FEN: Final = 100
_SIDE_BY_SIDE: Final = 3
_FEW_ROWS: Final = 12
_TABLE_PX: Final = 560
_DATE_PX: Final = 95
_FIND_KEY: Final = "find_record"
_NUMBERS: Final = ("amount_cny_mn",)
_WIDTHS: Final[dict[str, Literal["medium", "large"]]] = {
    "title": "large",
    "note": "large",
    "figure": "medium",
    "in_sums": "medium",
    "why_not": "medium",
    "source": "medium",
    "event": "medium",
    "organisation": "medium",
}
_NAMES: Final = {"known_at": "known_at", "url": "link", "amount_cny_mn": "any_money"}
_COLUMNS: Final = (
    "record_id",
    "title",
    "figure",
    "in_sums",
    "why_not",
    "date",
    "source",
    "url",
    "amount_kind",
    "amount_cny_mn",
    "stage",
    "place",
    "known_at",
    "sector",
    "partner",
    "direction",
    "kind",
    "cut",
    "event",
    "organisation",
    "confidence",
    "completeness",
    "date_kind",
    "date_precision",
    "conversion",
    "flags",
    "note",
)


def show_all() -> None:
    """Show every record in a table that searches and sorts, and the one that is chosen."""
    shipped = list_records(language())
    st.subheader(say("records_page"))
    st.caption(say("records_intro", records=f"{len(shipped):,}"))
    own.show_choice()
    rows = own_records.asked(shipped)
    st.session_state[_FIND_KEY] = state.own_value("find")
    text = st.text_input(
        say("find_record"),
        key=_FIND_KEY,
        placeholder=say("find_record_hint"),
        icon=":material/search:",
        on_change=state.taker(_FIND_KEY, lambda text: state.change_own("find", text)),
    )
    found = find_records(rows, text)
    st.caption(say("records_found", shown=f"{len(found):,}", total=f"{len(rows):,}"))
    _show_own(rows)
    if state.own_value("record"):
        show_chosen()
    show_table(found, key=f"all_records_{own.choice()}")


def _show_own(rows: pd.DataFrame) -> None:
    """Show the row of a person's own that is open, with what it is made of."""
    fields = own_records.opened(rows)
    if fields.empty:
        return
    with st.container(border=True):
        st.button(
            say("close"),
            key="close_own",
            icon=":material/close:",
            on_click=own_records.open_row,
            args=("",),
        )
        _show_fields(fields)
        lines = own_records.lines_of(fields["value"].iloc[0])
        if lines:
            st.markdown(f"**{say('reconciled')}**")
            reconciliation.show_lines(lines, key="own_record")


def show_chosen() -> None:
    """Show the record that the link names, with a way to close it."""
    record_id = state.own_value("record")
    with st.container(border=True):
        show_close()
        try:
            detail = read_detail(record_id, language())
        except UnknownChoiceError as error:
            st.markdown(say("unknown_record"))
            st.text(str(error))
            return
        _show_detail(detail)


def show_close() -> None:
    """Draw the button that closes the record that the link names."""
    st.button(
        say("close"),
        key="close_record",
        icon=":material/close:",
        on_click=state.change_own,
        args=("record", ""),
    )


def show_table(rows: pd.DataFrame, *, key: str) -> None:
    """Show records in a table; choosing a row opens it.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `ccgeo.query.records.list_records`, perhaps with ``relation``.
    key : str
        Key of the widget.
    """
    ids = rows["record_id"].tolist()
    relation = ("relation",) if "relation" in rows else ()
    st.dataframe(
        rows,
        key=key,
        height="content" if len(rows) <= _FEW_ROWS else _TABLE_PX,
        hide_index=True,
        column_order=(*_COLUMNS, *relation),
        column_config={name: _column(name) for name in (*_COLUMNS, *relation)},
        on_select=state.taker(key, lambda event: _open_row(event, ids)),
        selection_mode="single-row",
        alt=say("records"),
    )


def show_versions(versions: Versions, key: str) -> None:
    """Show every version of one fact side by side, the one in use first, and why it is.

    Parameters
    ----------
    versions : Versions
        The group.
    key : str
        Sets the buttons of this group apart from those of another.
    """
    st.caption(word_of("rule", versions.rule, language()))
    if versions.rival:
        st.caption(say("rank_would", record=encode_markdown(versions.rival)))
    for start in range(0, len(versions.record_ids), _SIDE_BY_SIDE):
        cells = st.columns(_SIDE_BY_SIDE)
        shown = versions.record_ids[start : start + _SIDE_BY_SIDE]
        for cell, record_id in zip(cells, shown, strict=False):
            with cell.container(border=True):
                _show_card(record_id, key, is_used=record_id == versions.used)


def show_findings(findings: Sequence[Finding], key: str) -> None:
    """Say what does not add up, one sentence each, with a way to the records concerned.

    Parameters
    ----------
    findings : sequence of Finding
        What the checks found.
    key : str
        Sets the buttons of this list apart from those of another.
    """
    if not findings:
        return
    with st.container(border=True):
        st.markdown(f":material/warning: **{say('flags_found')}**")
        for place, finding in enumerate(findings):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.text(finding.sentence_zh if language() == "zh" else finding.sentence)
                for record_id in finding.record_ids:
                    _open_button(
                        encode_markdown(record_id), record_id, f"{key}_{place}_{record_id}"
                    )


def show_source(source_id: str, key: str) -> None:
    """Name a source, and link to it where that is safe.

    Parameters
    ----------
    source_id : str
        Id of the sources.
    key : str
        Sets this link apart from others.
    """
    cited = citations()[source_id]
    st.text(cited.title)
    if cited.url:
        st.link_button(
            say("open_source"), cited.url, key=f"source_{key}", icon=":material/open_in_new:"
        )
    else:
        reasons = dict(read_sources()[["source_id", "reason"]].itertuples(index=False))
        st.text(f"{say('source_not_linked')} {reasons[source_id]}")


def show_version() -> None:
    """Say which data this is and what its amounts are."""
    st.caption(f"{say('caveat')} {version_words()}")


def _show_detail(detail: Detail) -> None:
    record = records_by_id()[detail.record_id]
    st.markdown(f"#### {encode_markdown(detail.record_id)}")
    left, right = st.columns([3, 2])
    with left:
        _show_figures(detail.record_id)
        show_source(record.source_id, f"detail_{detail.record_id}")
    with right:
        _show_completeness(detail)
    show_findings(detail.findings, f"detail_{detail.record_id}")
    if detail.lines:
        st.markdown(f"**{say('reconciled')}**")
        reconciliation.show_lines(detail.lines, key=f"detail_{detail.record_id}")
    for versions, title in ((detail.conflict, "conflicts"), (detail.tellings, "tellings")):
        if versions and not _is_repeated(versions, title, detail):
            st.markdown(f"**{say(title, count=len(versions.record_ids))}**")
            show_versions(versions, f"{title}_{detail.record_id}")
    st.markdown(f"**{say('everything_stated')}**")
    _show_fields(detail.fields)


def _is_repeated(versions: Versions, title: str, detail: Detail) -> bool:
    """Return whether the same cards already stand above."""
    above = detail.conflict.record_ids if detail.conflict else ()
    return title == "tellings" and set(versions.record_ids) == set(above)


def _show_figures(record_id: str) -> None:
    """Show title, figures, conversion and date of a record as plain text."""
    record = records_by_id()[record_id]
    in_chinese = language() == "zh" and record.title_zh
    date = f"{word_of('date_kind', record.date_kind, language())} {record.date or say('undated')}"
    lines = (
        record.title_zh if in_chinese else record.title,
        figure_words(record, language()) or say("no_figure"),
        _conversion(record),
        date,
    )
    st.text("\n".join(line for line in lines if line))


def _conversion(record: Any) -> str:  # noqa: ANN401 - a row as a named tuple
    year = None if pd.isna(record.year) else int(record.year)
    note = conversion_note(record.currency, year, language())
    if not note:
        return ""
    return f"≈ {amount_words(int(record.money_fen) / _FEN, language())} ({note})"


def _show_card(record_id: str, key: str, *, is_used: bool) -> None:
    used = f":material/check: **{say('used')}**" if is_used else say("not_used")
    st.markdown(f"{encode_markdown(record_id)} · {used}")
    _show_figures(record_id)
    show_source(records_by_id()[record_id].source_id, f"{key}_{record_id}")
    _open_button(say("details"), record_id, f"{key}_{record_id}")


def _open_button(label: str, record_id: str, key: str) -> None:
    st.button(
        label,
        key=f"open_{key}",
        type="tertiary",
        icon=":material/article:",
        on_click=state.change_own,
        args=("record", record_id),
    )


def _show_completeness(detail: Detail) -> None:
    score, parts = detail.completeness
    st.metric(say("completeness"), f"{score:d} / 100", help=say("completeness_why"))
    names = [word_of("completeness", part.name, language()) for part in parts]
    points = pd.DataFrame(
        {
            "what": names,
            "points": [part.points for part in parts],
            "most": [part.most for part in parts],
        }
    )
    config = st.column_config
    st.dataframe(
        points,
        hide_index=True,
        height="content",
        alt=say("completeness"),
        column_config={
            "what": config.TextColumn(say("line")),
            "points": config.NumberColumn(say("points"), width="small"),
            "most": config.NumberColumn(say("most_points"), width="small"),
        },
    )


def _show_fields(fields: pd.DataFrame) -> None:
    named = fields.assign(field=[_name(field) for field in fields["field"]])
    columns = {
        "field": st.column_config.TextColumn(say("line"), width="small"),
        "value": st.column_config.TextColumn(say("everything_stated"), width="large"),
    }
    st.dataframe(
        named,
        hide_index=True,
        height="content",
        column_config=columns,
        alt=say("everything_stated"),
    )


def _column(name: str) -> Any:  # noqa: ANN401 - Streamlit's own
    config = st.column_config
    label = _name(name)
    if name == "url":
        return config.LinkColumn(label, display_text=say("open"), width="small")
    if name in _NUMBERS:
        return config.NumberColumn(label, format="localized")
    if name == "completeness":
        return config.ProgressColumn(label, min_value=0, max_value=100, format="%d", width="small")
    if name == "confidence":
        return config.NumberColumn(label, width="small")
    return config.TextColumn(
        label, width=_DATE_PX if name == "date" else _WIDTHS.get(name, "small")
    )


def _name(column: str) -> str:
    return say(_NAMES.get(column, column))


def _open_row(event: Any, ids: Sequence[str]) -> None:  # noqa: ANN401 - what the browser sent
    rows = event["selection"]["rows"]
    # A table two runs old may name a row that is no longer there.
    record_id = ids[rows[0]] if rows and rows[0] < len(ids) else ""
    is_own = own_records.is_own(record_id)
    own_records.open_row(record_id if is_own else "")
    state.change_own("record", "" if is_own else record_id)


def count_in_sums(record_ids: Iterable[str]) -> int:
    """Return how many of some records enter sums.

    Parameters
    ----------
    record_ids : iterable of str
        Ids of records.

    Returns
    -------
    int
        Number of them.
    """
    return len(counted_ids(read_records()) & set(record_ids))

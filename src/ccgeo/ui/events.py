"""Events to choose from, and one event as a reconciliation.

Text of records goes only into table cells, `st.text` and the options of a select box, which
show it as it is; Markdown gets fixed vocabulary, ids of known records and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.errors import UnknownChoiceError
from ccgeo.query.events import event_partners, list_events, read_event, total_of
from ccgeo.query.records import all_conflicts, all_findings, records_by_id
from ccgeo.query.records_words import word_of
from ccgeo.query.words import amount_words
from ccgeo.ui import own, own_records, reconciliation, records, state
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ccgeo.query.events import Event, Tree

_FEN: Final = 100
_DATE_PX: Final = 95
_FEN_PER_MILLION: Final = 100_000_000
_CHOICE_KEY: Final = "event_choice"
_TABLE_KEY: Final = "event_table"


def show_page() -> None:
    """Show the event that the link names, or all events to choose from."""
    st.subheader(say("events_page"))
    own.show_choice()
    own_records.show_totals()
    if own.choice() == "mine":
        return
    events = list_events()
    _show_choice(events)
    if state.own_value("record"):
        records.show_chosen()
    if state.own_value("event"):
        _show_chosen()
        return
    st.caption(say("events_intro", events=len(events)))
    names = [say("all_events"), say("not_adding_up")]
    every, odd = st.tabs(names, key="event_tab", on_change=state.keep_link)
    with every:
        _show_table(events)
    if odd.open:
        with odd:
            _show_not_adding_up()


def _show_choice(events: pd.DataFrame) -> None:
    """Draw the search: what is typed is looked for in names, date and venue at once."""
    labels = {row.event_id: _label(row) for row in events.itertuples()}
    chosen = state.own_value("event")
    st.session_state[_CHOICE_KEY] = chosen if chosen in labels else None
    st.selectbox(
        say("find_event"),
        tuple(labels),
        key=_CHOICE_KEY,
        index=None,
        placeholder=say("find_event_hint"),
        format_func=lambda event_id: labels.get(event_id, event_id),
        on_change=state.taker(_CHOICE_KEY, lambda event_id: _open(event_id or "")),
    )


def _label(row: Any) -> str:  # noqa: ANN401 - a row as a named tuple
    parts = (row.name_en, row.name_zh, row.date, row.venue)
    return " · ".join(part for part in parts if part)


def _open(event_id: str) -> None:
    state.change_own("event", event_id)
    state.change_own("record", "")


def _show_table(events: pd.DataFrame) -> None:
    ids = events["event_id"].tolist()
    shown = events.assign(amount=events["amount_fen"].astype("Float64") / _FEN_PER_MILLION)
    config = st.column_config
    names = ("name_zh", "name_en") if language() == "zh" else ("name_en", "name_zh")
    st.dataframe(
        shown,
        key=_TABLE_KEY,
        height=620,
        hide_index=True,
        column_order=("date", *names, "venue", "projects", "amount", "claims"),
        column_config={
            "date": config.TextColumn(say("date"), width=_DATE_PX),
            "name_en": config.TextColumn(say("name_en"), width="large"),
            "name_zh": config.TextColumn(say("name_zh"), width="medium"),
            "venue": config.TextColumn(say("venue"), width="small"),
            "projects": config.NumberColumn(say("signed_projects"), format="localized"),
            "amount": config.NumberColumn(say("signed_amount"), format="localized"),
            "claims": config.NumberColumn(say("claims"), width="small"),
        },
        on_select=state.taker(_TABLE_KEY, lambda event: _open_row(event, ids)),
        selection_mode="single-row",
        alt=say("all_events"),
    )


def _open_row(event: Any, ids: Sequence[str]) -> None:  # noqa: ANN401 - what the browser sent
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(ids):
        _open(ids[rows[0]])


def _show_not_adding_up() -> None:
    found, groups = all_findings(), all_conflicts()
    st.caption(say("not_adding_up_intro", findings=len(found), conflicts=len(groups)))
    records.show_findings(found, "all")
    _heading(say("conflicts"))
    for place, versions in enumerate(groups):
        records.show_versions(versions, f"group_{place}")
        st.divider()


def _show_chosen() -> None:
    st.button(
        say("all_events"), icon=":material/arrow_back:", key="back", on_click=_open, args=("",)
    )
    try:
        event = read_event(state.own_value("event"), language())
    except UnknownChoiceError as error:
        st.markdown(say("unknown_event"))
        st.text(str(error))
        return
    _show_head(event)
    _show_trees(event)
    records.show_findings(event.findings, "event")
    _show_claims(event)
    _show_conflicts(event)
    _show_partners(event)


def _show_head(event: Event) -> None:
    names = [event.name_en, event.name_zh]
    named = reversed(names) if language() == "zh" else names
    lines = (
        " ".join(name for name in named if name),
        " · ".join(filter(None, (event.date or say("undated_event"), event.venue))),
        event.note,
    )
    st.text("\n".join(line for line in lines if line))


def _show_trees(event: Event) -> None:
    if not event.trees:
        st.info(say("no_totals"))
    for place, tree in enumerate(event.trees):
        _show_tree(tree, f"tree_{place}")
    for place, tree in enumerate(event.inner):
        with st.expander(say("inside", record=encode_markdown(tree.record_id))):
            reconciliation.show_lines(tree.lines, key=f"inner_{place}")


def _show_tree(tree: Tree, key: str) -> None:
    """Show one total: in numbers, in a bar, in a table, and who states it."""
    _heading(word_of("stage_group", tree.stage_group, language()))
    projects, amount = total_of(tree.lines)
    left, right = st.columns(2)
    left.metric(say("projects"), "–" if projects is None else f"{projects:,}")
    words = "–" if amount is None else _qualified(tree, amount_words(amount / _FEN, language()))
    right.metric(say("amount"), words)
    reconciliation.show_lines(tree.lines, key=key)
    if not tree.record_id:
        st.caption(say("sum_of_totals"))
    st.caption(say("stated_by"))
    for source_id in _sources(tree):
        records.show_source(source_id, f"{key}_{source_id}")


def _sources(tree: Tree) -> list[str]:
    """Return who states a total, or each of the totals side by side."""
    parts = [line.record_id for line in tree.lines if line.role == "part"]
    ids = [tree.record_id] if tree.record_id else parts
    return list(dict.fromkeys(records_by_id()[record_id].source_id for record_id in ids))


def _heading(words: str) -> None:
    st.markdown(f"#### {words}")


def _qualified(tree: Tree, amount: str) -> str:
    record = records_by_id().get(tree.record_id)
    qualifier = record.amount_qualifier if record is not None else ""
    return f"{word_of('qualifier', qualifier, language())} {amount}".strip()


def _show_claims(event: Event) -> None:
    _heading(say("claims"))
    counted = records.count_in_sums(event.claims["record_id"])
    st.caption(say("claims_intro", claims=len(event.claims), counted=f"{counted:,}"))
    named = [word_of("relation", relation, language()) for relation in event.claims["relation"]]
    claims = event.claims.assign(relation=named)
    records.show_table(claims, key=f"claims_{event.event_id}")


def _show_conflicts(event: Event) -> None:
    if not event.conflicts:
        return
    _heading(say("conflicts"))
    for place, versions in enumerate(event.conflicts):
        records.show_versions(versions, f"conflict_{place}")


def _show_partners(event: Event) -> None:
    _heading(say("partners_of_event"))
    partners = event_partners(event.event_id, language())
    if partners.empty:
        st.caption(say("no_partners"))
        return
    shown = partners.assign(amount=partners["amount_fen"].astype("Float64") / _FEN_PER_MILLION)
    config = st.column_config
    labels = {name: config.TextColumn(say(name)) for name in partners if name != "amount_fen"}
    numbers = {"projects": say("projects"), "amount": say("amount_cny")}
    labels |= {
        name: config.NumberColumn(text, format="localized") for name, text in numbers.items()
    }
    st.dataframe(
        shown.drop(columns="amount_fen"),
        hide_index=True,
        height="content",
        column_config=labels,
        alt=say("partners_of_event"),
    )

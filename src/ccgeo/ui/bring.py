"""A table of one's own: read, checked, corrected and drawn, in this session only.

What stands in a file goes only into table cells, `st.text` and the labels of choices, which show
it as it is; Markdown gets fixed vocabulary and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from ccgeo.caching import begin_run, forget, hold
from ccgeo.encoding import encode_markdown
from ccgeo.errors import CcgeoError
from ccgeo.io.article import COLUMNS, MOST_CHARACTERS, read_article, read_proposals
from ccgeo.io.decisions import decisions_bytes, read_decisions
from ccgeo.io.faults import FLAGGED, REJECTED, faults_bytes
from ccgeo.io.mapping import FIELDS, mapping_bytes, read_mapping
from ccgeo.io.own import open_mentions, own_entries, template_bytes
from ccgeo.io.readers import Checked, read_records
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed
from ccgeo.query.vocabulary import label_of
from ccgeo.ui import filters, own, register
from ccgeo.ui.live_map import live_map
from ccgeo.ui.words import language, say
from ccgeo.views.live_map.payload import build_payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from ccgeo.io.article import Article
    from ccgeo.query.selection import View

_TYPES: Final = ("csv", "tsv", "txt", "xlsx", "geojson", "json")
_MOST_MB: Final = 20
_WAYS: Final = ("table", "article")
_ENTRIES_KEY: Final = "bring_entries"
_ARTICLE_KEY: Final = "bring_proposed"
_CHECKED_KEY: Final = "bring_checked"
_SAVED_KEY: Final = "bring_saved"
_SAVED_DECISIONS_KEY: Final = "bring_saved_decisions"
_DECIDED_KEY: Final = "bring_decided"
_PLACE_KEY: Final = "bring_place_"
_PROBLEM_KEY: Final = "bring_problem"
_STOPPED_KEY: Final = "bring_stopped"
_MENTIONS_SHOWN: Final = 30
_COLUMNS: Final = 4
_DOWNLOAD: Final = ":material/download:"


def choose_way() -> str:
    """Let a person choose what to bring.

    Returns
    -------
    str
        ``"table"`` or ``"article"``.
    """
    begin_run(search_all=True)
    way = st.segmented_control(
        say("bring_way"),
        _WAYS,
        default=_WAYS[0],
        required=True,
        format_func=lambda each: say(f"bring_{each}"),
        key="bring_way",
        label_visibility="collapsed",
    )
    return str(way)


def show_table() -> Checked | None:
    """Take a table in and check it under the mapping shown.

    Returns
    -------
    Checked or None
        Good rows and faults; None before there is a file.
    """
    brought = show_upload()
    return None if brought is None else show_mapping(brought)


def show_article() -> Checked | None:
    """Take a press text, show what it seems to state in a table to correct, and check that.

    Returns
    -------
    Checked or None
        Good rows and faults; None before anything is proposed.
    """
    st.markdown(say("article_what"))
    text = st.text_area(
        say("article_text"), key="bring_article", max_chars=MOST_CHARACTERS, height=220
    )
    if not (text or "").strip():
        return None
    article = read_article(text)
    if not article.proposals:
        st.info(say("article_nothing"))
        return None
    st.markdown(say("article_proposed", count=len(article.proposals)))
    rows = st.data_editor(
        pd.DataFrame(article.rows(), columns=list(COLUMNS)),
        num_rows="dynamic",
        hide_index=True,
        key=f"article_rows_{hash(text)}",
    )
    _show_words(article)
    content = read_proposals(rows.fillna("").to_dict("records"))
    name = "article.csv"
    return hold(st.session_state, _ARTICLE_KEY, content, lambda: read_records(content, name))


def show_upload() -> UploadedFile | None:
    """Take a file in, and offer a template to those who have none.

    Returns
    -------
    UploadedFile or None
        What was brought; held in memory and gone with the session.
    """
    st.markdown(say("bring_what"))
    brought = st.file_uploader(
        say("bring_upload"),
        type=list(_TYPES),
        key="bring_file",
        help=say("bring_limits"),
        max_upload_size=_MOST_MB,
        on_change=_let_go,
    )
    with st.container(horizontal=True):
        for form in ("csv", "xlsx"):
            _download(say("bring_template", form=form.upper()), template_bytes(form),
                      f"ccgeo-template.{form}")  # fmt: skip
    if brought is None:
        st.session_state.pop(_CHECKED_KEY, None)
        st.session_state.pop(_ENTRIES_KEY, None)
        own.show_way()
    return brought


def show_mapping(brought: UploadedFile) -> Checked | None:
    """Show which column was taken for what, let it be changed, and check the file.

    Parameters
    ----------
    brought : UploadedFile
        The file.

    Returns
    -------
    Checked or None
        Good rows and faults under the mapping shown; None where the reading was stopped.
    """
    if st.session_state.get(_STOPPED_KEY) == brought.file_id:
        st.info(say("bring_stopped"))
        st.button(say("bring_again"), key="bring_again", on_click=_stop, args=(None,))
        return None
    first = _checked(brought, None)
    if not first.columns:
        return first
    with st.expander(say("bring_mapping"), key="bring_mapping"):
        saved = st.file_uploader(say("bring_saved_mapping"), type=["json"], key=_SAVED_KEY)
        held = _saved_mapping(saved, first)
        cells = st.columns(_COLUMNS)
        chosen = {
            field: _choose(field, first, held.get(field), cells[position % _COLUMNS])
            for position, field in enumerate(FIELDS)
        }
        mapping = {field: column for field, column in chosen.items() if column is not None}
        _download(say("bring_keep_mapping"), mapping_bytes(mapping), "ccgeo-mapping.json")
    return _checked(brought, mapping)


def show_faults(checked: Checked) -> None:
    """List everything that is wrong, with a filter and downloads.

    Parameters
    ----------
    checked : Checked
        What the file holds.
    """
    if checked.is_refused:
        st.error(say("bring_refused"))
    rows = {verdict: {f.row for f in checked.faults if f.verdict == verdict}
            for verdict in (REJECTED, FLAGGED)}  # fmt: skip
    counts = {"rejected": len(rows[REJECTED]), "flagged": len(rows[FLAGGED] - rows[REJECTED])}
    st.markdown(say("bring_counts", good=len(checked.good), **counts))
    if not checked.faults:
        return
    st.markdown(f"**{say('bring_faults')}**")
    kinds = sorted({fault.kind for fault in checked.faults})
    wanted = st.multiselect(say("bring_kinds"), kinds, placeholder=say("all"), key="bring_kinds")
    shown = [fault for fault in checked.faults if not wanted or fault.kind in wanted]
    told = pd.DataFrame([fault.in_language(language()) for fault in shown])
    st.dataframe(told.drop(columns="file"), hide_index=True, alt=say("bring_faults"))
    with st.container(horizontal=True):
        _download(say("bring_all_faults"), faults_bytes(checked.faults), "faults.csv")
        _download(say("bring_rejected"), checked.rejected_bytes(), "rejected.csv")
        _download(say("bring_good"), checked.good_bytes(), "good.csv")


def show_review(checked: Checked) -> dict[str, str]:
    """Let a person decide what the names of places mean, once for all equal ones.

    Parameters
    ----------
    checked : Checked
        What the file holds.

    Returns
    -------
    dict of str to str
        Adcode by mention, of those that are decided.
    """
    mentions = open_mentions(checked.good)
    if not mentions:
        return {}
    decided: dict[str, str] = st.session_state.setdefault(_DECIDED_KEY, {})
    with st.expander(f"{say('bring_review')} ({len(mentions)})", key="bring_review"):
        st.caption(say("bring_review_why"))
        st.file_uploader(
            say("bring_saved_decisions"), type=["csv"], key=_SAVED_DECISIONS_KEY,
            on_change=_take_decisions,
        )  # fmt: skip
        if problem := st.session_state.get(_PROBLEM_KEY):
            st.error(encode_markdown(problem))
        for text in _shown_mentions(mentions):
            count, candidates = mentions[text]
            _decide(text, count, candidates, decided.get(text))
        decisions = {text: decided[text] for text in mentions if text in decided}
        _download(say("bring_decisions"), decisions_bytes(decisions), "decisions.csv")
    return decisions


def show_preview(checked: Checked, decisions: Mapping[str, str], view: View) -> None:
    """Draw the good rows, alone or beside the shipped records.

    Parameters
    ----------
    checked : Checked
        What the file holds.
    decisions : mapping of str to str
        Adcode by mention.
    view : View
        How they are shown.
    """
    if checked.good.empty:
        return
    st.subheader(say("bring_preview"))
    filters.show_view_switches(view)
    entries = _entries(checked, decisions)
    own.keep(entries, checked.good)
    own.show_way()
    if not register.is_set() and st.toggle(say("bring_beside"), key="bring_beside"):
        entries = pd.concat([read_placed(), entries], ignore_index=True)
    choropleth, flows = build_choropleth(entries, view), build_flows(entries, view)
    st.markdown(f"##### {encode_markdown(choropleth.sentence)}")
    payload = build_payload(choropleth, flows, frame=view.frame, language=language())
    live_map(payload, key="bring_map")
    kept = entries[["title", "date", "amount_reported", "place_text", "place_level", "sector_id"]]
    shown = kept.assign(
        place_level=[label_of("known_levels", each, language()) for each in kept["place_level"]]
    )
    st.dataframe(shown, hide_index=True, height=300, alt=say("records"))


def _entries(checked: Checked, decisions: Mapping[str, str]) -> pd.DataFrame:
    """Make entries of good rows, once for what is on screen."""
    good, decided, entries = st.session_state.get(_ENTRIES_KEY, (None, None, None))
    if good is not checked.good or decided != decisions or entries is None:
        entries = own_entries(checked.good, decisions)
        st.session_state[_ENTRIES_KEY] = checked.good, dict(decisions), entries
    return entries


def _show_words(article: Article) -> None:
    """Say of every cell which words it came from, and where they stand."""
    with st.expander(say("article_words"), key="article_words"):
        told = [
            {
                say("article_row"): proposal.cells["id"],
                say("article_cell"): name,
                say("article_value"): proposal.cells[name],
                say("article_said"): " … ".join(piece.text for piece in pieces),
                say("article_at"): ", ".join(f"{piece.start}–{piece.end}" for piece in pieces),
            }
            for proposal in article.proposals
            for name, pieces in proposal.words.items()
        ]
        st.dataframe(pd.DataFrame(told), hide_index=True, alt=say("article_words"))


def _shown_mentions(mentions: Mapping[str, Any]) -> list[str]:
    """Return the names of one page of those that hold what a person looks for."""
    left, right = st.columns(2, vertical_alignment="center")
    wanted = left.text_input(say("bring_find_mention"), key="bring_find_mention").casefold()
    found = [text for text in mentions if wanted in text.casefold()]
    pages = max(1, -(-len(found) // _MENTIONS_SHOWN))
    page = 1
    if pages > 1:
        page = int(
            right.number_input(
                say("bring_mentions_page", pages=f"{pages:d}"), 1, pages, key=f"bring_page_{pages}"
            )
        )
    return found[(page - 1) * _MENTIONS_SHOWN : page * _MENTIONS_SHOWN]


def _take_decisions() -> None:
    """Take over saved decisions; those made here for other names stay."""
    saved = st.session_state.get(_SAVED_DECISIONS_KEY)
    st.session_state.pop(_PROBLEM_KEY, None)
    if saved is None:
        return
    try:
        decisions = read_decisions(saved.getvalue())
    except CcgeoError as error:
        st.session_state[_PROBLEM_KEY] = str(error)
        return
    for text, place in decisions.items():
        st.session_state.setdefault(_DECIDED_KEY, {})[text] = place
        st.session_state[_PLACE_KEY + text] = place


def _note(text: str) -> None:
    decided = st.session_state.setdefault(_DECIDED_KEY, {})
    chosen = st.session_state[_PLACE_KEY + text]
    if chosen is None:
        decided.pop(text, None)
    else:
        decided[text] = chosen


def _stop(file_id: str | None) -> None:
    st.session_state[_STOPPED_KEY] = file_id


def _let_go() -> None:
    for key in (_DECIDED_KEY, _STOPPED_KEY, _PROBLEM_KEY):
        st.session_state.pop(key, None)
    if st.session_state.get("bring_file") is None:
        own.forget()


def _checked(brought: UploadedFile, mapping: dict[str, str] | None) -> Checked:
    """Check a file once for each mapping; the last results stay in the session."""
    if mapping is not None and mapping == (first := _checked(brought, None)).mapping:
        return first  # the guess is right: nothing to read again
    key = (brought.file_id, None if mapping is None else tuple(mapping.items()))
    return hold(st.session_state, _CHECKED_KEY, key, lambda: _read(brought, mapping))


def _read(brought: UploadedFile, mapping: dict[str, str] | None) -> Checked:
    """Read and check a file, with a bar and a button that ends it.

    Streamlit ends a run at the next thing it shows when the person does something else, so
    showing how far the reading is also lets it be stopped, and with it the process that parses.
    """
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, say("bring_checking"))
        st.button(say("bring_stop"), key="bring_stop", on_click=_stop, args=(brought.file_id,))

    def show(share: float) -> None:
        bar.progress(share, say("bring_checking"))

    try:
        return read_records(
            brought.getvalue(), brought.name, mapping=mapping, on_progress=show, is_apart=True
        )
    finally:
        forget()
        place.empty()


def _saved_mapping(saved: UploadedFile | None, first: Checked) -> dict[str, str]:
    if saved is None:
        return first.mapping
    try:
        mapping = read_mapping(saved.getvalue())
    except CcgeoError as error:
        st.error(encode_markdown(str(error)))
        return first.mapping
    return {field: column for field, column in mapping.items() if column in first.columns}


def _decide(text: str, count: int, candidates: Sequence[str], held: str | None) -> None:
    labels = filters.place_labels(language())
    left, right = st.columns(2, vertical_alignment="center")
    left.text(text)
    choices = list(dict.fromkeys([*candidates, *labels, *filter(None, [held])]))
    key = _PLACE_KEY + text
    # The choice outlives the page of the list on which it was made.
    st.session_state.setdefault(key, held)
    right.selectbox(
        say("bring_mention", count=count),
        choices,
        index=None,
        placeholder=say("bring_undecided"),
        format_func=lambda place: labels.get(place, place),
        key=key,
        on_change=_note,
        args=(text,),
    )


def _choose(field: str, first: Checked, held: str | None, cell: Any) -> str | None:  # noqa: ANN401
    columns = ["", *filter(None, first.columns)]
    chosen: str = cell.selectbox(
        field,
        columns,
        index=columns.index(held) if held in columns else 0,
        format_func=lambda column: column or say("bring_no_column"),
        key=f"bring_field_{field}_{held}",
    )
    return chosen or None


def _download(label: str, content: bytes, file_name: str) -> None:
    st.download_button(
        label, content, file_name=file_name, icon=_DOWNLOAD, on_click="ignore",
        key=f"bring_{file_name}",
    )  # fmt: skip

"""What a page shows of an answer: sentence, map, strip, detail, downloads.

Text of records goes only into table cells and `st.text`, which show it as it is; Markdown
gets fixed vocabulary and numbers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.layers.credits import citation, credit_line, is_before_the_data
from ccgeo.layers.cube import read_cube, shipped_allow
from ccgeo.query.flows import MOST_DRAWN, REASONS
from ccgeo.query.memory import Memory
from ccgeo.query.profile import entries_of
from ccgeo.query.source import Listing
from ccgeo.query.vocabulary import label_of
from ccgeo.query.words import amount_words
from ccgeo.ui import crossing, page, paging, state, tables
from ccgeo.ui.live_map import live_map
from ccgeo.ui.page_frame import show_frame
from ccgeo.ui.profile import show_profile
from ccgeo.ui.register import version_words
from ccgeo.ui.things import name_of
from ccgeo.ui.words import language, say
from ccgeo.views.embedding import embed_snippet
from ccgeo.views.live_map.cube import build_question, question_parts
from ccgeo.views.live_map.overlay import pack_zones
from ccgeo.views.live_map.summed import build_summed, summed_parts

if TYPE_CHECKING:
    from datetime import date

    from ccgeo.layers.answer import Answer
    from ccgeo.query.measures import Total
    from ccgeo.query.profile import Profile
    from ccgeo.query.selection import View
    from ccgeo.views.live_map.packing import Packed

_FEN: Final = 100


def show_headline(answer: Answer) -> None:
    """Say what of the link was not understood, and in one sentence what is shown and what is not.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    state.show_problems()
    sentence = answer.choropleth.sentence
    show_frame("page_said", said=_said(answer))
    with st.container(key="headline"):  # its room is kept for three lines: page_frame.css
        st.markdown(f"##### {encode_markdown(sentence)}")
        if not answer.choropleth.total.entries:
            st.info(say("nothing_selected"))


def _said(answer: Answer) -> str:
    """Say what the last change of the filters changed, and what is left; before any, nothing."""
    changed = state.changed()
    left = _total_words(answer.choropleth.total)
    return f"{changed} {left}" if changed else ""


def show_about(answered: Answer) -> None:
    """Offer two minutes of explanation, and the words that lead back to this view.

    Parameters
    ----------
    answered : Answer
        What the page shows.
    """
    _show_tour()
    if answered.source.is_shared:  # a link does not lead to what only this session holds
        _show_citation(answered)


def _show_tour() -> None:
    tour = st.popover(
        say("what_is_this"),
        icon=":material/help:",
        type="tertiary",
        key="tour",
        on_change=state.keep_link,
    )
    if tour.open:
        with tour:
            st.markdown(say("tour"))


def show_map(answer: Answer) -> None:
    """Draw the map and take in what was clicked on it.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    view = answer.view
    if answer.is_shipped:
        key, (payload, parts) = "explore_map", _asked_of_the_browser(answer)
    else:
        # Records of a person, or too many for a browser.
        key = "register_map" if answer.source.is_shared else "own_map"
        payload = build_summed(answer, selected=state.picked(), language=language())
        parts = summed_parts(answer)
    payload["camera"] = state.camera_told()
    if view.overlay == "zones":
        parts["zones"] = pack_zones(view.vintage, language(), answer.selection.zones)
    live_map(payload, key=key, on_event=state.take_event, parts=parts)


def _asked_of_the_browser(answer: Answer) -> tuple[dict[str, Any], dict[str, Packed]]:
    payload = build_question(
        answer.choropleth,
        answer.flows,
        answer.selection,
        shipped_allow(answer.selection),
        selected=state.picked(),
        language=language(),
    )
    cube = read_cube(answer.view.vintage)
    return payload, question_parts(cube, answer.choropleth, answer.flows)


def show_not_mapped(answer: Answer) -> None:
    """List what the map cannot show at its level, by what is known, with counts and amounts.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    _show_lines_left_out(answer)
    rest = answer.choropleth.not_mapped
    if rest.empty:
        st.caption(say("nothing_unmapped"))
        return
    level = say(answer.view.level).lower()
    st.markdown(f"**{say('not_mapped')}** · {say('not_mapped_why', level=level)}")
    with st.container(horizontal=True, gap="small"):
        for row in rest.itertuples():
            name = encode_markdown(label_of("known_levels", row.known_level, language()))
            amount = amount_words(row.amount_fen / _FEN, language()) if row.amount_stated else "–"
            st.button(
                f"{name} · {row.entries:,d} · {amount}",
                key=f"known_{row.known_level}",
                on_click=state.pick,
                args=(f"known:{row.known_level}",),
            )


def _show_lines_left_out(answer: Answer) -> None:
    """Say how much lies on lines that are too many to draw; nothing where all are drawn."""
    rest = answer.flows.not_drawn[answer.flows.not_drawn["reason"] == "smaller"]
    wanted = answer.view.most_lines
    # The legend of a map that adds up for itself says what a person's own limit leaves out.
    if rest.empty or (wanted != "all" and answer.is_shipped):
        return
    most = MOST_DRAWN if wanted == "all" else int(wanted)
    amount = amount_words(int(rest["amount_fen"].sum()) / _FEN, language())
    records = int(rest["entries"].sum())
    st.caption(say("lines_left_out", most=f"{most:,}", records=f"{records:,}", amount=amount))


def show_detail(answer: Answer) -> None:
    """Show what is known about the thing that was clicked.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    thing = state.picked()
    if not thing:
        st.caption(say("click_hint"))
        return
    with st.container(horizontal=True, gap="small"):
        st.button(say("close"), icon=":material/close:", on_click=state.pick, args=("",))
        if not thing.startswith("known:"):
            st.button(
                say("add_to_comparison"),
                icon=":material/compare:",
                on_click=state.add_to_comparison,
                args=(thing,),
            )
    st.markdown(f"#### {encode_markdown(name_of(thing))}")
    profile = answer.source.profile(answer.selection, answer.view, thing)
    if not profile.total.entries:
        st.caption(say("no_records"))
        return
    if thing == "known:district" and isinstance(answer.source, Memory):
        crossing.show_divided(entries_of(answer.selected, thing, answer.view), answer.view)
    if thing.startswith("partner:"):
        _show_lines(answer, profile.total, thing)
    _show_profile(profile)
    show_profile(answer.source, Listing(answer.selection, answer.view, thing), key="profile")


def _show_lines(answer: Answer, total: Total, thing: str) -> None:
    """Say how much of a partner is drawn as lines: that is what its label on the map says."""
    lines = answer.flows.table[answer.flows.table["partner"] == thing.removeprefix("partner:")]
    drawn = int(lines["amount_fen"].sum())
    count = total.entries - int(lines["entries"].sum())
    if not count:
        return
    reasons = answer.source.flows(answer.selection, answer.view, thing).not_drawn["reason"]
    zh = language() == "zh"
    why = [REASONS[reason][zh] for reason in reasons] or [REASONS["smaller"][zh]]
    st.caption(
        say(
            "partner_lines",
            drawn=amount_words(drawn / _FEN, language()),
            rest=amount_words((total.amount_fen - drawn) / _FEN, language()),
            records=f"{count:,}",
            reasons=encode_markdown(("、" if zh else ", ").join(why)),
        )
    )


def show_records(answer: Answer) -> None:
    """Show the records of a selection as a table that sorts and searches, or page by page.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    if isinstance(answer.source, Memory):
        tables.show_entries(answer.selected, height=620)
    else:
        paging.show_pages(answer.source, Listing(answer.selection, answer.view))


def _show_citation(answered: Answer) -> None:
    cite = st.popover(
        say("cite"),
        icon=":material/format_quote:",
        type="tertiary",
        key="cite",
        on_change=state.keep_link,
    )
    if not cite.open:
        return
    params = st.query_params.to_dict()
    link = f"{page.address()}?{urlencode(params)}".rstrip("?")
    sentence = answered.choropleth.sentence
    origin = answered.source.origin
    with cite:
        st.caption(say("cite_why"))
        day: date | None = today()
        if day and is_before_the_data(day):
            st.caption(say("clock_is_wrong", day=f"{day:%Y-%m-%d}"))
            day = None
        said = citation(sentence, link, day, language(), origin)
        st.code(said, language=None, wrap_lines=True)
        st.caption(say("embed_why"))
        frame = embed_snippet(page.address(), params, sentence)
        st.code(frame, language=None, wrap_lines=True)


def today() -> date:
    """Return the date of the server's clock.

    Returns
    -------
    datetime.date
        In UTC.
    """
    return datetime.now(tz=UTC).date()


def show_credits(view: View) -> None:
    """Say where the numbers and the boundaries come from.

    Parameters
    ----------
    view : View
        Names the boundaries.
    """
    st.caption(
        f"{say('caveat')} {encode_markdown(credit_line(view.vintage, language()))} "
        f"{version_words()}"
    )


def _show_profile(profile: Profile) -> None:
    levels = profile.by_level[["choice", "entries"]].itertuples(index=False)
    known = ", ".join(
        f"{label_of('known_levels', level, language())} {count:,}" for level, count in levels
    )
    st.caption(f"{say('known_at')}: {encode_markdown(known)}")
    st.markdown(_total_words(profile.total))


def _total_words(total: Total) -> str:
    amount = amount_words(total.amount_fen / _FEN, language())
    projects = f"{total.projects:,}"
    return say("amount_in", amount=amount, projects=projects, records=f"{total.entries:,}")

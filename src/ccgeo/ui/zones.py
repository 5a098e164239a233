"""The Zones page: filters, a map of what zones cover, one zone in detail, the circle.

Text of zones and records goes only into table cells, `st.text` and the options of a select box,
which show it as it is; Markdown gets fixed vocabulary and numbers.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.io.zones import circle_bytes, zones_bytes
from ccgeo.layers.circle import STATES, build_circle, circle_cover, circle_sentence
from ccgeo.layers.zones import build_zones, zone_cover, zone_title
from ccgeo.query.engine import read_placed, select
from ccgeo.query.memory import Memory
from ccgeo.query.selection import DEFAULT_SELECTION, DEFAULT_VIEW, OPEN_SELECTION
from ccgeo.query.source import Listing
from ccgeo.query.vocabulary import VIEW_CHOICES, label_of, sorted_choices
from ccgeo.query.words import amount_words
from ccgeo.query.zones import (
    find_zones,
    kind_names,
    read_kinds,
    zone_entries,
    zone_rows,
    zones_over,
)
from ccgeo.query.zones_listing import list_overlaps, list_statistics, list_zones, zone_facts
from ccgeo.ui import state
from ccgeo.ui.live_map import live_map
from ccgeo.ui.profile import show_profile
from ccgeo.ui.tables import DATE_PX
from ccgeo.ui.words import language, say
from ccgeo.views.live_map.cover import cover_payload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.query.selection import Selection, View
    from ccgeo.ui.map_events import Event

KIND_PARAM: Final = "zone_kind"
"""Parameter of the link that holds the kinds of zone asked for."""

_FEN: Final = 100
_ROWS_IN_SIGHT: Final = 16
_ZONE_KEY: Final = "zone_choice"
_TABLE_KEY: Final = "zone_table"
_TAB_KEY: Final = "zones_tab"
_GEOJSON: Final = "application/geo+json"


def show_page(selection: Selection, view: View) -> None:
    """Show the zones that the link asks for, and the circle.

    Parameters
    ----------
    selection : Selection
        Its zones and sectors say what is shown.
    view : View
        Boundary list and language.
    """
    st.subheader(say("zones_page"))
    kinds, problems = read_kinds(state.own_value(KIND_PARAM))
    for problem in problems:
        st.text(problem)
    zones = find_zones(kinds=kinds, sectors=selection.sectors)
    _show_filters(kinds, selection, zones, view)
    names = [say("map"), say("all_zones"), say("zones_overlap"), say("the_circle")]
    on_map, listed, overlap, circle = st.tabs(names, key=_TAB_KEY, on_change=state.keep_link)
    shown = _shown(zones, selection)
    if shown.empty:
        on_map.info(say("no_zone_fits"))
    elif on_map.open:
        with on_map:
            _show_map(shown, selection, view)
    if listed.open:
        with listed:
            _show_table(zones, view)
    if overlap.open:
        with overlap:
            _show_overlap(shown, view)
    if circle.open:
        with circle:
            show_circle(view)


def show_circle(view: View) -> None:
    """Show the circle: in, partly, out, and its area beside the official one.

    Parameters
    ----------
    view : View
        Boundary list and language.
    """
    layer = build_circle(view)
    st.markdown(f"##### {encode_markdown(circle_sentence(layer))}")
    payload = cover_payload(circle_cover(layer), language=language())
    live_map(payload, key="circle_map")
    counts = layer.features["circle"].value_counts()
    shown = pd.DataFrame(
        {
            say("circle_state"): [say(f"circle_{each}") for each in STATES],
            say("circle_districts"): [int(counts[each]) for each in STATES],
            say("circle_area"): [round(layer.area_km2[each]) for each in STATES],
        }
    )
    st.dataframe(shown, hide_index=True, height="content", alt=say("the_circle"))
    st.caption(say("circle_source", source=encode_markdown(layer.stated.source)))
    st.text(layer.stated.url)
    _download(say("download_circle"), partial(circle_bytes, layer), "ccgeo-circle.geojson")


def _shown(zones: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the zones of the selection, or all that the filters leave."""
    chosen = zones[zones["zone_id"].isin(selection.zones)]
    if selection.zones and chosen.empty:
        return find_zones(zone_ids=selection.zones)
    return zones if chosen.empty else chosen


def _show_filters(
    kinds: frozenset[str], selection: Selection, zones: pd.DataFrame, view: View
) -> None:
    """Draw the filters in the sidebar, which a phone folds away."""
    with st.sidebar:
        _choose_zone(selection, zones)
        _choose_many("zone_kinds", kind_names(), kinds, _take_kinds)
        _choose_many("lead_sectors", _lead_sectors(), selection.sectors, _take_sectors)
        key = "zones_vintage"
        st.session_state[key] = view.vintage
        st.selectbox(
            say("vintage"),
            VIEW_CHOICES["vintage"],
            key=key,
            filter_mode=None,
            format_func=lambda choice: label_of("vintage", choice, language()),
            on_change=state.taker(key, lambda chosen: state.change(vintage=chosen)),
        )


def _lead_sectors() -> dict[str, tuple[str, str]]:
    leads = {sector for sectors in find_zones()["sectors"] for sector in sectors}
    return {
        sector: (label_of("sectors", sector), label_of("sectors", sector, "zh"))
        for sector in sorted_choices("sectors", leads)
    }


def _choose_many(key: str, options: Any, chosen: Any, take: Any) -> None:  # noqa: ANN401
    zh = language() == "zh"
    st.session_state[key] = [each for each in options if each in chosen]
    st.multiselect(
        say(key),
        tuple(options),
        key=key,
        format_func=lambda each: options[each][zh] if each in options else each,
        placeholder=say("all"),
        on_change=state.taker(key, lambda told: take([each for each in told if each in options])),
    )


def _take_kinds(kinds: Sequence[str]) -> None:
    state.change_own(KIND_PARAM, ",".join(kinds))


def _take_sectors(sectors: Sequence[str]) -> None:
    state.change(sectors=frozenset(sectors))


def _choose_zone(selection: Selection, zones: pd.DataFrame) -> None:
    rows = zone_rows()
    options = tuple(dict.fromkeys([*zones["zone_id"], *sorted(selection.zones)]))
    st.session_state[_ZONE_KEY] = _chosen(selection) or None
    st.selectbox(
        say("zone"),
        options,
        key=_ZONE_KEY,
        index=None,
        placeholder=say("zone_hint"),
        format_func=lambda zone: _name(rows[zone]) if zone in rows else zone,
        on_change=state.taker(_ZONE_KEY, lambda zone: _choose(zone or "")),
    )


def _chosen(selection: Selection) -> str:
    """Return the one zone that is asked for, empty for none or several."""
    return next(iter(selection.zones)) if len(selection.zones) == 1 else ""


def _choose(zone_id: str) -> None:
    state.change(zones=frozenset({zone_id} & set(zone_rows())))
    state.pick("")


def _name(row: Any) -> str:  # noqa: ANN401 - a row of mixed cells
    pair = (str(row["name_en"]), str(row["name_zh"]))
    return " ".join(reversed(pair) if language() == "zh" else pair)


def _take_event(event: Event) -> None:
    if event.kind == "zone":
        _choose(event.id)
    elif event.kind in {"district", "frame", "none"}:
        state.take_event(event)


def _show_map(shown: pd.DataFrame, selection: Selection, view: View) -> None:
    layer = build_zones(shown["zone_id"].tolist(), view)
    st.markdown(f"##### {encode_markdown(zone_title(layer))}")
    center, right = st.columns([2, 1], gap="medium")
    with center:
        payload = cover_payload(
            zone_cover(layer), frame=view.frame, selected=state.picked(), language=language()
        )
        live_map(payload, key="zones_map", on_event=_take_event)
        st.caption(f"{say('zones_intro')} {say('zone_points_note')}")
        _download(say("download_zones"), partial(zones_bytes, layer), "ccgeo-zones.geojson")
    with right:
        _show_detail(shown, selection, view)


def _show_detail(shown: pd.DataFrame, selection: Selection, view: View) -> None:
    kind, _, adcode = state.picked().partition(":")
    if _chosen(selection):
        _show_zone(_chosen(selection), view)
    elif kind == "district":
        _show_over(adcode, shown, view)
    else:
        st.caption(say("zone_click"))


def _show_over(adcode: str, shown: pd.DataFrame, view: View) -> None:
    """List the zones over one district."""
    st.text(f"{label_of('places', adcode, 'en')} {label_of('places', adcode, 'zh')}")
    over = [zone for zone in zones_over(adcode, view.vintage) if zone in set(shown["zone_id"])]
    st.caption(say("zones_here", zones=len(over)))
    listed = list_overlaps(over, view.vintage, language())
    _show_rows(listed[listed["adcode"] == adcode], ("zone", "extent", "kind"), say("zone"))


def _show_zone(zone_id: str, view: View) -> None:
    st.button(
        say("all_zones"),
        icon=":material/arrow_back:",
        key="zone_back",
        on_click=_choose,
        args=("",),
    )
    st.text(_name(zone_rows()[zone_id]))
    facts = zone_facts(zone_id, view.vintage, language())
    colon = "：" if language() == "zh" else ": "
    st.text("\n".join(f"{say(f'zone_{key}')}{colon}{text}" for key, text in facts))
    _show_statistics(zone_id)
    _show_records(zone_id)


def _show_statistics(zone_id: str) -> None:
    st.markdown(f"**{say('zone_statistics')}**")
    told = list_statistics(zone_id, language())
    if told.empty:
        st.caption(say("no_statistics"))
        return
    _show_rows(told, ("date", "figure", "title", "source", "url"), say("zone_statistics"))


def _show_records(zone_id: str) -> None:
    st.markdown(f"**{say('zone_deals')}**")
    every = zone_entries(read_placed(), zone_id)
    if every.empty:
        st.caption(say("no_zone_records"))
        return
    signed = zone_entries(select(read_placed(), DEFAULT_SELECTION), zone_id)
    amount = amount_words(int(signed["amount_fen"].sum()) / _FEN, language())
    projects = f"{int(signed['projects'].sum()):,}"
    st.markdown(say("zone_amount", amount=amount, projects=projects, records=len(signed)))
    st.caption(say("zone_totals_note"))
    listing = Listing(OPEN_SELECTION, DEFAULT_VIEW)
    show_profile(Memory(every), listing, key="zone_profile", cuts=("by_stage",))


def _show_table(zones: pd.DataFrame, view: View) -> None:
    """List the zones that the filters leave; a click on a row opens one."""
    if zones.empty:
        st.info(say("no_zone_fits"))
        return
    st.caption(f"{say('zone_totals_note')} {say('caveat')}")
    placed = select(read_placed(), DEFAULT_SELECTION)
    listed = list_zones(zones, placed, view.vintage, language())
    names = ("name_zh", "name_en") if language() == "zh" else ("name_en", "name_zh")
    ids = listed["zone_id"].tolist()
    st.dataframe(
        listed,
        key=_TABLE_KEY,
        height=620,
        hide_index=True,
        column_order=(*names, *(each for each in _columns() if each not in names)),
        column_config=_columns(),
        on_select=state.taker(_TABLE_KEY, lambda event: _open_row(event, ids)),
        selection_mode="single-row",
        alt=say("all_zones"),
    )


def _open_row(event: Any, ids: Sequence[str]) -> None:  # noqa: ANN401 - what the browser sent
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(ids):
        _choose(ids[rows[0]])
        st.session_state[_TAB_KEY] = say("map")


def _show_overlap(shown: pd.DataFrame, view: View) -> None:
    listed = list_overlaps(shown["zone_id"], view.vintage, language())
    columns = ("district", "prefecture", "zone", "extent", "kind")
    long = len(listed) > _ROWS_IN_SIGHT
    _show_rows(listed, columns, say("zones_overlap"), height=620 if long else None)


def _show_rows(
    rows: pd.DataFrame, order: tuple[str, ...], title: str, *, height: int | None = None
) -> None:
    st.dataframe(
        rows,
        hide_index=True,
        height=height or "content",
        column_order=order,
        column_config=_columns(),
        alt=title,
    )


def _columns() -> dict[str, Any]:
    config = st.column_config
    number = partial(config.NumberColumn, width="small", format="localized")
    return {
        "district": config.TextColumn(say("district")),
        "prefecture": config.TextColumn(say("prefecture")),
        "zone": config.TextColumn(say("zone"), width="large"),
        "extent": config.TextColumn(say("zone_extent"), width="small"),
        "date": config.TextColumn(say("date"), width=DATE_PX),
        "figure": config.TextColumn(say("zone_figure")),
        "title": config.TextColumn(say("title"), width="medium"),
        "name_en": config.TextColumn("English", width="large"),
        "name_zh": config.TextColumn("中文", width="medium"),
        "kind": config.TextColumn(say("zone_kind")),
        "level": config.TextColumn(say("zone_level"), width="small"),
        "established": config.TextColumn(say("zone_established"), width="small"),
        "national": config.TextColumn(say("zone_national"), width="small"),
        "area_km2": number(say("zone_area_km2")),
        "sectors": config.TextColumn(say("zone_sectors"), width="medium"),
        "whole": config.TextColumn(say("zone_whole"), width="medium"),
        "part": config.TextColumn(say("zone_part"), width="medium"),
        "entries": number(say("records")),
        "projects": number(say("projects")),
        "amount_cny_mn": number(say("amount_cny")),
        "confidence": config.TextColumn(say("zone_confidence"), width="small"),
        "source": config.TextColumn(say("zone_source"), width="medium"),
        "url": config.LinkColumn(say("link"), display_text=say("open"), width="small"),
    }


def _download(label: str, write: Any, file_name: str) -> None:  # noqa: ANN401 - called on click
    st.download_button(
        label,
        write,
        file_name=file_name,
        mime=_GEOJSON,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{file_name}",
    )

"""Buttons that take an answer away; a file is made when its button is pressed, not before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.io.own import answer_bytes
from ccgeo.io.register import MOST_RECORDS, register_bytes
from ccgeo.layers.film import build_film
from ccgeo.ui import state
from ccgeo.ui.words import say
from ccgeo.views.figure import FIGURE_FORMS, figure_bytes
from ccgeo.views.film import film_bytes
from ccgeo.views.folium_map import html_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.layers.answer import Answer

_ICON: Final = ":material/download:"
_MIME: Final = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def show_downloads(answer: Answer) -> None:
    """Offer the layer, the records, every other format and the figures for download.

    Parameters
    ----------
    answer : Answer
        What the page shows.
    """
    is_too_many = _is_register(answer) and answer.choropleth.total.entries > MOST_RECORDS
    with st.container(horizontal=True):
        _file_button(answer, "geojson", say("download_layer"), "ccgeo-layer")
        if not is_too_many:
            _file_button(answer, "csv", say("download_records"), "ccgeo-records")
        more = st.popover(
            say("download_more"),
            icon=":material/output:",
            key="download_more",
            on_change=state.keep_link,
        )
    if is_too_many:
        found = answer.choropleth.total.entries
        st.caption(say("register_too_many", most=f"{MOST_RECORDS:,}", found=f"{found:,}"))
    if not more.open:
        return
    with more:
        st.caption(say("download_files"))
        # What only this session holds leaves it as a layer or as records.
        for form in FORMATS if answer.is_shipped else ():
            if form not in {"geojson", "csv"}:
                _file_button(answer, form, FORMATS[form].label, "ccgeo")
        st.caption(say("download_pictures"))
        where = answer.view.frame
        page = partial(html_page, answer.choropleth, answer.flows, frame=where)
        _button(say("download_map"), page, "ccgeo-map.html", "text/html")
        for form in FIGURE_FORMS:
            draw = partial(figure_bytes, answer.choropleth, answer.flows, form, frame=where)
            label = say("download_figure", form=form.upper())
            _button(label, draw, f"ccgeo-figure.{form}", _MIME[form])
        if answer.is_shipped:
            _button(say("download_film"), partial(_film, answer), "ccgeo-years.gif", "image/gif")


def _is_register(answer: Answer) -> bool:
    return bool(answer.source.origin.register)


def _film(answer: Answer) -> bytes:
    return film_bytes(build_film(answer.selection, answer.view), frame=answer.view.frame)


def _file_button(answer: Answer, form: str, label: str, stem: str) -> None:
    write = partial(export_bytes, answer.selection, answer.view, form)
    if _is_register(answer):
        write = partial(register_bytes, answer, form)
        stem = f"{stem}-synthetic" if answer.source.origin.is_synthetic else stem
    elif not answer.is_shipped:
        write = partial(answer_bytes, answer, form)
    _button(label, write, f"{stem}.{form}", FORMATS[form].mime)


def _button(label: str, write: Callable[[], bytes], file_name: str, mime: str) -> None:
    data: Any = write
    st.download_button(
        label,
        data,
        file_name=file_name,
        mime=mime,
        icon=_ICON,
        on_click="ignore",
        key=f"download_{file_name}",
    )

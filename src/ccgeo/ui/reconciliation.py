"""A total on the screen: the stacked bar, and the table that says the same in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from ccgeo.query.words import amount_words
from ccgeo.ui.words import language, say
from ccgeo.views.reconciliation import stacked_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.records.ledger import Line

_FEN: Final = 100
_ROLE_PX: Final = 165
# Fen in the unit of the axis: CNY bn, or 100 million yuan in Chinese.
_UNIT_FEN: Final = {"en": 10**11, "zh": 10**10}
_FIGURES: Final = (("amount_fen", "amount_unit"), ("projects", "projects_unit"))


def show_lines(lines: Sequence[Line], *, key: str) -> None:
    """Show a total, its parts and its residual, drawn and in figures.

    Parameters
    ----------
    lines : sequence of Line
        The total first, the residual last.
    key : str
        Sets these charts apart from others.
    """
    if len(lines) <= len(("total", "residual")):
        st.caption(say("nothing_itemised"))
    for figure, unit in _FIGURES:
        _show_bar(lines, figure, unit, key)
    _show_lines_table(lines)


def _show_bar(lines: Sequence[Line], figure: str, unit: str, key: str) -> None:
    """Draw one figure, where the total states it and a part of it is known."""
    total, *parts, left = lines
    if getattr(total, figure) is None or not any(getattr(part, figure) for part in parts):
        return
    size = _UNIT_FEN[language()] if figure == "amount_fen" else 1
    chart = stacked_bar(
        [part.title for part in parts],
        [(getattr(part, figure) or 0) / size for part in parts],
        residual=getattr(left, figure) / size,
        unit=say(unit),
        language=language(),
    )
    st.altair_chart(chart, key=f"{figure}_{key}")


def _show_lines_table(lines: Sequence[Line]) -> None:
    config = st.column_config
    rows = pd.DataFrame(
        {
            "number": [_number(place, line) for place, line in enumerate(lines)],
            "role": [_role(line) for line in lines],
            "amount": [_amount(line) for line in lines],
            "projects": [_projects(line) for line in lines],
            "title": [line.title if line.role != "residual" else "" for line in lines],
            "record": [line.record_id for line in lines],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        alt=say("reconciled"),
        column_config={
            "number": config.TextColumn(say("number"), width=50),
            "role": config.TextColumn(say("line"), width=_ROLE_PX),
            "title": config.TextColumn(say("title"), width="large"),
            "projects": config.TextColumn(say("projects"), width=80, alignment="right"),
            "amount": config.TextColumn(say("amount"), width="small", alignment="right"),
            "record": config.TextColumn(say("record_id"), width="small"),
        },
    )


def _number(place: int, line: Line) -> str:
    return str(place) if line.role == "part" else ""


def _role(line: Line) -> str:
    is_negative = (line.projects or 0) < 0 or (line.amount_fen or 0) < 0
    return say("excess" if line.role == "residual" and is_negative else line.role)


def _projects(line: Line) -> str:
    return "–" if line.projects is None else f"{line.projects:,}"


def _amount(line: Line) -> str:
    return "–" if line.amount_fen is None else amount_words(line.amount_fen / _FEN, language())

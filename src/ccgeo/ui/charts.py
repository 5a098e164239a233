"""Charts of the selection; a click on a bar asks for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.matrix import REST, ranked
from ccgeo.query.profile import UNDATED, UNSTATED
from ccgeo.query.vocabulary import names_of
from ccgeo.ui import state
from ccgeo.ui.profile import choice_name
from ccgeo.ui.words import language, say
from ccgeo.views.charts import PICK, bar_chart, matrix_chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ccgeo.layers.answer import Answer
    from ccgeo.query.matrix import MatrixCut

_MOST: Final = 12
_CHARTS: Final = (("by_sector", "sectors"), ("by_partner", "partners"), ("by_stage", "stages"))


def show_charts(answered: Answer) -> None:
    """Draw the selection by year, sector, partner, stage and unit.

    Parameters
    ----------
    answered : Answer
        What the page shows.
    """
    profile = answered.source.profile(answered.selection, answered.view)
    years = profile.by_year
    _draw(years[years["choice"] != UNDATED], "years", "by_year", across="columns")
    left, right = st.columns(2)
    for place, (cut, field) in zip((left, right, left), _CHARTS, strict=True):
        with place:
            _draw(getattr(profile, cut).head(_MOST), field, cut)
    with right:
        _draw(_largest_units(answered), "places", "top_units")
    _draw_matrix(answered, "partners", "sectors")
    _draw_matrix(answered, "sectors", "places")


def _draw(totals: pd.DataFrame, field: str, title: str, **layout: Any) -> None:  # noqa: ANN401
    st.markdown(f"**{say(title)}**")
    names = [choice_name(choice, field) for choice in totals["choice"]]
    key = f"chart_{title}"
    st.altair_chart(
        bar_chart(totals, names, language=language(), **layout),
        key=key,
        on_select=state.taker(key, lambda event: _take(field, event)),
        selection_mode=PICK,
    )


def _take(field: str, event: Any) -> None:  # noqa: ANN401 - what the browser sent
    picked = [row.get("choice") for row in event["selection"].get(PICK, ())]
    told = [str(choice) for choice in picked if choice]
    if not told:
        return
    if field == "years":
        if told[0].isdecimal():
            state.change(years=(int(told[0]), int(told[0])))
    elif (choice := _choice(field, told[0])) is not None:
        state.change(**{field: frozenset({choice})})


def _draw_matrix(answered: Answer, rows: MatrixCut, columns: MatrixCut) -> None:
    title = f"{rows}_{columns}"
    st.markdown(f"**{say(title)}**")
    cells = answered.source.matrix(answered.selection, answered.view, rows, columns)
    fields: dict[str, MatrixCut] = {"row": rows, "column": columns}
    names = {
        name: {choice: _name_in_matrix(choice, field) for choice in ranked(cells, name)}
        for name, field in fields.items()
    }
    key = f"chart_{title}"
    st.altair_chart(
        matrix_chart(cells, names, language=language()),
        key=key,
        on_select=state.taker(key, lambda event: _take_cell(fields, event)),
        selection_mode=PICK,
    )


def _name_in_matrix(choice: str, field: MatrixCut) -> str:
    if choice == REST:
        return say("rest_places" if field == "places" else "rest")
    return choice_name(choice, field)


def _take_cell(fields: Mapping[str, MatrixCut], event: Any) -> None:  # noqa: ANN401
    """Ask for both cuts of a cell; what is no single choice of a filter is left as it is."""
    for cell in event["selection"].get(PICK, ()):
        picked = {field: str(cell[name]) for name, field in fields.items() if name in cell}
        choices = {field: _choice(field, choice) for field, choice in picked.items()}
        asked = {
            field: frozenset({choice}) for field, choice in choices.items() if choice is not None
        }
        if asked:
            state.change(**asked)
        return


def _choice(field: str, told: str) -> str | None:
    """Return the choice of a filter that a mark stands for, if it stands for one."""
    names = names_of(field)
    if told in names:
        return told
    return "" if told == UNSTATED and "" in names else None


def _largest_units(answered: Answer) -> pd.DataFrame:
    units = answered.choropleth.features
    told = units[units["amount_stated"] > 0].nlargest(_MOST, "amount_fen")
    return told.rename(columns={"adcode": "choice"})[["choice", "entries", "amount_fen"]]

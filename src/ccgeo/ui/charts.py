"""Charts of the selection; a click on a bar asks for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccgeo.query.profile import SEVERAL, UNDATED, UNSTATED, profile_of
from ccgeo.ui import state
from ccgeo.ui.tables import choice_name
from ccgeo.ui.words import language, say
from ccgeo.views.charts import PICK, bar_chart

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.layers.answer import Answer

_MOST: Final = 12
_CHARTS: Final = (("by_sector", "sectors"), ("by_partner", "partners"), ("by_stage", "stages"))


def show_charts(answered: Answer) -> None:
    """Draw the selection by year, sector, partner, stage and unit.

    Parameters
    ----------
    answered : Answer
        What the page shows.
    """
    profile = profile_of(answered.selected, answered.selection.date_kind)
    years = profile.by_year
    _draw(years[years["choice"] != UNDATED], "years", "by_year", across="columns")
    left, right = st.columns(2)
    for place, (cut, field) in zip((left, right, left), _CHARTS, strict=True):
        with place:
            _draw(getattr(profile, cut).head(_MOST), field, cut)
    with right:
        _draw(_largest_units(answered), "places", "top_units")


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
    choices = [str(choice) for choice in picked if choice]
    if not choices:
        return
    if field == "years":
        state.change(years=(int(choices[0]), int(choices[0])))
    elif choices[0] not in {SEVERAL, UNSTATED} or field == "sectors":
        state.change(**{field: frozenset(choices)})


def _largest_units(answered: Answer) -> pd.DataFrame:
    units = answered.choropleth.features
    told = units[units["amount_stated"] > 0].nlargest(_MOST, "amount_fen")
    return told.rename(columns={"adcode": "choice"})[["choice", "entries", "amount_fen"]]

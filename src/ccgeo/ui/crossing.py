"""Where districts went that the boundaries on the map divide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from ccgeo.places.gazetteer import unit_name
from ccgeo.query.crossing import divided_districts
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from ccgeo.query.selection import View

_NAME_PX: Final = 110
_SHARE_PX: Final = 60


def show_divided(entries: pd.DataFrame, view: View) -> None:
    """List the divided districts among some entries with their shares; nothing if none is.

    Parameters
    ----------
    entries : pandas.DataFrame
        Placed entries.
    view : View
        Names the boundaries of the map.
    """
    divided = divided_districts(entries, view.vintage)
    if divided.empty:
        return
    st.markdown(f"**{say('crossing_title')}**")
    st.caption(say("crossing_why"))
    shown = pd.DataFrame(
        {
            "share": [f"{share:.1%}" for share in divided["share"]],
            "from": [unit_name(code, language()) for code in divided["adcode"]],
            "to": [unit_name(code, language()) for code in divided["to_adcode"]],
            "entries": divided["entries"],
        }
    )
    config = st.column_config
    columns = {
        "from": config.TextColumn(say("crossing_from"), width=_NAME_PX),
        "to": config.TextColumn(say("crossing_to"), width=_NAME_PX),
        "share": config.TextColumn(say("crossing_share"), width=_SHARE_PX, alignment="right"),
        "entries": config.NumberColumn(say("records"), width=_SHARE_PX),
    }
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        alt=say("crossing_title"),
        column_order=tuple(columns),
        column_config=columns,
    )

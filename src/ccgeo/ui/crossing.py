"""Where districts went that the boundaries on the map divide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from ccgeo.places.gazetteer import unit_name
from ccgeo.query.crossing import divided_districts
from ccgeo.ui.words import language, say

if TYPE_CHECKING:
    from ccgeo.query.selection import View


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
            say("crossing_from"): [unit_name(code, language()) for code in divided["adcode"]],
            say("crossing_to"): [unit_name(code, language()) for code in divided["to_adcode"]],
            say("crossing_share"): [f"{share:.1%}" for share in divided["share"]],
            say("records"): divided["entries"],
        }
    )
    st.dataframe(shown, hide_index=True, height="content", alt=say("crossing_title"))

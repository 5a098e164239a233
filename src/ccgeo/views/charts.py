"""Bars beside the map: the same totals as the table, nothing added up here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import altair as alt
import pandas as pd

from ccgeo.query.words import amount_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccgeo.query.histogram import AmountBar
    from ccgeo.query.vocabulary import Language

PICK: Final = "pick"
"""Name of the selection that a click on a bar makes; it holds a ``choice``."""

_FEN: Final = 100
_UNITS: Final = {"en": (1e9, "CNY bn"), "zh": (1e8, "亿元")}
_COLOUR: Final = "#2276a5"
_PALE: Final = "#dceaf2"
_DEEP: Final = "#0b2f4f"
_COLUMNS_PX: Final = 200
_BAR_PX: Final = 22
_LABEL_PX: Final = 170
_SPREAD_PX: Final = 84


def bar_chart(
    totals: pd.DataFrame,
    names: Sequence[str],
    *,
    language: Language = "en",
    across: Literal["rows", "columns"] = "rows",
) -> alt.Chart:
    """Draw one bar a choice, as long as its amount.

    Parameters
    ----------
    totals : pandas.DataFrame
        Columns ``choice`` (str), ``entries`` (int) and ``amount_fen`` (int, 0.01 CNY), in the
        order to draw them.
    names : sequence of str
        Name of each choice, fixed vocabulary only.
    language : {"en", "zh"}
        Language of axis and tooltip; the axis is in CNY bn or 亿元.
    across : {"rows", "columns"}
        Lying bars for names, standing ones for years.

    Returns
    -------
    altair.Chart
        Chart with a point selection called `PICK`.

    Examples
    --------
    >>> totals = pd.DataFrame({"choice": ["SG"], "entries": [2], "amount_fen": [10**11]})
    >>> bar_chart(totals, ["Singapore"]).to_dict()["mark"]["type"]
    'bar'
    """
    bars = alt.Chart(_drawn(totals, names, language)).mark_bar(color=_COLOUR)
    name = alt.X if across == "columns" else alt.Y
    amount = alt.Y if across == "columns" else alt.X
    axis = alt.Axis(labelLimit=_LABEL_PX, labelOverlap=across == "columns", labelAngle=0)
    scale = alt.Scale(domain=_every_year(totals) if across == "columns" else list(names))
    chart = bars.encode(
        name("name:N", sort=None, title=None, axis=axis, scale=scale),
        amount("amount:Q", title=_UNITS[language][1]),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("words:N", title="金额" if language == "zh" else "amount"),
            alt.Tooltip("entries:Q", title="记录" if language == "zh" else "records"),
        ],
    ).add_params(alt.selection_point(PICK, fields=["choice"]))
    height = _COLUMNS_PX if across == "columns" else alt.Step(_BAR_PX)
    sized: alt.Chart = chart.properties(height=height)
    return sized


def matrix_chart(
    cells: pd.DataFrame, names: Mapping[str, Mapping[str, str]], *, language: Language = "en"
) -> alt.Chart:
    """Draw two cuts against each other, a cell the darker the larger its amount.

    Parameters
    ----------
    cells : pandas.DataFrame
        What `ccgeo.query.matrix.matrix_of` gives; cells without a stated amount are left out.
    names : mapping of str to mapping of str to str
        For ``"row"`` and ``"column"`` the name of each choice in the order to draw them, fixed
        vocabulary only.
    language : {"en", "zh"}
        Language of legend and tooltip.

    Returns
    -------
    altair.Chart
        Chart with a point selection called `PICK`; it holds a ``row`` and a ``column``.

    Examples
    --------
    >>> cells = pd.DataFrame(
    ...     {"row": ["SG"], "column": ["digital"], "entries": [2], "amount_fen": [10**11]}
    ... )
    >>> names = {"row": {"SG": "Singapore"}, "column": {"digital": "Digital"}}
    >>> matrix_chart(cells, names).to_dict()["mark"]["type"]
    'rect'
    """
    zh = language == "zh"
    scale, unit = _UNITS[language]
    told = cells[cells["amount_fen"] > 0]  # a colour on a logarithmic scale has no zero
    fen = told["amount_fen"].astype("float64")
    drawn = pd.DataFrame(
        {
            "row": told["row"],
            "column": told["column"],
            "down": told["row"].map(names["row"]),
            "across": told["column"].map(names["column"]),
            "amount": fen / _FEN / scale,
            "words": [amount_words(amount / _FEN, language) for amount in fen],
            "entries": told["entries"],
        }
    )
    plain: dict[str, Any] = {"labelLimit": _LABEL_PX, "ticks": False, "domain": False}
    orders = {side: list(names[side].values()) for side in ("row", "column")}
    colours = alt.Scale(type="log", range=[_PALE, _COLOUR, _DEEP], interpolate="lab")
    chart = alt.Chart(drawn).mark_rect(cornerRadius=2)
    encoded = chart.encode(
        alt.Y("down:N", sort=orders["row"], title=None, axis=alt.Axis(**plain)),
        alt.X(
            "across:N",
            sort=orders["column"],
            title=None,
            axis=alt.Axis(**plain, labelAngle=-40, labelOverlap=False),
        ),
        alt.Color("amount:Q", title=unit, scale=colours, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip("down:N", title=" "),
            alt.Tooltip("across:N", title="×"),
            alt.Tooltip("words:N", title="金额" if zh else "amount"),
            alt.Tooltip("entries:Q", title="记录" if zh else "records"),
        ],
    ).add_params(alt.selection_point(PICK, fields=["row", "column"]))
    sized: alt.Chart = encoded.properties(height=alt.Step(_BAR_PX))
    return sized


def spread_chart(
    bars: Sequence[AmountBar], *, floor_fen: int | None = None, language: Language = "en"
) -> alt.Chart:
    """Draw how amounts are spread, with what lies below a floor faded.

    Parameters
    ----------
    bars : sequence of AmountBar
        Counts by amount, in order.
    floor_fen : int, optional
        Least amount asked for, in fen (0.01 CNY).
    language : {"en", "zh"}
        Language of axis and tooltip.

    Returns
    -------
    altair.Chart
        Chart with a point selection called `PICK`; its ``choice`` is the floor of a bar in fen.

    Examples
    --------
    >>> from ccgeo.query.histogram import AmountBar
    >>> chart = spread_chart([AmountBar(0, 4), AmountBar(10**9, 2)], floor_fen=10**9)
    >>> [row["kept"] for row in next(iter(chart.to_dict()["datasets"].values()))]
    [False, True]
    """
    zh = language == "zh"
    drawn = pd.DataFrame(
        {
            "choice": [str(bar.floor_fen) for bar in bars],
            "from": [_floor_words(bar.floor_fen, language) for bar in bars],
            "entries": [bar.entries for bar in bars],
            "kept": [bar.floor_fen >= (floor_fen or 0) for bar in bars],
        }
    )
    axis = alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False)
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_bar(color=_COLOUR)
        .encode(
            alt.X("from:N", sort=None, title=None, axis=axis, scale=alt.Scale(paddingInner=0.08)),
            alt.Y("entries:Q", title=None, axis=None),
            opacity=alt.condition("datum.kept", alt.value(1.0), alt.value(0.3)),
            tooltip=[
                alt.Tooltip("from:N", title="起点" if zh else "from"),
                alt.Tooltip("entries:Q", title="记录" if zh else "records"),
            ],
        )
        .add_params(alt.selection_point(PICK, fields=["choice"]))
        .properties(height=_SPREAD_PX)
    )
    return chart


def _floor_words(floor_fen: int, language: Language) -> str:
    return amount_words(floor_fen / _FEN, language).removeprefix("CNY ") if floor_fen else "0"


def _every_year(totals: pd.DataFrame) -> list[str]:
    """Return the years in between too: a year without records keeps its empty place."""
    years = [int(choice) for choice in totals["choice"]]
    return [str(year) for year in range(min(years), max(years) + 1)] if years else []


def _drawn(totals: pd.DataFrame, names: Sequence[str], language: Language) -> pd.DataFrame:
    fen = totals["amount_fen"].astype("float64")
    return pd.DataFrame(
        {
            "choice": totals["choice"].to_numpy(),
            "name": list(names),
            "amount": (fen / _FEN / _UNITS[language][0]).to_numpy(),
            "words": [amount_words(amount / _FEN, language) for amount in fen],
            "entries": totals["entries"].to_numpy(),
        }
    )

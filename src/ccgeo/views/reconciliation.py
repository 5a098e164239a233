"""A total drawn as what it is made of: parts and residual end to end, the total as a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.query.vocabulary import Language

# Colours that stay apart for colour-blind eyes (Okabe and Ito); the residual is grey.
_COLOURS: Final = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#f0e442",
)
_RESIDUAL: Final = "#d9d9d9"
_EXCESS: Final = "#b2182b"
_HEIGHT_PX: Final = 130
_BAR_PX: Final = 44
_TOTAL_PX: Final = 60
_TOTAL: Final = "#666666"
_WORDS: Final = {
    "en": {"part": "Part", "value": "Value", "residual": "residual", "excess": "parts exceed it"},
    "zh": {"part": "分项", "value": "数值", "residual": "余额", "excess": "分项超过总额"},
}


def stacked_bar(
    names: Sequence[str],
    values: Sequence[float],
    *,
    residual: float,
    unit: str,
    language: Language = "en",
) -> alt.LayerChart:
    """Draw parts and residual as one bar, and the total as a tick across it.

    A negative residual is drawn to the left of zero in red: it is a contradiction, and is not
    clipped.

    Parameters
    ----------
    names : sequence of str
        Name of each part; shown as text.
    values : sequence of float
        Value of each part, in the unit of the axis.
    residual : float
        What the parts leave of the total.
    unit : str
        Title of the axis, fixed vocabulary.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    altair.LayerChart
        Bar and total.

    Examples
    --------
    >>> chart = stacked_bar(["A", "B"], [1.0, 2.0], residual=0.5, unit="CNY bn")
    >>> chart.to_dict()["layer"][0]["mark"]["type"]
    'bar'
    """
    words = _WORDS[language]
    bars = _bars(names, values, residual, words)
    scale = alt.Scale(
        domain=bars["key"].tolist(), range=[_colour(row) for row in bars.itertuples()]
    )
    bar = alt.Chart(bars).mark_bar(size=_BAR_PX, stroke="white", strokeWidth=1)
    bar = bar.encode(
        alt.X("value:Q", stack="zero", title=unit),
        color=alt.Color("key:N", scale=scale, legend=None),
        order="order:Q",
        tooltip=[
            alt.Tooltip("name:N", title=words["part"]),
            alt.Tooltip("value:Q", title=f"{words['value']} ({unit})", format=",.6~f"),
        ],
    )
    numbers = alt.Chart(bars[bars["value"] != 0]).mark_text(color="black", fontWeight="bold")
    numbers = numbers.encode(
        alt.X("value:Q", stack="zero", bandPosition=0.5), text="number:N", order="order:Q"
    )
    mark = alt.Chart(pd.DataFrame({"total": [sum(values) + residual]}))
    mark = mark.mark_tick(size=_TOTAL_PX, thickness=3, color=_TOTAL).encode(x="total:Q")
    return alt.LayerChart(layer=[bar, numbers, mark], height=_HEIGHT_PX)


def _bars(
    names: Sequence[str], values: Sequence[float], residual: float, words: dict[str, str]
) -> pd.DataFrame:
    rest = words["excess"] if residual < 0 else words["residual"]
    numbers = [*(str(place) for place in range(1, len(names) + 1)), ""]
    return pd.DataFrame(
        {
            "key": [f"{place:04d}" for place in range(len(names) + 1)],
            "order": range(len(names) + 1),
            "name": [*names, rest],
            "number": numbers,
            "value": [*values, residual],
            "is_residual": [*[False] * len(names), True],
        }
    )


def _colour(row: object) -> str:
    if not row.is_residual:  # type: ignore[attr-defined]
        return _COLOURS[row.order % len(_COLOURS)]  # type: ignore[attr-defined]
    return _EXCESS if row.value < 0 else _RESIDUAL  # type: ignore[attr-defined]

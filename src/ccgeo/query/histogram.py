"""How amounts are spread: the bars beside the filter that sets a floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ccgeo.query.engine import passes

if TYPE_CHECKING:
    import pandas as pd

    from ccgeo.query.selection import Selection

_FEN_PER_MILLION: Final = 100_000_000
FLOORS_FEN: Final = tuple(
    step * _FEN_PER_MILLION for step in (0, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
)
"""Lower ends of the bars in fen (0.01 CNY): none, then CNY 10 mn to 100 bn in half decades."""


class AmountBar(NamedTuple):
    """Entries whose amount lies in one span.

    Attributes
    ----------
    floor_fen : int
        Least amount in fen (0.01 CNY); the span ends below the floor of the next bar.
    entries : int
        How many.
    """

    floor_fen: int
    entries: int


def amount_bars(placed: pd.DataFrame, selection: Selection) -> tuple[AmountBar, ...]:
    """Count the entries of a selection by amount, whatever floor it sets itself.

    Parameters
    ----------
    placed : pandas.DataFrame
        Entries as `ccgeo.query.engine.place_entries` gives them; not changed.
    selection : Selection
        What is asked.

    Returns
    -------
    tuple of AmountBar
        One a floor of `FLOORS_FEN`, in order; the bars from one floor on add up to what a
        selection with that floor keeps. What states no amount, or less than nothing, is in none.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> from ccgeo.query.selection import DEFAULT_SELECTION
    >>> len(amount_bars(read_placed(), DEFAULT_SELECTION)) == len(FLOORS_FEN)
    True
    """
    amounts = placed["amount_fen"].array.to_numpy(np.int64, na_value=-1)
    kept = amounts[passes(placed, selection, but="min_amount")]
    found = np.searchsorted(FLOORS_FEN, kept[kept >= 0], side="right") - 1
    counts = np.bincount(found, minlength=len(FLOORS_FEN)).tolist()
    return tuple(map(AmountBar, FLOORS_FEN, counts))

"""A register that can be asked: an engine, the sides of its entries, the compiled statements."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ccgeo.engine.answers import Key, Result, read_result
from ccgeo.engine.backends import DuckEngine, EngineError
from ccgeo.engine.expression import (
    BAND,
    ENTRIES,
    FLOOR,
    asked_table,
    bars,
    question,
    side_table,
)
from ccgeo.engine.star import SIDES, bands_of, star_of, write_side
from ccgeo.engine.verdicts import flow_keys, verdicts
from ccgeo.query.engine import read_placed
from ccgeo.query.histogram import FLOORS_FEN, AmountBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import numpy.typing as npt

    from ccgeo.engine.backends import Engine
    from ccgeo.engine.star import Star
    from ccgeo.query.selection import Selection, View
    from ccgeo.query.vocabulary import Level, Vintage

    Codes = npt.NDArray[np.int32]

_TOO_LARGE: Final = re.compile("out of range|overflow|to type INT64", re.IGNORECASE)


class Register:
    """A register of entries, however many, behind an engine.

    Parameters
    ----------
    engine : Engine
        Holds the table `ENTRIES`, and tables of cells if they have been made.
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    cells : tuple of tuple of str
        The tables of cells that there are, of `ccgeo.engine.expression.CELL_TABLES`: none, or
        some, among them the two widest.
    amounts : str
        Table that holds at least the entries that state an amount.
    """

    def __init__(
        self,
        engine: Engine,
        sides: Mapping[str, pd.DataFrame],
        *,
        cells: tuple[tuple[str, ...], ...] = (),
        amounts: str = ENTRIES,
    ) -> None:
        self.engine = engine
        self.sides = sides
        self.cells = cells
        self._amounts = amounts
        self._key = Key(sides)
        self._flow_keys = lru_cache(maxsize=16)(self._keys)

    def ask(self, selection: Selection, view: View) -> Result:
        """Answer a selection.

        Parameters
        ----------
        selection : Selection
            What is asked.
        view : View
            Level and boundaries.

        Returns
        -------
        Result
            Sums by unit, what is not mapped, flows, counts of the choices, years.

        Raises
        ------
        EngineError
            The engine fails, or a sum does not fit in 64 bits.
        """
        told = self._told(selection, view.level, view.vintage)
        floor = self._floor(selection.min_amount_fen)
        if selection.min_amount_fen is not None:
            told[FLOOR] = _floor_table(selection.min_amount_fen)
        statement = question(self._cut(told), floor, self.cells, self._amounts)
        rows = self.run(statement, told)
        return read_result(rows, self._key, selection, view)

    def amount_bars(self, selection: Selection) -> tuple[AmountBar, ...]:
        """Count the entries of a selection by amount, whatever floor it sets itself.

        Parameters
        ----------
        selection : Selection
            What is asked.

        Returns
        -------
        tuple of AmountBar
            As `ccgeo.query.histogram.amount_bars`.
        """
        told = self._told(selection, "province", "2025")
        rows = self.run(bars(self._cut(told), self.cells), told)
        found = dict(zip(rows["band"].tolist(), rows["entries"].tolist(), strict=True))
        return tuple(
            AmountBar(floor, int(found.get(band, 0))) for band, floor in enumerate(FLOORS_FEN, 1)
        )

    def _floor(self, least_fen: int | None) -> str:
        """Return what a least amount is compared with: cells know bands, entries amounts."""
        if least_fen is None:
            return ""
        return BAND if self.cells and least_fen in FLOORS_FEN else "amount"

    @property
    def has_cells(self) -> bool:
        """Return whether there are tables of cells.

        Returns
        -------
        bool
            True if there are.
        """
        return bool(self.cells)

    def _cut(self, told: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
        """Return the sides of which something is refused; entries meet all of them anyway."""
        if not self.cells:
            return tuple(SIDES)
        asked = {side: told[asked_table(side)] for side in SIDES}
        return tuple(
            side
            for side, rows in asked.items()
            if len(rows) < len(self.sides[side]) or rows["blame"].to_numpy().any()
        )

    def run(self, expression: ir.Table, told: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Answer any statement about the entries.

        Parameters
        ----------
        expression : ibis Table
            The statement.
        told : mapping of str to pandas.DataFrame
            The small tables that it reads beside those of the register.

        Returns
        -------
        pandas.DataFrame
            The rows.

        Raises
        ------
        EngineError
            The engine fails, or a sum does not fit in 64 bits.
        """
        try:
            return self.engine.ask(self.engine.compiled(expression), told)
        except Exception as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            if _TOO_LARGE.search(str(error)):
                reason = "a sum is too large: the amounts of this selection exceed 64 bits of fen"
            message = f"the engine gives no answer: {reason}"
            raise EngineError(message) from error

    def _told(
        self, selection: Selection, level: Level, vintage: Vintage
    ) -> dict[str, pd.DataFrame]:
        """Return the verdicts as the tables that a statement reads."""
        keys = self._flow_keys(level, vintage)
        told = {}
        for side, verdict in verdicts(self.sides, selection).items():
            codes = verdict[side].to_numpy()
            columns = {"flow": keys[side][codes]} if side in keys else {}
            if side == "deal":
                columns["sector"] = keys["sector"][codes]
            told[asked_table(side)] = verdict.assign(**columns)
        return told

    def _keys(self, level: Level, vintage: Vintage) -> Mapping[str, Codes]:
        return flow_keys(self.sides, level, vintage)


def _floor_table(least_fen: int) -> pd.DataFrame:
    floor = np.array([least_fen], dtype=np.int64)
    return pd.DataFrame({"floor": floor, "floor_band": bands_of(floor, np.array([True]))})


def register_of(star: Star, engine: Engine) -> Register:
    """Put entries into an engine, in place of what its register held.

    Parameters
    ----------
    star : Star
        Entries.
    engine : Engine
        Where they go.

    Returns
    -------
    Register
        The register.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> register = register_of(star_of(read_placed().head(9)), DuckEngine())
    >>> register.ask(DEFAULT_SELECTION, View()).summary.total.entries <= 9
    True
    """
    engine.fill(ENTRIES, star.facts)
    for side in SIDES:
        engine.fill(side_table(side), write_side(star.sides[side]))
    return Register(engine, star.sides)


def shipped_register() -> Register:
    """Return the shipped entries behind DuckDB in memory.

    Returns
    -------
    Register
        The register; nothing is written anywhere.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shipped_register().ask(DEFAULT_SELECTION, View()).summary.total.entries > 0
    True
    """
    star = star_of(read_placed())
    return register_of(star, DuckEngine())

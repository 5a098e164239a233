"""Registers that look like real ones and are made up from the first word to the last.

Every title begins with "Synthetic", every id with ``synthetic-``, every source says so, and a
store made of them is marked. They exist to measure with, and are never mixed with records.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ccgeo.places.gazetteer import read_units
from ccgeo.places.partners import read_partners
from ccgeo.places.zones import read_zones
from ccgeo.records.sectors import sector_choices, sector_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]

MARK: Final = "Synthetic"
"""First word of every title."""

PIECE: Final = 250_000
"""Rows that are made at a time."""

_FIRST_YEAR, _YEARS = 2010, 16
_STAGES: Final = {
    "signed": 0.52, "started": 0.22, "announced": 0.1, "operating": 0.08, "completed": 0.05,
    "": 0.02, "cancelled": 0.01,
}  # fmt: skip
_DOMESTIC: Final = 0.87
_STATED: Final = 0.85
_MEDIAN_MN, _SPREAD = 60.0, 1.6
_DAYS: Final = 28


def synthetic_rows(rows: int, seed: int = 0) -> Iterator[pd.DataFrame]:
    """Make up a register, piece by piece.

    Places, sectors and partners follow a power law, amounts a log-normal one with a median of
    CNY 60 mn; one amount in seven is not stated, 13 deals in 100 have a partner abroad.

    Parameters
    ----------
    rows : int
        How many.
    seed : int
        The same seed gives the same register.

    Yields
    ------
    pandas.DataFrame
        Up to `PIECE` rows of text, in the columns of the template of the explorer.

    Examples
    --------
    >>> piece = next(synthetic_rows(3))
    >>> len(piece), bool(piece["title"].str.startswith(MARK).all())
    (3, True)
    """
    for number, start in enumerate(range(0, rows, PIECE)):
        chance = np.random.default_rng([seed, number])
        yield _piece(chance, start, min(PIECE, rows - start))


def write_synthetic(path: Path, rows: int, seed: int = 0) -> None:
    """Write a made-up register as Parquet or CSV.

    Parameters
    ----------
    path : pathlib.Path
        File; ``.csv``, else Parquet.
    rows : int
        How many.
    seed : int
        The same seed gives the same register.
    """
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            for number, piece in enumerate(synthetic_rows(rows, seed)):
                piece.to_csv(file, index=False, header=number == 0, lineterminator="\n")
        return
    writer = None
    try:
        for piece in synthetic_rows(rows, seed):
            table = pa.Table.from_pandas(piece.astype("str"), preserve_index=False)
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def _piece(chance: np.random.Generator, start: int, rows: int) -> pd.DataFrame:
    stages, weights = zip(*_STAGES.items(), strict=True)
    stage = chance.choice(len(stages), rows, p=np.array(weights) / sum(weights))
    sectors, places, partners = _sectors(), _places(), _partners()
    abroad = chance.random(rows) >= _DOMESTIC
    partner = np.where(abroad, _power(chance, len(partners), rows, 1.1), 0)
    is_cn = chance.random(rows) < 0.5
    numbers = start + np.arange(rows)
    amount = np.round(np.exp(chance.normal(np.log(_MEDIAN_MN), _SPREAD, rows)), 2)
    years = _FIRST_YEAR + chance.choice(_YEARS, rows, p=_growing())
    columns: dict[str, Any] = {
        "id": [f"synthetic-{number}" for number in numbers.tolist()],
        "title": [f"{MARK} project {number}" for number in numbers.tolist()],
        "date": _dates(years, chance.integers(1, 13, rows), chance.integers(1, _DAYS + 1, rows)),
        "stage": np.array(stages, dtype=object)[stage],
        "sector": sectors[_power(chance, len(sectors), rows, 0.8)],
        "amount": np.where(chance.random(rows) < _STATED, np.char.mod("%.2f", amount), ""),
        "unit": np.full(rows, "mn", dtype=object),
        "currency": np.where(abroad & (chance.random(rows) < 0.3), "USD", "CNY"),
        "place": places[_power(chance, len(places), rows, 0.7)],
        "partner": np.where(abroad, partners[partner], np.where(is_cn, "CN", "")),
        "direction": np.where(abroad, "inbound", np.where(is_cn, "domestic", "")),
        "projects": np.full(rows, "1", dtype=object),
        "source": np.full(rows, f"{MARK} register, made up", dtype=object),
        "confidence": np.where(chance.random(rows) < 0.8, "3", "2"),
    }
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def _power(chance: np.random.Generator, kinds: int, rows: int, steep: float) -> Codes:
    weights = 1 / np.arange(1, kinds + 1) ** steep
    drawn: Codes = chance.choice(kinds, rows, p=weights / weights.sum())
    return drawn


def _growing() -> npt.NDArray[np.float64]:
    weights = np.linspace(1.0, 4.0, _YEARS)
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


def _dates(years: Codes, months: Codes, days: Codes) -> list[str]:
    return [
        f"{year}-{month:02d}-{day:02d}"
        for year, month, day in zip(years.tolist(), months.tolist(), days.tolist(), strict=True)
    ]


@cache
def _places() -> npt.NDArray[np.object_]:
    """Return mentions of the region in both languages: districts, zones, cities, provinces."""
    units, zones = read_units(), read_zones()
    units = units[units["in_2025"]] if "in_2025" in units else units
    named = [*units["adcode"], *zones["name_en"], *zones["name_zh"]]
    order = np.random.default_rng(0).permutation(len(named))
    return np.array(named, dtype=object)[order]


@cache
def _sectors() -> npt.NDArray[np.object_]:
    names = [sector_name(sector, "en") for sector in sector_choices()]
    return np.array(names, dtype=object)


@cache
def _partners() -> npt.NDArray[np.object_]:
    partners = read_partners()
    ids = partners.loc[partners["kind"] == "partner", "partner"]
    return np.array([each for each in ids if each != "CN"][:80], dtype=object)

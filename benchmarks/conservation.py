"""Ten thousand random selections in under a minute: map + strip = total = table = export.

Exactly, in fen and in records and in projects, over all filters, three levels, two boundary
lists and all measures. The map is the choropleth of each selection, the strip what stands under
it, the table what the page lists and the export the rows that every file is written from; both are
written row by row, so their rows are made once for each level and boundary list. Every hundredth
selection goes the whole way: it is listed by itself, written and read back as CSV.

Run: python benchmarks/conservation.py [selections] [seed]
"""

from __future__ import annotations

import csv
import io
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import cache
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccgeo.io.rows import record_rows
from ccgeo.io.tables import records_bytes
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed, select
from ccgeo.query.listing import list_entries
from ccgeo.query.selection import LIST_PARAMS, Selection, View
from ccgeo.query.vocabulary import CONFIDENCES, DEFAULT_STAGES, SCHEMES, VIEW_CHOICES, names_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

SELECTIONS = 10_000
LIMIT_S = 60
FULL_EVERY = 100
SET_SHARE = 0.3
_FIGURES = ("entries", "projects", "amount_fen")
FEN_PER_CNY, FEN_PER_MILLION = 100, 100_000_000


class Sums(NamedTuple):
    """What must be the same everywhere: records, projects, fen."""

    records: int
    projects: int
    fen: int


def random_selection(dice: random.Random) -> Selection:
    """Return a selection that sets each filter with the same chance."""
    first, last = sorted(dice.choices(range(2002, 2027), k=2))
    lists = {field: random_choices(dice, field) for field in LIST_PARAMS}
    if not lists["stages"] and dice.random() < SET_SHARE:
        lists["stages"] = DEFAULT_STAGES
    return Selection(
        years=(first, last) if dice.random() < SET_SHARE else None,
        include_undated=dice.random() < 0.5,
        min_amount_fen=10 ** dice.randint(8, 13) if dice.random() < SET_SHARE / 3 else None,
        min_confidence=dice.choice(CONFIDENCES),
        **lists,
    )


def random_choices(dice: random.Random, field: str) -> frozenset[str]:
    """Return no choice, or a few of a field."""
    if dice.random() > SET_SHARE:
        return frozenset()
    names = list(names_of(field))
    return frozenset(dice.sample(names, k=dice.randint(1, max(1, len(names) // 2))))


def random_view(dice: random.Random) -> View:
    """Return a view of any level, boundary list, measure and scheme."""
    shown = {field: dice.choice(VIEW_CHOICES[field]) for field in ("level", "vintage", "measure")}
    return View(**shown, scheme=dice.choice(SCHEMES), k=dice.randint(2, 7))


@cache
def table_figures() -> npt.NDArray[np.int64]:
    """Return projects and fen of each row of the table, shape (n_entries, 2)."""
    listed = list_entries(read_placed())
    projects = listed["projects"].fillna(0).to_numpy(np.int64)
    fen = [round(amount * FEN_PER_MILLION) for amount in listed["amount_cny_mn"].fillna(0)]
    return np.column_stack([projects, np.array(fen, dtype=np.int64)])


@cache
def export_figures(level: str, vintage: str) -> npt.NDArray[np.int64]:
    """Return projects and fen of each exported row, shape (n_entries, 2)."""
    rows = record_rows(read_placed(), View(level=level, vintage=vintage))
    pairs = [(row["projects"] or 0, round((row["amount_cny"] or 0) * FEN_PER_CNY)) for row in rows]
    return np.array(pairs, dtype=np.int64)


def of_rows(figures: npt.NDArray[np.int64]) -> Sums:
    """Add up some rows."""
    return Sums(len(figures), *map(int, figures.sum(axis=0)))


def of_sums(frame: pd.DataFrame) -> Sums:
    """Add up a frame of sums."""
    return Sums(*(int(frame[name].to_numpy().sum()) for name in _FIGURES))


def of_table(listed: pd.DataFrame) -> Sums:
    """Add up what the page lists, row by row."""
    fen = [round(amount * FEN_PER_MILLION) for amount in listed["amount_cny_mn"].dropna()]
    return Sums(len(listed), int(listed["projects"].sum()), sum(fen))


def of_csv(content: bytes) -> Sums:
    """Add up a CSV as a reader of the file would."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    rows = [row for row in rows if row.get("entry_id")]
    fen = sum(round(Decimal(row["amount_cny"] or 0) * FEN_PER_CNY) for row in rows)
    return Sums(len(rows), sum(int(row["projects"] or 0) for row in rows), fen)


def all_sums(selection: Selection, view: View, *, full: bool) -> dict[str, Sums]:
    """Return the same sums from everywhere they can be read."""
    selected = select(read_placed(), selection)
    layer = build_choropleth(selected, view, selection=selection)
    drawn = Sums(*(int(layer.numbers[name].sum()) for name in _FIGURES))
    strip, total = of_sums(layer.not_mapped), layer.total
    sums = {
        "total": Sums(total.entries, total.projects, total.amount_fen),
        "map + strip": Sums(*map(sum, zip(drawn, strip, strict=True))),
        "table": of_rows(table_figures()[selected.index]),
        "export": of_rows(export_figures(view.level, view.vintage)[selected.index]),
    }
    if full:
        sums["whole table"] = of_table(list_entries(selected))
        sums["CSV"] = of_csv(records_bytes(selection, view))
    return sums


def passes(run: tuple[int, int]) -> tuple[int, int, str, float]:
    """Try some selections; return how many hold, rows seen, first failure, seconds of work."""
    seed, count = run
    dice, held, rows, failure = random.Random(seed), 0, 0, ""  # noqa: S311 - a test, not a secret
    for number in range(count):
        selection, view = random_selection(dice), random_view(dice)
        sums = all_sums(selection, view, full=number % FULL_EVERY == 0)
        rows += sums["total"].records
        if len(set(sums.values())) == 1:
            held += 1
        else:
            failure = failure or f"{selection}\n{view}\n{sums}"
    return held, rows, failure, process_time()


def main() -> None:
    """Run all selections on every core and print how many hold."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else SELECTIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    cores = os.cpu_count() or 1
    shares = [wanted // cores + (core < wanted % cores) for core in range(cores)]
    start = perf_counter()
    with ProcessPoolExecutor(cores) as pool:
        seeds = (seed * 1000 + core for core in range(cores))
        results = list(pool.map(passes, zip(seeds, shares, strict=True)))
    seconds = perf_counter() - start
    held = sum(result[0] for result in results)
    average = sum(result[1] for result in results) / wanted
    print(f"{held:,} of {wanted:,} selections hold, {average:.0f} records each on average")
    cpu = sum(result[3] for result in results)
    print(f"{seconds:.1f} s on {cores} cores ({cpu:.0f} s of work), seed {seed}")
    for failure in filter(None, (result[2] for result in results)):
        print(failure)
    raise SystemExit(held != wanted or seconds > LIMIT_S)


if __name__ == "__main__":
    main()

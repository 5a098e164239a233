"""The ledger costs the map nothing visible: filter + aggregate in 30 ms on the shipped data.

Both are measured together, over a hundred random selections of every level and boundary list;
the trees themselves are added up once, when the server starts.

Run: python benchmarks/ledger_speed.py
"""

from __future__ import annotations

import random
from statistics import median, quantiles
from time import perf_counter

from conservation import random_selection, random_view

from ccgeo.query.engine import place_entries, read_placed, select
from ccgeo.query.measures import summarise
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.records.ledger import build_entries
from ccgeo.records.tables import read_records

LIMIT_MS = 30
SELECTIONS = 100
RUNS = 5


def answer_ms(selection: Selection, view: View) -> float:
    """Return the median time of filter and aggregate, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        summarise(select(read_placed(), selection), view.level, view.vintage)
        times.append(1000 * (perf_counter() - start))
    return median(times)


def main() -> None:
    """Print what the ledger costs at the start and at every click."""
    records = read_records()
    start = perf_counter()
    entries = build_entries(records)
    built = perf_counter()
    place_entries(entries)
    placed = perf_counter()
    print(f"{len(records)} records to {len(entries)} entries, once: {built - start:.2f} s")
    print(f"placing them, once: {placed - built:.2f} s")
    dice = random.Random(1)  # noqa: S311 - a measurement, not a secret
    asked = [(random_selection(dice), random_view(dice)) for _ in range(SELECTIONS)]
    asked += [(DEFAULT_SELECTION, View()), (OPEN_SELECTION, View())]
    times = [answer_ms(*question) for question in asked]
    slowest = max(times)
    print(f"filter + aggregate, {len(asked)} selections: median {median(times):.1f} ms, ", end="")
    print(f"95% under {quantiles(times, n=20)[-1]:.1f} ms, slowest {slowest:.1f} ms")
    print("kept" if slowest <= LIMIT_MS else f"broken: every selection <= {LIMIT_MS} ms")
    raise SystemExit(slowest > LIMIT_MS)


if __name__ == "__main__":
    main()

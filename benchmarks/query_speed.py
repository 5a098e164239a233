"""A click costs the server 10 ms to answer, 30 ms to count, 30 ms through the query layer.

Run: python benchmarks/query_speed.py
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from ccgeo.engine.register import shipped_register
from ccgeo.io.geojson import layer_bytes
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import choice_counts, read_placed, select
from ccgeo.query.measures import summarise
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 30
RESULTS = Path(__file__).resolve().parent / "results" / "query_speed.json"
NARROW = Selection(
    years=(2015, 2025),
    sectors=frozenset({"automotive", "electronics"}),
    places=frozenset({"500000", "510100"}),
    partners=frozenset({"ASEAN", "EU"}),
    min_amount_fen=10**10,
)
SELECTIONS = {"default": DEFAULT_SELECTION, "everything": OPEN_SELECTION, "narrow": NARROW}


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of some work in milliseconds, after one run to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return median(times)


def main() -> None:
    """Print what each step takes and say whether the promise holds."""
    placed, register = read_placed(), shipped_register()
    view = View()
    print(f"{len(placed)} entries, median of {RUNS} runs, ms")
    print(
        f"{'':12}{'filter+sum':>12}{'counts':>10}{'choropleth':>12}{'flows':>10}{'file':>10}{'layer':>10}"
    )
    kept, found = True, {}
    for name, selection in SELECTIONS.items():
        selected = select(placed, selection)
        steps = {
            "answer": lambda chosen=selection: summarise(
                select(placed, chosen), view.level, view.vintage
            ),
            "counts": lambda chosen=selection: choice_counts(placed, chosen),
            "choropleth": lambda rows=selected: build_choropleth(rows, view),
            "flows": lambda rows=selected: build_flows(rows, view),
            "file": lambda chosen=selection: layer_bytes(chosen, view),
            "layer": lambda chosen=selection: register.ask(chosen, view),
        }
        times = {step: median_ms(work) for step, work in steps.items()}
        print(
            f"{name:12}{times['answer']:12.1f}{times['counts']:10.1f}"
            f"{times['choropleth']:12.1f}{times['flows']:10.1f}{times['file']:10.0f}{times['layer']:10.1f}"
        )
        found[name] = times
        kept &= times["answer"] <= 10 and times["counts"] <= 30 and times["layer"] <= 30
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print("kept" if kept else "broken: filter+sum <= 10 ms, counts <= 30 ms, layer <= 30 ms")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

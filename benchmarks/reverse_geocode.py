"""Claim: a million points find their districts in three seconds, the index included."""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.reverse import district_at
from ccgeo.places.vintages import VINTAGES

POINTS = 1_000_000
LIMIT_S = 3.0
RESULTS = Path(__file__).parent / "results" / "reverse_geocode.json"


def main() -> None:
    """Measure both vintages, first call and second, and keep the figures."""
    figures = {vintage: measure(vintage) for vintage in VINTAGES}
    for vintage, figure in figures.items():
        print(f"vintage {vintage}: {figure}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    slowest = max(figure["first_cpu_s"] for figure in figures.values())
    if slowest > LIMIT_S:
        message = f"a million points took {slowest} s of processor time, {LIMIT_S} are allowed"
        raise SystemExit(message)


def measure(vintage: str) -> dict[str, float]:
    """Return the seconds of a first call, which makes the index, and of a second."""
    districts = read_boundaries("district", vintage)
    left, bottom, right, top = districts.total_bounds
    points = np.random.default_rng(0).uniform((left, bottom), (right, top), (POINTS, 2))
    figures: dict[str, float] = {"points": POINTS, "cores": os.cpu_count() or 0}
    for call in ("first", "second"):
        clock, processor = perf_counter(), process_time()
        found = district_at(points, vintage)
        figures[f"{call}_s"] = round(perf_counter() - clock, 2)
        figures[f"{call}_cpu_s"] = round(process_time() - processor, 2)
    figures["inside"] = round(float((found != "").mean()), 3)
    return figures


if __name__ == "__main__":
    main()

"""A page of Records reads the years it asks for, not the store.

Run: python -m benchmarks.scale.listing [STORE]     (made up, with a million rows, if not given)

For all years and for two, at the beginning, at the end and by amount: time, processor time, and
how much of the entries is read. The promise: two years of sixteen read a quarter at most.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from benchmarks.scale.register import write_synthetic

from ccgeo.engine.partition import part_files
from ccgeo.engine.store import open_source
from ccgeo.io.ingest import ingest
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.query.source import Listing

RESULTS = Path(__file__).resolve().parents[1] / "results" / "scale_listing.json"
ROWS, RUNS, SHARE = 1_000_000, 5, 0.25
SELECTIONS = {
    "all years": DEFAULT_SELECTION,
    "2012-2013": Selection(years=(2012, 2013)),
    "2024-2025": Selection(years=(2024, 2025)),
}
ORDERS = ("newest", "oldest", "largest")


def bytes_read() -> int:
    """Return how much this process has read."""
    told = Path("/proc/self/io").read_text(encoding="ascii")
    return int(told.partition("rchar: ")[2].split()[0])


def measured(folder: Path) -> dict[str, Any]:
    """Ask for first pages, and return what each took."""
    found: dict[str, Any] = {}
    for name, selection in SELECTIONS.items():
        for order in ORDERS:
            listing = Listing(selection, View(), order=order, most=100)
            walls, works, reads = [], [], []
            for _ in range(RUNS):
                # A source of its own each time: it keeps the pages that it has given.
                source = open_source(f"duckdb://{folder}")
                start, work, read = perf_counter(), process_time(), bytes_read()
                source.rows(listing)
                walls.append(perf_counter() - start)
                works.append(process_time() - work)
                reads.append(bytes_read() - read)
            found[f"{name}, {order}"] = {
                "median_ms": 1000 * median(walls),
                "cpu_ms": 1000 * min(works),
                "read_mb": median(reads) / 2**20,
            }
    return found


def main() -> None:
    """Measure, write the results, and say whether the promise holds."""
    with TemporaryDirectory(prefix="ccgeo-listing-") as name:
        folder = Path(sys.argv[1] if sys.argv[1:] else f"{name}/store").resolve()
        if not sys.argv[1:]:
            file = Path(name) / "synthetic.parquet"
            write_synthetic(file, ROWS)
            ingest([file], folder)
        entries_mb = sum(path.stat().st_size for path in part_files(folder)) / 2**20
        found = measured(folder)
    print(f"{entries_mb:,.0f} MB of entries, load {os.getloadavg()[0]:.1f}")
    for asked, took in found.items():
        print(f"  {asked:20}", ", ".join(f"{key} {value:,.1f}" for key, value in took.items()))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found | {"entries_mb": entries_mb}, indent=2) + "\n", "utf-8")
    kept = all(
        took["read_mb"] <= SHARE * entries_mb
        for asked, took in found.items()
        if asked.startswith("20")
    )
    print("kept" if kept else "broken: two years read a quarter of the entries at most")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

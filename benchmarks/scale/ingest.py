"""Files are taken in at 100,000 records a second; a run killed at any moment goes on whole.

Run: python -m benchmarks.scale.ingest [--rows 200000] [--kills 20]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.scale.register import write_synthetic

from ccgeo.engine.agreement import result_bytes
from ccgeo.engine.store import open_register
from ccgeo.query.selection import OPEN_SELECTION, View

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results" / "scale_ingest.json"
RATE, MEMORY_MB = 100_000, 1024


def started(file: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start taking a file in, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ccgeo", "ingest", str(file), "-o", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def answer(folder: Path) -> bytes:
    """Return what a store says of everything."""
    return result_bytes(open_register(f"duckdb://{folder}").ask(OPEN_SELECTION, View()))


def killed(file: Path, folder: Path, after: float) -> None:
    """Start taking a file in and kill it with all its workers."""
    run = started(file, folder)
    try:
        run.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def main() -> None:
    """Measure, kill, go on, compare; say whether the promise holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    chance, whole = random.Random(7), 0  # noqa: S311 - moments
    with TemporaryDirectory(prefix="ccgeo-ingest-") as name:
        file, folder = Path(name) / "synthetic.csv", Path(name) / "store"
        write_synthetic(file, given.rows)
        start = perf_counter()
        started(file, folder).wait()
        took = perf_counter() - start
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        expected = answer(folder)
        for _ in range(given.kills):
            shutil.rmtree(folder)
            killed(file, folder, chance.uniform(0, took))
            started(file, folder).wait()
            whole += answer(folder) == expected
    found: dict[str, Any] = {
        "rows": given.rows,
        "seconds": took,
        "rows_a_second": given.rows / took,
        "largest_process_mb": usage.ru_maxrss / 1024,
        "processor_us_a_row": 1e6 * (usage.ru_utime + usage.ru_stime) / given.rows,
        "kills": given.kills,
        "whole_after_kill": whole,
        "load": os.getloadavg()[0],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print("\n".join(f"{key:22}{value:12,.1f}" for key, value in found.items()))
    kept = found["rows_a_second"] >= RATE and whole == given.kills
    kept &= found["largest_process_mb"] * 3 <= MEMORY_MB
    print("kept" if kept else "broken: 100,000 rows a second, 1 GB in three processes, all whole")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

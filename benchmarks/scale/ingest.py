"""Files are taken in at 100,000 records a second; a run killed at any moment goes on whole.

Run: python -m benchmarks.scale.ingest [--rows 3000000] [--kills 20] [--forms csv parquet jsonl]
                                       [--killed csv] [--seed 7]

The rate is that of a whole run, from the start of the command to the finished store: of a million
rows, the start of the processes is a fifth. Runs are
killed on a smaller file, so that the start and the end of a run are hit as often as its middle;
every second time only the command itself, whose workers then have to end by themselves. A store is
whole if it answers as one that nobody disturbed, and has the same ids, each once.
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
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

import pandas as pd
from benchmarks.scale.register import synthetic_rows, write_synthetic

from ccgeo.engine.agreement import result_bytes
from ccgeo.engine.partition import part_files
from ccgeo.engine.parts import NOTE
from ccgeo.engine.store import open_register, read_note
from ccgeo.query.selection import OPEN_SELECTION, View

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results" / "scale_ingest.json"
RATE, MEMORY_MB = 100_000, 1024
KILLED_ROWS = 250_000
_LOOK_S = 0.25
# The last of these that is there says how far a run was.
_STAGES = {
    "cells": "adding up cells",
    "entries": "closing",
    "pieces/*.json": "taking in",
}


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


def told(folder: Path) -> tuple[bytes, list[str]]:
    """Return what a store says of everything, and the ids of its entries."""
    ids = [pd.read_parquet(path, columns=["entry_id"]) for path in part_files(folder)]
    return answer(folder), sorted(pd.concat(ids)["entry_id"])


def killed(file: Path, folder: Path, after: float, *, alone: bool) -> str:
    """Start taking a file in, kill it, alone or with all its workers, and say where it was."""
    run = started(file, folder)
    try:
        run.wait(after)
    except subprocess.TimeoutExpired:
        (os.kill if alone else os.killpg)(run.pid, signal.SIGKILL)
        run.wait()
    else:
        return "finished"
    if (folder / NOTE).exists():
        return "clearing up"
    return next((stage for mark, stage in _STAGES.items() if any(folder.glob(mark))), "starting")


def memory_of(group: int) -> float:
    """Return the megabytes that a group of processes holds, what they share counted once."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(process.name)) == group:
                told = (process / "smaps_rollup").read_text(encoding="ascii")
                held += int(told.partition("Pss:")[2].split()[0])
    return held / 1024


def measured(file: Path, folder: Path, rows: int) -> dict[str, Any]:
    """Take a file in and return what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = perf_counter()
    run, most = started(file, folder), 0.0
    while run.poll() is None:
        most = max(most, memory_of(run.pid))
        sleep(_LOOK_S)
    took = perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = usage.ru_utime + usage.ru_stime - before.ru_utime - before.ru_stime
    return {
        "rows": rows,
        "seconds": took,
        "rows_a_second": rows / took,
        "processor_us_a_row": 1e6 * spent / rows,
        "memory_mb": most,
        "entries": read_note(folder)["entries"],
        "load": os.getloadavg()[0],
    }


def whole_after(kills: int, folder: Path, form: str, seed: int) -> dict[str, Any]:
    """Kill runs at random moments, go on, and return where they were and how many are whole."""
    chance, whole = random.Random(seed), 0  # noqa: S311 - moments
    file, store = written(folder, form, KILLED_ROWS), folder / "killed"
    took = measured(file, store, KILLED_ROWS)["seconds"]
    expected = told(store)
    moments, stages = [], Counter[str]()
    for number in range(kills):
        shutil.rmtree(store)
        moments.append(chance.uniform(0, took))
        stages[killed(file, store, moments[-1], alone=number % 2 == 1)] += 1
        started(file, store).wait()
        whole += told(store) == expected
    shutil.rmtree(store)
    print(
        f"{form}: {whole} of {kills} killed runs went on to a whole store; killed after",
        ", ".join(f"{moment:.1f}" for moment in sorted(moments)),
        f"of {took:.1f} s:",
        ", ".join(f"{count} {stage}" for stage, count in stages.items()),
        flush=True,
    )
    return {"kills": kills, "whole": whole, "stages": stages, "moments": moments, "took": took}


def written(folder: Path, form: str, rows: int) -> Path:
    """Write a made-up register in a form."""
    path = folder / f"synthetic.{form}"
    if form != "jsonl":
        write_synthetic(path, rows)
        return path
    with path.open("w", encoding="utf-8") as file:
        for piece in synthetic_rows(rows):
            piece.to_json(file, orient="records", lines=True, force_ascii=False)
    return path


def main() -> None:
    """Measure, kill, go on, compare; say whether the promise holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--forms", nargs="*", default=["csv", "parquet", "jsonl"])
    parser.add_argument("--killed", nargs="*", default=["csv"])
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    kept, found = True, {}
    with TemporaryDirectory(prefix="ccgeo-ingest-") as name:
        folder = Path(name)
        for form in given.forms:
            file = written(folder, form, given.rows)
            took = found[form] = measured(file, folder / f"from-{form}", given.rows)
            file.unlink()
            shutil.rmtree(folder / f"from-{form}")
            print(form, ", ".join(f"{key} {value:,.1f}" for key, value in took.items()), flush=True)
            kept &= took["rows_a_second"] >= RATE and took["entries"] == given.rows
            kept &= took["memory_mb"] <= MEMORY_MB
        for form in given.killed if given.kills else ():
            killing = whole_after(given.kills, folder, form, given.seed)
            found[f"killed_{form}"] = killing
            kept &= killing["whole"] == given.kills
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print("kept" if kept else "broken: 100,000 rows a second, 1 GB in all processes, all whole")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

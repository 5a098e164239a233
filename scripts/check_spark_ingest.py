"""Take the same difficult files in on this machine and by Spark, and compare all that a store is.

The files hold rows with faults, rows told twice within and across files, parts and their wholes,
and line ends inside of quotes, in CSV, Parquet and JSON Lines. One run of Spark is killed on the
way and goes on. Needs what Spark needs, see `scripts.check_engines`.

Run: make test-engines, or python -m scripts.check_spark_ingest
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import pandas as pd
from benchmarks.scale.register import synthetic_rows

from ccgeo.engine.agreement import random_questions, result_bytes
from ccgeo.engine.store import open_register

CLUSTER = "spark://local-cluster[2,1,1024]"
ROWS = 120_000
QUESTIONS = 40
SEED = 2026
LONGEST_S = 600


def difficult(folder: Path) -> list[Path]:
    """Write files with everything in them that taking in has to decide on."""
    rows = pd.concat(synthetic_rows(ROWS), ignore_index=True).assign(parent_id="")
    rows.loc[rows.index % 97 == 3, "amount"] = "no money"
    rows.loc[rows.index % 89 == 5, "date"] = "someday"
    rows.loc[rows.index % 83 == 7, "title"] = 'Synthetic "quoted"\nproject, in two lines'
    rows.loc[rows.index % 7 == 1, "parent_id"] = rows["id"].shift(1, fill_value="")
    # Told twice: within a piece, across pieces and across files; some without any id.
    again = rows[rows.index % 61 == 2]
    rows.loc[rows.index % 53 == 4, "id"] = ""
    third = ROWS // 3
    csv, parquet, lines = (folder / f"rows.{form}" for form in ("csv", "parquet", "jsonl"))
    pd.concat([rows[:third], again]).to_csv(csv, index=False)
    with csv.open("a", encoding="utf-8") as file:
        file.write("one,cell,too,few\n")
    rows[third : 2 * third].to_parquet(parquet, row_group_size=30_000)
    pd.concat([rows[2 * third :], again]).to_json(lines, orient="records", lines=True)
    with lines.open("a", encoding="utf-8") as file:
        file.write("no object\n")
    return [csv, parquet, lines]


def command(files: list[Path], store: Path, engine: str) -> list[str]:
    """Return the command that takes files in."""
    told = [*map(str, files), "-o", str(store), "--engine", engine]
    return [sys.executable, "-m", "ccgeo", "ingest", *told]


def taken(files: list[Path], store: Path, engine: str) -> float:
    """Take files in, and return how many seconds that took."""
    start = perf_counter()
    # The exit code says that rows were set aside, as they must be.
    done = subprocess.run(command(files, store, engine), check=False, timeout=LONGEST_S)
    print(f"{engine or 'this machine'}: code {done.returncode}", flush=True)
    return perf_counter() - start


def killed(files: list[Path], store: Path) -> int:
    """Kill a run of Spark when some pieces are done, and return how many."""
    run = subprocess.Popen(
        command(files, store, CLUSTER), stderr=subprocess.DEVNULL, start_new_session=True
    )
    done: list[Path] = []
    while run.poll() is None and len(done) < 2:
        done = list(store.glob("pieces/*.json"))
        sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    return len(done)


def whole(store: Path) -> dict[str, bytes]:
    """Return all that a store is: its answers, what is set aside with its reasons, its repeats."""
    register = open_register(f"duckdb://{store}")
    questions = islice(random_questions(SEED), QUESTIONS)
    rejected = sorted((store / "rejected").glob("*"))
    return {
        "answers": b"\n".join(result_bytes(register.ask(*asked)) for asked in questions),
        "rejected rows": b"".join(path.name.encode() + path.read_bytes() for path in rejected),
        "rows told before": (store / "repeated.csv").read_bytes(),
        "parts": "\n".join(
            path.relative_to(store).as_posix() for path in sorted(store.glob("entries/*/*"))
        ).encode(),
    }


def main() -> None:
    """Compare, print what came out, and fail if one byte differs."""
    failed = False
    with TemporaryDirectory(prefix="ccgeo-spark-") as name:
        folder = Path(name)
        files = difficult(folder)
        taken(files, folder / "here", "")
        expected = whole(folder / "here")
        for kind in ("rejected rows", "rows told before"):
            print(f"{expected[kind].count(os.linesep.encode()):,} lines of {kind}")
        took = taken(files, folder / "spark", CLUSTER)
        print(f"Spark took {took:.0f} s", flush=True)
        before = killed(files, folder / "resumed")
        taken(files, folder / "resumed", CLUSTER)
        for store in ("spark", "resumed"):
            found = whole(folder / store)
            for kind, told in expected.items():
                same = found[kind] == told
                print(f"{store}: {kind} {'equal' if same else 'DIFFER'}")
                failed |= not same
        print(f"the run that was killed had done {before} pieces")
    raise SystemExit(failed)


if __name__ == "__main__":
    main()

"""Ask DuckDB, PostgreSQL and Spark the same random questions of a store, and compare every byte.

PostgreSQL is started from Debian's package (``apt-get install postgresql``) in a folder of its
own and stopped again; Spark runs as a small cluster of two workers inside this machine and
needs a Java 17 runtime (``apt-get install openjdk-17-jre-headless``). Nothing else is touched.

Run: make test-engines, or python -m scripts.check_engines [--questions 500] [duckdb postgres spark]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.scale.register import write_synthetic

from ccgeo.engine.agreement import in_memory, random_questions, result_bytes
from ccgeo.engine.backends import open_engine
from ccgeo.engine.source import RegisterSource
from ccgeo.engine.star import star_of
from ccgeo.engine.store import attach_store, write_store
from ccgeo.io.ingest import ingest
from ccgeo.io.own import OWN, own_entries
from ccgeo.io.readers import read_records
from ccgeo.query.engine import read_placed
from ccgeo.query.listing import list_entries
from ccgeo.query.memory import Memory
from ccgeo.query.source import ORDERS, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from ccgeo.engine.register import Register
    from ccgeo.query.source import Source

PORT = 55432
SEED = 2026
ROWS = 3_000
TOLD_EVERY = 50
LISTED = 4
THINGS = ("", "district:500103", "partner:ASEAN", "known:prefecture", "flow:SG>500000")
CUTS = ("by_level", "by_stage", "by_sector", "by_partner", "by_year")
CROSSED = (("partners", "sectors"), ("sectors", "places"))
PAGES = (("", 0), ("", 100), ("PROJECT 49", 0))
QUICK = "-XX:TieredStopAtLevel=1"
ENGINES = ("duckdb", "postgres", "spark")


def programs() -> Path:
    """Return the folder of PostgreSQL's own programs, the newest version there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        raise SystemExit(message)
    return found[-1]


@contextmanager
def postgres() -> Iterator[str]:
    """Start a database of its own, and stop it in the end."""
    folder = Path(mkdtemp(prefix="ccgeo-postgres-"))
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    run = [*as_user, str(programs() / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    init = [str(programs() / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "ccgeo"]
    subprocess.run([*as_user, *init], check=True, stdout=subprocess.DEVNULL)
    options = f"-p {PORT} -k {folder} -c listen_addresses=127.0.0.1"
    subprocess.run([*run, "-l", str(folder / "log"), "-o", options, "start"], check=True)
    try:
        yield f"postgres://ccgeo@127.0.0.1:{PORT}/postgres"
    finally:
        subprocess.run([*run, "-m", "immediate", "stop"], check=True)
        shutil.rmtree(folder)


@contextmanager
def spark() -> Iterator[str]:
    """Name a cluster of two workers in this machine, and stop it in the end."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Java's second compiler is for programs that run for hours: it would take half of two cores.
    told = f"--driver-java-options {QUICK} --conf spark.executor.extraJavaOptions={QUICK}"
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{told} pyspark-shell"
    yield "spark://local-cluster[2,1,1024]"
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()


@contextmanager
def duckdb() -> Iterator[str]:
    """Name the engine in this process."""
    yield ""


def asked_of(name: str, register: Register, expected: Sequence[bytes]) -> int:
    """Ask a register random questions, tell how far that is, and return how many are equal."""
    start, equal = perf_counter(), 0
    for number, asked in enumerate(islice(random_questions(SEED), len(expected))):
        equal += result_bytes(register.ask(*asked)) == expected[number]
        if (number + 1) % TOLD_EVERY == 0:
            took = perf_counter() - start
            tell(name, f"{equal} of {number + 1} answers equal so far, {took:.0f} s")
    return equal


def made_up(folder: Path) -> tuple[Path, Memory]:
    """Return a store of made-up rows, and the same rows in memory."""
    file, store = folder / "rows.csv", folder / "made-up"
    write_synthetic(file, ROWS)
    ingest([file], store, workers=1)
    good = read_records(file.read_bytes(), file.name).good
    # Rows of one's own are called so in memory, and cited as such; a store names their sources.
    placed = own_entries(good).drop(columns="source_id")
    ids = placed["entry_id"].str.removeprefix(OWN)
    told = {name: good[name].to_numpy() for name in ("source", "url")}
    return store, Memory(placed.assign(entry_id=ids, **told))


def told_by(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield what a source says beside the sums of a map, each with the name of its kind."""
    questions = list(islice(random_questions(SEED), LISTED))
    for (selection, view), thing in product(questions, THINGS):
        profile = source.profile(selection, view, thing)
        cuts = [getattr(profile, each) for each in CUTS]
        yield "profiles", repr(tuple(profile.total)).encode() + b"".join(map(written, cuts))
        flows = source.flows(selection, view, thing)
        yield "flows of a thing", written(flows.flows) + written(flows.not_drawn)
    for selection, view in questions:
        yield "bars of amounts", repr(source.amount_bars(selection)).encode()
        for rows, columns in CROSSED:
            yield "matrices", written(source.matrix(selection, view, rows, columns))
    for order, (find, start), (selection, view) in product(ORDERS, PAGES, questions):
        listing = Listing(selection, view, find=find, order=order, start=start)
        page = source.rows(listing)
        ids = page[["entry_id", "title"]].reset_index(drop=True)
        yield "pages", written(ids) + written(list_entries(page).reset_index(drop=True))
        yield "counts of pages", str(source.found(listing)).encode()


def written(table: pd.DataFrame) -> bytes:
    """Write a table so that two are the same if and only if their bytes are."""
    return table.astype(object).where(table.notna(), "").to_csv(index=False).encode()


def kinds_equal(source: Source, expected: Sequence[tuple[str, bytes]]) -> dict[str, list[int]]:
    """Return by kind how many answers of a source there are, and how many are equal."""
    counts: dict[str, list[int]] = {}
    for (kind, told), (_, right) in zip(told_by(source), expected, strict=True):
        count = counts.setdefault(kind, [0, 0])
        count[0] += 1
        count[1] += told == right
    return counts


def tell(name: str, sentence: str) -> None:
    """Print a line about an engine at once."""
    print(f"{name:9}{sentence}", flush=True)


def main() -> None:
    """Compare, print what came out, and fail if one byte differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", metavar="engine", help=", ".join(ENGINES))
    parser.add_argument("--questions", type=int, default=500)
    given = parser.parse_args()
    asked = islice(random_questions(SEED), given.questions)
    expected = [result_bytes(in_memory(read_placed(), *question)) for question in asked]
    failed = False
    star = star_of(read_placed())
    with TemporaryDirectory(prefix="ccgeo-engines-") as folder:
        store, (made, memory) = Path(folder) / "shipped", made_up(Path(folder))
        write_store(store, [star.facts], star.sides)
        beside = list(told_by(memory))
        for name in given.engines or ENGINES:
            start = perf_counter()
            with {"duckdb": duckdb, "postgres": postgres, "spark": spark}[name]() as setting:
                engine = open_engine(setting)[0]
                equal = asked_of(name, attach_store(store, engine), expected)
                source = RegisterSource(attach_store(made, engine), memory.origin)
                kinds = kinds_equal(source, beside)
            for kind, (there, same) in kinds.items():
                tell(name, f"{same} of {there} {kind} equal byte by byte")
                failed |= same < there
            took = perf_counter() - start
            tell(name, f"{equal} of {len(expected)} answers equal byte by byte, {took:.0f} s")
            failed |= equal < len(expected)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()

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
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.scale.register import write_synthetic

from ccgeo.engine.agreement import in_memory, random_questions, result_bytes
from ccgeo.engine.backends import open_engine
from ccgeo.engine.star import star_of
from ccgeo.engine.store import attach_store, open_source, write_store
from ccgeo.io.ingest import ingest
from ccgeo.query.engine import read_placed
from ccgeo.query.source import ORDERS, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 55432
SEED = 2026
ROWS = 5_000
COMPILING = ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled")
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
    # Compiling each of many small questions to Java would take longer than all the rest.
    told = " ".join(f"--conf {name}=false" for name in COMPILING)
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


def differences(setting: str, folder: Path, expected: list[bytes]) -> int:
    """Return how many answers of an engine over a store differ from the reference."""
    register = attach_store(folder, open_engine(setting)[0])
    questions = islice(random_questions(SEED), len(expected))
    return sum(
        result_bytes(register.ask(*asked)) != bytes_
        for asked, bytes_ in zip(questions, expected, strict=True)
    )


def pages_that_differ(setting: str, folder: Path) -> tuple[int, int]:
    """Return how many pages of records differ between PostgreSQL and the store it was copied from.

    The store holds made-up rows, taken in as any register is.
    """
    write_synthetic(folder / "rows.parquet", ROWS)
    ingest([folder / "rows.parquet"], folder / "store", workers=1)
    attach_store(folder / "store", open_engine(setting)[0])
    here, there = open_source(f"duckdb://{folder / 'store'}"), open_source(setting)
    listings = [
        Listing(selection, view, find=find, order=order, start=start)
        for selection, view in islice(random_questions(SEED), 5)
        for order in ORDERS
        for find, start in (("", 0), ("", 100), ("PROJECT 49", 0))
    ]
    wrong = sum(
        here.found(each) != there.found(each)
        or here.rows(each).astype(str).to_csv() != there.rows(each).astype(str).to_csv()
        for each in listings
    )
    return wrong, len(listings)


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
    store = Path(mkdtemp(prefix="ccgeo-store-"))
    write_store(store, [star.facts], star.sides)
    for name in given.engines or ENGINES:
        start = perf_counter()
        with {"duckdb": duckdb, "postgres": postgres, "spark": spark}[name]() as setting:
            wrong = differences(setting, store, expected)
            if name == "postgres":
                with TemporaryDirectory() as folder:
                    differ, pages = pages_that_differ(setting, Path(folder))
                print(f"{name:9}{pages - differ} of {pages} pages of records equal")
                failed |= bool(differ)
        took = perf_counter() - start
        equal = len(expected) - wrong
        print(f"{name:9}{equal} of {len(expected)} answers equal byte by byte, {took:.0f} s")
        failed |= bool(wrong)
    shutil.rmtree(store)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()

"""Commands for registers of any size: take files in, ask an engine, publish to a database."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path  # noqa: TC003 - typer reads it
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from ccgeo.cli.asking import NOT_UNDERSTOOD, Question, app, asking
from ccgeo.cli.output import tell
from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccgeo.engine.spark import SparkEngine
    from ccgeo.io.ingest import Counts

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415


@app.command(
    help="Take files of any length into a store: CSV, Parquet or JSON Lines; say it again after "
    "an interruption and it goes on.\n\nExample: ccgeo ingest register.csv -o store"
)
def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="Files.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the store.")],
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes.")] = 2,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            envvar="CCGEO_ENGINE",
            metavar="SETTING",
            help="spark://host:7077 lets the workers of Spark do it; any other engine leaves it to "
            "processes of this machine.",
        ),
    ] = "",
) -> None:
    """Take files into a store.

    Parameters
    ----------
    files : list of pathlib.Path
        CSV, Parquet or JSON Lines.
    output : pathlib.Path
        Folder of the store.
    workers : int
        Processes that check and place.
    engine : str
        Setting of an engine; Spark takes the place of the processes.
    """
    _extra()
    # What an engine needs is read while the first process takes in, not before.
    from ccgeo.io.ingest import ingest as take_in

    whole = sum(path.stat().st_size for path in files if path.exists())
    with _bar(whole) as count:
        counts = take_in(files, output, workers=workers, on_progress=count, spark=_spark(engine))
    tell(
        f"{counts.rows:,} rows read, {counts.rejected:,} rejected, {counts.repeated:,} told before"
    )
    if counts.rejected or counts.repeated:
        sys.exit(NOT_UNDERSTOOD)


@contextmanager
def _bar(whole: int) -> Iterator[Callable[[Counts], None]]:
    """Show how much of some bytes is taken in, and say when the store is being closed."""
    start = perf_counter()

    def told(counts: Counts | None) -> str:
        if counts is None:
            return ""
        rate = counts.rows / (perf_counter() - start)
        return f"{counts.rows:,} rows, {counts.rejected:,} rejected, {rate:,.0f}/s"

    bar = typer.progressbar(
        length=whole,
        label="taking in …",
        bar_template="[%(bar)s]  %(info)s",
        width=12,
        item_show_func=told,
        file=sys.stderr,
    )

    def count(counts: Counts) -> None:
        if bar.finished:
            return
        bar.current_item = counts
        bar.update(counts.bytes_read - bar.pos)
        if bar.finished:
            bar.render_finish()
            tell("closing the store …", err=True)

    bar.render_progress()
    try:
        yield count
    finally:
        if not bar.finished:
            bar.render_finish()


@app.command(
    help="Print the sums of a selection as CSV, from the engine that CCGEO_ENGINE names.\n\n"
    "Example: ccgeo sums --level prefecture"
)
@asking
def sums(question: Question) -> None:
    """Print the sums of a selection as CSV: units, what no unit holds, the total.

    Parameters
    ----------
    question : Question
        What is asked.
    """
    _extra()
    from ccgeo.engine.store import open_register

    found = open_register().ask(question.selection, question.view).summary
    tell("where," + ",".join(found.total._fields))
    for table in (found.mapped, found.not_mapped):
        for row in table.itertuples(index=False, name=None):
            tell(",".join(map(str, row)))
    tell(",".join(map(str, ("total", *found.total))))


@app.command(
    help="Copy a store into the database that a setting names.\n\n"
    "Example: ccgeo publish store postgres://team@host/register"
)
def publish(
    store: Annotated[Path, typer.Argument(help="Folder of the store.")],
    setting: Annotated[str, typer.Argument(help="postgres://user@host/database")],
) -> None:
    """Copy a store into a database.

    Parameters
    ----------
    store : pathlib.Path
        Folder of the store.
    setting : str
        The database.

    Raises
    ------
    CcgeoError
        The setting names no database.
    """
    _extra()
    from ccgeo.engine.backends import open_engine
    from ccgeo.engine.store import attach_store

    if not setting.startswith(("postgres://", "postgresql://")):
        message = f"{setting[:60]!r} names no database: write postgres://user@host/database"
        raise CcgeoError(message)
    attach_store(store, open_engine(setting)[0])
    tell(f"{store.name} is published")


def _spark(setting: str) -> SparkEngine | None:
    if not setting.startswith("spark://"):
        return None
    from ccgeo.engine.backends import open_spark

    return open_spark(setting)


def _extra() -> None:
    for name in ("duckdb", "ibis"):
        if find_spec(name) is None:
            message = f'{name} is missing: pip install "ccgeo[scale]"'
            raise CcgeoError(message)

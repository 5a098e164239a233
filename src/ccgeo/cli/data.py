"""Commands about the shipped data: which version this is, and how to build it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from ccgeo.cli.asking import UNUSABLE, app
from ccgeo.cli.output import tell
from ccgeo.errors import CcgeoError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

shipped_data = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Tell the version of the shipped data, or build its boundaries and names again.\n\n"
    "Example: ccgeo data version",
)
app.add_typer(shipped_data, name="data")


@shipped_data.command(
    help="Print the version of the data, which stands in every file, and what it holds.\n\n"
    "Example: ccgeo data version"
)
def version() -> None:
    """Print the version of the data and what it holds."""
    from ccgeo.places.boundaries import source_of
    from ccgeo.places.vintages import VINTAGES
    from ccgeo.places.zones import read_zones
    from ccgeo.records.tables import read_events, read_records, read_sources
    from ccgeo.shipped import data_version

    tell(f"{'version':12}{data_version()}")
    tables = {
        "records": read_records(),
        "events": read_events(),
        "sources": read_sources(),
        "zones": read_zones(),
    }
    for name, table in tables.items():
        tell(f"{name:12}{len(table):,}")
    for vintage in VINTAGES:
        source = source_of(vintage)
        approved = f", {source.approval_number}" if source.approval_number else ""
        tell(f"{'boundaries':12}{vintage}: {source.publisher}{approved}")


@shipped_data.command(
    help="Build data/geo again from its sources, as `make data` does; needs a checkout and "
    "requirements-build.txt.\n\nExample: ccgeo data build\n\n"
    "Exit codes: 0 built; 2 a step failed, or there is no checkout."
)
def build() -> None:
    """Build the boundaries and names again, step by step.

    Raises
    ------
    CcgeoError
        This is no checkout: the steps are not there.
    """
    scripts = Path(__file__).resolve().parents[3] / "scripts"
    steps = sorted(scripts.glob("build_*.py"))
    if not steps:
        message = "an installed ccgeo has no build steps: run this in a checkout, or `make data`"
        raise CcgeoError(message)
    for step in steps:
        tell(f"== {step.name}", err=True)
        done = subprocess.run([sys.executable, str(step)], check=False)  # noqa: S603 - our own
        if done.returncode:
            tell(f"{step.name} failed; the steps after it did not run", err=True)
            raise typer.Exit(UNUSABLE)

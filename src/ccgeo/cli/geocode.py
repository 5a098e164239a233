"""The command that places mentions: a few on the line, or a column of a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccgeo.cli.asking import NOT_UNDERSTOOD, app, stop
from ccgeo.cli.files import decided
from ccgeo.cli.output import tell
from ccgeo.errors import CcgeoError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415


@app.command(
    help="Place mentions in English or Chinese, or a column of a CSV file.\n\n"
    'Example: ccgeo geocode "Yubei District" 市中区\n\n'
    "Exit codes: 0 every mention is placed; 1 some are ambiguous or lead nowhere; 2 nothing done."
)
def geocode(
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT…|FILE", help="Mentions; with --column, a CSV file."),
    ] = None,
    *,
    column: Annotated[str, typer.Option("--column", help="Its column of mentions.")] = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="CSV file to write; its review goes beside it.")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="Date of the mentions: YYYY, YYYY-MM or YYYY-MM-DD.")
    ] = "",
    decisions: Annotated[
        str, typer.Option("--decisions", help="With a file: CSV of places chosen by hand.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Place mentions and print the results, or place a column and write it.

    Parameters
    ----------
    texts : list of str or None
        Mentions; where a column is named, the one CSV file that holds it.
    column : str
        Column of the file that holds the mentions.
    output : str
        CSV file to write. Rows that are ambiguous or lead nowhere are written once more,
        into a file of the same name with ``.review`` before its ending.
    as_of : str
        Date of the mentions; decides between the two lists of boundaries.
    decisions : str
        CSV of places that a person chose for mentions, as the page gives it.
    force : bool
        Whether existing files may be replaced.
    """
    if texts and not column:
        _print_results(texts, as_of)
    elif texts and len(texts) == 1 and output:
        from ccgeo.io.geocoded import geocode_file

        chosen = decided(decisions)
        counts = geocode_file(
            Path(texts[0]), column, Path(output), as_of=as_of, decisions=chosen, force=force
        )
        tell(
            f"{counts.rows} rows: {counts.settled} placed, {counts.ambiguous} ambiguous, "
            f"{counts.nowhere} without a place",
            err=True,
        )
    else:
        message = "give mentions, or a CSV file with --column and --output"
        stop(CcgeoError(message))


def _print_results(texts: list[str], as_of: str) -> None:
    from ccgeo.places.geocoder import geocode as place
    from ccgeo.places.labels import result_label

    settled = True
    for number, text in enumerate(texts, start=1):
        result = place(text, as_of=as_of)
        settled &= result.is_settled
        tell(f"{number}\t{result_label(result)}")
    if not settled:
        raise typer.Exit(NOT_UNDERSTOOD)

"""Commands that answer a selection in words: summary, choices; and the explorer itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ccgeo import __version__
from ccgeo.cli.asking import Question, app, asking
from ccgeo.cli.output import tell
from ccgeo.errors import CcgeoError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

_ROWS_SHOWN: Final = 15


@app.callback(invoke_without_command=True)
def root(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Read the options that stand before a command.

    Parameters
    ----------
    version : bool
        Whether to print the version and end.
    """
    if version:
        tell(f"ccgeo {__version__}")
        raise typer.Exit


@app.command(
    help="Print what a selection amounts to, by place, and what no place holds.\n\n"
    "Example: ccgeo summary --sector automotive --year 2015-2020"
)
@asking
def summary(question: Question) -> None:
    """Print what a selection amounts to, by place, and what no place holds.

    Parameters
    ----------
    question : Question
        What is asked.
    """
    from ccgeo.layers.answer import answer

    selection, view = question.selection, question.view
    layer = answer(selection, view).choropleth
    tell(layer.sentence)
    units = layer.features[layer.features["entries"] > 0]
    largest = units.sort_values(["amount_fen", "entries"], ascending=False).head(_ROWS_SHOWN)
    _echo_sums("name_zh" if view.language == "zh" else "name_en", largest, "unit")
    if len(units) > _ROWS_SHOWN:
        tell(f"… and {len(units) - _ROWS_SHOWN} more; `ccgeo export` has all of them")
    _echo_sums("known_level", layer.not_mapped, "not mapped at this level, known at")


@app.command(
    help="List the values that an option takes, with their names in both languages.\n\n"
    "Example: ccgeo choices places yubei"
)
def choices(
    field: Annotated[str, typer.Argument(help="sectors, places, zones, partners, stages …")],
    text: Annotated[str, typer.Argument(help="Only those whose id or name holds this text.")] = "",
) -> None:
    """List the values that an option takes, with their names in both languages.

    Parameters
    ----------
    field : str
        Field of a selection or view, such as ``"sectors"``.
    text : str
        Only values whose id or name holds it.
    """
    from ccgeo.query.vocabulary import names_of

    for choice, names in names_of(field).items():
        line = "\t".join((choice or "unstated", *names[:2]))
        if text.casefold() in line.casefold():
            tell(line)


@app.command(
    name="app",
    help="Serve the explorer at 127.0.0.1; nothing leaves this machine.\n\n"
    "Example: ccgeo app --port 8600",
)
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve at.")] = 8501,
) -> None:
    """Serve the explorer to this machine only.

    Parameters
    ----------
    port : int
        Port of 127.0.0.1.

    Raises
    ------
    CcgeoError
        The scripts of the explorer are missing.
    """
    package = Path(__file__).resolve().parents[1]
    scripts = (package / "explorer" / "app.py", package.parents[1] / "app.py")
    script = next((path for path in scripts if path.is_file()), None)
    if script is None:
        message = "the explorer is missing: reinstall ccgeo"
        raise CcgeoError(message)
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--browser.gatherUsageStats=false",
    ]
    sys.stdout.flush()
    # In place of this process, so that Ctrl-C and signals reach the server.
    os.execv(  # noqa: S606 - our own interpreter and our own script, no shell
        sys.executable, [sys.executable, "-m", "streamlit", "run", str(script), *options]
    )


def _echo_sums(column: str, sums: Any, heading: str) -> None:  # noqa: ANN401 - a data frame
    from ccgeo.query.words import amount_words

    if not len(sums):
        return
    tell(f"\n{'projects':>10}  {'records':>10}  {'amount':>14}  {heading}")
    for row in sums.to_dict("records"):
        amount = amount_words(row["amount_fen"] / 100) if row["amount_stated"] else "not stated"
        projects = row["projects"] if row["projects_stated"] else "-"
        tell(f"{projects:>10}  {row['entries']:>10}  {amount:>14}  {row[column]}")

"""The command line: the page's questions and answers, for the shell.

Exit codes: 0, done; 1, done, but a value was not understood and left out; 2, nothing done.
"""

from __future__ import annotations

import inspect
import os
import sys
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from ccgeo.errors import CcgeoError, UnknownChoiceError

# What a command needs beyond this is imported in it: the libraries behind the answers take a
# second to load, and `ccgeo --version` and `ccgeo --help` must not wait for them.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.query.selection import Selection, View

NOT_UNDERSTOOD: Final = 1
UNUSABLE: Final = 2
_ROWS_SHOWN: Final = 15

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Announced investment in the Chengdu-Chongqing Economic Circle, by place and partner.",
    epilog="Exit codes: 0 done; 1 done, but a value was not understood and left out; "
    "2 nothing done.",
)

# Name of the address-bar parameter: its flags and what they say. A flag may be repeated.
_ASKED: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "years": (("--year", "--years"), "A year, a span such as 2015-2020, or all."),
    "sector": (("--sector",), "Sector, by id or name; see `ccgeo choices sectors`."),
    "place": (("--place",), "Province, prefecture or district, by adcode or name."),
    "zone": (("--zone",), "Zone, by id or name."),
    "partner": (("--partner",), "Partner abroad or bloc, such as SG or ASEAN."),
    "stage": (("--stage",), "Stage, or all; signed or later if not given."),
    "kind": (("--kind",), "Kind of record: event, breakdown or deal."),
    "direction": (("--direction",), "inbound, outbound or domestic."),
    "known": (("--known",), "Level at which the place is known."),
    "min_amount": (("--min-amount",), "Smallest amount, in CNY."),
    "confidence": (("--confidence",), "Lowest confidence: 1, 2 or 3."),
    "level": (("--level",), "Level of the map: province, prefecture or district."),
    "boundaries": (("--boundaries",), "Boundary list: 2025 or 2026."),
    "measure": (("--measure",), "amount, projects or amount_per_km2."),
    "scheme": (("--scheme",), "Classes: quantiles, natural_breaks or equal_interval."),
    "k": (("--k",), "Number of classes, 2 to 7."),
    "bins": (("--bins",), "Upper class limits to keep, rising, such as 1e9,1e10."),
    "lang": (("--lang",), "Language of the words: en or zh."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the options of a command ask.

    Attributes
    ----------
    selection : Selection
        The filters.
    view : View
        How the answer is shown.
    """

    selection: Selection
    view: View


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        app()
    except CcgeoError as error:
        _stop(error)
    except BrokenPipeError:
        # The reader of a pipe has seen enough, as `head` does: nobody is at fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that ask a question.

    What is not understood is told on standard error, one sentence each; the command still
    runs with the rest and the process then ends with exit code 1.

    Parameters
    ----------
    command : callable
        Takes a `Question` and options of its own.

    Returns
    -------
    callable
        Command that typer reads: the options of `command` and one for each filter and switch.
    """
    own = [
        parameter
        for parameter in inspect.signature(command, eval_str=True).parameters.values()
        if parameter.name != "question"
    ]

    @wraps(command)
    def answer(**given: Any) -> None:  # noqa: ANN401 - typer passes what the options hold
        params = {param: given.pop(param) for param in _ASKED}
        question, problems = _question(params, undated=given.pop("undated"))
        for problem in problems:
            typer.echo(str(problem), err=True)
        command(question, **given)
        if problems:
            raise typer.Exit(NOT_UNDERSTOOD)

    signature = inspect.Signature([*own, *_options()])
    answer.__signature__ = signature  # type: ignore[attr-defined]
    answer.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
    return answer


def _options() -> list[inspect.Parameter]:
    options = [
        inspect.Parameter(
            param,
            inspect.Parameter.KEYWORD_ONLY,
            default=[],
            annotation=Annotated[
                list[str], typer.Option(*flags, help=says, metavar="TEXT", show_default=False)
            ],
        )
        for param, (flags, says) in _ASKED.items()
    ]
    undated = Annotated[bool, typer.Option("--undated", help="Include undated records.")]
    kind = inspect.Parameter.KEYWORD_ONLY
    return [*options, inspect.Parameter("undated", kind, default=False, annotation=undated)]


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
        from importlib.metadata import version as version_of

        typer.echo(f"ccgeo {version_of('ccgeo')}")
        raise typer.Exit


@app.command(help="Write the map layer (GeoJSON) or the records (CSV) of a selection.")
@asking
def export(
    question: Question,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="File .geojson or .csv; - for standard output.")
    ],
    form: Annotated[str, typer.Option("--format", help="geojson or csv, where - is given.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write the map layer or the records of a selection, as the page downloads them.

    Parameters
    ----------
    question : Question
        What is asked.
    output : str
        File to write, or ``-`` for standard output; its ending says what is written.
    form : str
        ``"geojson"`` or ``"csv"``; wins over the ending.
    force : bool
        Whether an existing file may be replaced.
    """
    from ccgeo.io.files import write_file
    from ccgeo.io.geojson import layer_bytes
    from ccgeo.io.tables import records_bytes

    writers = {"geojson": layer_bytes, "csv": records_bytes}
    wanted = form or (Path(output).suffix.lstrip(".").lower() if output != "-" else "geojson")
    if wanted not in writers:
        _stop(UnknownChoiceError("format", wanted, writers))
    content = writers[wanted](question.selection, question.view)
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(output), content, force=force)


@app.command(help="Print what a selection amounts to, by place, and what no place holds.")
@asking
def summary(question: Question) -> None:
    """Print what a selection amounts to, by place, and what no place holds.

    Parameters
    ----------
    question : Question
        What is asked.
    """
    from ccgeo.layers.choropleth import build_choropleth
    from ccgeo.query.engine import read_placed, select

    selection, view = question.selection, question.view
    layer = build_choropleth(select(read_placed(), selection), view, selection=selection)
    typer.echo(layer.sentence)
    units = layer.features[layer.features["entries"] > 0]
    largest = units.sort_values(["amount_fen", "entries"], ascending=False).head(_ROWS_SHOWN)
    _echo_sums("name_zh" if view.language == "zh" else "name_en", largest, "unit")
    if len(units) > _ROWS_SHOWN:
        typer.echo(f"… and {len(units) - _ROWS_SHOWN} more; `ccgeo export` has all of them")
    _echo_sums("known_level", layer.not_mapped, "not mapped at this level, known at")


@app.command(help="List the values that an option takes, with their names in both languages.")
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
            typer.echo(line)


@app.command(name="app", help="Serve the explorer at 127.0.0.1; nothing leaves this machine.")
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
    package = Path(__file__).resolve().parent
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


def _question(
    params: dict[str, list[str]], *, undated: bool
) -> tuple[Question, tuple[CcgeoError, ...]]:
    from ccgeo.query.selection import parse_selection

    selection, view, problems = parse_selection(params | {"undated": str(int(undated))})
    return Question(selection, view), problems


def _echo_sums(column: str, sums: Any, heading: str) -> None:  # noqa: ANN401 - a data frame
    from ccgeo.query.words import amount_words

    if not len(sums):
        return
    typer.echo(f"\n{'projects':>10}  {'records':>10}  {'amount':>14}  {heading}")
    for row in sums.to_dict("records"):
        amount = amount_words(row["amount_fen"] / 100) if row["amount_stated"] else "not stated"
        projects = row["projects"] if row["projects_stated"] else "-"
        typer.echo(f"{projects:>10}  {row['entries']:>10}  {amount:>14}  {row[column]}")


def _stop(error: CcgeoError) -> NoReturn:
    typer.echo(str(error), err=True)
    sys.exit(UNUSABLE)

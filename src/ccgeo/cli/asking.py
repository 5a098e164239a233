"""What the commands share: the options that ask a question, and how a command ends."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from ccgeo.cli.output import tell

# What a command needs beyond this is imported in it: the libraries behind the answers take a
# second to load, and `ccgeo --version` and `ccgeo --help` must not wait for them.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccgeo.errors import CcgeoError
    from ccgeo.query.selection import Selection, View

NOT_UNDERSTOOD: Final = 1
UNUSABLE: Final = 2

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
    "date": (
        ("--date",),
        "Which date the years are: any, announced, signed, started or completed.",
    ),
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


_SWITCHES: Final = {
    "undated": "Include records without such a date.",
    "rescale": "Class limits of this selection instead of the fixed ones.",
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
        params |= {switch: [str(int(given.pop(switch)))] for switch in _SWITCHES}
        question, problems = _question(params)
        for problem in problems:
            tell(str(problem), err=True)
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
    switches = [
        inspect.Parameter(
            switch,
            inspect.Parameter.KEYWORD_ONLY,
            default=False,
            annotation=Annotated[bool, typer.Option(f"--{switch}", help=says)],
        )
        for switch, says in _SWITCHES.items()
    ]
    return [*options, *switches]


def _question(
    params: dict[str, list[str]],
) -> tuple[Question, tuple[CcgeoError, ...]]:
    from ccgeo.query.selection import parse_selection

    selection, view, problems = parse_selection(params)
    return Question(selection, view), problems


def stop(error: CcgeoError) -> NoReturn:
    """Say what went wrong and end the process with nothing done.

    Parameters
    ----------
    error : CcgeoError
        Its sentence goes to standard error.
    """
    tell(str(error), err=True)
    sys.exit(UNUSABLE)

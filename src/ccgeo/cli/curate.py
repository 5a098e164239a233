"""Commands for those who keep the records: check every law, add figures with their source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ccgeo.cli.asking import app
from ccgeo.cli.output import tell
from ccgeo.errors import UnknownChoiceError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from ccgeo.records.additions import Addition
    from ccgeo.records.laws import Report

BROKEN: Final = 1
"""Exit code where a law is broken."""

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Folder of the tables; the shipped one if not given."),
]


@app.command(
    help="Hold every table of records to every law: schema, references, rates, trees, "
    "arithmetic. With FILE, check a table of your own and name every fault; with --article, "
    "propose records from a press text.\n\n"
    "Example: ccgeo check deals.xlsx --faults faults.csv\n\n"
    "Example: ccgeo check article.txt --article proposals.csv\n\n"
    "Exit codes: 0 every law holds; 1 a law is broken, or a row is rejected; 2 nothing could be "
    "checked."
)
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="A table of your own, a text with --article, or a folder of tables."),
    ] = None,
    *,
    faults: Annotated[
        str, typer.Option("--faults", help="With FILE: write the faults to this CSV.")
    ] = "",
    rejected: Annotated[
        str, typer.Option("--rejected", help="With FILE: write the rejected rows to this CSV.")
    ] = "",
    article: Annotated[
        str, typer.Option("--article", help="Read FILE as a press text; write proposals to this.")
    ] = "",
    decisions: Annotated[
        str, typer.Option("--decisions", help="With FILE: CSV of places chosen by hand.")
    ] = "",
    lang: Annotated[
        str, typer.Option("--lang", help="With FILE: language of the faults, en or zh.")
    ] = "en",
) -> None:
    """Hold every table of records to every law, or a file of your own to every check.

    Parameters
    ----------
    file : pathlib.Path, optional
        Table of your own, or the folder of the tables to hold to the laws; the shipped one if
        not given.
    faults : str
        CSV to write the faults of the file to.
    rejected : str
        CSV to write the rejected rows of the file to.
    article : str
        CSV to write the records to that the file, a press text, seems to state.
    decisions : str
        CSV of places that a person chose for mentions, as the page gives it.
    lang : {"en", "zh"}
        Language of the faults.

    Raises
    ------
    UnknownChoiceError
        The language is not known.
    Exit
        With 1 where a law is broken or a row is rejected, 2 where the file is refused.
    """
    if file is not None and not file.is_dir():
        from ccgeo.cli.files import tell_article, tell_faults
        from ccgeo.query.vocabulary import LANGUAGES

        if article:
            raise typer.Exit(tell_article(file, article))
        if lang not in LANGUAGES:
            what = "language"
            raise UnknownChoiceError(what, lang, LANGUAGES)
        raise typer.Exit(
            tell_faults(file, faults=faults, rejected=rejected, decisions=decisions, language=lang)
        )
    from ccgeo.io.deals import read_deals
    from ccgeo.records.laws import check_tables

    tables = read_deals(_deals(file))
    report = check_tables(tables)
    for name, table in tables.items():
        broken = sum(error.file == name for error in report.errors)
        tell(f"{name:14}{len(table):>6,} rows   {f'{broken} broken' if broken else 'ok'}")
    _tell(report)
    if report.errors:
        raise typer.Exit(BROKEN)
    tell("Every law holds.")


@app.command(
    help="Add figures and their source from a small CSV: all of it, or nothing.\n\n"
    "Example: ccgeo add figures.csv --dry-run\n\n"
    "Exit codes: 0 added; 1 a law would be broken, nothing added; 2 nothing could be read."
)
def add(
    figures: Annotated[
        Path | None, typer.Argument(help="CSV of new figures; see --template.")
    ] = None,
    *,
    template: Annotated[
        bool, typer.Option("--template", help="Print the columns of such a CSV and end.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and write nothing.")] = False,
    folder: Folder = None,
) -> None:
    """Add figures and their source to the tables, after every law was checked.

    Parameters
    ----------
    figures : pathlib.Path, optional
        CSV of new figures.
    template : bool
        Whether to print the columns of such a CSV and end.
    dry_run : bool
        Whether to check only.
    folder : pathlib.Path, optional
        Folder of the tables.

    Raises
    ------
    BadParameter
        Neither a CSV nor ``--template`` was given.
    Exit
        With 1 where a law would be broken.
    """
    from ccgeo.io.deals import append_deals, read_deals, read_texts
    from ccgeo.records.additions import FIGURE_COLUMNS, add_figures

    if template:
        tell(",".join(FIGURE_COLUMNS))
        return
    if figures is None:
        message = "name a CSV of new figures, or ask for --template"
        raise typer.BadParameter(message)
    target = _deals(folder)
    addition = add_figures(read_deals(target), read_texts(figures), file=figures.name)
    if addition.report.errors:
        _tell(addition.report)
        tell("Nothing was added.")
        raise typer.Exit(BROKEN)
    if not dry_run:
        append_deals(target, addition.rows)
    _tell_addition(addition, is_written=not dry_run)


def _deals(folder: Path | None) -> Path:
    from ccgeo.shipped import data_folder

    return data_folder() / "deals" if folder is None else folder


def _tell(report: Report) -> None:
    for error in report.errors:
        tell(str(error))
    if report.errors:
        tell(f"Rules broken: {len(report.errors)}.")
        return
    tell(f"\n{report.trees} totals: parts and remainder add up to each, in projects and in fen.")
    tell(f"{len(report.findings)} figures that do not add up, kept as their sources print them:")
    for finding in report.findings:
        tell(f"  {finding.check:8}{finding.sentence}")


def _tell_addition(addition: Addition, *, is_written: bool) -> None:
    for name, rows in addition.rows.items():
        if len(rows):
            ids = ", ".join(rows.iloc[:, 0])
            tell(f"{'added to' if is_written else 'would add to'} {name}: {ids}")
    for new, known in addition.look_alikes:
        tell(
            f"{new} states the same money in the same year as {known}: if it is the same project, "
            "give both the same project_key and make one of them a telling"
        )
    if is_written:
        tell("Say what changed, and the new counts, in README.md and CHANGELOG.md there.")

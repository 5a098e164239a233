"""The command that lists the records of a selection, or tells all that is known about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ccgeo.cli.asking import NOT_UNDERSTOOD, Question, app, asking
from ccgeo.cli.output import check_output, progress, tell, write_output
from ccgeo.encoding import encode_line

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("record_id", "date", "stage", "amount_reported", "place", "partner", "title")


@app.command(
    help="List the records of a selection, one a line, or write them to a file; with --id, tell "
    "everything known about one.\n\n"
    "Example: ccgeo records --sector automotive --year 2020 Chongqing -o cars.xlsx"
)
@asking
def records(
    question: Question,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT…", help="Only records that hold all of it.")
    ] = None,
    *,
    record_id: Annotated[str, typer.Option("--id", help="A record, such as CQ-0014.")] = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File to write; its ending is the format.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """List the records of a selection, write them, or tell one.

    Parameters
    ----------
    question : Question
        What is asked.
    words : list of str, optional
        Words that a listed record holds anywhere.
    record_id : str
        Record to tell; wins over the rest.
    output : str
        File to write the records of the selection to, in place of listing them.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    BadParameter
        Words are given together with a file, which holds what the page downloads.
    Exit
        With 1 where no record fits.
    """
    language = question.view.language
    if record_id:
        _tell(record_id, language)
    elif output and words:
        message = "a file holds the records of the selection: leave out the words, or -o"
        raise typer.BadParameter(message)
    elif output:
        from ccgeo.io.formats import export_bytes, format_of

        check_output(output, force=force)
        with progress("writing the records"):
            form = format_of(output) if output != "-" else "csv"
            content = export_bytes(question.selection, question.view, form, ["records"])
        write_output(output, content, force=force)
    else:
        _list(question, " ".join(words or ()))


def _list(question: Question, words: str) -> None:
    from ccgeo.query.engine import read_placed, select
    from ccgeo.query.listing import list_entries
    from ccgeo.query.records import find_records

    rows = list_entries(select(read_placed(), question.selection), question.view.language)
    found = find_records(rows, words) if words else rows
    for row in found[list(_COLUMNS)].itertuples(index=False):
        tell("\t".join(map(encode_line, row)))
    if found.empty:
        tell("no record fits; `ccgeo records --year all` lists more", err=True)
        raise typer.Exit(NOT_UNDERSTOOD)


def _tell(record_id: str, language: str) -> None:
    from ccgeo.query.records import read_detail

    detail = read_detail(record_id, language)
    fields: pd.DataFrame = detail.fields
    for field, value in zip(fields["field"], fields["value"], strict=True):
        tell(f"{field:18}{encode_line(value)}")
    for name, versions in (("tellings", detail.tellings), ("conflict", detail.conflict)):
        if versions is not None:
            tell(f"{name:18}{encode_line(', '.join(versions.record_ids))}")
    for finding in detail.findings:
        tell(f"{'does not add up':18}{encode_line(finding.sentence)}")

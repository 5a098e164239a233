"""Commands that take an answer away: export, map, figure; and what `ccgeo check FILE` says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ccgeo.cli.asking import UNUSABLE, Question, app, asking
from ccgeo.cli.output import STANDARD_OUTPUT, check_output, progress, tell, write_output
from ccgeo.errors import CcgeoError, UnknownChoiceError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Callable

_FAULTS_SHOWN: Final = 40

Output = Annotated[str, typer.Option("--output", "-o", help="File; - for standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]
FrameName = Annotated[str, typer.Option("--frame", help="region or world.")]


@app.command(
    help="Write the layers of a selection: GeoJSON, CSV, XLSX, GeoPackage, GeoParquet or "
    "Parquet.\n\nExample: ccgeo export --sector automotive --layer flows -o flows.geojson"
)
@asking
def export(
    question: Question,
    *,
    output: Output,
    form: Annotated[
        str,
        typer.Option(
            "--format", help="geojson, csv, xlsx, gpkg, geoparquet, parquet; else by the ending."
        ),
    ] = "",
    layer: Annotated[
        list[str] | None,
        typer.Option(
            "--layer",
            help="choropleth, flows, zones, unmapped or records; repeat it. The usual ones else.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write the layers or the records of a selection, as the page downloads them.

    Parameters
    ----------
    question : Question
        What is asked.
    output : str
        File to write, or ``-`` for standard output; its ending says what is written.
    form : str
        Format; wins over the ending.
    layer : list of str, optional
        Layers to write.
    force : bool
        Whether an existing file may be replaced.
    """
    from ccgeo.io.formats import export_bytes, format_of

    check_output(output, force=force)
    usual = "geojson" if output == STANDARD_OUTPUT else ""
    wanted = form or usual or format_of(output)
    with progress("writing the layers"):
        content = export_bytes(question.selection, question.view, wanted, layer or ())
    write_output(output, content, force=force)


@app.command(
    name="map",
    help="Write the map as one HTML file that opens with the network cut.\n\n"
    "Example: ccgeo map --year 2020-2025 -o map.html",
)
@asking
def write_map(
    question: Question, *, output: Output, frame: FrameName = "", force: Force = False
) -> None:
    """Write the map of a selection as one HTML file.

    Parameters
    ----------
    question : Question
        What is asked.
    output : str
        File to write, or ``-`` for standard output.
    frame : str
        ``"region"`` or ``"world"``; the region if empty.
    force : bool
        Whether an existing file may be replaced.
    """
    from ccgeo.layers.answer import answer
    from ccgeo.views.folium_map import html_page

    check_output(output, force=force)
    with progress("drawing the map"):
        shown = answer(question.selection, question.view)
        page = html_page(shown.choropleth, shown.flows, frame=frame or question.view.frame)
    write_output(output, page, force=force)


@app.command(
    help="Draw the map as a figure with legends, scale and source line: PNG, SVG or PDF; or as a "
    "film, a picture a year: GIF.\n\n"
    "Example: ccgeo figure --lang zh --level prefecture -o figure.pdf"
)
@asking
def figure(
    question: Question, *, output: Output, frame: FrameName = "", force: Force = False
) -> None:
    """Draw the map of a selection as a figure.

    Parameters
    ----------
    question : Question
        What is asked.
    output : str
        File to write, whose ending is the format, ``.gif`` for a film of years; ``-`` writes
        PNG to standard output.
    frame : str
        ``"region"`` or ``"world"``; the region if empty.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UnknownChoiceError
        The ending is no format of a figure.
    """
    from ccgeo.views.figure import FIGURE_FORMS

    form = Path(output).suffix.lstrip(".").lower() if output != STANDARD_OUTPUT else "png"
    if form not in {*FIGURE_FORMS, "gif"}:
        what = "figure format"
        raise UnknownChoiceError(what, form, (*FIGURE_FORMS, "gif"))
    check_output(output, force=force)
    with progress("drawing the figure") as step:
        content = _drawn(question, form, frame or question.view.frame, step)
    write_output(output, content, force=force)


def _drawn(question: Question, form: str, frame: str, step: Callable[[int, int], None]) -> bytes:
    from ccgeo.layers.answer import answer
    from ccgeo.layers.film import build_film
    from ccgeo.views.figure import figure_bytes
    from ccgeo.views.film import film_bytes

    if form == "gif":
        return film_bytes(build_film(question.selection, question.view), frame=frame, tell=step)
    shown = answer(question.selection, question.view)
    return figure_bytes(shown.choropleth, shown.flows, form, frame=frame)


def decided(decisions: str) -> dict[str, str]:
    """Return the places that a file of decisions names.

    Parameters
    ----------
    decisions : str
        CSV with the columns mention and place; empty for none.

    Returns
    -------
    dict of str to str
        Adcode or zone id by mention.

    Raises
    ------
    CcgeoError
        The file cannot be read, or holds no decisions.
    """
    from ccgeo.io.decisions import read_decisions

    if not decisions:
        return {}
    try:
        return read_decisions(Path(decisions).read_bytes())
    except OSError as error:
        message = f"{decisions!r} cannot be read: {error.strerror or error}"
        raise CcgeoError(message) from error


def tell_faults(
    path: Path, *, faults: str = "", rejected: str = "", decisions: str = "", language: str = "en"
) -> int:
    """Check a file of a user, print what is wrong with it, and write what was asked for.

    Parameters
    ----------
    path : pathlib.Path
        File.
    faults : str
        CSV to write the faults to; none if empty.
    rejected : str
        CSV to write the rejected rows to; none if empty.
    decisions : str
        CSV of places chosen by hand; none if empty.
    language : {"en", "zh"}
        Language of the faults.

    Returns
    -------
    int
        Exit code: 0, every row is good; 1, rows are rejected; 2, the file is refused.
    """
    from ccgeo.io.decisions import undecided
    from ccgeo.io.faults import REJECTED, faults_bytes
    from ccgeo.io.readers import check_file

    chosen = decided(decisions)
    checked = check_file(path)
    found = [each.in_language(language) for each in undecided(checked.faults, chosen)]
    for fault in found[:_FAULTS_SHOWN]:
        tell(fault.sentence)
    if len(found) > _FAULTS_SHOWN:
        tell(f"… and {len(found) - _FAULTS_SHOWN} more; --faults writes them all")
    for field, column in checked.mapping.items():
        tell(f"{field:12} from {column}", err=True)
    bad = {fault.row for fault in checked.faults if fault.verdict == REJECTED}
    tell(f"{path.name}: {len(checked.good):,} rows good, {len(bad):,} rejected")
    if faults:
        write_output(faults, faults_bytes(found), force=False)
    if rejected:
        write_output(rejected, checked.rejected_bytes(), force=False)
    return UNUSABLE if checked.is_refused else int(bool(bad))


def tell_article(path: Path, output: str) -> int:
    """Propose records from a press text, print each with its words, and write them.

    Parameters
    ----------
    path : pathlib.Path
        Text in any encoding that tables are read in.
    output : str
        CSV to write the proposals to, or ``-`` for standard output.

    Returns
    -------
    int
        Exit code: 0, every proposal passes the checks of a table; 1, one does not.

    Raises
    ------
    CcgeoError
        The file cannot be read, or nothing is proposed.
    """
    from ccgeo.io.article import read_article, read_text
    from ccgeo.io.readers import read_records

    proposed = read_article(read_text(path))
    if not proposed.proposals:
        message = f"{str(path)!r}: no figure is sure enough to be proposed"
        raise CcgeoError(message)
    for proposal in proposed.proposals:
        for name, pieces in proposal.words.items():
            where = ", ".join(f"{piece.start}-{piece.end}" for piece in pieces)
            tell(f"{name:10} {proposal.cells[name]!r} from {where}", err=True)
    checked = read_records(proposed.table_bytes(), path.name)
    for fault in checked.faults:
        tell(fault.sentence, err=True)
    write_output(output, proposed.table_bytes(), force=False)
    return int(len(checked.good) < len(proposed.proposals))

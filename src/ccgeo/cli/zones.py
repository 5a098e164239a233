"""The command that lists zones and writes them as a layer."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ccgeo.cli.asking import NOT_UNDERSTOOD, app
from ccgeo.cli.output import tell, write_output

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415


@app.command(
    help="List zones with the districts they cover, or write them as GeoJSON.\n\n"
    'Example: ccgeo zones --kind "science city" -o zones.geojson'
)
def zones(
    text: Annotated[str, typer.Argument(help="Only zones whose id, name or alias holds it.")] = "",
    *,
    kind: Annotated[str, typer.Option(help="Kinds of zone, separated by commas.")] = "",
    sector: Annotated[str, typer.Option(help="Lead sectors, separated by commas.")] = "",
    boundaries: Annotated[str, typer.Option(help="Boundary list: 2025 or 2026.")] = "2025",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File .geojson to write; - for standard output.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """List zones with the districts they cover, or write them as a layer.

    Parameters
    ----------
    text : str
        Part of an id, name or alias in either language.
    kind, sector : str
        Kinds of zone and lead sectors, by id or name, separated by commas.
    boundaries : str
        Boundary list.
    output : str
        File to write; ``-`` for standard output; empty to list the zones instead.
    force : bool
        Whether an existing file may be replaced.
    """
    from ccgeo.query.selection import parse_selection
    from ccgeo.query.zones import find_zones, read_kinds

    asked, view, errors = parse_selection({"sector": sector, "boundaries": boundaries})
    kinds, sentences = read_kinds(kind)
    problems = [*map(str, errors), *sentences]
    for problem in problems:
        tell(problem, err=True)
    found = find_zones(kinds=kinds, sectors=asked.sectors, text=text)
    if found.empty:
        tell("no zone fits; `ccgeo zones` lists all of them", err=True)
        raise typer.Exit(NOT_UNDERSTOOD)
    if output:
        from ccgeo.io.zones import zones_bytes
        from ccgeo.layers.zones import build_zones

        content = zones_bytes(build_zones(found["zone_id"].tolist(), view))
        write_output(output, content, force=force)
    else:
        _echo(found, view.vintage)
    if problems:
        raise typer.Exit(NOT_UNDERSTOOD)


def _echo(found: Any, vintage: str) -> None:  # noqa: ANN401 - a data frame
    from ccgeo.places.zones import zone_members

    columns = ("zone_id", "name_en", "name_zh", "kind", "year_established")
    for row in found[list(columns)].itertuples(index=False):
        members = zone_members(row.zone_id, vintage)
        covered = [*members.whole, *(f"({adcode})" for adcode in members.part)]
        tell("\t".join((*row, " ".join(covered))))

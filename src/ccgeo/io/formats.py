"""Every format in which an answer leaves: one table for the page, the command and a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.frames import geopackage_bytes, parquet_bytes
from ccgeo.io.geojson import SHOWN_LAYERS, layer_bytes, layer_parts
from ccgeo.io.rows import record_rows
from ccgeo.io.tables import asked_columns, csv_bytes, records_bytes
from ccgeo.io.workbook import about_rows, workbook_bytes
from ccgeo.query.engine import read_placed, select

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccgeo.io.collection import Feature
    from ccgeo.query.selection import Selection, View

    Layers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a file.

    Attributes
    ----------
    label : str
        Name for people.
    mime : str
        Media type.
    layers : tuple of str
        What a file holds unless asked otherwise.
    holds_many : bool
        Whether a file may hold more than one layer.
    write : callable
        Gives the bytes for a selection, a view and layers.
    """

    label: str
    mime: str
    layers: Layers
    holds_many: bool
    write: Callable[[Selection, View, Layers], bytes]


def export_bytes(
    selection: Selection, view: View, form: str = "geojson", layers: Sequence[str] = ()
) -> bytes:
    """Answer a selection as a file.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.
    form : str
        One of `FORMATS`.
    layers : sequence of str
        Some of `ccgeo.io.geojson.LAYERS`; the usual ones of the format if empty.

    Returns
    -------
    bytes
        The file; the same question gives the same bytes on the page, in the shell and here.

    Raises
    ------
    UnknownChoiceError
        The format or a layer is not known.
    CcgeoError
        Several layers are asked of a format that holds one.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> export_bytes(DEFAULT_SELECTION, View(level="province"), "xlsx")[:2]
    b'PK'
    """
    if form not in FORMATS:
        what = "format"
        raise UnknownChoiceError(what, form, FORMATS)
    wanted = tuple(dict.fromkeys(layers)) or FORMATS[form].layers
    if len(wanted) > 1 and not FORMATS[form].holds_many:
        message = f"a file of {FORMATS[form].label} holds one layer: choose one of {wanted}"
        raise CcgeoError(message)
    return FORMATS[form].write(selection, view, wanted)


def format_of(file_name: str) -> str:
    """Return the format that the ending of a file name asks for.

    Parameters
    ----------
    file_name : str
        Name of a file, perhaps with folders.

    Returns
    -------
    str
        One of `FORMATS`.

    Raises
    ------
    UnknownChoiceError
        No format has that ending.

    Examples
    --------
    >>> format_of("out/Layer.GPKG")
    'gpkg'
    """
    form = PurePath(file_name).suffix.lstrip(".").lower()
    if form not in FORMATS:
        what = "format"
        raise UnknownChoiceError(what, form, FORMATS)
    return form


def _write_csv(selection: Selection, view: View, layers: Layers) -> bytes:
    if layers == ("records",):
        return records_bytes(selection, view)
    asked = asked_columns(selection, view)
    rows = [row | asked for row in _rows(_one(selection, view, layers))]
    return csv_bytes(rows or [asked])


def _write_xlsx(selection: Selection, view: View, layers: Layers) -> bytes:
    parts = layer_parts(selection, view, layers)
    sheets: dict[str, Any] = {"about": about_rows(parts.metadata)}
    sheets |= {layer: _rows(features) for layer, features in parts.layers.items()}
    if "records" in layers:
        sheets["records"] = record_rows(select(read_placed(), selection), view)
    return workbook_bytes(sheets)


def _write_gpkg(selection: Selection, view: View, layers: Layers) -> bytes:
    return geopackage_bytes(*layer_parts(selection, view, layers))


def _write_parquet(selection: Selection, view: View, layers: Layers) -> bytes:
    parts = layer_parts(selection, view, layers)
    return parquet_bytes(parts.layers[layers[0]], parts.metadata)


def _one(selection: Selection, view: View, layers: Layers) -> list[Feature]:
    return layer_parts(selection, view, layers).layers[layers[0]]


def _rows(features: list[Feature]) -> list[dict[str, Any]]:
    return [{"id": feature.id, **feature.properties} for feature in features]


FORMATS: Final[dict[str, Format]] = {
    "geojson": Format(
        "GeoJSON", "application/geo+json", SHOWN_LAYERS, holds_many=True, write=layer_bytes
    ),
    "csv": Format("CSV", "text/csv", ("records",), holds_many=False, write=_write_csv),
    "xlsx": Format(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("choropleth", "flows", "records"),
        holds_many=True,
        write=_write_xlsx,
    ),
    "gpkg": Format(
        "GeoPackage",
        "application/geopackage+sqlite3",
        SHOWN_LAYERS,
        holds_many=True,
        write=_write_gpkg,
    ),
    "geoparquet": Format(
        "GeoParquet",
        "application/vnd.apache.parquet",
        ("choropleth",),
        holds_many=False,
        write=_write_parquet,
    ),
    "parquet": Format(
        "Parquet",
        "application/vnd.apache.parquet",
        ("records",),
        holds_many=False,
        write=_write_parquet,
    ),
}
"""Every format by its name, which is also its ending."""

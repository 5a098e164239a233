"""The main job in five lines of a notebook: ask, look, take away.

What the page, the command line and a notebook give for the same question is the same, byte for
byte: all three call the functions below this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ccgeo.encoding import encode_text
from ccgeo.errors import UnknownChoiceError
from ccgeo.io.files import write_file
from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.io.rows import record_rows
from ccgeo.layers.answer import Answer, answer
from ccgeo.layers.credits import credit_line
from ccgeo.layers.film import build_film
from ccgeo.query.selection import DATE_PARAM, LIST_PARAMS, VIEW_PARAMS, parse_selection
from ccgeo.views.figure import FIGURE_FORMS, build_figure, figure_bytes
from ccgeo.views.film import film_bytes
from ccgeo.views.folium_map import html_frame, html_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from matplotlib.figure import Figure

FILTERS: Final = (
    "years",
    "undated",
    DATE_PARAM,
    *LIST_PARAMS.values(),
    "min_amount",
    "confidence",
    *VIEW_PARAMS.values(),
    "k",
    "rescale",
    "bins",
)
"""Everything that may be asked for, by the names of the address bar."""

_PAIR: Final = 2


@dataclass(frozen=True)
class Exploration:
    """An answered question, ready to be looked at and taken away.

    Attributes
    ----------
    answer : Answer
        The selection, the view, and the layers.
    """

    answer: Answer

    @property
    def sentence(self) -> str:
        """Return what is shown and what is not, in one sentence.

        Returns
        -------
        str
            The sentence under the map.
        """
        return self.answer.choropleth.sentence

    @property
    def units(self) -> gpd.GeoDataFrame:
        """Return the units of the map with their sums.

        Returns
        -------
        geopandas.GeoDataFrame
            See `ccgeo.layers.choropleth.Choropleth.features`; a new frame in EPSG:4326.
        """
        return self.answer.choropleth.features.copy()

    @property
    def flows(self) -> gpd.GeoDataFrame:
        """Return the lines to partners abroad.

        Returns
        -------
        geopandas.GeoDataFrame
            See `ccgeo.layers.flows.Flows.features`; a new frame in EPSG:4326.
        """
        return self.answer.flows.features.copy()

    @property
    def records(self) -> pd.DataFrame:
        """Return the records behind the map, those that no unit holds among them.

        Returns
        -------
        pandas.DataFrame
            One row a record with its source, see `ccgeo.io.rows.record_rows`.
        """
        return pd.DataFrame(record_rows(self.answer.selected, self.answer.view))

    def figure(self) -> Figure:
        """Draw the map as a figure.

        Returns
        -------
        matplotlib.figure.Figure
            See `ccgeo.views.figure.build_figure`.
        """
        shown = self.answer
        return build_figure(shown.choropleth, shown.flows, frame=shown.view.frame)

    def save(self, path: str | Path, *, layers: Sequence[str] = (), force: bool = False) -> Path:
        """Write the map, its layers or its records to a file, whole or not at all.

        Parameters
        ----------
        path : str or pathlib.Path
            File; its ending says what is written: a layer (``.geojson``, ``.csv``, ``.xlsx``,
            ``.gpkg``, ``.geoparquet``, ``.parquet``), a map (``.html``), a figure (``.png``,
            ``.svg``, ``.pdf``) or a film of years (``.gif``).
        layers : sequence of str
            Some of `ccgeo.io.geojson.LAYERS`; the usual ones of the format if empty.
        force : bool
            Whether an existing file may be replaced.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        UnknownChoiceError
            The ending is no format, or a layer is not known.
        CcgeoError
            The format holds one layer, or a film has no year.
        OutputError
            The file exists and `force` is not set, or cannot be written.
        """
        target = Path(path)
        write_file(target, self._bytes(target.suffix.lstrip(".").lower(), layers), force=force)
        return target

    def _bytes(self, form: str, layers: Sequence[str]) -> bytes:
        shown, frame = self.answer, self.answer.view.frame
        if form in FORMATS:
            return export_bytes(shown.selection, shown.view, form, layers)
        if form == "html":
            return html_page(shown.choropleth, shown.flows, frame=frame)
        if form == "gif":
            return film_bytes(build_film(shown.selection, shown.view), frame=frame)
        if form in FIGURE_FORMS:
            return figure_bytes(shown.choropleth, shown.flows, form, frame=frame)
        what = "format"
        raise UnknownChoiceError(what, form, (*FORMATS, "html", *FIGURE_FORMS, "gif"))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.sentence}>"

    def _repr_html_(self) -> str:
        shown = self.answer
        frame = html_frame(shown.choropleth, shown.flows, frame=shown.view.frame)
        credit = credit_line(shown.view.vintage, shown.view.language)
        return f"<p>{encode_text(self.sentence)}</p>{frame}<p>{encode_text(credit)}</p>"


def explore(**asked: Any) -> Exploration:  # noqa: ANN401 - what a person types
    """Ask the shipped records, by the names of the address bar.

    Parameters
    ----------
    **asked : object
        Some of `FILTERS`: ``years`` (``"2015-2020"``, a year, a pair, or ``"all"``), ``sector``,
        ``place``, ``zone``, ``partner``, ``stage`` and so on (a value or a list of them, by id or
        name in English or Chinese), ``undated`` (bool), ``min_amount`` (CNY), ``level``,
        ``boundaries``, ``measure``, ``scheme``, ``k``, ``frame``, ``lang``.

    Returns
    -------
    Exploration
        Shows itself as a map in a notebook.

    Raises
    ------
    UnknownChoiceError
        A name or a value is not known; the nearest valid ones are named.
    CcgeoError
        A value cannot be read.

    Examples
    --------
    >>> cars = explore(sector="automotive", years="2015-2020", level="province")
    >>> cars.units["adcode"].tolist()
    ['500000', '510000']
    """
    for name in asked:
        if name not in FILTERS:
            what = "filter"
            raise UnknownChoiceError(what, name, FILTERS)
    selection, view, problems = parse_selection(
        {name: _text(name, value) for name, value in asked.items()}
    )
    for problem in problems:
        raise problem
    return Exploration(answer(selection, view))


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - what a person types
    if isinstance(value, bool):
        return str(int(value))
    if value is None:
        return "all"
    if isinstance(value, str | int | float):
        return str(value)
    parts = [str(part) for part in value]
    return "-".join(parts) if name == "years" and len(parts) == _PAIR else ",".join(parts)

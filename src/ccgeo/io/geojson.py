"""GeoJSON after RFC 7946, the same bytes for the same question."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.collection import Feature, feature_collection
from ccgeo.io.rows import credited_sources, record_rows, stated_sums
from ccgeo.io.zones import zone_features, zone_notes
from ccgeo.layers.answer import answer
from ccgeo.query.engine import unit_column

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows
    from ccgeo.query.selection import Selection, View

LAYERS: Final = ("choropleth", "flows", "zones", "unmapped", "records")
"""Layers that a file may hold: units, lines, zones, records beside the map, all records."""

SHOWN_LAYERS: Final = ("choropleth", "flows", "unmapped")
"""What the screen shows, and what a file holds unless asked otherwise."""


class Parts(NamedTuple):
    """Layers of a selection, ready to be written in any format.

    Attributes
    ----------
    layers : dict of str to list of Feature
        The layers asked for, in the order of `LAYERS`.
    metadata : dict
        What a file says about itself, see `layer_metadata`.
    """

    layers: dict[str, list[Feature]]
    metadata: dict[str, Any]


def layer_parts(selection: Selection, view: View, layers: Collection[str] = SHOWN_LAYERS) -> Parts:
    """Answer a selection as features, layer by layer.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.
    layers : collection of str
        Some of `LAYERS`.

    Returns
    -------
    Parts
        Features and metadata.

    Raises
    ------
    UnknownChoiceError
        A layer is not one of `LAYERS`.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> parts = layer_parts(DEFAULT_SELECTION, View(level="province"), ["choropleth"])
    >>> len(parts.layers["choropleth"])
    2
    """
    for layer in layers:
        if layer not in LAYERS:
            what = "layer"
            raise UnknownChoiceError(what, layer, LAYERS)
    answered = answer(selection, view)
    selected, choropleth, flows = answered.selected, answered.choropleth, answered.flows
    unmapped = selected[selected[unit_column(view.level, view.vintage)] == ""]
    ways: dict[str, Callable[[], list[Feature]]] = {
        "choropleth": lambda: unit_features(choropleth),
        "flows": lambda: flow_features(flows),
        "zones": lambda: zone_features(selected, view),
        "unmapped": lambda: record_features(unmapped, view),
        "records": lambda: record_features(selected, view),
    }
    metadata = layer_metadata(choropleth, flows, sources=credited_sources(selected))
    metadata |= {"zones": zone_notes()} if "zones" in layers else {}
    return Parts({layer: ways[layer]() for layer in LAYERS if layer in layers}, metadata)


def layer_bytes(selection: Selection, view: View, layers: Collection[str] = SHOWN_LAYERS) -> bytes:
    """Answer a selection as a GeoJSON file: what the page downloads and the command writes.

    Parameters
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.
    layers : collection of str
        Some of `LAYERS`.

    Returns
    -------
    bytes
        UTF-8 text of a feature collection: the units of the level, the flows, and each
        record that is not mapped at this level, without geometry; with a ``metadata``
        member that says what it is. The same question gives the same bytes.

    Raises
    ------
    UnknownChoiceError
        A layer is not one of `LAYERS`.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> import json
    >>> json.loads(layer_bytes(DEFAULT_SELECTION, View(level="province")))["type"]
    'FeatureCollection'
    """
    parts = layer_parts(selection, view, layers)
    # A record beside the map is one of the records too, and an id stands once in a file.
    features = {each.id: each for layer in parts.layers.values() for each in layer}
    return feature_collection(list(features.values()), parts.metadata)


def unit_features(choropleth: Choropleth) -> list[Feature]:
    """Return the units of a choropleth as features.

    Parameters
    ----------
    choropleth : Choropleth
        The layer.

    Returns
    -------
    list of Feature
        Sorted by adcode; what is not stated is null, never zero.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> from ccgeo.layers.choropleth import build_choropleth
    >>> from ccgeo.query.engine import read_placed
    >>> layer = build_choropleth(read_placed(), View(level="province"))
    >>> [feature.id for feature in unit_features(layer)]
    ['unit-2025-province-500000', 'unit-2025-province-510000']
    """
    legend = choropleth.legend
    found = []
    for row in _rows(choropleth.features):
        position = row.pop("class_index")
        has_class = position >= 0
        classed = {
            "class": position if has_class else None,
            "class_label": legend.classes[position].label if has_class else legend.no_data_label,
            "fill": legend.colours[position] if has_class else legend.no_data_colour,
        }
        found.append(_feature(row, "unit", classed))
    return found


def flow_features(flows: Flows) -> list[Feature]:
    """Return flows as features.

    Parameters
    ----------
    flows : Flows
        The layer.

    Returns
    -------
    list of Feature
        Widest first.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> from ccgeo.layers.flows import build_flows
    >>> from ccgeo.query.engine import read_placed
    >>> layer = build_flows(read_placed(), View())
    >>> {feature.properties["feature"] for feature in flow_features(layer)}
    {'flow'}
    """
    return [_feature(row, "flow", {}) for row in _rows(flows.features)]


def record_features(unmapped: pd.DataFrame, view: View) -> list[Feature]:
    """Return records as features without geometry.

    Parameters
    ----------
    unmapped : pandas.DataFrame
        Placed entries that no unit of the level holds.
    view : View
        Gives the level and vintage.

    Returns
    -------
    list of Feature
        In the order of the entries, each with its source.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> from ccgeo.query.engine import read_placed
    >>> record_features(read_placed().head(1), View())[0].geometry is None
    True
    """
    return [
        Feature(f"record-{row['entry_id']}", {"feature": "record", **row}, None)
        for row in record_rows(unmapped, view)
    ]


def layer_metadata(
    choropleth: Choropleth, flows: Flows, *, sources: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return what a file says about itself.

    Parameters
    ----------
    choropleth : Choropleth
        Units of the file.
    flows : Flows
        Flows of the file.
    sources : sequence of mapping
        Sources of the records behind them.

    Returns
    -------
    dict
        The metadata of the layer, its sentence, legend, totals, what is not mapped, what is
        not drawn as a line, and the sources; ready for JSON.

    Examples
    --------
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> answered = answer(DEFAULT_SELECTION, View())
    >>> layers = answered.choropleth, answered.flows
    >>> sorted(layer_metadata(*layers)["total"])
    ['amount_cny', 'amount_stated', 'entries', 'projects', 'projects_stated']
    """
    legend = choropleth.legend
    return {
        "title": legend.title,
        "unit": legend.unit,
        "sentence": choropleth.sentence,
        **choropleth.metadata,
        "classes": [
            asdict(item) | {"colour": colour}
            for item, colour in zip(legend.classes, legend.colours, strict=True)
        ],
        "no_data": {"label": legend.no_data_label, "count": legend.no_data_count},
        "total": stated_sums(choropleth.total._asdict()),
        "not_mapped": [stated_sums(row) for row in choropleth.not_mapped.to_dict("records")],
        "flows_not_drawn": [stated_sums(row) for row in flows.not_drawn.to_dict("records")],
        "sources": list(sources),
    }


def _rows(features: pd.DataFrame) -> Iterable[dict[str, Any]]:
    geometries = features.geometry.to_numpy()
    plain = features.drop(columns="geometry").to_dict("records")
    for row, geometry in zip(plain, geometries, strict=True):
        yield {**{str(name): value for name, value in row.items()}, "geometry": geometry}


def _feature(row: dict[str, Any], kind: str, more: Mapping[str, Any]) -> Feature:
    geometry = row.pop("geometry")
    identifier = row.pop("id")
    return Feature(identifier, {"feature": kind, **stated_sums(row), **more}, geometry)

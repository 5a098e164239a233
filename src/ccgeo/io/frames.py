"""Layers as columns: Parquet, GeoParquet and GeoPackage, from one table of Arrow."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from ccgeo.io.files import TEMPORARY, OutputError, sweep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from ccgeo.io.collection import Feature

# GDAL writes the time of writing into the file; the same question shall give the same bytes.
_WRITTEN_AT: Final = "2000-01-01T00:00:00Z"
_GEOMETRY: Final = "geometry"


def layer_table(features: Sequence[Feature], metadata: Mapping[str, Any]) -> pa.Table:
    """Return the features of one layer as a table.

    Parameters
    ----------
    features : sequence of Feature
        Features with the same properties.
    metadata : mapping of str to object
        What the file says about itself.

    Returns
    -------
    pyarrow.Table
        Column ``id``, one for each property (int64, double, bool or string, null for what is
        not stated), and, where a feature has one, ``geometry`` as WKB in OGC:CRS84 with the
        metadata of GeoParquet 1.1. The metadata stands in the schema under ``ccgeo``.

    Examples
    --------
    >>> from ccgeo.io.collection import Feature
    >>> layer_table([Feature("a", {"projects": 3}, shapely.Point(104, 30))], {}).column_names
    ['id', 'projects', 'geometry']
    """
    import pyarrow as pa  # noqa: PLC0415 - only the formats of columns need it

    names = dict.fromkeys(name for feature in features for name in feature.properties)
    columns: dict[str, Any] = {"id": pa.array([feature.id for feature in features], pa.string())}
    for name in names:
        columns[name] = _column([feature.properties.get(name) for feature in features])
    notes = {"ccgeo": _json(metadata)}
    geometries = np.array([feature.geometry for feature in features], dtype=object)
    stated = geometries[[geometry is not None for geometry in geometries]]
    if len(stated):
        wkb = shapely.to_wkb(geometries, output_dimension=2, byte_order=1)
        columns[_GEOMETRY] = pa.array(wkb, pa.binary())
        notes["geo"] = _json(_geo_notes(stated))
    return pa.table(columns).replace_schema_metadata(notes)


def parquet_bytes(features: Sequence[Feature], metadata: Mapping[str, Any]) -> bytes:
    """Write one layer as Parquet; with geometries it is GeoParquet 1.1.

    Parameters
    ----------
    features : sequence of Feature
        Features with the same properties.
    metadata : mapping of str to object
        What the file says about itself.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> from ccgeo.io.collection import Feature
    >>> parquet_bytes([Feature("a", {}, None)], {})[:4]
    b'PAR1'
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - only the formats of columns need it

    content = io.BytesIO()
    pq.write_table(layer_table(features, metadata), content, compression="zstd")
    return content.getvalue()


def geopackage_bytes(layers: Mapping[str, Sequence[Feature]], metadata: Mapping[str, Any]) -> bytes:
    """Write layers as a GeoPackage, each a table of its own.

    Parameters
    ----------
    layers : mapping of str to sequence of Feature
        Features by name of their layer.
    metadata : mapping of str to object
        What the file says about itself, kept as metadata of the package.

    Returns
    -------
    bytes
        The file; layers without geometry are tables of attributes.

    Raises
    ------
    OutputError
        The folder for temporary files has no room, or may not be written.

    Examples
    --------
    >>> from ccgeo.io.collection import Feature
    >>> geopackage_bytes({"places": [Feature("a", {}, shapely.Point(104, 30))]}, {})[:13]
    b'SQLite format'
    """
    sweep(Path(gettempdir()))
    try:
        with TemporaryDirectory(prefix=TEMPORARY) as folder:
            path = Path(folder) / "layers.gpkg"
            for number, (name, features) in enumerate(layers.items()):
                notes = {} if number else {"ccgeo": _json(metadata)}
                _write_layer(path, name, features, notes)
            return path.read_bytes()
    except (OSError, RuntimeError) as error:  # GDAL's own errors are runtime errors
        message = f"a GeoPackage cannot be written in {gettempdir()!r}, where it is put together"
        raise OutputError(message) from error


def _write_layer(
    path: Path, name: str, features: Sequence[Feature], notes: Mapping[str, str]
) -> None:
    table = layer_table(features, {}).replace_schema_metadata(None)
    has_geometry = _GEOMETRY in table.column_names
    # The column `id` would be taken for the row number of the table.
    table = table.rename_columns(["feature_id", *table.column_names[1:]])
    shape = {"geometry_name": _GEOMETRY, "geometry_type": _shape_of(features)}
    _gdal().write_arrow(
        table,
        str(path),
        layer=name,
        driver="GPKG",
        crs="EPSG:4326" if has_geometry else None,
        append=path.exists(),
        dataset_metadata=dict(notes) or None,
        **(shape if has_geometry else {}),
    )


@lru_cache(maxsize=1)
def _gdal() -> Any:  # noqa: ANN401 - a module
    import pyogrio  # noqa: PLC0415 - GDAL loads only for the one format that needs it

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _WRITTEN_AT})
    return pyogrio


def _shape_of(features: Sequence[Feature]) -> str:
    kinds = {each.geometry.geom_type for each in features if each.geometry is not None}
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _column(values: list[Any]) -> pa.Array:
    import pyarrow as pa  # noqa: PLC0415 - only the formats of columns need it

    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_() if kinds else pa.string())
    if kinds <= {int}:
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    return pa.array([None if v is None else str(v) for v in values], pa.string())


def _geo_notes(geometries: Any) -> dict[str, Any]:  # noqa: ANN401 - an array of objects
    kinds = sorted({geometry.geom_type for geometry in geometries})
    bounds = [float(limit) for limit in shapely.total_bounds(geometries)]
    column = {"encoding": "WKB", "geometry_types": kinds, "bbox": bounds}
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

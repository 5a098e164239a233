"""Columns say their types, and a layer without geometry is a plain table."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
import shapely

from ccgeo.io.collection import Feature
from ccgeo.io.files import OutputError
from ccgeo.io.frames import geopackage_bytes, layer_table, parquet_bytes

PLACE = shapely.Point(104, 30)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None], pa.int64()),
        ([1, 2.5], pa.float64()),
        ([True, None], pa.bool_()),
        (["a", None], pa.string()),
        ([None, None], pa.string()),
        (["007", "7"], pa.string()),
    ],
)
def test_a_column_has_the_type_of_its_values(values, kind):
    features = [Feature(str(n), {"value": value}, None) for n, value in enumerate(values)]

    table = layer_table(features, {})

    assert table.schema.field("value").type == kind
    assert table["value"].to_pylist() == values


def test_the_table_says_what_it_is():
    table = layer_table([Feature("a", {}, PLACE)], {"data_version": "x", "name": "重庆"})
    notes = table.schema.metadata

    assert json.loads(notes[b"ccgeo"]) == {"data_version": "x", "name": "重庆"}
    geo = json.loads(notes[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == [104, 30, 104, 30]
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]


def test_without_a_geometry_there_is_no_column_for_one():
    table = layer_table([Feature("a", {"n": 1}, None)], {})

    assert table.column_names == ["id", "n"]
    assert b"geo" not in table.schema.metadata


def test_a_layer_that_is_mapped_in_part_keeps_the_rest_without_geometry():
    table = layer_table([Feature("a", {}, PLACE), Feature("b", {}, None)], {})

    assert table["geometry"].to_pylist()[1] is None


def test_the_same_layer_gives_the_same_bytes():
    features = [Feature("a", {"n": 1}, PLACE)]

    assert parquet_bytes(features, {}) == parquet_bytes(features, {})
    assert geopackage_bytes({"a": features}, {}) == geopackage_bytes({"a": features}, {})


def test_a_folder_for_temporary_files_that_is_gone_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))

    with pytest.raises(OutputError, match="cannot be written in"):
        geopackage_bytes({"places": [Feature("a", {}, shapely.Point(104, 30))]}, {})

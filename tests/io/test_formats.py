"""One answer leaves in many formats, and every one of them holds the same."""

from __future__ import annotations

import io
import json
from urllib.parse import parse_qsl

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from openpyxl import load_workbook
from rfc7946_check import problems_of

from ccgeo.encoding import unguard_cell
from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.formats import FORMATS, export_bytes, format_of
from ccgeo.io.geojson import LAYERS, layer_bytes, layer_parts
from ccgeo.io.rows import record_rows
from ccgeo.io.tables import records_bytes
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import Selection, View, parse_selection
from ccgeo.shipped import data_version

ASKED = Selection(years=(2018, 2020))
VIEW = View(level="prefecture")


@pytest.fixture(scope="module")
def parts():
    return layer_parts(ASKED, VIEW, LAYERS)


def features_of(parts, layer):
    return [{"id": each.id, **each.properties} for each in parts.layers[layer]]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_question_gives_the_same_bytes(form):
    assert export_bytes(ASKED, VIEW, form) == export_bytes(ASKED, VIEW, form)


def test_the_usual_files_are_those_of_their_own_writers():
    assert export_bytes(ASKED, VIEW) == layer_bytes(ASKED, VIEW)
    assert export_bytes(ASKED, VIEW, "csv") == records_bytes(ASKED, VIEW)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_alone_is_a_valid_file_that_gdal_reads(layer, tmp_path):
    content = export_bytes(ASKED, VIEW, "geojson", [layer])
    path = tmp_path / "layer.geojson"
    path.write_bytes(content)

    assert problems_of(content) == []
    assert len(pyogrio.read_dataframe(path)) == len(json.loads(content)["features"]) > 0


def test_every_layer_at_once_names_no_record_twice():
    content = export_bytes(ASKED, VIEW, "geojson", LAYERS)

    assert problems_of(content) == []
    records = [f for f in json.loads(content)["features"] if f["id"].startswith("record-")]
    assert len(records) == len(select(read_placed(), ASKED))


def test_the_file_lists_the_layers_asked_for_only():
    kinds = {
        feature["properties"]["feature"]
        for feature in json.loads(export_bytes(ASKED, VIEW, "geojson", ["flows"]))["features"]
    }
    assert kinds == {"flow"}


@pytest.mark.parametrize("layer", ["choropleth", "flows", "zones"])
def test_a_geopackage_reads_back_equal(parts, layer, tmp_path):
    path = tmp_path / "layers.gpkg"
    path.write_bytes(export_bytes(ASKED, VIEW, "gpkg", ["choropleth", "flows", "zones"]))

    back = pyogrio.read_dataframe(path, layer=layer)

    assert back.crs.to_epsg() == 4326
    assert back["feature_id"].tolist() == [each.id for each in parts.layers[layer]]
    geometries = [each.geometry for each in parts.layers[layer]]
    assert all(
        mine.equals_exact(theirs, 0) for mine, theirs in zip(geometries, back.geometry, strict=True)
    )
    assert_same_values(back, features_of(parts, layer), skip={"id"})


def test_a_geopackage_keeps_what_is_not_mapped_and_what_was_asked(parts, tmp_path):
    path = tmp_path / "layers.gpkg"
    path.write_bytes(export_bytes(ASKED, VIEW, "gpkg"))

    back = pyogrio.read_dataframe(path, layer="unmapped")
    notes = pyogrio.read_info(path, layer="choropleth")["dataset_metadata"]

    assert_same_values(back, features_of(parts, "unmapped"), skip={"id"})
    told = {name: value for name, value in parts.metadata.items() if name != "zones"}
    assert json.loads(notes["ccgeo"]) == json.loads(json.dumps(told))


def test_a_geoparquet_file_reads_back_equal(parts):
    content = io.BytesIO(export_bytes(ASKED, VIEW, "geoparquet"))

    back = gpd.read_parquet(content)

    assert back.crs.to_string() == "OGC:CRS84"
    geometries = [each.geometry for each in parts.layers["choropleth"]]
    assert all(
        mine.equals_exact(theirs, 0) for mine, theirs in zip(geometries, back.geometry, strict=True)
    )
    assert_same_values(back, features_of(parts, "choropleth"))


def test_a_parquet_file_holds_every_record(parts):
    back = pd.read_parquet(io.BytesIO(export_bytes(ASKED, VIEW, "parquet")))

    assert_same_values(back, features_of(parts, "records"))


def test_a_layer_of_nothing_is_still_a_file():
    nothing = Selection(years=(2002, 2002), min_amount_fen=10**17)

    for form in FORMATS:
        layers = ["records"] if form != "geojson" else ["flows"]
        assert export_bytes(nothing, VIEW, form, layers)


def test_a_workbook_holds_the_layers_and_says_what_they_are():
    book = load_workbook(io.BytesIO(export_bytes(ASKED, VIEW, "xlsx")), read_only=True)

    assert book.sheetnames == ["about", "choropleth", "flows", "records"]
    about = dict(book["about"].iter_rows(values_only=True))
    assert about["data_version"] == data_version()
    assert "GS(2024)0650" in about["boundaries"]
    header, *rows = book["records"].iter_rows(values_only=True)
    expected = record_rows(select(read_placed(), ASKED), VIEW)
    assert list(header) == list(expected[0])
    for row, wanted in zip(rows, expected, strict=True):
        cells = [unguard_cell(cell) if isinstance(cell, str) else cell for cell in row]
        assert cells + [None] * (len(wanted) - len(cells)) == list(wanted.values())


def test_a_table_of_units_says_in_each_row_what_was_asked():
    text = export_bytes(ASKED, VIEW, "csv", ["choropleth"]).decode("utf-8-sig")
    table = pd.read_csv(io.StringIO(text), dtype=str)

    assert len(table) == 22
    asked = parse_selection(dict(parse_qsl(table["ccgeo_selection"][0])))
    assert asked == (ASKED, VIEW, ())


def test_an_unknown_format_is_told_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="geojson"):
        export_bytes(ASKED, VIEW, "shp")
    with pytest.raises(UnknownChoiceError, match="geojson"):
        format_of("layer.shp")


def test_an_unknown_layer_is_told_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="choropleth"):
        export_bytes(ASKED, VIEW, "geojson", ["roads"])
    with pytest.raises(UnknownChoiceError, match="choropleth"):
        layer_parts(ASKED, VIEW, ["roads"])
    with pytest.raises(UnknownChoiceError, match="choropleth"):
        layer_bytes(ASKED, VIEW, ["roads"])


def test_a_table_takes_one_layer_only():
    with pytest.raises(CcgeoError, match="holds one layer"):
        export_bytes(ASKED, VIEW, "csv", ["flows", "records"])


def assert_same_values(back, rows, skip=frozenset()):
    assert len(back) == len(rows)
    for name in rows[0]:
        if name in skip:
            continue
        for mine, theirs in zip([row[name] for row in rows], back[name].tolist(), strict=True):
            if mine is None:
                assert pd.isna(theirs), name
            else:
                assert theirs == mine, name

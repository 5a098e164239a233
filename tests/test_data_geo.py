"""What data/geo promises: counts, sizes, checksums, a coverage without gap or overlap."""

import gzip
import json
from hashlib import sha256

import numpy as np
import pytest
import shapely
from pyproj import Geod

from ccgeo.places.adcode import LEVELS, prefecture_of, province_of
from ccgeo.places.boundaries import read_boundaries, read_circle, read_land
from ccgeo.places.gazetteer import district_codes, read_units
from ccgeo.places.tables import read_table
from ccgeo.places.vintages import VINTAGES
from ccgeo.shipped import data_file, data_folder

COUNTS = {
    ("2025", "district"): 221,
    ("2026", "district"): 220,
    ("2025", "prefecture"): 22,
    ("2026", "prefecture"): 22,
    ("2025", "province"): 2,
    ("2026", "province"): 2,
}
OF_CHONGQING = {"2025": 38, "2026": 37}
PARENT = {"prefecture": prefecture_of, "province": province_of}
layers = pytest.mark.parametrize(
    ("level", "vintage"), [(level, vintage) for vintage in VINTAGES for level in LEVELS]
)


def test_every_file_has_the_checksum_that_is_written_down():
    lines = data_file("geo/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    written = {name: digest for digest, name in (line.split("  ") for line in lines)}
    geo = data_folder() / "geo"
    files = [path for path in geo.iterdir() if path.suffix in {".csv", ".geojson"}]
    assert written == {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_readme_names_every_file_and_the_approval_number():
    readme = data_file("geo/README.md").read_text(encoding="utf-8")
    files = [path for path in (data_folder() / "geo").iterdir() if path.name != "README.md"]
    assert all(f"`{path.name}`" in readme for path in files)
    assert "GS(2024)0650" in readme


@layers
def test_a_layer_has_the_units_of_its_vintage(level, vintage):
    layer = read_boundaries(level, vintage)
    assert len(layer) == COUNTS[vintage, level]
    if level == "district":
        assert tuple(layer["adcode"]) == district_codes(vintage)
        assert layer["adcode"].str.startswith("50").sum() == OF_CHONGQING[vintage]


@layers
def test_a_layer_is_a_valid_coverage(level, vintage):
    polygons = np.asarray(read_boundaries(level, vintage).geometry.array)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("level", ["prefecture", "province"])
def test_a_coarser_unit_is_exactly_its_districts(level, vintage):
    districts = read_boundaries("district", vintage)
    parents = districts["adcode"].map(PARENT[level])
    for row in read_boundaries(level, vintage).itertuples():
        members = np.asarray(districts.geometry.array)[parents == row.adcode]
        assert shapely.equals(shapely.coverage_union_all(members), row.geometry)
        assert districts["area_km2"][parents == row.adcode].sum() == pytest.approx(
            row.area_km2, abs=2
        )


@pytest.mark.parametrize("vintage", VINTAGES)
def test_a_province_keeps_its_area_within_a_thousandth(vintage):
    ellipsoid = Geod(ellps="GRS80")
    for row in read_boundaries("province", vintage).itertuples():
        area_m2, _ = ellipsoid.geometry_area_perimeter(row.geometry)
        assert area_m2 / 1e6 == pytest.approx(row.area_km2, rel=0.001)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_the_district_layer_is_light(vintage):
    content = data_file(f"geo/district_{vintage}.geojson").read_bytes()
    assert len(content) <= 700_000
    assert len(gzip.compress(content, 9)) <= 180_000


def test_the_land_is_light_and_valid():
    assert data_file("geo/land.geojson").stat().st_size <= 150_000
    assert read_land().is_valid.all()


@layers
def test_a_file_is_geojson_of_rfc_7946(level, vintage):
    layer = json.loads(data_file(f"geo/{level}_{vintage}.geojson").read_text(encoding="utf-8"))
    assert set(layer) == {"type", "features"}
    for feature in layer["features"]:
        assert feature["id"] == feature["properties"]["adcode"]
        rings = feature["geometry"]["coordinates"]
        polygons = rings if feature["geometry"]["type"] == "MultiPolygon" else [rings]
        for outer, *holes in polygons:
            assert shapely.is_ccw(shapely.linearrings(outer))
            assert not any(shapely.is_ccw(shapely.linearrings(hole)) for hole in holes)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_both_sources_lie_on_the_same_datum(vintage):
    # Lines left in GCJ-02 would put every centroid some 350 m east and 300 m south.
    here, there = (
        read_boundaries("district", other).set_index("adcode").to_crs("EPSG:32648").centroid
        for other in (vintage, next(other for other in VINTAGES if other != vintage))
    )
    unchanged = here.index.intersection(there.index).drop("500109")
    here, there = here[unchanged], there[unchanged]
    assert abs((here.x - there.x).median()) < 20
    assert abs((here.y - there.y).median()) < 20


def test_the_circle_table_knows_every_district_of_both_vintages():
    circle = read_table("geo/circle.csv")
    districts = read_units().query("level == 'district'")
    assert set(circle["adcode"]) == set(districts["adcode"])
    assert set(circle["circle"]) == {"in", "partly", "out"}


def test_the_circle_measures_about_what_the_plan_states():
    # The plan says 185,000 km2; Kaizhou and Yunyang belong to it in part only.
    circle = read_circle("2025")
    inside = circle.loc[circle["circle"] == "in", "area_km2"].sum()
    assert inside < 190_000
    assert circle["area_km2"].sum() > 185_000


def test_every_unit_says_where_its_names_come_from():
    units = read_units()
    assert (units["source"] != "").all()
    assert units["adcode"].is_unique
    assert units["pinyin"].str.isascii().all()


def test_the_code_of_liangjiang_is_said_to_come_from_a_public_list():
    status = read_units().set_index("adcode").loc["500157", "status"]
    assert "public code list" in status

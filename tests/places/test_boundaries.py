"""Polygons come named, sorted and fast."""

import time

import pytest
import shapely

from ccgeo.errors import DataFileError, UnknownChoiceError
from ccgeo.places import boundaries
from ccgeo.places.adcode import LEVELS
from ccgeo.places.boundaries import read_boundaries, read_circle, read_land, source_of
from ccgeo.places.vintages import VINTAGES


@pytest.fixture
def _no_data(monkeypatch):
    def missing(name):
        raise DataFileError(name)

    monkeypatch.setattr(boundaries, "reading", missing)
    monkeypatch.setattr(boundaries, "read_table", missing)
    boundaries._boundaries.cache_clear()
    boundaries._land.cache_clear()
    yield
    boundaries._boundaries.cache_clear()
    boundaries._land.cache_clear()


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_layer_is_sorted_named_and_complete(level, vintage):
    layer = read_boundaries(level, vintage)
    assert layer["adcode"].is_monotonic_increasing
    assert layer["adcode"].is_unique
    assert set(layer["level"]) == {level}
    assert not layer.isna().any(axis=None)
    assert (layer[["name_en", "name_zh", "short_en", "short_zh"]] != "").all(axis=None)
    assert layer.crs.to_epsg() == 4326


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_label_point_lies_in_its_unit(level, vintage):
    layer = read_boundaries(level, vintage)
    points = shapely.points(layer["label_lon"], layer["label_lat"])
    assert shapely.contains(layer.geometry.array, points).all()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_the_circle_has_districts_in_and_two_partly(vintage):
    circle = read_circle(vintage)
    assert set(circle.loc[circle["circle"] == "partly", "name_en"]) == {
        "Kaizhou District",
        "Yunyang County",
    }
    assert set(circle["adcode"]) < set(read_boundaries("district", vintage)["adcode"])
    assert circle.crs.to_epsg() == 4326


def test_the_circle_keeps_its_extent_when_boundaries_change():
    before, after = (read_circle(vintage)["area_km2"].sum() for vintage in VINTAGES)
    assert after == pytest.approx(before, rel=0.001)


def test_the_land_holds_the_region():
    land = read_land().geometry.iloc[0]
    assert land.contains(shapely.box(*read_boundaries("province", "2025").total_bounds))


def test_the_caller_cannot_change_a_layer():
    taken = read_boundaries("province", "2025")
    taken.loc[:, "name_en"] = "changed"
    assert "changed" not in set(read_boundaries("province", "2025")["name_en"])


def test_the_approval_number_is_known_where_there_is_one():
    assert source_of("2025").approval_number == "GS(2024)0650"
    assert source_of("2026").approval_number is None


@pytest.mark.parametrize("vintage", VINTAGES)
def test_reading_the_districts_is_quick_and_reading_again_is_free(vintage):
    boundaries._boundaries.cache_clear()
    read_boundaries("district", vintage)
    started = time.perf_counter()
    read_boundaries("district", vintage)
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize(("level", "vintage"), [("county", "2025"), ("district", "2024")])
def test_an_unknown_layer_is_refused(level, vintage):
    with pytest.raises(UnknownChoiceError):
        read_boundaries(level, vintage)


@pytest.mark.parametrize("function", [read_circle, source_of])
def test_an_unknown_vintage_is_refused(function):
    with pytest.raises(UnknownChoiceError, match="boundaries '2024'"):
        function("2024")


@pytest.mark.usefixtures("_no_data")
def test_missing_files_are_refused_by_name():
    with pytest.raises(DataFileError, match="district_2025"):
        read_boundaries("district", "2025")
    with pytest.raises(DataFileError, match="circle"):
        read_circle("2025")
    with pytest.raises(DataFileError, match="land"):
        read_land()

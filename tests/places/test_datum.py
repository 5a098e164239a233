"""Shifted coordinates come back, and nobody guesses what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pyproj import Geod, Transformer

from ccgeo.errors import CRSMismatchError, UnknownChoiceError
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.datum import (
    CHINA_DEG,
    DATUMS,
    convert,
    is_in_china,
    is_lon_lat,
    median_m,
    read_points,
    shifts_m,
)

GEOD = Geod(ellps="WGS84")
LEFT, BOTTOM, RIGHT, TOP = read_boundaries("province", "2025").total_bounds
LEAST, MOST = 100, 1500
"""Metres that a shift in the region has at least and at most."""

datums = st.sampled_from(DATUMS)
regional = st.tuples(st.floats(LEFT, RIGHT), st.floats(BOTTOM, TOP))
points_of_region = st.lists(regional, min_size=1, max_size=40)
# A kilometre from the rim of China the shift stops dead, so nothing is promised there.
inner = st.tuples(st.floats(72.1, 137.7), st.floats(0.9, 55.7))
abroad = st.tuples(st.floats(-180, 71.9), st.floats(-85, 85)) | st.tuples(
    st.floats(-180, 180), st.floats(56, 85)
)


def apart_m(some, others):
    some, others = np.reshape(some, (-1, 2)), np.reshape(others, (-1, 2))
    return GEOD.inv(*some.T, *others.T)[2]


@given(st.lists(inner, min_size=1, max_size=40), datums, datums)
def test_there_and_back_again_is_less_than_a_millimetre(points, one, other):
    there = convert(points, one, other)
    assert apart_m(points, convert(there, other, one)).max() < 1e-3


@given(points_of_region)
def test_a_way_over_gcj02_is_the_way_to_bd09(points):
    over = convert(convert(points, "wgs84", "gcj02"), "gcj02", "bd09")
    assert (over == convert(points, "wgs84", "bd09")).all()


@given(points_of_region, st.sampled_from(["gcj02", "bd09"]))
def test_every_point_of_the_region_is_shifted_by_some_hundred_metres(points, datum):
    moved = shifts_m(points, datum)
    assert moved.min() > LEAST
    assert moved.max() < MOST


@given(regional, st.floats(1e-4, 0.5), st.sampled_from([0, 1]), datums)
def test_what_lies_further_east_or_north_stays_further_east_or_north(point, step, axis, datum):
    further = np.array(point)
    further[axis] += step
    (near,), (far,) = convert([point], "wgs84", datum), convert([further], "wgs84", datum)
    assert far[axis] > near[axis]


@given(st.lists(abroad, min_size=1, max_size=20))
def test_gcj02_is_wgs84_outside_china(points):
    assert (convert(points, "wgs84", "gcj02") == points).all()
    assert (convert(points, "gcj02", "wgs84") == points).all()
    assert not shifts_m(points, "gcj02").any()


@given(points_of_region, datums)
def test_the_points_given_are_not_changed(points, datum):
    given_points = np.array(points)
    before = given_points.copy()
    convert(given_points, "wgs84", datum)
    shifts_m(given_points, datum)
    assert (given_points == before).all()


@given(points_of_region, datums)
def test_the_shift_is_the_distance_that_converting_moves_a_point(points, datum):
    assert shifts_m(points, datum) == pytest.approx(
        apart_m(points, convert(points, datum, "wgs84"))
    )


@given(arrays(float, (6, 2), elements=st.floats()), datums, datums)
def test_numbers_that_are_no_points_make_no_warning_and_no_error(points, one, other):
    with np.errstate(all="ignore"):
        assert convert(points, one, other).shape == (6, 2)


# Worked examples that other libraries are tested with: the three cities of eviltransform, the
# point of the README of coordtransform.
@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_the_shift_to_gcj02_is_that_of_the_field(wgs84, gcj02):
    assert convert([wgs84], "wgs84", "gcj02")[0] == pytest.approx(gcj02, abs=1e-11)
    assert apart_m(convert([gcj02], "gcj02", "wgs84"), wgs84)[0] < 1e-3


def test_the_shift_to_bd09_is_that_of_the_field():
    shifted = convert([(116.404, 39.915)], "gcj02", "bd09")[0]
    assert shifted == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-11)
    # The inverse of the field is a first step only: ours ends five centimetres beside it.
    fields_own = (116.39762729119315, 39.90865673957631)
    assert apart_m(convert([(116.404, 39.915)], "bd09", "gcj02"), fields_own)[0] < 0.1


def test_the_rectangle_of_china_holds_the_region_and_its_own_edges():
    assert is_in_china([(LEFT, BOTTOM), (RIGHT, TOP), CHINA_DEG[:2], CHINA_DEG[2:]]).all()
    assert not is_in_china([(103.85, 0.5), (71, 30), (np.nan, 30)]).any()


def test_no_points_are_no_points():
    assert convert(np.empty((0, 2)), "bd09", "wgs84").shape == (0, 2)
    assert np.isnan(read_points(np.empty((0, 2)), "bd09").shift_m)
    assert np.isnan(median_m([]))


@pytest.mark.parametrize("name", ["GCJ-02", "gcj02", "GCJ 02", "AMap"])
def test_a_datum_is_known_by_its_usual_names(name):
    read = read_points([(106.5537, 29.5572)], name)
    assert read.stated == "gcj02"
    assert read.shift_m == pytest.approx(479, abs=1)
    assert read.lon_lat[0] == pytest.approx((106.55, 29.56), abs=1e-4)


@pytest.mark.parametrize("name", ["WGS 84", "CGCS2000", "EPSG:4326", "EPSG:4490"])
def test_what_is_wgs84_already_is_not_moved(name):
    read = read_points([(106.55, 29.56)], name)
    assert read.lon_lat[0] == pytest.approx((106.55, 29.56), abs=1e-7)
    assert read.shift_m < 0.1


def test_a_projected_system_is_transformed_by_pyproj():
    metres = Transformer.from_crs(4326, 32648, always_xy=True).transform(106.55, 29.56)
    read = read_points([metres], "EPSG:32648")
    assert read.lon_lat[0] == pytest.approx((106.55, 29.56), abs=1e-7)
    assert read.stated == "WGS 84 / UTM zone 48N"
    assert np.isnan(read.shift_m)


@pytest.mark.parametrize(("zone", "east"), [("EPSG:4544", 500_000), ("EPSG:4523", 35_500_000)])
def test_a_projected_zone_of_cgcs2000_is_transformed_too(zone, east):
    lon, lat = read_points([(east, 3_270_000)], zone).lon_lat[0]
    assert lon == pytest.approx(105)
    assert lat == pytest.approx(29.549, abs=1e-2)


@pytest.mark.parametrize("name", ["EPSG:4214", "EPSG:4610", "EPSG:2380"])
def test_a_datum_without_a_way_that_holds_here_is_refused_and_not_taken_as_wgs84(name):
    with pytest.raises(CRSMismatchError, match=name):
        read_points([(106.55, 29.56)], name)


def test_a_system_whose_way_into_wgs84_is_known_moves_the_points_and_tells_how_far():
    stated = "+proj=longlat +ellps=krass +towgs84=15.8,-154.4,-82.3 +no_defs"
    assert 10 < read_points([(106.55, 29.56)], stated).shift_m < 200


def test_what_cannot_be_transformed_is_not_a_number():
    read = read_points([(1e30, 1e30), (466_000, 3_270_000)], "EPSG:32648")
    assert np.isnan(read.lon_lat[0]).all()
    assert np.isfinite(read.lon_lat[1]).all()


@pytest.mark.parametrize("name", ["mars", "", "EPSG:999999", "EPSG:5773", "<b>", "x" * 10_000])
def test_points_in_an_unknown_system_are_refused_by_name(name):
    with pytest.raises(CRSMismatchError, match="is none") as refused:
        read_points([(106.55, 29.56)], name)
    assert repr(name[:60]) in str(refused.value)
    assert len(str(refused.value)) < 300


def test_degrees_are_told_from_other_numbers():
    assert is_lon_lat([(180, 90), (-180, -90)]).all()
    assert not is_lon_lat([(181, 0), (0, 91), (np.nan, 0), (0, np.inf)]).any()


@pytest.mark.parametrize("datums_given", [("wgs84", "mars"), ("mars", "wgs84")])
def test_convert_refuses_an_unknown_datum(datums_given):
    with pytest.raises(UnknownChoiceError, match="datum 'mars' is not known"):
        convert([(106.55, 29.56)], *datums_given)


def test_shifts_m_refuses_an_unknown_datum():
    with pytest.raises(UnknownChoiceError, match="wgs84, gcj02, bd09"):
        shifts_m([(106.55, 29.56)], "GCJ")

"""The districts that rows name tell which datum their points are in, or leave it open."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.datum import DATUMS, convert
from ccgeo.places.detection import detect_datum, looks_swapped
from ccgeo.places.reverse import district_at

CENTRAL = ("500103", "500104", "500106", "500107", "500108", "510104", "510105", "510106")
seeds = st.integers(0, 2**32 - 1)


def sites(seed, count=400, within=CENTRAL):
    """Return random points of a few districts and the adcodes of those."""
    districts = read_boundaries("district", "2025").set_index("adcode").loc[list(within)]
    left, bottom, right, top = shapely.buffer(districts.geometry.union_all(), 0.01).bounds
    points = np.random.default_rng(seed).uniform((left, bottom), (right, top), (60 * count, 2))
    named = district_at(points, "2025")
    inside = np.isin(named, within)
    return points[inside][:count], named[inside][:count].tolist()


@settings(max_examples=20)
@given(seeds, st.sampled_from(DATUMS))
def test_the_datum_of_many_points_of_small_districts_is_found(seed, datum):
    points, named = sites(seed)
    found = detect_datum(convert(points, "wgs84", datum), named)
    assert (found.datum, found.reason) == (datum, "decided")
    assert found.placed[datum] == max(found.placed.values()) == found.points == len(named)
    assert not found.is_swapped


@settings(max_examples=20)
@given(seeds, st.sampled_from(DATUMS))
def test_the_order_of_the_two_numbers_does_not_matter(seed, datum):
    points, named = sites(seed, 100)
    shifted = convert(points, "wgs84", datum)
    forth, back = detect_datum(shifted, named), detect_datum(shifted[:, ::-1], named)
    assert back.is_swapped
    assert back.placed == forth.placed
    assert back.datum == forth.datum


@settings(max_examples=20)
@given(seeds, st.sampled_from(DATUMS), st.integers(1, 30))
def test_a_few_points_never_lead_to_the_wrong_datum(seed, datum, count):
    points, named = sites(seed, count)
    assert detect_datum(convert(points, "wgs84", datum), named).datum in {datum, None}


def test_the_shift_is_told_before_anything_is_moved():
    points, named = sites(1)
    shifted = convert(points, "wgs84", "gcj02")
    found = detect_datum(shifted, named)
    assert 300 < found.shift_m < 700
    assert detect_datum(points, named).shift_m == 0
    assert np.isnan(detect_datum(points[:1], named[:1]).shift_m)


def test_points_in_the_middle_of_large_districts_decide_nothing():
    districts = read_boundaries("district", "2025").nlargest(30, "area_km2")
    found = detect_datum(districts[["label_lon", "label_lat"]], districts["adcode"].tolist())
    assert (found.datum, found.reason) == (None, "too_close")
    assert set(found.placed.values()) == {30}


def test_points_that_lie_elsewhere_decide_nothing():
    points, named = sites(2)
    found = detect_datum(points, ["510600"] * len(named))
    assert (found.datum, found.reason) == (None, "elsewhere")


@pytest.mark.parametrize("code", ["", "Yuzhong", None, 500103])
def test_rows_that_name_no_district_do_not_count(code):
    found = detect_datum([(106.57, 29.55)] * 5, [code] * 5)
    assert (found.datum, found.reason, found.points) == (None, "no_points", 0)


def test_rows_without_a_point_do_not_count():
    points, named = sites(3)
    holes = np.vstack([points, np.full((50, 2), np.nan), np.full((50, 2), 999)])
    assert detect_datum(holes, [*named, *["500103"] * 100]) == detect_datum(points, named)


@pytest.mark.parametrize("code", ["500000", "500103"])
def test_a_row_may_name_a_province_or_a_district(code):
    assert detect_datum([(106.5729, 29.5537)], [code]).placed["wgs84"] == 1


def test_a_row_may_name_a_prefecture():
    found = detect_datum([(104.08, 30.65)] * 2, ["510100", "511900"])
    assert found.placed["wgs84"] == 1


def test_codes_are_read_on_the_vintage_that_is_asked_for():
    airport = [(106.6417, 29.7192)]
    assert detect_datum(airport, ["500157"], vintage="2026").placed["wgs84"] == 1
    assert detect_datum(airport, ["500157"], vintage="2025").placed["wgs84"] == 0


def test_latitude_before_longitude_is_noticed():
    assert looks_swapped([(29.5, 106.5), (30.6, 104.1), (np.nan, 1)])
    assert not looks_swapped([(106.5, 29.5)])
    assert not looks_swapped(np.empty((0, 2)))


def test_detect_datum_refuses_an_unknown_vintage():
    with pytest.raises(UnknownChoiceError):
        detect_datum([(106.5, 29.5)], ["500103"], vintage="1999")

"""The frames of the live map, held against PROJ and against the ellipsoid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Proj
from shapely.geometry import Polygon

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.boundaries import read_boundaries
from ccgeo.views.live_map.projections import (
    CENTRE,
    CHENGDU,
    CHONGQING,
    FRAMES,
    REGION,
    WORLD,
    LonLat,
    distance_from_centre,
    frame_crs,
    project,
    toward,
)

GEOD = Geod(ellps="WGS84")
LONS_IN_REGION = st.floats(97.4, 110.1)
LATS_IN_REGION = st.floats(26.1, 34.2)
LONS = st.floats(-180, 180)
LATS = st.floats(-89, 89)


@given(LONS_IN_REGION, LATS_IN_REGION)
def test_the_region_frame_agrees_with_albers_on_the_ellipsoid(lon, lat):
    metres = Proj("+proj=aea +lat_1=27.4 +lat_2=32.9 +lat_0=30.2 +lon_0=103.8 +ellps=WGS84")
    want = np.array(metres(lon, lat)) / 1000
    assert project([(lon, lat)], "region")[0] == pytest.approx(want, abs=1e-6)


@given(LONS_IN_REGION, LATS_IN_REGION, st.floats(0.02, 0.2))
def test_equal_areas_look_equal_in_the_region_frame(lon, lat, size):
    corners = [(lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size)]
    edges = [
        (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        for t in np.linspace(0, 1, 20, endpoint=False)
    ]
    on_map = Polygon(project(edges, "region")).area
    on_ellipsoid = abs(GEOD.polygon_area_perimeter(*np.array(edges).T)[0]) / 1e6
    assert on_map == pytest.approx(on_ellipsoid, rel=2e-4)


def test_every_prefecture_keeps_its_area_in_the_region_frame():
    units = read_boundaries("prefecture", "2025")
    areas = units.to_crs(REGION).area
    geodesic = [abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6 for shape in units.geometry]
    assert areas.to_numpy() == pytest.approx(geodesic, rel=1e-4)


def test_the_region_sits_upright():
    units = read_boundaries("province", "2025")
    left, bottom, right, top = units.total_bounds
    middle = (left + right) / 2
    (x_south, _), (x_north, _) = project([(middle, bottom), (middle, top)], "region")
    assert abs(x_north - x_south) < 5


@given(LONS, LATS)
def test_distances_from_the_centre_are_true_in_the_world_frame(lon, lat):
    point = LonLat(lon, lat)
    distance = distance_from_centre(point)
    if distance > 19_500:
        return
    assert np.hypot(*project([point], "world")[0]) == pytest.approx(distance, rel=1e-6, abs=1e-3)


@given(LONS, LATS)
def test_directions_from_the_centre_are_true_in_the_world_frame(lon, lat):
    if not 1 < distance_from_centre(LonLat(lon, lat)) < 19_000:
        return
    x, y = project([(lon, lat)], "world")[0]
    azimuth = GEOD.inv(*CENTRE, lon, lat)[0]
    turn = (np.degrees(np.arctan2(x, y)) - azimuth + 180) % 360 - 180
    assert abs(turn) < 0.01


def test_the_centre_is_half_way_between_the_two_cities():
    assert distance_from_centre(CHENGDU) == pytest.approx(distance_from_centre(CHONGQING), rel=1e-3)


def test_north_is_up_in_both_frames():
    for frame in FRAMES:
        south, north = project([(CENTRE.lon, 29), (CENTRE.lon, 31)], frame)
        assert north[1] > south[1]


@given(LONS, LATS, st.floats(1, 17_000))
def test_going_toward_a_point_covers_the_distance_asked(lon, lat, distance):
    if distance_from_centre(LonLat(lon, lat)) < 1:
        return
    there = toward(LonLat(lon, lat), distance)
    assert distance_from_centre(there) == pytest.approx(distance, rel=1e-6)


def test_the_world_frame_is_named_by_its_crs():
    assert frame_crs("world") == WORLD
    assert frame_crs("region") == REGION


def test_an_unknown_frame_is_refused_by_name_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match=r"'mars'.*region, world"):
        frame_crs("mars")


def test_projecting_into_an_unknown_frame_is_refused():
    with pytest.raises(UnknownChoiceError, match="mercator"):
        project([(104, 30)], "mercator")


def test_projecting_changes_nothing_of_what_came():
    points = np.array([[104.0, 30.0], [105.0, 31.0]])
    before = points.copy()
    project(points, "region")
    assert (points == before).all()

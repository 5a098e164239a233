"""Layers as kilometres: outlines, lines that end where the picture ends, land."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from ccgeo.errors import UnknownChoiceError
from ccgeo.views.live_map.projections import WORLD_RADIUS_KM, LonLat, project
from ccgeo.views.planar import land_rings, planar_bounds, planar_line, planar_shapes

BOUNDS = (-600.0, -500.0, 600.0, 500.0)
CITY = LonLat(104.0, 30.6)
GEOD = Geod(ellps="WGS84")


def geodesic(start, end):
    return shapely.LineString([start, *GEOD.npts(*start, *end, 40), end])


def squares(*corners):
    shapes = [shapely.box(lon, lat, lon + 1, lat + 1) for lon, lat in corners]
    return gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326")


def test_outlines_are_projected_and_rounded_to_a_hundred_metres():
    (shape,) = planar_shapes(squares((104, 30)), "region")
    got = np.array(shape["coordinates"][0])
    assert np.abs(got * 10 - np.rint(got * 10)).max() < 1e-6
    want = shapely.Polygon(project([(104, 30), (105, 30), (105, 31), (104, 31)], "region"))
    assert shapely.Polygon(got).area == pytest.approx(want.area, rel=1e-3)


def test_the_region_is_framed_with_a_margin():
    left, bottom, right, top = planar_bounds(squares((104, 30), (106, 31)), "region")
    inside = project([(104, 30), (107, 32)], "region")
    assert left < inside[:, 0].min()
    assert right > inside[:, 0].max()
    assert bottom < inside[:, 1].min()
    assert top > inside[:, 1].max()


def test_the_world_is_framed_by_its_rim():
    assert planar_bounds(squares((104, 30)), "world")[2] == WORLD_RADIUS_KM


@given(st.floats(-180, 180), st.floats(-70, 70))
def test_a_line_ends_in_its_place_and_stays_in_the_picture(lon, lat):
    line = planar_line(geodesic((lon, lat), CITY), CITY, "region", BOUNDS)
    assert line.points[-1] == pytest.approx(project([CITY], "region")[0], abs=1e-6)
    left, bottom, right, top = BOUNDS
    assert line.points[:, 0].min() >= left - 1e-6
    assert line.points[:, 0].max() <= right + 1e-6
    assert line.points[:, 1].min() >= bottom - 1e-6
    assert line.points[:, 1].max() <= top + 1e-6


@given(st.floats(-180, 180), st.floats(-70, 70))
def test_no_line_of_the_world_leaves_the_rim(lon, lat):
    bounds = planar_bounds(squares((104, 30)), "world")
    line = planar_line(geodesic((lon, lat), CITY), CITY, "world", bounds)
    assert np.hypot(*line.points.T).max() <= WORLD_RADIUS_KM + 1


def test_a_line_that_starts_outside_is_cut_and_one_inside_is_not():
    far = planar_line(geodesic((13.4, 52.5), CITY), CITY, "region", BOUNDS)
    near = planar_line(geodesic((106.5, 29.5), CITY), CITY, "region", BOUNDS)
    assert far.is_cut
    assert not near.is_cut


def test_the_direction_of_a_line_does_not_matter():
    out = planar_line(geodesic(CITY, (13.4, 52.5)), CITY, "region", BOUNDS)
    back = planar_line(geodesic((13.4, 52.5), CITY), CITY, "region", BOUNDS)
    assert out.points == pytest.approx(back.points, abs=0.01)


def test_a_line_cut_at_the_date_line_is_one_line_again():
    parts = shapely.MultiLineString([[(-122, 37), (-180, 50)], [(180, 50), (140, 45), tuple(CITY)]])
    line = planar_line(parts, CITY, "world", planar_bounds(squares((104, 30)), "world"))
    assert len(line.points) == 5
    assert line.points[0] == pytest.approx(project([(-122, 37)], "world")[0], abs=1e-6)


def test_the_land_is_made_of_closed_rings_within_the_rim():
    for ring in land_rings():
        assert ring[0] == ring[-1]
        assert np.hypot(*np.array(ring).T).max() < WORLD_RADIUS_KM + 10


def test_an_unknown_frame_is_refused():
    with pytest.raises(UnknownChoiceError, match="mars"):
        planar_shapes(squares((104, 30)), "mars")

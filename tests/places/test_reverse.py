"""Points fall into districts, the same ones that geopandas finds."""

from functools import cache

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import DataFileError, UnknownChoiceError
from ccgeo.places import reverse
from ccgeo.places.boundaries import read_boundaries
from ccgeo.places.crosswalk import crossed
from ccgeo.places.reverse import district_at, districts_at
from ccgeo.places.vintages import VINTAGES

POINTS = 100_000
vintages = pytest.mark.parametrize("vintage", VINTAGES)


@cache
def random_points(vintage):
    """Points anywhere in the frame, vertices of borders, and points along them."""
    districts = read_boundaries("district", vintage)
    left, bottom, right, top = districts.total_bounds
    rng = np.random.default_rng(4)
    lines = shapely.get_parts(shapely.boundary(districts.geometry.to_numpy()))
    along = shapely.line_interpolate_point(
        rng.choice(lines, POINTS // 4), rng.uniform(0, 1, POINTS // 4), normalized=True
    )
    vertices = rng.choice(shapely.get_coordinates(lines), POINTS // 4)
    rest = POINTS - len(along) - len(vertices)
    anywhere = rng.uniform((left - 0.1, bottom - 0.1), (right + 0.1, top + 0.1), (rest, 2))
    return np.concatenate([shapely.get_coordinates(along), vertices, anywhere])


@cache
def joined(vintage):
    """Return for each random point the lowest adcode that geopandas joins to it, and how many."""
    districts = read_boundaries("district", vintage)[["adcode", "geometry"]]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*random_points(vintage).T, crs=4326))
    rows = points.sjoin(districts, predicate="intersects")
    found = rows.groupby(rows.index)["adcode"].agg(["min", "size"]).reindex(range(POINTS))
    return found["min"].fillna("").to_numpy(str), found["size"].fillna(0).to_numpy(int)


@vintages
def test_a_hundred_thousand_points_fall_where_geopandas_puts_them(vintage):
    expected, _ = joined(vintage)
    assert (district_at(random_points(vintage), vintage) == expected).all()


@vintages
def test_the_points_compared_hold_borders_and_the_outside(vintage):
    expected, matches = joined(vintage)
    assert (matches > 1).sum() > POINTS // 10
    assert (expected == "").sum() > POINTS // 10


@vintages
def test_a_border_point_always_goes_to_the_lowest_adcode(vintage):
    _, matches = joined(vintage)
    shared = random_points(vintage)[matches > 1][:2000]
    rng = np.random.default_rng(0)
    order = rng.permutation(len(shared))
    found = district_at(shared, vintage)
    assert (district_at(shared[order], vintage) == found[order]).all()
    singly = [district_at([point], vintage)[0] for point in shared[:50]]
    assert singly == found[:50].tolist()


@vintages
def test_every_label_point_lies_in_its_own_district(vintage):
    districts = read_boundaries("district", vintage)
    found = district_at(districts[["label_lon", "label_lat"]], vintage)
    assert found.tolist() == districts["adcode"].tolist()


@given(
    st.lists(
        st.tuples(st.floats(allow_nan=True), st.floats(allow_nan=True)), min_size=1, max_size=20
    )
)
def test_whatever_is_no_point_of_the_region_has_no_district(points):
    found = district_at(points, "2025")
    assert found.dtype == np.dtype("<U6")
    left, bottom, right, top = read_boundaries("district", "2025").total_bounds
    for (lon, lat), adcode in zip(points, found, strict=True):
        assert not adcode or (left <= lon <= right and bottom <= lat <= top)


@given(st.tuples(st.floats(106.3, 107.0), st.floats(29.5, 30.1)))
def test_a_point_crosses_exactly_where_its_district_only_crosses_in_shares(point):
    found = districts_at([point])
    old, new = (str(found[vintage][0]) for vintage in VINTAGES)
    # The two lists draw the same border with different hands, so only well inside is it certain.
    districts = read_boundaries("district", "2025").set_index("adcode").geometry
    if old and districts[old].boundary.distance(shapely.Point(point)) > 0.02:
        assert new in {crossing.adcode for crossing in crossed(old, "2025", "2026")}


def test_yubei_is_decided_by_a_point():
    old = read_boundaries("district", "2025").set_index("adcode").geometry["500112"]
    new = read_boundaries("district", "2026").set_index("adcode").geometry
    went = [old.intersection(new[code]).representative_point() for code in ("500157", "500109")]
    points = shapely.get_coordinates(went)
    assert district_at(points, "2025").tolist() == ["500112", "500112"]
    assert district_at(points, "2026").tolist() == ["500157", "500109"]


def test_no_points_have_no_districts():
    assert district_at(np.empty((0, 2)), "2025").shape == (0,)


def test_the_points_given_are_not_changed():
    points = random_points("2025")[:1000].copy()
    district_at(points, "2025")
    assert (points == random_points("2025")[:1000]).all()


def test_an_unknown_vintage_is_refused_before_anything_is_read():
    with pytest.raises(UnknownChoiceError, match="boundaries '1999'"):
        district_at([(106.5, 29.5)], "1999")


def test_missing_boundaries_are_told(monkeypatch):
    def missing(*_):
        raise DataFileError("missing")

    monkeypatch.setattr(reverse, "read_boundaries", missing)
    reverse._grid.cache_clear()
    try:
        with pytest.raises(DataFileError):
            district_at([(106.5, 29.5)], "2025")
    finally:
        reverse._grid.cache_clear()

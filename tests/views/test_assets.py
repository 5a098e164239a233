"""The files that the browser fetches once: they fit the boundaries and are light."""

import gzip
import json
import tomllib
from importlib.resources import files

import numpy as np
import pytest
import shapely

from ccgeo.places.boundaries import read_boundaries, source_of
from ccgeo.places.partners import read_partners
from ccgeo.places.vintages import VINTAGES
from ccgeo.views.live_map.projections import FRAMES, LonLat, distance_from_centre, project

PACKAGE = files("ccgeo")
ASSETS = PACKAGE / "views" / "live_map" / "assets"
LEVELS = ("province", "prefecture", "district")
CASES = [(vintage, frame) for vintage in VINTAGES for frame in FRAMES]


def drawn(vintage, frame):
    return json.loads((ASSETS / "geometry" / f"{vintage}_{frame}.json").read_text("utf-8"))


def rebuilt(polygons, arcs, step):
    points = [np.reshape(arc, (-1, 2)).cumsum(axis=0) * step for arc in arcs]

    def ring(references):
        parts = [points[~r][::-1] if r < 0 else points[r] for r in references]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return shapely.union_all(
        [
            shapely.make_valid(shapely.Polygon(ring(rings[0]), [ring(r) for r in rings[1:]]))
            for rings in polygons
        ]
    )


@pytest.mark.parametrize(("vintage", "frame"), CASES)
@pytest.mark.parametrize("level", LEVELS)
def test_each_file_holds_the_units_of_its_vintage(vintage, frame, level):
    assert sorted(drawn(vintage, frame)["shapes"][level]) == list(
        read_boundaries(level, vintage)["adcode"]
    )


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_outline_is_that_of_the_boundaries(vintage, level):
    file = drawn(vintage, "region")
    units = read_boundaries(level, vintage)
    flat = shapely.transform(units.geometry.to_numpy(), lambda p: project(p, "region"))
    for adcode, shape in zip(units["adcode"], flat, strict=True):
        mine = rebuilt(file["shapes"][level][adcode], file["arcs"], file["step_km"])
        shared = shapely.intersection(mine, shape).area / shapely.union(mine, shape).area
        assert shared > 0.98, adcode


@pytest.mark.parametrize(("vintage", "frame"), CASES)
def test_a_shared_border_is_stored_once(vintage, frame):
    arcs = drawn(vintage, frame)["arcs"]
    seen = set()
    for arc in arcs:
        points = np.reshape(arc, (-1, 2)).cumsum(axis=0)
        for a, b in zip(points[:-1].tolist(), points[1:].tolist(), strict=True):
            edge = frozenset((tuple(a), tuple(b)))
            assert edge not in seen
            seen.add(edge)


@pytest.mark.parametrize(("vintage", "frame"), CASES)
def test_each_file_is_light(vintage, frame):
    content = (ASSETS / "geometry" / f"{vintage}_{frame}.json").read_bytes()
    assert len(content) < 250_000
    assert len(gzip.compress(content)) < 90_000


@pytest.mark.parametrize(("vintage", "frame"), CASES)
def test_every_partner_has_a_place_and_both_names(vintage, frame):
    file = drawn(vintage, frame)
    partners = read_partners()
    assert set(file["partners"]) == set(partners["partner"])
    assert all(facts["en"] and facts["zh"] for facts in file["partners"].values())


def test_a_partner_beyond_the_rim_stands_on_it_with_its_distance():
    file = drawn("2025", "world")
    for partner in read_partners().to_dict("records"):
        facts = file["partners"][partner["partner"]]
        distance = distance_from_centre(LonLat(float(partner["lon"]), float(partner["lat"])))
        assert facts["km"] == round(distance)
        assert np.hypot(*facts["xy"]) == pytest.approx(min(distance, file["rim_km"]), abs=1)
        assert bool(facts["beyond"]) is (distance > file["rim_km"])


def test_land_lies_inside_the_rim_and_only_in_the_world():
    world = drawn("2025", "world")
    for ring in world["land"]:
        points = np.reshape(ring, (-1, 2)).cumsum(axis=0) * world["land_step_km"]
        assert np.hypot(*points.T).max() <= world["rim_km"] + world["land_step_km"]
    assert drawn("2025", "region")["land"] == []


def test_land_covers_about_what_it_covers_on_earth():
    world = drawn("2025", "world")
    rings = [np.reshape(r, (-1, 2)).cumsum(axis=0) * world["land_step_km"] for r in world["land"]]
    # Land where land is, sea where sea is: Chongqing, Berlin, Nairobi, Canberra; four oceans.
    land = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])
    ashore = project([(106.5, 29.5), (13.4, 52.5), (36.8, -1.3), (149.1, -35.3)], "world")
    afloat = project([(-150, 30), (-30, 30), (80, -20), (0, 80)], "world")
    assert shapely.contains_xy(land, ashore).all()
    assert not shapely.contains_xy(land, afloat).any()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_the_approval_number_travels_with_the_boundaries(vintage):
    publisher, number = drawn(vintage, "region")["source"]
    assert source_of(vintage).publisher.startswith(publisher)
    assert number == (source_of(vintage).approval_number or "")


def test_streamlit_finds_the_component_beside_the_package():
    declared = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))
    components = declared["tool"]["streamlit"]["component"]["components"]
    assert declared["project"]["name"] == "ccgeo"
    names = [component["name"] for component in components]
    assert names == [
        *("live_map", "page_frame", "panel", "filter_panel", "active_filters", "search"),
    ]
    for component in components:
        for kind in ("js", "css"):
            assert (PACKAGE / component["asset_dir"] / f"{component['name']}.{kind}").is_file()


def test_leaflet_comes_with_its_licence():
    licence = (ASSETS / "leaflet" / "LICENSE").read_text("utf-8")
    assert "BSD 2-Clause" in licence
    assert "Leaflet 1.9" in (ASSETS / "leaflet" / "leaflet.js").read_text("utf-8")[:200]


SCRIPTS = PACKAGE.glob("views/*/assets/*.js")


@pytest.mark.parametrize("path", sorted(SCRIPTS), ids=lambda path: path.name)
def test_no_module_of_the_map_reads_text_as_markup(path):
    code = path.read_text("utf-8")
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "bindTooltip"):
        assert sink not in code
    assert "http://" not in code.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in code

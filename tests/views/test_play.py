"""The cube travels as whole numbers under a name of its own."""

import json

import pytest

from ccgeo.layers.answer import answer
from ccgeo.layers.years import build_year_cube
from ccgeo.query.measures import SUMS
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.views.live_map.play import cube_payload

LARGEST = 40_000


def cube_of(selection, view):
    shown = answer(selection, view)
    return cube_payload(build_year_cube(selection, view), shown.choropleth, shown.flows)


@pytest.mark.parametrize("level", ["district", "prefecture", "province"])
def test_a_cube_is_plain_whole_numbers(level):
    cube = cube_of(DEFAULT_SELECTION, View(level=level))
    assert json.loads(json.dumps(cube)) == cube
    cells = [cell for row in (*cube["units"], *cube["flows"]["rows"]) for cell in row]
    assert {type(cell) for cell in cells} == {int}
    assert {len(row) for row in cube["units"]} == {2 + len(SUMS)}
    assert {len(row) for row in cube["flows"]["rows"]} == {4 + len(SUMS)}


def test_a_cube_of_all_shipped_districts_stays_small():
    assert len(json.dumps(cube_of(DEFAULT_SELECTION, View()))) < LARGEST


def test_every_unit_has_its_area_in_the_order_of_adcodes():
    cube = cube_of(DEFAULT_SELECTION, View(level="province"))
    chongqing, sichuan = cube["areas"]
    assert 80_000 < chongqing < 85_000
    assert 480_000 < sichuan < 490_000


def test_the_same_numbers_have_the_same_name():
    one, other = Selection(), Selection(years=(2020, 2021))
    view = View(rescale=False)
    assert cube_of(one, view)["units"] == cube_of(other, view)["units"]
    assert cube_of(one, view)["key"] == cube_of(one, view)["key"]
    assert cube_of(one, view)["key"] != cube_of(one, View(level="prefecture"))["key"]

"""One answer for screen, file and command; classes that stay while filters change."""

import json

import pytest

from ccgeo.io.geojson import layer_bytes
from ccgeo.layers.answer import answer, fixed_bins
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View

CARS = Selection(sectors=frozenset({"automotive"}))


def test_classes_stay_while_filters_change():
    assert answer(CARS, View()).choropleth.bins == answer(DEFAULT_SELECTION, View()).choropleth.bins


def test_classes_follow_the_selection_when_asked():
    own = answer(CARS, View(rescale=True)).choropleth
    assert own.bins != fixed_bins(View())
    assert own.bins[-1] == own.features["value"].max()


def test_limits_that_are_given_win():
    given = View(bins=(1e9, 1e10), rescale=True)
    assert answer(CARS, given).choropleth.bins == (1e9, 1e10)


@pytest.mark.parametrize("view", [View(), View(rescale=True), View(level="prefecture", k=3)])
def test_a_file_has_the_classes_of_the_screen(view):
    layer = json.loads(layer_bytes(CARS, view))
    screen = answer(CARS, view).choropleth
    words = [each.label for each in screen.legend.classes] + [screen.legend.no_data_label]
    drawn = {
        name: words[index] for name, index in screen.features.set_index("id")["class_index"].items()
    }
    units = [each for each in layer["features"] if each["properties"]["feature"] == "unit"]
    assert {each["id"]: each["properties"]["class_label"] for each in units} == drawn


def test_language_and_frame_do_not_move_the_limits():
    assert fixed_bins(View(language="zh", frame="world")) == fixed_bins(View())


def test_the_same_question_is_answered_once():
    assert answer(CARS, View()) is answer(Selection(sectors=frozenset({"automotive"})), View())
    assert answer(CARS, View()) is not answer(CARS, View(language="zh"))

"""Small maps as one picture."""

import xml.etree.ElementTree as ET

import pytest

from ccgeo.layers.compare import Panel, panels
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.views.multiples import multiples_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def years():
    return panels(DEFAULT_SELECTION, View(level="prefecture"), "years")


def groups(picture):
    return [each for each in ET.fromstring(picture) if each.get("class") == "panel"]  # noqa: S314


def test_every_panel_has_every_unit_and_its_title(years):
    found = groups(multiples_svg(years))
    assert len(found) == len(years)
    for group, panel in zip(found, years, strict=True):
        assert group.find(f"{SVG}text").text == panel.title
        assert len(list(group.iter(f"{SVG}use"))) == 22


def test_a_unit_has_the_colour_of_its_class(years):
    panel = years[-1]
    group = groups(multiples_svg(years))[-1]
    fills = {each.get("href"): each.get("fill") for each in group.iter(f"{SVG}use")}
    for row in panel.choropleth.features.itertuples():
        wanted = (
            panel.choropleth.legend.colours[row.class_index]
            if row.class_index >= 0
            else "url(#none)"
        )
        assert fills[f"#u{row.adcode}"] == wanted


def test_the_legend_shows_every_class_in_its_colour_and_what_has_no_data(years):
    legend = years[0].choropleth.legend
    picture = ET.fromstring(multiples_svg(years))  # noqa: S314
    (drawn,) = [each for each in picture if each.get("class") == "legend"]
    told = [(each.find(f"{SVG}rect").get("fill"), each.find(f"{SVG}text").text) for each in drawn]
    expected = list(zip(legend.colours, [each.label for each in legend.classes], strict=True))
    assert told == [*expected, ("url(#none)", legend.no_data_label)]


def test_the_outlines_are_drawn_once(years):
    assert multiples_svg(years).count("<path id=") == 22
    assert len(multiples_svg(years)) < 150_000


def test_panels_stand_in_rows(years):
    places = [group.get("transform") for group in groups(multiples_svg(years, columns=3))]
    assert len(set(places)) == len(places)
    first = places[0].partition(" ")[2]
    assert sum(place.endswith(f" {first}") for place in places) == 3


def test_a_long_title_stays_over_its_map(years):
    long = Panel("x", "Culture, tourism, real estate & urban development", years[0].choropleth)
    sizes = [
        float(groups(multiples_svg([each]))[0].find(f"{SVG}text").get("font-size"))
        for each in (years[0], long)
    ]
    assert sizes[0] == 86
    assert 40 < sizes[1] < 60


def test_a_title_is_text_and_no_markup(years):
    hostile = Panel("x", "<b>{{7*7}}</b>", years[0].choropleth)
    picture = multiples_svg([hostile])
    assert groups(picture)[0].find(f"{SVG}text").text == "<b>{{7*7}}</b>"
    assert "<b>" not in picture


def test_nothing_is_no_picture():
    assert multiples_svg(()) == ""


def test_the_picture_asks_for_nothing(years):
    picture = multiples_svg(years).replace("http://www.w3.org/2000/svg", "")
    assert "http" not in picture
    assert "<script" not in picture


def test_districts_of_either_vintage_can_be_drawn():
    for vintage, count in (("2025", 221), ("2026", 220)):
        drawn = panels(Selection(years=(2019, 2019)), View(vintage=vintage), "years")
        assert multiples_svg(drawn).count("<use ") == count

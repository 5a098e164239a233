"""Years run on the map without the server, with the server's numbers; maps follow each other."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from ccgeo.layers.answer import answer
from ccgeo.layers.years import build_year_cube
from ccgeo.query.engine import read_placed, select
from ccgeo.query.flows import flows_of
from ccgeo.query.measures import SUMS, summarise
from ccgeo.query.selection import OPEN_SELECTION, Selection, View
from ccgeo.query.vocabulary import VIEW_CHOICES, names_of
from ccgeo.views.live_map.payload import build_payload
from ccgeo.views.live_map.play import cube_payload

APP = "tests/e2e/apps/years_app.py"
MODULE = "/_stcore/bidi-components/ccgeo.live_map/cube.js"
QUICK_MS = 33


@pytest.fixture
def pair(page, serve):
    return opened(page, serve)


def opened(page, serve):
    page.goto(serve(APP))
    for number in (0, 1):
        painted = page.locator(".ccgeo-map").nth(number)
        expect(painted).to_have_attribute("data-painted", re.compile(r"\d"))
    return page


def open_years(page):
    page.get_by_role("button", name="Years", exact=True).click()
    slider = page.get_by_role("slider", name="Last year shown")
    expect(slider).to_be_visible()
    return slider


def random_question(rng):
    def some(field):
        names = sorted(names_of(field))
        return frozenset(rng.sample(names, rng.choice((0, 0, 1, 3))))

    selection = Selection(
        years=None,
        include_undated=rng.random() < 0.5,
        sectors=some("sectors"),
        partners=some("partners"),
        stages=rng.choice((frozenset(), Selection().stages)),
    )
    view = View(
        **{name: rng.choice(VIEW_CHOICES[name]) for name in ("level", "vintage", "measure")}
    )
    return selection, view, sorted(rng.choices(range(2002, 2027), k=2))


def told(selection, view, window):
    """Return the sums of the server, cell by cell."""
    entries = select(read_placed(), replace(selection, years=tuple(window)))
    units = summarise(entries, view.level, view.vintage).mapped
    flows = flows_of(entries, view.level, view.vintage).flows
    flows = flows.assign(outbound=(flows["direction"] == "outbound").astype(int))
    flows = flows.groupby(["partner", "place", "outbound"])[list(SUMS)].sum().reset_index()
    return {
        "units": {row[0]: row[1:] for row in units[["adcode", *SUMS]].to_numpy().tolist()},
        "flows": {f"{row[0]},{row[1]},{row[2]}": row[3:] for row in flows.to_numpy().tolist()},
    }


def test_the_browser_adds_up_the_same_numbers_as_the_server(pair):
    rng = random.Random(20261122)  # noqa: S311 - the same questions every time
    for _ in range(30):
        selection, view, window = random_question(rng)
        shown = answer(selection, view)
        cube = cube_payload(build_year_cube(selection, view), shown.choropleth, shown.flows)
        adcodes = sorted(shown.choropleth.features["adcode"])
        found = pair.evaluate(
            """async ([module, cube, first, last]) => {
                const { sumYears } = await import(module);
                const plain = (rows, at) => Object.fromEntries(sumYears(rows, at, first, last));
                return { units: plain(cube.units, 1), flows: plain(cube.flows.rows, 3) };
            }""",
            [MODULE, cube, *window],
        )
        units = {adcodes[int(spot)]: sums for spot, sums in found["units"].items()}
        flows = {}
        for key, sums in found["flows"].items():
            partner, place, outbound = map(int, key.split(","))
            ends = cube["flows"]["partners"][partner], cube["flows"]["places"][place], outbound
            flows[",".join(map(str, ends))] = sums
        assert {"units": units, "flows": flows} == told(selection, view, window)


@pytest.mark.parametrize("measure", VIEW_CHOICES["measure"])
def test_a_window_is_coloured_as_the_server_would_colour_it(pair, measure):
    view = View(measure=measure)
    whole = answer(OPEN_SELECTION, view)
    cube = cube_payload(build_year_cube(OPEN_SELECTION, view), whole.choropleth, whole.flows)
    asked = replace(OPEN_SELECTION, years=(2015, 2019))
    there = answer(asked, view)
    mine = pair.evaluate(
        "([module, ...rest]) => import(module).then(({ windowOf }) => windowOf(...rest))",
        [MODULE, build_payload(whole.choropleth, whole.flows), cube, 2015, 2019],
    )
    expected = build_payload(there.choropleth, there.flows)
    assert {name: mine[name] for name in ("classes", "records", "projects")} == {
        name: expected[name] for name in ("classes", "records", "projects")
    }
    assert mine["values"] == pytest.approx(expected["values"], rel=1e-4)
    assert mine["legend"]["classes"] == expected["legend"]["classes"]
    assert mine["legend"]["no_data"] == expected["legend"]["no_data"]


def test_years_run_without_the_server_and_are_told_where_they_stop(pair):
    slider = open_years(pair)
    colours = pair.locator(".ccgeo-map").first.locator("path[data-id]")
    before = colours.evaluate_all("all => all.map(each => each.getAttribute('class'))")
    took = slider.evaluate(
        """async (slider) => {
            const took = [];
            for (let year = 2011; year <= 2020; year += 1) {
                slider.value = year;
                const start = performance.now();
                slider.dispatchEvent(new Event("input"));
                took.push(performance.now() - start);
                await new Promise(requestAnimationFrame);
            }
            return took.sort((one, other) => one - other);
        }"""
    )
    assert took[len(took) // 2] < QUICK_MS
    assert colours.evaluate_all("all => all.map(each => each.getAttribute('class'))") != before
    expect(pair.get_by_text("years 2010 to 2026")).to_be_visible()
    slider.dispatch_event("change")
    expect(pair.get_by_text("years 2010 to 2020")).to_be_visible()
    expect(pair.locator(".ccgeo-play output").first).to_have_text("2010–2020")


def test_play_runs_pauses_and_shows_one_year_at_a_time(pair):
    slider = open_years(pair)
    slider.focus()
    pair.keyboard.press("Home")
    expect(pair.get_by_text("years 2002 to 2002")).to_be_visible()
    pair.get_by_role("button", name="Years shown: growing").click()
    expect(pair.locator(".ccgeo-play output").first).to_have_text("2002")
    pair.get_by_role("button", name="Play", exact=True).click()
    expect(pair.locator(".ccgeo-play output").first).to_have_text("2004")
    pair.get_by_role("button", name="Pause", exact=True).click()
    expect(pair.get_by_text(re.compile(r"years (20\d\d) to \1"))).to_be_visible()


def test_who_wants_no_motion_goes_one_year_a_press(open_page, serve):
    page, watch = open_page(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    opened(page, serve)
    slider = open_years(page)
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("years 2002 to 2003")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(slider).to_have_value("2003")
    watch.judge()


def test_closing_the_years_brings_the_whole_height_back(pair):
    open_years(pair)
    expect(pair.locator(".ccgeo-map.has-play")).to_have_count(1)
    pair.get_by_role("button", name="Years", exact=True).click()
    expect(pair.locator(".ccgeo-map.has-play")).to_have_count(0)


def test_maps_of_one_group_follow_each_other(pair):
    drawings = pair.locator(".ccgeo-choropleth > g")
    before = drawings.nth(1).get_attribute("transform")
    pair.locator(".ccgeo-stage").first.hover()
    pair.mouse.wheel(0, -700)
    pair.wait_for_timeout(900)
    box = pair.locator(".ccgeo-stage").first.bounding_box()
    pair.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    pair.mouse.down()
    pair.mouse.move(box["x"] + box["width"] / 2 - 90, box["y"] + 110, steps=5)
    pair.mouse.up()
    pair.wait_for_timeout(900)
    scale = re.compile(r"scale\(([\d.]+)\)")
    one, other = (drawings.nth(number).get_attribute("transform") for number in (0, 1))
    assert other != before
    assert scale.search(one)[1] == scale.search(other)[1]
    pair.get_by_role("button", name="World").first.click()
    expect(pair.locator(".ccgeo-world .land")).to_have_count(2)


def test_more_stands_out_from_a_dark_ground(open_page, serve):
    page, watch = open_page(color_scheme="dark", viewport={"width": 1440, "height": 900})
    opened(page, serve)
    lightness = page.locator(".ccgeo-map").first.evaluate(
        """map => [...map.querySelectorAll(".swatch:not(.none)")].map((swatch) => {
            const [r, g, b] = getComputedStyle(swatch).backgroundColor.match(/\\d+/g).map(Number);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        })"""
    )
    assert lightness == sorted(lightness)
    assert lightness[-1] > 3 * lightness[0]
    watch.judge()

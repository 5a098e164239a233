"""Years and sectors answer on the map without the server, with the server's numbers."""

from __future__ import annotations

import json
import random
import re
import zlib
from base64 import b64decode
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from ccgeo.layers.answer import answer
from ccgeo.layers.cube import read_cube, shipped_allow
from ccgeo.query.engine import read_placed, select
from ccgeo.query.flows import flows_of
from ccgeo.query.measures import SUMS, summarise
from ccgeo.query.selection import OPEN_SELECTION, Selection, View
from ccgeo.query.vocabulary import VIEW_CHOICES, names_of
from ccgeo.views.live_map.cube import build_question, cube_parts
from ccgeo.views.live_map.filters import build_filters, pack_facets, rest_allows
from ccgeo.views.live_map.payload import build_payload, legend_payload

APP = "tests/e2e/apps/years_app.py"
MODULE = "/_stcore/bidi-components/ccgeo.live_map/cube.js"
ADDED = """async ([module, texts, asked, level, codes]) => {
    const { unpack, joined, choose, sumUnits, sumLines } = await import(module);
    globalThis.cubes ??= new Map();
    const key = texts.join();
    if (!cubes.has(key)) cubes.set(key, joined(...await Promise.all(texts.map(unpack))));
    const cube = cubes.get(key);
    const { rows } = choose(cube, asked);
    const plain = (sums) => [...sums].map(([key, row]) => [String(key), [...row]]);
    return {
        units: plain(sumUnits(cube, rows, level)),
        flows: plain(sumLines(cube, rows, level, (each) => codes[each])),
    };
}"""
FACETS = """async ([module, text, asked, base]) => {
    const { unpack } = await import(module);
    const { allowedOf } = await import(module.replace("cube", "facets"));
    return allowedOf(await unpack(text), asked, base);
}"""
ANSWERED = """async ([module, payload, texts, codes]) => {
    const { unpack, joined, answerOf } = await import(module);
    const cube = joined(...await Promise.all(texts.map(unpack)));
    return answerOf(payload, cube, payload.asked, (each) => codes[each]);
}"""


@pytest.fixture
def pair(page, serve):
    return opened(page, serve)


def opened(page, serve, query=""):
    page.goto(f"{serve(APP)}/?level=prefecture{query}")
    for number in (0, 1):
        painted = page.locator(".ccgeo-map").nth(number)
        expect(painted).to_have_attribute("data-painted", re.compile(r"\d"))
    return page


def question(selection, view):
    shown = answer(selection, view)
    legend = legend_payload(shown.choropleth.legend, shown.flows)
    allowed = shipped_allow(selection)
    asked = build_question(shown.choropleth, shown.flows, selection, allowed)
    return {**asked, "legend": legend}


def cube_texts(vintage):
    parts = cube_parts(read_cube(vintage))
    return [parts["cube"].text, parts["units"].text]


def codes_of(vintage):
    return {level: list(read_cube(vintage).axes[level]) for level in VIEW_CHOICES["level"]}


def random_question(rng):
    def some(field):
        names = sorted(names_of(field))
        return frozenset(rng.sample(names, rng.choice((0, 0, 1, 3))))

    years = rng.choice((None, tuple(sorted(rng.choices(range(2002, 2027), k=2)))))
    selection = Selection(
        years=years,
        include_undated=rng.random() < 0.5,
        date_kind=rng.choice(("any", "any", *names_of("date_kind"))),
        sectors=some("sectors"),
        partners=some("partners"),
        stages=rng.choice((frozenset(), Selection().stages, some("stages"))),
        places=rng.choice((frozenset(), frozenset({"510100"}))),
        zones=rng.choice((frozenset(), some("zones"))),
        kinds=rng.choice((frozenset(), some("kinds"))),
        known_levels=rng.choice((frozenset(), some("known_levels"))),
        directions=some("directions"),
        min_confidence=rng.choice((1, 2, 3)),
    )
    names = ("level", "vintage", "measure")
    return selection, View(**{name: rng.choice(VIEW_CHOICES[name]) for name in names})


def told(selection, view):
    """Return the sums of the server, cell by cell."""
    entries = select(read_placed(), selection)
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
    for _ in range(40):
        selection, view = random_question(rng)
        cube = read_cube(view.vintage)
        asked, text = question(selection, view)["asked"], cube_texts(view.vintage)
        filters = build_filters(selection, {}, rest_allows(selection))
        facets = [MODULE, pack_facets().text, filters["asked"], filters["base"]]
        assert pair.evaluate(FACETS, facets) == asked["allowed"]
        found = pair.evaluate(ADDED, [MODULE, text, asked, view.level, codes_of(view.vintage)])
        units = {cube.axes[view.level][int(spot)]: sums for spot, sums in found["units"]}
        flows = {}
        for key, sums in found["flows"]:
            partner, rest = key.split(",", 1)
            flows[f"{cube.axes['partner'][int(partner)]},{rest}"] = sums
        assert {"units": units, "flows": flows} == told(selection, view)


@pytest.mark.parametrize("measure", VIEW_CHOICES["measure"])
@pytest.mark.parametrize("ways", VIEW_CHOICES["ways"])
def test_a_question_is_drawn_as_the_server_would_draw_it(pair, measure, ways):
    view = View(measure=measure, ways=ways, most_lines="20")
    asked = replace(OPEN_SELECTION, years=(2012, 2021))
    shown = answer(asked, view)
    expected = build_payload(shown.choropleth, shown.flows)
    text = cube_texts(view.vintage)
    mine = pair.evaluate(ANSWERED, [MODULE, question(asked, view), text, codes_of(view.vintage)])
    for name in ("classes", "records", "projects"):
        assert mine[name] == expected[name]
    assert mine["values"] == pytest.approx(expected["values"], rel=1e-4)
    assert mine["legend"]["classes"] == expected["legend"]["classes"]
    assert mine["legend"]["no_data"] == expected["legend"]["no_data"]
    assert lines_of(mine) == pytest.approx(lines_of(expected), rel=1e-2)
    smaller = shown.flows.not_drawn.set_index("reason")["amount_fen"].get("smaller", 0)
    assert mine["flows"]["rest"][1] == pytest.approx(smaller / 1e6)


def lines_of(payload):
    """Return amount and width of each line by its ends."""
    partners, places = payload["flows"]["partners"], payload["flows"]["places"]
    return {
        (partners[row[0]], places[row[1]], row[2], name): row[spot]
        for row in payload["flows"]["rows"]
        for name, spot in (("wan", 5), ("width", 6))
    }


def test_a_sector_is_drawn_before_a_byte_travels_and_then_told(pair):
    before = classes(pair)
    chip = pair.get_by_role("button", name=re.compile("^Automobiles"))
    drawn = chip.evaluate(
        """chip => {
            chip.click();
            return [...chip.getRootNode().querySelectorAll("path[data-id]")]
                .map((path) => path.getAttribute("class"));
        }"""
    )
    assert drawn != before
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(pair.get_by_text("asked (2010, 2026) False automotive")).to_be_visible()
    assert classes(pair) == drawn
    chip.click()
    expect(pair.get_by_text("asked (2010, 2026) False all")).to_be_visible()
    assert classes(pair) == before


def classes(page):
    return (
        page.locator(".ccgeo-map")
        .first.locator("path[data-id]")
        .evaluate_all("all => all.map(each => each.getAttribute('class'))")
    )


def test_the_bars_can_be_dragged_and_python_hears_of_it_at_the_end(page, serve):
    pair = opened(page, serve, "&years=2022-2026")
    bars = pair.locator(".ccgeo-columns i")
    box = {n: bars.nth(n).bounding_box() for n in (13, 15, 17, 18)}
    middle = {n: each["x"] + each["width"] / 2 for n, each in box.items()}
    y = box[13]["y"] + 20
    label = pair.locator(".ccgeo-bars output").first
    pair.mouse.move(middle[13], y)
    pair.mouse.down()
    expect(label).to_have_text("2015")
    pair.mouse.move(middle[18], y, steps=4)
    expect(label).to_have_text("2015\u20132020")
    expect(pair.get_by_text("asked (2022, 2026)")).to_be_visible()
    pair.mouse.up()
    expect(pair.get_by_text("asked (2015, 2020)")).to_be_visible()
    pair.mouse.move(middle[15], y)
    pair.mouse.down()
    pair.mouse.move(middle[17], y, steps=4)
    pair.mouse.up()
    expect(pair.get_by_text("asked (2017, 2022)")).to_be_visible()


def test_the_years_go_by_keyboard_too(pair):
    last = pair.get_by_role("slider", name="Last year shown")
    last.focus()
    pair.keyboard.press("ArrowLeft")
    expect(pair.get_by_text("asked (2010, 2025)")).to_be_visible()
    first = pair.get_by_role("slider", name="First year shown")
    first.focus()
    pair.keyboard.press("End")
    expect(pair.get_by_text("asked (2025, 2025)")).to_be_visible()
    expect(first).to_have_attribute("aria-valuenow", "2025")


def test_play_runs_grows_pauses_and_shows_one_year_at_a_time(pair):
    last = pair.get_by_role("slider", name="Last year shown")
    last.focus()
    pair.keyboard.press("Home")
    label = pair.locator(".ccgeo-bars output").first
    expect(pair.get_by_text("asked (2010, 2010)")).to_be_visible()
    pair.get_by_role("button", name="Play", exact=True).click()
    expect(label).to_have_text("2010\u20132012")
    pair.get_by_role("button", name="Pause", exact=True).click()
    expect(pair.get_by_text(re.compile(r"asked \(2010, 201[2-9]\)"))).to_be_visible()
    pair.get_by_role("button", name="Years shown: growing").click()
    expect(pair.get_by_text(re.compile(r"asked \((201\d), \1\)"))).to_be_visible()
    pair.get_by_role("button", name="Play", exact=True).click()
    expect(label).to_have_text(re.compile(r"^201[4-9]$"))
    pair.get_by_role("button", name="Pause", exact=True).click()


def test_who_wants_no_motion_goes_one_year_a_press(open_page, serve):
    page, watch = open_page(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    opened(page, serve, "&years=2010-2015")
    play = page.get_by_role("button", name="Play", exact=True)
    play.click()
    expect(page.get_by_text("asked (2010, 2016)")).to_be_visible()
    expect(play).to_be_visible()
    watch.judge()


def test_the_undated_come_in_by_a_button(pair):
    pair.get_by_role("button", name=re.compile("^undated")).click()
    expect(pair.get_by_text("asked (2010, 2026) True")).to_be_visible()


def test_a_map_that_is_mounted_anew_is_drawn_again(pair):
    chip = pair.get_by_role("button", name=re.compile("^Automobiles"))
    chip.click()
    expect(pair.get_by_text("False automotive")).to_be_visible()
    before = classes(pair)
    pair.locator(".ccgeo-map").first.evaluate("map => { map.dataset.mine = 'old'; }")
    pair.get_by_text("Something above").click()
    expect(pair.get_by_text("above", exact=True)).to_be_visible()
    expect(pair.locator(".ccgeo-map[data-mine]")).to_have_count(0)
    expect(pair.locator(".ccgeo-map")).to_have_count(2)
    for number in (0, 1):
        live = pair.locator(".ccgeo-map").nth(number)
        expect(live).to_have_attribute("data-painted", re.compile(r"\d"))
        expect(live).not_to_have_class(re.compile("is-loading"))
        expect(live.locator("path[data-id]")).to_have_count(22)
    assert classes(pair) == before
    expect(chip).to_have_attribute("aria-pressed", "true")


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


def test_a_packed_text_is_what_the_browser_reads(pair):
    text, _ = cube_texts("2026")
    read = pair.evaluate(
        "([module, text]) => import(module).then(({ unpack }) => unpack(text))", [MODULE, text]
    )
    assert read == json.loads(zlib.decompress(b64decode(text)))

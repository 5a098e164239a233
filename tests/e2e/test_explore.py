"""The explorer in a real browser with the network cut: the main job from end to end."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.io.rfc7946_check import problems_of

from ccgeo.io.geojson import layer_bytes
from ccgeo.io.tables import records_bytes
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View

COLOURED = "path[data-id]:not(.none)"
PARTNER = "button.ccgeo-label:visible"
CARS = Selection(sectors=frozenset({"automotive"}))

# Press, and look at the colours before anything from the server could have been read.
PRESSED = """chip => {
    const map = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
        .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
    const colours = () => [...map.querySelectorAll("path[data-id]")]
        .map((path) => path.getAttribute("class")).join();
    const before = colours();
    chip.click();
    return { before, after: colours() };
}"""


def sentence(selection, view=None):
    view = view or View()
    return build_choropleth(select(read_placed(), selection), view, selection=selection).sentence


def opened(page, address):
    page.goto(address)
    # The first visitor of a server waits for its libraries to load.
    painted = re.compile(r"\d")
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-painted", painted, timeout=60_000)
    return page


def point_in(page, adcode):
    """Return a point of the screen that lies in a unit and under nothing else."""
    # The map may still be moving to its place: look again until the point is there.
    return page.locator(f"path[data-id='{adcode}']").evaluate(
        """async path => {
            for (let turn = 0; turn < 200; turn += 1) {
                const box = path.getBoundingClientRect();
                for (let i = 1; i < 20; i += 1) for (let j = 1; j < 20; j += 1) {
                    const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
                    if (path.getRootNode().elementFromPoint(x, y) === path) return [x, y];
                }
                await new Promise(done => setTimeout(done, 100));
            }
        }"""
    )


@pytest.fixture
def explore(page, app_url):
    return opened(page, app_url)


def choose(page, label, option):
    page.locator("summary").filter(has_text=label).click()
    page.get_by_role("checkbox", name=re.compile(option)).click()


def link_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def colours(page):
    return page.locator("path[data-id]").evaluate_all(
        "all => all.map(one => one.className.baseVal)"
    )


def saved(page, button):
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(button)).click()
    return download.value.path().read_bytes()


def test_the_first_screen_is_an_answer(explore):
    expect(explore.get_by_text(sentence(DEFAULT_SELECTION))).to_be_visible()
    expect(explore.locator("path[data-id]")).to_have_count(221)
    assert explore.locator(COLOURED).count() > 50
    expect(explore.locator(PARTNER, has_text="Singapore")).to_be_visible()
    expect(explore.get_by_text("Not drawn at this level")).to_be_visible()


def test_a_sector_and_a_year_change_map_sentence_lines_and_link(explore):
    explore.locator(".ccgeo-map").evaluate("map => { map.dataset.mine = 'kept'; }")
    before = colours(explore)
    coloured = explore.locator(COLOURED).count()
    choose(explore, "Sector", "^Automobiles")
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()
    said = explore.get_by_role("status").filter(has_text="Added: Automobiles")
    expect(said).to_contain_text("records")
    expect(explore.locator(".ccgeo-map")).to_have_attribute("data-mine", "kept")
    expect(explore.locator(COLOURED)).not_to_have_count(coloured)
    assert colours(explore) != before
    assert link_of(explore)["sector"] == "automotive"
    expect(explore.locator(PARTNER)).not_to_have_count(0)
    explore.get_by_role("combobox", name="From").select_option("2018")
    later = Selection(sectors=CARS.sectors, years=(2018, 2026))
    expect(explore.get_by_text(sentence(later))).to_be_visible()
    explore.wait_for_function("() => location.search.includes('years=2018-2026')")
    expect(explore.locator(PARTNER)).not_to_have_count(0)


def test_a_click_on_a_district_opens_its_records_and_keeps_the_map(page, app_url):
    explore = opened(page, f"{app_url}/?direction=domestic")
    explore.locator(".ccgeo-map").evaluate("map => { map.dataset.mine = 'kept'; }")
    explore.mouse.click(*point_in(explore, "500101"))
    expect(explore.get_by_role("heading", name="Wanzhou District 万州区")).to_be_visible()
    expect(explore.get_by_text("Known at:")).to_be_visible()
    expect(explore.locator(".ccgeo-marks .selected")).to_have_count(1)
    explore.wait_for_function("() => location.search.includes('at=district')")
    expect(explore.locator(".ccgeo-map")).to_have_attribute("data-mine", "kept")
    explore.get_by_role("button", name="Close").click()
    expect(explore.get_by_text("Click a district")).to_be_visible()


def test_a_click_on_a_partner_opens_its_records(explore):
    explore.locator(PARTNER, has_text="Singapore").click()
    expect(explore.get_by_role("heading", name="Singapore")).to_be_visible()
    explore.wait_for_function("() => location.search.includes('at=partner')")


def test_a_link_opens_the_same_view(page, app_url):
    opened(page, f"{app_url}/?sector=automotive&years=2015-2020&at=district:500106&lang=zh")
    asked = Selection(sectors=CARS.sectors, years=(2015, 2020))
    expect(page.get_by_text(sentence(asked, View(language="zh")))).to_be_visible()
    expect(page.get_by_role("heading", name="沙坪坝区")).to_be_visible()
    expect(page.locator(".ccgeo-marks .selected")).to_have_count(1)


def test_the_layer_that_is_downloaded_is_the_layer_of_the_library(page, app_url):
    opened(page, f"{app_url}/?sector=automotive&years=2015-2020")
    content = saved(page, "GeoJSON")
    asked = Selection(sectors=CARS.sectors, years=(2015, 2020))
    assert content == layer_bytes(asked, View())
    assert problems_of(content) == []
    layer = json.loads(content)
    assert layer["metadata"]["selection"] == {"sector": "automotive", "years": "2015-2020"}
    kinds = {feature["properties"]["feature"] for feature in layer["features"]}
    assert {"unit", "flow", "record"} <= kinds


def test_the_records_that_are_downloaded_are_those_of_the_library(page, app_url):
    opened(page, f"{app_url}/?partner=SG")
    asked = Selection(partners=frozenset({"SG"}))
    assert saved(page, "CSV") == records_bytes(asked, View())


def test_what_a_link_gets_wrong_is_said_and_the_rest_works(page, app_url):
    opened(page, f"{app_url}/?sector=automotiv&partner=SG")
    expect(page.get_by_text("'automotiv'")).to_be_visible()
    expect(page.get_by_text(sentence(Selection(partners=frozenset({"SG"}))))).to_be_visible()


def test_the_table_holds_the_records_of_the_selection(explore):
    explore.get_by_role("tab", name="Table").click()
    expect(explore.get_by_test_id("stDataFrame").first).to_be_visible()
    expect(explore.get_by_text(sentence(DEFAULT_SELECTION))).to_be_visible()


def test_the_frame_switch_shows_the_world_and_stands_in_the_link(explore):
    explore.get_by_role("button", name="World").click()
    expect(explore.get_by_role("button", name="World")).to_have_attribute("aria-pressed", "true")
    explore.wait_for_function("() => location.search.includes('frame=world')")


def test_a_filter_is_drawn_before_a_byte_travels_and_stays_so(explore):
    explore.locator("summary").filter(has_text="Partner abroad").click()
    explore.get_by_role("searchbox", name="Search: Partner abroad").fill("新加坡")
    singapore = explore.get_by_role("checkbox", name=re.compile("^Singapore"))
    lines = (
        "[...map.getRootNode().querySelectorAll('[data-partner]')].map((one) => one.textContent)"
    )
    drawn = singapore.evaluate(
        f"""(box) => {{
            const map = [...document.querySelectorAll("*")]
                .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
            const before = map.dataset.painted;
            box.click();
            return [map.dataset.painted !== before, {lines}];
        }}"""
    )
    assert drawn[0]
    asked = Selection(partners=frozenset({"SG"}))
    expect(explore.get_by_text(sentence(asked))).to_be_visible()
    assert link_of(explore)["partner"] == "SG"
    map_ = explore.locator(".ccgeo-map")
    assert map_.evaluate(f"(map) => {lines}") == drawn[1]
    explore.locator(".ccgeo-active").get_by_role("button", name=re.compile("Singapore")).click()
    expect(explore.get_by_text(sentence(DEFAULT_SELECTION))).to_be_visible()
    expect(singapore).not_to_be_checked()


def test_the_back_button_takes_the_last_filter_off(explore):
    choose(explore, "Sector", "^Automobiles")
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()
    explore.go_back()
    expect(explore.get_by_text(sentence(DEFAULT_SELECTION))).to_be_visible()


def test_chips_never_move_the_map_and_a_press_is_drawn_before_a_byte_travels(explore):
    chips = explore.locator(".ccgeo-active")
    expect(chips).to_have_text("The default filters")
    stood = explore.locator(".ccgeo-map").bounding_box()["y"]
    for label, option in (("Sector", "^Automobiles"), ("Partner abroad", "^Germany")):
        choose(explore, label, option)
        expect(chips.get_by_role("button", name=re.compile(option[1:]))).to_be_visible()
    assert explore.locator(".ccgeo-map").bounding_box()["y"] == stood
    drawn = chips.get_by_role("button", name=re.compile("Germany")).evaluate(PRESSED)
    assert drawn["before"] != drawn["after"]
    expect(chips.get_by_role("button")).to_have_count(1)
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()


def test_a_phone_shows_the_map_first_and_folds_the_filters_away(phone_page, app_url):
    opened(phone_page, app_url)
    box = phone_page.locator(".ccgeo-map").bounding_box()
    assert box["y"] < 740
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(phone_page.locator("summary").filter(has_text="Sector")).not_to_be_in_viewport()


def test_the_page_of_sources_opens_from_its_own_address(page, app_url):
    page.goto(app_url)
    page.get_by_role("link", name="Sources and method").click()
    expect(page.get_by_role("heading", name="Sources and method")).to_be_visible()
    expect(page.get_by_text("Data version").first).to_be_visible()


def test_another_page_keeps_the_question(explore):
    choose(explore, "Sector", "^Automobiles")
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()
    explore.get_by_role("link", name="Compare").click()
    expect(explore.get_by_role("heading", name="Compare")).to_be_visible()
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()
    explore.wait_for_function("() => location.search.includes('sector=automotive')")


def test_two_maps_stand_side_by_side_on_one_scale(page, app_url):
    opened(page, f"{app_url}/?years=2010-2017&other=years%3D2018-2026")
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".ccgeo-map[data-painted]")).to_have_count(2, timeout=60_000)
    legends = page.locator(".ccgeo-legend").all_inner_texts()
    labels = [re.findall(r"CNY [\d.]+ bn", legend.split("flow")[0]) for legend in legends]
    assert labels[0] == labels[1]
    page.get_by_role("tab", name="Difference").click()
    expect(page.get_by_text("Left minus right")).to_be_visible()
    expect(page.locator("path[data-id='510107']")).to_be_in_viewport()
    page.get_by_role("tab", name="Year by year").click()
    expect(page.locator("[data-testid=stImage] img")).to_be_visible()


def test_where_the_map_stands_is_in_the_link_and_comes_back(explore):
    for _ in range(3):
        explore.locator("button[data-zoom=zoomIn]").click()
        explore.wait_for_timeout(300)
    explore.wait_for_function("() => location.search.includes('north_km=')")
    box = point_box(explore)
    choose(explore, "Sector", "^Automobiles")
    expect(explore.get_by_text(sentence(CARS))).to_be_visible()
    explore.wait_for_function("() => location.search.includes('sector=automotive')")
    assert {"zoom", "east_km", "north_km", "sector", "v"} <= set(link_of(explore))
    opened(explore, explore.url)
    explore.wait_for_timeout(1500)
    assert point_box(explore) == pytest.approx(box, abs=3)


def point_box(page):
    """Return where a district stands on the screen, seen from the corner of the map."""
    return page.locator("path[data-id='510114']").evaluate(
        """path => {
            const map = path.getRootNode().querySelector(".ccgeo-map").getBoundingClientRect();
            const box = path.getBoundingClientRect();
            return [box.left - map.left, box.top - map.top, box.width, box.height];
        }"""
    )

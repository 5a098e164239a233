"""What a person does on Explore's map: open units, compare, switch the frame, lay zones over."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import expect
from tests.e2e.test_explore import opened

from ccgeo.layers.answer import answer
from ccgeo.query.search import find_names, findables
from ccgeo.query.selection import DEFAULT_SELECTION, DEFAULT_VIEW
from ccgeo.ui.search import packed_index

TYPED = (
    "yu bei",
    "Y\u00fab\u011bi",
    "\u6e1d\u5317",
    "y",
    "yu",
    "Wanxian",
    "\u65b0\u90fd\u53bf",
    "cote",
    "\u7f8e",
)
LEGEND = ".ccgeo-legend"
# Click, and count the parts before anything from the server could have been read.
OPENED = """async path => {
    const root = path.getRootNode();
    path.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    await new Promise((done) => setTimeout(done, 0));
    return root.querySelectorAll("path[data-id]").length;
}"""


# Names that lie over another, over a label of a partner or under a box of the map.
COVERED = """map => {
    const boxes = (what) => [...map.querySelectorAll(what)]
        .filter((each) => each.checkVisibility())
        .map((each) => [each.textContent, each.getBoundingClientRect()]);
    const names = boxes(".ccgeo-names text");
    const others = boxes(".ccgeo-label, .ccgeo-legend, .ccgeo-frames, .ccgeo-crumbs");
    const meet = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return names.flatMap(([name, box], i) => [...names.slice(i + 1), ...others]
        .filter(([, other]) => meet(box, other)).map(([other]) => `${name} / ${other}`));
}"""
FOUND = """async ([texts, index]) => {
    const { find, unpack } = await import("/_stcore/bidi-components/ccgeo.search/search.js");
    const things = await unpack(index);
    return texts.map((text) => find(things, text).map(({ thing, former }) => [thing[0], former]));
}"""


def scale_of(page):
    return page.locator(".ccgeo-choropleth > g").get_attribute("transform")


def test_a_click_opens_a_province_then_a_prefecture_and_the_path_leads_back(page, app_url):
    opened(page, f"{app_url}/?level=province&overlay=none")
    page.locator(".ccgeo-map").evaluate("map => { map.dataset.mine = 'kept'; }")
    before = scale_of(page)
    assert page.locator("path[data-id='510000']").evaluate(OPENED) == 22
    expect(page.get_by_role("heading", name="Sichuan Province")).to_be_visible()
    expect(page.locator(".ccgeo-crumbs [aria-current]")).to_have_text("Sichuan")
    expect(page.locator(".ccgeo-choropleth > g")).not_to_have_attribute("transform", before)
    expect(page.locator(".is-moving")).to_have_count(0)
    assert page.locator("path[data-id='510700']").evaluate(OPENED) == 221
    expect(page.locator(".ccgeo-crumbs [aria-current]")).to_have_text("Mianyang")
    expect(page.locator(".is-moving")).to_have_count(0)
    expect(page.locator(".ccgeo-names [data-name='510722']")).to_have_text("Santai")
    assert page.locator(".ccgeo-map").evaluate(COVERED) == []
    page.wait_for_function("() => location.search.includes('510700')")
    page.locator(".ccgeo-crumbs").get_by_role("button", name="Sichuan").click()
    expect(page.locator("path[data-id]")).to_have_count(22)
    page.locator(".ccgeo-crumbs").get_by_role("button", name="Whole region").click()
    expect(page.locator(".ccgeo-crumbs")).to_be_hidden()
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-mine", "kept")


def test_shift_adds_to_a_comparison_that_opens_on_its_page(page, app_url):
    opened(page, app_url)
    for partner in ("Singapore", "Germany"):
        label = page.locator("button.ccgeo-label:visible", has_text=partner)
        label.click(modifiers=["Shift"])
        expect(page.get_by_text("To compare", exact=True)).to_be_visible()
    expect(page.get_by_text("One beside the other.")).to_be_visible()
    page.get_by_role("link", name="Open the comparison").click()
    page.wait_for_function("() => location.search.includes('right.partner=DE')")
    expect(page.locator(".ccgeo-map")).to_have_count(2)


def test_one_key_switches_the_frame_wherever_the_focus_is(page, app_url):
    opened(page, app_url)
    page.locator(".ccgeo-chips button").first.focus()
    page.keyboard.press("w")
    expect(page.locator(".ccgeo-world .land")).to_have_count(1)
    page.keyboard.press("w")
    expect(page.locator(".ccgeo-world .land")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "title", "point"),
    [("en", "Zones", "no boundary"), ("zh", "\u56ed\u533a", "\u5e76\u975e\u8fb9\u754c")],
)
def test_zones_lie_over_the_choropleth_with_lines_and_both_legends(
    page, app_url, language, title, point
):
    opened(page, f"{app_url}/?overlay=zones&lines=sector&most=20&lang={language}")
    expect(page.locator(".ccgeo-overlay circle")).to_have_count(167)
    assert len(page.locator(".zones-0").first.get_attribute("d")) > 1000
    assert page.locator("path[data-id]:not(.none)").count() > 50
    legend = page.locator(LEGEND)
    for part in (title, point):
        expect(legend).to_contain_text(part)
    expect(legend.locator(".swatch.c0")).to_have_count(1)
    assert legend.locator("i.line").count() > 5
    expect(legend.locator("small.rest")).to_have_text(re.compile(r"\d"))
    box, frame = legend.bounding_box(), page.locator(".ccgeo-map").bounding_box()
    assert box["y"] >= frame["y"]


def test_a_change_on_the_map_sends_less_than_fifteen_kilobytes(page, app_url):
    received = []

    def keep(frame):
        received.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    opened(page, app_url)
    expect(page.get_by_text("Cite this view")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    received.clear()
    page.get_by_role("slider", name="Last year shown").press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('years=2010-2025')")
    expect(page.get_by_text("2010\u20132025;")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    maps = [frame for frame in received if b"live_map" in frame]
    assert maps
    assert max(map(len, maps)) < 1_500
    assert sum(map(len, received)) < 15_000


def test_a_thing_is_found_by_any_of_its_names_and_opened_by_keyboard(page, app_url):
    opened(page, f"{app_url}/?level=prefecture&lang=zh")
    texts = [*TYPED, *random.Random(7).sample([each.name_en for each in findables()], 40)]  # noqa: S311
    expected = [[[hit.found.thing, hit.former] for hit in find_names(text)] for text in texts]
    assert page.evaluate(FOUND, [texts, packed_index(findables())]) == expected
    box = page.get_by_role("combobox", name="\u67e5\u627e")
    box.fill("xin du county")
    options = page.locator(".ccgeo-search [role=option]")
    expect(options.first).to_contain_text("\u66fe\u7528\u540d \u65b0\u90fd\u53bf Xindu County")
    box.fill("\u6c5f\u5317\u53bf")
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Yubei District")).to_be_visible()
    box.fill("X\u012bn D\u016b")
    expect(options.first).to_contain_text("\u65b0\u90fd\u533aXindu District")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Xindu District")).to_be_visible()
    expect(page.locator(".ccgeo-names [data-name='510114']")).to_have_count(1)
    box.fill("smart china expo 2022")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('event=smart-china-expo-2022')")


def test_names_on_the_map_stand_in_both_languages_where_asked(page, app_url):
    opened(page, f"{app_url}/?labels=both&ways=inbound")
    label = page.locator("button.ccgeo-label:visible", has_text="Singapore")
    expect(label).to_contain_text("Singapore \u65b0\u52a0\u5761")
    expect(label).to_have_attribute("title", re.compile("not all records"))


def test_a_chosen_partner_keeps_its_label_on_a_phone_however_small_it_is(phone_page, app_url):
    lines = answer(DEFAULT_SELECTION, DEFAULT_VIEW).flows.table
    smallest = lines.groupby("partner")["amount_fen"].sum().sort_values().index[0]
    opened(phone_page, f"{app_url}/?at=partner:{smallest}")
    label = phone_page.locator(f".ccgeo-label[data-partner='{smallest}']")
    expect(label).to_be_visible()
    expect(label).to_have_attribute("aria-pressed", "true")

"""The live map in a real browser: it stays, changes colours, tells what was clicked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

APP = "tests/e2e/apps/map_app.py"
COLOURED = "path[data-id]:not(.none)"


@pytest.fixture
def live(page, serve):
    return opened(page, serve)


def opened(page, serve):
    page.goto(serve(APP))
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-painted", re.compile(r"\d"))
    return page


def painted(page):
    return int(page.locator(".ccgeo-map").get_attribute("data-painted"))


def choose(page, label, option):
    before = painted(page)
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_function(
        "n => Number([...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)"
        ".map(r => r.querySelector('.ccgeo-map')).filter(Boolean)[0].dataset.painted) > n",
        arg=before,
    )


def classes(page):
    return page.locator("path[data-id]").evaluate_all(
        "paths => paths.map(path => path.getAttribute('class'))"
    )


def centre_of(page, adcode):
    """Return a point of the screen that lies in a unit and under no line."""
    return page.locator(f"path[data-id='{adcode}']").evaluate(
        """path => {
            const box = path.getBoundingClientRect();
            const root = path.getRootNode();
            for (let i = 1; i < 20; i += 1) for (let j = 1; j < 20; j += 1) {
                const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
                if (root.elementFromPoint(x, y) === path) return [x, y];
            }
        }"""
    )


def test_every_district_is_drawn_and_some_have_colour(live):
    expect(live.locator("path[data-id]")).to_have_count(221)
    assert 20 < live.locator(COLOURED).count() < 221
    assert live.locator("path[data-id].none").count() > 0


def test_units_without_data_are_hatched(live):
    fill = live.locator(".ccgeo-hatched").evaluate("path => getComputedStyle(path).fill")
    assert "ccgeo-hatch" in fill


def test_a_filter_changes_colours_and_keeps_the_very_same_map(live):
    live.locator(".ccgeo-map").evaluate("map => { map.dataset.mine = 'kept'; }")
    live.locator("path[data-id='510107']").evaluate("path => { path.dataset.mine = 'kept'; }")
    before = classes(live)
    choose(live, "Since", "2015")
    assert classes(live) != before
    expect(live.locator(".ccgeo-map")).to_have_attribute("data-mine", "kept")
    expect(live.locator("path[data-id='510107']")).to_have_attribute("data-mine", "kept")


def test_nothing_to_show_is_all_hatched_and_no_line(live):
    choose(live, "Since", "2030")
    assert live.locator(COLOURED).count() == 0
    assert live.locator("button.ccgeo-label").count() == 0


def test_zoom_and_centre_stay_over_a_filter_change(live):
    live.locator(".ccgeo-stage").hover()
    live.mouse.wheel(0, -600)
    live.wait_for_timeout(700)
    drawing = live.locator(".ccgeo-choropleth > g")
    before = drawing.get_attribute("transform")
    choose(live, "Since", "2015")
    assert drawing.get_attribute("transform") == before


def test_boundaries_are_fetched_once(live):
    asked = []
    live.on("request", lambda request: asked.append(request.url))
    choose(live, "Since", "2015")
    choose(live, "Level", "prefecture")
    choose(live, "Level", "district")
    assert not [url for url in asked if "geometry" in url]


def test_a_level_has_its_own_units(live):
    choose(live, "Level", "prefecture")
    expect(live.locator("path[data-id]")).to_have_count(22)
    choose(live, "Level", "province")
    expect(live.locator("path[data-id]")).to_have_count(2)


def test_the_other_boundaries_have_the_new_area(live):
    choose(live, "Boundaries", "2026")
    expect(live.locator("path[data-id]")).to_have_count(220)
    expect(live.locator("path[data-id='500157']")).to_have_count(1)


def test_a_click_on_a_district_outlines_it_and_reaches_python(live):
    x, y = centre_of(live, "513422")
    live.mouse.click(x, y)
    expect(live.get_by_text("picked district:513422")).to_be_visible()
    expect(live.locator(".ccgeo-marks .selected")).to_have_count(1)
    choose(live, "Since", "2015")
    expect(live.locator(".ccgeo-marks .selected")).to_have_count(1)


def test_a_second_click_takes_the_selection_away(live):
    x, y = centre_of(live, "513422")
    live.mouse.click(x, y)
    expect(live.get_by_text("picked district:513422")).to_be_visible()
    live.mouse.click(x, y)
    expect(live.get_by_text("picked nothing")).to_be_visible()
    expect(live.locator(".ccgeo-marks .selected")).to_have_count(0)


def test_lines_end_in_labels_that_can_be_clicked(live):
    label = live.locator("button.ccgeo-label:visible", has_text="Singapore")
    expect(label).to_have_text(re.compile(r"Singapore CNY [\d.,]+ (bn|mn|trn)"))
    label.click()
    expect(live.get_by_text("picked partner:SG")).to_be_visible()
    expect(label).to_have_attribute("aria-pressed", "true")


def test_a_partner_that_has_lines_is_named_or_counted(live):
    shown = live.locator(".ccgeo-label:visible")
    assert shown.count() >= 8
    boxes = [shown.nth(i).bounding_box() for i in range(shown.count())]
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)


def test_lines_are_drawn(live):
    inked = live.locator("canvas.ccgeo-flows").evaluate(
        """canvas => canvas.getContext('2d')
            .getImageData(0, 0, canvas.width, canvas.height).data
            .reduce((sum, value, i) => sum + (i % 4 === 3 && value > 0), 0)"""
    )
    assert inked > 2_000


def test_the_pointer_is_told_both_names_value_class_and_records(live):
    adcode = live.locator(COLOURED).evaluate_all(
        """paths => paths.map(path => [path.getBoundingClientRect(), path.dataset.id])
            .sort((a, b) => b[0].width * b[0].height - a[0].width * a[0].height)[0][1]"""
    )
    x, y = centre_of(live, adcode)
    live.mouse.move(x, y)
    tip = live.locator(".ccgeo-tip")
    expect(tip).to_be_visible()
    expect(tip).to_have_text(re.compile(r"[A-Z].*[\u4e00-\u9fff].*CNY.*record"))


def test_the_world_frame_keeps_what_the_region_showed(live):
    region = live.locator(".ccgeo-choropleth > g").get_attribute("transform")
    live.get_by_role("button", name="World").click()
    expect(live.locator(".ccgeo-world .land")).to_have_count(1)
    expect(live.get_by_text("event frame world")).to_be_visible()
    choose(live, "Since", "2015")
    expect(live.get_by_role("button", name="World")).to_have_attribute("aria-pressed", "true")
    live.get_by_role("button", name="Region").click()
    expect(live.locator(".ccgeo-choropleth > g")).to_have_attribute("transform", region)


def test_a_partner_beyond_the_rim_is_named_with_its_distance(live):
    live.get_by_role("button", name="World").click()
    label = live.locator("button.ccgeo-label", has_text="Chile")
    expect(label).to_have_text(re.compile(r"19,\d{3} km"))


def test_a_bloc_is_an_outline_around_its_members_and_a_label_with_a_sign(live):
    live.get_by_text("Bloc").click()
    label = live.locator("button.ccgeo-label:has(.bloc)")
    expect(label).to_have_text(re.compile("Association of Southeast Asian Nations"))
    expect(live.locator(".ccgeo-legend")).to_contain_text("never divided")
    live.get_by_role("button", name="World").click()
    expect(live.locator(".ccgeo-world .land")).to_have_count(1)
    # Somewhere the pointer is on the outline and on no line.
    found = live.locator(".ccgeo-stage").evaluate(
        """stage => {
            const box = stage.getBoundingClientRect();
            const tip = stage.parentElement.querySelector(".ccgeo-tip");
            for (let y = 4; y < box.height; y += 6) for (let x = 4; x < box.width; x += 6) {
                const at = { clientX: box.left + x, clientY: box.top + y };
                const under = stage.getRootNode().elementFromPoint(at.clientX, at.clientY);
                if (!stage.contains(under)) continue;
                under.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, ...at }));
                const text = tip.hidden ? "" : tip.textContent;
                if (text.startsWith("Association") && !text.includes("\u2192")) {
                    return [at.clientX, at.clientY];
                }
            }
        }"""
    )
    live.mouse.click(*found)
    expect(live.get_by_text("picked partner:ASEAN")).to_be_visible()


def test_the_map_speaks_chinese(live):
    choose(live, "Language", "zh")
    expect(live.get_by_role("button", name="世界")).to_be_visible()
    expect(live.locator(".ccgeo-legend")).to_contain_text("无记录")
    expect(live.locator("button.ccgeo-label", has_text="新加坡")).to_have_count(1)


def test_hostile_words_are_shown_as_they_are(live):
    before = painted(live)
    live.get_by_text("Hostile").click()
    live.wait_for_timeout(200)
    expect(live.locator(".ccgeo-legend")).to_contain_text("<img src=x onerror")
    expect(live.locator(".ccgeo-legend")).to_contain_text("{{7*7}}")
    expect(live.locator(".ccgeo-legend")).to_contain_text("<script>")
    assert live.locator(".ccgeo-map img, .ccgeo-map script").count() == 0
    assert live.title() != "broken"
    assert painted(live) > before


def test_the_approval_number_stands_on_the_map(live):
    credit = live.locator(".leaflet-control-attribution")
    expect(credit).to_have_text(re.compile(r"^Leaflet .*Tianditu GS\(2024\)0650"))
    assert credit.locator("a").count() == 0


def test_districts_are_reached_by_keyboard(live):
    live.locator(".ccgeo-keys").focus()
    tip = live.locator(".ccgeo-tip")
    expect(tip).to_be_visible()
    first = tip.inner_text()
    live.keyboard.press("ArrowRight")
    assert tip.inner_text() != first
    expect(live.locator(".ccgeo-marks .focus")).to_have_count(1)
    live.keyboard.press("Enter")
    expect(live.get_by_text(re.compile(r"picked district:\d{6}"))).to_be_visible()


def test_the_legend_folds_on_a_phone(phone_page, serve):
    opened(phone_page, serve)
    legend = phone_page.locator(".ccgeo-legend")
    expect(legend).not_to_have_attribute("open", "")
    legend.locator("summary").click()
    expect(legend.locator("ul").first).to_be_visible()


def test_a_calm_reader_gets_no_motion(open_page, serve):
    page, watch = open_page(reduced_motion="reduce")
    opened(page, serve)
    assert "leaflet-fade-anim" not in page.locator(".ccgeo-stage").get_attribute("class")
    watch.judge()


def test_missing_boundaries_are_told_and_not_a_blank(page, serve):
    page.route("**/geometry/*.json", lambda route: route.fulfill(status=204, body=""))
    page.goto(serve(APP))
    expect(page.get_by_text("The boundaries could not be loaded")).to_be_visible()


def test_dark_theme_turns_ground_and_lines(open_page, serve):
    page, watch = open_page(color_scheme="dark", viewport={"width": 1200, "height": 800})
    opened(page, serve)
    expect(page.locator(".ccgeo-map")).to_have_class(re.compile("is-dark"))
    watch.judge()


def test_plus_and_minus_zoom_for_pointer_and_keyboard(live):
    drawing = live.locator(".ccgeo-choropleth > g")
    before = drawing.get_attribute("transform")
    live.get_by_role("button", name="Zoom in").click()
    expect(drawing).not_to_have_attribute("transform", before)
    closer = drawing.get_attribute("transform")
    live.locator(".ccgeo-keys").focus()
    live.keyboard.press("-")
    expect(drawing).not_to_have_attribute("transform", closer)


def test_a_long_drag_never_shows_an_undrawn_edge(live):
    box = live.locator(".ccgeo-stage").bounding_box()
    drawing = live.locator(".ccgeo-choropleth > g")
    before = drawing.get_attribute("transform")
    live.mouse.move(box["x"] + box["width"] - 160, box["y"] + 60)
    live.mouse.down()
    live.mouse.move(box["x"] + box["width"] - 460, box["y"] + 260, steps=8)
    expect(drawing).not_to_have_attribute("transform", before)
    live.mouse.up()


def test_a_new_size_of_the_window_keeps_what_the_reader_moved_to(live):
    live.locator(".ccgeo-stage").hover()
    live.mouse.wheel(0, -900)
    live.wait_for_timeout(700)
    scale = re.compile(r"scale\(([\d.]+)\)")
    drawing = live.locator(".ccgeo-choropleth > g")
    before = scale.search(drawing.get_attribute("transform"))[1]
    live.set_viewport_size({"width": 1200, "height": 800})
    live.wait_for_timeout(500)
    assert scale.search(drawing.get_attribute("transform"))[1] == before


def test_the_region_stays_readable_in_the_world_and_leads_back(live):
    inset = live.get_by_role("button", name="Sichuan and Chongqing up close")
    expect(inset).to_have_count(0)
    live.get_by_role("button", name="World").click()
    expect(inset).to_be_visible()
    expect(inset.locator(".ccgeo-units path")).to_have_count(221)
    coloured = inset.locator(".ccgeo-units path:not(.none)").count()
    assert coloured == live.locator(COLOURED).count()
    inset.click()
    expect(live.get_by_text("event frame region")).to_be_visible()
    expect(inset).to_have_count(0)


def test_a_map_is_never_faded_while_it_waits(live):
    container = live.locator(
        "[data-testid=stElementContainer]:has([data-testid=stBidiComponentIsolated])"
    )
    style = container.first.get_attribute("style")
    assert "opacity: 1 !important" in style
    assert "transition: none !important" in style

"""The Zones page in a real browser: hatched members, label points, links, the circle."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.io.rfc7946_check import problems_of

from ccgeo.io.zones import zones_bytes
from ccgeo.layers.zones import build_zones, zone_cover
from ccgeo.places.zones import read_zones
from ccgeo.query.selection import View

MAP = ".ccgeo-map.is-cover"
PAINTED = re.compile(r"\d")


def opened(page, address, query=""):
    # A page of its own address asks for two files that only the top has; so come from there.
    page.goto(f"{address}/{query}")
    page.get_by_role("link", name=re.compile("^(Zones|园区)$")).click()
    expect(page.locator(MAP)).to_have_attribute("data-painted", PAINTED, timeout=60_000)
    return page


def link_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.fixture
def zones(page, app_url):
    return opened(page, app_url)


def choose(page, text):
    box = page.get_by_role("combobox", name=re.compile("^(Zone|园区)$"))
    box.click()
    box.fill(text)
    page.get_by_role("option", name=re.compile(text)).first.click()


def point_in(page, adcode):
    """Return a point of the screen that lies in a district and under nothing else."""
    # The map may still be moving to its place: look again until the point is there.
    return page.locator(f"{MAP} path[data-id='{adcode}']").evaluate(
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


def counts(page):
    return [page.locator(f"{MAP} path[data-id].c{mark}").count() for mark in (0, 1)]


def expected_counts(*zone_ids):
    extents = list(zone_cover(build_zones(zone_ids, View())).extents.values())
    return [extents.count("part"), extents.count("whole")]


def test_members_are_hatched_and_each_zone_has_a_label_point(zones):
    expect(zones.locator(f"{MAP} circle[data-zone]")).to_have_count(len(read_zones()))
    assert counts(zones) == expected_counts()
    member = zones.locator(f"{MAP} path[data-id].c0").first
    assert "ccgeo-cover-part" in member.evaluate("path => getComputedStyle(path).fill")
    expect(zones.get_by_text("neither its boundary nor its centre")).to_be_visible()
    expect(zones.locator(".ccgeo-legend")).to_contain_text("no boundary")


def test_a_zone_is_chosen_by_its_chinese_name_and_stands_in_the_link(zones):
    choose(zones, "高竹")
    expect(zones.get_by_text("1 zone over 2 districts: 0 whole, 2 in part.")).to_be_visible()
    expect(zones.locator(f"{MAP} circle[data-zone]")).to_have_count(1)
    assert counts(zones) == expected_counts("x-gaozhu")
    zones.wait_for_function("() => location.search.includes('zone=x-gaozhu')")
    zones.get_by_role("button", name="All zones").click()
    expect(zones.locator(f"{MAP} circle[data-zone]")).to_have_count(len(read_zones()))


def test_a_click_on_a_label_point_opens_its_zone(zones):
    zones.locator(f"{MAP} circle[data-zone='sc-deyang-aba']").click(force=True)
    zones.wait_for_function("() => location.search.includes('zone=')")
    assert link_of(zones)["zone"] in set(read_zones()["zone_id"])
    expect(zones.get_by_text("Approved as: ")).to_be_visible()


def test_a_click_on_a_district_lists_its_zones_and_keeps_the_map(zones):
    zones.locator(MAP).evaluate("map => { map.dataset.mine = 'kept'; }")
    zones.locator(MAP).scroll_into_view_if_needed()
    zones.mouse.click(*point_in(zones, "500101"))
    expect(zones.get_by_text("of the zones shown cover this district")).to_be_visible()
    expect(zones.locator(MAP)).to_have_attribute("data-mine", "kept")


def test_the_file_is_the_layer_of_the_library(zones):
    choose(zones, "高竹")
    expect(zones.get_by_text("1 zone over 2 districts")).to_be_visible()
    with zones.expect_download() as download:
        zones.get_by_role("button", name="Zones (GeoJSON)").click()
    content = download.value.path().read_bytes()
    assert content == zones_bytes(build_zones(["x-gaozhu"], View()))
    assert problems_of(content) == []
    assert json.loads(content)["features"]


def test_the_circle_stands_beside_its_official_area(zones):
    zones.get_by_role("tab", name="The circle").click()
    expect(zones.get_by_text("Stated officially: 185,000 km², 1.9% of the nation.")).to_be_visible()
    expect(zones.locator(f"{MAP} path[data-id].c1:visible")).to_have_count(140)
    expect(zones.locator(f"{MAP} path[data-id].c0:visible")).to_have_count(2)


def test_a_phone_shows_the_map_within_its_width(open_page, app_url):
    phone, watch = open_page(viewport={"width": 390, "height": 740}, is_mobile=True, has_touch=True)
    phone.goto(f"{app_url}/zones?zone=cq-liangjiang-na&lang=zh")
    expect(phone.locator(MAP)).to_have_attribute("data-painted", PAINTED, timeout=60_000)
    box = phone.locator(MAP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(phone.get_by_text("规划面积：1,200平方公里")).to_be_attached()
    assert not watch.foreign

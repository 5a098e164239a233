"""No page breaks a rule that keeps people out: axe-core finds nothing serious on any of them."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = ("Events", "Records", "Compare", "Zones", "Places", "Bring your own", "Sources and method")
GRAVE = {"serious", "critical"}


def told(page):
    """Return what axe-core holds against a page, a line a node."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def opened(page, address):
    page.goto(address)
    painted = re.compile(r"\d")
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-painted", painted, timeout=60_000)
    settled(page)


def settled(page):
    """Wait until nothing runs and nothing is half drawn."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    # What lies under the pointer is on its way to another colour.
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)


@pytest.fixture(params=["light", "dark"])
def themed(request, open_page, app_url):
    page, watch = open_page(viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    opened(page, f"{app_url}/?at=district:500112")
    yield page
    watch.judge()


def test_axe_finds_nothing_grave_on_explore_in_either_theme(themed):
    assert told(themed) == []
    themed.get_by_role("tab", name="Charts").click()
    expect(themed.locator(".vega-embed").first).to_be_visible()
    themed.get_by_text("More filters").click()
    themed.get_by_role("button", name="Cite this view").click()
    expect(themed.get_by_text("<iframe src=")).to_be_visible()
    settled(themed)
    assert told(themed) == []


def test_axe_finds_nothing_grave_on_any_other_page(page, app_url):
    opened(page, app_url)
    grave = {}
    for name in PAGES:
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading").first).to_be_visible()
        settled(page)
        for theme in ("light", "dark"):
            in_theme(page, theme)
            if problems := told(page):
                grave[f"{name}, {theme}"] = problems
        in_theme(page, "light")
    assert grave == {}


def in_theme(page, theme):
    """Turn the theme, as a machine does in the evening."""
    page.emulate_media(color_scheme=theme)
    ground = {"light": "rgb(252, 252, 250)", "dark": "rgb(21, 25, 28)"}[theme]
    expect(page.locator(".stApp")).to_have_css("background-color", ground)
    settled(page)


def test_axe_finds_nothing_grave_in_a_frame(page, app_url):
    opened(page, f"{app_url}/?embed=true&at=district:510100")
    for theme in ("light", "dark"):
        in_theme(page, theme)
        assert told(page) == []


def test_axe_finds_nothing_grave_on_a_phone_and_in_chinese(phone_page, app_url):
    opened(phone_page, f"{app_url}/?lang=zh")
    assert told(phone_page) == []


def test_axe_would_notice(page):
    page.set_content("<img src='data:,'><input><p style='color:#ccc;background:#fff'>pale</p>")
    rules = {line.partition(" ")[0] for line in told(page)}
    assert {"image-alt", "label", "color-contrast"} <= rules


@pytest.fixture
def calm_page(open_page):
    page, watch = open_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield page
    watch.judge()


def test_every_main_control_is_reached_by_tab_in_reading_order_and_shows_it(calm_page, app_url):
    opened(calm_page, app_url)
    calm_page.get_by_role("link", name="Explore").focus()
    names, unseen = [], []
    for _ in range(80):
        calm_page.keyboard.press("Tab")
        name, is_seen = calm_page.evaluate(FOCUSED)
        names.append(name)
        if not is_seen:
            unseen.append(name)
        if "Cite this view" in name:
            break
    wanted = ["Compare", "Level", "Measure", "Map settings", "World", "Cite this view"]
    found = [next((i for i, name in enumerate(names) if each in name), -1) for each in wanted]
    assert -1 not in found, names
    assert found == sorted(found), names
    assert unseen == []


def test_nothing_moves_for_those_who_asked_for_that(calm_page, app_url):
    opened(calm_page, app_url)
    moving = calm_page.evaluate(
        """() => [...document.querySelectorAll(".stApp *")].filter((each) => {
            const style = getComputedStyle(each);
            const longest = (text) => Math.max(...text.split(",").map(parseFloat));
            return longest(style.transitionDuration) > 0.05
                || style.animationName !== "none" && longest(style.animationDuration) > 0.05;
        }).length"""
    )
    assert moving == 0


# The name of the element in focus, through shadow roots, and whether it or what is around it
# looks otherwise than without the focus.
FOCUSED = """async () => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const name = at.getAttribute("aria-label") || at.textContent.trim() || at.title || at.tagName;
  const looks = () => {
    const found = [];
    for (let each = at, up = 0; each && up < 7; each = each.parentElement, up += 1) {
      const style = getComputedStyle(each);
      found.push(style.outline, style.boxShadow, style.borderColor, style.backgroundColor);
    }
    return found.join();
  };
  const otherThan = async (before) => {
    for (let turn = 0; turn < 20 && looks() === before; turn += 1)
      await new Promise((done) => setTimeout(done, 100));
    return looks() !== before;
  };
  const first = looks();
  at.blur();
  let told = await otherThan(first);
  const plain = looks();
  at.focus();
  // A page that is at work may not have shown the focus yet when it was first looked at.
  told ||= await otherThan(plain);
  return [name.slice(0, 60), told];
}"""

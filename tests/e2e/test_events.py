"""The founding figures in a real browser, each with its source, the network cut."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ccgeo.shipped import data_version

EXPO = "smart-china-expo-2022"
SINGAPORE = "4th-ccec-promotion-conference-singapore-2025"
ELITES = "2021-expatriate-elites-sichuan-chongqing-exchange"


@pytest.fixture
def open_link(open_page, app_url):
    """Open a deep link of a page; nothing may leave the machine, nothing may go wrong."""
    watches = []

    def opened(path, **device):
        page, watch = open_page(**(device or {"viewport": {"width": 1440, "height": 1000}}))
        watches.append(watch)
        page.goto(f"{app_url}/{path}")
        expect(page.get_by_text(data_version())).to_be_visible(timeout=60_000)
        return page

    yield opened
    for watch in watches:
        watch.judge()


def told(page, place=0):
    """Return a table row by row, as a screen reader hears it."""
    cell = page.get_by_test_id("stDataFrame").nth(place).locator("td")
    expect(cell.first).to_be_attached()
    rows = page.get_by_test_id("stDataFrame").nth(place).locator("tr")
    return "\n".join(
        rows.evaluate_all(
            "rows => rows.map(row => [...row.children].map(cell => cell.textContent).join(' | '))"
        )
    )


def amount(page, words):
    """Return the large figure over a reconciliation."""
    return page.get_by_test_id("stMetricValue").filter(has_text=re.compile(f"^{words}$"))


def linked(page, address):
    return page.locator(f"a[href*='{address}']")


def test_the_four_sectors_of_the_expo_and_what_they_leave(open_link):
    page = open_link(f"events?event={EXPO}")
    expect(amount(page, "CNY 212.1 bn")).to_be_visible()
    lines = told(page)
    for figures in (
        ("CNY 83.3 bn", "18"),
        ("CNY 33 bn", "14"),
        ("CNY 22.4 bn", "13"),
        ("CNY 12.8 bn", "6"),
        ("CNY 60.6 bn", "19"),
    ):
        assert " | ".join(figures) in lines
    assert "Remainder, not itemised" in lines
    source = re.compile(r"Smart China Expo 2022 Key Projects Signing Ceremony.*2022-08-23")
    expect(page.get_by_test_id("stText").filter(has_text=source)).to_be_visible()
    expect(page.get_by_role("link", name="Open the source").first).to_have_attribute(
        "href", re.compile("^https?://")
    )
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)


def test_the_projects_above_a_billion_are_a_claim_that_is_not_summed(open_link):
    page = open_link(f"events?event={EXPO}")
    claims = told(page, 1)
    assert re.search(
        r"CQ-0015 \|.*54 projects \| overlapping cut: not summed \| cut by size", claims
    )


def test_what_was_offered_in_singapore_stands_apart_from_what_was_signed(open_link):
    page = open_link(f"events?event={SINGAPORE}")
    expect(page.get_by_role("heading", name="Signed, started, operating")).to_be_visible()
    expect(amount(page, "CNY 1.15 bn")).to_be_visible()
    expect(page.get_by_role("heading", name="On offer, no deal yet")).to_be_visible()
    expect(amount(page, "at least CNY 1 trn")).to_be_visible()
    expect(page.get_by_text(re.compile(r"EIN Presswire.*2025-10-16")).first).to_be_visible()
    expect(linked(page, "einpresswire.com")).to_have_count(2)


def test_the_37_projects_of_2021_are_shown_with_their_source(open_link):
    page = open_link(f"events?event={ELITES}")
    expect(amount(page, "CNY 6.15 bn")).to_be_visible()
    assert "37" in told(page)
    source = page.get_by_test_id("stText").filter(has_text="Expatriate Elites")
    expect(source.last).to_be_visible()
    expect(page.get_by_text("Total stated by")).to_be_visible()


def test_the_misprinted_gdp_is_shown_flagged_as_ten_times_too_low(open_link):
    page = open_link("records?record=CQ-0006")
    expect(page.get_by_text("660 bn CNY")).to_be_visible()
    expect(page.get_by_text(re.compile("CQ-0006 states.*about 10 times too low"))).to_be_visible()
    expect(page.get_by_text("Chongqing and Chengdu Holding Hands")).to_be_visible()
    expect(linked(page, "ichongqing.info")).to_have_count(1)
    assert "not summed" in told(page, 1)


def test_raffles_city_is_told_in_two_currencies_and_counts_once(open_link):
    page = open_link("records?record=CQ-0060")
    expect(page.get_by_text(re.compile("24 bn CNY")).first).to_be_visible()
    expect(page.get_by_text(re.compile("3.8 bn USD"))).to_be_visible()
    expect(page.get_by_text("Used in sums")).to_have_count(1)
    expect(page.get_by_text(re.compile("Business Times")).first).to_be_visible()
    expect(page.get_by_text(re.compile("China Daily")).first).to_be_visible()


def test_typing_finds_an_event_and_the_link_follows(open_link):
    page = open_link("events")
    page.get_by_role("combobox", name=re.compile("Find an event")).click()
    page.keyboard.type("智能产业博览会 · 2022")
    page.get_by_role("option", name=re.compile("Smart China Expo 2022")).click()
    expect(amount(page, "CNY 212.1 bn")).to_be_visible()
    page.wait_for_function(f"() => location.search.includes('event={EXPO}')")
    page.get_by_role("button", name="All events", exact=True).click()
    page.wait_for_function("() => !location.search.includes('event=')")


def test_a_row_opens_its_event(open_link):
    page = open_link("events")
    canvas = page.get_by_test_id("stDataFrame").first
    canvas.click(position={"x": 20, "y": 55})
    page.wait_for_function("() => location.search.includes('event=')")
    expect(page.get_by_role("button", name="All events", exact=True)).to_be_visible()


def test_what_does_not_add_up_is_listed_with_the_rule_of_each_conflict(open_link):
    page = open_link("events")
    page.get_by_role("tab", name="What does not add up").click()
    expect(page.get_by_text(re.compile("about 10 times too low"))).to_be_visible()
    expect(page.get_by_text("None is summed: these are running totals").first).to_be_visible()
    page.get_by_role("button", name="CQ-0006").click()
    expect(page.get_by_role("heading", name="CQ-0006")).to_be_visible()


def test_words_find_records_and_a_row_opens_one(open_link):
    page = open_link("records")
    box = page.get_by_role("textbox", name="Find records")
    box.fill("raffles usd")
    box.press("Enter")
    expect(page.get_by_text("1 of 1,345 records")).to_be_visible()
    page.wait_for_function("() => location.search.includes('find=raffles')")
    page.get_by_test_id("stDataFrame").first.click(position={"x": 20, "y": 55})
    expect(page.get_by_role("heading", name="CQ-0061")).to_be_visible()
    expect(page.get_by_text("95 / 100")).to_be_visible()


def test_a_phone_shows_an_event_without_scrolling_sideways(open_link):
    page = open_link(f"events?event={EXPO}&lang=zh", viewport={"width": 360, "height": 740})
    expect(amount(page, "2,121亿元")).to_be_visible()
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert width <= 360

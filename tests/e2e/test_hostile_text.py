"""Hostile text on every page: shown as it is, and never a node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from benchmarks.hostile import Watcher
from playwright.sync_api import expect
from tests.e2e.conftest import ROOT, running
from tests.e2e.hostile import MARKERS, hostile_file, read_page, write_data

from ccgeo.query.selection import LIST_PARAMS, VIEW_PARAMS

PAGES = (
    ("explore", ""),
    ("explore", "at=district:500101&direction=domestic"),
    ("explore", "at=partner:SG&level=province&lang=zh"),
    ("events", ""),
    ("events", "event=4th-ccec-promotion-conference-singapore-2025"),
    # Tables draw the rows in view only; together these records carry every marker.
    ("records", "record=CQ-0001"),
    ("records", "record=CQ-0002&lang=zh"),
    ("records", "record=CQ-0003"),
    ("records", "record=CQ-0004"),
    ("records", "record=CQ-0005"),
    ("compare", "zone=cq-liangjiang-na"),
    ("zones", "zone=cq-liangjiang-na"),
    ("places", ""),
    ("sources", ""),
)
TABS = {"explore": ("Table", "表", "Charts"), "compare": ("Difference",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write hostile data."""
    return write_data(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile_url(folder):
    """Serve the explorer over hostile data."""
    with running("app.py", folder / "log.txt", {"PYTHONPATH": str(folder)}) as address:
        yield address


def settle(page):
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    # What is drawn has arrived; the code that draws tables and charts may still be on its way.
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


def everything(page, name):
    """Open what is folded away, and return what all of it shows and what became a node."""
    settle(page)
    shown, nodes = read_page(page)
    folded = page.locator("[data-testid=stMain] details:not([open]) summary")
    for _ in range(folded.count()):
        folded.first.click()
    for tab in TABS.get(name, ()):
        button = page.get_by_role("tab", name=tab)
        if button.count():
            button.first.click()
            settle(page)
            more, became = read_page(page)
            shown, nodes = shown | more, nodes + became
    more, became = read_page(page)
    assert page.locator("[data-testid=stException]").count() == 0
    return shown | more, nodes + became


def test_hostile_records_are_shown_as_they_are_on_every_page(page, hostile_url):
    seen = set()
    for name, query in PAGES:
        page.goto(f"{hostile_url}/{name}?{query}")
        shown, nodes = everything(page, name)
        assert nodes == [], f"{name}?{query}"
        seen |= shown
    assert seen == set(MARKERS)


def test_a_hostile_table_of_ones_own_is_shown_as_it_is(page, hostile_url):
    page.goto(f"{hostile_url}/bring")
    settle(page)
    name = "{{7*7}} mk1 <b data-mk>mk5.csv"
    chooser = page.locator("[data-testid=stFileUploaderDropzoneInput]").first
    chooser.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": hostile_file()}])
    expect(page.get_by_text(re.compile("rows are good"))).to_be_visible(timeout=60_000)
    shown, nodes = everything(page, "bring")
    assert nodes == []
    # Cells are drawn on a canvas, with a table of the visible ones for screen readers.
    assert shown >= {"{{7*7}} mk1", "<b data-mk>mk5</b>", "**mk8**"}


def test_a_map_in_one_file_shows_hostile_names_as_they_are(page, folder):
    path = folder / "map.html"
    asked = ("--frame", "world", "--level", "province", "--stage", "signed", "-o", path)
    known = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "ccgeo", "map", *asked]
    subprocess.run(command, cwd=ROOT, env=known, check=True)
    page.goto(path.as_uri())
    marks = page.frame_locator("iframe").locator(".leaflet-interactive")
    expect(marks.first).to_be_attached()
    marks.evaluate_all(
        "marks => marks.forEach("
        "one => one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
    )
    shown, nodes = read_page(page)
    assert nodes == []
    assert len(shown) > len(MARKERS) / 2


@pytest.mark.parametrize("start", [0, len(MARKERS) // 2])
def test_a_hostile_link_is_told_as_it_is(page, app_url, start):
    params = [*LIST_PARAMS.values(), *VIEW_PARAMS.values(), "years", "k", "at", "find"]
    asked = dict(zip(params, (MARKERS * 3)[start:], strict=False))
    page.goto(f"{app_url}/?{urlencode(asked)}")
    settle(page)
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-painted", re.compile(r"\d"))
    expect(page.get_by_text(asked["level"])).to_be_visible()
    shown, nodes = read_page(page)
    assert nodes == []
    assert shown >= {asked[name] for name in (*LIST_PARAMS.values(), *VIEW_PARAMS.values())}


def test_a_watcher_sees_what_runs_and_what_is_injected(page):
    watcher = Watcher(["<b>x</b> {{7*7}}", "never shown"])
    watcher.watch(page)
    page.goto("about:blank")
    page.set_content("<p onclick='x'>a</p><marquee>b</marquee><div></div>")
    page.evaluate("() => { document.querySelector('div').textContent = '<b>x</b> {{7*7}}'; }")
    page.evaluate("() => window.alert(1)")
    watcher.look(page)

    assert (watcher.ran, len(watcher.nodes), watcher.looks) == (1, 2, 1)
    assert watcher.seen == {"<b>x</b> {{7*7}}"}

"""The one-file map opens by itself with the network cut, in a frame that touches nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ccgeo.layers.answer import answer
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.views.folium_map import html_page

pytestmark = pytest.mark.browser

VIEW = View(level="prefecture")


@pytest.fixture
def path(tmp_path):
    shown = answer(DEFAULT_SELECTION, VIEW)
    path = tmp_path / "map.html"
    path.write_bytes(html_page(shown.choropleth, shown.flows))
    return path


def opened(page, path):
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator(".leaflet-interactive").first).to_be_attached()
    return frame


def test_every_unit_is_drawn_and_tells_its_name(page, path):
    frame = opened(page, path)

    assert frame.locator("path.leaflet-interactive").count() >= 22
    expect(frame.locator(".ccgeo-legend")).to_contain_text("announced or contracted")
    frame.locator("path.leaflet-interactive").nth(3).dispatch_event("mouseover")
    expect(frame.locator(".leaflet-tooltip").first).to_be_visible()


def test_the_frame_reaches_neither_the_page_nor_the_network_nor_runs_anything_else(open_page, path):
    # The browser complains of what it forbids, and shall.
    page, _ = open_page()
    opened(page, path)
    (_, inner) = page.frames

    assert inner.evaluate("window.origin") == "null"
    told = inner.evaluate(
        """async () => {
            const seen = [];
            const tell = e => seen.push(e.violatedDirective);
            document.addEventListener("securitypolicyviolation", tell);
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            let loaded = true;
            await fetch("http://127.0.0.1:9/").catch(() => { loaded = false; });
            let reached = true;
            try { parent.document.title; } catch { reached = false; }
            await new Promise(done => setTimeout(done, 50));
            return {ran: window.ran === true, loaded, reached, seen: [...new Set(seen)].sort()};
        }"""
    )
    assert told == {
        "ran": False, "loaded": False, "reached": False, "seen": ["connect-src", "script-src-elem"],
    }  # fmt: skip

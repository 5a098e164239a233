"""A view inside somebody else's page, with the network cut."""

from __future__ import annotations

from playwright.sync_api import expect

from ccgeo.layers.answer import answer
from ccgeo.query.selection import Selection, View
from ccgeo.views.embedding import embed_snippet

CARS = Selection(sectors=frozenset({"automotive"}))


def test_the_frame_that_is_offered_shows_the_view_and_nothing_else(page, app_url):
    sentence = answer(CARS, View()).choropleth.sentence
    snippet = embed_snippet(f"{app_url}/", {"sector": "automotive", "v": "2"}, sentence)
    page.set_content(f"<h1>Somebody else's page</h1>{snippet}")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".ccgeo-map[data-painted]")).to_be_visible(timeout=60_000)
    expect(frame.get_by_role("heading", name=sentence)).to_be_visible()
    expect(frame.get_by_role("link", name="Open in ccgeo")).to_have_attribute(
        "href", f"{app_url}/?sector=automotive&v=2"
    )
    expect(frame.get_by_role("combobox")).to_have_count(0)
    expect(frame.get_by_role("link", name="Compare")).to_have_count(0)

"""The page for frames, run without a browser, and the frame that is offered."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.layers.answer import answer
from ccgeo.query.selection import Selection, View
from ccgeo.views.embedding import embed_snippet

ROOT = Path(__file__).resolve().parents[2]
CARS = Selection(sectors=frozenset({"automotive"}))


def opened(name: str, **params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    for param, value in params.items():
        page.query_params[param] = value
    return page


class Frames(HTMLParser):
    """Collects the attributes of every frame, and every other tag."""

    def __init__(self):
        super().__init__()
        self.frames, self.others = [], []

    def handle_starttag(self, tag, attrs):
        (self.frames.append(dict(attrs)) if tag == "iframe" else self.others.append(tag))


def test_a_frame_shows_the_sentence_the_map_and_the_credits_and_no_filter():
    page = opened("embed", sector="automotive").run()
    assert not page.exception
    shown = "\n".join(element.value for element in (*page.markdown, *page.caption))
    assert answer(CARS, View()).choropleth.sentence in shown
    assert "GS(2024)0650" in shown
    assert not page.multiselect
    assert not page.sidebar


def test_what_a_frames_link_gets_wrong_is_said():
    page = opened("embed", sector="automotiv").run()
    assert any("automotiv" in element.value for element in page.text)


def test_cite_offers_the_link_and_the_frame():
    page = opened("explore", sector="automotive")
    page.session_state["cite"] = True
    page.run()
    said, frame = (element.value for element in page.code)
    assert answer(CARS, View()).choropleth.sentence in said
    found = Frames()
    found.feed(frame)
    (attributes,) = found.frames
    parts = urlsplit(attributes["src"])
    assert parts.path == "/"
    assert parse_qs(parts.query) == {"embed": ["true"], "sector": ["automotive"], "v": ["2"]}
    assert attributes["title"] == answer(CARS, View()).choropleth.sentence


@pytest.mark.parametrize("hostile", ['"><b>{{7*7}}', "'><b>", "&quot;<b>", "\n<b>"])
def test_nothing_breaks_out_of_the_frame(hostile):
    found = Frames()
    found.feed(embed_snippet("http://127.0.0.1:8501/", {"find": hostile}, hostile))
    assert found.others == []
    (attributes,) = found.frames
    assert attributes["title"] == hostile
    assert parse_qs(urlsplit(attributes["src"]).query)["find"] == [hostile]

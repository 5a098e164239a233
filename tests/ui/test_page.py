"""The links between pages, and what every page shares."""

from pathlib import Path

import pytest

from ccgeo.ui.page import EMBED, PAGES
from ccgeo.ui.words import WORDS

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_is_linked_and_every_link_is_a_page():
    assert {*PAGES, EMBED} == {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_every_link_has_a_title_in_both_languages():
    assert set(PAGES.values()) <= set(WORDS)


@pytest.mark.parametrize("name", [*PAGES, EMBED])
def test_every_page_stands_by_itself(name):
    text = (ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8")
    for call in ("page.configure()", "state.open_link(", "page.show_links("):
        assert call in text

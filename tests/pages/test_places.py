"""The Places page reads mentions and lets a person settle what is ambiguous."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "places.py")


@pytest.fixture
def page():
    return AppTest.from_file(PAGE, default_timeout=60).run()


def places_of(page):
    return page.dataframe[0].value.iloc[:, 1].tolist()


def test_the_example_is_read(page):
    assert not page.exception
    assert places_of(page) == [
        "Yubei District (500112)",
        "Not settled",
        "Chengdu-Chongqing Economic Circle (CCEC)",
        "Wuhan (420100)",
    ]


def test_a_person_settles_what_is_ambiguous(page):
    page.selectbox[-1].select_index(1).run()
    table = page.dataframe[0].value
    assert places_of(page)[1].endswith("(511102)")
    assert table.iloc[1, 5] == "a person"


def test_the_date_decides_what_a_name_meant(page):
    page.text_area[0].set_value("Liangjiang New Area").run()
    assert "cq-liangjiang-na" in places_of(page)[0]
    page.text_input[0].set_value("2026-01").run()
    assert "500157" in places_of(page)[0]


def test_a_date_that_is_none_is_told(page):
    page.text_input[0].set_value("soon").run()
    assert not page.exception
    assert "date" in page.text[0].value


def test_what_is_typed_stays_text(page):
    page.text_area[0].set_value("**bold** <b>x</b>\n=1+1").run()
    assert not page.exception
    assert all("bold" not in one.value for one in page.markdown)
    assert places_of(page) == ["Not settled", "Not settled"]

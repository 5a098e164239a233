"""The Compare page, run without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.io.own import own_entries
from ccgeo.io.readers import read_records
from ccgeo.layers.compare import compare
from ccgeo.query.profile import entries_of
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View

ROOT = Path(__file__).resolve().parents[2]
LATE = Selection(years=(2018, 2026))


def comparing(tab: str = "", **params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "compare.py"), default_timeout=120)
    for name, value in params.items():
        page.query_params[name] = value
    if tab:
        page.session_state["compare_tab"] = tab
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_two_selections_stand_side_by_side():
    page = comparing(other="years=2018-2026")
    found = compare(DEFAULT_SELECTION, LATE, View())
    assert found.first.choropleth.sentence in shown(page)
    assert found.second.choropleth.sentence in shown(page)


def test_the_right_map_has_filters_of_its_own(panels):
    page = comparing()
    panels.choose(page, "other_panel", partners=["SG"])
    written = page.query_params["right.partner"]
    assert (written if isinstance(written, str) else written[0]) == "SG"
    asked = Selection(partners=frozenset({"SG"}))
    assert compare(DEFAULT_SELECTION, asked, View()).second.choropleth.sentence in shown(page)
    assert panels.shown["filter_panel"]["asked"]["partners"] == []


def test_records_of_ones_own_are_compared_alone():
    table = "名称,金额,日期,区县\n甲,3亿元,2015,渝北区\n乙,5亿元,2020,渝中区\n"
    page = AppTest.from_file(str(ROOT / "pages" / "compare.py"), default_timeout=120)
    page.session_state["own_entries"] = own_entries(read_records(table.encode()).good)
    page.query_params["other"] = "years=2018-2026"
    page.run()
    assert compare(DEFAULT_SELECTION, LATE, View()).second.choropleth.sentence in shown(page)

    page.segmented_control(key="own_control").set_value("mine").run()
    assert not page.exception
    assert shown(page).count("CNY 800 mn in") == 2


def test_what_the_link_says_wrong_of_the_right_side_is_told():
    page = comparing(other="sector=automotiv")
    assert any("automotiv" in element.value for element in page.text)


@pytest.mark.parametrize("other", ["%", "a" * 10_000, "sector=<b>", "&&&=", "years=9"])
def test_a_broken_right_side_breaks_nothing(other):
    assert "CNY" in shown(comparing(other=other))


def test_the_difference_says_where_it_is_drawn():
    page = comparing("Difference", other="years=2018-2026")
    assert "no record is not zero" in shown(page)


@pytest.mark.parametrize("tab", ["Year by year", "Sector by sector"])
def test_small_maps_have_their_scale_in_words(tab):
    page = comparing(tab)
    assert "over CNY" in shown(page)


def test_no_small_map_is_said():
    page = comparing("Year by year", years="2002-2002", partner="CL")
    assert any("No record fits" in info.value for info in page.info)


def test_the_chinese_page_speaks_chinese():
    page = comparing(lang="zh")
    assert "左图使用侧栏中的筛选" in shown(page)


def test_a_click_on_a_place_shows_both_sides_of_it():
    page = comparing(**{"at": "district:500112", "right.years": "2018-2026"})
    found = compare(DEFAULT_SELECTION, LATE, View())
    assert "Yubei District" in shown(page)
    for side in (found.first, found.second):
        entries = entries_of(side.selected, "district:500112", View())
        assert f"{len(entries)} records" in shown(page)
    page.button(key="compare_close").click().run()
    assert "Yubei District" not in shown(page)
    assert "at" not in page.query_params

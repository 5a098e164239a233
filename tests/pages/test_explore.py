"""The Explore page, run without a browser."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.layers.answer import answer
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.query.words import amount_words
from ccgeo.ui import filters, panels

ROOT = Path(__file__).resolve().parents[2]


def explore(**params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "explore.py"), default_timeout=60)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.info)
    return "\n".join(element.value for kind in kinds for element in kind)


def link(page: AppTest) -> dict[str, str]:
    written = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, str) else value[0] for name, value in written.items()}


def sentence(selection: Selection, view: View | None = None) -> str:
    view = view or View()
    return build_choropleth(select(read_placed(), selection), view, selection=selection).sentence


def test_the_first_screen_is_the_default_answer():
    page = explore()
    assert sentence(DEFAULT_SELECTION) in shown(page)
    assert "not what was spent" in shown(page)
    assert "GS(2024)0650" in shown(page)


def test_a_link_is_a_selection(panels):
    page = explore(sector="automotive", years="2015-2020")
    asked = Selection(sectors=frozenset({"automotive"}), years=(2015, 2020))
    assert sentence(asked) in shown(page)
    shows = panels.shown["filter_panel"]["asked"]
    assert (shows["sectors"], shows["years"]) == (["automotive"], [2015, 2020])


def test_a_filter_writes_itself_into_the_link(panels):
    page = explore()
    panels.choose(page, sectors=["biomedicine"])
    assert link(page)["sector"] == "biomedicine"
    assert sentence(Selection(sectors=frozenset({"biomedicine"}))) in shown(page)


def test_default_and_clear_are_two_buttons():
    page = explore(sector="automotive")
    buttons = {button.label: button for button in page.button}
    buttons["Clear"].click().run()
    assert link(page)["years"] == "all"
    {button.label: button for button in page.button}["Default"].click().run()
    assert "years" not in link(page)
    assert sentence(DEFAULT_SELECTION) in shown(page)


@pytest.mark.parametrize(
    ("param", "value", "nearest"),
    [
        ("sector", "automotiv", "automotive"),
        ("years", "20x5", "2002"),
        ("place", "500199", "500"),
        ("stage", "singed", "signed"),
        ("level", "street", "district"),
    ],
)
def test_what_a_link_gets_wrong_is_said_and_the_rest_is_shown(panels, param, value, nearest):
    page = explore(**{param: value, "partner": "SG"})
    told = "\n".join(element.value for element in page.text)
    assert value in told
    assert nearest in told
    assert panels.shown["filter_panel"]["asked"]["partners"] == ["SG"]


def test_hostile_text_in_a_link_is_shown_as_text_only():
    hostile = "<b>{{7*7}}</b>[x](http://127.0.0.1)"
    page = explore(sector=hostile)
    assert any("{{7*7}}" in element.value for element in page.text)
    assert not any("{{7*7}}" in element.value for element in page.markdown)


def test_a_place_in_the_link_opens_its_panel():
    page = explore(at="district:500103")
    assert "Yuzhong District" in shown(page)
    assert "Known at" in shown(page)


def test_a_place_without_records_says_so():
    page = explore(at="district:500103", years="2002-2002")
    assert "No record of this selection is known here." in shown(page)


def test_an_invented_place_in_the_link_is_told_as_text_and_opens_nothing():
    page = explore(at="district:<script>")
    assert any("<script>" in element.value for element in page.text)
    assert not any("<script>" in element.value for element in page.markdown)
    assert "Click a district" in shown(page)


def test_no_record_is_said_in_a_sentence():
    page = explore(years="2002-2002", sector="aerospace", partner="SG")
    assert "No record fits" in shown(page)


def test_the_chinese_page_speaks_chinese(panels):
    page = explore(lang="zh")
    labels = [widget.label for widget in (*page.multiselect, *page.button)]
    assert "地区" in labels
    assert panels.shown["filter_panel"]["words"]["sectors"] == "行业"
    assert "默认" in labels
    assert "并非实际支出" in shown(page)


def test_the_strip_opens_what_is_not_drawn():
    page = explore()
    page.button(key="known_province").click().run()
    assert not page.exception
    assert link(page)["at"] == "known:province"
    assert "province" in shown(page)


def test_the_years_can_be_those_of_another_date(panels):
    page = explore()
    panels.choose(page, date_kind="started")
    assert link(page)["date"] == "started"
    assert sentence(Selection(date_kind="started")) in shown(page)
    assert "by the date started" in shown(page)


def test_a_click_on_a_bar_of_the_amounts_sets_the_floor(monkeypatch):
    asked = {}
    monkeypatch.setattr(filters.state, "change", asked.update)
    for told in ("1000000000", "7", "<b>", "0"):
        filters._take_floor({"selection": {"pick": [{"choice": told}]}})
        assert asked == {"min_amount_fen": None if told == "0" else 10**9}
    asked.clear()
    filters._take_floor({"selection": {}})
    assert asked == {}


def test_a_partner_says_how_much_of_it_is_drawn_as_lines():
    page = explore(at="partner:SG")
    table = answer(DEFAULT_SELECTION, View()).flows.table
    drawn = table.loc[table["partner"] == "SG", "amount_fen"].sum()
    assert f"{amount_words(int(drawn) / 100)} of this is drawn as lines" in shown(page)


def test_a_zone_can_stand_in_the_panel():
    page = explore(at="zone:cq-liangjiang-na")
    assert "Liangjiang New Area" in shown(page)


def test_own_class_limits_are_taken_in_whole_or_not_at_all():
    page = explore()
    page.session_state["map_settings"] = True
    page.run()
    page.text_input(key="view_own_limits").set_value("1e9, 5e9， 2e12").run()
    assert not page.exception
    assert link(page)["bins"] == "1000000000.0,5000000000.0,2000000000000.0"
    page.text_input(key="view_own_limits").set_value("9, 3").run()
    assert not page.exception
    assert link(page)["bins"] == "1000000000.0,5000000000.0,2000000000000.0"
    page.text_input(key="view_own_limits").set_value("").run()
    assert "bins" not in link(page)


def test_a_server_whose_clock_is_wrong_says_so_and_gives_no_day(monkeypatch):
    monkeypatch.setattr(panels, "today", lambda: date(1970, 1, 1))
    page = explore()
    page.session_state["cite"] = True
    page.run()
    assert "says 1970-01-01, which is before the newest source" in shown(page)
    assert "read on" not in page.code[0].value

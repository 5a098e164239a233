"""The Events page, run without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.query.events import event_trees, list_events
from ccgeo.query.records import all_findings
from ccgeo.shipped import data_version

ROOT = Path(__file__).resolve().parents[2]
EXPO = "smart-china-expo-2022"


def events(**params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "events.py"), default_timeout=60)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.info, page.title)
    return "\n".join(element.value for kind in kinds for element in kind)


def tables(page: AppTest):
    return [frame.value for frame in page.dataframe]


def link(page: AppTest) -> dict[str, str]:
    written = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, str) else value[0] for name, value in written.items()}


def test_all_events_can_be_searched_by_name_in_both_languages_date_and_venue():
    page = events()
    options = page.selectbox(key="event_choice").options
    assert len(options) == len(list_events())
    (expo,) = (option for option in options if option.startswith("Smart China Expo 2022"))
    assert "中国国际智能产业博览会" in expo
    assert "2022-08-22" in expo
    assert len(tables(page)[0]) == len(list_events())


def test_choosing_an_event_opens_it_and_stands_in_the_link():
    page = events()
    page.selectbox(key="event_choice").set_value(EXPO).run()
    assert not page.exception
    assert link(page) == {"event": EXPO}
    assert "Smart China Expo 2022" in shown(page)
    page.button(key="back").click().run()
    assert link(page) == {}


def test_a_link_opens_an_event_as_a_reconciliation():
    page = events(event=EXPO)
    metrics = {metric.label: metric.value for metric in page.metric}
    assert metrics == {"Projects": "70", "Amount": "CNY 212.1 bn"}
    lines = tables(page)[0]
    assert lines["projects"].tolist() == ["70", "18", "14", "13", "6", "19"]
    assert lines["amount"].iloc[-1] == "CNY 60.6 bn"
    assert lines["role"].iloc[-1] == "Remainder, not itemised"
    assert "PRNewswire" in shown(page)


def test_claims_stand_side_by_side_with_source_and_what_is_not_summed():
    claims = tables(events(event=EXPO))[1].set_index("record_id")
    assert claims.loc["CQ-0015", "in_sums"] == "overlapping cut: not summed"
    assert claims["source"].ne("").all()
    assert claims["date"].ne("").all()


def test_stages_stand_apart():
    page = events(event="4th-ccec-promotion-conference-singapore-2025")
    assert [metric.value for metric in page.metric] == [
        "5",
        "CNY 1.15 bn",
        "–",
        "at least CNY 1 trn",
    ]
    assert "On offer, no deal yet" in shown(page)


def test_a_conflict_names_the_version_in_use_and_the_rule():
    text = shown(events(event="cci"))
    assert "None is summed: these are running totals" in text
    assert "The running total falls" in text


def test_an_event_without_a_total_says_so():
    without = next(name for name in list_events()["event_id"] if not event_trees(name))
    assert "No figure of this event enters a sum" in shown(events(event=without))


def test_what_does_not_add_up_is_listed_sentence_by_sentence():
    page = events()
    page.session_state["event_tab"] = "What does not add up"
    page.run()
    assert not page.exception
    text = shown(page)
    for finding in all_findings():
        assert finding.sentence in text


def test_the_chinese_page_speaks_chinese():
    page = events(event=EXPO, lang="zh")
    assert {metric.label for metric in page.metric} == {"项目数", "金额"}
    assert "2,121亿元" in {metric.value for metric in page.metric}
    assert "余额，未列明" in tables(page)[0]["role"].tolist()


@pytest.mark.parametrize("event_id", ["smart-china-expo-2032", "<b>[x](http://127.0.0.1)</b>"])
def test_an_invented_event_is_shown_as_text_only(event_id):
    page = events(event=event_id)
    assert "There is no such event." in shown(page)
    assert any(event_id in element.value for element in page.text)
    assert not any(event_id in element.value for element in page.markdown)


def test_a_record_of_the_link_opens_over_the_event():
    page = events(event=EXPO, record="CQ-0015")
    assert "#### CQ-0015" in shown(page)
    page.button(key="close_record").click().run()
    assert link(page) == {"event": EXPO}


def test_the_data_version_and_the_caveat_stand_on_the_page():
    text = shown(events())
    assert data_version() in text
    assert "not what was spent" in text


@pytest.mark.parametrize("event_id", sorted(list_events()["event_id"])[::29])
def test_every_event_opens(event_id):
    assert events(event=event_id).metric or "No figure of this event" in shown(
        events(event=event_id)
    )

"""The Records page, run without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.records.tables import read_records
from ccgeo.shipped import data_version

ROOT = Path(__file__).resolve().parents[2]


def records(**params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "records.py"), default_timeout=60)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.title)
    return "\n".join(element.value for kind in kinds for element in kind)


def link(page: AppTest) -> dict[str, str]:
    written = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, str) else value[0] for name, value in written.items()}


def test_every_record_stands_in_the_table_with_role_and_reason():
    (table,) = (frame.value for frame in records().dataframe)
    assert len(table) == len(read_records())
    gdp = table.set_index("record_id").loc["CQ-0006"]
    assert gdp["in_sums"] == "not summed"
    assert "ten times too low" in gdp["why_not"]


def test_words_narrow_the_table_and_stand_in_the_link():
    page = records()
    page.text_input(key="find_record").set_value("raffles usd").run()
    assert not page.exception
    assert link(page) == {"find": "raffles usd"}
    assert page.dataframe[0].value["record_id"].tolist() == ["CQ-0061"]
    assert "1 of 1,345 records" in shown(page)


def test_a_link_finds_and_opens():
    page = records(find="raffles", record="CQ-0061")
    text = shown(page)
    assert "#### CQ-0061" in text
    assert "3.8 bn USD" in text
    assert "24 bn CNY" in text
    assert "converted at CNY 6.9081 for 1 USD, average of 2019" in text
    assert {metric.value for metric in page.metric} == {"95 / 100"}


def test_the_completeness_score_comes_with_its_reasons():
    page = records(record="CQ-0006")
    points = page.dataframe[0].value
    assert f"{points['points'].sum()} / 100" == page.metric[0].value
    assert points["most"].sum() == 100


def test_the_misprinted_gdp_is_flagged_in_a_sentence():
    assert "about 10 times too low" in shown(records(record="CQ-0006"))


def test_a_total_shows_what_it_is_made_of():
    frames = [frame.value for frame in records(record="CQ-0014").dataframe]
    lines = next(frame for frame in frames if "role" in frame)
    assert lines["projects"].tolist() == ["70", "18", "14", "13", "6", "19"]


def test_another_telling_opens_from_its_card():
    page = records(record="CQ-0061")
    page.button(key="open_conflicts_CQ-0061_CQ-0060").click().run()
    assert not page.exception
    assert link(page) == {"record": "CQ-0060"}
    assert "#### CQ-0060" in shown(page)
    page.button(key="close_record").click().run()
    assert link(page) == {}


@pytest.mark.parametrize("record_id", ["CQ-9999", "<b>[x](http://127.0.0.1)</b>"])
def test_an_invented_record_is_shown_as_text_only(record_id):
    page = records(record=record_id)
    assert "There is no such record." in shown(page)
    assert any(record_id in element.value for element in page.text)
    assert not any(record_id in element.value for element in page.markdown)


def test_no_text_of_a_record_is_read_as_markup():
    page = records(record="CQ-0061")
    told = "\n".join(element.value for element in (*page.markdown, *page.caption))
    assert "Raffles City" not in told
    assert "China Daily" not in told


def test_a_source_that_is_not_safe_is_cited_and_not_linked():
    unsafe = read_records()[read_records()["flags"].map(lambda flags: "no_url" in flags)]
    page = records(record=unsafe["id"].iloc[0])
    assert any("Cited, not linked:" in element.value for element in page.text)


def test_the_chinese_page_speaks_chinese():
    page = records(lang="zh", record="CQ-0061")
    assert "按2019年平均汇率折算" in shown(page)
    assert page.metric[0].label == "完整度"


def test_the_data_version_stands_on_the_page():
    assert data_version() in shown(records())

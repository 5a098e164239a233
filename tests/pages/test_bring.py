"""The Bring your own page, run without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccgeo.io.mapping import FIELDS
from ccgeo.io.own import own_entries
from ccgeo.io.readers import read_records

ROOT = Path(__file__).resolve().parents[2]
TABLE = (
    "项目名称,签约金额（亿元）,日期,区县,行业,国别\n"
    "新能源汽车基地,12.5,2022年8月22日,渝北区,新能源汽车,新加坡\n"
    "芯片厂,100,2023-05,市中区,半导体,US\n"
    "坏行,很多,2023,渝中区,汽车,\n"
)


def bring(content: bytes = b"", name: str = "deals.csv", **params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "bring.py"), default_timeout=60)
    for param, value in params.items():
        page.query_params[param] = value
    page.run()
    if content:
        page.file_uploader(key="bring_file").upload(name, content, "text/csv")
        page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.subheader, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_the_page_says_what_it_takes_and_what_becomes_of_it():
    assert "written nowhere" in shown(bring())
    assert "不会写入任何地方" in shown(bring(lang="zh"))


def test_a_table_is_counted_and_drawn():
    page = bring(TABLE.encode())

    assert "2 rows are good, 1 are rejected, 1 have something to look at." in shown(page)
    assert "CNY 11" in shown(page)
    assert "2 records" in shown(page)
    assert any("Preview" in heading.value for heading in page.subheader)


def test_every_fault_stands_in_the_table_and_can_be_filtered():
    page = bring(TABLE.encode())
    faults = page.dataframe[0].value

    assert list(faults["kind"]) == ["place.ambiguous", "amount.unreadable"]
    assert list(faults["row"]) == [3, 4]
    page.multiselect(key="bring_kinds").select("amount.unreadable").run()
    assert list(page.dataframe[0].value["kind"]) == ["amount.unreadable"]


def test_the_mapping_is_shown_and_a_change_counts():
    page = bring(TABLE.encode())
    fields = [box for box in page.selectbox if box.label in FIELDS]

    assert {box.label: box.value for box in fields}["amount"] == "签约金额（亿元）"
    (amount,) = (box for box in fields if box.label == "amount")
    amount.select("").run()
    assert "3 rows are good, 0 are rejected" in shown(page)


def test_a_place_is_decided_once_for_all_equal_names():
    page = bring(TABLE.encode())
    page.selectbox(key="bring_place_市中区").set_value("511102").run()

    assert not page.exception
    assert "100% of it" in shown(page)


def test_saved_decisions_are_used_again_and_others_stay():
    page = bring(TABLE.encode())
    page.file_uploader(key="bring_saved_decisions").upload(
        "decisions.csv", "mention,place\n市中区,511102\n".encode(), "text/csv"
    )
    page.run()

    assert page.selectbox(key="bring_place_市中区").value == "511102"
    assert "100% of it" in shown(page)


def test_decisions_that_cannot_be_used_are_told():
    page = bring(TABLE.encode())
    page.file_uploader(key="bring_saved_decisions").upload("d.csv", b"a,b\n1,2\n", "text/csv")
    page.run()

    assert "columns must be mention and place" in shown(page)


def test_every_name_can_be_found_and_a_decision_outlives_its_page():
    rows = "".join(f"项目{number},Gotham {number}\n" for number in range(40))
    page = bring(f"名称,区县\n{rows}".encode())
    page.selectbox(key="bring_place_Gotham 0").set_value("500103").run()
    page.number_input(key="bring_page_2").set_value(2).run()

    assert page.selectbox(key="bring_place_Gotham 39")
    page.text_input(key="bring_find_mention").set_value("gotham 0").run()
    assert page.selectbox(key="bring_place_Gotham 0").value == "500103"
    assert page.session_state["bring_decided"] == {"Gotham 0": "500103"}


def test_a_reading_that_was_stopped_holds_nothing_until_it_is_asked_for_again():
    page = bring()
    page.file_uploader(key="bring_file").upload("deals.csv", TABLE.encode(), "text/csv")
    page.run()
    page.session_state["bring_stopped"] = page.file_uploader(key="bring_file").value.file_id
    page.run()

    assert "Reading was stopped" in page.info[0].value
    page.button(key="bring_again").click().run()
    assert "2 rows are good" in shown(page)


def test_own_rows_stand_alone_or_beside_the_shipped_ones():
    page = bring(TABLE.encode())
    alone = shown(page)
    page.toggle(key="bring_beside").set_value(True).run()

    assert "2 records" in alone
    assert "trn" in shown(page)


@pytest.mark.parametrize(
    ("content", "name"), [(b"%PDF-1.7", "a.csv"), (b"foo,bar\n1,2\n", "a.csv"), (b" \n", "a.csv")]
)
def test_a_file_that_cannot_be_taken_is_told_without_a_traceback(content, name):
    page = bring(content, name)

    assert "Nothing of this file can be taken." in shown(page)
    assert len(page.dataframe[0].value) == 1


def test_text_of_a_file_is_never_markup():
    hostile = "title,amount,place\n<script>alert(1)</script>**x** [a](javascript:1),5bn yuan,?\n"

    assert "alert" not in shown(bring(hostile.encode()))


def test_the_file_is_gone_when_it_is_taken_away():
    page = bring(TABLE.encode())
    assert page.session_state["bring_checked"]

    page.file_uploader(key="bring_file").clear()
    page.run()

    assert "bring_checked" not in page.session_state


def test_faults_are_told_in_the_language_of_the_page():
    page = bring(TABLE.encode(), lang="zh")

    assert list(page.dataframe[0].value["reason"]) == ["此说法可指多个地方", "这不是金额"]


def test_a_press_text_becomes_rows_that_are_checked_and_drawn():
    page = bring()
    page.segmented_control(key="bring_way").set_value("article").run()
    page.text_area(key="bring_article").set_value(
        "At the Smart China Expo 2022 in Chongqing, 70 projects worth 212.1 billion yuan were "
        "signed."
    ).run()

    assert not page.exception
    assert "1 records are proposed." in shown(page)
    assert "1 rows are good, 0 are rejected" in shown(page)
    words = next(frame.value for frame in page.dataframe if "words of the text" in frame.value)
    assert "212.1 billion yuan" in set(words["words of the text"])


def test_a_press_text_without_a_sure_figure_proposes_nothing():
    page = bring()
    page.segmented_control(key="bring_way").set_value("article").run()
    page.text_area(key="bring_article").set_value("Nothing was signed in Chongqing.").run()

    assert any("No figure of this text" in each.value for each in page.info)


def explore(**state) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "explore.py"), default_timeout=60)
    for key, value in state.items():
        page.session_state[key] = value
    return page.run()


def test_explore_asks_own_rows_alone_beside_the_shipped_ones_or_not_at_all():
    entries = own_entries(read_records(TABLE.encode()).good)
    page = explore(own_entries=entries)
    shipped = shown(page)
    page.segmented_control(key="own_control").set_value("mine").run()
    mine = shown(page)
    page.segmented_control(key="own_control").set_value("both").run()
    both = shown(page)

    assert not page.exception
    assert "2 records" in mine
    assert len({shipped, mine, both}) == 3


def test_explore_without_own_rows_asks_the_shipped_ones():
    page = explore()

    assert not page.exception
    assert "own_control" not in {each.key for each in page.segmented_control}

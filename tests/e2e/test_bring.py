"""The Bring page in a real browser: a file with faults, a press text, and the map over own rows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

TABLE = (
    "项目名称,签约金额（亿元）,日期,区县\n"
    "新能源汽车基地,12.5,2022年8月22日,渝北区\n"
    "坏行,很多,2023,渝中区\n"
)
ARTICLE = (
    "CHONGQING, Aug. 23, 2022 - A total of 70 projects worth 212.1 billion yuan were signed at the "
    "Smart China Expo 2022 in Chongqing."
)


@pytest.fixture
def bring(page, app_url):
    # A page of its own address asks for two files that only the top has; so come from there.
    page.goto(app_url)
    page.get_by_role("link", name=re.compile("^(Bring your own|导入数据)$")).click()
    expect(page.get_by_text("A table of deals in CSV")).to_be_visible(timeout=60_000)
    return page


def test_a_file_with_faults_is_told_given_back_and_explored(bring):
    bring.locator("input[type=file]").first.set_input_files(
        {"name": "deals.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    expect(bring.get_by_text("1 rows are good, 1 are rejected")).to_be_visible(timeout=60_000)
    with bring.expect_download() as given:
        bring.get_by_role("button", name="Rejected rows (CSV)").click()
    lines = given.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines == [TABLE.splitlines()[0], TABLE.splitlines()[2]]

    bring.get_by_role("link", name=re.compile("Explore 1 records of your own")).click()
    bring.get_by_role("radio", name="mine").click()
    sentence = bring.get_by_role("heading", name=re.compile(r"CNY 1\.25 bn .*\(1 record\)"))
    expect(sentence).to_be_visible(timeout=60_000)
    drawn = bring.get_by_role("tabpanel").locator(".ccgeo-map[data-painted]")
    expect(drawn).to_be_visible(timeout=60_000)


def test_a_press_text_becomes_a_table(bring):
    bring.get_by_role("radio", name="A press text").click()
    bring.get_by_role("textbox", name="Article").fill(ARTICLE)
    bring.get_by_role("textbox", name="Article").press("Control+Enter")

    expect(bring.get_by_text("1 records are proposed.")).to_be_visible(timeout=60_000)
    expect(bring.get_by_text("1 rows are good, 0 are rejected")).to_be_visible(timeout=60_000)

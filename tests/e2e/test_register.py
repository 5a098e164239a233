"""The explorer on a register of made-up records: the map, the filters, the pages of records."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from benchmarks.scale.register import write_synthetic
from playwright.sync_api import expect
from tests.e2e.conftest import ROOT, running

ROWS = 5_000
MARK = "Synthetic data: every record is made up"


@pytest.fixture(scope="module")
def register_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    write_synthetic(folder / "rows.parquet", ROWS)
    command = [sys.executable, "-m", "ccgeo", "ingest", folder / "rows.parquet"]
    subprocess.run([*command, "-o", folder / "store"], check=True, cwd=ROOT, capture_output=True)
    setting = {"CCGEO_ENGINE": f"duckdb://{folder / 'store'}"}
    with running("app.py", folder / "log.txt", setting) as address:
        yield address


def test_a_click_on_the_map_and_a_filter_are_answered_by_the_register(register_url, page):
    page.goto(register_url)
    expect(page.get_by_text(MARK)).to_be_visible()
    expect(page.locator(".ccgeo-map path").first).to_be_attached()
    headline = page.get_by_role("heading", level=5)
    expect(headline).to_contain_text("Synthetic data, made up: CNY")
    before = headline.inner_text()

    page.goto(f"{register_url}/?sector=automotive&at=district:510000&level=province")

    expect(headline).not_to_have_text(before)
    expect(page.get_by_text(re.compile(r"Known at: .*zone [\d,]+"))).to_be_visible()
    expect(page.get_by_text("Synthetic project").first).to_be_visible()


def test_records_are_turned_page_by_page_and_found_by_id(register_url, page):
    page.goto(f"{register_url}/records")
    expect(page.get_by_text(MARK)).to_be_visible()
    expect(page.get_by_text("Records 1 to 100 of")).to_be_visible()

    page.get_by_label(re.compile("^Page of")).fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Records 101 to 200 of")).to_be_visible()

    page.get_by_label("Search id and title").fill("synthetic-4999")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Records 1 to 1 of 1")).to_be_visible()

"""The explorer on a register of made-up records: the map, the filters, the pages of records."""

from __future__ import annotations

import re
import subprocess
import sys
from random import Random

import pytest
from benchmarks.scale.register import write_synthetic
from playwright.sync_api import expect
from tests.e2e.conftest import ROOT, running

from ccgeo.engine.store import open_source
from ccgeo.layers.answer import shared_answer
from ccgeo.query.selection import Selection, View
from ccgeo.query.vocabulary import VIEW_CHOICES, names_of
from ccgeo.views.live_map.summed import build_summed, summed_parts

ROWS = 5_000
MODULE = "/_stcore/bidi-components/ccgeo.live_map/cube.js"
ANSWERED = """async ([module, texts, questions]) => {
    const { unpack, joined, answerOf } = await import(module);
    const cube = joined(...await Promise.all(texts.map(unpack)));
    return questions.map((payload) => {
        const { classes, values, records, projects, legend, years, sectors } =
            answerOf(payload, cube, payload.asked, () => []);
        const years_ = [...years].sort((one, other) => one[0] - other[0])
            .map(([year, sums]) => [year, sums.map(Number)]);
        const short = values.map((value) => Number(value.toPrecision(5)));
        const told = { classes, values: short, records, projects, legend };
        return { ...told, years: years_, counts: [...sectors] };
    });
}"""
MARK = "Synthetic data: every record is made up"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("register")


@pytest.fixture(scope="module")
def register_url(folder):
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


def test_the_map_answers_other_years_and_sectors_as_the_server_does(register_url, folder, page):
    page.goto(f"{register_url}/embed")
    source = open_source(f"duckdb://{folder / 'store'}")
    random = Random(8)  # noqa: S311 - a test draws its questions
    for level in VIEW_CHOICES["level"]:
        view = View(level=level, measure=random.choice(VIEW_CHOICES["measure"]))
        questions = []
        for _ in range(8):
            first, last = sorted(random.choices(range(2008, 2027), k=2))
            sectors = random.sample(sorted(names_of("sectors")), random.choice((0, 1, 4)))
            questions.append(
                Selection(
                    years=random.choice((None, (first, last))),
                    sectors=frozenset(sectors),
                    include_undated=random.random() < 0.5,
                    stages=frozenset({"signed", "started"}),
                )
            )
        shown = [shared_answer(source, selection, view) for selection in questions]
        parts = summed_parts(shown[0])
        texts = [parts[name].text for name in ("cube", "units")]
        told = [build_summed(each) for each in shown]

        found = page.evaluate(ANSWERED, [MODULE, texts, told])

        for got, true in zip(found, told, strict=True):
            years, counts = got.pop("years"), got.pop("counts")
            assert got == {name: true[name] for name in got}
            assert years == true["strip"]["years"]
            assert dict(counts) == dict(true["strip"]["counts"])


def test_sectors_years_and_levels_are_asked_on_the_map(register_url, page):
    page.goto(f"{register_url}/?level=prefecture")
    painted = page.locator(".ccgeo-map")
    expect(page.locator(".ccgeo-bars i.lit").first).to_be_attached()

    # Units are coloured before the server has answered, and its answer is the same.
    page.locator(".ccgeo-chips button").first.click()
    expect(page.locator('.ccgeo-chips [aria-pressed="true"]')).to_have_count(1)
    expect(page).to_have_url(re.compile("sector="))
    page.locator(".ccgeo-handle.first").press("End")
    expect(page).to_have_url(re.compile("years=2026"))

    # A prefecture opens to its districts, of which the server alone can tell.
    page.goto(f"{register_url}/?level=prefecture")
    unit = page.locator('.ccgeo-map [data-id="510100"]').first
    expect(unit).to_be_attached()
    unit.dispatch_event("click")
    expect(page).to_have_url(re.compile("at=district(:|%3A)510100"))
    expect(page.locator('.ccgeo-map [data-id="510104"]').first).to_be_attached()
    expect(page.locator(".ccgeo-crumbs")).to_contain_text("Chengdu")
    expect(painted).not_to_have_class(re.compile("is-waiting"))

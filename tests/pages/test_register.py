"""The explorer started on a register, run without a browser: every page, and what it leaves out."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "query"))

from toy_store import write_toy_store

from ccgeo.layers.answer import shared_answer
from ccgeo.query.engine import read_placed
from ccgeo.query.memory import shipped
from ccgeo.query.search import findables
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.query.source import Listing
from ccgeo.shipped import data_version
from ccgeo.ui import own, register, search
from ccgeo.ui.paging import ROWS
from ccgeo.ui.words import WORDS

ROOT = Path(__file__).resolve().parents[2]
MARK = WORDS["register_synthetic"][0]
FEW = 400


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    placed = read_placed().head(FEW)
    return write_toy_store(tmp_path_factory.mktemp("toy"), placed, is_synthetic=True)


@pytest.fixture
def on_register(monkeypatch, store):
    monkeypatch.setenv(register.SETTING, f"duckdb://{store}")
    register.opened.cache_clear()
    yield register.source()
    register.opened.cache_clear()


def page(name: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.text, app.info)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_explore_answers_from_the_register_and_names_it(on_register, store):
    app = page("explore")

    true = shared_answer(on_register, DEFAULT_SELECTION, View()).choropleth
    assert true.sentence in shown(app)
    assert f"Register {store.name}, {FEW} records" in shown(app).replace("\\", "")
    assert data_version() not in shown(app)
    alone = shared_answer(shipped(), DEFAULT_SELECTION, View()).choropleth
    assert alone.total != true.total


def test_filters_count_what_the_register_holds(on_register, panels):
    page("explore", sector="automotive", years="2015-2020")

    asked = Selection(sectors=frozenset({"automotive"}), years=(2015, 2020))
    counts = on_register.counts(asked, View())
    told = panels.shown["filter_panel"]
    assert sum(told["counts"]["stages"]) == sum(counts["stages"].values()) > 0
    assert "facets" not in told["parts"]


@pytest.mark.parametrize("thing", ["district:500000", "known:province", "partner:SG"])
def test_what_is_clicked_opens_in_the_panel(on_register, thing):
    app = page("explore", at=thing, level="province" if thing[0] == "d" else "district")

    view = View(level="province" if thing[0] == "d" else "district")
    profile = on_register.profile(DEFAULT_SELECTION, view, thing)
    assert profile.total.entries > 0
    assert f"{profile.total.entries:,} records" in shown(app)


def test_the_records_come_page_by_page(on_register):
    app = page("records", stages="", years="all", undated="1", confidence="1")
    found = on_register.summary(OPEN_SELECTION, View()).total.entries
    assert found == FEW
    assert len(app.dataframe[0].value) <= ROWS
    first = app.dataframe[0].value["record_id"].tolist()

    app.number_input[0].set_value(2).run()

    second = app.dataframe[0].value["record_id"].tolist()
    assert not app.exception
    assert second
    assert not set(first) & set(second)
    assert "Records 101 to" in shown(app)


@pytest.mark.usefixtures("on_register")
def test_the_records_are_looked_through_and_sorted():
    app = page("records")
    wanted = app.dataframe[0].value["record_id"].tolist()[3]

    app.text_input(key="paging_find").set_value(wanted.lower()).run()
    assert wanted in app.dataframe[0].value["record_id"].tolist()

    app.text_input(key="paging_find").set_value("no such words at all").run()
    assert WORDS["register_none"][0] in shown(app)

    app.text_input(key="paging_find").set_value("").run()
    app.selectbox(key="paging_order").set_value("largest").run()
    amounts = app.dataframe[0].value["amount_cny_mn"].dropna().tolist()
    assert amounts == sorted(amounts, reverse=True)
    assert not app.exception


@pytest.mark.usefixtures("on_register")
@pytest.mark.parametrize("name", ["events", "zones", "sources"])
def test_what_a_register_does_not_hold_is_said_in_one_sentence(store, name):
    app = page(name)

    said = f"those of the shipped records: the register {store.name} has none"
    assert said in shown(app).replace("\\", "")
    titles = {title for title in read_placed()["title"].head(50) if title}
    assert not [title for title in titles if title in shown(app)]


@pytest.mark.usefixtures("on_register")
@pytest.mark.parametrize(
    "name",
    ["explore", "records", "events", "compare", "zones", "places", "bring", "sources", "embed"],
)
def test_every_page_says_that_records_are_made_up(name):
    assert MARK in shown(page(name))


def test_a_comparison_is_one_of_the_register(on_register):
    app = page("compare")

    true = shared_answer(on_register, DEFAULT_SELECTION, View()).choropleth
    assert true.sentence in shown(app)


@pytest.mark.usefixtures("on_register")
def test_own_records_stand_alone_and_are_never_mixed_with_a_register():
    assert own.choices() == ("shipped", "mine")


def test_nothing_is_said_without_a_register(monkeypatch):
    monkeypatch.delenv(register.SETTING, raising=False)

    assert register.source() is shipped()
    assert own.choices() == own.CHOICES
    assert MARK not in shown(page("sources"))
    assert register.version_words() == WORDS["data_version"][0].format(version=data_version())


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("duckdb:///no/such/folder", "is no finished store: make one with ccgeo ingest"),
        ("mysql://host/base", "is not understood: write duckdb://"),
        ("postgres://nobody@127.0.0.1:9/none", "PostgreSQL at 127.0.0.1 does not answer"),
    ],
)
def test_a_register_that_is_not_there_is_told_in_one_sentence(monkeypatch, setting, said):
    monkeypatch.setenv(register.SETTING, setting)
    register.opened.cache_clear()

    app = page("explore")

    assert said in shown(app)
    assert not app.get("dataframe")


def test_an_engine_that_is_not_installed_is_told_with_the_command(monkeypatch):
    monkeypatch.setenv(register.SETTING, "duckdb:///store")
    monkeypatch.setitem(sys.modules, "ccgeo.engine.store", None)
    register.opened.cache_clear()

    app = page("explore")

    assert 'pip install "ccgeo[scale]"' in app.error[0].value.replace("\\", "")


def test_years_before_and_after_the_shipped_ones_can_be_chosen(monkeypatch, tmp_path, panels):
    placed = read_placed().head(FEW).assign(year=[1998, 2031] * (FEW // 2))
    monkeypatch.setenv(register.SETTING, f"duckdb://{write_toy_store(tmp_path, placed)}")
    register.opened.cache_clear()

    app = page("explore", years="1998-2031", stages="")

    register.opened.cache_clear()
    told = panels.shown["filter_panel"]
    assert told["span"] == [1998, 2031]
    assert told["asked"]["years"] == [1998, 2031]
    assert "1998\u20132031" in shown(app)


def test_the_record_of_a_link_is_shown_whatever_is_asked(on_register):
    entry = on_register.rows(Listing(OPEN_SELECTION, View(), order="id")).iloc[0]

    named = page("records", record=entry["entry_id"], years="2031-2031")
    other = page("records", record="no such")

    assert named.dataframe[0].value["title"].tolist() == [entry["title"]]
    assert WORDS["unknown_record"][0] in shown(other)
    other.button(key="close_record").click().run()
    assert WORDS["unknown_record"][0] not in shown(other)


def test_the_search_box_finds_what_the_register_names(on_register):
    met = on_register.counts(OPEN_SELECTION, View())["partners"]
    things = search.things()

    partners = {each.thing.removeprefix("partner:") for each in things if each.kind == "partner"}
    assert partners == {partner for partner, number in met.items() if number and partner}
    assert not [each for each in things if each.kind == "event"]
    assert search.thing_of("district:500112") == "district:500112"
    assert search.thing_of(next(each.thing for each in findables() if each.kind == "event")) == ""

"""A register is a source like entries in memory: the same layers, cuts and pages."""

from __future__ import annotations

from itertools import islice

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_entries import placed_entries, selections, toy_placed
from toy_store import facts_with_texts, write_toy_store

from ccgeo.engine.agreement import random_questions
from ccgeo.engine.backends import DuckEngine, EngineError
from ccgeo.engine.expression import ENTRIES
from ccgeo.engine.register import register_of
from ccgeo.engine.source import RegisterSource
from ccgeo.engine.star import star_of
from ccgeo.engine.store import open_source
from ccgeo.layers.answer import shared_answer
from ccgeo.layers.credits import SYNTHETIC_MARK, citation
from ccgeo.query.engine import read_placed
from ccgeo.query.listing import list_entries
from ccgeo.query.memory import Memory, shipped
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, View
from ccgeo.query.source import ORDERS, Listing, Origin
from ccgeo.shipped import data_version

THINGS = (
    "",
    "district:500103",
    "district:510000",
    "district:500000",
    "known:province",
    "known:district",
    "partner:SG",
    "partner:ASEAN",
    "zone:cq-liangjiang-na",
    "flow:SG>500103",
    "flow:SG>500000",
    "flow:US>510100",
    "flow:510100>US",
    "flow:FR>circle",
    "district:<b>",
)
FIELDS = ("by_level", "by_stage", "by_sector", "by_partner", "by_year")
CROSSED = (("partners", "sectors"), ("sectors", "places"))


def with_texts(placed):
    """Put entries and what lists show of them into DuckDB, as a store holds them."""
    register = register_of(star_of(placed), DuckEngine())
    register.engine.fill(ENTRIES, facts_with_texts(placed))
    return RegisterSource(register, Origin("0" * 12, "toy", len(placed)))


@pytest.fixture(scope="module")
def both():
    return shipped(), with_texts(read_placed())


def assert_same_layers(one, other):
    """Compare what is drawn, row by row, and every word that stands beside it."""
    assert one.choropleth.sentence == other.choropleth.sentence
    assert one.choropleth.legend == other.choropleth.legend
    for name, numbers in one.choropleth.numbers.items():
        pd.testing.assert_series_equal(
            pd.Series(numbers), pd.Series(other.choropleth.numbers[name]), obj=name
        )
    pd.testing.assert_frame_equal(one.choropleth.not_mapped, other.choropleth.not_mapped)
    pd.testing.assert_frame_equal(one.flows.table, other.flows.table, check_dtype=False)
    pd.testing.assert_frame_equal(one.flows.not_drawn, other.flows.not_drawn, check_dtype=False)


def assert_same_profile(one, other):
    assert one.total == other.total
    for cut in FIELDS:
        pd.testing.assert_frame_equal(getattr(one, cut), getattr(other, cut), check_dtype=False)


@pytest.mark.parametrize("seed", range(2))
def test_a_register_draws_the_layers_that_the_entries_themselves_do(both, seed):
    memory, register = both
    for selection, view in islice(random_questions(seed), 10):
        assert_same_layers(
            shared_answer(memory, selection, view), shared_answer(register, selection, view)
        )
        assert register.counts(selection, view) == memory.counts(selection, view)
        assert register.amount_bars(selection) == memory.amount_bars(selection)
        found, expected = register.years(selection, view), memory.years(selection, view)
        assert {year: sums.tolist() for year, sums in found.items()} == {
            year: sums.tolist() for year, sums in expected.items()
        }


def test_groups_of_units_are_those_of_the_entries_themselves(tmp_path):
    placed = read_placed()
    memory, register = Memory(placed), open_source(f"duckdb://{write_toy_store(tmp_path, placed)}")
    for selection, view in islice(random_questions(5), 12):
        found = register.unit_groups(selection, view, 10_000)
        if selection.min_amount_fen is not None:
            assert found is None
            continue
        pd.testing.assert_frame_equal(found, memory.unit_groups(selection, view, 10_000))
        if len(found):
            assert register.unit_groups(selection, view, len(found) - 1) is None


def test_the_years_to_choose_from_are_those_of_the_register():
    register = register_of(star_of(toy_placed({"year": 1998}, {"year": 2031})), DuckEngine())

    assert RegisterSource(register, Origin("0" * 12, "toy", 2)).origin.span == (1998, 2031)


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_on_the_map_has_the_same_profile(both, thing):
    memory, register = both
    questions = [(OPEN_SELECTION, View()), *islice(random_questions(3), 4)]
    for selection, view in questions:
        assert_same_profile(
            memory.profile(selection, view, thing), register.profile(selection, view, thing)
        )


@pytest.mark.parametrize(("rows", "columns"), CROSSED)
def test_two_cuts_crossed_are_the_same(both, rows, columns):
    memory, register = both
    for selection, view in [(DEFAULT_SELECTION, View()), *islice(random_questions(5), 4)]:
        pd.testing.assert_frame_equal(
            memory.matrix(selection, view, rows, columns),
            register.matrix(selection, view, rows, columns),
            check_dtype=False,
        )


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("thing", "find"), [("", ""), ("district:510000", ""), ("", "PARK")])
def test_pages_hold_the_same_records_in_the_same_order_and_none_twice(both, order, thing, find):
    memory, register = both
    pages = [
        Listing(OPEN_SELECTION, View(), thing, find, order, start, 40) for start in (0, 40, 9_999)
    ]
    assert register.found(pages[0]) == memory.found(pages[0]) > 0
    for page in pages:
        expected, given_back = (list_entries(source.rows(page)) for source in both)
        names = [name for name in expected if name not in {"title", "record_id"}]
        pd.testing.assert_frame_equal(
            expected[names].reset_index(drop=True), given_back[names], check_dtype=False
        )
        ids = [source.rows(page)["entry_id"].tolist() for source in both]
        assert ids[0] == ids[1]
    walked = [
        name
        for start in range(0, register.found(pages[0]), 150)
        for name in register.rows(Listing(OPEN_SELECTION, View(), thing, find, order, start, 150))[
            "entry_id"
        ]
    ]
    assert len(walked) == len(set(walked)) == register.found(pages[0])


@settings(max_examples=8, deadline=None)
@given(placed_entries(), selections(), st.sampled_from(THINGS), st.sampled_from(ORDERS))
def test_made_up_entries_too(placed, selection, thing, order):
    memory, register = Memory(placed), with_texts(placed)
    page = Listing(selection, View(), thing, order=order, most=3)

    assert_same_profile(
        memory.profile(selection, View(), thing), register.profile(selection, View(), thing)
    )
    assert memory.found(page) == register.found(page)
    assert memory.rows(page)["entry_id"].tolist() == register.rows(page)["entry_id"].tolist()


@pytest.mark.parametrize("text", ["'; DROP TABLE ccgeo_entries; --", "{{7*7}}", "%", "_", "\\"])
def test_a_text_that_is_looked_for_is_a_text_and_no_statement(both, text):
    for source in both:
        listing = Listing(OPEN_SELECTION, View(), find=text)
        assert source.found(listing) == len(source.rows(listing))
    assert both[0].found(listing) == both[1].found(listing)
    assert both[1].summary(OPEN_SELECTION, View()).total.entries == len(read_placed())


def test_a_link_that_is_no_web_address_is_named_and_not_linked():
    placed = read_placed().head(3)
    page = with_texts(placed).rows(Listing(OPEN_SELECTION, View()))
    page["url"] = ["data:text/plain,x", "//host/x", "https://example.org/a"]

    linked = list_entries(page)["url"].dropna().tolist()

    assert linked == ["https://example.org/a"]


def test_a_register_without_texts_says_so_in_one_sentence():
    bare = RegisterSource(
        register_of(star_of(read_placed().head(3)), DuckEngine()), Origin("0" * 12, "bare", 3)
    )
    with pytest.raises(EngineError, match=r"^the engine gives no answer: .+"):
        bare.rows(Listing(OPEN_SELECTION, View()))


def test_a_statement_that_no_engine_understands_is_told_in_one_sentence():
    register = register_of(star_of(read_placed().head(3)), DuckEngine())

    with pytest.raises(EngineError, match=r"^the engine gives no answer: .*no_such_table"):
        register.run(ibis.table({"x": "int64"}, name="no_such_table"), {})


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return write_toy_store(tmp_path_factory.mktemp("toy"), read_placed(), is_synthetic=True)


def test_a_store_is_opened_as_a_source_that_says_what_it_is(store):
    opened = open_source(f"duckdb://{store}")

    assert opened.is_shared
    assert (opened.origin.register, opened.origin.entries) == (store.name, len(read_placed()))
    assert opened.origin.is_synthetic
    assert len(opened.origin.version) == 12
    listing = Listing(DEFAULT_SELECTION, View(), most=5)
    assert opened.rows(listing)["entry_id"].tolist() == shipped().rows(listing)["entry_id"].tolist()


def test_another_store_has_another_version(store, tmp_path):
    other = write_toy_store(tmp_path, read_placed().head(9))

    versions = {open_source(f"duckdb://{each}").origin.version for each in (store, other, store)}

    assert len(versions) == 2


@pytest.mark.parametrize("setting", ["duckdb:///no/such/store", "duckdb://", "mysql://host/x"])
def test_a_source_that_is_not_there_is_told_in_one_sentence(setting):
    with pytest.raises(EngineError, match=r"finished store|names no folder|is not understood"):
        open_source(setting)


def test_sentences_about_made_up_records_begin_with_saying_so(store):
    made_up = open_source(f"duckdb://{store}")

    for language, mark in zip(("en", "zh"), SYNTHETIC_MARK, strict=True):
        view = View(language=language)
        layer = shared_answer(made_up, DEFAULT_SELECTION, view).choropleth
        true = shared_answer(shipped(), DEFAULT_SELECTION, view).choropleth
        assert layer.sentence == mark + true.sentence
        assert layer.metadata["register"]["synthetic"]
        assert layer.metadata["data_version"] == made_up.origin.version
        assert "register" not in true.metadata
        assert not true.sentence.startswith(mark)


def test_a_link_to_a_register_names_its_version_and_not_that_of_the_shipped_data(store):
    origin = open_source(f"duckdb://{store}").origin

    for language in ("en", "zh"):
        said = citation("CNY 1 bn.", "http://127.0.0.1/", None, language, origin)
        assert origin.version in said
        assert data_version() not in said

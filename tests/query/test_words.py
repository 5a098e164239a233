"""Numbers and selections read as a person would say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, toy_placed

from ccgeo.query.measures import summarise
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.query.words import amount_words, number_words, sentence, share_words


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        (0, "CNY 0", "0元"),
        (0.5, "CNY 0.5", "0.5元"),
        (999, "CNY 999", "999元"),
        (1_150_000_000, "CNY 1.15 bn", "11.5亿元"),
        (212_100_000_000, "CNY 212.1 bn", "2,121亿元"),
        (999_999_999, "CNY 1 bn", "10亿元"),
        (1_000_000_000_000, "CNY 1 trn", "1万亿元"),
        (-300_000_000, "CNY -300 mn", "-3亿元"),
        (25_000, "CNY 25 thousand", "2.5万元"),
    ],
)
def test_amounts_are_said_in_the_scale_of_each_language(amount, english, chinese):
    assert amount_words(amount) == english
    assert amount_words(amount, "zh") == chinese


@given(st.floats(-1e16, 1e16))
def test_an_amount_in_words_stays_short(amount):
    assert len(amount_words(amount)) <= 24
    assert "e" not in amount_words(amount).removeprefix("CNY").replace("thousand", "")


def test_a_count_stands_alone():
    assert number_words(1234, "projects") == "1,234"
    assert number_words(2.5, "projects", "zh") == "2.5"


@given(st.integers(1, 10**18), st.data())
def test_a_share_is_all_or_nothing_only_where_it_is(whole, data):
    part = data.draw(st.integers(0, whole))

    said = share_words(part, whole)

    assert (said == "0%") == (part == 0)
    assert (said == "100%") == (part == whole)


def test_a_share_is_rounded_to_the_nearest_per_cent():
    assert share_words(1_234, 10_000) == "12%"
    assert share_words(1_250, 10_000) == "13%"


def said(*changes, selection=None, **view):
    view = View(**view)
    return sentence(summarise(toy_placed(*changes), view.level, view.vintage), view, selection)


def test_the_sentence_says_sum_count_filters_share_and_caveat():
    text = said(
        {**at("510104"), "amount_fen": 58 * 10**11, "projects": 3},
        {**at("510000"), "amount_fen": 42 * 10**11},
        selection=DEFAULT_SELECTION,
    )

    assert text == (
        "CNY 100 bn in 4 projects (2 records) signed or later, 2010–2026; "
        "58% of it is known at district level; announced or contracted, not spent."
    )


def test_the_sentence_reads_in_chinese():
    text = said({**at("510104"), "amount_fen": 10**10}, language="zh", selection=DEFAULT_SELECTION)

    assert "1亿元" in text
    assert "100%的金额可落实到区县" in text
    assert text.endswith("。")


def test_the_sentence_names_what_was_asked():
    selection = Selection(
        years=(2015, 2015),
        include_undated=True,
        sectors=frozenset({"automotive"}),
        places=frozenset({"500103"}),
        partners=frozenset({"SG"}),
        stages=frozenset({"announced", "signed"}),
    )

    text = said({"amount_fen": 1}, selection=selection)

    assert "announced or signed in Automobiles" in text
    assert "in Yuzhong District with Singapore, 2015, undated included" in text


def test_many_values_are_counted_and_not_listed():
    sectors = frozenset({"automotive", "electronics", "digital", "equipment"})

    assert "in 4 sectors" in said({}, selection=Selection(sectors=sectors))
    assert "4个行业" in said({}, selection=Selection(sectors=sectors), language="zh")


def test_no_limits_are_said_too():
    text = said({}, selection=OPEN_SELECTION)

    assert "at any stage, all years, undated included" in text


def test_a_selection_without_amounts_claims_none():
    text = said(at("510104"), {**at("510000")})

    assert text == (
        "No stated amount in 2 projects (2 records); 50% of the records is known at district level."
    )


def test_a_share_of_a_negative_sum_is_not_told():
    text = said({**at("510104"), "amount_fen": -5}, {**at("510000"), "amount_fen": 3})

    assert "50% of the records" in text


@pytest.mark.parametrize(("language", "text"), [("en", "No record fits"), ("zh", "没有符合条件")])
def test_an_empty_answer_says_so(language, text):
    assert text in said(language=language)

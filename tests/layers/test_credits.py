"""A layer carries its question, its data and its caveats."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ccgeo.layers.credits import AMOUNTS_NOTE, citation, credit_line, describe
from ccgeo.query.selection import Selection, View, parse_selection
from ccgeo.shipped import data_version


def test_the_question_can_be_asked_again_from_what_a_layer_says():
    selection = Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))
    view = View(level="prefecture", measure="projects", bins=(1.0, 5.0))

    said = describe(view, selection)["selection"]

    assert parse_selection(said) == (selection, view, ())


@pytest.mark.parametrize(("vintage", "number"), [("2025", "GS(2024)0650"), ("2026", None)])
def test_the_approval_number_is_told_where_there_is_one(vintage, number):
    boundaries = describe(View(vintage=vintage))["boundaries"]

    assert boundaries["approval_number"] == number
    assert boundaries["source"]
    assert boundaries["licence"]
    assert (number or "approval number") in credit_line(vintage) or number is None


def test_the_caveat_and_the_data_version_go_along():
    said = describe(View())

    assert said["amounts"] == AMOUNTS_NOTE
    assert "not what was spent" in AMOUNTS_NOTE
    assert said["data_version"] == data_version()
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_citation_has_sentence_version_date_and_address(language):
    words = citation("CNY 1 bn.", "http://127.0.0.1/?a=1", date(2026, 11, 22), language)
    for part in ("CNY 1 bn.", data_version(), "2026-11-22", "http://127.0.0.1/?a=1"):
        assert part in words

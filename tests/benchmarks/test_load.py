"""The driver of the load notices what it is there to notice."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from benchmarks.load.drive import (
    Log,
    Question,
    drawn_of,
    headline,
    memory_of,
    slope_a_minute,
    wrong_answers,
)
from benchmarks.load.protocol import ProtocolError, Run
from benchmarks.load.two_sessions import file_of, many_rows, words_of
from streamlit.proto.Markdown_pb2 import Markdown

from ccgeo.layers.answer import answer
from ccgeo.query.selection import View

ASKED = Question(view=View(level="province"))


def true_answer(question):
    made = answer(question.selection, question.view)
    return made.choropleth.sentence, json.dumps(drawn_of(made))


def run_with(text):
    return Run(elements=[("markdown", Markdown(body=text))])


def test_a_true_answer_is_not_wrong():
    assert wrong_answers(Log(seen={ASKED: [true_answer(ASKED)]})) == []


def test_another_ones_sentence_is_a_wrong_answer():
    other = replace(ASKED, view=View(level="prefecture"))
    sentence, payload = true_answer(other)[0], true_answer(ASKED)[1]
    assert len(wrong_answers(Log(seen={ASKED: [(sentence, payload)]}))) == 1


def test_another_level_on_the_map_is_a_wrong_answer():
    sentence, payload = true_answer(ASKED)
    drawn = json.loads(payload)
    drawn["level"] = "district"
    assert len(wrong_answers(Log(seen={ASKED: [(sentence, json.dumps(drawn))]}))) == 1


def test_a_page_without_a_sentence_is_a_wrong_answer():
    assert headline(Run()) == "no sentence"
    assert len(wrong_answers(Log(seen={ASKED: [("no sentence", "{}")]}))) == 1


def test_a_leak_of_one_megabyte_a_minute_has_slope_one():
    assert slope_a_minute([(second, 300 + second / 60) for second in range(120)]) == pytest.approx(
        1.0
    )


def test_the_memory_of_this_process_is_more_than_nothing():
    assert memory_of(os.getpid()) > 10


def test_a_widget_that_is_not_there_is_told():
    with pytest.raises(ProtocolError, match="filter_nothing"):
        Run().keyed("filter_nothing")


def test_the_word_of_another_session_is_found_on_a_page():
    own = file_of("a", 3).decode()
    assert words_of(run_with(own)) == {"session-a-round-3"}
    assert "session-b-round-2" in words_of(run_with(own + file_of("b", 2).decode()))


def test_two_files_of_many_rows_differ_in_one_cell():
    one, other = (many_rows(50, amount).split(b"\n") for amount in (1, 900))
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1

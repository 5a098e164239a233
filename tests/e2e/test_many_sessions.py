"""Several people at one server, over Streamlit's own protocol and without a browser."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from benchmarks.load import drive, two_sessions
from benchmarks.load.protocol import Visitor


@pytest.fixture(autouse=True)
def _hasty(monkeypatch):
    """Let nobody think for long: what is tried here is not how many people a server bears."""
    monkeypatch.setattr(drive, "THINKING", (0.0, 0.1))
    monkeypatch.setattr(drive, "STAYING", (6, 6))
    monkeypatch.setattr(drive, "CUT_ONE_IN", 10**9)


def test_every_answer_under_load_is_the_librarys(app_url):
    log, until = drive.Log(), time.monotonic() + 120
    for seed in range(2):
        drive.visit(app_url, log, until, random.Random(seed))  # noqa: S311
    assert len(log.seconds) == 12
    assert log.errors == []
    assert drive.wrong_answers(log) == []


def test_two_sessions_with_files_of_their_own_do_not_see_each_others(app_url):
    assert two_sessions.leaks(app_url, rounds=3) == []


def test_a_file_is_gone_with_its_session(app_url):
    with Visitor(app_url, page="bring") as visitor:
        brought = visitor.upload(
            visitor.open().keyed("bring_file"), "deals.csv", two_sessions.file_of("a", 0)
        )
        assert two_sessions.words_of(brought) == {"session-a-round-0"}
    with Visitor(app_url, page="bring") as another:
        assert two_sessions.words_of(another.open()) == set()


def test_a_line_that_was_cut_leads_back_to_the_same_session(app_url):
    with Visitor(app_url, query="years=2015-2020") as visitor:
        run = visitor.open()
        widget = run.keyed("view_level")
        before = visitor.set(widget, widget.options[0])
        session = visitor.session
        after = visitor.reconnect()
    assert visitor.session == session
    assert drive.headline(after) == drive.headline(before) != drive.headline(run)
    assert drive.payload_of(after) != "{}"


def test_sockets_that_close_in_the_middle_of_a_run_harm_nobody(app_url):
    for _ in range(5):
        with Visitor(app_url, query="level=province") as visitor:
            visitor.ask()
    log, until = drive.Log(), time.monotonic() + 120
    drive.visit(app_url, log, until, random.Random(9))  # noqa: S311
    assert drive.wrong_answers(log) == []


def test_a_killed_server_starts_again_and_gives_the_same_answer():
    port = drive.free_port()
    with drive.serving(port) as (address, process), Visitor(address) as visitor:
        before = drive.headline(visitor.open())
        os.kill(process, signal.SIGKILL)
    with drive.serving(port) as (address, _), Visitor(address) as visitor:
        assert drive.headline(visitor.open()) == before

"""What is kept, and that nobody gets what is another's."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.caching import RESULTS_HELD, RUNS_BETWEEN, begin_run, forget, hold, memo
from ccgeo.io.readers import read_records
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed
from ccgeo.query.selection import View
from ccgeo.records.sectors import classify

ROWS = 200_000
ROUNDS = 200


def test_what_was_remembered_is_made_again_after_forgetting():
    made = []

    @memo(4)
    def told(word):
        made.append(word)
        return word * 2

    assert [told("a"), told("a")] == ["aa", "aa"]
    assert made == ["a"]
    forget()
    assert told("a") == "aa"
    assert made == ["a", "a"]


def test_a_memo_holds_no_more_than_it_may():
    @memo(3)
    def told(word):
        return word

    for number in range(100):
        told(str(number))
    assert told.cache_info().currsize == 3


def test_the_words_of_a_file_are_forgotten():
    classify("a wording that only this test has")
    assert classify.cache_info().currsize > 0
    forget()
    assert classify.cache_info().currsize == 0


@given(st.lists(st.integers(0, 5), max_size=40))
def test_a_session_gets_what_its_key_asks_for_and_holds_few(keys):
    store = {}
    for key in keys:
        assert hold(store, "results", key, lambda key=key: key * 10) == key * 10
        assert len(store["results"]) <= RESULTS_HELD


def test_what_fails_is_not_kept():
    store = {}
    with pytest.raises(ZeroDivisionError):
        hold(store, "results", 1, lambda: 1 // 0)
    assert hold(store, "results", 1, lambda: 7) == 7


def test_two_sessions_with_files_of_their_own_never_see_each_others():
    leaks = []

    def bring(name):
        store = {}
        for number in range(ROUNDS):
            word = f"deal {name}{number}"
            content = f"title,place,amount,date\n{word},渝中区,{number + 1}亿元,2020\n".encode()
            checked = hold(store, "bring", number, lambda c=content: read_records(c, "deals.csv"))
            if checked.good["title"].tolist() != [word]:
                leaks.append(checked.good)
            if checked.good["amount_fen"].tolist() != [(number + 1) * 10**10]:
                leaks.append(checked.good)
            forget()

    sessions = [threading.Thread(target=bring, args=(name,)) for name in "ab"]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    assert leaks == []


def test_one_changed_cell_in_many_rows_changes_the_answer():
    few = read_placed()
    rows = few.iloc[np.arange(ROWS) % len(few)].reset_index(drop=True)
    changed = rows.copy()
    stated = int(np.flatnonzero(rows["amount_fen"].fillna(0) > 0)[-1])
    changed.loc[stated, "amount_fen"] += 10**18
    view = View(level="province")
    sentences = {build_choropleth(table, view).sentence for table in (rows, changed)}
    assert len(sentences) == 2


def test_one_changed_cell_of_a_file_changes_what_is_held():
    lines = ["title,place,amount,date"]
    lines += [f"deal {number},Wanzhou District,1 million CNY,2020" for number in range(500)]
    other = [*lines[:-1], lines[-1].replace("1 million", "2 million")]
    store = {}
    contents = ["\n".join(each).encode() for each in (lines, other)]
    results = [
        hold(store, "bring", number, lambda c=content: read_records(c, "deals.csv"))
        for number, content in enumerate(contents)
    ]
    sums = [result.good["amount_fen"].sum() for result in results]
    assert sums[1] - sums[0] == 1_000_000 * 100


class Session:
    """Something that only a search for garbage frees."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def closed():
    """Give a session that was there when a run began, and has been closed."""
    session = Session()
    held = weakref.ref(session)
    begin_run(search_all=True)
    begin_run()
    if not gc.get_freeze_count():  # that was the one in so many
        begin_run()
    del session
    yield held
    gc.unfreeze()


def test_a_run_looks_for_garbage_only_among_what_it_made(closed):
    gc.collect()
    assert closed() is not None
    made = weakref.ref(Session())
    gc.collect()
    assert made() is None


def test_what_a_closed_session_held_goes_when_the_next_one_begins(closed):
    begin_run(search_all=True)
    gc.collect()
    assert closed() is None


def test_what_a_closed_session_held_goes_after_so_many_runs_of_others(closed):
    for _ in range(RUNS_BETWEEN):
        begin_run()
        gc.collect()
    assert closed() is None

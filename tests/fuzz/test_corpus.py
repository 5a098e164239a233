"""Every input that once did something new is tried again, and the fuzzer notices a broken law."""

from __future__ import annotations

import os

import pytest
from benchmarks.fuzz.mutation import LONGEST, Pool
from benchmarks.fuzz.run import CORPUS, Runner, fuzz, packed, saved, unpacked
from benchmarks.fuzz.targets import Target, expect, repacked, targets

from ccgeo.io.readers import read_records

TARGETS = targets()
SECONDS = float(os.environ.get("CCGEO_FUZZ_SECONDS", "5"))


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_of_a_parser_breaks_no_law(name):
    target, kept = TARGETS[name], saved(name)
    assert kept
    for made in (*target.seeds, *kept):
        target.check(made)


def test_every_parser_has_a_corpus():
    assert {path.stem for path in CORPUS.glob("*.json")} == set(TARGETS)


def test_some_seconds_of_changed_inputs_break_no_law():
    runners = fuzz(10**9, SECONDS, seed=int(os.environ.get("CCGEO_FUZZ_SEED", "1")))
    assert min(runner.count for runner in runners) > 0
    assert {runner.name: runner.crashes for runner in runners if runner.crashes} == {}


def test_a_parser_that_fails_is_a_crash_and_its_input_is_told():
    def check(text):
        expect("7" not in text, "no seven")
        return len(text)

    runner = Runner("none", Target(check, ("1",), 1), seed=3)
    runner.target = runner.target._replace(seeds=("1", "7"))
    runner.pool = Pool(["7"], 3)
    for _ in range(200):
        runner.step()
    ((where, made),) = runner.crashes.items()
    assert "no seven" in where
    assert "7" in made


@pytest.mark.parametrize("seeds", [["渝中区", "1.5"], [b"a,b\n1,2\n", b"PK"]])
def test_the_same_seed_makes_the_same_inputs(seeds):
    one, other = Pool(seeds, 5), Pool(seeds, 5)
    made = [one.next() for _ in range(300)]
    assert made == [other.next() for _ in range(300)]
    assert all(isinstance(each, type(seeds[0])) and len(each) <= LONGEST for each in made)
    assert len(set(made)) > 200


def test_a_new_outcome_is_kept_once():
    pool = Pool(["a"], 1)
    assert pool.learn("b", ("new",))
    assert not pool.learn("c", ("new",))
    assert pool.kept == ["a", "b"]


@pytest.mark.parametrize("made", ["渝中区\x00\ud800", b"\x00\xff"])
def test_the_corpus_gives_back_what_was_put_in(made):
    assert unpacked(packed(made)) == made


def test_a_sheet_that_is_put_into_the_workbook_is_read():
    sheet = next(seed for seed in TARGETS["workbook"].seeds if b"3.5" in seed)
    assert read_records(repacked(sheet), "deals.xlsx").columns == ("title", "amount")

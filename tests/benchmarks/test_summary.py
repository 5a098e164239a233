"""All claims of the benchmarks are run and stand in one table, broken ones marked."""

from __future__ import annotations

import sys

from benchmarks._summary import Claim, commands, promise, run, table


def test_every_claim_has_a_sentence_that_says_what_it_promises():
    known = commands()

    assert {"query_speed", "scale.query", "scale.listing", "scale.ingest"} <= set(known)
    assert not [name for name in known if name.startswith("_")]
    assert all(promise(name).endswith(".") for name in known)


def test_a_claim_holds_as_its_command_says(capfd):
    kept = run("query_speed", [sys.executable, "-c", "print('a'); print('kept')"])
    broken = run("query_speed", [sys.executable, "-c", "print('late'); raise SystemExit(1)"])

    assert (kept.told, kept.held) == ("kept", True)
    assert (broken.told, broken.held) == ("late", False)
    assert "late" in capfd.readouterr().out


def test_what_is_broken_is_marked_in_the_table():
    told = table(
        [Claim("one", "Fast.", "kept", held=True), Claim("two", "Small.", "9", held=False)]
    )

    assert told.splitlines() == [
        "held    one: Fast.",
        "        kept",
        "BROKEN  two: Small.",
        "        9",
    ]

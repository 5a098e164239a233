"""Taking files in without any process beside that of the test."""

from __future__ import annotations

from contextlib import contextmanager

from ccgeo.io import ingest as ingesting
from ccgeo.io import intake


class Inline:
    """A pool that works at once, in this process."""

    def __init__(self, _workers, _context, start, given):
        start(*given)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def submit(self, work, *given):
        done = work(*given) if given else None
        return type("Done", (), {"result": lambda _self: done})()


@contextmanager
def here(files, folder, workers):
    """Take files in without a process for it."""
    yield ingesting.take_all(files, folder, workers)


def work_inline(monkeypatch):
    """Let `ccgeo.io.ingest` do all of its work in this process."""
    monkeypatch.setattr(ingesting, "ProcessPoolExecutor", Inline)
    monkeypatch.setattr(ingesting, "_beside", here)
    monkeypatch.setattr(intake.signal, "signal", lambda *_given: None)

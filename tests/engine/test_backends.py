"""Spark is told how to answer by the size of what it holds; the rest of it needs Java."""

from __future__ import annotations

from threading import Lock
from types import SimpleNamespace

import pytest

from ccgeo.engine import backends
from ccgeo.engine.backends import SparkEngine


class Frame:
    """A table of Spark that notes what is done to it."""

    def __init__(self, done):
        self.done = done

    def __getattr__(self, name):
        def note(*given):
            self.done.append((name, *given))
            return self

        return note


@pytest.fixture
def spark():
    engine, done, told = SparkEngine.__new__(SparkEngine), [], {}
    engine._session = SimpleNamespace(
        read=Frame(done), conf=SimpleNamespace(set=told.__setitem__), done=done, told=told
    )
    engine._lock, engine._kept, engine._large = Lock(), {}, set()
    return engine


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(backends, "_SMALL_BYTES", 10)
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"0" * 10)
    large.write_bytes(b"0" * 11)
    return small, large


def test_small_tables_lie_in_one_piece_and_statements_are_not_compiled(spark, files):
    spark.attach("cells", [files[0]], ["site"])

    assert ("coalesce", 1) in spark._session.done
    assert ("cache",) in spark._session.done
    assert set(spark._session.told.values()) == {"false"}


def test_one_large_table_is_enough_to_compile(spark, files):
    spark.attach("entries", [files[1]], ["site"])
    spark.attach("cells", [files[0]], ["site"])

    assert set(spark._session.told.values()) == {"true"}
    assert spark._session.done.count(("cache",)) == 1


def test_the_files_of_a_table_count_together(spark, files):
    spark.attach("entries", [files[0], files[0]], ["site"])

    assert ("cache",) not in spark._session.done


def test_a_table_that_is_replaced_is_let_go(spark, files):
    spark.attach("entries", [files[0]], ["site"])
    spark.attach("entries", [files[1]], ["site"])
    spark.attach("entries", [files[0]], ["site"])

    assert spark._session.done.count(("unpersist",)) == 1
    assert set(spark._session.told.values()) == {"false"}

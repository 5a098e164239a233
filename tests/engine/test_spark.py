"""Spark is told how to answer by the size of what it holds; tasks come back in order."""

from __future__ import annotations

from operator import neg
from threading import Lock
from types import SimpleNamespace

import pytest

from ccgeo.engine import spark as module
from ccgeo.engine.backends import open_spark
from ccgeo.engine.spark import SparkEngine
from ccgeo.engine.statements import EngineError
from ccgeo.errors import CcgeoError


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
    monkeypatch.setattr(module, "_SMALL_BYTES", 10)
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


def test_groups_that_spark_cannot_find_are_told_in_one_sentence(spark, files):
    def refuse(_statement):
        message = "[PARSE_SYNTAX_ERROR] near here"
        raise RuntimeError(message)

    spark._session.sql = refuse

    with pytest.raises(EngineError, match=r"^Spark does not finish: \[PARSE_SYNTAX_ERROR\]"):
        spark.grouped("SELECT", [files[0]], "file", neg)


def test_spark_is_opened_whatever_folder_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)

    for setting in ("spark://host:7077", "spark://host:7077/folder"):
        with pytest.raises(EngineError, match=r"^Spark at spark://host:7077 does not start"):
            open_spark(setting)


class Context:
    """Runs a task in the thread that asks for it."""

    defaultParallelism = 2  # noqa: N815 - Spark's name

    def parallelize(self, items, _slices):
        return SimpleNamespace(
            map=lambda work: SimpleNamespace(collect=lambda: list(map(work, items)))
        )


@pytest.fixture
def workers():
    engine = SparkEngine.__new__(SparkEngine)
    engine._session = SimpleNamespace(sparkContext=Context())
    return engine


def test_tasks_come_back_in_order_and_few_are_asked_for_ahead(workers):
    asked = []

    def items():
        for number in range(20):
            asked.append(number)
            yield number

    done = workers.each(neg, items())

    assert next(done) == 0
    assert len(asked) <= 4
    assert list(done) == [-number for number in range(1, 20)]


def test_what_is_told_in_our_words_is_raised_as_it_is(workers):
    def refuse(_item):
        message = "rows.csv: no column is known"
        raise CcgeoError(message)

    with pytest.raises(CcgeoError, match=r"^rows\.csv: no column is known$"):
        list(workers.each(refuse, [1]))


def test_what_spark_gives_up_is_told_in_one_sentence(workers):
    def fail(_item):
        message = "Job aborted\n  File x\nOSError: disk is full\n\tat java"
        raise RuntimeError(message)

    with pytest.raises(EngineError, match=r"^Spark does not finish: OSError: disk is full$"):
        list(workers.each(fail, [1]))

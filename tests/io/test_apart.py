"""A file that is parsed in a process of its own gives the same table, or ends with the process."""

from __future__ import annotations

import json

import pytest

from ccgeo.io import apart
from ccgeo.io.apart import read_apart
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.features import read_geojson
from ccgeo.io.readers import read_records
from ccgeo.io.sheets import read_xlsx
from ccgeo.io.workbook import workbook_bytes

ROWS = [
    {"title": "a", "amount": 1, "is residual": True, "note": None},
    {"title": "=1+1", "amount": 1.5, "is residual": False, "note": "重庆"},
]
BOOK = workbook_bytes({"records": ROWS})
FEATURES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": 7, "properties": {"title": "\ud800", "n": 10**20},
             "geometry": {"type": "Point", "coordinates": [106.5, 29.5]}},
            {"type": "Feature", "properties": {"title": "x"}, "geometry": {"type": "Odd"}},
        ],
    }
).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("content", "form", "here"),
    [(BOOK, "xlsx", read_xlsx), (FEATURES, "geojson", read_geojson)],
)
def test_the_table_is_the_one_that_is_read_here(content, form, here):
    table = read_apart(content, form, "a file")

    assert table == here(content, "a file")
    assert [list(map(type, row)) for row in table.rows] == [
        list(map(type, row)) for row in here(content, "a file").rows
    ]


def test_what_is_refused_apart_is_told_as_a_fault():
    checked = read_records(b'{"type": "Feature"', "a.geojson", is_apart=True)

    assert [fault.kind for fault in checked.faults] == ["json.damaged"]
    assert checked.faults[0].file == "a.geojson"


@pytest.mark.parametrize(
    ("limit", "kind"), [("MOST_MEMORY", "file.too_hungry"), ("MOST_SECONDS", "file.too_slow")]
)
def test_a_file_that_takes_too_much_is_refused(monkeypatch, limit, kind):
    pytest.importorskip("resource", reason="this system has no limits of a process")
    monkeypatch.setattr(apart, limit, 0)

    with pytest.raises(RefusedFileError) as told:
        read_apart(FEATURES + b" " * 9_000_000, "geojson")
    assert told.value.kind == kind


def test_who_does_not_wait_any_more_ends_the_process(monkeypatch):
    begun = []

    class Noted(apart.Popen):
        def __init__(self, *given, **named):
            super().__init__(*given, **named)
            begun.append(self)

    def leave():
        raise InterruptedError

    monkeypatch.setattr(apart, "Popen", Noted)
    with pytest.raises(InterruptedError):
        read_apart(BOOK, "xlsx", on_tick=leave)
    assert [each.returncode for each in begun] == [-9]

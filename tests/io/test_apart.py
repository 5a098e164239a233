"""A file that is parsed in a process of its own gives the same table, or ends with the process."""

from __future__ import annotations

import json

import pytest

from ccgeo.io import apart
from ccgeo.io.apart import read_apart
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.features import read_geojson
from ccgeo.io.readers import read_records
from ccgeo.io.sheets import read_csv, read_xlsx
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
LINES = "title,amount\n重庆,\n\n,,stray,'=1\n\"open,1\nx,'=1+1\n".encode("gb18030")


@pytest.mark.parametrize(
    ("content", "form", "here"),
    [(BOOK, "xlsx", read_xlsx), (FEATURES, "geojson", read_geojson), (LINES, "csv", read_csv)],
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

    def leave(_):
        raise InterruptedError

    monkeypatch.setattr(apart, "Popen", Noted)
    with pytest.raises(InterruptedError):
        read_apart(BOOK, "xlsx", on_progress=leave)
    assert [each.returncode for each in begun] == [-9]


def test_how_much_is_read_is_told_meanwhile():
    shares = []
    read_apart(b"title\n" + b"\n" * 4_000_000 + b"x\n", "csv", on_progress=shares.append)

    assert shares == sorted(shares)
    assert [share for share in shares if 0 < share < 1]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"title\n" + b"\n" * 1_000_000, "table.no_rows"),
        (b"," * 1_000_000, "table.too_many_columns"),
        (b"title\nx" + b",ab" * 300_000, "table.too_many_columns"),
        (b'"' * 1_000_000, "table.no_rows"),
        (b"title,b\n" + b'a,"b\n' * 200_000, "table.quotes"),
        (b"title\n" + b"a\n" * 500_000, "table.too_many_rows"),
    ],
)  # fmt: skip
def test_a_long_table_of_next_to_nothing_is_told_in_one_fault(content, kind):
    checked = read_records(content, "a.csv")

    assert [fault.kind for fault in checked.faults] == [kind]

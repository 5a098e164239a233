"""Files of a register: they name it, say whether it is made up, and end at a limit."""

import csv
import io
import json

import pytest

from ccgeo.errors import CcgeoError
from ccgeo.io import register
from ccgeo.io.register import register_bytes
from ccgeo.layers.answer import Answer, answer_of
from ccgeo.query.engine import read_placed
from ccgeo.query.memory import Memory
from ccgeo.query.selection import OPEN_SELECTION, Selection, View
from ccgeo.query.source import Origin

ORIGIN = Origin("abc123abc123", "toy", 300, is_synthetic=True)


class Toy(Memory):
    """Entries in memory that say they are a register."""

    @property
    def origin(self):
        return ORIGIN


@pytest.fixture(scope="module")
def answered() -> Answer:
    return answer_of(Toy(read_placed().head(300)), OPEN_SELECTION, View())


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_row_says_where_it_is_from_and_that_it_is_made_up(answered):
    rows = rows_of(register_bytes(answered, "csv"))

    assert {row["entry_id"] for row in rows} == set(answered.selected["entry_id"])
    assert {row["ccgeo_register"] for row in rows} == {"toy"}
    assert {row["ccgeo_synthetic"] for row in rows} == {"yes"}
    assert {row["ccgeo_data_version"] for row in rows} == {ORIGIN.version}


def test_a_table_without_rows_still_says_so():
    nothing = Selection(sectors=frozenset({"agriculture"}), years=(1990, 1991))
    empty = answer_of(Toy(read_placed().head(3)), nothing, View())

    assert rows_of(register_bytes(empty, "csv"))[0]["ccgeo_synthetic"] == "yes"


def test_a_layer_says_so_in_its_metadata_and_adds_up(answered):
    told = json.loads(register_bytes(answered, "geojson"))

    assert told["metadata"]["register"] == {"name": "toy", "entries": 300, "synthetic": True}
    assert told["metadata"]["data_version"] == ORIGIN.version
    assert told["metadata"]["sentence"].startswith("Synthetic data, made up: ")
    units = [f for f in told["features"] if f["id"].startswith("unit-")]
    mapped = sum(unit["properties"]["entries"] for unit in units)
    beside = sum(row["entries"] for row in told["metadata"]["not_mapped"])
    assert mapped + beside == 300


def test_more_records_than_a_file_holds_are_refused_in_one_sentence(answered, monkeypatch):
    monkeypatch.setattr(register, "MOST_RECORDS", 10)

    with pytest.raises(CcgeoError, match=r"at most 10 records, this selection has 300$"):
        register_bytes(answered, "csv")

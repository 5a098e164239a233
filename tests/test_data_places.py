"""The shipped records lie where the geocoder reads their text, or a person has decided it."""

import pytest

from ccgeo.places.geocoder import geocode
from ccgeo.places.tables import read_table
from ccgeo.shipped import data_file

RECORDS = read_table("deals/records.csv").set_index("id")
DECISIONS = read_table("deals/decisions.csv").set_index("record_id")


def read_again(record):
    """Return whether the geocoder alone puts a record where it lies."""
    result = geocode(record["place_text"], as_of=record["date"])
    same = result.level == record["place_level"]
    return result.is_settled and same and set(result.places) == set(record["place_ids"].split(";"))


def disagreements():
    rows = RECORDS.to_dict("index").items()
    return [record_id for record_id, record in rows if not read_again(record)]


def test_every_record_lies_where_its_text_is_read_or_where_a_person_decided():
    assert [one for one in disagreements() if one not in DECISIONS.index] == []


def test_every_decision_is_the_place_of_its_record_and_has_a_reason():
    for record_id, decision in DECISIONS.iterrows():
        record = RECORDS.loc[record_id]
        for column in ("place_text", "place_level", "place_ids"):
            assert decision[column] == record[column], (record_id, column)
        assert decision["reason"]
        assert decision["decided_by"]
        assert decision["decided_on"]


def test_no_decision_stands_that_the_geocoder_does_not_need():
    assert sorted(set(DECISIONS.index) - set(disagreements())) == []


def test_a_decision_says_what_the_machine_read():
    for record_id, decision in DECISIONS.iterrows():
        record = RECORDS.loc[record_id]
        result = geocode(record["place_text"], as_of=record["date"])
        assert decision["machine_level"] == result.level, record_id
        assert decision["machine_ids"] == ";".join(result.places), record_id


def test_each_record_has_one_decision_at_most():
    assert DECISIONS.index.is_unique


@pytest.mark.parametrize("name", ["aliases.csv", "groups.csv", "hant.csv"])
def test_the_tables_of_names_are_light_and_told(name):
    assert data_file(f"geo/{name}").stat().st_size < 3_000_000
    assert name in data_file("geo/README.md").read_text(encoding="utf-8")


def test_every_name_by_hand_has_a_source():
    groups = read_table("geo/groups.csv")
    assert (groups[["source", "checked"]] != "").all(axis=None)
    assert ((groups["names_zh"] != "") | (groups["names_en"] != "")).all()


def test_every_family_of_names_says_where_it_comes_from():
    aliases = read_table("geo/aliases.csv")
    assert (aliases[["target", "level", "kind", "source", "names"]] != "").all(axis=None)

"""A district that the later boundaries divide is listed, unless a town decides it."""

from __future__ import annotations

import pytest
from hypothesis import given
from toy_entries import at, placed_entries, toy_entries

from ccgeo.query.crossing import divided_districts
from ccgeo.query.engine import place_entries, read_placed
from ccgeo.query.vocabulary import VIEW_CHOICES


def placed(*changes):
    return place_entries(toy_entries(*changes))


def test_yubei_alone_is_not_mapped_and_listed_with_its_shares():
    entries = placed(at("500112"), at("500112"), at("500103"))
    assert entries["unit_district_2026"].tolist() == ["", "", "500103"]
    divided = divided_districts(entries, "2026")
    assert divided["adcode"].tolist() == ["500112", "500112"]
    assert divided["to_adcode"].tolist() == ["500157", "500109"]
    assert divided["entries"].tolist() == [2, 2]
    assert divided["share"].sum() == pytest.approx(1)
    assert divided["share"].iloc[0] == pytest.approx(0.63, abs=0.01)


def test_nothing_is_divided_on_the_boundaries_the_records_were_stated_on():
    assert divided_districts(placed(at("500112")), "2025").empty


@pytest.mark.parametrize(
    ("adcode", "words", "found"),
    [
        ("500112", {"place_text": "Longxing, Liangjiang New Area"}, "500157"),
        ("500112", {"place_text": "渝北区茨竹镇"}, "500109"),
        ("500112", {"place_text": "渝北区茨竹镇、龙兴镇"}, ""),
        ("500109", {"place_text": "北碚蔡家"}, "500157"),
        ("500109", {"place_basis": "place known (Shuitu, Beibei)"}, "500157"),
        ("500109", {"place_text": "Beibei"}, ""),
        ("500103", {"place_text": "Longxing"}, "500103"),
    ],
)
def test_a_town_in_the_words_about_a_record_decides(adcode, words, found):
    entries = toy_entries(at(adcode) | {"place_text": words.get("place_text", "")})
    entries["place_basis"] = words.get("place_basis", "")
    entries = place_entries(entries)
    assert entries["unit_district_2026"].tolist() == [found]
    assert entries["unit_district_2025"].tolist() == [adcode]
    assert divided_districts(entries, "2026").empty == bool(found)


@given(placed_entries())
def test_what_is_divided_is_counted_and_never_more_than_there_is(entries):
    for vintage in VIEW_CHOICES["vintage"]:
        divided = divided_districts(entries, vintage).drop_duplicates("adcode")
        assert divided["entries"].sum() <= (entries["place_level"] == "district").sum()


def test_shipped_records_that_name_a_town_cross_and_the_others_wait():
    entries = read_placed().set_index("record_id")
    assert entries.loc["CQ-0087", "unit_district_2026"] == "500157"
    assert entries.loc["CQ-0404", "unit_district_2026"] == "500157"
    assert entries.loc["CQ-0652", "unit_district_2026"] == ""
    divided = divided_districts(read_placed(), "2026")
    assert set(divided["adcode"]) == {"500112"}

"""The classifier hears the longest wording, and does not guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.records.sectors import (
    SEVERAL,
    UNSTATED,
    classify,
    read_sectors,
    sector_choices,
    sector_name,
)

SECTORS = tuple(read_sectors()["sector_id"])


@pytest.mark.parametrize(
    ("wording", "sector_id"),
    [
        ("smart and internet-connected new energy vehicles", "automotive"),
        ("new energy", "new_energy"),
        ("batteries", "new_energy"),
        ("battery materials", "new_materials"),
        ("integrated circuits", "electronics"),
        ("software information and technological innovation", "digital"),
        ("intelligent manufacturing", "equipment"),
        ("biomedicine", "biomedicine"),
        ("food processing", "food_agri"),
        ("real estate / integrated development", "culture_urban"),
        ("cross-border finance", "finance_business"),
        ("low-altitude economy", "aerospace"),
        ("natural gas", "energy_chem"),
        ("新能源汽车", "automotive"),
        ("动力电池", "new_energy"),
        ("半导体", "electronics"),
    ],
)
def test_one_wording_has_one_sector(wording, sector_id):
    assert classify(wording) == (sector_id, (sector_id,))


def test_new_energy_vehicles_are_not_new_energy():
    assert "new_energy" not in classify("new energy vehicles").sector_ids


def test_several_sectors_are_all_kept_in_the_order_of_the_taxonomy():
    found = classify("tourism, biomedicine, electronics")
    assert found == (SEVERAL, ("electronics", "biomedicine", "culture_urban"))


@pytest.mark.parametrize("wording", ["", "all", "by stage", "industry", "foreign-funded", "工业"])
def test_wording_that_names_no_sector_is_unstated(wording):
    assert classify(wording) == (UNSTATED, ())


def test_an_unknown_item_beside_a_known_one_makes_several():
    assert classify("tourism, basket weaving").sector_id == SEVERAL
    assert classify("tourism and others").sector_id == "culture_urban"
    assert classify("tourism, others").sector_id == "culture_urban"


def test_a_weak_wording_is_heard_only_where_nothing_stronger_is():
    assert classify("energy").sector_id == "energy_chem"
    assert classify("clean energy").sector_ids == ("new_energy",)


@pytest.mark.parametrize("wording", ["carpet weaving", "unreported", "chippy", "stain"])
def test_english_is_matched_on_whole_words_only(wording):
    assert classify(wording).sector_id == UNSTATED


def test_case_and_spaces_do_not_matter():
    assert classify("  NEW   Energy\nVehicles ") == classify("new energy vehicles")


def test_markup_in_a_wording_is_only_text():
    assert classify("<script>alert(1)</script>").sector_id == UNSTATED
    assert classify("a" * 22_000).sector_id == UNSTATED


def test_the_choices_are_the_taxonomy_and_two_more():
    assert sector_choices() == (*SECTORS, SEVERAL, UNSTATED)
    assert len(set(sector_choices())) == 16


def test_every_choice_has_a_name_in_both_languages():
    for sector_id in sector_choices():
        assert sector_name(sector_id, "en")
        assert sector_name(sector_id, "zh") != sector_name(sector_id, "en")


def test_an_unknown_sector_names_its_neighbour():
    with pytest.raises(UnknownChoiceError, match=r"sector .automotiv. is not known.*automotive"):
        sector_name("automotiv")


def test_no_wording_leads_to_two_sectors():
    seen = {}
    for sector in read_sectors().itertuples():
        for synonym in (sector.synonyms_en + ";" + sector.synonyms_zh).split(";"):
            if synonym:
                assert seen.setdefault(synonym.lower(), sector.sector_id) == sector.sector_id


@pytest.mark.parametrize("sector_id", SECTORS)
def test_every_strong_english_wording_leads_to_its_own_sector(sector_id):
    sector = read_sectors().set_index("sector_id").loc[sector_id]
    for synonym in filter(None, sector["synonyms_en"].split(";")):
        assert sector_id in classify(synonym).sector_ids, synonym


@given(st.text(max_size=80))
def test_any_text_gets_exactly_one_place_in_the_partition(wording):
    found = classify(wording)
    assert found.sector_id in sector_choices()
    assert set(found.sector_ids) <= set(SECTORS)
    assert (found.sector_id == UNSTATED) == (not found.sector_ids)


@given(st.lists(st.sampled_from(SECTORS), min_size=1, max_size=4, unique=True))
def test_a_list_of_named_sectors_is_found_again(sector_ids):
    first = read_sectors().set_index("sector_id")["synonyms_en"].str.split(";").str[0]
    found = classify(", ".join(first[sector_id] for sector_id in sector_ids))
    assert set(found.sector_ids) == set(sector_ids)

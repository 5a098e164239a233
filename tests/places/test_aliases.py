"""Every name leads somewhere, and what follows from a name by rule is known too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import DataFileError
from ccgeo.places import aliases
from ccgeo.places.aliases import FIRST, LAST, Entry, best_of, read_index
from ccgeo.places.gazetteer import read_units
from ccgeo.places.normalise import squeeze

keys = st.sampled_from(sorted(read_index().entries))


@given(keys)
def test_a_key_is_the_squeezed_form_of_itself(key):
    assert squeeze(key) in {key, key.removeprefix("the")}


@given(keys)
def test_the_places_of_a_name_come_in_the_order_of_their_standing(key):
    standings = [entry.standing for entry in read_index().entries[key]]
    assert standings == sorted(standings)
    assert all(FIRST <= standing <= LAST for standing in standings)


@given(keys)
def test_a_name_leads_to_each_place_once(key):
    targets = [(entry.target, entry.level) for entry in read_index().entries[key]]
    assert len(targets) == len(set(targets))


@given(keys)
def test_the_best_places_of_a_name_share_one_standing(key):
    entries = read_index().entries[key]
    best = best_of(entries)
    assert best[0] == entries[0]
    assert len({entry.standing for entry in best}) == 1


@pytest.mark.parametrize("column", ["name_zh", "name_en", "short_en", "name_zh_hant", "pinyin"])
def test_every_unit_is_found_by_its_own_names(column):
    entries = read_index().entries
    for unit in read_units().itertuples():
        found = {entry.target for entry in entries[squeeze(getattr(unit, column))]}
        assert unit.adcode in found, getattr(unit, column)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Jiangjin Qu", "500116"),
        ("Jiangjin Dist", "500116"),
        ("Zhong Xian", "500233"),
        ("Si Chuan Sheng", "510000"),
        ("Cheng Du Shi", "510100"),
        ("Luodai Zhen", "510112"),
        ("洛带", "510112"),
        ("Changshou ETDZ", "cq-changshou-etdz"),
        ("长寿经济技术开发区", "cq-changshou-etdz"),
        ("重庆长寿经开区", "cq-changshou-etdz"),
        ("Xiyong CBZ", "cq-cbz-xiyong"),
        ("灌县", "510181"),
        ("Kiangtsin", "500116"),
        ("Zhejiang Sheng", "330000"),
        ("宁波", "330200"),
        ("S. Korea", "KR"),
        ("东盟国家", "ASEAN"),
    ],
)
def test_what_follows_from_a_name_by_rule_is_known(name, target):
    assert read_index().entries[squeeze(name)][0].target == target


def test_a_park_lends_its_bare_name_to_the_town_it_lies_in():
    assert all(entry.level != "zone" for entry in read_index().entries["longxing"])


def test_a_missing_table_is_told(monkeypatch):
    def missing(name):
        raise DataFileError(name)

    monkeypatch.setattr(aliases, "data_file", missing)
    read_index.cache_clear()
    with pytest.raises(DataFileError):
        read_index()
    read_index.cache_clear()


def test_a_word_of_the_language_is_a_weak_name():
    assert read_index().entries["南部"][0].weak
    assert not read_index().entries["南部县"][0].weak


def test_an_entry_without_a_later_district_stays_where_it_is():
    assert Entry("500103", "district", "official", FIRST, weak=False).later == ""

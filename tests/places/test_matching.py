"""Names are found within a text and settle one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.places.aliases import read_index
from ccgeo.places.finding import existing
from ccgeo.places.matching import find_whole, find_within
from ccgeo.places.normalise import fold, read_mention


def targets(text, vintage="2025"):
    return [hit.entries[0].target for hit in find_within(fold(text), vintage)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a plant in Banan District of Chongqing", ["500113"]),
        ("重庆市渝北区", ["500112"]),
        ("四川省德阳市广汉市", ["510681"]),
        ("内江市中区", ["511002"]),
        ("Shizhong District, Leshan", ["511102"]),
        ("万州、达州、开州", ["500101", "511700", "500154"]),
        ("Chengdu; Dujiangyan; Ya'an", ["510100", "510181", "511800"]),
        ("四川、成都、绵阳", ["510100", "510700"]),
        ("渝北Yubei", ["500112"]),
        ("宁波市江北区", ["330205"]),
        ("Jiangbei District, Ningbo", ["330205"]),
        ("武汉江北", ["420100"]),
        ("Fushun-Yongchuan block", ["510322", "500118"]),
        ("达州市向重庆招商", ["511700"]),
        ("重庆路", []),
        ("Chongqing Road", []),
        ("Jialing River", []),
        ("长安汽车渝北工厂", ["500112"]),
        ("两江新区龙兴", ["500112"]),
        ("Tianfu district", []),
        ("青白江区欧洲产业城", ["510113"]),
        ("渠县李渡园区", ["511725"]),
        ("Minsk, Belarus", ["BY:Minsk"]),
        ("人工智能", []),
        ("", []),
    ],
)
def test_the_names_in_a_text_settle_one_another(text, found):
    assert targets(text) == found


def test_the_longest_name_at_a_place_is_taken():
    assert targets("at Chengdu High-tech Zone") == ["sc-chengdu-htdz"]


def test_a_latin_name_ends_with_a_word():
    assert targets("the Chongqingers") == []


def test_a_weak_name_needs_another_to_speak_for_it():
    assert targets("我们南部地区") == []
    assert targets("南充南部") == ["511321"]


@given(st.text(max_size=80))
def test_any_text_is_searched(text):
    for hit in find_within(fold(text), "2025"):
        assert hit.entries
        assert set(hit.entries) <= set(existing(hit.entries, "2025"))


@given(st.sampled_from(sorted(read_index().entries)))
def test_a_name_is_found_as_a_whole(key):
    mention = read_mention(key)
    if hasattr(mention, "key") and mention.key == key:
        assert find_whole(mention)


def test_syllables_apart_are_read_as_wade_giles_writes_them():
    assert find_whole(read_mention("Pi-shan"))[0].target == "500120"
    assert find_whole(read_mention("Pishan"))[0].target == "653223"

"""A mention leads to the place it means, or to nothing where one would have to guess."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.places.aliases import read_index
from ccgeo.places.footprint import KNOWN_LEVELS, Place
from ccgeo.places.gazetteer import read_units
from ccgeo.places.geocoder import (
    COLUMNS,
    FUZZY_CONFIDENCE,
    MAPPED_WITHOUT_REVIEW,
    geocode,
    geocode_column,
    told,
)
from ccgeo.places.normalise import REASONS
from ccgeo.places.zones import read_zones

anything = st.one_of(st.text(), st.none(), st.integers(), st.floats(), st.binary(), st.booleans())
LEVELS = {*KNOWN_LEVELS, "city", "outside", "none"}


@given(anything)
def test_anything_gets_an_answer_of_a_known_level(value):
    result = geocode(value)
    assert result.level in LEVELS
    assert 0 <= result.confidence <= 1
    assert (result.level == "none") == (result.reason in REASONS) == (not result.places)
    assert result.ambiguous == bool(result.candidates)


@given(st.text(min_size=1).map(lambda text: f"Yubei {text}"))
def test_nothing_of_the_text_is_given_back_but_the_name_found(text):
    result = geocode(text)
    letters = "".join(character for character in result.alias if character != ";")
    assert len(letters) <= len(text) + 4
    assert "<" not in str(result)


@given(st.sampled_from(read_units().query("level == 'district' and in_2025")["adcode"].tolist()))
def test_the_full_path_of_a_district_is_settled(adcode):
    units = read_units().set_index("adcode")
    unit = units.loc[adcode]
    province = units.loc[unit["province_adcode"], "name_zh"]
    above = units.loc[unit["prefecture_adcode"], "name_zh"]
    result = geocode(province + (above if above != province else "") + unit["name_zh"])
    assert result.place == Place("district", (adcode,))
    bare = geocode(unit["name_zh_hant"] + f" ({province})")
    assert (adcode,) in [bare.places, *(candidate.place.ids for candidate in bare.candidates)]


@given(st.sampled_from(read_zones()["zone_id"].tolist()))
def test_a_zone_is_found_by_its_names(zone_id):
    zone = read_zones().set_index("zone_id").loc[zone_id]
    for name in (zone["name_zh"], zone["name_en"], zone["name_zh_hant"]):
        assert zone_id in geocode(name).places, name


@pytest.mark.parametrize(
    ("text", "level", "places", "precision"),
    [
        ("Yubei", "district", ("500112",), "unit"),
        ("成都", "prefecture", ("510100",), "unit"),
        ("Szechwan", "province", ("510000",), "unit"),
        ("茨竹镇", "district", ("500112",), "within"),
        ("Chaotianmen", "district", ("500103",), "within"),
        ("鱼复工业园", "zone", ("cq-yufu",), "zone"),
        ("攀西", "several", ("510400", "513400"), "group"),
        ("成渝", "circle", ("CCEC",), "group"),
        ("Southwest China", "country", ("CN",), "unit"),
        ("东盟", "bloc", ("ASEAN",), "unit"),
        ("Viet Nam", "country", ("VN",), "unit"),
        ("義大利", "country", ("IT",), "unit"),
        ("Voronezh, Russia", "city", ("RU",), "within"),
        ("宁波市江北区", "outside", ("330205",), "unit"),
        ("Jiangbei and Yubei districts", "several", ("500105", "500112"), "unit"),
        ("四川省和东盟", "several", ("510000", "ASEAN"), "unit"),
        ("灌县", "district", ("510181",), "unit"),
        ("500112", "district", ("500112",), "unit"),
        ("Kazahkstan", "country", ("KZ",), "unit"),
    ],
)
def test_a_mention_is_placed_at_the_level_it_names(text, level, places, precision):
    result = geocode(text)
    assert (result.level, result.places, result.precision) == (level, places, precision)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("市中区", {"511002", "511102"}),
        ("Guang'an", {"511600", "511602"}),
        ("长宁", {"511524", "310105"}),
        ("江北区", {"500105", "330205"}),
        ("Baisha Town", {"500116", "500119", "510522", "511781"}),
        ("西部科学城", {"cq-west-science-city", "sc-west-science-city"}),
        ("双桥区", {"500111", "130802"}),
    ],
)
def test_homonyms_are_candidates_and_no_answer(text, candidates):
    result = geocode(text)
    assert result.ambiguous
    assert candidates <= {one for candidate in result.candidates for one in candidate.place.ids}
    assert result.place is None
    assert result.confidence < MAPPED_WITHOUT_REVIEW


@pytest.mark.parametrize(
    "text", ["武汉", "Lanzhou", "Wuxi, Jiangsu", "江北新区", "浦东", "Jiangning"]
)
def test_a_place_outside_is_never_one_of_the_region(text):
    result = geocode(text)
    assert result.level == "outside"
    assert result.place is None


@pytest.mark.parametrize(
    "text", ["City", "区", "新区", "unknown", "张三", "High-tech Zone", "工业园"]
)
def test_a_word_that_names_no_place_leads_nowhere(text):
    assert geocode(text).reason == "unknown"


def test_a_wrong_letter_is_forgiven_but_not_mapped():
    result = geocode("Shapinggba")
    assert result.places == ("500106",)
    assert result.kind == "fuzzy"
    assert result.confidence == FUZZY_CONFIDENCE
    assert not result.is_settled


def test_too_many_places_are_a_list_and_no_place():
    names = read_units()["name_zh"].tolist()
    assert geocode("、".join(names[20:90])).reason == "too_many"


@pytest.mark.parametrize(
    ("text", "as_of", "place", "vintage"),
    [
        ("Liangjiang New Area", "2025-11-05", ("cq-liangjiang-na",), "2025"),
        ("Liangjiang New Area", "2025-11-06", ("500157",), "2026"),
        ("两江新区", "", ("cq-liangjiang-na",), "2025"),
        ("两江新区龙兴镇", "2026-01", ("500157",), "2026"),
        ("茨竹镇", "2026", ("500109",), "2026"),
        ("渝北区龙兴镇", "2026", ("500157",), "2026"),
        ("水土", "2026-03-01", ("500157",), "2026"),
        ("渝北区", "2026", ("500112",), "2025"),
        ("Beibei", "2026", ("500109",), "2026"),
        ("Dachuan", "1996", ("511702",), "2025"),
        ("达川市", "1996", ("511702",), "2025"),
        ("Dachuan", "2014", ("511703",), "2025"),
        ("达县", "2005", ("511703",), "2025"),
        ("江北县", "1990", ("500112",), "2025"),
        ("崇庆县", "1990-01", ("510184",), "2025"),
        ("宜宾县", "2017", ("511504",), "2025"),
    ],
)
def test_the_date_of_a_text_decides_what_a_name_meant(text, as_of, place, vintage):
    result = geocode(text, as_of=as_of)
    assert (result.places, result.vintage) == (place, vintage)


@pytest.mark.parametrize(
    ("text", "year", "kind", "precision"),
    [
        ("500110", "2005", "former_code", "within"),
        ("500110", "2015", "code", "unit"),
        ("500111", "2005", "former_code", "within"),
        ("500111", "2015", "code", "unit"),
        ("510802", "2000", "former_code", "unit"),
        ("510802", "2015", "code", "unit"),
        ("江北县", "1990", "official", "unit"),
        ("江北县", "2020", "former", "unit"),
        ("崇庆县", "1990", "official", "unit"),
        ("达县", "2010", "official", "unit"),
        ("达县", "2020", "former", "unit"),
        ("宜宾县", "2010", "official", "unit"),
        ("宜宾县", "2020", "former", "unit"),
    ],
)
def test_a_code_or_name_is_what_it_was_in_its_time(text, year, kind, precision):
    result = geocode(text, as_of=year)
    assert (result.kind, result.precision) == (kind, precision)
    assert told(result) == geocode_column([text], as_of=year).iloc[0].to_dict()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Jiang Yang Qu, Lu Zhou Shi", ("510502",)),
        ("An Zhou Qu, Mian Yang Shi", ("510705",)),
        ("位於洪雅縣", ("511423",)),
        ("武胜县 街子镇", ("511622",)),
        ("日本企业", ("JP",)),
        ("Mao, Chad", ("TD",)),
        ("Luzhou, Anhui", ("340000",)),
        ("Fengkai County, Guangdong, China", ("441225",)),
        ("Li (Zhaxiling)", ("513222",)),
        ("Baisha artist village, Jiangjin District", ("500116",)),
    ],
)
def test_what_stands_beside_a_name_decides(text, places):
    result = geocode(text)
    assert (result.places, result.ambiguous) == (places, False)


@pytest.mark.parametrize("text", ["Yangtze River Delta", "Three Gorges Reservoir Area"])
def test_a_word_of_a_longer_name_is_no_small_town_abroad(text):
    assert geocode(text).level == "none"


def test_a_town_beside_its_parent_needs_no_review():
    assert geocode("丰都县南天湖").is_settled
    assert geocode("Tambaram (India)").is_settled


@given(st.sampled_from(sorted(name for name in read_index().entries if not name.isdigit())))
def test_a_name_is_answered_alike_by_the_index_and_by_reading(name):
    # A full stop keeps a text from being looked up as it stands.
    assert geocode(name) == geocode(f".{name}")


def test_a_date_that_is_none_is_refused():
    with pytest.raises(UnknownChoiceError):
        geocode("Yubei", as_of="yesterday")
    with pytest.raises(UnknownChoiceError):
        geocode_column(["Yubei"], as_of="2025-13")


MIXED = ["渝北区", "Wuhan", None, "市中区", 7, "market", "Yubei", "渝北区"]


@pytest.mark.parametrize("kind", [list, pd.Series, lambda v: np.asarray(v, dtype=object)])
def test_a_column_reads_each_mention_as_it_is_read_alone(kind):
    column = geocode_column(kind(MIXED))
    assert tuple(column.columns) == COLUMNS
    for row, value in zip(column.to_dict("records"), MIXED, strict=True):
        assert row == told(geocode(value)) | {"reason": row["reason"]}


def test_a_column_of_anything_is_read():
    column = geocode_column([["Yubei"], {"a": 1}, "Yubei", b"x"])
    assert column["level"].tolist() == ["none", "none", "district", "none"]


def test_an_empty_column_has_all_columns():
    assert tuple(geocode_column([]).columns) == COLUMNS


def test_a_column_of_strings_keeps_its_length_and_not_its_index():
    column = geocode_column(pd.Series(["Yubei", "x"], index=[5, 9], dtype="str"))
    assert column.index.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Liangjiang New Area and Beibei District", ("cq-liangjiang-na", "500109")),
        ("两江新区和北碚区", ("cq-liangjiang-na", "500109")),
        ("Beibei District, Liangjiang New Area", ("500109",)),
        ("Chengdu, Chongqing", ("510100", "500000")),
        ("Chengdu-Chongqing", ("CCEC",)),
        ("Guang'an 广安市", ("511600",)),
        ("Aba 阿坝藏族羌族自治州", ("513200",)),
        ("Yanbian Korean Autonomous Prefecture", ("222400",)),
        ("渝北区空港新城", ("500112",)),
        ("重庆市市中区", ("500103",)),
        ("Chengdu Hi-tech Zone (South)", ("sc-chengdu-htdz-south",)),
        ("Kwanhsien", ("510181",)),
        ("打箭爐", ("513301",)),
        ("台北", ("TW",)),
        ("奥克兰", ("NZ",)),
        ("exports to U.S. Virgin Islands", ("VI",)),
    ],
)
def test_what_stands_beside_a_name_says_what_is_meant(text, places):
    result = geocode(text)
    assert (result.places, result.ambiguous) == (places, False)


@pytest.mark.parametrize("text", ["中心", "岷江", "公平", "明星", "两江交汇处", "Islands", "群岛"])
def test_an_ordinary_word_and_a_river_are_no_places(text):
    assert geocode(text).level == "none"

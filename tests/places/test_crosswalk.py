"""Districts cross from one vintage to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError
from ccgeo.places.crosswalk import crossed, crossed_town, read_towns, towns_named
from ccgeo.places.gazetteer import district_codes, has_unit, read_units
from ccgeo.places.tables import read_table
from ccgeo.places.vintages import VINTAGES

CHANGED = {"500105", "500109", "500112", "500157"}
dated_codes = st.one_of(
    *(st.tuples(st.just(vintage), st.sampled_from(district_codes(vintage))) for vintage in VINTAGES)
)


@given(dated_codes, st.sampled_from(VINTAGES))
def test_shares_sum_to_one_and_lead_to_units_of_the_vintage(dated_code, to_vintage):
    from_vintage, adcode = dated_code
    crossings = crossed(adcode, from_vintage, to_vintage)
    assert sum(crossing.share for crossing in crossings) == pytest.approx(1, abs=1e-12)
    assert all(has_unit(crossing.adcode, to_vintage) for crossing in crossings)


@given(dated_codes)
def test_a_crossing_is_seen_from_both_sides(dated_code):
    from_vintage, adcode = dated_code
    to_vintage = next(other for other in VINTAGES if other != from_vintage)
    for crossing in crossed(adcode, from_vintage, to_vintage):
        back = crossed(crossing.adcode, to_vintage, from_vintage)
        assert adcode in {other.adcode for other in back}


@given(dated_codes.filter(lambda pair: pair[1] not in CHANGED))
def test_the_drawing_of_the_lines_is_never_read_as_a_change(dated_code):
    vintage, adcode = dated_code
    for to_vintage in VINTAGES:
        assert crossed(adcode, vintage, to_vintage) == ((adcode, 1.0),)


def test_jiangbei_went_over_whole():
    assert crossed("500105", "2025", "2026") == (("500157", 1.0),)


def test_yubei_was_divided_and_the_larger_share_comes_first():
    first, second = crossed("500112", "2025", "2026")
    assert (first.adcode, second.adcode) == ("500157", "500109")
    assert first.share == pytest.approx(0.631, abs=0.005)


def test_beibei_kept_its_code_but_not_its_area():
    assert [crossing.adcode for crossing in crossed("500109", "2025", "2026")] == [
        "500109",
        "500157",
    ]


@pytest.mark.parametrize("adcode", ["500000", "510000", "510100"])
def test_what_is_coarser_than_a_district_stays(adcode):
    assert crossed(adcode, "2025", "2026") == ((adcode, 1.0),)


def test_the_measured_overlap_agrees_with_the_shares():
    table = read_table("geo/crosswalk_2025_2026.csv")
    difference = (table["share"].astype(float) - table["overlap"].astype(float)).abs()
    named = table["from_adcode"].isin(CHANGED)
    assert difference[named].max() < 0.015
    assert set(table["from_adcode"]) == set(read_units().query("level == 'district'")["adcode"])


@pytest.mark.parametrize("vintages", [("1999", "2025"), ("2025", "1999")])
def test_an_unknown_vintage_is_refused(vintages):
    with pytest.raises(UnknownChoiceError):
        crossed("500103", *vintages)


def test_a_unit_that_the_vintage_does_not_have_is_refused():
    with pytest.raises(UnknownPlaceError, match="500157"):
        crossed("500157", "2025", "2026")


TO_BEIBEI = ["Dawan", "Tongjing", "Dasheng", "Xinglong", "Cizhu"]
TO_LIANGJIANG = ["Shuitu", "Fuxing", "Caijiagang", "Shijialiang", "Tongjiaxi"]
towns = st.sampled_from(read_towns())


@pytest.mark.parametrize("name", TO_BEIBEI)
def test_five_towns_of_yubei_went_to_beibei(name):
    assert crossed_town(name)[2:4] == ("500112", "500109")


@pytest.mark.parametrize("name", TO_LIANGJIANG)
def test_five_units_of_beibei_went_to_liangjiang(name):
    assert crossed_town(name)[2:4] == ("500109", "500157")


def test_the_decision_names_no_other_town():
    named = [town.name_en for town in read_towns() if town.basis == "named in the decision"]
    assert named == TO_BEIBEI + TO_LIANGJIANG


@given(towns, st.sampled_from(["{}", " {} ", "{} Town", "{} Subdistrict"]))
def test_a_town_is_known_in_english_with_and_without_its_generic_word(town, form):
    assert crossed_town(form.format(town.name_en)) == town
    assert crossed_town(form.format(town.name_en.upper())) == town


@given(towns, st.sampled_from(["{}", "{}镇", "{}街道"]))
def test_a_town_is_known_in_chinese_with_and_without_its_generic_word(town, form):
    assert crossed_town(form.format(town.name_zh)) == town


@given(towns)
def test_a_town_went_where_its_district_went_at_least_in_part(town):
    reached = [crossing.adcode for crossing in crossed(town.from_adcode, "2025", "2026")]
    assert town.to_adcode in reached
    assert town.source.startswith("http")


@given(towns, st.sampled_from(["重庆市{}镇", "in {}, Chongqing", "{}"]))
def test_a_town_is_found_in_the_words_about_its_district_and_in_no_other(town, words):
    name = town.name_zh if "镇" in words else town.name_en
    text = words.format(name)
    assert towns_named(text, town.from_adcode) == (town.name_en,)
    assert towns_named(text, "500103") == ()


def test_the_longest_name_wins_and_a_name_is_a_whole_word():
    assert towns_named("北碚区蔡家岗街道", "500109") == ("Caijiagang",)
    assert towns_named("Lijiaping Road", "500112") == ()


def test_several_towns_are_all_found_each_once():
    assert towns_named("渝北区茨竹镇、大湾镇，茨竹", "500112") == ("Cizhu", "Dawan")


@pytest.mark.parametrize("name", ["", "Gaoping", "镇", "x" * 100_000])
def test_an_unknown_town_is_refused(name):
    with pytest.raises(UnknownPlaceError, match="town of a divided district"):
        crossed_town(name)


def test_an_unknown_town_is_refused_with_near_ones():
    with pytest.raises(UnknownPlaceError, match="Shuitu"):
        crossed_town("Shuitou")

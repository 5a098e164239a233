"""Every unit has its names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.adcode import level_of, prefecture_of, province_of
from ccgeo.places.gazetteer import (
    check_unit,
    district_codes,
    has_unit,
    nearest_units,
    read_units,
    unit_name,
)

codes = st.sampled_from(read_units()["adcode"].tolist())


@given(codes)
def test_the_table_says_what_the_code_says(adcode):
    unit = read_units().set_index("adcode").loc[adcode]
    assert unit["level"] == level_of(adcode)
    assert unit["province_adcode"] == province_of(adcode)
    if adcode != "510000":
        assert unit["prefecture_adcode"] == prefecture_of(adcode)


@given(codes)
def test_a_name_leads_back_to_its_unit(adcode):
    hints = nearest_units(unit_name(adcode, "zh"), limit=6)
    shared = {"511002", "511102"}  # both are called 市中区
    assert any(hint.startswith(tuple({adcode} | shared)) for hint in hints)


def test_both_vintages_have_their_own_districts():
    old, new = set(district_codes("2025")), set(district_codes("2026"))
    assert old - new == {"500105", "500112"}
    assert new - old == {"500157"}


def test_has_unit_is_false_for_what_is_no_unit():
    assert not has_unit("420100", "2025")
    assert not has_unit("", "2025")


def test_the_caller_cannot_change_the_gazetteer():
    taken = read_units()
    taken.loc[:, "name_en"] = "changed"
    assert unit_name("500103") == "Yuzhong District"


def test_names_come_in_both_languages():
    assert unit_name("510104") == "Jinjiang District"
    assert unit_name("510104", "zh") == "锦江区"


def test_an_abolished_unit_keeps_its_name():
    assert check_unit("500105") == "500105"
    assert unit_name("500105") == "Jiangbei District"


def test_a_name_of_an_unknown_code_is_refused_with_near_ones():
    with pytest.raises(UnknownPlaceError) as caught:
        unit_name("500104x")
    assert any(hint.startswith("500104") for hint in caught.value.nearest)


def test_checking_an_unknown_code_is_refused():
    with pytest.raises(UnknownPlaceError, match="place '420100' is not known"):
        check_unit("420100")


@pytest.mark.parametrize("text", ["", "\0" * 100, "x" * 1_000_000, "<b>", "=1+1"])
def test_hostile_text_gets_hints_or_none_but_no_echo(text):
    assert all(hint[:6].isdigit() for hint in nearest_units(text))

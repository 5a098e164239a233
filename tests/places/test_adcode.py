"""Codes speak for themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError, UnknownPlaceError
from ccgeo.places.adcode import (
    LEVELS,
    check_level,
    is_adcode,
    is_municipal,
    level_of,
    prefecture_of,
    province_of,
)

adcodes = st.from_regex(r"\A[1-9][0-9]{5}\Z").filter(str.isascii)
not_adcodes = st.one_of(
    st.none(),
    st.integers(),
    st.text().filter(lambda text: not (len(text) == 6 and text.isascii() and text.isdigit())),
    st.just("012345"),
    st.just("５００１０３"),
    st.just("500103\n"),
)


@given(adcodes)
def test_six_digits_are_an_adcode(adcode):
    assert is_adcode(adcode)


@given(not_adcodes)
def test_nothing_else_is_an_adcode(value):
    assert not is_adcode(value)


@given(adcodes)
def test_every_adcode_has_a_level_and_a_province(adcode):
    assert level_of(adcode) in LEVELS
    assert level_of(province_of(adcode)) == "province"
    assert province_of(province_of(adcode)) == province_of(adcode)


@given(adcodes.filter(lambda code: is_municipal(code) or code[2:4] != "00"))
def test_a_prefecture_lies_in_the_province_of_its_districts(adcode):
    prefecture = prefecture_of(adcode)
    assert province_of(prefecture) == province_of(adcode)
    assert prefecture_of(prefecture) == prefecture


@pytest.mark.parametrize("adcode", ["500000", "500103", "500229"])
def test_all_of_chongqing_is_one_prefecture(adcode):
    assert is_municipal(adcode)
    assert prefecture_of(adcode) == "500000"


@pytest.mark.parametrize("function", [level_of, province_of, prefecture_of, is_municipal])
@pytest.mark.parametrize("value", ["", "5001", "Yuzhong", None])
def test_what_is_no_adcode_is_refused(function, value):
    with pytest.raises(UnknownPlaceError, match="adcode"):
        function(value)


@pytest.mark.parametrize("adcode", ["510000", "510001"])
def test_sichuan_as_a_whole_lies_in_no_prefecture(adcode):
    with pytest.raises(UnknownPlaceError, match=adcode):
        prefecture_of(adcode)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_passes(level):
    assert check_level(level) == level


def test_an_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="province, prefecture, district"):
        check_level("county")

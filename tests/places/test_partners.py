"""Partners and blocs have names and an anchor."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownPlaceError
from ccgeo.places.partners import (
    bloc_members,
    blocs_of,
    check_partner,
    nearest_partners,
    partner_name,
    read_partners,
)

codes = st.sampled_from(read_partners()["partner"].tolist())


@given(codes)
def test_a_partner_is_named_in_both_languages(partner):
    assert partner_name(partner)
    assert not partner_name(partner, "zh").isascii()


@given(codes)
def test_the_name_of_a_partner_leads_back_to_it(partner):
    assert any(hint.startswith(f"{partner} (") for hint in nearest_partners(partner_name(partner)))


def test_members_of_a_bloc_are_partners_and_partners_have_none():
    partners = read_partners()
    known = set(partners.loc[partners["kind"] == "partner", "partner"])
    for row in partners.itertuples():
        assert set(row.members) <= known
        assert bool(row.members) == (row.kind == "bloc")


def test_every_anchor_is_on_the_globe():
    partners = read_partners()
    assert partners["lon"].between(-180, 180).all()
    assert partners["lat"].between(-90, 90).all()


def test_singapore_stands_where_singapore_is():
    singapore = read_partners().set_index("partner").loc["SG"]
    assert (singapore["lon"], singapore["lat"]) == pytest.approx((103.85, 1.29), abs=0.05)


@pytest.mark.parametrize(
    ("partner", "name_en", "name_zh"),
    [
        ("HK", "Hong Kong, China", "中国香港"),
        ("MO", "Macao, China", "中国澳门"),
        ("TW", "Taiwan, China", "中国台湾"),
    ],
)
def test_three_partners_follow_one_pattern_of_name(partner, name_en, name_zh):
    assert partner_name(partner) == name_en
    assert partner_name(partner, "zh") == name_zh


def test_the_caller_cannot_change_the_partners():
    taken = read_partners()
    taken.loc[:, "name_en"] = "changed"
    assert partner_name("SG") == "Singapore"


def test_checking_an_unknown_partner_is_refused_with_near_ones():
    with pytest.raises(UnknownPlaceError, match=r"DE \(Germany\)"):
        check_partner("Germny")


def test_the_name_of_an_unknown_partner_is_refused():
    with pytest.raises(UnknownPlaceError):
        partner_name("XX")


@pytest.mark.parametrize("bloc", ["ASEAN", "EU"])
def test_the_members_of_today_are_those_of_the_table_of_partners(bloc):
    assert bloc_members(bloc) == read_partners().set_index("partner").loc[bloc, "members"]


@pytest.mark.parametrize(
    ("bloc", "date", "count"),
    [
        ("ASEAN", "1966", 0),
        ("ASEAN", "1967", 5),
        ("ASEAN", "1999-04-29", 9),
        ("ASEAN", "1999-04", 10),
        ("ASEAN", "2025-10-25", 10),
        ("ASEAN", "2025-10-26", 11),
        ("EU", "2004-04", 15),
        ("EU", "2004-05-01", 25),
        ("EU", "2013-07-01", 28),
        ("EU", "2020-01-31", 28),
        ("EU", "2020", 28),
        ("EU", "2020-02", 27),
    ],
)
def test_a_bloc_has_the_members_of_its_day(bloc, date, count):
    members = bloc_members(bloc, date)
    assert len(members) == count
    assert set(members) <= set(read_partners()["partner"])


@given(
    st.sampled_from(["GB", "HR", "SG", "EU", "US"]),
    st.dates(dt.date(1955, 1, 1), dt.date(2026, 12, 31)),
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
)
def test_the_blocs_of_a_country_are_those_that_count_it_as_a_member(partner, day, form):
    text = day.strftime(form)
    partners = read_partners()
    blocs = partners.loc[partners["kind"] == "bloc", "partner"]

    around = tuple(bloc for bloc in blocs if partner in bloc_members(bloc, text))

    assert blocs_of(partner, text) == around


def test_bloc_members_refuses_what_is_no_bloc():
    with pytest.raises(UnknownPlaceError, match=r"bloc 'SG' is not known. Nearest: ASEAN, EU"):
        bloc_members("SG")

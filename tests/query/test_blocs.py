"""A bloc stays a bloc: it is never spread over its members, and it has those of its day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, toy_placed

from ccgeo.layers.flows import build_flows
from ccgeo.places.partners import bloc_members, read_partners
from ccgeo.query.engine import read_placed, select
from ccgeo.query.flows import flows_of
from ccgeo.query.selection import Selection, View

ASEAN = {**at("500103"), "partners": ("ASEAN",), "direction": "inbound", "amount_fen": 100}
SINGAPORE = {**ASEAN, "partners": ("SG",), "amount_fen": 10}


def asked(placed, partner):
    return select(
        placed, Selection(years=None, include_undated=True, partners=frozenset({partner}))
    )


def test_a_flow_of_asean_stays_a_flow_of_asean():
    flows, _ = flows_of(toy_placed(ASEAN, SINGAPORE), "district", "2025")
    amounts = flows.set_index("partner")["amount_fen"].to_dict()
    assert amounts == {"ASEAN": 100, "SG": 10}
    assert flows.set_index("partner")["partner_kind"].to_dict() == {
        "ASEAN": "bloc",
        "SG": "partner",
    }


@given(st.sampled_from(bloc_members("ASEAN")))
def test_a_member_never_receives_what_is_known_for_its_bloc(member):
    assert asked(toy_placed(ASEAN), member).empty


def test_a_bloc_is_asked_for_with_its_members():
    placed = toy_placed(ASEAN, SINGAPORE)
    assert asked(placed, "ASEAN")["entry_id"].tolist() == ["E0", "E1"]
    assert asked(placed, "SG")["entry_id"].tolist() == ["E1"]


@pytest.mark.parametrize(
    ("date", "is_member"),
    [("2016-05", True), ("2020-01-31", True), ("2021", False), ("", False)],
)
def test_a_country_is_met_in_the_bloc_it_belonged_to_on_the_day(date, is_member):
    placed = toy_placed({**SINGAPORE, "partners": ("GB",), "date": date})
    assert asked(placed, "EU").empty != is_member
    assert len(asked(placed, "GB")) == 1


def test_a_bloc_has_an_anchor_of_its_own_on_the_map():
    (line,) = build_flows(toy_placed(ASEAN), View()).features.itertuples()
    assert line.partner == "ASEAN"
    jakarta = read_partners().set_index("partner").loc["ASEAN", ["lon", "lat"]].tolist()
    assert list(line.geometry.coords[0]) == pytest.approx(jakarta)


def test_no_shipped_entry_of_a_member_lists_its_bloc_as_a_partner():
    for partners in read_placed()["partners"]:
        assert "ASEAN" not in partners or "SG" not in partners

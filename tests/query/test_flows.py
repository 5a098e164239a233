"""A flow is drawn only where its two ends are known, and what is not drawn is counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_entries import at, placed_entries, toy_placed

from ccgeo.query.flows import REASONS, flows_of, has_ends
from ccgeo.query.measures import SUMS, total_of
from ccgeo.query.vocabulary import VIEW_CHOICES

LEVELS = st.sampled_from(VIEW_CHOICES["level"])
VINTAGES = st.sampled_from(VIEW_CHOICES["vintage"])
SINGAPORE = {"partners": ("SG",), "direction": "inbound"}


def only_flow(*changes, level="district"):
    flows, _ = flows_of(toy_placed(*changes), level, "2025")
    assert len(flows) == 1
    return flows.iloc[0]


def only_reason(change):
    flows, not_drawn = flows_of(toy_placed(change), "district", "2025")
    assert flows.empty
    return not_drawn["reason"].item()


@given(placed_entries(), LEVELS, VINTAGES)
def test_flows_and_what_is_not_drawn_add_up_to_the_total_exactly(placed, level, vintage):
    flows, not_drawn = flows_of(placed, level, vintage)

    for column in SUMS:
        together = int(flows[column].sum()) + int(not_drawn[column].sum())
        assert together == getattr(total_of(placed), column)


@given(placed_entries(), LEVELS, VINTAGES)
def test_making_flows_changes_no_entry(placed, level, vintage):
    before = placed.copy(deep=True)

    flows_of(placed, level, vintage)

    pd.testing.assert_frame_equal(placed, before)


@given(placed_entries(), LEVELS, VINTAGES)
def test_a_flow_is_made_of_the_entries_that_have_its_ends(placed, level, vintage):
    flows, _ = flows_of(placed, level, vintage)

    for (origin, destination), group in flows.groupby(["origin", "destination"]):
        found = has_ends(placed, f"{origin}>{destination}", level, vintage)
        assert int(found.sum()) == int(group["entries"].sum())


@given(placed_entries(), LEVELS, VINTAGES)
def test_reasons_come_in_one_order_each_once(placed, level, vintage):
    _, not_drawn = flows_of(placed, level, vintage)

    ranks = [list(REASONS).index(reason) for reason in not_drawn["reason"]]
    assert ranks == sorted(set(ranks))


def test_an_inbound_flow_runs_from_the_partner_to_the_district():
    flow = only_flow({**SINGAPORE, **at("500103"), "amount_fen": 24})

    assert (flow["origin"], flow["origin_kind"]) == ("SG", "partner")
    assert (flow["destination"], flow["destination_level"]) == ("500103", "district")
    assert flow["amount_fen"] == 24


def test_an_outbound_flow_runs_the_other_way():
    flow = only_flow({"partners": ("SG",), "direction": "outbound", **at("500103")})

    assert (flow["origin"], flow["origin_kind"]) == ("500103", "district")
    assert (flow["destination"], flow["destination_level"]) == ("SG", "partner")
    assert (flow["partner"], flow["place"]) == ("SG", "500103")


def test_directions_are_told_apart():
    changes = [
        {"partners": ("SG",), "direction": direction, **at("500103")}
        for direction in ("inbound", "outbound", "")
    ]

    flows, _ = flows_of(toy_placed(*changes), "district", "2025")

    assert flows["direction"].tolist() == ["", "inbound", "outbound"]


@pytest.mark.parametrize(
    ("place", "level", "end"),
    [
        (at("510104"), "district", ("510104", "district")),
        (at("510104"), "prefecture", ("510100", "prefecture")),
        (at("510100"), "district", ("510100", "prefecture")),
        (at("510000"), "district", ("510000", "province")),
        (at("500000"), "district", ("500000", "province")),
        (at("500000"), "prefecture", ("500000", "prefecture")),
        ({"place_level": "circle", "place_ids": ("CCEC",)}, "district", ("circle", "circle")),
        (
            {"place_level": "several", "place_ids": ("510104", "510105")},
            "district",
            ("510100", "prefecture"),
        ),
    ],
)
def test_a_flow_ends_at_the_finest_place_known_and_never_finer(place, level, end):
    flow = only_flow({**SINGAPORE, **place}, level=level)

    assert (flow["destination"], flow["destination_level"]) == end


def test_a_bloc_stays_a_bloc():
    flow = only_flow({"partners": ("ASEAN",), **at("500103")})

    assert (flow["origin"], flow["origin_kind"]) == ("ASEAN", "bloc")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"partners": ("SG",), "direction": "domestic", **at("500103")}, "domestic"),
        ({"partners": ("CN",), **at("500103")}, "domestic"),
        ({"partners": (), **at("500103")}, "no_partner"),
        ({"partners": ("SG", "US"), **at("500103")}, "several_partners"),
        ({"partners": ("XX",), **at("500103")}, "unknown_partner"),
        ({"partners": ("SG",), "place_level": "unknown"}, "place_not_known"),
        (
            {"partners": ("SG",), "place_level": "several", "place_ids": ("510104", "500103")},
            "place_not_known",
        ),
    ],
)
def test_what_is_not_drawn_says_why(change, reason):
    assert only_reason(change) == reason


def test_a_home_partner_beside_one_abroad_makes_no_second_partner():
    assert only_flow({"partners": ("CN", "SG"), **at("500103")})["partner"] == "SG"


def test_a_flow_of_several_sectors_says_so():
    here = {**SINGAPORE, **at("500103")}

    assert only_flow(here, here)["sector_id"] == "automotive"
    assert only_flow(here, {**here, "sector_id": "electronics"})["sector_id"] == "several"


def test_partners_that_may_be_drawn_can_be_given():
    flows, _ = flows_of(
        toy_placed({"partners": ("XX",), **at("500103")}), "district", "2025", kinds={"XX": "bloc"}
    )

    assert flows["partner_kind"].tolist() == ["bloc"]


def test_nothing_selected_makes_no_flow():
    flows, not_drawn = flows_of(toy_placed(), "district", "2025")

    assert flows.empty
    assert not_drawn.empty
    assert list(SUMS) == list(flows.columns[-len(SUMS) :])

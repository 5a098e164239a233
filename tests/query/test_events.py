"""An event is a total and what it is made of; nothing of two stages is added."""

import pandas as pd
import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.query.events import (
    STAGE_GROUPS,
    event_partners,
    event_trees,
    list_events,
    read_event,
    stage_group,
    total_of,
)
from ccgeo.records.ledger import Line
from ccgeo.records.tables import read_events, read_records
from ccgeo.records.vocabulary import STAGES

EXPO = "smart-china-expo-2022"
SINGAPORE = "4th-ccec-promotion-conference-singapore-2025"
ALL_EVENTS = sorted(read_events()["event_id"])


def claims(event_id):
    return read_event(event_id).claims.set_index("record_id")


def test_every_event_is_listed_once_with_its_claims():
    listed = list_events()
    assert sorted(listed["event_id"]) == ALL_EVENTS
    assert listed["claims"].sum() == (read_records()["event_id"] != "").sum()
    assert listed["date"].iloc[0] >= listed["date"].iloc[1] > ""


def test_the_list_is_the_caller_s_own():
    mine = list_events()
    mine["claims"] = 0
    assert list_events()["claims"].min() > 0


@pytest.mark.parametrize("figure", ["projects", "amount_fen"])
@pytest.mark.parametrize("event_id", ALL_EVENTS)
def test_parts_and_remainder_make_the_total_of_every_event(event_id, figure):
    event = read_event(event_id)
    for tree in (*event.trees, *event.inner):
        total, *rest = (getattr(line, figure) for line in tree.lines)
        assert [line.role for line in tree.lines[1:-1]] == ["part"] * len(tree.lines[1:-1])
        if total is not None:
            assert sum(value or 0 for value in rest) == total


def test_what_is_on_offer_stands_apart_from_what_was_signed():
    signed, offered = event_trees(SINGAPORE)
    assert total_of(signed.lines) == (5, 1_150_000_000 * 100)
    assert (offered.stage_group, total_of(offered.lines)) == ("opportunity", (None, 10**12 * 100))


def test_a_total_that_nobody_itemised_is_all_remainder():
    (tree, _) = event_trees(SINGAPORE)
    assert [line.role for line in tree.lines] == ["total", "residual"]
    assert tree.lines[0].amount_fen == tree.lines[1].amount_fen


def test_several_totals_side_by_side_add_up_and_name_no_record():
    (tree,) = (t for t in event_trees("liangping-signing-may-2021") if t.stage_group == "agreed")
    total, *parts, rest = tree.lines
    assert tree.record_id == ""
    assert total.amount_fen == sum(part.amount_fen for part in parts)
    assert rest.amount_fen == 0


def test_a_total_inside_that_is_itemised_is_told_too():
    inner = read_event("1st-wcifit-2018").inner
    assert "CQ-0401" in {tree.record_id for tree in inner}


def test_an_event_without_counted_records_has_no_totals():
    without = [event_id for event_id in ALL_EVENTS if not event_trees(event_id)]
    assert without
    listed = list_events().set_index("event_id").loc[without]
    assert listed[["projects", "amount_fen"]].isna().all().all()


def test_an_overlapping_cut_is_among_the_claims_and_says_why_it_is_not_summed():
    overlap = claims(EXPO).loc["CQ-0015"]
    assert overlap["in_sums"] == "overlapping cut: not summed"
    assert overlap["why_not"].startswith("cut by size")
    assert overlap["source"]


def test_a_telling_elsewhere_is_among_the_claims():
    told = claims(SINGAPORE)
    assert told.loc["CQ-0001", "relation"] == "own"
    assert {"SC0582", "SC0583", "SC0584"} <= set(told.index)


def test_the_wider_total_around_a_part_is_among_the_claims():
    assert claims("liangjiang-q1-2025-starts").loc["CQ-0729", "relation"] == "whole"


def test_conflicts_and_findings_of_an_event_are_its_own():
    cci = read_event("cci")
    assert "cci-cumulative" in {versions.group for versions in cci.conflicts}
    assert "stock" in {finding.check for finding in cci.findings}
    assert read_event(EXPO).findings == ()


def test_every_claim_has_a_source_and_every_relation_a_name():
    for event_id in ALL_EVENTS:
        rows = read_event(event_id).claims
        assert rows["record_id"].is_unique
        assert rows["source"].ne("").all()
        assert set(rows["relation"]) <= {"own", "part", "whole", "telling", "conflict"}


def test_partners_are_told_entry_by_entry_so_that_no_stages_mix():
    partners = event_partners(SINGAPORE, "zh")
    assert set(partners["partner"]) == {"新加坡"}
    assert set(partners["stage"]) == {"已签约", "机会发布"}
    assert len(partners) == 2
    assert event_partners(EXPO).empty


def test_an_event_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(UnknownChoiceError, match="smart-china-expo-2022"):
        read_event("smart-china-expo-2032")


@pytest.mark.parametrize("stage", ["", *STAGES])
def test_every_stage_has_its_group(stage):
    assert stage_group(stage) in STAGE_GROUPS


def test_a_total_not_stated_is_that_of_its_parts():
    lines = (
        Line("t", "total", "", None, None),
        Line("a", "part", "", 3, None),
        Line("b", "part", "", None, 7),
        Line("t", "residual", "", None, None),
    )
    assert total_of(lines) == (3, 7)


def test_the_sum_over_events_is_that_of_their_entries():
    listed = list_events().set_index("event_id")
    assert not listed.loc[EXPO, ["projects", "amount_fen"]].isna().any()
    assert pd.api.types.is_integer_dtype(listed["amount_fen"])

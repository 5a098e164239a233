"""The shipped data under any question: every tree closes, every selection adds up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.io.rows import record_rows
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.query.engine import read_placed, select
from ccgeo.query.events import event_trees
from ccgeo.query.listing import list_entries
from ccgeo.query.measures import summarise
from ccgeo.query.selection import LIST_PARAMS, Selection, View
from ccgeo.query.vocabulary import SCHEMES, VIEW_CHOICES, names_of
from ccgeo.records.checks import check_records
from ccgeo.records.ledger import read_entries, reconciliations
from ccgeo.records.tables import read_events, read_records

FIGURES = ("projects", "amount_fen")


def some(field: str) -> st.SearchStrategy[frozenset[str]]:
    """Draw no choice of a field, or a few."""
    names = sorted(names_of(field))
    return st.just(frozenset()) | st.frozensets(st.sampled_from(names), max_size=len(names) // 2)


def selections() -> st.SearchStrategy[Selection]:
    """Draw selections over everything that the shipped data can be asked for."""
    years = st.tuples(st.integers(2002, 2026), st.integers(2002, 2026)).map(sorted).map(tuple)
    return st.builds(
        Selection,
        years=st.none() | years,
        include_undated=st.booleans(),
        min_amount_fen=st.none() | st.integers(0, 10**14),
        min_confidence=st.integers(1, 3),
        **{field: some(field) for field in LIST_PARAMS},
    )


def views() -> st.SearchStrategy[View]:
    """Draw every level, boundary list, measure and scheme."""
    shown = {
        field: st.sampled_from(VIEW_CHOICES[field]) for field in ("level", "vintage", "measure")
    }
    return st.builds(View, **shown, scheme=st.sampled_from(SCHEMES), k=st.integers(2, 7))


def sums_of(frame):
    return tuple(int(frame[name].sum()) for name in ("entries", *FIGURES))


def added(*sums):
    return tuple(map(sum, zip(*sums, strict=True)))


@settings(max_examples=60)
@given(selections(), views())
def test_map_and_strip_are_the_total_the_table_and_the_export(selection, view):
    selected = select(read_placed(), selection)
    summary = summarise(selected, view.level, view.vintage)
    total = (summary.total.entries, summary.total.projects, summary.total.amount_fen)
    assert added(sums_of(summary.mapped), sums_of(summary.not_mapped)) == total
    listed = list_entries(selected)
    in_table = sum(round(amount * 10**8) for amount in listed["amount_cny_mn"].dropna())
    assert (len(listed), int(listed["projects"].sum()), in_table) == total
    rows = record_rows(selected, view)
    in_file = sum(round((row["amount_cny"] or 0) * 100) for row in rows)
    assert (len(rows), sum(row["projects"] or 0 for row in rows), in_file) == total


@settings(max_examples=15)
@given(selections(), views())
def test_what_is_drawn_and_what_stands_beside_it_are_the_total(selection, view):
    selected = select(read_placed(), selection)
    layer = build_choropleth(selected, view, selection=selection)
    wanted = (len(selected), *(int(selected[figure].sum()) for figure in FIGURES))
    assert added(sums_of(layer.features), sums_of(layer.not_mapped)) == wanted


@settings(max_examples=40)
@given(selections(), st.sampled_from(["2025", "2026"]))
def test_a_coarser_level_never_shows_less(selection, vintage):
    selected = select(read_placed(), selection)
    levels = ("district", "prefecture", "province")
    drawn = [summarise(selected, level, vintage).mapped["entries"].sum() for level in levels]
    assert drawn == sorted(drawn)


@pytest.mark.parametrize("event_id", sorted(read_events()["event_id"]))
def test_every_event_closes_in_projects_and_in_fen(event_id):
    for tree in event_trees(event_id):
        total, *rest = tree.lines
        for figure in FIGURES:
            if getattr(total, figure) is not None:
                assert sum(getattr(line, figure) or 0 for line in rest) == getattr(total, figure)


def test_every_negative_remainder_is_flagged_and_none_is_clipped():
    negative = {
        record_id
        for record_id, lines in reconciliations(read_records()).items()
        if any((getattr(lines[-1], figure) or 0) < 0 for figure in FIGURES)
    }
    flagged = {f.record_ids[0] for f in check_records(read_records()) if f.check == "parts"}
    assert negative == flagged
    assert len(negative) == 4


def test_every_entry_says_which_date_it_has_how_precise_and_which_money():
    entries = read_entries()
    assert set(entries["date_kind"]) <= {"announced", "signed", "started", "completed", "reported"}
    assert set(entries["date_precision"]) == {"day", "month", "year", ""}
    assert ((entries["date_precision"] == "") == entries["year"].isna()).all()
    stated = entries[entries["amount_fen"].notna() & ~entries["is_residual"]]
    assert stated["amount_kind"].ne("").all()
    assert stated["amount_qualifier"].ne("").all()


def test_every_converted_amount_names_its_rate_and_an_undated_one_says_so():
    records = read_records()
    foreign = ~records["currency"].isin(["", "CNY"])
    assert (records["amount_note"] != "").equals(foreign)
    undated = records["amount_note"].str.startswith("undated")
    assert undated.equals(foreign & (records["date"] == ""))
    assert undated.sum() == 3

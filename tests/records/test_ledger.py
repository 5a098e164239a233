"""The laws of the ledger, on random trees: nothing counts twice and nothing is lost."""

from itertools import count

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.records.ledger import (
    ENTRY_COLUMNS,
    build_entries,
    chosen_cut,
    chosen_telling,
    read_entries,
    reconciliation,
    reconciliations,
)
from ccgeo.records.vocabulary import CUTS

BLANK = {
    "kind": "event",
    "event_id": "",
    "parent_id": "",
    "cut": "",
    "title": "a title",
    "date": "2020",
    "year": 2020,
    "stage": "signed",
    "sector_id": "unstated",
    "sector_ids": (),
    "partners": (),
    "direction": "",
    "place_text": "",
    "place_level": "province",
    "place_ids": ("500000",),
    "organisation": "",
    "projects": None,
    "amount_fen": None,
    "amount_reported": "",
    "confidence": 3,
    "source_id": "S0001",
    "conflict_group": "",
    "project_key": "",
    "sum_role": "count",
    "note": "",
}


def table(*rows):
    """Typed records from rows that say only what matters."""
    frame = pd.DataFrame([BLANK | row for row in rows])
    for column in ("year", "projects", "amount_fen"):
        frame[column] = pd.array(frame[column], dtype="Int64")
    return frame


def record(record_id, parent_id="", cut="", **cells):
    role = "part" if parent_id else "count"
    return {"id": record_id, "parent_id": parent_id, "cut": cut, "sum_role": role} | cells


def total(entries, column):
    return int(entries[column].fillna(0).sum())


SOME = settings(max_examples=25)
maybe = st.none() | st.integers(0, 10**6)


@st.composite
def trees(draw):
    """One tree of up to three levels, with several cuts, of which the root states both figures."""
    ids = (f"r{number}" for number in count(1))
    rows = [
        record("r0", projects=draw(st.integers(0, 999)), amount_fen=draw(st.integers(0, 10**9)))
    ]

    def grow(parent_id, depth):
        for _ in range(draw(st.integers(0, 2 if depth else 4))):
            row_id = next(ids)
            cut = draw(st.sampled_from(CUTS))
            figures = {"projects": draw(maybe), "amount_fen": draw(maybe)}
            rows.append(record(row_id, parent_id, cut, kind="breakdown", **figures))
            if depth < 2:
                grow(row_id, depth + 1)

    grow("r0", 0)
    return draw(st.permutations(rows))


@given(trees())
def test_the_entries_of_a_tree_add_up_to_its_total(rows):
    entries = build_entries(table(*rows))
    root = next(row for row in rows if row["id"] == "r0")
    assert total(entries, "projects") == root["projects"]
    assert total(entries, "amount_fen") == root["amount_fen"]


@SOME
@given(trees(), trees())
def test_two_trees_add_up_to_both_totals(one, other):
    def renamed(row):
        parent = row["parent_id"] and f"x{row['parent_id']}"
        return row | {"id": f"x{row['id']}", "parent_id": parent}

    entries = build_entries(table(*one, *map(renamed, other)))
    roots = [row for row in (*one, *other) if row["id"] == "r0"]
    assert total(entries, "amount_fen") == sum(row["amount_fen"] for row in roots)


@SOME
@given(trees())
def test_children_never_add_to_their_parent(rows):
    entries = build_entries(table(*rows))
    ids = set(entries["record_id"])
    parents = {row["id"]: row["parent_id"] for row in rows}
    for entry in entries[~entries["is_residual"]].itertuples():
        above = parents[entry.record_id]
        while above:
            assert not (entries["entry_id"] == above).any()
            above = parents[above]
    assert len(ids) == len(entries)


@SOME
@given(trees())
def test_the_order_of_the_rows_changes_nothing(rows):
    one = build_entries(table(*rows)).sort_values("entry_id", ignore_index=True)
    other = build_entries(table(*reversed(rows))).sort_values("entry_id", ignore_index=True)
    pd.testing.assert_frame_equal(one, other)


@given(trees())
def test_every_reconciliation_closes(rows):
    for lines in reconciliations(table(*rows)).values():
        whole, *parts, left = lines
        for figure in ("projects", "amount_fen"):
            stated = getattr(whole, figure)
            if stated is not None:
                known = sum(getattr(part, figure) or 0 for part in parts)
                assert known + getattr(left, figure) == stated


@SOME
@given(trees())
def test_the_records_are_not_changed(rows):
    records = table(*rows)
    before = records.copy(deep=True)
    build_entries(records)
    pd.testing.assert_frame_equal(records, before)


@SOME
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_a_project_told_many_times_counts_once(keys):
    rows = [
        record(f"d{number}", kind="deal", projects=1, amount_fen=100, project_key=key)
        for number, key in enumerate(keys)
    ]
    entries = build_entries(table(*rows))
    assert total(entries, "projects") == len(set(keys))
    assert total(entries, "amount_fen") == 100 * len(set(keys))


def test_deals_without_a_key_are_projects_of_their_own():
    rows = [record(f"d{n}", kind="deal", projects=1, amount_fen=5) for n in range(3)]
    assert total(build_entries(table(*rows)), "projects") == 3


def test_what_parts_leave_is_an_entry_of_its_own():
    rows = [
        record("e", projects=70, amount_fen=2121, title="the expo"),
        record("b", "e", "sector", kind="breakdown", projects=18, amount_fen=833),
    ]
    entries = build_entries(table(*rows)).set_index("entry_id")
    assert list(entries.index) == ["e~residual", "b"]
    left = entries.loc["e~residual"]
    assert (left["record_id"], left["projects"], left["amount_fen"]) == ("e", 52, 1288)
    assert left["is_residual"]
    assert left["kind"] == "event"
    assert left["title"] == "the expo"


def test_a_residual_is_never_clipped():
    rows = [
        record("e", projects=1, amount_fen=10),
        record("b", "e", "sector", kind="breakdown", projects=3, amount_fen=15),
    ]
    left = build_entries(table(*rows)).set_index("entry_id").loc["e~residual"]
    assert (left["projects"], left["amount_fen"]) == (-2, -5)


def test_a_residual_of_nothing_is_left_out():
    rows = [
        record("e", projects=3, amount_fen=15),
        record("b", "e", "sector", kind="breakdown", projects=3, amount_fen=15),
    ]
    assert list(build_entries(table(*rows))["entry_id"]) == ["b"]


def test_a_total_without_an_amount_leaves_no_amount():
    rows = [
        record("e", projects=5),
        record("b", "e", "sector", kind="breakdown", projects=3, amount_fen=15),
    ]
    left = build_entries(table(*rows)).set_index("entry_id").loc["e~residual"]
    assert left["projects"] == 2
    assert pd.isna(left["amount_fen"])


def test_a_part_without_an_amount_takes_the_amount_of_its_own_parts():
    rows = [
        record("e", amount_fen=100),
        record("b", "e", "place", kind="breakdown"),
        record("d", "b", "deal", kind="deal", projects=1, amount_fen=30),
    ]
    entries = build_entries(table(*rows)).set_index("entry_id")
    assert entries.loc["e~residual", "amount_fen"] == 70
    assert "b" not in entries.index
    assert "b~residual" not in entries.index


def test_only_one_cut_counts():
    rows = [
        record("e", amount_fen=100),
        record("s", "e", "sector", kind="breakdown", amount_fen=60),
        record("p", "e", "place", kind="breakdown", amount_fen=20),
        record("d", "p", "deal", kind="deal", amount_fen=5),
    ]
    assert set(build_entries(table(*rows))["entry_id"]) == {"e~residual", "s"}


def test_a_cut_that_says_where_goes_before_a_larger_one_that_says_how():
    rows = [
        record("e", amount_fen=100),
        record("i", "e", "investor", kind="breakdown", amount_fen=99),
        record("p", "e", "place", kind="breakdown", amount_fen=20),
    ]
    assert set(build_entries(table(*rows))["entry_id"]) == {"e~residual", "p"}


def test_of_two_cuts_that_say_where_or_what_the_larger_amount_counts():
    children = table(
        record("s", "e", "sector", amount_fen=60, projects=1),
        record("p", "e", "place", amount_fen=20, projects=9),
    )
    assert chosen_cut(list(children.itertuples())) == "sector"


def test_of_two_cuts_without_amounts_the_larger_number_of_projects_counts():
    children = table(record("s", "e", "sector", projects=1), record("p", "e", "place", projects=9))
    assert chosen_cut(list(children.itertuples())) == "place"


def test_a_cut_that_says_how_without_an_amount_does_not_split_a_total():
    rows = [
        record("e", projects=530, amount_fen=8169),
        record("m", "e", "mode", kind="breakdown", projects=89),
    ]
    entries = build_entries(table(*rows))
    assert list(entries["entry_id"]) == ["e"]
    assert total(entries, "amount_fen") == 8169


@pytest.mark.parametrize("role", ["telling", "overlap", "stock", "none"])
def test_a_record_with_another_role_never_adds(role):
    rows = [record("e", amount_fen=100), record("x", amount_fen=7) | {"sum_role": role}]
    assert list(build_entries(table(*rows))["entry_id"]) == ["e"]


@pytest.mark.parametrize("kind", ["indicator", "zone_statistic"])
def test_a_figure_about_a_place_never_adds_whatever_its_role(kind):
    rows = [record("e", amount_fen=100), record("x", kind=kind, amount_fen=7)]
    assert list(build_entries(table(*rows))["entry_id"]) == ["e"]


def test_a_part_of_something_out_of_scope_stands_alone():
    rows = [
        record("all", amount_fen=500) | {"sum_role": "none"},
        record("ours", "all", "place", amount_fen=300),
        record("deal", "ours", "deal", kind="deal", amount_fen=50),
    ]
    entries = build_entries(table(*rows)).set_index("entry_id")
    assert set(entries.index) == {"ours~residual", "deal"}
    assert total(entries, "amount_fen") == 300


def test_the_telling_inside_an_event_goes_first():
    rows = [
        record("e", projects=2, amount_fen=100),
        record("d", "e", "deal", kind="deal", projects=1, amount_fen=30, project_key="k"),
        record("x", kind="deal", projects=1, amount_fen=40, project_key="k", stage="operating"),
    ]
    entries = build_entries(table(*rows))
    assert set(entries["entry_id"]) == {"e~residual", "d"}
    assert total(entries, "amount_fen") == 100


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"amount_fen": None, "stage": "operating"}, {"amount_fen": 1}),
        ({"stage": "signed"}, {"stage": "started"}),
        ({"confidence": 2}, {"confidence": 3}),
        ({"date": "2018"}, {"date": "2019-02"}),
        ({"id": "a"}, {"id": "b"}),
        ({"stage": ""}, {"stage": "opportunity"}),
    ],
)
def test_the_better_telling_is_chosen(worse, better):
    one = record("p", kind="deal", amount_fen=1) | worse
    other = record("q", kind="deal", amount_fen=1) | better
    for rows in ((one, other), (other, one)):
        assert chosen_telling(table(*rows).itertuples()) == other["id"]


def test_a_reconciliation_reads_total_parts_and_rest():
    rows = [
        record("e", projects=10, amount_fen=100),
        record("b", "e", "sector", kind="breakdown", projects=4, amount_fen=60),
    ]
    lines = reconciliation(table(*rows), "e")
    assert [(line.role, line.projects, line.amount_fen) for line in lines] == [
        ("total", 10, 100),
        ("part", 4, 60),
        ("residual", 6, 40),
    ]


def test_a_total_that_does_not_count_is_reconciled_all_the_same():
    rows = [
        record("all", amount_fen=500) | {"sum_role": "none"},
        record("ours", "all", "place", amount_fen=300),
    ]
    assert [line.amount_fen for line in reconciliation(table(*rows), "all")] == [500, 300, 200]


def test_a_record_without_parts_is_its_own_residual():
    assert [line.amount_fen for line in reconciliation(table(record("d", amount_fen=9)), "d")] == [
        9,
        9,
    ]


def test_reconciling_an_unknown_record_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        reconciliation(table(record("e")), "nobody")


def test_entries_have_exact_types():
    entries = build_entries(table(record("e", projects=1, amount_fen=2**62)))
    assert tuple(entries.columns) == ENTRY_COLUMNS
    assert str(entries["amount_fen"].dtype) == "Int64"
    assert entries.loc[0, "amount_fen"] == 2**62
    assert entries["is_residual"].dtype == bool
    assert entries["confidence"].dtype == "int64"


def test_no_records_make_no_entries():
    records = table(record("e")).iloc[:0]
    assert build_entries(records).empty
    assert tuple(build_entries(records).columns) == ENTRY_COLUMNS


def test_the_shipped_entries_are_built_once():
    assert read_entries() is read_entries()

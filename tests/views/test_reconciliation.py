"""A total is drawn as what it is made of, and a contradiction is not clipped."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.views.reconciliation import stacked_bar


def drawn(chart):
    """Return the rows of the bar and the total."""
    spec = chart.to_dict()
    tables = list(spec["datasets"].values())
    bars = next(rows for rows in tables if rows and "value" in rows[0])
    (total,) = next(rows for rows in tables if rows and "total" in rows[0])
    return bars, total["total"]


def colours(chart):
    return chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]["range"]


def test_every_part_is_a_stretch_and_the_residual_the_last():
    bars, total = drawn(stacked_bar(["A", "B"], [3.0, 2.0], residual=1.0, unit="CNY bn"))
    assert [row["name"] for row in bars] == ["A", "B", "residual"]
    assert [row["value"] for row in bars] == [3, 2, 1]
    assert [row["number"] for row in bars][:2] == ["1", "2"]
    assert total == 6


def test_parts_that_exceed_the_total_are_drawn_and_called_a_contradiction():
    chart = stacked_bar(["A"], [10.0], residual=-4.0, unit="projects", language="zh")
    bars, total = drawn(chart)
    assert bars[-1]["value"] == -4
    assert bars[-1]["name"] == "分项超过总额"
    assert total == 6
    assert colours(chart)[-1] == "#b2182b"


@given(st.lists(st.floats(0, 1e6), max_size=12), st.floats(-1e3, 1e6))
def test_the_stretches_always_end_at_the_total(values, residual):
    names = [f"part {place}" for place in range(len(values))]
    bars, total = drawn(stacked_bar(names, values, residual=residual, unit="projects"))
    assert sum(row["value"] for row in bars) == pytest.approx(total)


def test_neighbours_never_share_a_colour():
    chosen = colours(stacked_bar(["x"] * 20, [1.0] * 20, residual=1.0, unit="projects"))
    assert all(one != other for one, other in pairwise(chosen))


def test_hostile_names_stay_data():
    name = "<img src=x onerror=alert(1)>"
    bars, _ = drawn(stacked_bar([name], [1.0], residual=0.0, unit="projects"))
    assert bars[0]["name"] == name

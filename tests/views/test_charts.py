"""Bars that hold the totals they are given."""

import pandas as pd
import pytest

from ccgeo.query.engine import read_placed
from ccgeo.query.histogram import FLOORS_FEN, amount_bars
from ccgeo.query.matrix import matrix_of, ranked
from ccgeo.query.profile import profile_of
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.views.charts import PICK, bar_chart, matrix_chart, spread_chart

TOTALS = pd.DataFrame(
    {"choice": ["SG", "JP"], "entries": [2, 1], "amount_fen": [150_000_000_000, 0]}
)


def values_of(chart):
    spec = chart.to_dict()
    return next(iter(spec["datasets"].values()))


def test_a_bar_is_as_long_as_its_amount_in_the_unit_of_the_axis():
    assert [row["amount"] for row in values_of(bar_chart(TOTALS, ["Singapore", "Japan"]))] == [
        1.5,
        0.0,
    ]
    chinese = bar_chart(TOTALS, ["新加坡", "日本"], language="zh")
    assert [row["amount"] for row in values_of(chinese)] == [15.0, 0.0]
    assert chinese.to_dict()["encoding"]["x"]["title"] == "亿元"


def test_the_order_is_the_order_of_the_totals():
    spec = bar_chart(TOTALS, ["Singapore", "Japan"]).to_dict()
    assert spec["encoding"]["y"]["sort"] is None
    assert [row["choice"] for row in values_of(bar_chart(TOTALS, ["a", "b"]))] == ["SG", "JP"]


def test_years_stand_and_names_lie():
    assert "amount" in bar_chart(TOTALS, ["a", "b"]).to_dict()["encoding"]["x"]["field"]
    standing = bar_chart(
        TOTALS.assign(choice=["2019", "2020"]), ["2019", "2020"], across="columns"
    ).to_dict()
    assert standing["encoding"]["y"]["field"] == "amount"


def test_a_year_without_records_keeps_its_empty_place():
    years = pd.DataFrame({"choice": ["2019", "2022"], "entries": [1, 1], "amount_fen": [5, 6]})
    spec = bar_chart(years, ["2019", "2022"], across="columns").to_dict()
    assert spec["encoding"]["x"]["scale"]["domain"] == ["2019", "2020", "2021", "2022"]


def test_a_click_tells_the_choice():
    (param,) = bar_chart(TOTALS, ["a", "b"]).to_dict()["params"]
    assert param["name"] == PICK
    assert param["select"]["fields"] == ["choice"]


@pytest.mark.parametrize("cut", ["by_year", "by_sector", "by_partner"])
def test_every_cut_of_the_shipped_records_can_be_drawn(cut):
    totals = getattr(profile_of(read_placed()), cut)
    drawn = values_of(bar_chart(totals, list(totals["choice"])))
    assert len(drawn) == len(totals)


def test_nothing_makes_an_empty_chart():
    assert values_of(bar_chart(TOTALS.head(0), [])) == []


def test_what_lies_below_the_floor_is_faded():
    bars = amount_bars(read_placed(), DEFAULT_SELECTION)
    drawn = spread_chart(bars, floor_fen=FLOORS_FEN[4]).to_dict()
    rows = next(iter(drawn["datasets"].values()))
    assert [row["choice"] for row in rows] == [str(floor) for floor in FLOORS_FEN]
    assert [row["kept"] for row in rows] == [floor >= FLOORS_FEN[4] for floor in FLOORS_FEN]
    assert [row["entries"] for row in rows] == [bar.entries for bar in bars]


def test_a_cell_of_the_matrix_holds_its_amount_and_both_choices():
    cells = matrix_of(read_placed(), "partners", "sectors", View())
    names = {name: {choice: choice for choice in ranked(cells, name)} for name in ("row", "column")}
    spec = matrix_chart(cells, names, language="zh").to_dict()
    rows = next(iter(spec["datasets"].values()))
    told = cells[cells["amount_fen"] > 0]
    assert [row["amount"] for row in rows] == pytest.approx(told["amount_fen"] / 1e10)
    assert [(row["row"], row["column"]) for row in rows] == list(
        zip(told["row"], told["column"], strict=True)
    )
    assert spec["encoding"]["y"]["sort"] == ranked(cells, "row")
    assert spec["params"][0]["name"] == PICK

"""Fields are read column by column, and every row says what it would say alone."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from ccgeo.io.columns import cut_column
from ccgeo.io.fields import FieldReader
from ccgeo.io.readers import read_records

COLUMNS = ["title", "date", "amount", "place", "projects", "sector", "partner", "is residual"]
CELLS = {
    "title": ["Plant", "厂", ""],
    "date": ["2022-08-22", "2022年8月", "44795", "x", "", "2026-01-15"],
    "amount": ["1.5亿元", "US$3m", "-5亿元", "a lot", "5 bn", "", "90 bn yuan"],
    "place": ["渝中区", "市中区", "Gotham", "", "Liangjiang New Area", "Chongqing and Shaanxi"],
    "projects": ["1", "2.5", "-2", ""],
    "sector": ["汽车", "flying carpets", ""],
    "partner": ["SG;US", "Atlantis", ""],
    "is residual": ["", "true"],
}


def told(rows):
    return read_records("\n".join([",".join(COLUMNS), *map(",".join, rows)]).encode(), "a.csv")


@pytest.mark.parametrize("seed", range(6))
def test_a_row_says_the_same_among_others_and_alone(seed):
    dice = random.Random(seed)  # noqa: S311 - a choice of rows, not a secret
    rows = [[dice.choice(CELLS[name]) for name in COLUMNS] for _ in range(25)]
    rows = [[f"{title} {n}" if title else "", *rest] for n, (title, *rest) in enumerate(rows)]
    whole = told(rows)

    alone = [told([row]) for row in rows]

    together = whole.good.drop(columns="row").to_dict("records")
    apart = [r for each in alone for r in each.good.drop(columns="row").to_dict("records")]
    pd.testing.assert_frame_equal(pd.DataFrame(together), pd.DataFrame(apart))
    assert [(f.row, f.kind, f.value) for f in whole.faults] == [
        (number, f.kind, f.value) for number, each in enumerate(alone, start=2) for f in each.faults
    ]


def test_only_a_residual_may_be_negative():
    rows = [["Rest", "2022", "-5亿元", "重庆市", "-3", "", "", "true"],
            ["Plant", "2022", "-5亿元", "重庆市", "1", "", "", ""]]  # fmt: skip

    checked = told(rows)

    assert [(f.row, f.kind) for f in checked.faults] == [(3, "amount.negative")]
    assert checked.good["amount_fen"].tolist() == [-50_000_000_000]
    assert checked.good["projects"].tolist() == [-3]


def test_a_place_partly_beyond_the_region_is_left_to_people():
    checked = told([["Line", "2022", "1亿元", "Chongqing and Shaanxi", "", "", "", ""]])

    assert [f.kind for f in checked.faults] == ["place.ambiguous"]
    assert checked.good.loc[0, ["place_level", "place_ids"]].tolist() == ["unknown", ()]
    assert checked.good.loc[0, "candidates"] == ("500000",)


def test_the_reader_tells_how_far_it_is():
    reader = FieldReader(["title"], {"title": "title"}, [cut_column(["x"])])

    assert list(reader.read())[-1] == 1.0
    assert reader.said["title"].spread().tolist() == ["x"]

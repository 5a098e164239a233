"""A file becomes good rows and faults, whatever it is and wherever it comes from."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.faults import FAULTS, RefusedFileError
from ccgeo.io.formats import export_bytes
from ccgeo.io.readers import check_file, read_records, read_table
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import Selection, View

HEADINGS = ["编号", "项目名称", "签约金额（亿元）", "签约日期", "区县", "行业", "国别", "项目数"]
CELLS = [
    ["007", "新能源汽车基地", "１２.５", "2022年8月22日", "渝北区", "新能源汽车", "新加坡", "1"],
    [
        "008",
        "Wafer plant",
        "1,000",
        "Aug. 23, 2022",
        "Jinjiang District, Chengdu",
        "semiconductors",
        "US",
        "",
    ],
]
ROWS = [dict(zip(HEADINGS, cells, strict=True)) for cells in CELLS]
ASKED = Selection(years=(2019, 2020))


def tabbed(rows):
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t")
    writer.writerows([rows[0], *(row.values() for row in rows)])
    return text.getvalue()


def same(checked):
    return checked.good[["id", "title", "amount_fen", "date", "sector_id", "place_ids"]].values


def test_rejected_rows_come_back_with_every_cell_they_had():
    checked = read_records(b"title,date\n'=1+1,2022,stray,more\nA plant,2022\n", "a.csv")

    back = checked.rejected_bytes().decode("utf-8-sig").splitlines()
    assert back == ["title,date", "'=1+1,2022,stray,more"]
    assert checked.good["title"].tolist() == ["A plant"]


def test_a_name_means_what_it_meant_in_the_year_of_its_row():
    rows = "名称,日期,区县\n甲,1996,达川\n乙,2016,达川\n丙,,达川\n"

    assert read_records(rows.encode()).good["place_ids"].tolist() == [
        ("511702",), ("511703",), ("511703",),
    ]  # fmt: skip


def test_a_table_as_people_write_it_is_understood():
    good = read_records(csv_bytes(ROWS), "deals.csv").good.to_dict("records")

    first, second = good
    assert first["id"] == "007"
    assert (first["amount_fen"], second["amount_fen"]) == (125_000_000_000, 10_000_000_000_000)
    assert (first["date"], second["date"]) == ("2022-08-22", "2022-08-23")
    assert (first["place_ids"], second["place_ids"]) == (("500112",), ("510104",))
    assert (first["partners"], second["partners"]) == (("SG",), ("US",))
    assert (first["sector_id"], second["sector_id"]) == ("automotive", "electronics")
    assert first["projects"] == 1
    assert first["sector_reported"] == "新能源汽车"


def test_the_same_rows_mean_the_same_in_every_format(tmp_path):
    features = [{"type": "Feature", "properties": row, "geometry": None} for row in ROWS]
    text = csv_bytes(ROWS).decode("utf-8-sig")
    files = {
        "a.csv": csv_bytes(ROWS),
        "b.csv": text.encode("gb18030"),
        "c.txt": b"\xff\xfe" + text.encode("utf-16-le"),
        "d.xlsx": workbook_bytes({"Sheet1": ROWS}),
        "e.geojson": json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        "f.tsv": tabbed(ROWS).encode(),
    }
    wanted = same(read_records(files["a.csv"])).tolist()

    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert same(check_file(tmp_path / name)).tolist() == wanted, name


def test_what_is_exported_comes_in_again_with_the_same_sums():
    selected = select(read_placed(), ASKED)

    for form, layers in (("csv", ()), ("xlsx", ["records"]), ("geojson", ["records"])):
        checked = read_records(export_bytes(ASKED, View(), form, layers), f"a.{form}")
        assert not checked.is_refused
        rejected = [f for f in checked.faults if f.verdict == "rejected"]
        assert rejected == []
        assert int(checked.good["amount_fen"].sum()) == int(selected["amount_fen"].sum())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_import_export_gives_the_same_bytes(form):
    content = export_bytes(ASKED, View(), form, ["records"])
    table = read_table(content, f"a.{form}")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    if form == "csv":
        assert csv_bytes(rows) == content
    else:
        assert read_table(workbook_bytes({"records": rows})).rows == table.rows


def test_a_mapping_by_hand_wins():
    content = b"what,how much\nplant,5bn yuan\n"

    assert read_records(content).is_refused
    checked = read_records(content, mapping={"title": "what", "amount": "how much"})
    assert checked.good["amount_fen"].tolist() == [500_000_000_000]


def test_a_mapping_to_nowhere_is_told():
    with pytest.raises(UnknownChoiceError):
        read_records(b"title\nx\n", mapping={"title": "Name"})


def test_what_cannot_be_a_table_is_refused():
    with pytest.raises(RefusedFileError):
        read_table(b"%PDF-1.4")


def test_progress_is_told_and_can_stop_the_reading():
    shares = []
    content = b"title,amount\n" + b"plant,5 bn yuan\n" * 6_000

    read_records(content, on_progress=shares.append)

    assert shares[0] == 0
    assert shares == sorted(shares)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_records(content, on_progress=stop)


def test_a_point_without_a_place_finds_its_district():
    content = b"title,amount,lon,lat\nplant,5bn yuan,106.5604,29.5538\n"

    row = read_records(content).good.iloc[0]

    assert (row["place_level"], row["place_ids"]) == ("district", ("500103",))


def test_a_shifted_point_is_brought_to_wgs_84():
    content = b"title,amount,gcj02_lng,gcj02_lat\nplant,5bn yuan,106.5641,29.5511\n"

    checked = read_records(content)

    row = checked.good.iloc[0]
    assert [f.kind for f in checked.faults] == ["lonlat.shifted"]
    assert 0.001 < abs(row["lon"] - 106.5641) < 0.01


def test_the_sentence_of_a_fault_says_where_what_why_and_what_to_do():
    (found,) = read_records("名称,金额\n甲,soon\n".encode(), "表.csv").faults

    assert found.sentence == (
        "表.csv, row 2, 金额: 'soon' – this is no amount; write a number, its scale and its "
        "currency."
    )


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_known_faults(content):
    checked = read_records(content)

    assert checked.is_refused or checked.table is not None
    assert {f.kind for f in checked.faults} <= set(FAULTS)


@given(st.lists(st.lists(st.text(max_size=15), min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_cells_give_rows_or_known_faults(rows):
    named = [dict(zip(("title", "amount", "date"), row, strict=True)) for row in rows]

    checked = read_records(io.BytesIO(csv_of(named)).getvalue())

    rejected = {f.row for f in checked.faults if f.verdict == "rejected"}
    assert not rejected & set(checked.good["row"])


def csv_of(rows):
    return csv_bytes(rows) if all(map(is_writable, rows)) else b"title,amount\nx,1 yuan\n"


def is_writable(row):
    return not any("\ud800" <= c <= "\udfff" for cell in row.values() for c in cell)

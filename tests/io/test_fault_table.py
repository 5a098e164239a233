"""Every kind of fault, put into a good file at a random row: named exactly, and nothing lost.

A case changes one cell, one row or the whole file. The reader has to give the kind, the verdict,
the row and the column; and every other row has to come through.
"""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile

import pytest
from openpyxl import Workbook

from ccgeo.io.fault_words import FAULTS_ZH
from ccgeo.io.faults import FAULTS, FLAGGED, REFUSED, REJECTED, fault, faults_bytes
from ccgeo.io.readers import read_records
from ccgeo.io.workbook import workbook_bytes

SEEDS = range(5)
ROWS = 12
COLUMNS = {
    "id": "编号",
    "parent_id": "parent id",
    "title": "Project name",
    "date": "签约日期",
    "stage": "Stage",
    "kind": "kind",
    "sector": "行业",
    "projects": "项目数",
    "amount": "Amount",
    "currency": "Currency",
    "place": "区县",
    "adcode": "adcode",
    "lon": "经度",
    "lat": "纬度",
    "datum": "坐标系",
    "partner": "Country",
    "direction": "direction",
    "confidence": "confidence",
    "url": "url",
    "note": "备注",
}
PLACES = [("渝中区", "500103"), ("Jinjiang", "510104"), ("万州区", "500101"), ("绵阳市", "510700")]
POINTS = {
    "500103": (106.5604, 29.5538),
    "510104": (104.0954, 30.6180),
    "500101": (108.3808, 30.7079),
}


def good_row(number, chance):
    place, adcode = PLACES[number % len(PLACES)]
    lon, lat = POINTS.get(adcode, ("", ""))
    return {
        "id": f"{number:04d}",
        "parent_id": "",
        "title": f"Plant {number} 工厂",
        "date": chance.choice(["2022-08-22", "2022年8月22日", "Aug. 23, 2022", "2021-05", "2020"]),
        "stage": chance.choice(["signed", "已签约", "operating"]),
        "kind": "deal",
        "sector": chance.choice(["automotive", "汽车", "biomedicine"]),
        "projects": chance.choice(["1", "2", ""]),
        "amount": chance.choice(["RMB22.4 billion", "1.5亿元", "３.５亿元", "1,234 mn yuan", ""]),
        "currency": "",
        "place": place,
        "adcode": adcode,
        "lon": str(lon),
        "lat": str(lat),
        "datum": "WGS84",
        "partner": chance.choice(["SG", "新加坡", "United States", ""]),
        "direction": chance.choice(["inbound", ""]),
        "confidence": chance.choice(["1", "2", "3"]),
        "url": "https://example.org/a",
        "note": chance.choice(["", "line 1\nline 2", 'with "quotes", and commas', "'s note"]),
    }


def good_rows(chance):
    return [good_row(number, chance) for number in range(1, ROWS + 1)]


def csv_of(rows, columns=None):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns or COLUMNS.values())
    writer.writerows([row[field] for field in COLUMNS] for row in rows)
    return text.getvalue()


def assert_found(checked, kind, row, column):
    """Exactly this fault, at exactly this place, and every other row comes through."""
    verdict = FAULTS[kind][0]
    found = [(each.kind, each.verdict, each.row, each.column) for each in checked.faults]
    assert found == [(kind, verdict, row, column)]
    rows = set(range(2, ROWS + 2)) - ({row} if verdict == REJECTED else set())
    assert set(checked.good["row"]) == rows


# Kind, field, what stands there, and what has to stand in other fields of the row.
CELLS = [
    ("title.missing", "title", "", {}),
    ("id.scientific", "id", "1.2E+05", {}),
    ("parent.unknown", "parent_id", "9999", {}),
    ("date.unreadable", "date", "next spring", {}),
    ("date.unreadable", "date", "99999", {}),
    ("date.impossible", "date", "2022-02-30", {}),
    ("date.impossible", "date", "2022年13月", {}),
    ("date.ambiguous", "date", "03/04/2022", {}),
    ("date.two_digits", "date", "22-08-01", {}),
    ("date.range", "date", "1922-08-01", {}),
    ("date.range", "date", "2202-08-01", {}),
    ("date.serial", "date", "44795", {}),
    ("amount.unreadable", "amount", "a lot", {}),
    ("amount.unreadable", "amount", "5 zillion yuan", {}),
    ("amount.negative", "amount", "-5 bn yuan", {}),
    ("amount.negative", "amount", "(500)", {}),
    ("amount.scientific", "amount", "1.5E+09", {}),
    ("amount.separators", "amount", "1,23 bn yuan", {}),
    ("amount.separators", "amount", "1.234,56", {}),
    ("amount.range", "amount", "1-2 billion yuan", {}),
    ("amount.percent", "amount", "12%", {}),
    ("amount.currency", "amount", "AUD 5m", {}),
    ("amount.currency", "amount", "5 mn", {"currency": "XAU"}),
    ("amount.two_currencies", "amount", "US$860m", {"currency": "CNY"}),
    ("amount.two_scales", "amount", "5 bn", {"currency": "亿元"}),
    ("amount.no_rate", "amount", "US$860m", {"date": "1985"}),
    ("amount.too_large", "amount", "900 trillion yuan", {}),
    ("amount.too_large", "amount", "1" * 30, {"currency": "CNY"}),
    ("amount.no_currency", "amount", "5 bn", {}),
    ("amount.implausible", "amount", "80 bn yuan", {"projects": "1"}),
    ("cell.not_finite", "amount", "NaN", {}),
    ("cell.not_finite", "amount", "Infinity", {}),
    ("projects.unreadable", "projects", "several", {}),
    ("projects.negative", "projects", "-3", {}),
    ("projects.not_whole", "projects", "2.5", {}),
    ("projects.too_many", "projects", "2,000,000", {}),
    ("stage.unknown", "stage", "singed", {}),
    ("kind.unknown", "kind", "thing", {}),
    ("direction.unknown", "direction", "sideways", {}),
    ("sector.unknown", "sector", "flying carpets", {}),
    ("partner.unknown", "partner", "Atlantis", {}),
    ("confidence.unknown", "confidence", "5", {}),
    ("adcode.malformed", "adcode", "50010", {}),
    ("adcode.malformed", "adcode", "5001O3", {}),
    ("adcode.unknown", "adcode", "500999", {}),
    ("adcode.outside", "adcode", "110101", {"lon": "", "lat": ""}),
    ("adcode.contradicts", "adcode", "510104", {"place": "渝中区", "lon": "", "lat": ""}),
    ("place.unknown", "place", "Gotham", {"adcode": "", "lon": "", "lat": ""}),
    ("place.ambiguous", "place", "市中区", {"adcode": "", "lon": "", "lat": ""}),
    ("lonlat.unreadable", "lon", "east", {"lat": "29.55"}),
    ("lonlat.unreadable", "lat", "north", {"lon": "106.5"}),
    ("lonlat.half", "lon", "106.5", {"lat": ""}),
    ("lonlat.half", "lat", "29.5", {"lon": ""}),
    ("lonlat.range", "lon", "206.5", {"lat": "29.5"}),
    ("lonlat.swapped", "lon", "29.55", {"lat": "106.56"}),
    ("lonlat.zero", "lon", "0", {"lat": "0"}),
    ("lonlat.outside", "lon", "116.4", {"lat": "39.9"}),
    ("lonlat.elsewhere", "lon", "104.0954", {"lat": "30.618", "place": "渝中区",
                                             "adcode": "500103"}),
    ("lonlat.datum", "datum", "Beijing 1954", {"lon": "106.5604", "lat": "29.5538",
                                              "place": "渝中区", "adcode": "500103"}),
    ("lonlat.shifted", "lon", "106.5641", {"lat": "29.5511", "datum": "GCJ-02",
                                          "place": "渝中区", "adcode": "500103"}),
    ("url.unsafe", "url", "javascript:alert(1)", {}),
    ("cell.error", "amount", "#REF!", {}),
    ("cell.error", "place", "#N/A", {}),
    ("cell.too_long", "note", "x" * 32_768, {}),
    ("text.control", "title", "Plant \x07", {}),
    ("text.replacement", "title", "Pl\ufffdnt", {}),
    ("text.mojibake", "title", "重庆长安".encode().decode("latin-1"), {}),
    ("text.mojibake", "title", "汽车".encode().decode("gbk", "ignore"), {}),
    ("text.invisible", "title", "Plant\u202e 9", {}),
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "field", "bad", "others"), CELLS)
def test_a_bad_cell_is_named_and_every_other_row_goes_on(kind, field, bad, others, seed):
    chance = random.Random(seed)  # noqa: S311 - a choice of rows, not a secret
    rows = good_rows(chance)
    at = chance.randrange(ROWS)
    rows[at] |= {**others, field: bad}
    column = COLUMNS["lat" if kind == "lonlat.half" and field == "lon" else field]
    column = COLUMNS["lon"] if kind == "lonlat.half" and field == "lat" else column

    checked = read_records(csv_of(rows).encode(), "deals.csv")

    assert_found(checked, kind, at + 2, column)
    assert all(each.file == "deals.csv" and each.reason and each.remedy for each in checked.faults)


def repeat_heading(lines, at, _):
    lines[at] = lines[0]


def total(lines, at, _):
    lines[at] = '合计,,合计,,,,,,"1,000亿元"' + "," * (len(COLUMNS) - 9)


def more_cells(lines, at, _):
    lines[at] += ",stray"


def fewer_cells(lines, at, _):
    lines[at] = ",".join(lines[at].split(",")[:5])


def open_quote(lines, at, _):
    lines[at] = lines[at].replace("Plant", '"Plant', 1)


ROW_CASES = [
    ("row.header", repeat_heading),
    ("row.total", total),
    ("row.too_many_cells", more_cells),
    ("row.too_few_cells", fewer_cells),
    ("row.quote", open_quote),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "spoil"), ROW_CASES)
def test_a_bad_row_is_named_and_every_other_row_goes_on(kind, spoil, seed):
    chance = random.Random(seed)  # noqa: S311 - a choice of rows, not a secret
    rows = [row | {"note": "plain"} for row in good_rows(chance)]
    lines = csv_of([row | {"amount": "1.5亿元"} for row in rows]).split("\r\n")
    at = chance.randrange(1, ROWS + 1)
    spoil(lines, at, chance)

    checked = read_records("\r\n".join(lines).encode(), "deals.csv")

    assert_found(checked, kind, at + 1, "")


def same_id(rows, at):
    rows[at] |= {"id": rows[at - 1]["id"]}
    return "编号"


def own_parent(rows, at):
    rows[at] |= {"parent_id": rows[at]["id"]}
    return "parent id"


def same_row(rows, at):
    rows[at] = dict(rows[at - 1])
    return ""


def told_again(rows, at):
    rows[at - 1] |= {"amount": "1.5亿元", "projects": "1"}
    rows[at] = rows[at - 1] | {"id": "again"}
    return "Project name"


def smaller_than_its_parts(rows, at):
    rows[at] |= {"amount": "1亿元", "kind": "event"}
    rows[at - 1] |= {"amount": "2亿元", "parent_id": rows[at]["id"]}
    return "Amount"


TOGETHER = [
    ("id.double", same_id),
    ("parent.self", own_parent),
    ("row.repeated", same_row),
    ("record.retold", told_again),
    ("parent.exceeded", smaller_than_its_parts),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "spoil"), TOGETHER)
def test_rows_that_do_not_fit_together_are_named(kind, spoil, seed):
    chance = random.Random(seed)  # noqa: S311 - a choice of rows, not a secret
    rows = good_rows(chance)
    at = chance.randrange(1, ROWS)

    column = spoil(rows, at)

    assert_found(read_records(csv_of(rows).encode(), "deals.csv"), kind, at + 2, column)


def test_a_heading_of_several_lines_makes_a_fault_of_one():
    checked = read_records(b'title,"amount\nin USD"\nPlant,?\n', "deals.csv")
    (found,) = [each for each in checked.faults if each.column]
    assert "\n" in found.column
    assert len(found.sentence.splitlines()) == 1


def test_records_inside_each_other_are_all_named():
    rows = good_rows(random.Random(1))  # noqa: S311 - a choice of rows, not a secret
    for one, other in ((2, 4), (4, 7), (7, 2)):
        rows[one] |= {"parent_id": rows[other]["id"], "amount": ""}

    checked = read_records(csv_of(rows).encode(), "deals.csv")

    assert [(f.kind, f.row) for f in checked.faults] == [("parent.circle", n) for n in (4, 6, 9)]
    assert len(checked.good) == ROWS - 3


def long_table(rows, columns=2):
    head = ",".join(["title", *(f"c{n}" for n in range(1, columns))])
    return (head + "\n" + ("x" + "," * (columns - 1) + "\n") * rows).encode()


def zipped(**entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return content.getvalue()


def collection(**members):
    feature = {"type": "Feature", "properties": {"title": "x"}, "geometry": None}
    whole = {"type": "FeatureCollection", "features": [feature], **members}
    return json.dumps(whole).encode()


BIG5 = "編號,項目名稱,金額\r\n1,重慶市渝中區電子資訊專案,億元\r\n".encode("big5")
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
FILES = [
    ("file.empty", b"", 0),
    ("file.empty", b"\xef\xbb\xbf \r\n", 0),
    ("file.too_large", b"a,b\n" * 5_000_001, 0),
    ("file.zip", zipped(**{"deals.csv": b"title\nx\n"}), 0),
    ("file.old_excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 0),
    ("file.unknown", b"%PDF-1.7\n", 0),
    ("file.unknown", b"\x89PNG\r\n\x1a\n", 0),
    ("text.encoding", b"title\nx\xff\xfe\x81\xff\n", 0),
    ("text.encoding", b"\xff\xfea", 0),
    ("text.big5", BIG5, 0),
    ("xlsx.damaged", b"PK\x03\x04 and no archive", 0),
    ("xlsx.damaged", zipped(**{"xl/workbook.xml": b"<workbook"}), 0),
    ("xlsx.ratio", zipped(**{"xl/a.xml": bytes(5_000_000)}), 0),
    ("xlsx.too_large", zipped(**{"xl/a.xml": bytes(200_000_001)}), 0),
    ("xlsx.empty", workbook_bytes({"a": []}), 0),
    ("json.damaged", b'{"type": "FeatureCollection", "features": [', 0),
    ("json.damaged", b'{"type": "FeatureCollection", "features": [' + b"1" * 5000 + b"]}", 0),
    ("json.deep", b'{"type":"FeatureCollection","features":' + b"[" * 65 + b"]" * 65 + b"}", 0),
    ("json.deep", b'{"a":' + b"[" * 100_000, 0),
    ("json.not_finite", b'{"type":"FeatureCollection","features":[NaN]}', 0),
    ("json.not_finite", b'{"type":"FeatureCollection","features":[1e999]}', 0),
    ("json.double_name", b'{"type":"FeatureCollection","type":"FeatureCollection"}', 0),
    ("geojson.no_collection", b'{"type": "FeatureCollection"}', 0),
    ("geojson.no_collection", b'{"type": "Topology"}', 0),
    ("geojson.no_features", collection(features=[]), 0),
    ("geojson.crs", collection(crs=CRS), 0),
    ("table.too_many_rows", long_table(100_001), 0),
    ("table.too_many_columns", long_table(1, 201), 1),
    ("table.no_rows", b"title,amount\n", 0),
    ("table.quotes", b"title,amount\n" + b'x,"y"z\n' * 201, 0),
    ("header.unknown", b"foo,bar\n1,2\n", 1),
    ("header.double", b"title,title\n1,2\n", 0),
]


@pytest.mark.parametrize(("kind", "content", "row"), FILES, ids=lambda value: str(value)[:24])
def test_a_file_that_cannot_be_taken_is_refused_with_one_reason(kind, content, row):
    checked = read_records(content, "file.xlsx")

    assert [(f.kind, f.verdict, f.row) for f in checked.faults] == [(kind, REFUSED, row)]
    assert checked.is_refused
    assert checked.good.empty
    assert checked.rejected_bytes() == b""


SQUARE = [[104, 30], [105, 30], [105, 31], [104, 30]]
FEATURES = [
    ("feature.damaged", "", {"type": "Thing"}),
    ("feature.properties", "properties", {"properties": [1]}),
    ("geometry.type", "geometry", {"geometry": {"type": "Circle", "coordinates": [1, 2]}}),
    ("geometry.type", "geometry", {"geometry": 7}),
    ("geometry.coordinates", "geometry", {"geometry": {"type": "Point"}}),
    ("geometry.coordinates", "geometry", {"geometry": {"type": "Polygon", "coordinates": []}}),
    ("geometry.position", "geometry", {"geometry": {"type": "Point", "coordinates": [1]}}),
    ("geometry.position", "geometry", {"geometry": {"type": "Point", "coordinates": ["1", "2"]}}),
    ("geometry.position", "geometry", {"geometry": {"type": "LineString", "coordinates": [1, 2]}}),
    ("geometry.range", "geometry", {"geometry": {"type": "Point", "coordinates": [200, 95]}}),
    ("geometry.swapped", "geometry", {"geometry": {"type": "Point", "coordinates": [30, 104]}}),
    ("geometry.line", "geometry", {"geometry": {"type": "LineString", "coordinates": [[1, 2]]}}),
    ("geometry.ring", "geometry",
     {"geometry": {"type": "Polygon", "coordinates": [[[1, 2], [2, 3], [1, 2]]]}}),
    ("geometry.open", "geometry",
     {"geometry": {"type": "Polygon", "coordinates": [[*SQUARE[:-1], [104, 30.5]]]}}),
    ("feature.double_id", "id", {"id": "f0"}),
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "column", "bad"), FEATURES)
def test_a_bad_feature_is_named_and_every_other_one_goes_on(kind, column, bad, seed):
    features = [
        {"type": "Feature", "id": f"f{n}", "properties": {"title": f"Plant {n}"}, "geometry": None}
        for n in range(ROWS)
    ]
    at = random.Random(seed).randrange(1, ROWS)  # noqa: S311 - a choice of rows, not a secret
    features[at] |= bad

    checked = read_records(json.dumps({"type": "FeatureCollection", "features": features}).encode())

    assert [(f.kind, f.verdict, f.row, f.column) for f in checked.faults] == [
        (kind, REJECTED, at + 1, column)
    ]
    assert set(checked.good["row"]) == set(range(1, ROWS + 1)) - {at + 1}


def test_half_a_character_is_named():
    content = collection()[:-4].replace(b'"x"', b'"\\ud800"') + collection()[-4:]

    assert [f.kind for f in read_records(content).faults] == ["text.surrogate"]


def test_a_formula_without_a_result_is_named():
    book = Workbook()
    book.active.append(["title", "Amount (CNY mn)"])
    for number in range(5):
        book.active.append([f"Plant {number}", "=1+1" if number == 3 else 5])
    content = io.BytesIO()
    book.save(content)

    checked = read_records(content.getvalue(), "a.xlsx")

    assert [(f.kind, f.row, f.column) for f in checked.faults] == [
        ("cell.formula", 5, "Amount (CNY mn)")
    ]
    assert len(checked.good) == 4


def test_what_stands_above_and_beside_the_heading_is_flagged():
    lead = read_records("签约项目一览\r\n名称,金额,区县\r\n甲,1亿元,渝中区\r\n".encode())
    bare = read_records("名称,金额,\r\n甲,1亿元,x\r\n".encode())

    assert [f.kind for f in lead.faults] == ["header.lead_rows"]
    assert [(f.kind, f.verdict, f.value) for f in bare.faults] == [
        ("header.empty", FLAGGED, "column 3")
    ]
    assert len(lead.good) == len(bare.good) == 1


def test_a_file_that_is_not_there_is_told(tmp_path):
    checked = read_records(tmp_path / "none.csv")

    assert [f.kind for f in checked.faults] == ["file.missing"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_good_file_has_no_fault(seed):
    rows = good_rows(random.Random(seed))  # noqa: S311 - a choice of rows, not a secret

    checked = read_records(csv_of(rows).encode(), "deals.csv")

    assert checked.faults == ()
    assert checked.good["id"].tolist() == [row["id"] for row in rows]


def test_every_kind_of_fault_is_put_to_the_test():
    alone = {"parent.circle", "text.surrogate", "cell.formula", "header.lead_rows", "header.empty",
             "file.missing", "file.too_hungry", "file.too_slow", "article.too_long"}  # fmt: skip
    tried = alone | {case[0] for case in (*CELLS, *ROW_CASES, *TOGETHER, *FILES, *FEATURES)}

    assert tried == set(FAULTS)
    assert len(tried) >= 80


def test_rejected_rows_come_back_as_they_were():
    rows = good_rows(random.Random(3))  # noqa: S311 - a choice of rows, not a secret
    rows[4] |= {"date": "soon", "note": "=1+1"}
    checked = read_records(csv_of(rows).encode(), "deals.csv")

    again = list(csv.DictReader(io.StringIO(checked.rejected_bytes().decode("utf-8-sig"))))
    kept = list(csv.DictReader(io.StringIO(checked.good_bytes().decode("utf-8-sig"))))

    assert [row["签约日期"] for row in again] == ["soon"]
    assert again[0]["备注"] == "'=1+1"
    assert len(kept) == ROWS - 1


def test_faults_are_written_as_a_table():
    table = faults_bytes([fault("a.csv", 3, "date", "soon" * 50, "date.unreadable")])

    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert row["row"] == "3"
    assert row["verdict"] == REJECTED
    assert row["value"].endswith("…")


def test_every_fault_is_told_in_both_languages():
    assert set(FAULTS_ZH) == set(FAULTS)
    for kind in FAULTS:
        found = fault("deals.csv", 5, "金额", "abc", kind)
        told = found.in_language("zh")
        assert found.in_language("en") is found
        assert told[:6] == found[:6]
        assert all(any("一" <= letter <= "鿿" for letter in words) for words in told[6:])
        assert told.sentence.startswith("deals.csv，第5行，金额：“abc” – ")
        assert told.sentence.endswith("。")

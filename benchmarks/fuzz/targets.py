"""Every parser that reads what a stranger may write, and the law that it must keep.

A target takes an input, checks the law, and returns what happened in few words: an input that
makes something new happen is worth changing further. A parser may answer, or say in a
`CcgeoError` what is wrong; anything else that it raises is a crash.
"""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qsl

from openpyxl import Workbook

from ccgeo.errors import CcgeoError
from ccgeo.io.apart import pack_table, unpack_table
from ccgeo.io.article import COLUMNS, read_article, read_proposals
from ccgeo.io.mapping import read_mapping
from ccgeo.io.placing import find_place
from ccgeo.io.readers import read_records
from ccgeo.io.values import parse_amount, parse_count, parse_date, parse_degrees
from ccgeo.places.geocoder import geocode
from ccgeo.query.permalink import read_permalink, write_permalink
from ccgeo.query.selection import parse_selection, selection_params

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

LINE_ENDS: Final = ("\n", "\r")


class Target(NamedTuple):
    """One parser under test.

    Attributes
    ----------
    check : callable
        Takes an input and returns what happened; raises where the law is broken.
    seeds : tuple of str or bytes
        Inputs to begin with.
    share : int
        How often it is its turn, since a workbook takes longer than a number.
    """

    check: Callable[[Any], Hashable]
    seeds: tuple[Any, ...]
    share: int


def expect(holds: bool, law: str) -> None:  # noqa: FBT001 - it is the thing asserted
    """Raise where a law is broken, even where Python leaves assertions out."""
    if not holds:
        raise AssertionError(law)


def read_file(content: bytes, name: str) -> Hashable:
    """Read a file: every row is good or rejected, and every fault is one line that says why."""
    checked = read_records(content, name)
    good = set(checked.good["row"])
    rejected = {each.row for each in checked.faults if each.verdict == "rejected"}
    expect(not good & rejected, "a row is good and rejected at once")
    expect(len(good) == len(checked.good), "a row came twice")
    for each in checked.faults:
        expect(bool(each.reason and each.remedy), "a fault without a reason or a remedy")
        expect(not set(LINE_ENDS) & set(each.sentence), "a fault of several lines")
    checked.rejected_bytes()
    checked.good_bytes()
    if checked.table is not None:
        sent = json.loads(json.dumps(pack_table(checked.table)))
        there = unpack_table(sent, checked.table.file)
        expect(repr(there) == repr(checked.table), "a table that changes between processes")
    amounts = checked.good["amount_fen"].dropna()
    expect(bool((amounts >= 0).all()), "an amount below zero")
    return (min(len(good), 3), tuple(sorted({each.kind for each in checked.faults})))


def read_csv(content: bytes) -> Hashable:
    """Read bytes that call themselves CSV."""
    return read_file(content, "deals.csv")


def read_geojson(content: bytes) -> Hashable:
    """Read bytes that call themselves GeoJSON."""
    return read_file(content, "deals.geojson")


def read_workbook(content: bytes) -> Hashable:
    """Read a workbook: some bytes of a real one changed, or its sheet replaced by the input."""
    if content.startswith(b"PK"):
        return read_file(content, "deals.xlsx")
    return read_file(repacked(content), "deals.xlsx")


def read_link(text: str) -> Hashable:
    """Read an address bar: never raises, and what it writes back is read as the same."""
    params = dict(parse_qsl(text, keep_blank_values=True))
    selection, view, problems = parse_selection(params)
    written = selection_params(selection, view)
    expect(parse_selection(written) == (selection, view, ()), "a link that changes when reread")
    whole, told = read_permalink(params)
    again, _ = read_permalink(write_permalink(whole))
    expect(again == whole, "a view that changes when its link is reread")
    for each in (*problems, *told):
        expect(not set(LINE_ENDS) & set(str(each)), "a problem of several lines")
    return tuple(sorted({str(each).split(" ")[0] for each in problems})), tuple(written)


def read_press_text(text: str) -> Hashable:
    """Read a press text: every cell stands in it where it says, and the rows can be checked."""
    article = read_article(text)
    for proposal in article.proposals:
        expect(set(proposal.words) <= set(proposal.cells) <= set(COLUMNS), "a cell of no column")
        for piece in (each for pieces in proposal.words.values() for each in pieces):
            stands = article.text[piece.start : piece.end]
            expect(piece.text == stands, "words that stand elsewhere")
    rows = article.rows()
    checked = read_records(read_proposals(rows), "article.csv")
    expect(not rows or bool(checked.columns), "proposals that make no table")
    said = {name for each in article.proposals for name in each.cells}
    return min(len(rows), 4), min(len(article.places), 4), tuple(sorted(said))


def read_place(text: str) -> Hashable:
    """Place a mention: the same each time, settled or with a reason."""
    found = geocode(text)
    expect(found == geocode(text), "two answers to one mention")
    expect(bool(found.places or found.reason), "no place and no reason")
    expect(0 <= found.confidence <= 1, "a confidence that is none")
    find_place(text)
    return (found.level, found.kind, found.reason, found.ambiguous, len(found.candidates))


def read_number(text: str) -> Hashable:
    """Read an amount, a count and degrees: a value or a fault, never both."""
    results = (parse_amount(text), parse_count(text), parse_degrees(text))
    for each in results:
        expect(each.value is None or not each.fault, "a value and a fault")
    money, count, degrees = results
    expect(count.value is None or count.value >= 0, "a count below zero")
    expect(degrees.value is None or abs(degrees.value) < 1e6, "degrees without end")
    told = money.value is not None and (money.value.currency, money.value.qualifier)
    return (told, *(each.fault for each in results), count.value is None, degrees.value is None)


def read_date(text: str) -> Hashable:
    """Read a date: an ISO date of four to ten characters, or a fault."""
    outcomes = []
    for is_1904 in (False, True):
        found = parse_date(text, is_1904=is_1904)
        expect(found.value is None or len(found.value) in {4, 7, 10}, "a date that is none")
        outcomes.append((found.fault, len(found.value or "")))
    return tuple(outcomes)


def read_saved_mapping(content: bytes) -> Hashable:
    """Read a saved mapping: texts by text, or one sentence."""
    try:
        return len(read_mapping(content))
    except CcgeoError as error:
        return str(error)


@cache
def workbook() -> bytes:
    """Return a small workbook of deals."""
    book = Workbook()
    rows = (
        ("title", "place", "amount", "date"),
        ("Plant", "渝中区", "1.5亿元", 2020),
        ("x", 1, 0, 2),
    )
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(sheet: bytes) -> bytes:
    """Return the workbook with another sheet in it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, sheet if is_sheet else old.read(name))
    return stream.getvalue()


def sheet_xml() -> bytes:
    """Return the sheet of the workbook as it stands in the package."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as package:
        return package.read("xl/worksheets/sheet1.xml")


SHEET: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="inlineStr"><is>'
    b'<t>amount</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Plant</t></is></c>'
    b"%b</row></sheetData></worksheet>"
)
CELLS: Final = (
    b'<c r="B2"><v>3.5</v></c>',
    b'<c r="B2" t="b"><v>1</v></c>',
    b'<c r="B2" t="e"><v>#N/A</v></c>',
    b'<c r="B2"><f>1+1</f></c>',
    b'<c r="B2"><f>1+1</f><v>2</v></c>',
    b'<c r="B2" s="1"><v>44795</v></c>',
    b'<c r="B2" t="s"><v>99</v></c>',
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<c r="B2" t="d"><v>2020</v></c>',
    b'<c r="B2" t="str"><v>3bn</v></c>',
)
CSV_SEEDS: Final = (
    "title,place,amount,date\nPlant,渝中区,1.5亿元,2020-05-01\n".encode(),
    "名称;区县;金额;币种\n甲;渝北区;3,5;美元\n".encode("gb18030"),
    "id\ttitle\tlon\tlat\tamount\n1\ta\t106.5\t29.5\t1 bn CNY\n2\tb\t\t\t?\n".encode("utf-16"),
    b'title,note,amount\n"a ""b""\nc",=1+1,USD 3m\n',
)  # fmt: skip
GEOJSON_SEEDS: Final = (
    (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point",'
        b'"coordinates":[106.5,29.5]},"properties":{"title":"a","amount":"1 bn CNY"}}]}'
    ),
    b'{"type":"Feature","geometry":null,"properties":{"title":"a","projects":3}}',
    (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon",'
        b'"coordinates":[[[106,29],[107,29],[107,30],[106,29]]]},"properties":{"title":null}}]}'
    ),
)
LINK_SEEDS: Final = (
    "years=2015-2020&sector=automotive,digital&level=prefecture&k=5",
    "place=500112&partner=SG&stage=signed&min_amount=1000000&confidence=2&lang=zh",
    "boundaries=2026&measure=projects&scheme=natural_breaks&bins=1,2,3&rescale=1&undated=1",
)
PLACE_SEEDS: Final = (
    "Yubei District, Chongqing", "重慶市渝北區龍溪街道", "市中区", "成都、绵阳和德阳", "500103",
    "Liangjiang New Area", "Shapingba / Beibei", "双流县", "Singapore", "两江新区（渝北）",
)  # fmt: skip
NUMBER_SEEDS: Final = (
    "1.5亿元", "USD 3.2 billion", "RMB22.4bn", "1,234.5", "约３０万", "18个", "106.55°E", "29°33'N",
    "(1,000)", "3 to 5 million euros", "1e6", "二百万元",
)  # fmt: skip
DATE_SEEDS: Final = (
    "2020-05-01", "2022年8月22日", "Aug. 23, 2022", "03/04/2022", "44795", "2021", "2021/5",
    "１９９９－０１－０１", "Q3 2020", "2020-05-01T10:00:00Z", "29 February 2021",
)  # fmt: skip
ARTICLE_SEEDS: Final = (
    (
        "A total of 70 projects worth 212.1 billion yuan were signed at the Smart China Expo 2022 "
        "in Chongqing. Of these, 27 projects worth 89.4 billion yuan went to Liangjiang New Area."
    ),
    "8月22日，2022线上智博会重大项目签约，70个项目，合同投资额2121亿元，其中渝北区18个，金额305.8亿元。",
    "Four days later, ten firms from Singapore agreed to invest US$1.2bn in Chengdu.",
)
MAPPING_SEEDS: Final = (
    b'{"title": "Name", "amount": "\xe9\x87\x91\xe9\xa2\x9d"}',
    b"[1, 2]",
    b"null",
)


def targets() -> dict[str, Target]:
    """Return every parser by name."""
    sheets = (sheet_xml(), workbook(), *(SHEET % cell for cell in CELLS))
    return {
        "number": Target(read_number, NUMBER_SEEDS, 40),
        "date": Target(read_date, DATE_SEEDS, 32),
        "link": Target(read_link, LINK_SEEDS, 12),
        "place": Target(read_place, PLACE_SEEDS, 8),
        "article": Target(read_press_text, ARTICLE_SEEDS, 2),
        "mapping": Target(read_saved_mapping, MAPPING_SEEDS, 4),
        "csv": Target(read_csv, CSV_SEEDS, 2),
        "geojson": Target(read_geojson, GEOJSON_SEEDS, 1),
        "workbook": Target(read_workbook, sheets, 1),
    }

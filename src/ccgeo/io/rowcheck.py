"""What one row says, field by field, and everything that is wrong with it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.decoding import is_mojibake
from ccgeo.io.mapping import datum_of, unit_of
from ccgeo.io.placing import NOWHERE, Found, find_place, place_of_adcode
from ccgeo.io.sheets import NO_RESULT, is_too_long
from ccgeo.io.values import (
    Money,
    is_nothing,
    parse_amount,
    parse_count,
    parse_date,
    parse_degrees,
    plain_text,
)
from ccgeo.query.vocabulary import names_of
from ccgeo.records.checks import BIG_PROJECT_FEN
from ccgeo.records.money import amount_text, to_fen
from ccgeo.records.sectors import UNSTATED, classify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Problem = tuple[str, Any, str]

MOST_FEN: Final = 10**16
"""Amounts above CNY 100 trn are no amounts of one record."""

_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1e\x7f\x80-\x9f\ufffd\ud800-\udfff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A|SPILL!|CALC!)"
)
_ERROR: Final = re.compile("#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A|SPILL!|CALC!)")
_HALF: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1e\x7f-\x9f]")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "共计", "total", "totals", "grand total", "subtotal", "sum"}
)
_DATUMS: Final = {
    "": "", "wgs84": "", "wgs 84": "", "wgs-84": "", "epsg:4326": "", "cgcs2000": "",
    "gcj02": "gcj02", "gcj-02": "gcj02", "火星坐标": "gcj02", "高德": "gcj02",
    "bd09": "bd09", "bd-09": "bd09", "百度": "bd09", "百度坐标": "bd09",
}  # fmt: skip
_CHOICES: Final = {"stage": "stages", "kind": "kinds", "direction": "directions"}
_TEXTS: Final = ("title", "organisation", "source", "note")
_STAGES_ZH: Final = {
    "签约": "signed", "已签": "signed", "开工": "started", "在建": "started",
    "投产": "operating", "建成": "completed", "竣工": "completed", "取消": "cancelled",
    "终止": "cancelled", "公布": "announced", "意向": "announced",
}  # fmt: skip
_LAST_CHANGE: Final = "2025"
_UNTOUCHED: Final = "\x1f"
_LON, _LAT = 180.0, 90.0


class RowCheck:
    """Reads the rows of one table through one mapping.

    Parameters
    ----------
    columns : sequence of str
        Headings of the table.
    mapping : mapping of str to str
        Heading by field.
    is_1904 : bool
        Whether days of the workbook count from 1904.
    """

    def __init__(
        self, columns: Sequence[str], mapping: Mapping[str, str], *, is_1904: bool = False
    ) -> None:
        self.columns = tuple(columns)
        self.heading = dict(mapping)
        self.at = {field: self.columns.index(column) for field, column in mapping.items()}
        self.is_1904 = is_1904
        self.unit = unit_of(mapping.get("amount", ""))
        headings = [mapping.get(field, "") for field in ("lon", "lat")]
        self.datum = next(filter(None, map(datum_of, headings)), "")

    def read(self, row: Sequence[Any]) -> tuple[dict[str, Any], list[Problem]]:
        """Read a row.

        Parameters
        ----------
        row : sequence of object
            Cells, as many as headings.

        Returns
        -------
        values : dict of str to object
            What the row says, by field.
        problems : list of tuple
            Heading, value and kind of everything that is wrong.
        """
        problems = list(self._text_problems(row))
        if problems and any(kind != "text.invisible" for _, _, kind in problems):
            return {}, problems
        whole = self._whole_problem(row)
        if whole:
            return {}, [*problems, ("", "", whole)]
        values: dict[str, Any] = {field: self._text(row, field) for field in _TEXTS}
        if "title" in self.at and not values["title"]:
            problems.append((self.heading["title"], "", "title.missing"))
        for read in (self._ids, self._date, self._choices, self._amount, self._place, self._point):
            problems += [
                (self.heading.get(field, ""), value, kind)
                for field, value, kind in read(row, values)
            ]
        return values, problems

    def _cell(self, row: Sequence[Any], field: str) -> Any:  # noqa: ANN401 - whatever a cell holds
        return row[self.at[field]] if field in self.at else None

    def _text(self, row: Sequence[Any], field: str) -> str:
        if field not in self.at:
            return ""
        value = row[self.at[field]]
        text = plain_text(value) if not isinstance(value, str) else value.strip()
        return "" if text and is_nothing(text) else text

    def _text_problems(self, row: Sequence[Any]) -> Iterator[Problem]:
        texts = [cell for cell in row if isinstance(cell, str)]
        joined = _UNTOUCHED.join(texts)
        if not _SUSPECT.search(joined) and (joined.isascii() or not any(map(_garbled, texts))):
            if is_too_long(joined) and any(map(is_too_long, texts)):
                at = next(n for n, cell in enumerate(row) if is_too_long(cell))
                yield self.columns[at], row[at], "cell.too_long"
            return
        for column, cell in zip(self.columns, row, strict=False):
            kind = _text_fault(cell) if isinstance(cell, str) else ""
            if kind:
                yield column, "" if kind == "cell.formula" else cell, kind

    def _whole_problem(self, row: Sequence[Any]) -> str:
        if row[0] == self.columns[0] and tuple(row[: len(self.columns)]) == self.columns:
            return "row.header"
        title = self._cell(row, "title") or next((cell for cell in row if cell), "")
        is_total = plain_text(title).rstrip(":").casefold() in _TOTALS
        return "row.total" if is_total else ""

    def _ids(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        ids = {name: plain_text(self._cell(row, name)) for name in ("id", "parent_id")}
        for name, text in ids.items():
            if _SCIENTIFIC.fullmatch(text):
                yield name, text, "id.scientific"
        if ids["parent_id"] and ids["parent_id"] == ids["id"]:
            yield "parent_id", ids["id"], "parent.self"
        told = self._text(row, "confidence") or "1"
        if told not in {"1", "2", "3"}:
            yield "confidence", told, "confidence.unknown"
        url = self._text(row, "url")
        if url and not _URL.fullmatch(url):
            yield "url", url, "url.unsafe"
        values.update(ids, url=url, confidence=int(told) if told in {"1", "2", "3"} else 1)

    def _date(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        value = self._cell(row, "date")
        parsed = parse_date(plain_text(value), is_1904=self.is_1904)
        if parsed.fault:
            yield "date", value, parsed.fault
        values["date"] = parsed.value or ""
        values["year"] = int(values["date"][:4]) if values["date"] else None
        count = parse_count(self._cell(row, "projects"))
        if count.fault:
            yield "projects", self._cell(row, "projects"), count.fault
        values["projects"] = count.value

    def _choices(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        for field, vocabulary in _CHOICES.items():
            text = self._text(row, field)
            choice = _choice(vocabulary, text)
            if choice is None:
                yield field, text, f"{field}.unknown"
            values[field] = choice or ""
        values["kind"] = values["kind"] or "deal"
        wording = self._text(row, "sector")
        values["sector_reported"] = wording
        values["sector_id"], values["sector_ids"] = _sectors(wording)
        if wording and values["sector_id"] == UNSTATED and not _choice("sectors", wording):
            yield "sector", wording, "sector.unknown"
        named = self._text(row, "partner")
        partners = _partners(named)
        if None in partners:
            yield "partner", named, "partner.unknown"
        values["partners"] = tuple(filter(None, partners))

    def _amount(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        cell = self._cell(row, "amount")
        words = (self._text(row, "unit"), self._text(row, "currency"))
        unit = " ".join(filter(None, words)) or self.unit
        parsed = parse_amount(_figure(cell), unit)
        values |= {"amount_fen": None, "amount_reported": "", "amount_qualifier": ""}
        if parsed.fault:
            yield "amount", cell, parsed.fault
        if parsed.value is None:
            return
        money = parsed.value
        fen = _fen(money, values["year"])
        if fen is None:
            yield "amount", cell, "amount.no_rate"
        elif fen > MOST_FEN:
            yield "amount", cell, "amount.too_large"
        else:
            yield from self._odd_amount(cell, money, fen, values)
            written = amount_text(format(money.value, "f"), money.scale, money.currency or "CNY")
            values |= {"amount_fen": fen, "amount_reported": written}
            values["amount_qualifier"] = money.qualifier

    def _odd_amount(
        self, cell: object, money: Money, fen: int, values: Mapping[str, Any]
    ) -> Iterator[Problem]:
        if not money.currency:
            yield "amount", cell, "amount.no_currency"
        if fen > BIG_PROJECT_FEN and values["kind"] == "deal" and (values["projects"] or 1) == 1:
            yield "amount", cell, "amount.implausible"

    def _place(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        text, code = self._text(row, "place"), plain_text(self._cell(row, "adcode"))
        named = find_place(text, _as_of(values["date"])) if text else NOWHERE
        coded, wrong = place_of_adcode(code) if code else (NOWHERE, "")
        if wrong:
            yield "adcode", code, wrong
        elif code and named.ids and not _agree(named, coded):
            yield "adcode", code, "adcode.contradicts"
        elif text and not code and not named.ids:
            yield "place", text, "place.ambiguous" if named.candidates else "place.unknown"
        # The name says no more than the code, unless it is a zone or a finer unit.
        found = named if named.level in {"zone", "circle", "several"} else coded
        found = found if found.ids else named
        values |= {"place_text": text, "place_level": found.level, "place_ids": found.ids}
        values["candidates"] = named.candidates if not found.ids else ()

    def _point(self, row: Sequence[Any], values: dict[str, Any]) -> Iterator[Problem]:
        values |= {"lon": None, "lat": None, "datum": ""}
        cells = {field: self._cell(row, field) for field in ("lon", "lat")}
        read = {field: parse_degrees(cell) for field, cell in cells.items()}
        for field, parsed in read.items():
            if parsed.fault:
                yield field, cells[field], parsed.fault
                return
        lon, lat = read["lon"].value, read["lat"].value
        if lon is None and lat is None:
            return
        kind = _point_fault(lon, lat)
        named = self._text(row, "datum")
        datum = _DATUMS.get(named.casefold())
        if kind:
            where = "lat" if lat is None else "lon"
            yield where, cells[where], kind
        elif datum is None:
            yield "datum", named, "lonlat.datum"
        else:
            values |= {"lon": lon, "lat": lat, "datum": datum or self.datum}
            if values["datum"]:
                yield "lon", cells["lon"], "lonlat.shifted"


def _text_fault(cell: str) -> str:
    signs = {
        "cell.formula": cell == NO_RESULT,
        "cell.error": _ERROR.fullmatch(cell.strip()),
        "cell.too_long": is_too_long(cell),
        "text.surrogate": _HALF.search(cell),
        "text.mojibake": _garbled(cell),
        "text.replacement": "\ufffd" in cell,
        "text.control": _CONTROL.search(cell),
        "text.invisible": _INVISIBLE.search(cell),
    }
    return next((kind for kind, sign in signs.items() if sign), "")


@lru_cache(maxsize=65_536)
def _garbled(cell: str) -> bool:
    return is_mojibake(cell)


@lru_cache(maxsize=8192)
def _choice(field: str, text: str) -> str | None:
    """Return the id that a text names; empty for no text, None for what is not known."""
    if not text:
        return ""
    if field == "stages" and text in _STAGES_ZH:
        return _STAGES_ZH[text]
    return _choices_of(field).get(text.casefold())


@lru_cache(maxsize=8192)
def _partners(named: str) -> tuple[str | None, ...]:
    parts = [_choice("partners", part.strip()) for part in re.split(r"[;；、]", named)]
    return tuple(dict.fromkeys(parts))


@cache
def _choices_of(field: str) -> dict[str, str]:
    found = {}
    for choice, names in names_of(field).items():
        found.update({name.casefold(): choice for name in (choice, *names) if name})
    return found


@lru_cache(maxsize=8192)
def _sectors(wording: str) -> tuple[str, tuple[str, ...]]:
    known = _choice("sectors", wording)
    if known:
        return known, (known,) if known not in {UNSTATED, "several"} else ()
    named = classify(wording)
    return named.sector_id, named.sector_ids


def _figure(cell: object) -> str:
    """Return an amount as text; a number of a workbook has no exponent of its own."""
    if isinstance(cell, float) and not cell.is_integer():
        return format(cell, "f").rstrip("0") if abs(cell) >= 1 else repr(cell)
    return plain_text(cell)


@lru_cache(maxsize=65_536)
def _fen(money: Money, year: int | None) -> int | None:
    try:
        return to_fen(money.value, money.scale, money.currency or "CNY", year)
    except UnknownChoiceError:
        return None


def _as_of(date: str) -> str:
    """Return a date where it matters: before the last change of the units none does."""
    return date if date >= _LAST_CHANGE else ""


def _agree(named: Found, coded: Found) -> bool:
    """Return whether a name and a code can be the same place, one perhaps inside the other."""
    if named.level not in {"district", "prefecture", "province"}:
        return True
    one, other = named.ids[0].rstrip("0"), coded.ids[0].rstrip("0")
    return one.startswith(other) or other.startswith(one)


def _point_fault(lon: float | None, lat: float | None) -> str:
    if lon is None or lat is None:
        return "lonlat.half"
    if abs(lon) <= _LAT < abs(lat) <= _LON:
        return "lonlat.swapped"
    if abs(lon) > _LON or abs(lat) > _LAT:
        return "lonlat.range"
    return "lonlat.zero" if lon == lat == 0 else ""

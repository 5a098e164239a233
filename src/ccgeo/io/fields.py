"""What the rows of a table say, field by field, and everything that is wrong with them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ccgeo.io.amounts import read_amounts
from ccgeo.io.columns import Column, join_columns
from ccgeo.io.mapping import datum_of, unit_of
from ccgeo.io.placing import NOWHERE, Found, Named, equal_date, find_name, place_of_adcode
from ccgeo.io.textcheck import Problem
from ccgeo.io.values import (
    Parsed,
    is_nothing,
    parse_count,
    parse_date,
    parse_degrees,
    plain_text,
)
from ccgeo.places.vintages import VINTAGES, vintage_on
from ccgeo.query.vocabulary import names_of
from ccgeo.records.checks import BIG_PROJECT_FEN
from ccgeo.records.sectors import UNSTATED, classify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccgeo.io.amounts import Amount

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
# Patterns, for Arrow, of texts of which a rule makes nothing else.
_BARE: Final = "^[!-~]*$"
_NO_NUMBER: Final = "^$|^[A-Za-z]"
_SAYS_SOMETHING: Final = r"(?s)^(?:[!-~\x{4e00}-\x{9fff}].*)?[0-9](?:.*[!-~\x{4e00}-\x{9fff}])?$|^$"
_URL: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_DATUMS: Final = {
    "": "", "wgs84": "", "wgs 84": "", "wgs-84": "", "epsg:4326": "", "cgcs2000": "",
    "gcj02": "gcj02", "gcj-02": "gcj02", "火星坐标": "gcj02", "高德": "gcj02",
    "bd09": "bd09", "bd-09": "bd09", "百度": "bd09", "百度坐标": "bd09",
}  # fmt: skip
_CHOICES: Final = {"stage": "stages", "kind": "kinds", "direction": "directions"}
_TEXTS: Final = ("title", "organisation", "source", "note", "project_key")
_STAGES_ZH: Final = {
    "签约": "signed", "已签": "signed", "开工": "started", "在建": "started",
    "投产": "operating", "建成": "completed", "竣工": "completed", "取消": "cancelled",
    "终止": "cancelled", "公布": "announced", "意向": "announced",
}  # fmt: skip
_YES: Final = frozenset({"true", "1", "yes", "是", "y"})
_TRUST: Final = frozenset({"1", "2", "3"})
_LON, _LAT = 180.0, 90.0


class _Spot(NamedTuple):
    """What the cells of a point say."""

    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    lon_fault: str = ""
    lat_fault: str = ""
    datum_fault: str = ""


class FieldReader:
    """Reads the rows of one table through one mapping, column by column.

    Parameters
    ----------
    columns : sequence of str
        Headings of the table.
    mapping : mapping of str to str
        Heading by field.
    cells : sequence of Column
        What stands below each heading.
    is_1904 : bool
        Whether days of the workbook count from 1904.

    Attributes
    ----------
    said : dict of str to Column
        What the rows say, by field; filled by `read`.
    problems : list of Problem
        What is wrong, field by field; filled by `read`.
    """

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        cells: Sequence[Column],
        *,
        is_1904: bool = False,
    ) -> None:
        self.heading = dict(mapping)
        self.is_1904 = is_1904
        self.unit = plain_text(unit_of(mapping.get("amount", "")))
        named = [mapping.get(field, "") for field in ("lon", "lat")]
        self.datum = next(filter(None, map(datum_of, named)), "")
        self.said: dict[str, Column] = {}
        self.problems: list[Problem] = []
        self._columns = dict(zip(columns, cells, strict=True))
        self._rows = len(cells[0].codes)

    def read(self) -> Iterator[float]:
        """Read every field.

        Yields
        ------
        float
            Share that is done, after each step.
        """
        steps = (
            self._texts, self._ids, self._dates, self._choices, self._sectors, self._partners,
            self._amounts, self._places, self._points,
        )  # fmt: skip
        for done, step in enumerate(steps, start=1):
            step()
            yield done / len(steps)

    def _cells(self, field: str) -> Column:
        """Return a column as it stands in the file; an empty one where none is mapped."""
        if field not in self.heading:
            return Column(np.zeros(self._rows, dtype=np.int64), [""])
        return self._columns[self.heading[field]]

    def _words(self, field: str) -> Column:
        """Return a column of text, empty where it says that nothing is known."""
        return self._cells(field).map_odd(_SAYS_SOMETHING, _told)

    def _tell(self, field: str, shown: Column, kinds: Column) -> None:
        """Note every problem of every row; kinds have spaces between them."""
        heading = self.heading.get(field, "")
        for at in kinds.rows_of(bool).tolist():
            value = shown.texts[shown.codes[at]]
            for kind in kinds.texts[kinds.codes[at]].split():
                self.problems.append(Problem(at, heading, value, kind))

    def _texts(self) -> None:
        for field in _TEXTS:
            self.said[field] = self._words(field)
        if "title" in self.heading:
            titles = self.said["title"]
            self._tell("title", titles, titles.map(lambda text: "" if text else "title.missing"))

    def _ids(self) -> None:
        for field in ("id", "parent_id"):
            column = self.said[field] = self._cells(field).map_odd(_BARE, plain_text)
            self._tell(field, column, column.map_odd(_NO_NUMBER, _id_fault, ""))
        ids, parents = self.said["id"], self.said["parent_id"]
        if parents.texts != [""]:
            own = join_columns(lambda one, other: "parent.self" if one == other != "" else "",
                               ids, parents)  # fmt: skip
            self._tell("parent_id", parents, own)
        told, urls = self._words("confidence"), self._words("url")
        self._tell("confidence", told, told.map(_confidence_fault))
        self._tell("url", urls, urls.map(_url_fault))
        self.said["confidence"] = told.map(lambda text: int(text) if text in _TRUST else 1)
        self.said["url"] = urls
        self.said["is_residual"] = self._words("is_residual").map(_is_yes).merged()

    def _dates(self) -> None:
        cells = self._cells("date")
        read = cells.map(self._date)
        self._tell("date", cells, read.map(_fault_of))
        dates = self.said["date"] = read.map(lambda parsed: parsed.value or "").merged()
        self.said["year"] = dates.map(lambda date: int(date[:4]) if date else None).merged()
        counts = self._cells("projects")
        read = join_columns(_count, counts, self.said["is_residual"])
        self._tell("projects", counts, read.map(_fault_of))
        self.said["projects"] = read.map(lambda parsed: parsed.value)

    def _date(self, text: str) -> Parsed[str]:
        return parse_date(text, is_1904=self.is_1904)

    def _choices(self) -> None:
        for field, vocabulary in _CHOICES.items():
            words = self._words(field)
            read = Column(words.codes, [_choice(vocabulary, text) for text in words.texts])
            unknown = [f"{field}.unknown" if choice is None else "" for choice in read.texts]
            self._tell(field, words, Column(words.codes, unknown))
            default = "deal" if field == "kind" else ""
            self.said[field] = Column(words.codes, [choice or default for choice in read.texts])

    def _sectors(self) -> None:
        words = self.said["sector_reported"] = self._words("sector")
        self._tell("sector", words, words.map(_sector_fault))
        read = words.map(_sectors)
        self.said["sector_id"] = read.map(lambda found: found[0])
        self.said["sector_ids"] = read.map(lambda found: found[1])

    def _partners(self) -> None:
        words = self._words("partner")
        read = words.map(_partners)
        self._tell("partner", words, read.map(lambda ids: "partner.unknown" if None in ids else ""))
        self.said["partners"] = read.map(lambda ids: tuple(filter(None, ids)))

    def _amounts(self) -> None:
        cells = self._cells("amount")
        units = join_columns(self._unit, self._words("unit"), self._words("currency"))
        residuals, years = self.said["is_residual"], self.said["year"]
        read = read_amounts(cells, units, residuals, years)
        lone = join_columns(_is_lone, self.said["kind"], self.said["projects"]).merged()
        faults = join_columns(_amount_faults, read, lone)
        self._tell("amount", cells, faults)
        self.said["amount_fen"] = read.map(lambda amount: amount.fen)
        self.said["amount_reported"] = read.map(lambda amount: amount.reported)
        self.said["amount_qualifier"] = read.map(lambda amount: amount.qualifier)

    def _unit(self, *words: str) -> str:
        return plain_text(" ".join(filter(None, words))) or self.unit

    def _places(self) -> None:
        words, codes = self._words("place"), self._cells("adcode").map(plain_text)
        days = self.said["date"].map(equal_date).merged()
        lists = days.map(lambda day: day if vintage_on(day) == VINTAGES[1] else "").merged()
        # A name is looked up once for each list of units; few of them once meant another place.
        named = join_columns(Named.on, join_columns(find_name, words, lists), days).merged()
        coded = codes.map(lambda code: place_of_adcode(code) if code else (NOWHERE, ""))
        faults = join_columns(_place_fault, words, codes, named, coded)
        self._tell("adcode", codes, faults.map(lambda kind: kind if "adcode" in kind else ""))
        self._tell("place", words, faults.map(lambda kind: kind if "place" in kind else ""))
        found = join_columns(_settled, named, coded)
        self.said["place_text"] = words
        self.said["place_level"] = found.map(lambda place: place.level)
        self.said["place_ids"] = found.map(lambda place: place.ids)
        self.said["candidates"] = found.map(lambda place: place.candidates)

    def _points(self) -> None:
        lons, lats, datums = self._cells("lon"), self._cells("lat"), self._words("datum")
        read = join_columns(self._spot, lons.map(parse_degrees), lats.map(parse_degrees), datums)
        self._tell("lon", lons, read.map(lambda spot: spot.lon_fault))
        self._tell("lat", lats, read.map(lambda spot: spot.lat_fault))
        self._tell("datum", datums, read.map(lambda spot: spot.datum_fault))
        for field in ("lon", "lat", "datum"):
            self.said[field] = Column(read.codes, [getattr(spot, field) for spot in read.texts])

    def _spot(self, lon: Parsed[float], lat: Parsed[float], named: str) -> _Spot:
        if lon.fault or lat.fault:
            return _Spot(lon_fault=lon.fault, lat_fault="" if lon.fault else lat.fault)
        if lon.value is None and lat.value is None:
            return _Spot()
        kind = _point_fault(lon.value, lat.value)
        if kind:
            return _Spot(lat_fault=kind) if lat.value is None else _Spot(lon_fault=kind)
        datum = _DATUMS.get(named.casefold())
        if datum is None:
            return _Spot(datum_fault="lonlat.datum")
        datum = datum or self.datum
        return _Spot(lon.value, lat.value, datum, "lonlat.shifted" if datum else "")


def _told(cell: str) -> str:
    text = cell.strip()
    return "" if text and is_nothing(text) else text


def _fault_of(parsed: Parsed[Any]) -> str:
    return parsed.fault


def _id_fault(text: str) -> str:
    return "id.scientific" if _SCIENTIFIC.fullmatch(text) else ""


def _confidence_fault(text: str) -> str:
    return "confidence.unknown" if text and text not in _TRUST else ""


def _url_fault(text: str) -> str:
    return "url.unsafe" if text and not _URL.fullmatch(text) else ""


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES


def _choice(field: str, text: str) -> str | None:
    """Return the id that a text names; empty for no text, None for what is not known."""
    if not text:
        return ""
    if field == "stages" and text in _STAGES_ZH:
        return _STAGES_ZH[text]
    return _choices_of(field).get(text.casefold())


@cache
def _choices_of(field: str) -> dict[str, str]:
    found = {}
    for choice, names in names_of(field).items():
        found.update({name.casefold(): choice for name in (choice, *names) if name})
    return found


def _partners(named: str) -> tuple[str | None, ...]:
    parts = [_choice("partners", part.strip()) for part in re.split(r"[;；、]", named)]
    return tuple(dict.fromkeys(parts))


def _sectors(wording: str) -> tuple[str, tuple[str, ...]]:
    known = _choice("sectors", wording)
    if known:
        return known, (known,) if known not in {UNSTATED, "several"} else ()
    named = classify(wording)
    return named.sector_id, named.sector_ids


def _sector_fault(wording: str) -> str:
    is_open = wording and _sectors(wording)[0] == UNSTATED and not _choice("sectors", wording)
    return "sector.unknown" if is_open else ""


def _count(text: str, is_residual: bool) -> Parsed[int]:  # noqa: FBT001 - a cell of a column
    return parse_count(text, is_signed=is_residual)


def _is_lone(kind: str, projects: int | None) -> bool:
    return kind == "deal" and (projects or 1) == 1


def _amount_faults(amount: Amount, is_lone: bool) -> str:  # noqa: FBT001 - a cell of a column
    if is_lone and amount.fen is not None and amount.fen > BIG_PROJECT_FEN:
        return f"{amount.faults} amount.implausible".lstrip()
    return amount.faults


def _place_fault(text: str, code: str, named: Found, coded: tuple[Found, str]) -> str:
    place, wrong = coded
    if wrong:
        return wrong
    if code and named.ids and not _agree(named, place):
        return "adcode.contradicts"
    if text and not code and not named.ids:
        return named.fault
    return ""


def _settled(named: Found, coded: tuple[Found, str]) -> Found:
    # The name says no more than the code, unless it is a zone or a finer unit.
    found = named if named.level in {"zone", "circle", "several"} else coded[0]
    found = found if found.ids else named
    return found._replace(candidates=named.candidates if not found.ids else ())


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

"""Every fault that a file of a user can have: where it stands, why it is one, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ccgeo.errors import CcgeoError
from ccgeo.io.fault_words import FAULTS_ZH
from ccgeo.io.tables import table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSED: Final = "refused"
"""Verdict on a file of which nothing is taken."""

REJECTED: Final = "rejected"
"""Verdict on a row that is left out."""

FLAGGED: Final = "flagged"
"""Verdict on a row that goes on, with something to look at."""

_SHOWN: Final = 80


class Fault(NamedTuple):
    """One thing that is wrong in a file.

    Attributes
    ----------
    file : str
        Name of the file.
    row : int
        Row as a spreadsheet counts it, the header included; the number of the feature, from 1,
        in GeoJSON; 0 for the file as a whole.
    column : str
        Heading of the column; empty where it is the row or the file.
    value : str
        What stands there, its beginning if it is long.
    kind : str
        One of `FAULTS`.
    verdict : str
        `REFUSED`, `REJECTED` or `FLAGGED`.
    reason : str
        Why.
    remedy : str
        What to do.
    """

    file: str
    row: int
    column: str
    value: str
    kind: str
    verdict: str
    reason: str
    remedy: str

    @property
    def sentence(self) -> str:
        """Return the fault as one sentence.

        Returns
        -------
        str
            Place, value, reason and remedy; one line, whatever the file's headings hold.
        """
        if (self.reason, self.remedy) == FAULTS_ZH[self.kind]:
            return self._sentence_zh()
        places = (self.file, f"row {self.row}" if self.row else "", self.column)
        value = f"{self.value!r} – " if self.value else ""
        said = f"{', '.join(filter(None, places))}: {value}{self.reason}; {self.remedy}."
        return " ".join(said.splitlines())

    def _sentence_zh(self) -> str:
        places = (self.file, f"第{self.row}行" if self.row else "", self.column)
        value = f"“{self.value}” – " if self.value else ""
        said = f"{'，'.join(filter(None, places))}：{value}{self.reason}；{self.remedy}。"
        return " ".join(said.splitlines())

    def in_language(self, language: str) -> Fault:
        """Return the fault with its reason and remedy in a language.

        Parameters
        ----------
        language : {"en", "zh"}
            Language wanted.

        Returns
        -------
        Fault
            The same place, value and kind.

        Examples
        --------
        >>> fault("a.csv", 5, "date", "x", "date.unreadable").in_language("zh").reason
        '这不是日期'
        """
        if language != "zh":
            return self
        reason, remedy = FAULTS_ZH[self.kind]
        return self._replace(reason=reason, remedy=remedy)


class RefusedFileError(CcgeoError, ValueError):
    """A file of which nothing can be taken.

    Parameters
    ----------
    kind : str
        One of `FAULTS`.
    detail : str
        What was found.
    row : int
        Row where it was found, 0 for the file as a whole.
    """

    def __init__(self, kind: str, detail: str = "", row: int = 0) -> None:
        self.kind = kind
        self.detail = detail
        self.row = row
        _, reason, remedy = FAULTS[kind]
        super().__init__(f"{reason}{f' ({detail})' if detail else ''}; {remedy}")


def fault(file: str, row: int, column: str, value: object, kind: str) -> Fault:
    """Return a fault with the words of its kind.

    Parameters
    ----------
    file : str
        Name of the file.
    row : int
        Row, see `Fault`.
    column : str
        Heading of the column.
    value : object
        What stands there.
    kind : str
        One of `FAULTS`.

    Returns
    -------
    Fault
        The fault.

    Examples
    --------
    >>> fault("deals.csv", 5, "date", "2022-02-30", "date.impossible").verdict
    'rejected'
    """
    verdict, reason, remedy = FAULTS[kind]
    text = "" if value is None else str(value)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return Fault(file, row, column, shown, kind, verdict, reason, remedy)


def faults_bytes(faults: Iterable[Fault]) -> bytes:
    """Write faults as CSV.

    Parameters
    ----------
    faults : iterable of Fault
        Faults, in the order to write them.

    Returns
    -------
    bytes
        A header and a row for each.

    Examples
    --------
    >>> faults_bytes([]).decode("utf-8-sig").strip()
    'file,row,column,value,kind,verdict,reason,remedy'
    """
    return table_bytes(Fault._fields, faults)


_FILE: Final = {
    "file.empty": ("the file is empty", "choose a file with a heading and rows"),
    "article.too_long": (
        "a press text has at most 100,000 characters",
        "take the part that matters",
    ),
    "file.too_large": ("the file is larger than 20 MB", "split it"),
    "file.too_hungry": ("reading it takes more memory than a file may", "split it"),
    "file.too_slow": ("reading it takes longer than a file may", "split it"),
    "file.zip": ("archives are not opened", "unpack it and bring the table itself"),
    "file.old_excel": (
        "this is an old or an encrypted Excel file",
        "save it as .xlsx without a password",
    ),
    "file.unknown": ("this is no CSV, XLSX or GeoJSON file", "save the table as one of them"),
    "file.missing": ("the file cannot be read", "check its name and its rights"),
    "text.encoding": ("the text is in no encoding that is read here", "save it as UTF-8"),
    "text.big5": ("the text looks like Big5", "save it as UTF-8"),
    "xlsx.damaged": ("the workbook is damaged", "open it in a spreadsheet and save it again"),
    "xlsx.too_large": ("the workbook unpacks to more than 200 MB", "split it"),
    "xlsx.ratio": ("the workbook unpacks to more than 100 times its size", "save it again"),
    "xlsx.empty": ("no sheet holds a row", "choose a workbook with a heading and rows"),
    "json.damaged": ("this is not valid JSON", "write the file again with the tool it came from"),
    "json.deep": ("the JSON is nested deeper than 64 levels", "write plain GeoJSON"),
    "json.not_finite": ("JSON has no NaN and no Infinity", "write null or a number"),
    "json.double_name": ("a name stands twice in one object", "keep one of them"),
    "geojson.no_collection": (
        "this JSON is no GeoJSON feature collection",
        "write a FeatureCollection",
    ),
    "geojson.crs": (
        "the file names a coordinate system other than WGS 84",
        "write longitude and latitude in WGS 84",
    ),
    "geojson.no_features": ("the collection has no features", "choose a file with features"),
    "table.too_many_rows": ("there are more than 100,000 rows", "split the file"),
    "table.too_many_columns": ("there are more than 200 columns", "keep those that are needed"),
    "table.no_rows": ("there is a heading and no row below it", "choose a file with rows"),
    "table.quotes": (
        "quotation marks are broken in more than 200 rows",
        "write the file again with a spreadsheet",
    ),
    "header.unknown": (
        "no column is one that is known here",
        "name them like the template, or map them by hand",
    ),
    "header.double": ("two columns have the same heading", "rename one of them"),
}
_ROW: Final = {
    "row.too_many_cells": ("the row has more cells than the heading", "look for a stray separator"),
    "row.too_few_cells": ("the row has fewer cells than the heading", "look for a lost separator"),
    "row.quote": ("a quotation mark is opened and never closed", "close or double it"),
    "row.header": ("the heading stands here again", "delete the row"),
    "row.total": ("this is a total, which would count twice", "delete the row"),
    "row.repeated": ("the same row stands above already", "delete one of the two"),
    "cell.too_long": ("a cell holds at most 32,767 characters", "shorten it"),
    "cell.error": ("this is an error of a spreadsheet, not a value", "repair the formula"),
    "cell.formula": ("the formula has no stored result", "open and save it in a spreadsheet"),
    "cell.not_finite": ("this is no number", "leave the cell empty if the value is not known"),
    "text.control": ("the text holds control characters", "delete them"),
    "text.replacement": ("letters were lost before the file came here", "write them again"),
    "text.mojibake": ("the text was read in the wrong encoding once", "save it again as UTF-8"),
    "text.surrogate": ("the text holds half a character", "write the character again"),
    "feature.damaged": ("this is no GeoJSON feature", "write type, geometry and properties"),
    "feature.properties": ("properties are no object", "write an object, or null"),
    "feature.double_id": ("two features have the same id", "give each its own"),
    "geometry.type": ("this is no geometry of GeoJSON", "use Point, LineString or Polygon"),
    "geometry.coordinates": ("the geometry has no coordinates", "write them, or null geometry"),
    "geometry.position": ("a position is not two or three numbers", "write longitude, latitude"),
    "geometry.range": ("a position lies outside longitude ±180, latitude ±90", "write degrees"),
    "geometry.swapped": ("latitude stands before longitude", "write longitude first"),
    "geometry.line": ("a line has fewer than two positions", "write at least two"),
    "geometry.ring": ("a ring has fewer than four positions", "write at least four"),
    "geometry.open": ("a ring does not end where it begins", "repeat its first position"),
    "title.missing": ("a record needs a title", "say what it is"),
    "id.double": ("the id stands above already", "give each record its own"),
    "id.scientific": ("a spreadsheet has turned the id into a number", "format it as text"),
    "parent.self": ("a record cannot be part of itself", "correct it or leave it empty"),
    "parent.circle": ("the records lie inside each other in a circle", "correct one of them"),
    "date.unreadable": ("this is no date", "write YYYY, YYYY-MM or YYYY-MM-DD"),
    "date.impossible": ("there is no such day", "write YYYY-MM-DD"),
    "date.ambiguous": ("day and month cannot be told apart", "write YYYY-MM-DD"),
    "date.two_digits": ("the year has two digits", "write YYYY-MM-DD"),
    "date.range": ("the year is not between 1978 and 2035", "check the year"),
    "amount.unreadable": ("this is no amount", "write a number, its scale and its currency"),
    "amount.negative": ("an amount is not negative", "leave out the sign, or the row"),
    "amount.scientific": ("a spreadsheet has shortened the number", "write all of its digits"),
    "amount.separators": ("commas and points do not group the digits", "write 1,234.5"),
    "amount.range": ("two amounts stand in one cell", "write one, and the other in the note"),
    "amount.percent": ("a share is no amount", "write the amount"),
    "amount.currency": ("the currency is not known", "write an ISO 4217 code such as CNY"),
    "amount.two_currencies": ("cell and column name different currencies", "keep one of them"),
    "amount.two_scales": ("cell and column name different scales", "keep one of them"),
    "amount.no_rate": ("there is no exchange rate for this year", "write the amount in CNY"),
    "amount.too_large": ("the amount is above CNY 100 trn", "check number, scale and currency"),
    "projects.unreadable": ("this is no number of projects", "write a whole number"),
    "projects.negative": ("a number of projects is not negative", "write a whole number"),
    "projects.not_whole": ("projects are counted in whole numbers", "write a whole number"),
    "projects.too_many": ("there are more than 100,000 projects in one row", "check the number"),
    "stage.unknown": ("the stage is not known", "see `ccgeo choices stages`"),
    "kind.unknown": ("the kind of record is not known", "see `ccgeo choices kinds`"),
    "direction.unknown": ("the direction is not known", "write inbound, outbound or domestic"),
    "partner.unknown": ("the partner is not known", "see `ccgeo choices partners`"),
    "confidence.unknown": ("confidence is 1, 2 or 3", "write one of them"),
    "adcode.malformed": ("an adcode has six digits", "write six digits, or only the name"),
    "adcode.unknown": ("no unit of Sichuan or Chongqing has this adcode", "check the digits"),
    "adcode.outside": ("the adcode lies outside Sichuan and Chongqing", "leave out the row"),
    "adcode.contradicts": ("the adcode is that of another place", "correct one of the two"),
    "lonlat.unreadable": ("this is no number of degrees", "write degrees such as 106.55"),
    "lonlat.half": ("only one of longitude and latitude is given", "give both or none"),
    "lonlat.range": ("the point lies outside longitude ±180, latitude ±90", "write degrees"),
    "lonlat.swapped": ("longitude and latitude are swapped", "write longitude in its own column"),
    "lonlat.zero": ("0, 0 lies in the Atlantic", "leave both empty if they are not known"),
    "lonlat.datum": ("the datum is not known", "write WGS84, GCJ-02 or BD-09"),
    "url.unsafe": ("this is no web address", "write one that begins with https://"),
}
_FLAG: Final = {
    "header.empty": ("a column has no heading", "name it, or delete it"),
    "header.lead_rows": ("rows above the heading are left out", "begin with the heading"),
    "text.invisible": ("the text holds invisible marks", "delete them"),
    "date.serial": ("a number was read as a day of a spreadsheet", "format it as a date"),
    "amount.no_currency": ("no currency is named: read as CNY", "name it in cell or heading"),
    "amount.implausible": ("one project above CNY 50 bn", "check number, scale and currency"),
    "sector.unknown": (
        "the wording names no sector of the taxonomy",
        "see `ccgeo choices sectors`",
    ),
    "place.unknown": ("no place of Sichuan or Chongqing has this name", "decide in the review"),
    "place.ambiguous": ("the words fit several places", "decide in the review"),
    "lonlat.outside": ("the point lies outside Sichuan and Chongqing", "check it"),
    "lonlat.elsewhere": ("the point lies outside the district named", "check both"),
    "lonlat.shifted": ("the point is in a shifted datum: brought to WGS 84", "nothing"),
    "record.retold": ("title, date and amount are those of a row above", "keep one of them"),
    "parent.unknown": ("its whole is not in the file", "bring both, or correct the id"),
    "parent.exceeded": ("its parts add up to more than the whole", "check the amounts"),
}

FAULTS: Final[dict[str, tuple[str, str, str]]] = {
    kind: (verdict, *words)
    for verdict, kinds in ((REFUSED, _FILE), (REJECTED, _ROW), (FLAGGED, _FLAG))
    for kind, words in kinds.items()
}
"""Verdict, reason and remedy of every kind of fault."""

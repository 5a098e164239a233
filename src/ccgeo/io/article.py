"""From a press text to proposed records, each figure tied to the words it came from.

By rules and the gazetteer alone. A proposal is something to look at: what the rules are not sure
of is left out, and what is kept goes through the same checks as any table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ccgeo.io.decoding import decode_text
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.placing import find_place
from ccgeo.io.press_figures import (
    Words,
    split_clauses,
    split_sentences,
)
from ccgeo.io.press_names import (
    Place,
    find_dates,
    find_event,
    find_partners,
    find_places,
    find_stage,
    find_title,
    is_regional,
)
from ccgeo.io.press_totals import find_totals
from ccgeo.io.tables import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ccgeo.io.press_totals import Stated

    Cells = dict[str, str]
    Pieces = dict[str, tuple[Words, ...]]

# Half of a character: no file can hold it.
_HALF: Final = re.compile("[\ud800-\udfff]")

MOST_CHARACTERS: Final = 100_000
"""A longer text is read only so far."""

COLUMNS: Final = (
    "id", "parent_id", "kind", "title", "date", "stage", "sector", "projects", "amount", "place",
    "partner", "note",
)  # fmt: skip
"""Columns of the proposed rows; ``note`` holds the sentence."""

_LONGEST_TITLE: Final = 120
_LONGEST_SENTENCE: Final = 1_500


@dataclass(frozen=True)
class Proposal:
    """A record that a text seems to state.

    Attributes
    ----------
    cells : dict of str to str
        Cells of a row, by column of `COLUMNS`; a column that the text says nothing sure about
        is missing.
    words : dict of str to tuple of Words
        By column, the words each cell came from, with their positions in the text.
    """

    cells: dict[str, str]
    words: dict[str, tuple[Words, ...]]


@dataclass(frozen=True)
class Article:
    """What a press text seems to state.

    Attributes
    ----------
    text : str
        The text that was read.
    proposals : tuple of Proposal
        Records, a total before its parts.
    places : tuple of Place
        Every place that is named beyond doubt, each once.
    """

    text: str
    proposals: tuple[Proposal, ...]
    places: tuple[Place, ...]

    def rows(self) -> list[dict[str, str]]:
        """Return the proposals as rows of a table.

        Returns
        -------
        list of dict
            Columns `COLUMNS`, empty where nothing is proposed.
        """
        return [{name: each.cells.get(name, "") for name in COLUMNS} for each in self.proposals]

    def table_bytes(self) -> bytes:
        """Return the proposals as a file that `ccgeo.io.readers.read_records` checks.

        Returns
        -------
        bytes
            CSV.
        """
        return csv_bytes(self.rows() or [dict.fromkeys(COLUMNS, "")])


def read_article(text: str) -> Article:
    """Propose the records that a press text states.

    Parameters
    ----------
    text : str
        An article in English or Chinese.

    Returns
    -------
    Article
        Proposals and places; nothing where the rules are not sure.

    Examples
    --------
    >>> article = read_article(
    ...     "A total of 70 projects worth 212.1 billion yuan were signed at the Smart China Expo"
    ...     " 2022 in Chongqing."
    ... )
    >>> row = article.rows()[0]
    >>> row["title"], row["projects"], row["amount"], row["place"]
    ('Smart China Expo 2022', '70', '212.1 billion yuan', 'Chongqing')
    """
    text = _HALF.sub("\N{REPLACEMENT CHARACTER}", text[:MOST_CHARACTERS])
    sentences = [each for each in split_sentences(text) if len(each.text) <= _LONGEST_SENTENCE]
    context = _Context(sentences)
    proposals: list[Proposal] = []
    for total in find_totals(sentences):
        number = f"P{len(proposals) + 1}"
        proposals.append(context.proposal(total, number, ""))
        for part in total.parts:
            proposals.append(context.proposal(part, f"P{len(proposals) + 1}", number))
    return Article(text, tuple(proposals), context.places)


def read_text(path: Path) -> str:
    """Read a press text from a file.

    Parameters
    ----------
    path : pathlib.Path
        Text in UTF-8, UTF-16 or GB18030.

    Returns
    -------
    str
        The text.

    Raises
    ------
    RefusedFileError
        The file is missing, larger than a text can be, or in no encoding that is read here.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_bytes("重庆签约".encode("gb18030"))
    ...     read_text(Path(folder) / "a.txt")
    '重庆签约'
    """
    try:
        with path.open("rb") as file:
            content = file.read(4 * MOST_CHARACTERS + 1)
    except OSError as error:
        kind = "file.missing"
        raise RefusedFileError(kind, error.strerror or "") from error
    if len(content) > 4 * MOST_CHARACTERS:
        kind = "article.too_long"
        raise RefusedFileError(kind)
    return decode_text(content)[0]


class _Context:
    """What the whole text says about day, event and place."""

    def __init__(self, sentences: Sequence[Words]) -> None:
        self.days = [each for sentence in sentences for each in find_dates(sentence)]
        years = {day[:4] for _, day, _ in self.days if not day.startswith("--")}
        self.year = years.pop() if len(years) == 1 else ""
        # The day of a dateline is that of the telling, not of what is told.
        told = {self._full(day): where for where, day, is_dateline in self.days if not is_dateline}
        self.day = next(iter(told.items())) if len(told) == 1 else ("", None)
        named = [(find_event(sentence), sentence) for sentence in sentences]
        self.events = [event for event, _ in named if event is not None]
        self.places = tuple(_different(sentences))

    def proposal(self, stated: Stated, number: str, parent: str) -> Proposal:
        """Return what is proposed for one figure."""
        words: Pieces = {}
        cells = {"id": number, "parent_id": parent, "note": stated.sentence.text}
        words["note"] = (stated.sentence,)
        for name, figure in (("projects", stated.count), ("amount", stated.amount)):
            if figure is not None:
                cells[name], words[name] = figure.cell, (figure.words,)
        if stated.sector is not None:
            cells["sector"], words["sector"] = stated.sector.text, (stated.sector,)
        self._add_day(stated, cells, words)
        self._add_stage(stated, cells, words)
        self._add_place(stated, cells, words)
        codes, named = find_partners(stated.sentence)
        if codes:
            cells["partner"], words["partner"] = codes, named
        self._add_title(stated, parent, cells, words)
        return Proposal({name: cells[name] for name in COLUMNS if name in cells}, words)

    def _add_title(self, stated: Stated, parent: str, cells: Cells, words: Pieces) -> None:
        event = find_event(stated.sentence) or self._only_event()
        is_event = event is not None and (stated.projects or 0) > 1 and not parent
        cells["kind"] = "event" if is_event else "breakdown" if parent else "deal"
        if parent and stated.sector is not None:
            title: Words | None = stated.sector
        elif is_event:
            title = event
        else:
            title = stated.amount and find_title(stated.piece, stated.amount.words.start)
        title = title or (event if stated.count else None) or stated.piece
        cells["title"] = " ".join(title.text.split())[:_LONGEST_TITLE].strip(" ,，；;")
        words["title"] = (title,)

    def _only_event(self) -> Words | None:
        names = {event.text.casefold() for event in self.events}
        return self.events[0] if len(names) == 1 else None

    def _add_day(self, stated: Stated, cells: Cells, words: Pieces) -> None:
        own = {
            self._full(day): where
            for where, day, is_dateline in self.days
            if _within(where, stated.sentence) and not is_dateline
        }
        day, where = next(iter(own.items())) if len(own) == 1 else ("", None)
        if not own:
            day, where = self.day
        if day and where is not None:
            cells["date"], words["date"] = day, (where,)

    def _full(self, day: str) -> str:
        """Return a day with its year: that of the text, if it knows only one."""
        if not day.startswith("--"):
            return day
        return f"{self.year}{day[1:]}" if self.year else ""

    def _add_stage(self, stated: Stated, cells: Cells, words: Pieces) -> None:
        for piece in (stated.piece, stated.sentence):
            stage, where = find_stage(piece)
            if where is not None:
                cells["stage"], words["stage"] = stage, (where,)
                return

    def _add_place(self, stated: Stated, cells: Cells, words: Pieces) -> None:
        near = [place for place in find_places(stated.piece) if is_regional(place)]
        near = near or [place for place in find_places(stated.sentence) if is_regional(place)]
        here = near[0] if near else self._only_place()
        named = "; ".join(each.text for each in here.words) if here is not None else ""
        # What the checks of a table would leave open is left open here.
        if here is not None and find_place(named).ids:
            cells["place"], words["place"] = named, here.words

    def _only_place(self) -> Place | None:
        """Return the place of the whole text, if it names no other."""
        inside = [place for place in self.places if is_regional(place)]
        return inside[0] if len(inside) == 1 else None


def _different(sentences: Sequence[Words]) -> Iterable[Place]:
    """Yield every place once, where it is first named: by sentences, then by clauses."""
    seen: set[str] = set()
    pieces = [*sentences, *(clause for each in sentences for clause in split_clauses(each))]
    for piece in pieces:
        for place in find_places(piece):
            if not seen.issuperset(place.ids):
                seen.update(place.ids)
                yield place


def _within(inner: Words, outer: Words) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def read_proposals(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows that a person has looked at as a file to be checked.

    Parameters
    ----------
    rows : sequence of dict
        Rows as `Article.rows` gives them, perhaps corrected; empty ones are left out.

    Returns
    -------
    bytes
        CSV.

    Examples
    --------
    >>> read_proposals([{"title": "Plant", "amount": "5 bn yuan"}]).decode("utf-8-sig")[:12]
    'id,parent_id'
    """
    told = [{name: str(row.get(name) or "") for name in COLUMNS} for row in rows]
    return csv_bytes([row for row in told if any(row.values())] or [dict.fromkeys(COLUMNS, "")])

"""From a press text to proposed records, each figure tied to the words it came from.

By rules and the gazetteer alone. A proposal is something to look at: what the rules are not sure
of is left out, and what is kept goes through the same checks as any table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ccgeo.io.decoding import decode_text
from ccgeo.io.faults import RefusedFileError
from ccgeo.io.placing import find_place
from ccgeo.io.press_figures import (
    Figure,
    Words,
    clause_of,
    find_amounts,
    find_counts,
    is_unfit,
    split_clauses,
    split_sentences,
)
from ccgeo.io.press_names import (
    Place,
    find_dates,
    find_event,
    find_partners,
    find_places,
    find_sector,
    find_stage,
    find_title,
    is_regional,
)
from ccgeo.io.tables import csv_bytes
from ccgeo.records.money import to_fen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MOST_CHARACTERS: Final = 100_000
"""A longer text is read only so far."""

COLUMNS: Final = (
    "id", "parent_id", "kind", "title", "date", "stage", "sector", "projects", "amount", "place",
    "partner", "note",
)  # fmt: skip
"""Columns of the proposed rows; ``note`` holds the sentence."""

_NEAR: Final = 0.1
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


@dataclass(frozen=True)
class _Said:
    """A figure or two, and the piece of its sentence that they stand in."""

    sentence: Words
    piece: Words
    amount: Figure | None
    count: Figure | None
    sector: Words | None
    is_part: bool = False
    parts: list[_Said] = field(default_factory=list)

    @property
    def fen(self) -> int | None:
        """Amount in fen at the rate of no certain year, for comparisons only."""
        money = self.amount.money if self.amount else None
        return money and to_fen(money.value, money.scale, money.currency, None)

    @property
    def projects(self) -> int | None:
        """Number of projects."""
        return self.count.projects if self.count else None


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
    text = text[:MOST_CHARACTERS]
    sentences = [each for each in split_sentences(text) if len(each.text) <= _LONGEST_SENTENCE]
    context = _Context(sentences)
    said = [each for sentence in sentences for each in _said(sentence)]
    proposals: list[Proposal] = []
    for total in _with_parts(_once(said)):
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


def _said(sentence: Words) -> list[_Said]:
    """Return what a sentence states: one piece for each amount, or for a lone count."""
    if is_unfit(sentence.text):
        return []
    amounts = find_amounts(sentence)
    if not amounts:
        return _counted(sentence)
    pieces = _pieces(sentence, amounts)
    is_listed = len(amounts) > 1
    found = []
    for amount, piece in zip(amounts, pieces, strict=True):
        sector = find_sector(piece)
        is_part = _is_part(sentence, amount)
        counts = find_counts(piece, is_bare=is_listed and sector is not None)
        counts = [each for each in counts if is_part or not _is_part(sentence, each)]
        if len(counts) > 1:
            continue  # which of them the amount belongs to is not sure
        found.append(_Said(sentence, piece, amount, next(iter(counts), None), sector, is_part))
    return found


def _counted(sentence: Words) -> list[_Said]:
    """Return a number of projects that is stated without any amount."""
    counts = find_counts(sentence)
    if len(counts) != 1 or find_stage(sentence)[0] != "signed" or _has_money(sentence):
        return []
    if _is_part(sentence, counts[0]):
        return []
    return [_Said(sentence, sentence, None, counts[0], None)]


def _has_money(sentence: Words) -> bool:
    return any(word in sentence.text.casefold() for word in ("illion", "yuan", "元", "%", "亿"))


def _pieces(sentence: Words, amounts: Sequence[Figure]) -> list[Words]:
    """Cut a sentence so that each piece holds one amount and the clause around it."""
    pieces, start = [], 0
    for amount, after in zip(amounts, [*amounts[1:], None], strict=True):
        at = amount.words.start - sentence.start, amount.words.end - sentence.start
        _, end = clause_of(sentence.text, *at)
        end = min(end, after.words.start - sentence.start) if after else end
        end = len(sentence.text) if after is None else end
        shown = sentence.text[start:end]
        pieces.append(Words(sentence.start + start, sentence.start + end, shown))
        start = end
    return pieces


def _is_part(sentence: Words, figure: Figure) -> bool:
    """Return whether a figure is introduced as one of several that make a whole."""
    head = sentence.text[: figure.words.start - sentence.start].casefold()
    marks = ("of them", "of these", "of which", "among them", "among these", "including", "其中")
    return any(mark in head for mark in marks)


def _once(said: Sequence[_Said]) -> list[_Said]:
    """Tell each figure once, also where the headline rounds it."""
    kept: list[_Said] = []
    for each in said:
        twin = next((other for other in kept if _is_same(each, other)), None)
        if twin is None:
            kept.append(each)
        elif _rank(each) > _rank(twin):
            kept[kept.index(twin)] = each
    return kept


def _rank(said: _Said) -> tuple[bool, bool, bool]:
    """Return how much a telling says: exactly, with a count, with its event."""
    money = said.amount.money if said.amount else None
    is_exact = money is None or money.qualifier == "exact"
    return is_exact, said.count is not None, find_event(said.sentence) is not None


def _figures(said: _Said) -> tuple[int | None, int | None]:
    return said.projects, said.fen


def _is_same(one: _Said, other: _Said) -> bool:
    is_alike = one.is_part == other.is_part and (one.sector is None) == (other.sector is None)
    if not is_alike and (one.projects is None or _figures(one) != _figures(other)):
        return False
    if None not in {one.projects, other.projects} and one.projects != other.projects:
        return False
    if one.fen is None or other.fen is None:
        return one.projects is not None and one.projects == other.projects
    if one.fen == other.fen:
        return True
    is_rounded = any(
        each.amount and each.amount.money and each.amount.money.qualifier != "exact"
        for each in (one, other)
    )
    return is_rounded and abs(one.fen - other.fen) <= _NEAR * max(one.fen, other.fen)


def _with_parts(said: Sequence[_Said]) -> list[_Said]:
    """Hang the parts that are told after a total under it, if they fit into it."""
    found: list[_Said] = []
    whole: _Said | None = None
    for group in _groups(said):
        is_list = len(group) > 1 and all(each.sector and each.count for each in group)
        if whole is not None and is_list and _fits(whole, group):
            whole.parts.extend(replace(each, is_part=True) for each in group)
            continue
        alone = [each for each in group if not each.is_part and not (is_list and whole)]
        found += alone
        lead = next((each for each in alone if each.count and each.amount), None)
        whole = lead or whole
    return found


def _groups(said: Sequence[_Said]) -> Iterable[list[_Said]]:
    """Yield what belongs together: the parts of one list, also where it runs over sentences."""
    group: list[_Said] = []
    for each in said:
        is_next = bool(group) and bool(each.sector) and bool(group[-1].sector)
        if group and not is_next:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _fits(whole: _Said, parts: Sequence[_Said]) -> bool:
    """Return whether parts can lie in a whole: they add up to no more, and none is the whole."""
    fen, projects = whole.fen, whole.projects
    if fen is None or projects is None:
        return False
    return sum(part.fen or 0 for part in parts) <= fen and (
        sum(part.projects or 0 for part in parts) <= projects
    )


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

    def proposal(self, said: _Said, number: str, parent: str) -> Proposal:
        """Return what is proposed for one figure."""
        words: dict[str, tuple[Words, ...]] = {}
        cells = {"id": number, "parent_id": parent, "note": said.sentence.text}
        words["note"] = (said.sentence,)
        for name, figure in (("projects", said.count), ("amount", said.amount)):
            if figure is not None:
                cells[name], words[name] = figure.cell, (figure.words,)
        if said.sector is not None:
            cells["sector"], words["sector"] = said.sector.text, (said.sector,)
        self._add_day(said, cells, words)
        self._add_stage(said, cells, words)
        self._add_place(said, cells, words)
        codes, named = find_partners(said.sentence)
        if codes:
            cells["partner"], words["partner"] = codes, named
        self._add_title(said, parent, cells, words)
        return Proposal({name: cells[name] for name in COLUMNS if name in cells}, words)

    def _add_title(
        self, said: _Said, parent: str, cells: dict[str, str], words: dict[str, tuple[Words, ...]]
    ) -> None:
        event = find_event(said.sentence) or self._only_event()
        is_event = event is not None and (said.projects or 0) > 1 and not parent
        cells["kind"] = "event" if is_event else "breakdown" if parent else "deal"
        if parent and said.sector is not None:
            title: Words | None = said.sector
        elif is_event:
            title = event
        else:
            title = said.amount and find_title(said.piece, said.amount.words.start)
        title = title or (event if said.count else None) or said.piece
        cells["title"] = " ".join(title.text.split())[:_LONGEST_TITLE].strip(" ,，；;")
        words["title"] = (title,)

    def _only_event(self) -> Words | None:
        names = {event.text.casefold() for event in self.events}
        return self.events[0] if len(names) == 1 else None

    def _add_day(
        self, said: _Said, cells: dict[str, str], words: dict[str, tuple[Words, ...]]
    ) -> None:
        own = {
            self._full(day): where
            for where, day, is_dateline in self.days
            if _within(where, said.sentence) and not is_dateline
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

    def _add_stage(
        self, said: _Said, cells: dict[str, str], words: dict[str, tuple[Words, ...]]
    ) -> None:
        for piece in (said.piece, said.sentence):
            stage, where = find_stage(piece)
            if where is not None:
                cells["stage"], words["stage"] = stage, (where,)
                return

    def _add_place(
        self, said: _Said, cells: dict[str, str], words: dict[str, tuple[Words, ...]]
    ) -> None:
        near = [place for place in find_places(said.piece) if is_regional(place)]
        near = near or [place for place in find_places(said.sentence) if is_regional(place)]
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

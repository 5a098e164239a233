"""Place a column of a CSV file, piece by piece, and set apart what a person has to look at."""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from ccgeo.encoding import guard_cell, unguard_cell
from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.files import whole_file
from ccgeo.io.placing import find_place
from ccgeo.places.geocoder import COLUMNS, geocode_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

PIECE_ROWS: Final = 50_000
"""Rows that are held at a time."""

PREFIX: Final = "place_"
"""Stands before the names of the columns that are added."""


class Counts(NamedTuple):
    """How the rows of a file came out.

    Attributes
    ----------
    rows : int
        All rows.
    settled : int
        Rows with a place that may be mapped as it is.
    ambiguous : int
        Rows whose mention fits several places.
    nowhere : int
        Rows without a place of the region or abroad.
    """

    rows: int
    settled: int
    ambiguous: int
    nowhere: int


def geocode_file(
    source: Path,
    column: str,
    output: Path,
    *,
    as_of: str = "",
    decisions: Mapping[str, str] | None = None,
    force: bool = False,
) -> Counts:
    """Write a CSV file with the places of one of its columns.

    Text that a spreadsheet would run is guarded as in every table, see
    `ccgeo.encoding.guard_cell`. Rows that are not settled go into a second file as well, named
    like the first one with ``.review`` before its ending, with the number of their row as a
    spreadsheet counts it.

    Parameters
    ----------
    source : pathlib.Path
        CSV file in UTF-8 with a header.
    column : str
        Column of mentions.
    output : pathlib.Path
        File to write: the columns of the source, then those of `geocode_column` with
        `PREFIX`.
    as_of : str
        Date of the mentions.
    decisions : mapping of str to str, optional
        Adcode or zone id that a person chose for a mention that is not settled.
    force : bool
        Whether existing files may be replaced.

    Returns
    -------
    Counts
        How the rows came out.

    Raises
    ------
    UnknownChoiceError
        The column is not one of the file's, or the date is not one.
    OutputError
        A file to write exists, or cannot be written.
    CcgeoError
        The source is missing or is not such a file.
    """
    read = partial(_placed, as_of=as_of, decisions=decisions or {})
    pieces = _pieces(source, column)
    with (
        whole_file(review_of(output), force=force) as review,
        whole_file(output, force=force) as placed,
    ):
        return _written(pieces, column, read, placed, review)


def review_of(output: Path) -> Path:
    """Return the path of the file for what a person has to look at.

    Parameters
    ----------
    output : pathlib.Path
        File of all rows.

    Returns
    -------
    pathlib.Path
        The same with ``.review`` before its ending.

    Examples
    --------
    >>> from pathlib import Path
    >>> review_of(Path("placed.csv")).name
    'placed.review.csv'
    """
    return output.with_name(f"{output.stem}.review{output.suffix}")


def _pieces(source: Path, column: str) -> Iterator[pd.DataFrame]:
    """Yield the rows of a file, some at a time, every cell as text."""
    try:
        reader = pd.read_csv(
            source, dtype=str, keep_default_na=False, chunksize=PIECE_ROWS, encoding="utf-8-sig"
        )
        with reader:
            for piece in reader:
                if column not in piece.columns:
                    raise UnknownChoiceError("column", column, piece.columns[:12])
                _check_new(source, piece)
                yield piece
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        message = f"{str(source)!r} cannot be read as CSV in UTF-8: {type(error).__name__}"
        raise CcgeoError(message) from error


def _check_new(source: Path, piece: pd.DataFrame) -> None:
    """Refuse a table that has the columns already which would be added."""
    held = [name for name in COLUMNS if PREFIX + name in piece.columns]
    if held:
        message = (
            f"{str(source)!r} has a column {PREFIX + held[0]!r} already, as if it had been placed "
            "before: take the table that it was made from, or rename that column"
        )
        raise CcgeoError(message)


def _placed(mentions: pd.Series, *, as_of: str, decisions: Mapping[str, str]) -> pd.DataFrame:
    """Return the places of mentions, chosen by hand where they are not settled."""
    places = geocode_column(mentions, as_of=as_of).set_axis(mentions.index)
    chosen = ~places["settled"] & mentions.isin(decisions)
    if not chosen.any():
        return places
    ids = mentions[chosen].map(decisions)
    found = {place_id: find_place(place_id) for place_id in set(ids)}
    told = {
        "level": ids.map(lambda place_id: found[place_id].level),
        "places": ids.map(lambda place_id: ";".join(found[place_id].ids)),
        "candidates": "",
        "kind": "chosen by hand",
        "reason": "",
    }
    for name, cells in told.items():
        places[name] = places[name].astype(object)
        places.loc[chosen, name] = cells
    places.loc[chosen, ["settled", "ambiguous"]] = True, False
    places.loc[chosen, "confidence"] = 1.0
    return places


def _written(
    pieces: Iterator[pd.DataFrame],
    column: str,
    read: Callable[[pd.Series], pd.DataFrame],
    placed_file: IO[bytes],
    review_file: IO[bytes],
) -> Counts:
    rows = settled = ambiguous = 0
    for piece in pieces:
        places = read(piece[column].map(unguard_cell))
        placed = _guarded(piece.join(places[list(COLUMNS)].add_prefix(PREFIX)))
        open_rows = ~places["settled"] | places["level"].isin(["none", "outside"])
        numbered = placed[open_rows].rename_axis("row").rename(index=lambda at: at + 2)
        is_first = rows == 0
        for table, file, has_row in ((placed, placed_file, False), (numbered, review_file, True)):
            text = table.to_csv(index=has_row, header=is_first, lineterminator="\n")
            file.write(text.encode())
        rows += len(piece)
        ambiguous += int(places["ambiguous"].sum())
        settled += int((~open_rows).sum())
    return Counts(rows, settled, ambiguous, rows - settled - ambiguous)


def _guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of which no cell runs in a spreadsheet; a guard that is there stays one."""
    guarded = table.rename(columns=lambda name: guard_cell(unguard_cell(name)))
    for name in guarded.columns:
        cells = guarded[name]
        safe = {
            text: guard_cell(unguard_cell(text)) for text in set(cells) if isinstance(text, str)
        }
        changed = {text: cell for text, cell in safe.items() if text != cell}
        if changed:
            guarded[name] = cells.map(lambda text, changed=changed: changed.get(text, text))
    return guarded

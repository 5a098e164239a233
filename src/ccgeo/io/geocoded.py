"""Place a column of a CSV file, piece by piece, and set apart what a person has to look at."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.files import TEMPORARY, OutputError
from ccgeo.io.placing import find_place
from ccgeo.places.geocoder import COLUMNS, geocode_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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

    Rows that are not settled go into a second file as well, named like the first one with
    ``.review`` before its ending, with the number of their row as a spreadsheet counts it.

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
    review = review_of(output)
    for path in (output, review):
        if path.exists() and not force:
            message = f"{str(path)!r} exists: choose another name, or say --force to replace it"
            raise OutputError(message)
    try:
        with TemporaryDirectory(dir=output.parent or ".", prefix=TEMPORARY) as folder:
            read = partial(_placed, as_of=as_of, decisions=decisions or {})
            counts = _written(_pieces(source, column), column, Path(folder), read)
            (Path(folder) / "placed").replace(output)
            (Path(folder) / "review").replace(review)
    except OSError as error:
        message = f"{str(output)!r} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    return counts


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
                yield piece
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        message = f"{str(source)!r} cannot be read as CSV in UTF-8: {type(error).__name__}"
        raise CcgeoError(message) from error


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
    folder: Path,
    read: Callable[[pd.Series], pd.DataFrame],
) -> Counts:
    rows = settled = ambiguous = 0
    with ExitStack() as files:
        placed_file, review_file = (
            files.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            for name in ("placed", "review")
        )
        for piece in pieces:
            places = read(piece[column])
            placed = piece.join(places[list(COLUMNS)].add_prefix(PREFIX))
            open_rows = ~places["settled"] | places["level"].isin(["none", "outside"])
            numbered = placed[open_rows].rename_axis("row").rename(index=lambda at: at + 2)
            placed.to_csv(placed_file, index=False, header=rows == 0, lineterminator="\n")
            numbered.to_csv(review_file, header=rows == 0, lineterminator="\n")
            rows += len(piece)
            ambiguous += int(places["ambiguous"].sum())
            settled += int((~open_rows).sum())
    return Counts(rows, settled, ambiguous, rows - settled - ambiguous)

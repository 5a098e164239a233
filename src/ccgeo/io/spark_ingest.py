"""Files into a store by the workers of Spark: each piece is a task that Spark gives to one of them.

A worker checks, places and writes a piece with codes of its own and returns what they mean; this
process decides what codes are used instead, writes that down beside the piece, and last that it is
done. A task that Spark runs again, or twice at the same time, writes the same file. A run that was
ended goes on with the pieces that are not done.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from ccgeo.engine.partition import PIECE, write_codes
from ccgeo.io.intake import name_pieces, take_apart, write_note
from ccgeo.io.pieces import spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ccgeo.engine.spark import SparkEngine
    from ccgeo.io.intake import Key
    from ccgeo.io.pieces import Lines, Piece, Span

    Note = dict[str, Any]
    Given = tuple[Piece | Lines | Span, str, str]


def notes_of_spark(
    spark: SparkEngine,
    files: Sequence[Path],
    folder: Path,
    codes: Callable[[Mapping[str, Sequence[Key]]], Mapping[str, Any]],
) -> Iterator[Note]:
    """Write the pieces of files that are not there yet.

    Parameters
    ----------
    spark : SparkEngine
        Whose workers check, place and write; they see files and folder.
    files : sequence of pathlib.Path
        CSV, Parquet or JSON Lines.
    folder : pathlib.Path
        Folder of the store.
    codes : callable
        Decides what codes to use for what a piece holds, by side, and writes down what they mean.

    Yields
    ------
    dict
        The note of each piece, see `ccgeo.io.intake.take_in`; those of an earlier run too.

    Raises
    ------
    CcgeoError
        A file cannot be read, or Spark gives up.
    """
    done: deque[Note] = deque()
    for name, note, sides in spark.each(partial(take_apart, folder), _left(files, folder, done)):
        write_codes(folder / "pieces" / f"{name}{PIECE}", codes(sides))
        write_note(note, name, folder)
        yield note
        while done:
            yield done.popleft()
    yield from done


def _left(files: Sequence[Path], folder: Path, done: deque[Note]) -> Iterator[Given]:
    """Yield the pieces that are not done, with their file and name; keep the notes of others."""
    for piece, file, name, note in name_pieces(files, folder, spans_of):
        if note is None:
            yield piece, file, name
        else:
            done.append(note)

"""The tables of records on disk: read as text, and appended to all at once or not at all."""

from __future__ import annotations

import csv
import io
import warnings
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import pandas as pd
from pandas.errors import ParserWarning

from ccgeo.errors import DataFileError
from ccgeo.io.files import OutputError
from ccgeo.records.laws import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER = ("sources.csv", "events.csv", "records.csv")


def read_deals(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table of records of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Folder with the files of `ccgeo.records.laws.TABLES`.

    Returns
    -------
    dict of str to pandas.DataFrame
        By file name, all columns text, an empty cell an empty text.

    Raises
    ------
    DataFileError
        A file is missing, or is not a table of comma-separated UTF-8 text.

    Examples
    --------
    >>> from ccgeo.shipped import data_folder
    >>> len(read_deals(data_folder() / "deals")["left_out.csv"])
    2
    """
    return {name: read_texts(folder / name) for name in TABLES}


def read_texts(path: Path) -> pd.DataFrame:
    """Read one table as text.

    Parameters
    ----------
    path : pathlib.Path
        A file of comma-separated UTF-8 text, with or without a byte order mark.

    Returns
    -------
    pandas.DataFrame
        All columns text, an empty cell an empty text.

    Raises
    ------
    DataFileError
        The file is missing, or is not such a table.

    Examples
    --------
    >>> from ccgeo.shipped import data_file
    >>> list(read_texts(data_file("deals/left_out.csv")))
    ['id', 'title', 'reason']
    """
    try:
        with warnings.catch_warnings():
            # A row longer than the header is a mistake, and not a row with a name in front.
            warnings.simplefilter("error", ParserWarning)
            return pd.read_csv(
                path, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False
            )
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error.strerror or error}"
        raise DataFileError(message) from error
    except (ValueError, ParserWarning) as error:  # bytes and rows that pandas does not understand
        message = f"{str(path)!r} is not a table of comma-separated UTF-8 text: {error}"
        raise DataFileError(message) from error


def append_deals(folder: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    r"""Append rows to the tables of a folder: to all of them, or to none.

    What stands in a table stays as it is, byte by byte.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the tables.
    rows : mapping of str to pandas.DataFrame
        Rows by file name, all columns text.

    Raises
    ------
    OutputError
        A table cannot be read or written; then none has changed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name:
    ...     table = Path(name) / "events.csv"
    ...     _ = table.write_text("event_id,venue\n", encoding="utf-8")
    ...     rows = pd.DataFrame([{"event_id": "fair", "venue": "Chengdu, Sichuan"}])
    ...     append_deals(Path(name), {"events.csv": rows})
    ...     table.read_text(encoding="utf-8")
    'event_id,venue\nfair,"Chengdu, Sichuan"\n'
    """
    wanted = [name for name in _ORDER if name in rows and not rows[name].empty]
    try:
        before = {name: (folder / name).read_bytes() for name in wanted}
        _replace_all(
            {folder / name: _appended(before[name], rows[name]) for name in wanted},
            {folder / name: before[name] for name in wanted},
        )
    except OSError as error:
        message = f"{str(folder)!r} cannot be changed: {error.strerror or error}"
        raise OutputError(message) from error


def _appended(content: bytes, rows: pd.DataFrame) -> bytes:
    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(rows[header].itertuples(index=False, name=None))
    gap = b"" if content.endswith(b"\n") else b"\n"
    return content + gap + text.getvalue().encode()


def _replace_all(after: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
    """Write all files beside their targets first, then rename; undo what was done on an error."""
    with ExitStack() as stack:
        ready = {path: _written(path, content, stack) for path, content in after.items()}
        done: list[Path] = []
        try:
            for path, temporary in ready.items():
                temporary.chmod(path.stat().st_mode)
                temporary.replace(path)
                done.append(path)
        except OSError:
            for path in done:
                path.write_bytes(before[path])
            raise


def _written(path: Path, content: bytes, stack: ExitStack) -> Path:
    with NamedTemporaryFile(dir=path.parent, prefix=".ccgeo-", delete=False) as file:
        stack.callback(_forget, Path(file.name))
        file.write(content)
    return Path(file.name)


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)

"""Where the data that comes with ccgeo lies, and which version of it this is."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ccgeo.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder() -> Path:
    """Return the folder of the shipped data.

    In a wheel it lies inside the package, in a checkout at the top level.

    Returns
    -------
    pathlib.Path
        Folder that holds ``geo/`` and ``deals/``.

    Raises
    ------
    DataFileError
        Neither place exists: the installation is incomplete.

    Examples
    --------
    >>> (data_folder() / "deals").is_dir()
    True
    """
    for folder in (_PACKAGE / "data", _PACKAGE.parents[1] / "data"):
        if (folder / "deals").is_dir():
            return folder
    message = f"the shipped data is missing beside {_PACKAGE.name}: reinstall ccgeo"
    raise DataFileError(message)


def data_file(name: str) -> Path:
    """Return the path of one shipped file.

    Parameters
    ----------
    name : str
        Path below the data folder, with forward slashes, such as ``"deals/records.csv"``.

    Returns
    -------
    pathlib.Path
        Path of an existing file.

    Raises
    ------
    DataFileError
        The file is not there.

    Examples
    --------
    >>> data_file("deals/records.csv").name
    'records.csv'
    """
    path = data_folder() / name
    if not path.is_file():
        message = f"shipped file {name!r} is missing: reinstall ccgeo or restore it from git"
        raise DataFileError(message)
    return path


@contextmanager
def reading(name: str) -> Iterator[Path]:
    """Give the path of a shipped file to whoever parses it, and say so when it is damaged.

    Parameters
    ----------
    name : str
        As for `data_file`.

    Yields
    ------
    pathlib.Path
        Path of an existing file.

    Raises
    ------
    DataFileError
        The file is not there, or what is in it cannot be parsed.

    Examples
    --------
    >>> with reading("deals/sectors.csv") as path:
    ...     len(path.read_text("utf-8")) > 0
    True
    """
    path = data_file(name)
    try:
        yield path
    except (ValueError, LookupError, TypeError, csv.Error) as error:
        message = f"shipped file {name!r} is damaged: reinstall ccgeo or restore it from git"
        raise DataFileError(message) from error


@cache
def data_version() -> str:
    """Return a short hash of the content of every shipped data file.

    Two installations with the same version draw the same numbers.

    Returns
    -------
    str
        Twelve hexadecimal digits.

    Examples
    --------
    >>> len(data_version())
    12
    """
    digest = sha256()
    folder = data_folder()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".csv", ".geojson", ".json"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]

"""Write a file whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile
from time import time
from typing import IO, TYPE_CHECKING, Final

from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPORARY: Final = ".ccgeo-"
"""Begins the name of a file that is not finished."""

# No writer takes so long over a file that it has begun.
_LEFT_S: Final = 3600


class OutputError(CcgeoError, OSError):
    """A file cannot be written where it was wanted."""


def write_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write bytes to a file in one step: a reader sees the old file or the new one.

    Parameters
    ----------
    path : pathlib.Path
        File to write.
    content : bytes
        What goes into it.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    OutputError
        The file exists and `force` is not set; or its folder is missing, full or read-only.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_file(Path(folder) / "layer.geojson", b"{}")
    ...     (Path(folder) / "layer.geojson").read_bytes()
    b'{}'
    """
    with whole_file(path, force=force) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """Open a file to write that appears in one step, once all of it is written.

    Parameters
    ----------
    path : pathlib.Path
        File to write.
    force : bool
        Whether an existing file may be replaced.

    Yields
    ------
    binary file
        What is written into it is the file, unless something is raised meanwhile.

    Raises
    ------
    OutputError
        As `write_file`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, whole_file(Path(folder) / "a.csv") as stream:
    ...     stream.write(b"a")
    1
    """
    check_target(path, force=force)
    try:
        with _replacing(path) as stream:
            yield stream
    except CcgeoError:
        raise
    except OSError as error:
        message = f"{str(path)!r} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error


def check_target(path: Path, *, force: bool = False) -> None:
    """Say whether a file may be written, before the work that makes it.

    Parameters
    ----------
    path : pathlib.Path
        File to write.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    OutputError
        It is a folder, or it exists and `force` is not set.

    Examples
    --------
    >>> check_target(Path("no-such-file.geojson"))
    """
    if path.is_dir():
        message = f"{str(path)!r} is a folder: name a file in it"
        raise OutputError(message)
    if path.exists() and not force:
        message = f"{str(path)!r} exists: choose another name, or say --force to replace it"
        raise OutputError(message)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    sweep(path.parent)
    # In the same folder, because a rename is only one step within one file system.
    temporary = NamedTemporaryFile(dir=path.parent, prefix=TEMPORARY, delete=False)  # noqa: SIM115
    try:
        with temporary:
            yield temporary
            temporary.flush()
            os.fsync(temporary.fileno())
        _open_to_readers(Path(temporary.name))
        Path(temporary.name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary.name).unlink()
        raise


def sweep(folder: Path) -> None:
    """Take away what writers that were killed have left, once nobody can be writing it.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of temporary files; nothing is said if it cannot be read.

    Examples
    --------
    >>> sweep(Path("no-such-folder"))
    """
    with suppress(OSError):
        for path in folder.glob(f"{TEMPORARY}????????"):
            with suppress(OSError):
                if path.lstat().st_mtime < time() - _LEFT_S:
                    rmtree(path) if path.is_dir() else path.unlink()


def _open_to_readers(path: Path) -> None:
    """Give the file the rights a plain new file has; temporary files are private."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod(0o666 & ~umask)

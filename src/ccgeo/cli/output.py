"""Where the result of a command goes, and what is told while it takes its time."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, TextIO

import typer

from ccgeo.encoding import encode_line

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STANDARD_OUTPUT: Final = "-"
"""Name of a file that asks for standard output."""

PATIENCE_S: Final = 1.0
"""Seconds after which a command says what it is doing."""

_TICK_S: Final = 0.5


def tell(text: object, *, err: bool = False) -> None:
    """Print text; a terminal finds nothing in it to obey.

    Parameters
    ----------
    text : object
        Lines, with tabs between columns; anything else that controls a terminal becomes a space.
    err : bool
        Whether it goes to standard error.
    """
    lines = str(text).split("\n")
    typer.echo("\n".join("\t".join(map(encode_line, line.split("\t"))) for line in lines), err=err)


def write_output(output: str, content: bytes, *, force: bool) -> None:
    """Write a result whole or not at all, or to standard output.

    Parameters
    ----------
    output : str
        File, or ``-``.
    content : bytes
        The result.
    force : bool
        Whether an existing file may be replaced.
    """
    from ccgeo.io.files import write_file

    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(output), content, force=force)


def check_output(output: str, *, force: bool) -> None:
    """Say at once, and not after the work, that a file may not be written.

    Parameters
    ----------
    output : str
        File, or ``-``, or empty where nothing is written.
    force : bool
        Whether an existing file may be replaced.

    Raises
    ------
    OutputError
        The file exists and `force` is not set.
    """
    from ccgeo.io.files import check_target

    if output not in {"", STANDARD_OUTPUT}:
        check_target(Path(output), force=force)


@contextmanager
def progress(doing: str, stream: TextIO | None = None) -> Iterator[Callable[[int, int], None]]:
    """Tell on standard error what a command is doing, if it takes longer than a second.

    Only a terminal is told: a line that rewrites itself is of no use in a log.

    Parameters
    ----------
    doing : str
        What is being done, such as ``"drawing"``.
    stream : text stream, optional
        Where to tell; standard error if not given.

    Yields
    ------
    callable
        Takes how much is done, and of how much.
    """
    told = sys.stderr if stream is None else stream
    done = Event()
    at = [""]

    def tell() -> None:
        started = monotonic()
        wait = PATIENCE_S
        while not done.wait(wait):
            told.write(f"\r\x1b[K{doing}{at[0]} … {monotonic() - started:.0f} s")
            told.flush()
            wait = _TICK_S

    def step(number: int, of: int) -> None:
        at[0] = f" {number} of {of}"

    teller = Thread(target=tell, daemon=True)
    if told.isatty():
        teller.start()
    try:
        yield step
    finally:
        done.set()
        if teller.ident is not None:
            teller.join()
            told.write("\r\x1b[K")
            told.flush()

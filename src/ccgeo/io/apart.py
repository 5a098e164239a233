"""A stranger's file, parsed in a process of its own.

What a file makes a parser do, it does to a process that may take only so much memory and time, and
that ends when nobody waits for it any more. The file goes in through a pipe; how much of it is
read, and at last the table, come out through another, a line each: nothing touches a disk.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final, cast

from ccgeo.io.faults import RefusedFileError, fault
from ccgeo.io.features import read_geojson
from ccgeo.io.sheets import Table, read_csv, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_MEMORY: Final = 2_000_000_000
"""Bytes of memory, reserved or used, that parsing a file may take."""

MOST_SECONDS: Final = 60
"""Seconds of a processor that parsing a file may take."""

_TICK_S: Final = 0.2
# A busy machine gives a process a small share of its time.
_MOST_CLOCK_S: Final = 5 * MOST_SECONDS
_OUT_OF_MEMORY: Final = 3
READERS: Final = {"csv": read_csv, "xlsx": read_xlsx, "geojson": read_geojson}
"""What reads a file of each form."""

_DAMAGED: Final = {"csv": "file.unknown", "xlsx": "xlsx.damaged", "geojson": "json.damaged"}


def read_apart(
    content: bytes,
    form: str,
    file: str = "",
    *,
    on_progress: Callable[[float], None] | None = None,
) -> Table:
    """Read a table in a process of its own.

    Parameters
    ----------
    content : bytes
        The file.
    form : {"csv", "xlsx", "geojson"}
        What it is.
    file : str
        Its name.
    on_progress : callable, optional
        Called several times a second with the share that is read, from 0 to 1; what it raises
        ends the process.

    Returns
    -------
    Table
        As `ccgeo.io.sheets.read_csv`, `ccgeo.io.sheets.read_xlsx` and
        `ccgeo.io.features.read_geojson` give it.

    Raises
    ------
    RefusedFileError
        Nothing of the file can be taken, or it takes more than `MOST_MEMORY` or `MOST_SECONDS`.

    Examples
    --------
    >>> from ccgeo.io.workbook import workbook_bytes
    >>> read_apart(workbook_bytes({"a": [{"title": "x", "projects": 2}]}), "xlsx").rows
    [['x', 2]]
    """
    told = _told(content, form, on_progress or (lambda _: None))
    if "refused" in told:
        raise RefusedFileError(*told["refused"])
    return unpack_table(told, file)


def _told(content: bytes, form: str, on_progress: Callable[[float], None]) -> dict[str, Any]:
    """Return what the process says about a file."""
    limits = str(MOST_MEMORY), str(MOST_SECONDS)
    command = [sys.executable, "-m", "ccgeo.io.apart", form, *limits]
    end = monotonic() + _MOST_CLOCK_S
    last = [b"0"]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as child:  # noqa: S603 - our own
        talk = Thread(target=_talk, args=(child, content, last), daemon=True)
        talk.start()
        try:
            while talk.is_alive():
                talk.join(_TICK_S)
                on_progress(_share(last[0]))
                if monotonic() > end:
                    return {"refused": ("file.too_slow",)}
        finally:
            child.kill()
            talk.join()
    if child.returncode == 0:
        told: dict[str, Any] = json.loads(last[0])
        return told
    # Without a word it was ended by a limit of the system, or by the parser itself.
    return {"refused": (_kind_of(child.returncode, form),)}


def _talk(child: Popen[bytes], content: bytes, last: list[bytes]) -> None:
    """Hand a file over and hear what the process says about it; hold the last line."""
    # A process that has ended takes nothing in.
    with suppress(OSError), cast("IO[bytes]", child.stdin) as ear:
        ear.write(content)
    for line in cast("IO[bytes]", child.stdout):
        last[:] = [line]


def _share(line: bytes) -> float:
    """Return how much is read by what was said last; the table itself is all of it."""
    return 1.0 if line.startswith(b"{") else float(line)


def _kind_of(code: int, form: str) -> str:
    if code == _OUT_OF_MEMORY:
        return "file.too_hungry"
    with suppress(ImportError, AttributeError):
        from signal import SIGXCPU  # noqa: PLC0415 - not on every system

        if code == -SIGXCPU:
            return "file.too_slow"
    return _DAMAGED[form]


def pack_table(table: Table) -> dict[str, Any]:
    """Return a table as JSON holds it: of each column, its different cells once.

    Parameters
    ----------
    table : Table
        Rows as they stand in a file.

    Returns
    -------
    dict of str to object
        What `unpack_table` takes.

    Examples
    --------
    >>> pack_table(Table("a.csv", ["stage"], [["signed"], ["signed"]], [2, 3]))["cells"]
    [(['signed'], [0, 0])]
    """
    width = len(table.columns)
    tails = {at: row[width:] for at, row in enumerate(table.rows) if len(row) > width}
    return {
        "columns": table.columns,
        "cells": [_cut([row[at] for row in table.rows]) for at in range(width)],
        "tails": tails,
        "numbers": table.numbers,
        "faults": [[each.row, each.column, each.value, each.kind] for each in table.faults],
        "form": table.form,
        "is_1904": table.is_1904,
    }


def _cut(cells: Iterable[Any]) -> tuple[list[Any], list[int]]:
    # By kind as well: a truth is not the number one.
    known: dict[tuple[type, Any], int] = {}
    at = [known.setdefault((cell.__class__, cell), len(known)) for cell in cells]
    return [cell for _, cell in known], at


def unpack_table(told: Mapping[str, Any], file: str) -> Table:
    """Return a table that was packed.

    Parameters
    ----------
    told : mapping of str to object
        What `pack_table` gave, before JSON or after it.
    file : str
        Name of the file.

    Returns
    -------
    Table
        The same rows.

    Examples
    --------
    >>> table = Table("a.csv", ["title", "amount"], [["x", 1], ["x", None]], [2, 3])
    >>> unpack_table(pack_table(table), "a.csv") == table
    True
    """
    # Never more than a row of it at a time: a column of nothing is as long as any other.
    columns = [map(cells.__getitem__, at) for cells, at in told["cells"]]
    rows = [list(row) for row in zip(*columns, strict=True)] or [[] for _ in told["numbers"]]
    for at, tail in told["tails"].items():
        rows[int(at)] += tail
    faults = [fault(file, *each) for each in told["faults"]]
    return Table(
        file, told["columns"], rows, told["numbers"], faults, told["form"], told["is_1904"]
    )


def _limit(memory: int, seconds: int) -> None:
    """Take no more than a file may; systems without such limits have only the clock."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Teller:
    """Says a share as a line, several times a second at most."""

    def __init__(self) -> None:
        self._next = monotonic()

    def __call__(self, share: float) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + _TICK_S
            sys.stdout.write(f"{share:.3f}\n")
            sys.stdout.flush()


def main() -> None:
    """Read a file from standard input; write shares and what it holds to standard output."""
    form, *limits = sys.argv[1:]
    _limit(*map(int, limits))
    try:
        told = pack_table(READERS[form](sys.stdin.buffer.read(), on_progress=_Teller()))
    except RefusedFileError as error:
        told = {"refused": (error.kind, error.detail, error.row)}
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

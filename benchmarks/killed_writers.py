"""Every writer, killed at 200 random moments, leaves the old file or the new one and no other.

Each writer makes its file and puts it in place, again and again, until it is killed without
warning: while it makes the file, while it writes it, or while it puts it in place.

Run: python benchmarks/killed_writers.py [KILLS [FORMAT ...]]
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ccgeo.io.files import write_file
from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.layers.answer import answer
from ccgeo.query.selection import Selection, View
from ccgeo.views.figure import figure_bytes
from ccgeo.views.folium_map import html_page

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = 200
OLD = b"what stood here before"
ASKED = Selection(years=(2018, 2019))
VIEW = View(level="province")


def writers() -> dict[str, Callable[[], bytes]]:
    """Return what makes a file, by the ending of the file."""
    shown = answer(ASKED, VIEW)
    found: dict[str, Callable[[], bytes]] = {
        form: partial(export_bytes, ASKED, VIEW, form) for form in FORMATS
    }
    found["html"] = partial(html_page, shown.choropleth, shown.flows)
    found["svg"] = partial(figure_bytes, shown.choropleth, shown.flows, "svg")
    return found


def write_for_ever(path: Path, make: Callable[[], bytes], ready: int) -> None:
    """Write a file again and again; the parent ends this."""
    os.write(ready, b".")
    while True:
        write_file(path, make(), force=True)


def kill_once(path: Path, make: Callable[[], bytes], seconds: float) -> None:
    """Let a process write, and kill it after some time."""
    heard, ready = os.pipe()
    child = os.fork()
    if child == 0:
        write_for_ever(path, make, ready)
    os.read(heard, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)
    os.close(ready)


def broken_by(kills: int, form: str, make: Callable[[], bytes]) -> tuple[int, int, int]:
    """Return how many files were torn or lost, leftovers seen, and new files among the kills."""
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    make()  # the first one loads its library
    start = time.perf_counter()
    made = make()
    takes = time.perf_counter() - start
    torn = seen = new = 0
    with TemporaryDirectory() as folder:
        path = Path(folder, f"layer.{form}")
        for _ in range(kills):
            path.write_bytes(OLD)
            kill_once(path, make, moments.uniform(0, 1.3 * takes + 0.01))
            content = path.read_bytes() if path.exists() else b""
            torn += content not in (OLD, made)
            new += content != OLD
            visible = [each for each in Path(folder).iterdir() if not each.name.startswith(".")]
            seen += len(visible) > 1
    return torn, seen, new


def main() -> None:
    """Kill every writer and say whether the promise holds."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    kept = True
    print(f"{'':12}{'kills':>7}{'torn or lost':>14}{'leftovers seen':>16}{'new in place':>14}")
    asked = sys.argv[2:] or list(writers())
    for form in asked:
        make = writers()[form]
        torn, seen, new = broken_by(kills, form, make)
        kept &= not (torn or seen)
        print(f"{form:12}{kills:>7}{torn:>14}{seen:>16}{new:>14}", flush=True)
    print("kept" if kept else "broken")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

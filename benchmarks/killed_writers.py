"""Every writer, killed at 200 random moments, leaves the old file or the new one and no other.

Each writer makes its file and puts it in place, again and again, until it is killed without
warning. Half of the moments are spread over twice what a writer takes, which is mostly making
the file; the other half begin where the file is made, over six times as long as it takes to
write it and put it in place, so that some come before, some during and some after. What a killed
writer leaves is hidden, and the next write sweeps it away once it is old.

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
from typing import TYPE_CHECKING, NamedTuple

from ccgeo.io.files import TEMPORARY, write_file
from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.layers.answer import answer
from ccgeo.layers.film import build_film
from ccgeo.query.selection import Selection, View
from ccgeo.views.figure import FIGURE_FORMS, figure_bytes
from ccgeo.views.film import film_bytes
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
    for form in FIGURE_FORMS:
        found[form] = partial(figure_bytes, shown.choropleth, shown.flows, form)
    found["gif"] = partial(film_bytes, build_film(ASKED, VIEW))
    return found


class Left(NamedTuple):
    """What was found after the kills of one writer."""

    torn: int
    seen: int
    new: int
    hidden: int
    unswept: int


def write_for_ever(path: Path, make: Callable[[], bytes], ready: int) -> None:
    """Write a file again and again; the parent ends this."""
    os.write(ready, b"b")
    while True:
        made = make()
        os.write(ready, b"m")
        write_file(path, made, force=True)


def kill_once(path: Path, make: Callable[[], bytes], words: int, seconds: float) -> None:
    """Let a process write, and kill it some time after it said so many words."""
    heard, ready = os.pipe()
    child = os.fork()
    if child == 0:
        write_for_ever(path, make, ready)
    for _ in range(words):
        os.read(heard, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)
    os.close(ready)


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, the second time."""
    work()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def left_by(kills: int, form: str, make: Callable[[], bytes]) -> Left:
    """Kill a writer many times; return what is torn, seen, new, hidden and never swept."""
    dice = random.Random(7)  # noqa: S311 - moments, not secrets
    making, made = seconds_of(make), make()
    torn = seen = new = 0
    with TemporaryDirectory() as folder:
        path = Path(folder, f"layer.{form}")
        writing = seconds_of(partial(write_file, path, made, force=True))
        for number in range(kills):
            path.write_bytes(OLD)
            if number % 2:
                kill_once(path, make, 2, dice.uniform(0, 6 * writing))
            else:
                kill_once(path, make, 1, dice.uniform(0, 2 * (making + writing)))
            content = path.read_bytes() if path.exists() else b""
            torn += content not in (OLD, made)
            new += content != OLD
            seen += len([each for each in Path(folder).iterdir() if each.name[0] != "."]) > 1
        hidden = list(Path(folder).glob(f"{TEMPORARY}*"))
        for each in hidden:
            os.utime(each, (0, 0))
        write_file(path, made, force=True)
        return Left(torn, seen, new, len(hidden), len(list(Path(folder).iterdir())) - 1)


def main() -> None:
    """Kill every writer and say whether the promise holds."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    kept = True
    names = ("kills", "torn or lost", "leftovers seen", "new in place", "hidden", "never swept")
    print(" " * 12, *(f"{name:>15}" for name in names))
    asked = sys.argv[2:] or list(writers())
    for form in asked:
        left = left_by(kills, form, writers()[form])
        kept &= not (left.torn or left.seen or left.unswept) and 0 < left.new < kills
        print(f"{form:12}", *(f"{number:>15}" for number in (kills, *left)), flush=True)
    print("kept" if kept else "broken")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

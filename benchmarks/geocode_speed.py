"""The geocoder places 60,000 mixed mentions a second on one core, 5 million rows of a column.

Run: python benchmarks/geocode_speed.py

Times are those of the processor, so that other programs do not count. cpca and jionlp run on
the same Chinese mentions where they are installed (`pip install cpca jionlp`); where one is
missing the table says so.
"""

from __future__ import annotations

import contextlib
import io
import random
import resource
import warnings
from importlib import import_module
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccgeo.places.aliases import read_index
from ccgeo.places.geocoder import geocode, geocode_column
from ccgeo.places.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MENTIONS, ROWS, PEERS_READ = 60_000, 5_000_000, 300
LEAST_MENTIONS, LEAST_ROWS = 60_000, 5_000_000
MOST_START, MOST_LONG, MOST_MB = 1.0, 0.005, 250
LONG = ("重庆市渝北区" * 4_000)[:22_000]
PHRASES = ("a plant in {}", "{} 产业园", "{}, China", "位于{}", "{} (new)")


def mentions() -> list[str]:
    """Return different mentions: names of every family, record texts, phrases and words."""
    rng = random.Random(7)  # noqa: S311 - a sample, not a secret
    rows = read_table("geo/aliases.csv")
    regional = rows[rows["kind"].isin(["official", "name", "former", "town", "town_pinyin"])]
    elsewhere = rows[rows["kind"].isin(["outside", "country", "metropolis"])]
    texts = [n for cell in regional["names"] for n in cell.split(";") if n]
    texts += [n for cell in elsewhere["names"] for n in cell.split(";")[:3] if n]
    texts += read_table("deals/records.csv")["place_text"].tolist()
    texts += [f"word {number:x}" for number in range(1_000)]
    named = rng.sample(texts, 4_000)
    texts += [rng.choice(PHRASES).format(name) for name in named]
    different = list(dict.fromkeys(texts))
    while len(different) < MENTIONS:
        different += [f" {text}" for text in different[: MENTIONS - len(different)]]
    rng.shuffle(different)
    return different[:MENTIONS]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    start = process_time()
    work()
    return process_time() - start


def peers(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return how many mentions other libraries read in a second, where they are installed."""
    found = []
    for name, load in {"cpca": load_cpca, "jionlp": load_jionlp}.items():
        try:
            read = load(import_module(name))
        except Exception as error:  # noqa: BLE001 - whatever keeps it from loading
            found.append((name, f"not measured: {type(error).__name__}"))
            continue
        found.append((name, f"{len(texts) / seconds(lambda read=read: read(texts)):,.0f}"))
    return found


def load_cpca(module: Any) -> Callable[[Sequence[str]], object]:  # noqa: ANN401 - a library
    """Return how cpca reads a list."""
    module.transform(["重庆市"])
    return lambda texts: module.transform(list(texts))


def load_jionlp(module: Any) -> Callable[[Sequence[str]], object]:  # noqa: ANN401 - a library
    """Return how jionlp reads a list."""
    module.parse_location("重庆市")
    return lambda texts: [module.parse_location(text) for text in texts]


def main() -> None:
    """Print what is measured and say whether the promises hold."""
    start = seconds(lambda: (read_index(), geocode("Yubei")))
    geocode("Kazahkstan")  # the table for wrong letters is made when first needed
    texts = mentions()
    rate = len(texts) / seconds(lambda: [geocode(text) for text in texts])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    column = pd.Series(np.resize(np.asarray(texts[:2_000], dtype=object), ROWS), dtype="str")
    rows = ROWS / seconds(lambda: geocode_column(column))
    long = min(seconds(lambda: geocode(LONG)) for _ in range(5))
    print(f"start from the table       {start:10.2f} s")
    print(f"different mentions         {rate:10,.0f} a second")
    print(f"rows of a column           {rows:10,.0f} a second")
    print(f"a text of 22,000 letters   {1000 * long:10.3f} ms")
    print(f"memory, before the column  {memory:10,.0f} MB")
    chinese = [text for text in texts if not text.isascii()][:PEERS_READ]
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        others = peers(chinese)
    own = f"{len(chinese) / seconds(lambda: list(map(geocode, chinese))):,.0f}"
    for name, says in [("ccgeo", own), *others]:
        print(f"{name:10} Chinese mentions a second: {says}")
    kept = rate >= LEAST_MENTIONS and rows >= LEAST_ROWS
    kept &= start <= MOST_START and long <= MOST_LONG and memory <= MOST_MB
    print("kept" if kept else "broken: 60,000 mentions/s, 5 million rows/s, 1 s, 5 ms, 250 MB")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

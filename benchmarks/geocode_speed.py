"""The geocoder places 60,000 mixed mentions a second on one core, 5 million rows of a column.

Run: python benchmarks/geocode_speed.py [--no-peers]

Mixed are 44,000 names of every family in the gazetteer (units, towns, zones, groups, the rest of
China, countries, blocs, cities abroad; English, Chinese, traditional, former, romanised), 9,000
names within a phrase, 2,000 paths from prefecture to town, every place text of the records and
3,000 texts without a name. No mention comes twice and none was read before, so nothing can be
remembered from one to the next. The start is the first mentions of a process, with all tables
that mentions may need.

Times are those of the processor, so that other programs do not count. cpca and jionlp read the
same Chinese mentions in the same run, in an environment of their own (build/peers) that is made
on the first run; where that fails, offline for instance, the table says so.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import venv
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccgeo.places.gazetteer import read_units
from ccgeo.places.geocoder import geocode, geocode_column
from ccgeo.places.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "geocode_speed.json"
PEERS, PEERS_HOME = HERE / "peers", HERE.parent / "build" / "peers"
ROWS, PEERS_READ = 5_000_000, 300
LEAST = {"mentions_per_s": 60_000, "column_rows_per_s": 5_000_000}
MOST = {"start_s": 1.0, "long_text_ms": 5.0, "memory_mb": 250.0}
FIRST = ("Yubei", "Liangjiang New Area, Yubei, Chongqing", "Kazahkstan")
LONG = ("重庆市渝北区" * 4_000)[:22_000]
# How many of the mentions are what: mostly names, some with words or a parent beside them.
NAMES, PHRASES, PATHS, WORDS = 44_000, 9_000, 2_000, 3_000
SAID = ("a plant in {}", "{} 产业园", "{}, China", "位于{}", "{} (new)", "{}'s government")


def mentions() -> list[str]:
    """Return different mentions: names of every family, phrases, paths, records' texts, words."""
    rng = random.Random(7)  # noqa: S311 - a sample, not a secret
    rows = read_table("geo/aliases.csv")
    names = sorted({name for cell in rows["names"] for name in cell.split(";") if name})
    texts = rng.sample(names, NAMES)
    texts += [rng.choice(SAID).format(name) for name in rng.sample(names, PHRASES)]
    texts += rng.sample(paths(rows), PATHS)
    texts += read_table("deals/records.csv")["place_text"].tolist()
    texts += [f"word {number:x}" for number in range(WORDS)]
    different = list(dict.fromkeys(texts))
    rng.shuffle(different)
    return different


def paths(rows: pd.DataFrame) -> list[str]:
    """Return towns with the district and the prefecture that they lie in."""
    units = read_units().set_index("adcode")
    found = []
    for kind, template in (("town", "{0}{1}{2}"), ("town_pinyin", "{2}, {1}, {0}")):
        column = "name_zh" if kind == "town" else "name_en"
        for target, cell in rows.loc[rows["kind"] == kind, ["target", "names"]].to_numpy():
            above = units.loc[units.loc[target, "prefecture_adcode"], column]
            own = units.loc[target, column]
            found += [template.format(above, own, name) for name in cell.split(";")]
    return found


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    start = process_time()
    work()
    return process_time() - start


def measure_own(texts: Sequence[str]) -> dict[str, float]:
    """Return the figures that are promised."""
    start = seconds(lambda: [geocode(text) for text in FIRST])
    rate = len(texts) / seconds(lambda: [geocode(text) for text in texts])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    column = pd.Series(np.resize(np.asarray(texts[:2_000], dtype=object), ROWS), dtype="str")
    return {
        "start_s": round(start, 2),
        "mentions_per_s": round(rate),
        "column_rows_per_s": round(ROWS / seconds(lambda: geocode_column(column))),
        "long_text_ms": round(1000 * min(seconds(lambda: geocode(LONG)) for _ in range(5)), 3),
        "memory_mb": round(memory),
    }


def measure_beside(texts: Sequence[str]) -> dict[str, Any]:
    """Return how ccgeo, cpca and jionlp read the same Chinese mentions."""
    chinese = [text for text in texts if not text.isascii()][:PEERS_READ]
    units = read_units()
    named = units[(units["level"] == "district") & units["in_2025"]]["name_zh"]
    names = sorted(set(named) - {"市中区"})
    here = {zh: code for code, zh in zip(units["adcode"], units["name_zh"], strict=True)}
    right = sum(geocode(name).places == (here[name],) for name in names)
    own = round(len(chinese) / seconds(lambda: [geocode(text) for text in chinese]))
    figures: dict[str, Any] = {
        "read": len(chinese),
        "districts": len(names),
        "ccgeo": {"mentions_per_s": own, "districts_right": right},
    }
    if "--no-peers" in sys.argv:
        return figures
    return figures | read_by_peers(chinese, names)


def read_by_peers(texts: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Return the figures of cpca and jionlp, or why they could not be measured."""
    python = PEERS_HOME / "bin" / "python"
    try:
        if not (PEERS_HOME / "ready").exists():
            venv.create(PEERS_HOME, with_pip=True)
            wanted = ["-r", str(PEERS / "requirements.txt")]
            subprocess.run(
                [python, "-m", "pip", "install", "-q", *wanted], check=True, capture_output=True
            )
            (PEERS_HOME / "ready").touch()
        asked = [python, PEERS / "read_places.py", json.dumps(list(texts)), json.dumps(list(names))]
        done = subprocess.run(asked, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = f"not measured, they could not be installed or run: {type(error).__name__}"
        return {"cpca": {"failed": reason}, "jionlp": {"failed": reason}}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print and keep what is measured, and say whether the promises hold."""
    texts = mentions()
    figures = measure_own(texts)
    beside = measure_beside(texts)
    print(f"{len(texts):,} different mentions on one core")
    for name, figure in figures.items():
        bound = f">= {LEAST[name]:,}" if name in LEAST else f"<= {MOST[name]:g}"
        print(f"{name:20} {figure:>12,} {bound:>14}")
    print(f"{beside['read']} Chinese mentions; {beside['districts']} names of districts")
    for name in ("ccgeo", "cpca", "jionlp"):
        if found := beside.get(name):
            print(f"{name:8}", ", ".join(f"{what} {value}" for what, value in found.items()))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures | {"beside": beside}, indent=2) + "\n", encoding="utf-8")
    broken = [name for name, bound in LEAST.items() if figures[name] < bound]
    broken += [name for name, bound in MOST.items() if figures[name] > bound]
    print(f"broken: {', '.join(broken)}" if broken else "kept")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()

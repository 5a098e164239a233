"""Throw changed inputs at every parser until the time or the count is up.

Run: python -m benchmarks.fuzz.run --seconds 60
     python -m benchmarks.fuzz.run --inputs 1000000 --seconds 7200
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any, Final

from benchmarks.fuzz.mutation import Pool
from benchmarks.fuzz.targets import Target, targets

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = ROOT / "tests" / "fuzz" / "corpus"
RESULTS: Final = ROOT / "benchmarks" / "results"
LARGEST_KEPT: Final = 1_500
MOST_KEPT: Final = 40
# More than this for a few kilobytes is a way to keep a server busy.
SLOW_SECONDS: Final = 5.0


class Runner:
    """One target with its pool, and what came of it.

    Parameters
    ----------
    name : str
        Name of the target.
    target : Target
        The parser.
    seed : int
        Of the chance.
    """

    def __init__(self, name: str, target: Target, seed: int) -> None:
        self.name, self.target = name, target
        self.pool: Pool[Any] = Pool([*target.seeds, *saved(name)], seed)
        self.count, self.seconds, self.slowest = 0, 0.0, (0.0, target.seeds[0])
        self.crashes: dict[str, Any] = {}
        self.fresh: list[Any] = []
        # The tables that a parser reads at its first call are not what is measured.
        target.check(target.seeds[0])

    def step(self) -> None:
        """Try one input."""
        made = self.pool.next()
        self.count += 1
        start = time.thread_time()
        try:
            if self.pool.learn(made, self.target.check(made)):
                self.fresh.append(made)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno} {error}"
            self.crashes.setdefault(where[:120], made)
        took = time.thread_time() - start
        self.seconds += took
        if took > self.slowest[0]:
            self.slowest = (took, made)


def saved(name: str) -> list[Any]:
    """Return the corpus of a target: every input that once did something new, or crashed."""
    path = CORPUS / f"{name}.json"
    if not path.is_file():
        return []
    return [unpacked(each) for each in json.loads(path.read_text("utf-8"))]


def unpacked(entry: dict[str, str]) -> str | bytes:
    """Return an input as it was put into the corpus."""
    return entry["text"] if "text" in entry else base64.b64decode(entry["base64"])


def packed(made: str | bytes) -> dict[str, str]:
    """Return an input as JSON may hold it; half characters stand as bytes."""
    return {"text": made} if isinstance(made, str) else {"base64": base64.b64encode(made).decode()}


def keep(runner: Runner) -> None:
    """Write what was new into the corpus, the short ones, and what crashed first."""
    known = saved(runner.name)
    short = [made for made in runner.fresh if len(made) <= LARGEST_KEPT]
    entries = [*known, *runner.crashes.values(), *sorted(short, key=len)]
    unique = list(dict.fromkeys(entries))[: max(len(known) + len(runner.crashes), MOST_KEPT)]
    CORPUS.mkdir(parents=True, exist_ok=True)
    text = json.dumps([packed(made) for made in unique], indent=0) + "\n"
    (CORPUS / f"{runner.name}.json").write_text(text, "utf-8")


def fuzz(inputs: int, seconds: float, seed: int) -> list[Runner]:
    """Try inputs in turns until the count or the time is up."""
    runners = [Runner(name, target, seed) for name, target in targets().items()]
    turns = [runner for runner in runners for _ in range(runner.target.share)]
    random.Random(seed).shuffle(turns)  # noqa: S311 - a plan, not a secret
    until, done = time.monotonic() + seconds, 0
    while done < inputs:
        for runner in turns:
            runner.step()
        done += len(turns)
        if time.monotonic() > until:
            break
    return runners


def report(runner: Runner) -> dict[str, Any]:
    """Print what came of one target, and return it."""
    seconds, slowest = runner.slowest
    print(
        f"{runner.name:10}{runner.count:9} inputs {len(runner.fresh):5} outcomes "
        f"{runner.seconds:8.1f} s {seconds:7.3f} s at most {len(runner.crashes):3} crashes"
    )
    for where, made in runner.crashes.items():
        print(f"  {where}\n    {made[:300]!r}")
    if seconds > SLOW_SECONDS:
        print(f"  slow: {slowest[:300]!r}")
    return {
        "inputs": runner.count,
        "outcomes": len(runner.fresh),
        "seconds": round(runner.seconds, 1),
        "slowest, s": round(seconds, 3),
        "crashes": {where: repr(made)[:4000] for where, made in runner.crashes.items()},
    }


def main() -> int:
    """Print a line for each parser and every crash; end badly if there was one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", action="store_true", help="write what was new into the corpus")
    options = parser.parse_args()
    warnings.simplefilter("error")
    runners = fuzz(options.inputs, options.seconds, options.seed)
    figures: dict[str, Any] = {"seed": options.seed, "inputs": sum(r.count for r in runners)}
    for runner in runners:
        figures[runner.name] = report(runner)
        if options.keep:
            keep(runner)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "fuzz.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    bad = [r.name for r in runners if r.crashes or r.slowest[0] > SLOW_SECONDS]
    print(f"{figures['inputs']} inputs, seed {options.seed}: " + (", ".join(bad) or "no crash"))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

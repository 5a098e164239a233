"""Changed files through the process of their own: what comes back is what is read here.

Every file starts a process, which takes most of a second; so this is no part of `make fuzz`, which
holds each table beside itself after the way between processes, without one.

Run: python -m benchmarks.fuzz.apart --inputs 300
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from benchmarks.fuzz.mutation import Pool
from benchmarks.fuzz.run import saved
from benchmarks.fuzz.targets import repacked, targets

from ccgeo.io.readers import Checked, read_records

NAMES = {"csv": "deals.csv", "geojson": "deals.geojson", "workbook": "deals.xlsx"}


def is_same(here: Checked, there: Checked) -> bool:
    """Return whether a file was read, checked and refused alike."""
    tables = repr(here.table) == repr(there.table)
    return tables and here.faults == there.faults and here.good.equals(there.good)


def main() -> int:
    """Print how many files came back alike; end badly if one did not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    pools = {name: Pool([*targets()[name].seeds, *saved(name)], options.seed) for name in NAMES}
    told: Counter[str] = Counter()
    odd = 0
    for number in range(options.inputs):
        target = list(NAMES)[number % len(NAMES)]
        made = pools[target].next()
        if target == "workbook" and not made.startswith(b"PK"):
            made = repacked(made)
        here = read_records(made, NAMES[target])
        there = read_records(made, NAMES[target], is_apart=True)
        told["refused" if here.is_refused else "read"] += 1
        if not is_same(here, there):
            odd += 1
            print(f"{target}: {made[:300]!r}\n  {here.faults[:3]}\n  {there.faults[:3]}")
    print(f"{options.inputs} files, seed {options.seed}: {dict(told)}, {odd} came back changed")
    return int(bool(odd))


if __name__ == "__main__":
    sys.exit(main())

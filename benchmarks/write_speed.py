"""GeoJSON of 100,000 records is written at least three times as fast as by GeoDataFrame.to_file.

Both start from the same records, each with all its attributes and a point or none, and end with
a closed file; what is written is read back and must hold the same.

Run: python benchmarks/write_speed.py
"""

from __future__ import annotations

import json
import random
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from ccgeo.io.collection import Feature, feature_collection
from ccgeo.io.files import write_file
from ccgeo.io.rows import record_rows
from ccgeo.query.engine import read_placed
from ccgeo.query.selection import View

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = 100_000
RUNS = 3
TIMES_FASTER = 3
WITHOUT_PLACE = 0.2


def many_records() -> list[Feature]:
    """Return records with attributes as shipped, and made-up ids and points."""
    dice = random.Random(1)  # noqa: S311 - a measurement, not a secret
    rows = islice(cycle(record_rows(read_placed(), View())), RECORDS)
    found = []
    for number, row in enumerate(rows):
        point = shapely.Point(dice.uniform(97, 110), dice.uniform(26, 34))
        geometry = None if dice.random() < WITHOUT_PLACE else point
        found.append(Feature(f"record-{number}", {**row, "entry_id": str(number)}, geometry))
    return found


def as_frame(features: list[Feature]) -> gpd.GeoDataFrame:
    """Return the records as geopandas holds them."""
    rows = [{"id": each.id, **each.properties} for each in features]
    return gpd.GeoDataFrame(rows, geometry=[each.geometry for each in features], crs="EPSG:4326")


def best_seconds(*ways: Callable[[], object]) -> list[float]:
    """Return the shortest time of each way, run by turns so that a busy machine slows all."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(RUNS):
        for way, found in zip(ways, times, strict=True):
            start = perf_counter()
            way()
            found.append(perf_counter() - start)
    return [min(found) for found in times]


def same_records(path: Path, features: list[Feature]) -> bool:
    """Return whether a file holds the records, value by value."""
    back = json.loads(path.read_bytes())["features"]
    return [(each["id"], each["properties"]) for each in back] == [
        (each.id, dict(each.properties)) for each in features
    ]


def main() -> None:
    """Print both times and say whether the promise holds."""
    features = many_records()
    frame = as_frame(features)
    with TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.geojson"), Path(folder, "theirs.geojson")
        mine, other = best_seconds(
            lambda: write_file(ours, feature_collection(features), force=True),
            lambda: frame.to_file(theirs, driver="GeoJSON"),
        )
        is_same = same_records(ours, features)
        sizes = [path.stat().st_size / 1e6 for path in (ours, theirs)]
    print(f"{RECORDS:,} records of {len(features[0].properties)} attributes, best of {RUNS} runs")
    print(f"ccgeo                 {mine:6.2f} s  {sizes[0]:6.0f} MB")
    print(f"GeoDataFrame.to_file  {other:6.2f} s  {sizes[1]:6.0f} MB")
    kept = is_same and other >= TIMES_FASTER * mine
    print(f"{other / mine:.1f} times as fast: {'kept' if kept else 'broken'}")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

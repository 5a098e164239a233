"""A CSV table of 100,000 rows is read, checked and placed in 10 s of one core and 500 MB.

Run: python benchmarks/import_speed.py

The table is mixed as real ones are: dates, amounts, stages and sectors as people write them in
both languages, names of places of every kind, points for one row in ten, and one row in fifty
with something wrong. It is read in a process of its own, so that the memory is that of the import
alone; the time is that of the processor, from the bytes to entries on the map. A workbook of the
same rows is shown beside it: unpacking it takes longer than all the rest.
"""

from __future__ import annotations

import random
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from ccgeo.io.own import own_entries
from ccgeo.io.readers import read_records
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes
from ccgeo.places.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 100_000
MOST_SECONDS, MOST_MB = 10.0, 500
STAGES = ("signed", "已签约", "operating", "开工", "announced", "")
AMOUNTS = (
    "RMB{n} billion", "{n}亿元", "{n} bn yuan", "US${n}m", "{n}万元", "CNY {n} mn", "约{n}亿元", "",
)  # fmt: skip
PHRASES = ("{}", "{}", "{}", "位于{}", "{}产业园", "a plant in {}")
WRONG = (
    ("date", "2022-02-30"), ("date", "03/04/2022"), ("amount", "a lot"), ("amount", "-5亿元"),
    ("stage", "singed"), ("place", "Gotham"), ("partner", "Atlantis"), ("projects", "2.5"),
)  # fmt: skip


def table(rows: int) -> list[dict[str, str]]:
    """Return the rows of a table as people bring them."""
    dice = random.Random(11)  # noqa: S311 - a sample, not a secret
    records = read_table("deals/records.csv").to_dict("records")
    places = place_names()
    made = []
    for number in range(rows):
        told = dice.choice(records)
        day = date(2010, 1, 1) + timedelta(days=dice.randrange(5_800))
        spoken = f"{day:%b} {day.day}, {day.year}"
        chinese = f"{day.year}年{day.month}月{day.day}日"
        shown = (day.isoformat(), chinese, spoken, f"{day:%Y-%m}", str(day.year))
        figure = f"{dice.randrange(1, 40_000) / 100:g}"
        has_point = not number % 10
        row = {
            "编号": f"{number:06d}",
            "项目名称": f"{told['title']} {number}",
            "Date signed": dice.choice(shown),
            "阶段": dice.choice(STAGES),
            "行业": told["sector_reported"],
            "项目数": told["project_count"],
            "Amount": dice.choice(AMOUNTS).format(n=figure),
            "区县": dice.choice(PHRASES).format(dice.choice(places)),
            "国别": told["partners"],
            "企业": told["organisation"],
            "经度": f"{dice.uniform(104, 107.5):.4f}" if has_point else "",
            "纬度": f"{dice.uniform(29, 31.5):.4f}" if has_point else "",
            "备注": f"table {number % 97}",
        }
        if not number % 50:
            field, bad = dice.choice(WRONG)
            row[{"date": "Date signed", "amount": "Amount", "stage": "阶段", "place": "区县",
                 "partner": "国别", "projects": "项目数"}[field]] = bad  # fmt: skip
        made.append(row)
    return made


def place_names() -> list[str]:
    """Return names of places as files hold them: official, short, former, English, phrases."""
    rows = read_table("geo/aliases.csv")
    wanted = rows[rows["kind"].isin(["official", "name", "former", "town"])]
    names = [name for cell in wanted["names"] for name in cell.split(";") if name]
    return names + read_table("deals/records.csv")["place_text"].tolist() * 3


def measure(path: Path) -> None:
    """Read, check and place one file, and print seconds and megabytes."""
    begun = process_time()
    checked = read_records(path)
    read = process_time()
    entries = own_entries(checked.good)
    done = process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{read - begun:.2f} {done - read:.2f} {memory:.0f}", end=" ")
    print(len(checked.good), len(entries), len(checked.faults))


def measured(files: Iterable[Path]) -> bool:
    """Print what each file takes; return whether the promise holds for all."""
    kept = True
    for path in files:
        told = run(
            [sys.executable, __file__, str(path)], check=True, capture_output=True, text=True
        )
        read, placed, memory, good, entries, faults = told.stdout.split()
        whole = float(read) + float(placed)
        print(f"{path.name:14} {whole:5.1f} s ({read} read and checked, {placed} placed), ", end="")
        print(f"{memory} MB; {good} good rows, {entries} entries, {faults} faults")
        kept &= float(memory) <= MOST_MB
        kept &= whole <= MOST_SECONDS or path.suffix == ".xlsx"
    return kept


def main() -> None:
    """Make the files, read each in a process of its own, and say whether the promise holds."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    rows = table(ROWS)
    with TemporaryDirectory() as folder:
        files = {"records.csv": csv_bytes(rows), "records.xlsx": workbook_bytes({"a": rows})}
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        rows.clear()
        kept = measured(Path(folder) / name for name in files)
    print("kept" if kept else f"broken: CSV in {MOST_SECONDS:.0f} s, both in {MOST_MB} MB")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

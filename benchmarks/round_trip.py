"""Fifty thousand random rows, written, read and written again, are the same bytes.

Run: python benchmarks/round_trip.py

The cells are what breaks tables: signs of formulas, quotes, separators, line ends, guards and
escapes, letters that nobody sees, both directions of writing, numbers at the edge of what a
spreadsheet keeps, and random text of every plane. CSV and workbooks go through the readers of a
user's file, GeoJSON through that of layers; workbooks are compared by their values and by their
bytes. Prints what is not the same as JSON and ends with 1 if anything is not.
"""

from __future__ import annotations

import json
import random
import sys
from typing import TYPE_CHECKING, Any

import shapely

from ccgeo.io.collection import Feature, feature_collection
from ccgeo.io.features import read_features
from ccgeo.io.sheets import Table, read_csv, read_xlsx
from ccgeo.io.tables import csv_bytes
from ccgeo.io.workbook import workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 50_000
NAUGHTY = (
    "=1+1", "+44 28", "-5+1", "@x", "'", "''", "'=1", "\t=1", " lead", "trail ", "a\r\nb", "\n",
    "\r", 'say "x"', '"', '""', "a,b;c|d\te", "None", "nan", "NULL", "TRUE", "007", "1e5", "-0",
    "0x1F", "1,234", "１２.５", "＝1", "重庆", "成都市；重庆市", "é", "\u202eabc", "\u200b",
    "\ufeff", "\u00a0", "👍🏽", "👨‍👩‍👧", "🇨🇳", "𠮷", "Ω≈ç√", "\x07", "\x0b", "\x7f", "\x85",
    "\u2028", "_x0007_", "_x005F_x0007_", "__x0007_", "<b>&amp;</b>", "]]>", "{{7*7}}", "${7*7}",
    "%s%n", "../..", "C:\\x", "#REF!", "#N/A", "\uffff", "\ufffe", "\U0010ffff", "a\x00b",
    "0" * 300, "x" * 3000,
)  # fmt: skip
# From 10^15 on a workbook holds whole numbers as text, because a spreadsheet would round them.
WHOLE = (0, 1, -1, 2**31, 10**15 - 1, -(10**14))
PARTS = (0.1, -0.5, 1e-7, 123456.789, 1e14 + 0.5, 2.5e-300)
SURROGATES = range(0xD800, 0xE000)


def text(dice: random.Random) -> str:
    """Return a naughty text, or a random one of every plane."""
    if dice.random() < 0.5:
        return dice.choice(NAUGHTY)
    top = dice.choice((0x7F, 0xFF, 0x9FFF, 0x10FFFF))
    points = (dice.randint(0, top) for _ in range(dice.randint(1, 12)))
    return "".join(chr(point) for point in points if point not in SURROGATES) or "-"


def rows(dice: random.Random) -> list[dict[str, Any]]:
    """Return rows of texts, numbers and truths, some of them missing."""
    return [
        {
            "id": f"r{number}",
            "title": text(dice),
            "note": dice.choice((text(dice), None)),
            "projects": dice.choice((*WHOLE, None)),
            "share": dice.choice((*PARTS, None)),
            "is_sure": dice.choice((True, False, None)),
        }
        for number in range(ROWS)
    ]


def told(table: Table) -> list[dict[str, Any]]:
    """Return a table as rows."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def csv_again(made: list[dict[str, Any]]) -> tuple[bytes, bytes, int]:
    """Write and read a table of text; return both files and how many cells differ."""
    texts = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()} for row in made
    ]
    first = csv_bytes(texts)
    back = told(read_csv(first))
    return first, csv_bytes(back), different(texts, back)


def xlsx_again(made: list[dict[str, Any]]) -> tuple[bytes, bytes, int]:
    """Write and read a workbook; return both files and how many cells differ."""
    first = workbook_bytes({"rows": made})
    back = told(read_xlsx(first))
    return first, workbook_bytes({"rows": back}), different(made, back)


def geojson_again(made: list[dict[str, Any]]) -> tuple[bytes, bytes, int]:
    """Write and read features; return both files and how many cells differ."""
    dice = random.Random(5)  # noqa: S311 - a sample, not a secret
    places = [
        dice.choice((None, shapely.Point(dice.uniform(-180, 180), dice.uniform(-90, 90))))
        for _ in made
    ]
    features = [
        Feature(str(row["id"]), row, place) for row, place in zip(made, places, strict=True)
    ]
    first = feature_collection(features, {"version": "a"})
    back, metadata = read_features(first)
    cells = different(made, [dict(each.properties) for each in back])
    return first, feature_collection(back, metadata), cells


def different(made: list[dict[str, Any]], back: list[dict[str, Any]]) -> int:
    """Return how many cells are not what they were, by value and by kind."""
    if len(made) != len(back):
        return abs(len(made) - len(back)) * len(made[0])
    return sum(
        (cell.__class__, cell) != (again.get(name).__class__, again.get(name))
        for row, again in zip(made, back, strict=True)
        for name, cell in row.items()
    )


def main() -> None:
    """Take each format around and say whether the promise holds."""
    made = rows(random.Random(3))  # noqa: S311 - a sample, not a secret
    ways: dict[str, Callable[[list[dict[str, Any]]], tuple[bytes, bytes, int]]] = {
        "csv": csv_again, "xlsx": xlsx_again, "geojson": geojson_again,
    }  # fmt: skip
    found = {}
    for name in sys.argv[1:] or ways:
        first, second, cells = ways[name](made)
        found[name] = {"rows": ROWS, "bytes": len(first), "cells_changed": cells,
                       "is_same": first == second and not cells}  # fmt: skip
        print(name, json.dumps(found[name]), flush=True)
    kept = all(each["is_same"] for each in found.values())
    print("kept" if kept else "broken")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

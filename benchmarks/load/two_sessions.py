"""Two sessions with files of their own never see each other's, nor yesterday's.

Each round both sessions bring a new file over Streamlit's own protocol, at the same time, and
read the page that comes back. A word of the other session, or of an earlier round, is a leak.
Then a file of many rows is brought twice with one cell changed: the answer must change.

Run: python -m benchmarks.load.two_sessions --rounds 200
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from benchmarks.load.drive import RESULTS, free_port, headline, serving
from benchmarks.load.protocol import Visitor

from ccgeo.io.sheets import MOST_ROWS

if TYPE_CHECKING:
    from benchmarks.load.protocol import Run

WORD: Final = re.compile(r"session-[ab]-round-\d+")
DISTRICTS: Final = {"a": "Wanzhou District", "b": "Fuling District"}


def file_of(name: str, number: int) -> bytes:
    """Return a small file whose title and note name its session and its round."""
    word = f"session-{name}-round-{number}"
    return (
        "title,place,amount,date,organisation\n"
        f"{word},{DISTRICTS[name]},{amount_of(name, number)} million CNY,2020,{word}\n"
    ).encode()


def amount_of(name: str, number: int) -> int:
    """Return the amount of a file, which no other file of the last rounds has."""
    return 1 + number % 400 + (name == "b") * 500


def words_of(run: Run) -> set[str]:
    """Return every mark of a session and a round that a page holds, its tables unpacked."""
    found = set()
    for kind, element in run.elements:
        if kind == "arrow_data_frame":
            found |= set(WORD.findall(table_text(element.data)))
        found |= set(WORD.findall(str(element)))
    return found


def table_text(data: bytes) -> str:
    """Return the cells of a table as it travels."""
    with pa.ipc.open_stream(io.BytesIO(data)) as reader:
        return str(reader.read_all().to_pylist())


def bring(address: str, name: str, rounds: int, seen: dict[str, list[str]]) -> None:
    """Bring file after file, and keep what does not belong."""
    with Visitor(address, page="bring") as visitor:
        run = visitor.open()
        for number in range(rounds):
            content = file_of(name, number)
            run = visitor.upload(run.keyed("bring_file"), "deals.csv", content)
            own = f"session-{name}-round-{number}"
            if words_of(run) != {own}:
                seen[name].append(f"round {number}: {sorted(words_of(run))}")
            if not headline(run).startswith(f"CNY {amount_of(name, number)} mn "):
                seen[name].append(f"round {number}: {headline(run)}")


def leaks(address: str, rounds: int) -> list[str]:
    """Run both sessions side by side and return what leaked."""
    seen: dict[str, list[str]] = {name: [] for name in DISTRICTS}
    people = [
        threading.Thread(target=bring, args=(address, name, rounds, seen)) for name in DISTRICTS
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return [f"{name}, {what}" for name, found in seen.items() for what in found]


def many_rows(rows: int, last_amount: int) -> bytes:
    """Return a file of many rows whose last amount is given."""
    lines = ["title,place,amount,currency,unit,date"]
    lines += [f"Deal {number},Wanzhou District,1,CNY,mn,2020" for number in range(rows - 1)]
    lines.append(f"Deal {rows},Wanzhou District,{last_amount},CNY,mn,2020")
    return "\n".join(lines).encode()


def changed_answers(address: str, rows: int) -> tuple[str, str]:
    """Return the sentences before and after one cell has changed."""
    with Visitor(address, page="bring", patience=300) as visitor:
        run = visitor.open()
        before = visitor.upload(run.keyed("bring_file"), "deals.csv", many_rows(rows, 1))
        after = visitor.upload(before.keyed("bring_file"), "deals.csv", many_rows(rows, 900_000))
    return headline(before), headline(after)


def main() -> int:
    """Print what leaked and whether a changed cell was seen."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--rows", type=int, default=MOST_ROWS, help="the limit of an upload")
    options = parser.parse_args()
    with serving(free_port()) as (address, _):
        start = time.monotonic()
        found = leaks(address, options.rounds)
        seconds = time.monotonic() - start
        before, after = changed_answers(address, options.rows)
    figures = {"rounds": options.rounds, "leaks": len(found), "seconds": seconds,
               "rows": options.rows, "before": before, "after": after}  # fmt: skip
    print(json.dumps(figures, indent=2))
    print("\n".join(found[:10]))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "two_sessions.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    is_told = before.startswith("CNY ") and after.startswith("CNY ")
    return int(bool(found) or not is_told or before == after)


if __name__ == "__main__":
    sys.exit(main())

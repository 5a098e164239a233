"""20 MB of anything are read or refused within 15 s and 1 GB of a process of their own.

The worst tables of text that fit into an upload: nothing but line ends, commas, quotes, spaces, one
letter or one Chinese character; quotes that never close; 200 columns of next to nothing; JSON of
empty lists. The process that serves pages spends its own time on what is left of them only.

Run: python benchmarks/hostile_files.py
"""

from __future__ import annotations

import resource
import sys
from subprocess import run
from time import process_time

from ccgeo.io.readers import read_records
from ccgeo.io.sheets import MOST_BYTES

MOST_SECONDS, MOST_MB = 15.0, 1_000
BEGINS, ENDS = b'{"type":"FeatureCollection","features":[', b"[]]}"
WIDE = b"title" + b"," * 199 + b"\n"
# Name: what stands once at the beginning, and what is repeated up to the limit.
FILES = {
    "line ends": (b"title\n", b"\n"),
    "old line ends": (b"title\r", b"\r"),
    "rows": (b"title\n", b"a\n"),
    "spaces": (b"title\n", b" \n"),
    "commas": (b"", b","),
    "one long row": (b"title\nx", b",ab"),
    "200 empty columns": (WIDE, b"," * 199 + b"\n"),
    "200 columns": (WIDE, b"x" * 10 + b"," * 199 + b"\n"),
    "quotes": (b"", b'"'),
    "open quotes": (b"title,b\n", b'a,"b\n'),
    "nothing": (b"title\n", b"\0"),
    "one letter": (b"", b"x"),
    "one character": (b"title\n", "重".encode("gb18030")),
    "empty features": (BEGINS, b"[],"),
}


def content_of(name: str) -> bytes:
    """Return a file as long as one may be."""
    begin, piece = FILES[name]
    room = MOST_BYTES - len(begin) - len(ENDS)
    end = ENDS if begin == BEGINS else b""
    return begin + piece * (room // len(piece)) + end


def measure(name: str) -> None:
    """Read one file as a server does; print what became of it and what it took."""
    content = content_of(name)
    begun, held = process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checked = read_records(content, "a.json" if name == "empty features" else "a.csv",
                           is_apart=True)  # fmt: skip
    here, there = process_time() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
    kinds = ",".join(dict.fromkeys(fault.kind for fault in checked.faults)) or "-"
    print(here, grown / 1024, there.ru_utime + there.ru_stime, there.ru_maxrss / 1024, kinds)


def main() -> None:
    """Read every file in a process that then ends, and say whether the promise holds."""
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    kept = True
    print(f"{'':20}{'server':>18}{'its child':>20}  what is told")
    for name in FILES:
        told = run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
        *numbers, kinds = told.stdout.split()
        here, grown, there, most = map(float, numbers)
        print(f"{name:20}{here:7.1f} s {grown:+6.0f} MB {there:9.1f} s {most:5.0f} MB  {kinds}")
        kept &= max(here, there) <= MOST_SECONDS and max(grown, most) <= MOST_MB
    print("kept" if kept else f"broken: {MOST_SECONDS:.0f} s and {MOST_MB} MB")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()

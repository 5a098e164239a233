"""Write every format onto a disk that is full and onto one that is read-only, for real.

Each is a small file system in memory, seen by this script and what it starts alone (``unshare``
of util-linux), so nothing of the machine is touched and no rights are needed. Every command has to
end badly with one sentence, leave the file that stood there, and leave nothing beside it.

Run: python scripts/check_full_disk.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOM_KB = 32
OLD = b"what stood here before"
APART = ("unshare", "--user", "--map-root-user", "--mount")
COMMANDS = (
    *(("export", f"layer.{form}") for form in ("geojson", "csv", "xlsx", "gpkg", "geoparquet",
                                                "parquet")),
    ("map", "map.html"),
    *(("figure", f"figure.{form}") for form in ("png", "svg", "pdf", "gif")),
    ("geocode", "placed.csv"),
)  # fmt: skip


def mount(folder: Path, options: str) -> None:
    """Put a file system in memory onto a folder, or change the one that is there."""
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    subprocess.run(command, check=True)


def words_of(command: str, path: Path, source: Path) -> list[str]:
    """Return what is said on the line."""
    if command == "geocode":
        return [command, str(source), "--column", "where", "-o", str(path), "--force"]
    return [command, "--level", "province", "-o", str(path), "--force"]


def problems(command: str, path: Path, source: Path) -> list[str]:
    """Run one command and return what of its promise is broken."""
    path.write_bytes(OLD)
    beside = set(path.parent.iterdir())
    if is_read_only := path.parent.name == "read-only":
        mount(path.parent, "remount,ro")
    done = subprocess.run(
        [sys.executable, "-m", "ccgeo", *words_of(command, path, source)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(path.parent)},
    )
    if is_read_only:
        mount(path.parent, "remount,rw")
    said = done.stderr.strip()
    print(f"{command:8} {path.parent.name:10} {said}")
    found = {
        "ended well": done.returncode == 0,
        "not one sentence": len(said.splitlines()) != 1 or "Traceback" in said,
        "old file lost": not path.exists() or path.read_bytes() != OLD,
        "leftovers": set(path.parent.iterdir()) != beside,
    }
    return [f"{command} {path.name}: {what}" for what, is_so in found.items() if is_so]


def inside(folder: Path) -> int:
    """Try every command on both disks; return the exit code."""
    source = folder / "in.csv"
    source.write_text("where\n" + "渝北区\n" * 5_000, encoding="utf-8")
    found = []
    for name, options in (("full", f"size={ROOM_KB}k"), ("read-only", "size=1m")):
        disk = folder / name
        disk.mkdir()
        mount(disk, options)
        if name == "full":
            (disk / "filler").write_bytes(b"x" * (ROOM_KB - 8) * 1024)
        for command, file in COMMANDS:
            found += problems(command, disk / file, source)
            (disk / file).unlink(missing_ok=True)
    print("\n".join(found) or "kept")
    return int(bool(found))


def main() -> int:
    """Start again where file systems may be mounted."""
    if len(sys.argv) > 1:
        return inside(Path(sys.argv[1]))
    if shutil.which("unshare") is None:
        print("this needs unshare of util-linux, which only Linux has", file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder:
        return subprocess.run([*APART, sys.executable, __file__, folder], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

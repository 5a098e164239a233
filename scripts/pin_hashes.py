"""Write requirements-hashes.txt: every pinned package with the hash of each of its archives.

`make app` installs that file and nothing else, so what is installed is what was published when
the pins were made, on every system. To be run after a pin has changed; the versions come from
`PINNED`, and none is chosen here.

Usage: python scripts/pin_hashes.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PINNED: Final = ("requirements.txt", "requirements-install.txt")
HASHED: Final = ROOT / "requirements-hashes.txt"
HEAD: Final = (
    f"# The pins of {' and '.join(PINNED)} with the hashes of their archives for every\n"
    "# system; written by `make pins`, installed by `make app`.\n"
)
OPTIONS: Final = (
    *("--quiet", "--generate-hashes", "--no-deps", "--universal"),
    *("--no-header", "--no-annotate"),
)


def pinned_lines() -> list[str]:
    """Return the pins, one a line, without the checkout itself and without remarks."""
    lines = [line for name in PINNED for line in (ROOT / name).read_text("utf-8").splitlines()]
    return sorted(line for line in lines if "==" in line)


def main() -> int:
    """Write the file, or leave the old one where an archive is not found."""
    with TemporaryDirectory() as folder:
        asked, found = Path(folder, "asked.in"), Path(folder, "found.txt")
        asked.write_text("\n".join(pinned_lines()) + "\n", "utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, "-o", found, asked]
        done = subprocess.run(command, check=False)
        if done.returncode:
            return done.returncode
        HASHED.write_text(HEAD + found.read_text("utf-8"), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

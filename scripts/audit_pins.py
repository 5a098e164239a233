"""Ask a database of known vulnerabilities about every pinned package, and say what it answers.

Exit codes: 0, none is known; 1, at least one is; 2, there was no answer, which says nothing about
the packages: a network is needed, and one that leads to the database.

Run: make audit
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

PINS = "requirements-hashes.txt"
COMMAND = (
    sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip",
    "--progress-spinner", "off", "--format", "json", "-r", PINS,
)  # fmt: skip
SILENT = 2


class Verdict(NamedTuple):
    """What is printed, and the exit code."""

    words: str
    code: int


def verdict(answer: str, complaint: str) -> Verdict:
    """Return what an answer of pip-audit comes to.

    Parameters
    ----------
    answer : str
        What it wrote to standard output: JSON, or nothing where it had no answer.
    complaint : str
        What it wrote to standard error.
    """
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = next(iter(complaint.strip().splitlines()[::-1]), "it says nothing")
        return Verdict(f"no answer about {PINS}, so nothing is known: {last.strip()}", SILENT)
    found = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in packages
        for fault in each.get("vulns", ())
    ]
    if found:
        return Verdict("\n".join(found), 1)
    return Verdict(f"{len(packages)} packages of {PINS}: no vulnerability is known", 0)


def main() -> int:
    """Ask, print the verdict and return its exit code."""
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    words, code = verdict(done.stdout, done.stderr)
    print(words, file=sys.stderr if code == SILENT else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())

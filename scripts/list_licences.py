"""List the licence of everything that the explorer runs on, and fail on copyleft.

Reads what is installed, so it says what this machine has. A licence of one file at a time (MPL)
is told as such and allowed only for what is named in `FILE_LEVEL`.

Usage: python scripts/list_licences.py
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import metadata, requires
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from email.message import Message

PROJECT: Final = "ccgeo"
COPYLEFT: Final = re.compile(
    r"\b(A?GPL|LGPL|EUPL|OSL|SSPL|CC[- ]BY[- ]SA|CDDL|EPL)|General Public|Affero|Share-?Alike",
    re.IGNORECASE,
)
BY_FILE: Final = re.compile(r"\bMPL\b|Mozilla Public", re.IGNORECASE)
FILE_LEVEL: Final = {"certifi": "a list of certificates, used unchanged by streamlit's requests"}
LONGEST: Final = 60


def needed(name: str = PROJECT) -> list[str]:
    """Return every distribution that one needs at run time here, itself left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for text in requires(waiting.pop()) or ():
            need = Requirement(text)
            other = canonicalize_name(need.name)
            if other in found or not (need.marker is None or need.marker.evaluate({"extra": ""})):
                continue
            found.add(other)
            waiting.append(other)
    return sorted(found)


def licence_of(told: Message) -> str:
    """Return the licence that a distribution states, shortest form first."""
    if expression := told.get("License-Expression"):
        return str(expression)
    classes = [text for text in told.get_all("Classifier") or () if text.startswith("License")]
    if classes:
        return " / ".join(text.rpartition(" :: ")[2] for text in classes)
    lines = (told.get("License") or "").strip().splitlines()
    return lines[0][:LONGEST] if lines else ""


def verdict(name: str, licence: str) -> str:
    """Return what is wrong with a licence, empty for nothing."""
    if not licence:
        return "states no licence"
    # Of several to choose from, one that is free of conditions is enough.
    choices = re.split(r"\s+OR\s+", licence)
    if all(COPYLEFT.search(choice) for choice in choices):
        return "copyleft"
    if all(BY_FILE.search(choice) for choice in choices) and name not in FILE_LEVEL:
        return "copyleft by file"
    return ""


def main() -> int:
    """Print a line for each distribution; end badly if one must not be there."""
    bad = 0
    for name in needed():
        licence = licence_of(metadata(name))
        problem = verdict(name, licence)
        bad += bool(problem)
        note = FILE_LEVEL.get(name, "")
        print(f"{name:28}{licence:42}{problem or note}".rstrip())
    print(f"{bad} of {len(needed())} must not be there" if bad else "no copyleft")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

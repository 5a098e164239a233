"""Run every claim, one after another, and print them all in one table at the end.

Run: make bench, or python benchmarks/_summary.py [NAME ...]
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent
RESULTS: Final = HERE / "results" / "summary.json"
AT_SCALE: Final = (("scale.query",), ("scale.listing",), ("scale.ingest", "--kills", "3"))
SHOWN: Final = 100


class Claim(NamedTuple):
    """What a benchmark promises, what it printed last, and whether that held."""

    name: str
    promise: str
    told: str
    held: bool


def commands() -> dict[str, list[str]]:
    """Return the command of each claim by its name."""
    found = {
        path.stem: [sys.executable, str(path)]
        for path in sorted(HERE.glob("*.py"))
        if not path.name.startswith("_")
    }
    for name, *options in AT_SCALE:
        found[name] = [sys.executable, "-m", f"benchmarks.{name}", *options]
    return found


def promise(name: str) -> str:
    """Return the first sentence of the file of a claim: it names the bar."""
    path = HERE / f"{name.replace('.', '/')}.py"
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split())


def run(name: str, command: list[str]) -> Claim:
    """Run one claim, let its lines through, and keep the last of them."""
    print(f"== {name}", flush=True)
    told = ""
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            told = line.strip() or told
    return Claim(name, promise(name), told, process.returncode == 0)


def table(claims: list[Claim]) -> str:
    """Return the claims as lines of text, what is broken marked."""
    lines = []
    for claim in claims:
        lines.append(f"{'held  ' if claim.held else 'BROKEN'}  {claim.name}: {claim.promise}")
        lines.append(f"        {claim.told[:SHOWN]}")
    return "\n".join(lines)


def main() -> None:
    """Run the claims that are named, or all, and say whether every one holds."""
    known = commands()
    claims = [run(name, known[name]) for name in sys.argv[1:] or known]
    RESULTS.parent.mkdir(exist_ok=True)
    told = [claim._asdict() for claim in claims]
    RESULTS.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"== all claims\n{table(claims)}")
    raise SystemExit(not all(claim.held for claim in claims))


if __name__ == "__main__":
    main()

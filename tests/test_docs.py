"""What the documents tell people to type works.

Commands run one by one in a scratch folder with this environment's programs first on the
path. What sets a machine up or serves for ever is not started: its target, its script or
its help is asked for instead.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from ccgeo import cli

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / name for name in ("README.md", "DESIGN.md", "CONTRIBUTING.md", "SECURITY.md")]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND_IN_TEXT = re.compile(r"\bccgeo ([a-z][a-z-]+)\b")
ELSEWHERE = ("git clone ", "cd ", ". .venv/", "source .venv/", "python3 -m venv ", "pip install ")
SERVING = re.compile(r"^(ccgeo app|streamlit run)\b")
SECONDS = 120


class Step(NamedTuple):
    """One command of a document."""

    document: str
    line: int
    text: str


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """Return the line and the text of every code block in a language."""
    text = path.read_text(encoding="utf-8")
    return [
        (text[: found.start()].count("\n") + 2, found[2])
        for found in BLOCK.finditer(text)
        if found[1] == language
    ]


def steps(path: Path) -> list[Step]:
    """Return the commands of the shell blocks, continued lines joined, comments left out."""
    found = []
    for first, block in blocks(path, "bash"):
        joined = block.replace("\\\n", " ")
        for offset, line in enumerate(joined.splitlines()):
            command = re.sub(r"\s+#.*$", "", line.strip())
            if command and not command.startswith("#"):
                found.append(Step(path.name, first + offset, command))
    return found


def runnable(command: str) -> str | None:
    """Return what to run in place of a command; None for what happens before ccgeo is there."""
    command = command.replace(".venv/bin/", "")
    if command.startswith(ELSEWHERE):
        return None
    if command.startswith("make"):
        return re.sub(r"^make\b", f"make -n -C '{ROOT}'", command)
    if serving := SERVING.match(command):
        return f"{serving[1]} --help"
    return command


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    programs = str(Path(sys.executable).parent)
    return subprocess.run(
        ["/bin/sh", "-ec", command],
        cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join([programs, os.environ["PATH"]])},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def failures(commands: list[Step], folder: Path) -> list[str]:
    """Run what can be run, in order, and return what did not work."""
    found = []
    for step in commands:
        if command := runnable(step.text):
            result = run(command, folder)
            if result.returncode != 0:
                found.append(f"{step.document}:{step.line}: {step.text}\n{result.stderr}")
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_of_a_document_works(path, tmp_path):
    assert failures(steps(path), tmp_path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_snippet_of_a_document_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for line, text in blocks(path, "python"):
        code = compile("\n" * (line - 1) + text, path.name, "exec")
        exec(code, names)  # noqa: S102 - our own documents


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(path):
    targets = [t.partition("#")[0] for t in LINK.findall(path.read_text(encoding="utf-8"))]
    local = [t for t in targets if t and not re.match(r"[a-z]+:", t)]
    assert [t for t in local if not (path.parent / t).exists()] == []


def test_the_readme_starts_the_app_and_the_tests():
    assert {"make app", "make test"} <= {step.text for step in steps(ROOT / "README.md")}


def test_every_task_is_told_somewhere():
    tasks = re.findall(
        r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert [task for task in tasks if task != "help" and f"make {task}" not in told] == []


def cli_commands() -> set[str]:
    """Return the names of the commands that the program knows."""
    (program,) = (value for value in vars(cli).values() if isinstance(value, typer.Typer))
    return set(typer.main.get_command(program).commands)


def test_every_cli_command_is_documented():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert cli_commands() - set(COMMAND_IN_TEXT.findall(readme)) == set()


def test_every_documented_cli_command_exists():
    for step in steps(ROOT / "README.md"):
        for name in COMMAND_IN_TEXT.findall(step.text):
            assert name in cli_commands(), step


def test_a_command_that_fails_is_noticed(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("```bash\ntrue\nfalse  # no\n```\n", encoding="utf-8")
    (failure,) = failures(steps(document), tmp_path)
    assert failure.startswith("README.md:3: false")


def test_an_unknown_task_is_noticed(tmp_path):
    assert failures([Step("README.md", 1, "make coffee")], tmp_path)


def test_what_serves_for_ever_is_asked_for_help_only():
    assert runnable("ccgeo app --port 8600") == "ccgeo app --help"
    assert runnable(".venv/bin/ccgeo export -o x.geojson") == "ccgeo export -o x.geojson"
    assert runnable("cd ccgeo") is None


def test_continued_lines_are_one_command(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("```bash\necho a \\\n  b\n```\n", encoding="utf-8")
    assert [step.text.split() for step in steps(document)] == [["echo", "a", "b"]]

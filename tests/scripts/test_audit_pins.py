"""An answer about known vulnerabilities is told in few words, and no answer as no answer."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("audit_pins", ROOT / "scripts" / "audit_pins.py")
audit_pins = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit_pins)
PINS, verdict = audit_pins.PINS, audit_pins.verdict

SAFE = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}


def test_what_is_known_is_listed_and_fails():
    words, code = verdict(json.dumps({"dependencies": [SAFE, KNOWN]}), "")
    assert (words, code) == ("b 2: X-1, mended in 3", 1)
    assert verdict(json.dumps({"dependencies": [SAFE]}), "").code == 0


@pytest.mark.parametrize("complaint", ["", "Traceback …\n  File …\nConnectionError: no route\n"])
def test_no_answer_is_one_sentence_and_no_verdict(complaint):
    words, code = verdict("", complaint)
    assert code == 2
    assert len(words.splitlines()) == 1
    assert "nothing is known" in words


@pytest.mark.parametrize("name", ["streamlit", "jinja2"])
def test_every_pin_keeps_the_floor_that_matters_for_safety(name):
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    floors = {
        re.split(r"[<>=!~ ]", each)[0].lower(): re.search(r">=([\d.]+)", each) for each in needed
    }
    pins = dict(re.findall(r"(?m)^([A-Za-z0-9_.-]+)==([\d.]+)", (ROOT / PINS).read_text("utf-8")))
    pinned = {each.lower(): version for each, version in pins.items()}[name]

    def numbers(version):
        return tuple(map(int, version.split(".")))

    least = {"streamlit": (1, 54), "jinja2": (3, 1, 6)}[name]
    assert numbers(floors[name][1]) >= least
    assert numbers(pinned) >= numbers(floors[name][1])


def test_no_test_and_no_other_task_waits_for_the_answer():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert not re.search(r"^(test|check|app):.*audit", makefile, re.MULTILINE)
    assert "audit" not in (ROOT / ".ci" / "run").read_text("utf-8")

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_docstrings.py"
GOOD = '''
from typing import NamedTuple

class Pair(NamedTuple):
    """Two numbers.

    Parameters
    ----------
    first : int
        The one.
    """

    first: int

def double(number: int) -> int:
    """Double a number.

    Parameters
    ----------
    number : int
        Any.

    Returns
    -------
    int
        Twice as much.
    """
    return 2 * number
'''


@pytest.fixture
def checker():
    spec = importlib.util.spec_from_file_location("check_docstrings", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def problems(checker, tmp_path, monkeypatch):
    """Return what is wrong with a module of this text."""

    def found(text: str) -> list[str]:
        path = tmp_path / "sample_of_docs.py"
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("sample_of_docs", path)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, "sample_of_docs", module)
        spec.loader.exec_module(module)
        return list(checker.module_problems(module, checker.checks()))

    return found


def test_a_documented_module_has_no_problems(problems):
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"""Two numbers.', '"""Two numbers', "SS03"),
        ('"""Double a number.', '"""double a number.', "SS02"),
        ("    number : int\n        Any.\n", "    other : int\n        Any.\n", "PR01"),
        ("    first : int\n        The one.\n", "    last : int\n        The one.\n", "PR02"),
        ("    int\n        Twice as much.\n", "", "RT"),
    ],
)
def test_what_is_missing_is_named(problems, checker, monkeypatch, old, new, code):
    monkeypatch.setattr(checker, "checks", lambda: {"SS02", "SS03", "PR01", "PR02", "RT01", "RT03"})
    assert old in GOOD
    assert any(code in line for line in problems(GOOD.replace(old, new)))


def test_private_names_may_stay_silent(problems):
    assert problems(GOOD + "\ndef _inner():\n    return 1\n") == []


def test_what_is_imported_is_not_checked_twice(problems):
    assert problems(GOOD + "\nfrom json import dumps, JSONDecodeError\n") == []


def test_the_attributes_of_a_value_may_be_told_as_attributes(problems):
    assert problems(GOOD.replace("Parameters", "Attributes", 1)) == []


def test_the_checks_are_those_of_the_project(checker):
    assert {"GL08", "PR01", "RT01"} <= checker.checks()

"""The list of licences is whole, and notices what must not be there."""

from __future__ import annotations

import importlib.util
from email.message import Message
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / "scripts" / "list_licences.py"
SPEC = importlib.util.spec_from_file_location("list_licences", PATH)
script = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(script)


def told(**fields):
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_nothing_that_the_explorer_runs_on_is_copyleft(capsys):
    assert script.main() == 0
    assert "no copyleft" in capsys.readouterr().out


def test_what_is_needed_by_what_is_needed_is_listed():
    assert {"streamlit", "starlette", "jinja2", "certifi"} <= set(script.needed())


@pytest.mark.parametrize(
    ("licence", "problem"),
    [
        ("MIT", ""),
        ("BSD License", ""),
        ("GPL-3.0-only", "copyleft"),
        ("LGPL-3.0-only", "copyleft"),
        ("GNU Affero General Public License v3", "copyleft"),
        ("GPL-2.0 OR MIT", ""),
        ("MPL-2.0", "copyleft by file"),
        ("", "states no licence"),
    ],
)
def test_a_licence_is_judged(licence, problem):
    assert script.verdict("something", licence) == problem


def test_the_named_file_level_licence_is_allowed():
    assert script.verdict("certifi", "MPL-2.0") == ""


@pytest.mark.parametrize(
    ("message", "licence"),
    [
        (told(License_Expression="MIT", License="long text"), "MIT"),
        (told(Classifier="License :: OSI Approved :: BSD License"), "BSD License"),
        (told(License="Apache 2.0\nwith its text"), "Apache 2.0"),
        (told(), ""),
    ],
)
def test_the_shortest_statement_of_a_licence_is_read(message, licence):
    assert script.licence_of(message) == licence

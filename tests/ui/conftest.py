"""Lets these tests import the stand-in for the browser's side of the filters."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from choosing import Panels


@pytest.fixture
def panels(monkeypatch):
    return Panels(monkeypatch)

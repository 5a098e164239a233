"""A click on a bar or a cell asks for what it stands for."""

import pytest

from ccgeo.ui import charts

FIELDS = {"row": "partners", "column": "sectors"}


@pytest.fixture
def asked(monkeypatch):
    changes = {}
    monkeypatch.setattr(charts.state, "change", changes.update)
    return changes


@pytest.mark.parametrize(
    ("field", "choice", "change"),
    [
        ("years", "2018", {"years": (2018, 2018)}),
        ("partners", "SG", {"partners": frozenset({"SG"})}),
        ("sectors", "several", {"sectors": frozenset({"several"})}),
        ("partners", "several", {}),
        ("partners", "unstated", {"partners": frozenset({""})}),
        ("years", "last", {}),
        ("stages", "signed", {"stages": frozenset({"signed"})}),
    ],
)
def test_a_bar(asked, field, choice, change):
    charts._take(field, {"selection": {"pick": [{"choice": choice}]}})
    assert asked == change


@pytest.mark.parametrize(
    ("cell", "change"),
    [
        (
            {"row": "SG", "column": "digital"},
            {"partners": frozenset({"SG"}), "sectors": frozenset({"digital"})},
        ),
        ({"row": "rest", "column": "digital"}, {"sectors": frozenset({"digital"})}),
        ({"row": "rest", "column": "rest"}, {}),
        ({"row": "<b>", "column": 7}, {}),
        ({}, {}),
    ],
)
def test_a_cell_asks_for_both_of_its_choices(asked, cell, change):
    charts._take_cell(FIELDS, {"selection": {"pick": [cell]}})
    assert asked == change


def test_a_click_beside_everything_changes_nothing(asked):
    charts._take("years", {"selection": {}})
    charts._take_cell(FIELDS, {"selection": {"pick": []}})
    assert asked == {}

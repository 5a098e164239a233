"""The library in five lines: what a notebook shows is what the page and the command give."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ccgeo
from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io.files import OutputError
from ccgeo.io.formats import FORMATS, export_bytes
from ccgeo.layers.answer import answer
from ccgeo.notebook import FILTERS, Exploration, explore
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.views.figure import FIGURE_FORMS, figure_bytes

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "five-lines.ipynb"
SELECTION = Selection(years=(2015, 2020), sectors=frozenset({"automotive"}))


class Text(HTMLParser):
    """The words and tags of a piece of a page."""

    def __init__(self, source):
        super().__init__()
        self.words, self.tags = "", []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def cells():
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def show(cell, names):
    """Run a cell as a notebook does, and return what it shows."""
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, NOTEBOOK.name, "exec"), names)  # noqa: S102 - our own notebook
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)  # noqa: S307


def test_the_notebook_runs_from_top_to_bottom(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}

    shown = [show(cell, names) for cell in cells()]

    drawn = [each for each in shown if hasattr(each, "_repr_html_")]
    assert all("<" in each._repr_html_() for each in drawn)
    assert len(drawn) >= 3
    saved = {"cars.geojson", "records.xlsx", "map.html", "figure.png"}
    assert {path.name for path in tmp_path.iterdir()} == saved


def test_the_notebook_carries_no_results_that_could_grow_old():
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells())


def test_a_layer_shows_itself_in_a_frame_with_its_sentence_and_credit():
    cars = ccgeo.explore(sector="automotive", years=(2015, 2020), level="province")

    page = Text(cars._repr_html_())

    assert cars.sentence in page.words
    assert "GS(2024)0650" in page.words
    (frame,) = [attributes for tag, attributes in page.tags if tag == "iframe"]
    assert frame["sandbox"] == "allow-scripts"
    assert {tag for tag, _ in page.tags} == {"p", "iframe"}
    assert cars.sentence in repr(cars)


def test_what_is_asked_is_the_selection_of_the_page():
    cars = explore(sector=["automotive"], years="2015-2020", undated=False, k=4)

    assert cars.answer.selection == SELECTION
    assert cars.answer.view == View(k=4)
    assert explore().answer.selection == DEFAULT_SELECTION
    assert explore(years=None).answer.selection.years is None
    assert explore(years=2020).answer.selection.years == (2020, 2020)


def test_the_tables_are_those_of_the_answer_and_may_be_changed():
    cars = explore(sector="automotive", years="2015-2020", level="province")
    shown = answer(SELECTION, View(level="province"))

    assert cars.units["id"].tolist() == shown.choropleth.features["id"].tolist()
    assert cars.flows["id"].tolist() == shown.flows.features["id"].tolist()
    selected = select(read_placed(), SELECTION)
    assert cars.records["entry_id"].tolist() == selected["entry_id"].tolist()
    cars.units["projects"] = 0
    assert cars.units["projects"].sum() > 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_the_one_of_the_page_and_the_command(form, tmp_path):
    cars = explore(sector="automotive", years="2015-2020", level="province")

    path = cars.save(tmp_path / f"out.{form}")

    assert path.read_bytes() == export_bytes(SELECTION, View(level="province"), form)


def test_pictures_and_maps_are_saved_by_their_ending(tmp_path):
    cars = explore(sector="automotive", years="2019-2020", level="province")
    shown = cars.answer

    for form in FIGURE_FORMS:
        path = cars.save(tmp_path / f"figure.{form}")
        assert path.read_bytes() == figure_bytes(shown.choropleth, shown.flows, form)
    assert cars.save(tmp_path / "years.GIF").read_bytes()[:3] == b"GIF"
    assert cars.save(tmp_path / "map.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert len(cars.figure().axes) == 1


def test_what_cannot_be_saved_is_told(tmp_path):
    cars = explore(sector="automotive", level="province")

    with pytest.raises(UnknownChoiceError, match="geojson"):
        cars.save(tmp_path / "layer.shp")
    with pytest.raises(CcgeoError, match="holds one layer"):
        cars.save(tmp_path / "x.csv", layers=["flows", "records"])
    cars.save(tmp_path / "x.csv")
    with pytest.raises(OutputError, match="exists"):
        cars.save(tmp_path / "x.csv")
    cars.save(tmp_path / "x.csv", layers=["flows"], force=True)


def test_what_is_not_known_is_told_with_the_nearest():
    with pytest.raises(UnknownChoiceError, match="filter 'sectors' is not known"):
        explore(sectors="automotive")
    with pytest.raises(UnknownChoiceError, match="automotive"):
        explore(sector="automotiv")
    with pytest.raises(CcgeoError, match="1850"):
        explore(years=1850)
    assert {"years", "sector", "level", "lang"} <= set(FILTERS)


def test_importing_the_library_loads_nothing_before_it_is_asked():
    script = "import sys, ccgeo; sys.exit('pandas' in sys.modules or ccgeo.__version__ == '')"

    done = subprocess.run([sys.executable, "-c", script], env=os.environ, check=False)

    assert done.returncode == 0
    assert ccgeo.Exploration is Exploration
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ccgeo.nothing

"""A figure bears everything that a reader needs, in either language, without a system's font."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.image import imread
from matplotlib.text import Text

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.answer import answer
from ccgeo.query.selection import DEFAULT_SELECTION, Selection, View
from ccgeo.shipped import data_file, data_version
from ccgeo.ui.words import WORDS
from ccgeo.views import drawing as module
from ccgeo.views.figure import FIGURE_FORMS, build_figure, figure_bytes

SIGNATURES = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


def shown(selection=DEFAULT_SELECTION, **view):
    its = answer(selection, View(**{"level": "prefecture", **view}))
    return its.choropleth, its.flows


def texts_of(drawing):
    legends = [part for box in drawing.legends for part in (*box.get_texts(), box.get_title())]
    return "\n".join(text.get_text() for text in (*drawing.texts, *legends)).replace("\n", " ")


@pytest.mark.parametrize("form", FIGURE_FORMS)
def test_each_format_is_what_it_says_and_the_same_every_time(form):
    layers = shown()

    content = figure_bytes(*layers, form)

    assert content.startswith(SIGNATURES[form])
    assert content == figure_bytes(*layers, form)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_figure_says_what_it_shows_and_whose_it_is(language):
    choropleth, flows = shown(language=language)

    words = texts_of(build_figure(choropleth, flows))

    assert choropleth.legend.title in words
    assert "GS(2024)0650" in words
    assert data_version() in words
    for label in (*choropleth.legend.classes, *flows.legend.steps):
        assert label.label in words
    assert choropleth.legend.no_data_label in words
    assert choropleth.sentence[:12] in words


def test_a_text_between_dollar_signs_is_no_formula():
    choropleth, flows = shown(level="province")
    said = "{{7*7}} $mk^2$ ${7*7} \\frac $"

    figure = build_figure(replace(choropleth, sentence=said), flows)

    assert said in texts_of(figure)
    assert not any(text.get_parse_math() for text in figure.findobj(Text))


def test_a_figure_says_which_share_is_not_mapped():
    choropleth, flows = shown(level="district")
    beside = int(choropleth.not_mapped["entries"].sum())

    assert f"{beside} of {choropleth.total.entries} records" in texts_of(
        build_figure(choropleth, flows)
    )


def test_a_scale_bar_stands_only_where_the_scale_holds():
    def marks(frame):
        return {text.get_text() for text in build_figure(*shown(), frame=frame).axes[0].texts}

    assert {"200 km", "104°E", "30°N"} <= marks("region")
    assert "200 km" not in marks("world")


@pytest.mark.parametrize("frame", ["region", "world"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_letter_is_missing(language, frame):
    # A missing glyph is a warning, and warnings are errors here.
    assert figure_bytes(*shown(language=language, level="province"), frame=frame)


def test_the_font_has_every_character_of_the_words_and_of_the_names():
    font = get_font(FontProperties(fname=module._FONT).get_file())
    known = set(font.get_charmap())
    texts = [text for pair in WORDS.values() for text in pair]
    for name in ("geo/units.csv", "deals/zones.csv", "deals/partners.csv", "deals/sectors.csv"):
        with data_file(name).open(encoding="utf-8") as rows:
            texts += [row["name_en"] + row["name_zh"] for row in csv.DictReader(rows)]

    missing = {c for text in texts for c in text if c.isprintable() and ord(c) not in known}

    assert missing == set()


def test_the_font_comes_with_its_licence():
    licence = (module._FONT.parent / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_selection_of_nothing_is_still_a_figure():
    nothing = Selection(years=(2002, 2002), min_amount_fen=10**17)

    picture = imread(io.BytesIO(figure_bytes(*shown(nothing))))

    assert picture.shape[:2] == (1520, 2200)


def test_the_layers_are_coloured_as_on_the_screen():
    choropleth, flows = shown()
    drawing = build_figure(choropleth, flows)

    faces = [tuple(part.get_facecolor()[0]) for part in drawing.axes[0].collections[1:-1]]

    assert len(faces) == len(choropleth.legend.colours)
    hexed = ["#" + "".join(f"{round(255 * x):02x}" for x in face[:3]) for face in faces]
    assert hexed == list(choropleth.legend.colours)


def test_an_unknown_format_or_frame_is_told():
    with pytest.raises(UnknownChoiceError, match="png"):
        figure_bytes(*shown(), "gif")
    with pytest.raises(UnknownChoiceError, match="region"):
        figure_bytes(*shown(), frame="moon")
    with pytest.raises(UnknownChoiceError, match="region"):
        build_figure(*shown(), frame="moon")

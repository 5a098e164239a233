"""A film is an animated picture, one a year, that says what a figure says."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.layers.film import build_film
from ccgeo.query.selection import Selection, View
from ccgeo.views.figure import build_figure
from ccgeo.views.film import film_bytes


@pytest.fixture(scope="module")
def film():
    return build_film(Selection(years=(2018, 2019)), View(level="province"))


def test_there_is_one_picture_a_year_and_it_runs_again(film):
    told = []
    content = film_bytes(film, tell=lambda done, of: told.append((done, of)))

    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.n_frames, picture.info["loop"]) == ("GIF", 2, 0)
        durations = []
        for number in range(picture.n_frames):
            picture.seek(number)
            durations.append(picture.info["duration"])
    assert durations[0] < durations[1]
    assert told == [(1, 2), (2, 2)]
    assert content == film_bytes(film)


def test_the_colours_of_the_legend_are_exact(film):
    content = film_bytes(film)

    with Image.open(io.BytesIO(content)) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(maxcolors=1_000_000)}
    for told in film[0].choropleth.legend.colours:
        assert tuple(int(told[at : at + 2], 16) for at in (1, 3, 5)) in colours


def test_the_year_stands_on_the_picture(film):
    shot = film[0]
    drawing = build_figure(shot.choropleth, shot.flows, year=shot.year)

    assert "2018" in {text.get_text() for text in drawing.texts}


def test_a_film_needs_a_year_and_a_frame_that_there_is(film):
    with pytest.raises(CcgeoError, match="one year at least"):
        film_bytes(())
    with pytest.raises(UnknownChoiceError, match="region"):
        film_bytes(film, frame="moon")

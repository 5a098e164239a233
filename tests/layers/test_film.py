"""A film keeps one scale and shows each year as the year alone."""

from __future__ import annotations

from ccgeo.layers.film import build_film
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.measures import total_of
from ccgeo.query.selection import Selection, View

ASKED = Selection(years=(2016, 2019), include_undated=True)
VIEW = View(level="prefecture")


def test_each_year_holds_what_the_year_holds():
    for shot in build_film(ASKED, VIEW):
        year = int(shot.year)
        alone = select(read_placed(), Selection(years=(year, year)))

        assert shot.choropleth.total == total_of(alone)
        drawn = build_flows(alone, VIEW).table
        assert set(shot.flows.table["id"]) == set(drawn["id"])


def test_colours_and_widths_mean_the_same_in_every_year():
    film = build_film(ASKED, VIEW)

    assert [shot.year for shot in film] == ["2016", "2017", "2018", "2019"]
    assert len({shot.choropleth.bins for shot in film}) == 1
    assert len({shot.choropleth.legend.colours for shot in film}) == 1
    assert len({shot.flows.legend for shot in film}) == 1
    assert max(shot.flows.table["width"].max() for shot in film) <= 10


def test_limits_that_a_view_brings_along_are_kept():
    film = build_film(ASKED, View(level="prefecture", bins=(1e9, 1e10)))

    assert {shot.choropleth.bins for shot in film} == {(1e9, 1e10)}


def test_nothing_asked_is_no_film():
    assert build_film(Selection(years=(2003, 2003), min_amount_fen=10**17), VIEW) == ()

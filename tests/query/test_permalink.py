"""Any view is a link, any link a view, and a link of long ago still shows what it showed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import CcgeoError
from ccgeo.query import permalink as links
from ccgeo.query.engine import read_placed, select
from ccgeo.query.measures import summarise
from ccgeo.query.permalink import Camera, Permalink, read_permalink, write_permalink
from ccgeo.query.selection import DEFAULT_VIEW, LIST_PARAMS, VIEW_PARAMS, Selection, View
from ccgeo.query.vocabulary import CLASS_COUNTS, CONFIDENCES, DEFAULT_STAGES, names_of

KEPT = json.loads(Path(__file__).with_name("links.json").read_text("utf-8"))
ROUND_TRIPS = 1_000


def through_the_address_bar(link: Permalink) -> tuple[Permalink, tuple[CcgeoError, ...]]:
    return read_permalink(dict(parse_qsl(urlencode(write_permalink(link)))))


def a_selection(dice: random.Random) -> Selection:
    """Draw from everything that can be asked of the shipped records."""

    def some(field):
        return frozenset(dice.sample(sorted(names_of(field)), dice.choice((0, 0, 0, 1, 3))))

    first, last = sorted(dice.choices(range(2002, 2027), k=2))
    return Selection(
        **{field: some(field) for field in LIST_PARAMS if field != "stages"},
        stages=dice.choice((DEFAULT_STAGES, some("stages"))),
        years=dice.choice((None, (first, last))),
        include_undated=dice.random() < 0.5,
        date_kind=dice.choice(("any", *names_of("date_kind"))),
        min_amount_fen=dice.choice((None, None, dice.randrange(10**12))),
        min_confidence=dice.choice(CONFIDENCES),
    )


def a_view(dice: random.Random) -> View:
    choices = {field: dice.choice(sorted(names_of(field))) for field in VIEW_PARAMS}
    limits = sorted({dice.uniform(0, 1e12) for _ in range(dice.choice((0, 0, 4)))})
    k, rescale = dice.choice(CLASS_COUNTS), dice.random() < 0.5
    return View(**choices, k=k, rescale=rescale, bins=tuple(limits))


def a_link(dice: random.Random) -> Permalink:
    camera = Camera(dice.uniform(-8, 8), dice.uniform(-9e3, 9e3), dice.uniform(-9e3, 9e3))
    return Permalink(
        a_selection(dice),
        a_view(dice),
        other=a_selection(dice),
        thing=dice.choice(("", "district:500103", "partner:SG", "flow:SG>circle", "known:zone")),
        camera=dice.choice((None, links.rounded(camera))),
    )


def numbers_of(selection: Selection, view: View):
    summary = summarise(select(read_placed(), selection), view.level, view.vintage)
    return (
        summary.total,
        summary.mapped.to_dict("list"),
        summary.not_mapped.to_dict("list"),
    )


def test_a_thousand_views_come_back_from_their_links_with_the_same_numbers():
    dice = random.Random(20251122)  # noqa: S311 - a fixed sequence, not a secret
    for turn in range(ROUND_TRIPS):
        link = a_link(dice)
        found, problems = through_the_address_bar(link)
        assert problems == ()
        assert found == link
        # Equal values give equal numbers; one in forty is added up from both all the same.
        if turn % 40 == 0:
            for before, after in ((link.selection, found.selection), (link.other, found.other)):
                assert numbers_of(before, link.view) == numbers_of(after, found.view)


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept['version']}: {kept['link'][:40]}")
def test_a_link_of_any_version_shows_what_it_showed(kept):
    link, problems = read_permalink(dict(parse_qsl(kept["link"])))

    assert problems == ()
    for value, wanted in (
        (link.selection, kept["selection"]),
        (link.view, kept["view"]),
        (link.other, kept.get("other", {})),
    ):
        for name, expected in wanted.items():
            told = getattr(value, name)
            assert (sorted(told) if isinstance(told, frozenset) else told) == (
                tuple(expected) if isinstance(expected, list) and name in {"years", "bins"}
                else expected
            )  # fmt: skip
    assert link.thing == kept.get("thing", "")
    assert list(link.camera or ()) == kept.get("camera", [])


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept['version']}: {kept['link'][:40]}")
def test_a_link_of_any_version_is_written_anew_in_the_newest(kept):
    link, _ = read_permalink(dict(parse_qsl(kept["link"])))

    written = write_permalink(link)

    assert read_permalink(written) == (link, ())
    assert not written or written["v"] == str(links.LINK_VERSION)
    assert "other" not in written


def test_every_version_has_links_that_are_kept_and_a_step_to_the_next():
    versions = set(range(1, links.LINK_VERSION + 1))
    assert {kept["version"] for kept in KEPT} == versions
    assert set(links._STEPS) == versions - {links.LINK_VERSION}


def test_the_first_view_has_the_shortest_link():
    assert write_permalink(Permalink()) == {}
    assert read_permalink({}) == (Permalink(), ())


def test_a_link_can_be_read_by_a_person():
    link = Permalink(
        Selection(years=(2015, 2020), sectors=frozenset({"automotive"})),
        camera=Camera(1.5, -120.0, 45.0),
    )
    assert urlencode(write_permalink(link)) == (
        "years=2015-2020&sector=automotive&v=2&zoom=1.5&east_km=-120&north_km=45"
    )


PARAMS = (
    "v", "at", "other", "zoom", "east_km", "north_km", "right.years", "right.sector",
    "right.right.sector", "sector", "level",
)  # fmt: skip
JUNK = st.text(max_size=30) | st.sampled_from(("2", "1", "sector=%", "years=1", "nan", "1e9", "-0"))


@given(st.dictionaries(st.sampled_from(PARAMS), JUNK))
def test_no_link_makes_reading_raise(params):
    link, problems = read_permalink(params)

    assert all(isinstance(problem, CcgeoError) for problem in problems)
    assert through_the_address_bar(link) == (link, ())


@pytest.mark.parametrize(
    ("params", "nearest"),
    [
        ({"v": "9"}, "2"),
        ({"at": "partner:Singapur"}, "partner:SG"),
        ({"at": "district:500199"}, "district:5001"),
        ({"at": "flow:SG>nowhere"}, "district, flow"),
        ({"at": "moon"}, "district"),
        ({"zoom": "1.5"}, "zoom=1.5&east_km=0&north_km=0"),
        ({"zoom": "99", "east_km": "0", "north_km": "0"}, "zoom=1.5"),
        ({"other": "sector=automotiv"}, "automotive"),
        ({"right.sector": "automotiv"}, "automotive"),
    ],
)
def test_an_unknown_value_is_one_sentence_with_the_nearest_valid_ones(params, nearest):
    link, problems = read_permalink({**params, "partner": "SG"})

    assert link == Permalink(Selection(partners=frozenset({"SG"})), DEFAULT_VIEW)
    assert len(problems) == 1
    assert nearest in str(problems[0]).split("Nearest:")[1]

"""A selection narrowed to one thing holds what the panel of that thing holds."""

import pytest

from ccgeo.query.engine import read_placed, select
from ccgeo.query.narrowing import narrowed
from ccgeo.query.profile import entries_of
from ccgeo.query.selection import OPEN_SELECTION, View


@pytest.mark.parametrize(
    "thing", ["district:500103", "district:510100", "partner:SG", "zone:cq-liangjiang-na"]
)
def test_it_holds_what_the_panel_holds(thing):
    mine = select(read_placed(), narrowed(OPEN_SELECTION, thing))["entry_id"]
    assert len(mine) > 0
    assert set(mine) >= set(entries_of(read_placed(), thing, View())["entry_id"])


def test_a_line_is_narrowed_at_both_ends_and_the_circle_is_a_level():
    assert narrowed(OPEN_SELECTION, "flow:500103>SG").places == {"500103"}
    assert narrowed(OPEN_SELECTION, "flow:SG>circle").known_levels == {"circle"}
    assert narrowed(OPEN_SELECTION, "flow:SG>circle").partners == {"SG"}

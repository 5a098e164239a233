from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo import errors
from ccgeo.errors import AmbiguousPlaceError, CcgeoError, RecordError, UnknownChoiceError

CHILDREN = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, CcgeoError) and kind is not CcgeoError
]


@pytest.mark.parametrize("kind", CHILDREN, ids=lambda kind: kind.__name__)
def test_every_error_is_also_the_builtin_that_callers_expect(kind):
    assert issubclass(kind, LookupError | ValueError | OSError)


def test_an_unknown_choice_names_the_value_and_the_nearest():
    error = UnknownChoiceError("sector", "equipmnt", ["equipment", "energy"])
    assert str(error) == "sector 'equipmnt' is not known. Nearest: equipment, energy."
    assert error.nearest == ("equipment", "energy")


def test_an_unknown_choice_without_a_neighbour_says_no_more():
    assert str(UnknownChoiceError("year", "abc")) == "year 'abc' is not known."


def test_an_ambiguous_place_lists_its_candidates():
    error = AmbiguousPlaceError("市中区", ["Neijiang", "Leshan"])
    assert str(error) == "place '市中区' is ambiguous. Choose one of: Neijiang, Leshan."


def test_a_record_error_leads_to_the_cell():
    error = RecordError("records.csv", 7, "stage", "sold", "choose a known stage")
    assert str(error) == "records.csv, row 7, column stage: 'sold' - choose a known stage"
    assert (error.file, error.row, error.column) == ("records.csv", 7, "stage")


@given(st.text(max_size=5000))
def test_no_message_grows_with_what_came(value):
    assert len(str(UnknownChoiceError("sector", value))) < 100
    assert len(str(RecordError("a.csv", 1, "x", value, "no"))) < 100


@given(st.text())
def test_no_message_echoes_a_control_character(value):
    assert str(UnknownChoiceError("sector", value)).isprintable()

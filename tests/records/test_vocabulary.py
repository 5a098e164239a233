"""The words of the records: closed lists that do not overlap."""

import re

import pytest

from ccgeo.records import vocabulary
from ccgeo.records.ledger import SUMMED_KINDS
from ccgeo.records.tables import read_records, read_sources

LISTS = {
    "kind": vocabulary.KINDS,
    "stage": vocabulary.STAGES,
    "direction": vocabulary.DIRECTIONS,
    "place_level": vocabulary.KNOWN_LEVELS,
    "cut": vocabulary.CUTS,
    "sum_role": vocabulary.SUM_ROLES,
    "count_unit": vocabulary.COUNT_UNITS,
    "amount_scale": tuple(vocabulary.AMOUNT_SCALES),
    "amount_qualifier": vocabulary.QUALIFIERS,
    "amount_kind": vocabulary.AMOUNT_KINDS,
    "quantity_unit": vocabulary.QUANTITY_UNITS,
    "date_kind": vocabulary.DATE_KINDS,
}


@pytest.mark.parametrize("column", sorted(LISTS))
def test_no_word_stands_twice(column):
    assert len(set(LISTS[column])) == len(LISTS[column])


@pytest.mark.parametrize("column", sorted(LISTS))
def test_the_shipped_records_use_no_other_word(column):
    assert set(read_records()[column]) - {""} <= set(LISTS[column])


@pytest.mark.parametrize(
    "column", ["kind", "stage", "direction", "sum_role", "cut", "date_kind", "amount_kind"]
)
def test_every_word_is_used(column):
    unused = set(LISTS[column]) - set(read_records()[column])
    assert unused == set()


def test_every_class_of_source_is_known():
    assert set(read_sources()["class"]) <= set(vocabulary.SOURCE_CLASSES)


def test_every_flag_is_known_and_used():
    used = {flag for flags in read_records()["flags"] for flag in flags}
    assert used == set(vocabulary.FLAGS)
    assert list(vocabulary.FLAGS) == sorted(vocabulary.FLAGS)


def test_what_is_summed_by_default_bears_a_signature():
    assert set(vocabulary.DEFAULT_STAGES) < set(vocabulary.STAGES)
    assert not {"opportunity", "announced", "cancelled"} & set(vocabulary.DEFAULT_STAGES)


def test_money_that_adds_and_money_that_does_not_are_apart():
    assert not set(vocabulary.ADDITIVE_AMOUNT_KINDS) & set(vocabulary.OTHER_AMOUNT_KINDS)


def test_only_two_roles_add():
    assert {"count", "part"} == vocabulary.COUNTED_ROLES
    assert set(vocabulary.SUM_ROLES) > vocabulary.COUNTED_ROLES
    assert set(vocabulary.KINDS) > SUMMED_KINDS


def test_words_are_plain_ascii():
    for words in (*LISTS.values(), vocabulary.FLAGS, vocabulary.SOURCE_CLASSES):
        assert all(re.fullmatch(r"[A-Za-z0-9_]+", word) for word in words)


def test_scales_are_in_order():
    powers = list(vocabulary.AMOUNT_SCALES.values())
    assert powers == sorted(powers)

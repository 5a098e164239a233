"""Values are read out of any text; what is not understood is kept as a problem."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import AmbiguousPlaceError, UnknownChoiceError, UnknownPlaceError
from ccgeo.query.link import ALL, LinkReader, write_amount, write_choices, write_years

NAMES = MappingProxyType(
    {
        "red": ("Red", "红", "Crimson"),
        "dark_red": ("Dark red", "深红"),
        "blue": ("Blue", "蓝"),
        "navy": ("Navy", "海军", "Blue"),
        "": ("not stated", "未说明"),
    }
)


def reader(**params):
    return LinkReader(params, lambda _field: NAMES)


def choices(text, default=frozenset({"dark_red"})):
    found = reader(colour=text)
    return found.choices("colour", "colours", default), found.problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red", {"red"}),
        ("red,dark_red", {"red", "dark_red"}),
        (" red , ,red,", {"red"}),
        ("RED", {"red"}),
        ("红", {"red"}),
        ("crimson", {"red"}),
        ("dark red", {"dark_red"}),
        ("unstated", {""}),
        ("all", set()),
        ("", {"dark_red"}),
        (",,,", {"dark_red"}),
    ],
)
def test_a_list_is_read_by_ids_names_and_short_names(text, expected):
    assert choices(text) == (expected, [])


def test_an_id_wins_over_a_name_that_reads_the_same():
    assert choices("blue") == ({"blue"}, [])


def test_a_name_that_several_values_have_is_not_guessed():
    found, (problem,) = choices("Blue")

    assert found == {"dark_red"}
    assert isinstance(problem, AmbiguousPlaceError)
    assert set(problem.candidates) == {"blue", "navy"}


def test_what_is_known_of_a_list_stays_and_the_rest_is_told_once():
    found, problems = choices("red,rde,rde")

    assert found == {"red"}
    assert [problem.value for problem in problems] == ["rde"]
    assert "red" in problems[0].nearest


def test_a_list_of_nothing_known_falls_back_to_the_default():
    found, problems = choices("x,y")

    assert found == {"dark_red"}
    assert len(problems) == 2


def test_an_unknown_place_is_an_error_of_places():
    found = reader(place="nowhere")
    found.choices("place", "places", frozenset())

    assert isinstance(found.problems[0], UnknownPlaceError)


def test_a_nearest_value_is_told_with_its_name_unless_they_read_the_same():
    _, (slip,) = choices("drak_red")
    _, (other,) = choices("nvay")

    assert "dark_red (Dark red)" in slip.nearest
    assert "navy" in other.nearest


def test_one_value_is_read_and_a_missing_one_is_the_default():
    assert reader(colour="navy").one("colour", "colours", "red") == "navy"
    assert reader().one("colour", "colours", "red") == "red"
    assert reader(colour="??").one("colour", "colours", "red") == "red"


def test_not_stated_can_be_the_one_value():
    assert reader(colour="unstated").one("colour", "colours", "red") == ""


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("", 5), ("03", 5), ("9", 5), ("x", 5)])
def test_a_whole_number_is_one_of_those_allowed(text, number):
    assert reader(k=text).whole_number("k", (2, 3), 5) == number


def test_a_number_not_allowed_is_told_with_those_that_are():
    found = reader(k="9")
    found.whole_number("k", (2, 3), 5)

    assert found.problems[0].nearest == ("2", "3")


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), ("true", True), ("TRUE", True), ("0", False), ("", False)]
)
def test_a_switch_is_on_or_off(text, on):
    found = reader(undated=text)

    assert found.switch("undated") is on
    assert found.problems == []


def test_a_switch_of_another_word_is_off_and_told():
    found = reader(undated="perhaps")

    assert found.switch("undated") is False
    assert isinstance(found.problems[0], UnknownChoiceError)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", (2015, 2015)),
        ("2015-2020", (2015, 2020)),
        ("2015 - 2020", (2015, 2020)),
        ("2015–2020", (2015, 2020)),
        ("all", None),
        ("", (1, 2)),
        ("2020-2015", (1, 2)),
        ("1999-2020", (1, 2)),
        ("2015-", (1, 2)),
        ("２０１５", (1, 2)),
        ("2015-2016-2017", (1, 2)),
    ],
)
def test_years_are_a_year_or_a_rising_span_of_known_years(text, years):
    found = reader(years=text)

    assert found.years("years", (1, 2)) == years
    assert bool(found.problems) == (years == (1, 2) and bool(text))


def test_each_unknown_year_is_told_with_the_nearest_known_one():
    found = reader(years="1950-2090")
    found.years("years", None)

    assert [(problem.value, problem.nearest) for problem in found.problems] == [
        ("1950", ("2002",)), ("2090", ("2026",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1", 100), ("0.01", 1), ("1e3", 100_000), ("0", 0), ("", None), ("-1", None), ("1e99", None),
     ("0.001", None), ("NaN", None), ("Infinity", None), ("1e999999999", None), ("ten", None)],
)  # fmt: skip
def test_an_amount_is_whole_fen_within_reason(text, fen):
    found = reader(min_amount=text)

    assert found.amount_fen("min_amount") == fen
    assert bool(found.problems) == (fen is None and bool(text))


@pytest.mark.parametrize(
    ("text", "limits"),
    [("1,2.5,1e9", (1.0, 2.5, 1e9)), ("-1,0", (-1.0, 0.0)), ("", ()), ("2,1", ()), ("1,1", ()),
     ("1,nan", ()), ("inf", ()), ("1,2,3,4,5,6,7,8", ()), ("a", ())],
)  # fmt: skip
def test_class_limits_are_a_few_rising_numbers(text, limits):
    assert reader(bins=text).bins("bins") == limits


def test_a_repeated_parameter_is_one_list():
    found, _ = choices(["red,blue", "navy"])

    assert found == {"red", "blue", "navy"}


def test_a_flood_of_values_is_cut_off():
    found = reader(colour=",".join(f"x{number}" for number in range(5_000)))
    found.choices("colour", "colours", frozenset())

    assert len(found.problems) == 20


@given(st.frozensets(st.sampled_from(sorted(NAMES))))
def test_a_written_list_is_read_as_itself(chosen):
    assert choices(write_choices(chosen)) == (chosen, [])


@given(st.none() | st.integers(0, 10**17))
def test_a_written_amount_is_read_as_itself(fen):
    assert reader(min_amount=write_amount(fen)).amount_fen("min_amount") == fen


@given(st.none() | st.lists(st.integers(2002, 2026), min_size=2, max_size=2).map(sorted).map(tuple))
def test_written_years_are_read_as_themselves(years):
    assert reader(years=write_years(years)).years("years", (1, 2)) == years


def test_no_limit_has_a_word():
    assert write_choices(()) == write_years(None) == ALL


def test_other_records_may_have_other_years():
    found = reader(years="1998-2031")

    assert found.years("years", None, (1998, 2031)) == (1998, 2031)
    assert not found.problems
    assert found.years("years", None, (1999, 2031)) is None
    assert "1999" in str(found.problems[0])

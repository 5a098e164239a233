"""Every record is listed, counted or not, and opens with every telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.io.values import parse_amount
from ccgeo.query.records import (
    all_conflicts,
    all_findings,
    figure_words,
    find_records,
    list_records,
    read_detail,
    records_by_id,
    versions_of,
)
from ccgeo.query.records_words import COUNTED, LABELS, amount_words, counted, word_of
from ccgeo.records import vocabulary
from ccgeo.records.completeness import POINTS
from ccgeo.records.money import amount_text, to_fen
from ccgeo.records.tables import read_records, read_sources
from ccgeo.records.versions import RULES


def fields(record_id, language="en"):
    told = read_detail(record_id, language).fields
    return dict(zip(told["field"], told["value"], strict=True))


def test_every_record_is_listed_with_its_role():
    listed = list_records()
    assert listed["record_id"].tolist() == read_records()["id"].tolist()
    counted = listed["in_sums"].isin(["counts", "counts as a part"])
    assert (listed.loc[~counted, "why_not"] != "").all()
    assert (listed.loc[counted, "why_not"] == "").mean() > 0.9


def test_the_list_is_the_caller_s_own():
    mine = list_records()
    mine["title"] = ""
    assert list_records()["title"].ne("").all()


def test_only_safe_pages_are_linked():
    linkable = set(read_sources().loc[lambda rows: rows["linkable"], "source_id"])
    sources = read_records()["source_id"]
    listed = list_records()
    assert (listed["url"].notna() == sources.isin(linkable)).all()


def test_a_figure_is_written_with_its_qualifier():
    rows = records_by_id()
    assert figure_words(rows["CQ-0002"]) == "at least 1 trn CNY"
    assert figure_words(rows["CQ-0002"], "zh") == "至少 1万亿元"
    assert figure_words(rows["CQ-0015"]).startswith("54 projects")
    assert figure_words(rows["CQ-0007"]) == "6.3% of the national GDP"


def test_an_undated_conversion_says_so():
    listed = list_records().set_index("record_id")
    assert listed.loc["CQ-0096", "conversion"].startswith("undated: converted at CNY 7.1875")
    assert listed.loc["CQ-0096", "date_precision"] == "undated"
    assert listed.loc["CQ-0061", "conversion"].endswith("average of 2019")
    assert listed.loc["CQ-0060", "conversion"] == ""


def test_a_direction_not_stated_says_so():
    assert "not stated" in set(list_records()["direction"])
    assert "未说明" in set(list_records("zh")["direction"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CQ-0014", {"CQ-0014"}),
        ("raffles usd", {"CQ-0061"}),
        ("USD RAFFLES", {"CQ-0061"}),
        ("no such words anywhere", set()),
    ],
)
def test_all_words_are_looked_for_in_any_order_and_case(text, found):
    rows = find_records(list_records(), text)
    shown = set(rows["record_id"])
    assert found <= shown
    assert len(shown) < 8


def test_nothing_typed_finds_everything():
    assert len(find_records(list_records(), "  ")) == len(read_records())
    assert find_records(list_records().head(0), "a").empty


def test_a_detail_holds_every_telling_and_the_one_in_use():
    detail = read_detail("CQ-0061")
    assert set(detail.tellings.record_ids) == {"CQ-0010", "CQ-0060", "CQ-0061", "CQ-0752"}
    assert detail.tellings.used == detail.conflict.used == "CQ-0060"


def test_a_detail_holds_parts_and_contradictions():
    assert len(read_detail("CQ-0014").lines) == 6
    assert read_detail("CQ-0016").lines == ()
    (finding,) = read_detail("CQ-0006").findings
    assert finding.check == "share"


def test_the_fields_are_those_that_are_stated():
    told = fields("CQ-0061")
    assert told["figure"] == "3.8 bn USD"
    assert told["place_ids"] == "Yuzhong District"
    assert "nan" not in told.values()
    assert "event" not in told
    assert fields("CQ-0104")["place_ids"] != "x-gaozhu"
    assert fields("CQ-0061", "zh")["stage"] == "已投产"


def test_a_page_that_is_not_linked_says_why():
    unsafe = read_sources().loc[lambda rows: ~rows["linkable"], "source_id"].iloc[0]
    record_id = read_records().loc[lambda rows: rows["source_id"] == unsafe, "id"].iloc[0]
    told = fields(record_id)
    assert told["not_linked"]
    assert "url" not in told


def test_a_record_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(UnknownChoiceError, match="CQ-00"):
        read_detail("CQ-00144")


def test_groups_are_found_by_name():
    assert versions_of("raffles-city", "conflict_group").group == "raffles-city"
    assert versions_of("no-such-group", "project_key") is None
    assert len(all_conflicts()) == 29
    assert len(all_findings()) == 25


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("sum_role", vocabulary.SUM_ROLES),
        ("cut", vocabulary.CUTS),
        ("date_kind", vocabulary.DATE_KINDS),
        ("qualifier", vocabulary.QUALIFIERS),
        ("amount_kind", vocabulary.AMOUNT_KINDS),
        ("source_class", vocabulary.SOURCE_CLASSES),
        ("completeness", POINTS),
        ("rule", RULES),
    ],
)
def test_every_word_of_a_record_has_a_name_in_both_languages(column, values):
    assert set(values) <= set(LABELS[column])
    for value in values:
        english, chinese = (word_of(column, value, language) for language in ("en", "zh"))
        assert english.isascii()
        assert bool(english) == bool(chinese)


@pytest.mark.parametrize("unit", [*vocabulary.COUNT_UNITS, *vocabulary.QUANTITY_UNITS])
def test_what_is_counted_is_said_in_words_and_keeps_every_digit(unit):
    for language in ("en", "zh"):
        said = counted("12345.60", unit, language)
        assert "12,345.60" in said
        assert "_" not in said
    assert set(COUNTED) == {*vocabulary.COUNT_UNITS, *vocabulary.QUANTITY_UNITS}


@given(
    st.decimals("0.01", "999999", places=2),
    st.sampled_from(sorted(vocabulary.AMOUNT_SCALES)),
    st.sampled_from(["CNY", "USD", "SGD"]),
)
def test_an_amount_is_the_same_in_the_scales_of_either_language(value, scale, currency):
    reported = amount_text(str(value), scale, currency)
    expected = to_fen(str(value), scale, currency, 2020)
    for language in ("en", "zh"):
        read = parse_amount(amount_words(reported, language)).value
        assert to_fen(str(read.value), read.scale, read.currency, 2020) == expected


def test_an_amount_in_the_words_of_a_user_is_left_alone():
    assert amount_words("RMB22.4 billion, about", "zh") == "RMB22.4 billion, about"


def test_a_unit_that_nobody_knows_is_shown_as_it_is():
    assert counted("7", "{0} of {{7*7}}") == "7 {0} of {{7*7}}"
    assert counted("", "projects") == ""


def test_a_figure_with_its_kind_keeps_its_qualifier():
    assert figure_words(records_by_id()["CQ-0002"], with_kind=True).startswith(
        "at least 1 trn CNY ("
    )


def test_no_chinese_word_has_narrow_punctuation():
    texts = [pair[1] for labels in LABELS.values() for pair in labels.values()]
    assert [text for text in texts if set(",;:.!?") & set(text)] == []


def test_an_unknown_value_is_shown_as_it_is_and_an_unknown_column_refused():
    assert word_of("sum_role", "new role") == "new role"
    with pytest.raises(KeyError, match="colour"):
        word_of("colour", "red")

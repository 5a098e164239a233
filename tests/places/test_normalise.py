"""A mention is brought to one form or refused, and never given back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.places.normalise import (
    LONGEST,
    REASONS,
    Mention,
    Refusal,
    fold,
    read_mention,
    squeeze,
    words_of,
)

anything = st.one_of(
    st.text(), st.none(), st.integers(), st.floats(), st.binary(), st.lists(st.text())
)


@given(anything)
def test_anything_is_read_or_refused_with_a_reason_that_is_known(value):
    mention = read_mention(value)
    assert isinstance(mention, Mention) or mention.reason in REASONS


@given(st.text(max_size=LONGEST))
def test_folding_twice_is_folding_once(text):
    once = fold(text)
    assert once.startswith("the ") or fold(once) == once or fold(fold(once)) == fold(once)


@given(st.text(max_size=LONGEST))
def test_a_key_holds_nothing_between_the_words(text):
    mention = read_mention(text)
    if isinstance(mention, Mention):
        assert not set(mention.key) & set(" ,;")
        assert mention.text.startswith("the ") or mention.key == squeeze(mention.text)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  Yubei   District ", "yubei district"),
        ("Ｙｕｂｅｉ", "yubei"),
        ("成華區", "成华区"),
        ("重慶市江津区の徳感工業団地", "重庆市江津区の德感工业团地"),
        ("Düsseldorf", "dusseldorf"),
        ("Łódź", "lodz"),
        ("SEYÐISFJÖRÐUR", "seydisfjordur"),
        ("İSTANBUL", "istanbul"),
        ("Ya’an", "yaan"),
        ("LNA's Lijia", "lna lijia"),
        ("Chongqing’s", "chongqing"),
        ("U.A.E.", "uae"),
        ("the Netherlands", "netherlands"),
        ("Chengdu, Wuhou", "chengdu,wuhou"),
        ("九龙坡区、大渡口区", "九龙坡区;大渡口区"),
        ("西部（重庆）科学城", "西部 重庆 科学城"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
        ("Yu-Bei", "yu bei"),
        ("渝北\u200b区", "渝北区"),
        ("Che\u0301ngdu\u0301", "chengdu"),
    ],
)
def test_spellings_of_one_name_have_one_form(written, form):
    assert fold(written) == form


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "empty"),
        (float("nan"), "empty"),
        ("", "empty"),
        (" \t\n", "empty"),
        (500112, "not_text"),
        (b"Yubei", "not_text"),
        (["Yubei"], "not_text"),
        ("x" * (LONGEST + 1), "too_long"),
        ("重庆" * 500_000, "too_long"),
        ("Yubei\x00", "control"),
        ("\x1b[31mYubei", "control"),
        ("\x07", "control"),
        ("=HYPERLINK(1)", "formula"),
        ("+1", "formula"),
        ("@SUM(A1)", "formula"),
        ("<script>alert(1)</script>", "markup"),
        ('"><svg/onload=alert(1)>', "markup"),
        ("javascript:alert('x')", "markup"),
        ("${jndi:ldap://127.0.0.1/a}", "markup"),
        ("{{7*7}}", "markup"),
        ("." + "./" * 2 + "Yubei", "markup"),
        ("%E6%B8%9D%E5%8C%97", "markup"),
        ("3.14159", "no_letters"),
        ("12345", "no_letters"),
        ("500000", "no_letters"),
        ("-", "no_letters"),
    ],
)
def test_what_is_no_mention_is_refused(value, reason):
    assert read_mention(value) == Refusal(reason)


def test_plain_markup_is_taken_off():
    assert read_mention("<b>渝北区</b>").key == "渝北区"


def test_the_code_of_a_district_is_a_mention():
    assert read_mention("500112").key == "500112"


def test_words_and_runs_of_characters_are_told_apart():
    assert words_of(fold("Yubei渝北 2号")) == ["yubei", "渝北", "2", "号"]

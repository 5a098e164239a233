"""Text that others wrote stays text, whoever reads the page's source."""

import html
import string

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from ccgeo.views.encoding import encode_text

READABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\N{NO-BREAK SPACE}")
)


@given(READABLE)
def test_a_browser_reads_back_what_was_written(text):
    assert html.unescape(encode_text(text)) == text


@given(st.text())
def test_no_ascii_punctuation_is_left_but_that_of_entities(text):
    left = set(encode_text(text)) & set(string.punctuation)
    assert left <= {"&", "#", ";"}


@given(st.text())
def test_a_template_engine_finds_nothing_to_do(text):
    encoded = encode_text(text)
    assert Template(encoded, keep_trailing_newline=True).render() == encoded


@given(st.text(st.characters()))
def test_whatever_comes_can_be_written_as_utf_8(text):
    assert encode_text(text).encode().decode() == encode_text(text)


def test_control_characters_are_replaced_and_line_ends_kept():
    assert encode_text("a\x00b\x07c\x7fd\x85e\n") == "a\ufffdb\ufffdc\ufffdd\ufffde&#10;"


def test_chinese_and_letters_stay_readable_in_the_source():
    assert encode_text("重庆 Chongqing 50") == "重庆 Chongqing 50"

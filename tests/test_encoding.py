"""Text that others wrote stays text, whoever reads it next."""

import html
import re
import string
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from markdown_it import MarkdownIt

from ccgeo.encoding import encode_attribute, encode_line, encode_markdown, encode_text

READABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\N{NO-BREAK SPACE}")
)
JOINER = "\N{WORD JOINER}"
# What Streamlit looks for in text that Markdown has already read.
READ_LATER = re.compile(
    r":[\w+/-]+:|:\w+\[|https?://|www\.|[\w.+-]@\w|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    re.IGNORECASE,
)


@given(READABLE)
def test_a_browser_reads_back_what_was_written(text):
    assert html.unescape(encode_text(text)) == text
    assert html.unescape(encode_attribute(text)) == text


@given(st.text())
def test_no_ascii_punctuation_is_left_but_that_of_entities(text):
    left = set(encode_text(text)) & set(string.punctuation)
    assert left <= {"&", "#", ";"}


@given(st.text())
def test_a_template_engine_finds_nothing_to_do(text):
    for encoded in (encode_text(text), encode_attribute(text)):
        assert Template(encoded, keep_trailing_newline=True).render() == encoded


@given(st.text())
def test_an_attribute_in_quotes_holds_all_of_it_and_nothing_else(text):
    element = ET.fromstring(f'<a b="{encode_attribute(text)}" c="{encode_text(text)}"/>')  # noqa: S314
    assert set(element.attrib) == {"b", "c"}
    assert list(element) == []


@given(st.text(st.characters()))
def test_whatever_comes_can_be_written_as_utf_8(text):
    for encode in (encode_text, encode_attribute, encode_markdown):
        assert encode(text).encode().decode() == encode(text)


def test_control_characters_are_replaced_and_line_ends_kept():
    assert encode_text("a\x00b\x07c\x7fd\x85e\n") == "a\ufffdb\ufffdc\ufffdd\ufffde&#10;"


def test_chinese_and_letters_stay_readable_in_the_source():
    assert encode_text("重庆 Chongqing 50") == "重庆 Chongqing 50"


def test_an_address_stays_readable_in_an_attribute():
    address = "https://map.example.org/zones?lang=zh&zone=a%20b"
    assert encode_attribute(address) == address.replace("&", "&#38;")


def read_markdown(source):
    """Return the kinds of node and the text that a reader of Markdown sees."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    return kinds, "".join(child.content for child in inner)


PARAGRAPH = {"paragraph_open", "paragraph_close", "inline", "text"}
MARKDOWN = st.text(st.sampled_from("a1 \n\t\\`*_[](){}<>&;$~|!#@+-=.:/\"'w|^%x🏭重"), max_size=40)


@given(st.one_of(MARKDOWN, READABLE))
def test_markdown_shows_the_text_and_nothing_becomes_a_node(text):
    kinds, shown = read_markdown(encode_markdown(text))
    expected = re.sub(r"[\x00-\x1f\x7f-\x9f]", "\ufffd", " ".join(text.split()))
    assert shown.replace(JOINER, "") == expected.replace(JOINER, "")
    assert kinds <= PARAGRAPH


@given(MARKDOWN, st.sampled_from(("#### {}", "**{}**", "{} · x", ":material/check: **{}**")))
def test_encoded_text_does_not_change_the_markdown_around_it(text, frame):
    kinds, _ = read_markdown(frame.format(f"a{encode_markdown(text)}a"))
    expected, _ = read_markdown(frame.format("aa"))
    assert kinds == expected


@given(MARKDOWN)
def test_nothing_is_left_that_streamlit_reads_after_markdown(text):
    assert READ_LATER.search(html.unescape(encode_markdown(text))) is None


@pytest.mark.parametrize(
    "text",
    [":red[a]", ":material/home:", ":smile:", "https://example.org", "www.example.org",
     "a@example.org", "a -> b", "--", "a >= b <= c", "<-> x", "HTTPS://example.org"],
)  # fmt: skip
def test_what_streamlit_reads_after_markdown_is_shown_verbatim(text):
    assert READ_LATER.search(text)
    assert html.unescape(encode_markdown(text)).replace(JOINER, "") == text


@pytest.mark.parametrize(
    "text", ["CNY 412.6 bn in 231 deals, 2010–2025; 58% (known)", "2025年：成渝 + 重庆", "a: b-c/d"]
)
def test_usual_words_stay_readable_in_markdown(text):
    assert encode_markdown(text) == text


@given(st.text())
def test_a_line_for_a_terminal_is_one_line_that_controls_nothing(text):
    line = encode_line(text)
    assert len(line) == len(text)
    assert {unicodedata.category(each)[0] for each in line if each != " "}.isdisjoint("CZ")


def test_a_terminal_is_told_what_can_be_read():
    assert encode_line("a\x1b[2Jb\r\n\tc\u202e重庆") == "a [2Jb   c 重庆"
    assert encode_line(7) == "7"

"""Text is read in the encoding it was written in, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.io.decoding import decode_text, is_mojibake
from ccgeo.io.faults import RefusedFileError
from ccgeo.places.gazetteer import read_units

TABLE = "项目名称,金额,区县\r\n长安汽车新能源基地,1.5亿元,渝北区\r\n"
TRADITIONAL = "專案名稱,金額,區縣\r\n長安汽車新能源基地,億元,渝北區\r\n"
ENCODINGS = [
    ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\x00\x00"), ("gb18030", b""),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
def test_a_table_is_read_in_its_encoding(encoding, mark):
    assert decode_text(mark + TABLE.encode(encoding)) == (TABLE, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding):
    text = "title,amount\r\nplant,5\r\n"

    assert decode_text(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("text", [TRADITIONAL, "重慶市渝中區\n", "編號,名稱\n1,甲\n"])
def test_big5_is_named_and_never_read_as_something_else(text):
    with pytest.raises(RefusedFileError, match="Big5"):
        decode_text(text.encode("big5"))


@pytest.mark.parametrize("name", read_units()["name_zh"][::12])
def test_every_name_of_the_gazetteer_is_read_in_gb18030(name):
    assert decode_text(f"地区\r\n{name}\r\n".encode("gb18030"))[0].splitlines()[1] == name


@pytest.mark.parametrize(
    "content", [b"\xff\xff\x80\x81", b"\xe9t\xe9 caf\xe9 na\xefve", b"\xff\xfea"]
)
def test_what_is_in_no_known_encoding_is_refused(content):
    with pytest.raises(RefusedFileError):
        decode_text(content)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=60))
def test_utf_8_always_comes_back(text):
    assert decode_text(text.encode())[0] == text


@given(st.binary(max_size=80))
def test_any_bytes_give_text_or_a_refusal(content):
    try:
        text, _ = decode_text(content)
    except RefusedFileError:
        return
    assert isinstance(text, str)


@pytest.mark.parametrize("text", ["重庆长安汽车", "绵阳", "新能源"])
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_text_that_was_misread_is_noticed(text, wrong):
    assert is_mojibake(text.encode().decode(wrong, "replace"))


def test_names_of_the_gazetteer_are_never_taken_for_misread():
    units = read_units()
    names = [*units["name_zh"], *units["name_zh_hant"], *units["name_en"], *units["pinyin_tone"]]

    assert [name for name in names if is_mojibake(name)] == []
    assert not is_mojibake("Škoda – Citroën, naïve café “é”")

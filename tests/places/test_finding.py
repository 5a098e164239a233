"""Names are found from left to right, the longest at each place, and only where they are names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.places.aliases import read_index
from ccgeo.places.finding import existing, find_names
from ccgeo.places.normalise import fold


def names_in(text):
    return [hit.name for hit in find_names(fold(text), "2025")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("重庆市渝北区茨竹镇", ["重庆市", "渝北区", "茨竹镇"]),
        ("Jiang Yang Qu, Lu Zhou Shi", ["jiangyangqu", "luzhoushi"]),
        ("位于洪雅县", ["洪雅县"]),
        ("武胜县街子镇", ["武胜县", "街子镇"]),
        ("渝北大道", []),
        ("Yubei Road", []),
        ("UK and Germany", ["uk", "germany"]),
        ("exports to the US", ["us"]),
        ("join us", []),
        ("a Singapore company in Yubei", ["yubei"]),
        ("Singapore company", ["singapore"]),
        ("China-Europe freight trains", ["china"]),
        ("两江交汇处", []),
        ("四川南部县", ["四川", "南部县"]),
        ("Chengdu, Chongqing", ["chengdu", "chongqing"]),
        ("欧洲产业城", []),
        ("日本企业", ["日本"]),
        ("an Zhou", []),
    ],
)
def test_a_name_is_found_where_it_is_one(text, names):
    assert names_in(text) == names


@given(st.text(max_size=60))
def test_a_name_found_stands_in_the_text(text):
    folded = fold(text)
    squeezed = "".join(character for character in folded if character not in " ,;")
    for hit in find_names(folded, "2025"):
        assert hit.name in squeezed


def test_parts_and_members_of_a_list_are_counted():
    hits = find_names("yubei,chongqing;chengdu", "2025")
    assert [(hit.part, hit.alone, hit.listed) for hit in hits] == [
        (0, True, False),
        (1, True, False),
        (2, True, True),
    ]


def test_a_place_that_is_not_yet_or_no_longer_is_left_out():
    names = read_index().entries["liangjiangnewarea"]
    assert [entry.target for entry in existing(names, "2025")] == ["cq-liangjiang-na"]
    assert [entry.target for entry in existing(names, "2026")] == ["500157"]

"""Every sentence stands in both languages, and every one in use is in the table."""

import re
from pathlib import Path
from string import Formatter

import pytest

from ccgeo.ui.words import WORDS, say

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[一-鿿]")
USED = re.compile(r"""\bsay\(\s*["']([a-z0-9_]+)["']""")


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_a_sentence_has_both_languages_and_the_same_gaps(key):
    english, chinese = WORDS[key]
    assert english.strip()
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    assert fields_of(english) == fields_of(chinese)


@pytest.mark.parametrize("key", WORDS)
def test_chinese_has_no_halfwidth_commas(key):
    assert not re.search(r"[一-鿿][,;?]", WORDS[key][1])


def test_every_sentence_in_use_is_in_the_table():
    scripts = [*ROOT.glob("src/ccgeo/ui/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
    used = {key for path in scripts for key in USED.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 20
    assert used <= set(WORDS)


def test_english_is_spoken_until_asked_otherwise():
    assert say("map") == "Map"


def test_an_unknown_key_is_refused():
    with pytest.raises(KeyError):
        say("no such sentence")

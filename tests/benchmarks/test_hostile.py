"""The texts of a folder are found, whatever file they are in."""

from __future__ import annotations

import json

from benchmarks.hostile import collected


def test_every_text_of_a_folder_is_found_once(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.json").write_text(json.dumps([{"text": "{{7*7}}"}, "<b>", 3, ["<b>", "\0"]]))
    (tmp_path / "deep" / "b.txt").write_text("one\n\n=1+1\n", encoding="utf-8")
    (tmp_path / "deep" / "c.json").write_text("[1, half", encoding="utf-8")
    (tmp_path / "notes.md").write_text("left alone", encoding="utf-8")

    assert collected(tmp_path) == ["{{7*7}}", "<b>", "one", "=1+1", "[1, half"]

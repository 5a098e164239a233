"""A long file is cut into the same pieces every time, and every row is in one of them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pandas as pd
import pytest
from benchmarks.scale.register import synthetic_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.errors import CcgeoError
from ccgeo.io import pieces
from ccgeo.io.pieces import Lines, Span, cut_piece, pieces_of, spans_of


def cut_into(path):
    """Return the pieces of a file, read."""
    return [each.read() if isinstance(each, Lines) else each for each in pieces_of(path)]


@pytest.fixture
def rows():
    return next(synthetic_rows(95))


def written(path, rows):
    if path.suffix == ".parquet":
        rows.to_parquet(path)
    elif path.suffix in {".jsonl", ".ndjson"}:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows.to_dict("records"))
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    else:
        rows.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet", "jsonl", "ndjson"])
def test_the_pieces_together_are_the_file(tmp_path, rows, ending, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_ROWS", 20)
    monkeypatch.setattr(pieces, "_BLOCK", 4096)
    path = written(tmp_path / f"s.{ending}", rows)

    cut = cut_into(path)
    again = cut_into(path)

    whole = pd.concat([piece.table.to_pandas() for piece in cut], ignore_index=True)
    assert whole.astype(object).equals(rows.astype(object))
    assert len(cut) > 1
    assert [each.numbers.tolist() for each in cut] == [each.numbers.tolist() for each in again]
    assert [piece.number for piece in cut] == list(range(len(cut)))
    size = path.stat().st_size
    assert size - len(cut) <= sum(piece.size for piece in cut) <= size


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path, rows, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_ROWS", 40)
    path = written(tmp_path / "s.parquet", rows)

    numbers = [piece.numbers.tolist() for piece in cut_into(path)]

    assert [row for each in numbers for row in each] == list(range(2, 97))


def test_rows_keep_their_numbers_beside_broken_ones_in_any_block(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "_BLOCK", 60)
    path = tmp_path / "s.csv"
    lines = [f"{n},1" if n % 7 else f"{n},1,1" for n in range(2, 200)]
    path.write_text("\n".join(["title,amount", *lines]), encoding="utf-8")

    cut = cut_into(path)

    for piece in cut:
        assert piece.table.column("title").to_pylist() == list(map(str, piece.numbers.tolist()))
        assert all(text == f"{row},1,1" for row, text in piece.broken)
    assert sum(len(piece.numbers) + len(piece.broken) for piece in cut) == len(lines)


def test_a_line_that_is_no_row_is_kept_apart_with_its_number(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("title,amount\na,1\nb,2,3\nc,4\n", encoding="utf-8")

    cut = cut_into(path)

    assert cut[0].table.column("title").to_pylist() == ["a", "c"]
    assert [text for _, text in cut[0].broken] == ["b,2,3"]


def test_json_that_is_no_object_is_kept_apart(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text('{"title": "a", "partner": ["SG", "US"]}\n[1]\n{"title"\n', encoding="utf-8")

    (piece,) = cut_into(path)

    assert piece.table.to_pylist() == [{"title": "a", "partner": "SG;US"}]
    assert [row for row, _ in piece.broken] == [3, 4]


LINES = st.lists(
    st.sampled_from(
        r"""
        {"title": "a"}
        {"title": "a", "amount": "1"}
        {"title": "\u00e9"}
        {}
        [1]
        {"title": 1}
        {"amount":
        {"b": 1}}
        {"title": "x"} {"title": "y"}
        {"title": null}
        {"title": ["a", "b"]}
        {"title": "a", "title": "b"}
        {"title": "a",}
        {"other": "z"}
        {"title": "\ud800"}
        {"title": NaN}
        {"title": 1.10, "amount": 1e3}
        {"title": 12345678901234567890, "amount": true}
        {"title": "a"},{"title": "b"}
        {"title": [1
        {"b": 2}]},{"title": 3}
        2]}
        "x"}
        {"title":
        {"title": {"amount": "5"}}
        """.splitlines()
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200)
@given(LINES)
def test_lines_read_all_at_once_say_what_they_say_one_by_one(lines):
    given_lines = Lines(0, 2, ("title", "amount"), "\n".join(lines).encode())

    read = given_lines.read()
    with patch.object(Lines, "_plain", return_value=None):
        flat = given_lines.read()
        with patch.object(Lines, "_flat", return_value=None):
            one_by_one = given_lines.read()

    assert flat.table.to_pylist() == one_by_one.table.to_pylist()
    assert flat.numbers.tolist() == one_by_one.numbers.tolist()
    assert flat.broken == one_by_one.broken

    assert read.table.to_pylist() == one_by_one.table.to_pylist()
    assert read.numbers.tolist() == one_by_one.numbers.tolist()
    assert read.broken == one_by_one.broken


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from('a{"\u5de5 '), max_size=6), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.booleans(),
    st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(1, 30)),
)
def test_blocks_of_lines_together_are_the_lines_of_the_file(
    lines, ending, is_ended, is_marked, sizes
):
    text = ending.join(lines) + ending * (is_ended and bool(lines))
    with TemporaryDirectory() as name:
        path = Path(name) / "s.jsonl"
        path.write_bytes(text.encode("utf-8-sig" if is_marked else "utf-8"))
        with (
            patch.object(pieces, "PIECE_ROWS", sizes[0]),
            patch.object(pieces, "_STEP", sizes[1]),
            patch.object(pieces, "_LINES_BLOCK", sizes[2]),
        ):
            cut = list(pieces_of(path))
        with path.open(encoding="utf-8-sig") as file:
            expected = [line.removesuffix("\n") for line in file]

    found = [line.decode() for each in cut for line in each.block.removesuffix(b"\n").split(b"\n")]
    assert found == expected
    assert [each.first_row for each in cut] == [
        2 + sum(each.block.count(b"\n") for each in cut[:number]) for number in range(len(cut))
    ]


@pytest.mark.parametrize("block", [b'{"title": "\xff"}', b'{"title": "a"}\n\xe5\xb7'])
def test_what_is_no_utf_8_in_json_lines_is_told(tmp_path, block):
    (tmp_path / "s.jsonl").write_bytes(block)

    with pytest.raises(CcgeoError, match="cannot be read"):
        list(pieces_of(tmp_path / "s.jsonl"))


def test_half_a_character_in_json_is_kept_apart(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text('{"title": "\\ud800"}\n{"title": "\\ud83d\\ude00"}\n', encoding="utf-8")

    (piece,) = cut_into(path)

    assert piece.table.to_pylist() == [{"title": "\U0001f600"}]
    assert piece.broken == ((2, '{"title": "\\ud800"}'),)


def test_numbers_of_parquet_are_read_as_they_would_be_written(tmp_path):
    path = tmp_path / "s.parquet"
    pd.DataFrame({"title": ["a", None], "projects": [3, 4]}).to_parquet(path)

    (piece,) = cut_into(path)

    cells = [column.spread().tolist() for column in cut_piece(piece, "s").cells]
    assert cells == [["a", ""], ["3", "4"]]


@settings(max_examples=25, deadline=None)
@given(rows=st.integers(0, 60), groups=st.integers(1, 70), most=st.integers(1, 40))
def test_spans_of_parquet_are_the_pieces_that_reading_all_of_it_gives(rows, groups, most):
    with TemporaryDirectory() as folder, patch.object(pieces, "PIECE_ROWS", most):
        path = Path(folder) / "s.parquet"
        pd.DataFrame({"title": [f"t{row}" for row in range(rows)]}).to_parquet(
            path, row_group_size=groups
        )
        whole, spans = cut_into(path), list(spans_of(path))

        assert all(isinstance(each, Span) for each in spans)
        read = [each.read() for each in spans]
    assert [each.number for each in read] == [each.number for each in whole]
    assert [each.table for each in read] == [each.table for each in whole]
    assert [each.numbers.tolist() for each in read] == [each.numbers.tolist() for each in whole]


def test_a_file_of_another_kind_is_told(tmp_path):
    with pytest.raises(CcgeoError, match="not read; bring"):
        next(pieces_of(tmp_path / "a.docx"))

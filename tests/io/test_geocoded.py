"""A column of a file is placed piece by piece; what is not settled goes into a second file."""

import csv

import pytest

from ccgeo.encoding import guard_cell, unguard_cell
from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.io import geocoded
from ccgeo.io.files import OutputError
from ccgeo.io.geocoded import geocode_file, review_of

ROWS = [("渝北区", "a"), ("市中区", "b"), ("Wuhan", "c"), ("", 'd "quoted", e'), ("Chengdu", "=f")]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["where", "note"])
        writer.writerows(ROWS)
    return path


def test_every_row_comes_back_with_its_place(source, tmp_path):
    counts = geocode_file(source, "where", tmp_path / "out.csv")
    placed = rows_of(tmp_path / "out.csv")
    assert [(row["where"], unguard_cell(row["note"])) for row in placed] == ROWS
    assert [row["place_level"] for row in placed] == [
        "district", "district", "outside", "none", "prefecture"
    ]  # fmt: skip
    assert counts == (5, 2, 1, 2)


def test_no_cell_of_a_users_own_runs_and_every_one_comes_back(tmp_path):
    cells = ["=1+1", "@a", "'=1+1", "'a", "-5", "+x", " =1", "\t=1", "", "渝中区"]
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([["where", "=note"], *zip(cells, cells, strict=True)])
    geocode_file(source, "where", output)

    back = rows_of(output)
    assert [unguard_cell(row["'=note"]) for row in back] == list(map(unguard_cell, cells))
    assert all(row["where"] == guard_cell(unguard_cell(row["where"])) for row in back)
    told = {row["where"] for row in rows_of(review_of(output))}
    assert "'=1+1" in told
    assert "=1+1" not in told


def test_a_place_chosen_by_hand_settles_every_row_that_names_it(source, tmp_path):
    chosen = {"市中区": "511102", "渝北区": "500103"}
    counts = geocode_file(source, "where", tmp_path / "out.csv", decisions=chosen)
    placed = rows_of(tmp_path / "out.csv")

    assert [row["place_places"] for row in placed][:2] == ["500112", "511102"]
    assert (placed[1]["place_kind"], placed[1]["place_settled"]) == ("chosen by hand", "True")
    assert counts == (5, 3, 0, 2)
    assert "市中区" not in {row["where"] for row in rows_of(tmp_path / "out.review.csv")}


def test_what_a_person_has_to_look_at_is_set_apart_with_its_row(source, tmp_path):
    geocode_file(source, "where", tmp_path / "out.csv")
    review = rows_of(tmp_path / "out.review.csv")
    assert [(row["row"], row["where"]) for row in review] == [
        ("3", "市中区"), ("4", "Wuhan"), ("5", "")
    ]  # fmt: skip
    assert review[0]["place_candidates"].startswith("511002;511102")


def test_pieces_come_out_as_the_whole_does(source, tmp_path, monkeypatch):
    geocode_file(source, "where", tmp_path / "whole.csv")
    monkeypatch.setattr(geocoded, "PIECE_ROWS", 2)
    geocode_file(source, "where", tmp_path / "pieces.csv")
    for name in ("{}.csv", "{}.review.csv"):
        whole, pieces = (tmp_path / name.format(stem) for stem in ("whole", "pieces"))
        assert whole.read_bytes() == pieces.read_bytes()


def test_a_table_that_has_been_placed_before_is_told(source, tmp_path):
    geocode_file(source, "where", tmp_path / "out.csv")
    with pytest.raises(CcgeoError, match="'place_level' already"):
        geocode_file(tmp_path / "out.csv", "where", tmp_path / "again.csv")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("again", "."))]


def test_a_column_that_is_not_there_is_named(source, tmp_path):
    with pytest.raises(UnknownChoiceError, match="where"):
        geocode_file(source, "place", tmp_path / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_an_existing_file_is_kept_unless_told_otherwise(source, tmp_path):
    review_of(tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        geocode_file(source, "where", tmp_path / "out.csv")
    geocode_file(source, "where", tmp_path / "out.csv", force=True)
    assert len(rows_of(tmp_path / "out.csv")) == 5


def test_a_folder_that_is_not_there_is_told(source, tmp_path):
    with pytest.raises(OutputError):
        geocode_file(source, "where", tmp_path / "none" / "out.csv")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00where", b'a,b\n"1,2\n'])
def test_what_is_no_csv_is_told(tmp_path, content):
    source = tmp_path / "in.csv"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(CcgeoError):
        geocode_file(source, "where", tmp_path / "out.csv")

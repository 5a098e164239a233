"""A file is written whole or not at all, and nothing is replaced unasked."""

from __future__ import annotations

import os

import pytest

from ccgeo.errors import CcgeoError
from ccgeo.io.files import OutputError, whole_file, write_file


def test_bytes_are_written_as_they_are(tmp_path):
    path = tmp_path / "图层.geojson"

    write_file(path, b"\x00\xff")

    assert path.read_bytes() == b"\x00\xff"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 - hidden leftovers count


def test_an_existing_file_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_bytes(b"old")

    with pytest.raises(OutputError, match="exists"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"


def test_an_existing_file_is_replaced_when_asked(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_bytes(b"old")

    write_file(path, b"new", force=True)

    assert path.read_bytes() == b"new"


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "layer.geojson", b"")


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        write_file(tmp_path, b"", force=True)


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "layer.geojson"
    path.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_file(path, b"new", force=True)

    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_given_up_meanwhile_leaves_the_old_one_and_no_rest(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_bytes(b"old")

    def give_up():
        with whole_file(path, force=True) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    with pytest.raises(OutputError, match="exists"), whole_file(path):
        pass

    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_others_may_read_the_file_as_they_may_any_new_file(tmp_path):
    write_file(tmp_path / "ours", b"")
    (tmp_path / "plain").touch()

    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_the_error_is_one_of_ours_and_one_of_the_system():
    assert issubclass(OutputError, CcgeoError)
    assert issubclass(OutputError, OSError)


def test_what_a_killed_writer_left_is_swept_by_the_next_one_and_nothing_else(tmp_path):
    names = (".ccgeo-a1b2c3d4", ".ccgeo-k_9zzzzz", ".ccgeo-notes.txt", ".ccgeo-a_folder")
    old, young, named, folder = (tmp_path / name for name in names)
    folder.mkdir()
    for path in (old, young, named):
        path.write_bytes(b"half")
    for path in (old, named, folder):
        os.utime(path, (0, 0))

    write_file(tmp_path / "layer.geojson", b"new")

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [young.name, named.name, "layer.geojson"]
    )

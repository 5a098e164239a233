from __future__ import annotations

import re

import pytest

from ccgeo import shipped
from ccgeo.errors import CcgeoError, DataFileError


@pytest.fixture
def other_data(tmp_path, monkeypatch):
    """A data folder of two small files in place of the shipped one."""
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals" / "records.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "deals" / "README.md").write_text("words", encoding="utf-8")
    monkeypatch.setattr(shipped, "data_folder", lambda: tmp_path)
    shipped.data_version.cache_clear()
    yield tmp_path
    shipped.data_version.cache_clear()


def test_the_data_lies_where_the_folders_are():
    assert {"deals", "geo"} <= {path.name for path in shipped.data_folder().iterdir()}


def test_a_file_is_found_by_its_name(other_data):
    assert shipped.data_file("deals/records.csv") == other_data / "deals" / "records.csv"


@pytest.mark.usefixtures("other_data")
@pytest.mark.parametrize("name", ["deals/no.csv", "deals", "elsewhere/records.csv"])
def test_a_missing_file_is_named(name):
    with pytest.raises(DataFileError, match=re.escape(repr(name))):
        shipped.data_file(name)


def test_a_missing_folder_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "a" / "b" / "ccgeo")
    with pytest.raises(DataFileError, match="reinstall"):
        shipped.data_folder.__wrapped__()


def test_a_wheel_reads_the_data_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "ccgeo"
    (package / "data" / "deals").mkdir(parents=True)
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    assert shipped.data_folder.__wrapped__() == package / "data"


def test_a_data_error_is_an_os_error_too():
    assert issubclass(DataFileError, CcgeoError)
    assert issubclass(DataFileError, OSError)


@pytest.mark.usefixtures("other_data")
def test_the_version_is_the_same_for_the_same_content():
    first = shipped.data_version()
    shipped.data_version.cache_clear()
    assert shipped.data_version() == first
    assert re.fullmatch(r"[0-9a-f]{12}", first)


@pytest.mark.parametrize(
    ("name", "content"), [("records.csv", "id\n2\n"), ("rates.csv", "year\n"), ("x.geojson", "{}")]
)
def test_the_version_changes_with_any_table(other_data, name, content):
    before = shipped.data_version()
    (other_data / "deals" / name).write_text(content, encoding="utf-8")
    shipped.data_version.cache_clear()
    assert shipped.data_version() != before


def test_the_version_does_not_depend_on_words_about_the_data(other_data):
    before = shipped.data_version()
    (other_data / "deals" / "README.md").write_text("other words", encoding="utf-8")
    shipped.data_version.cache_clear()
    assert shipped.data_version() == before

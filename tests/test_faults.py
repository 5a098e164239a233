"""What a machine can do to a program: one sentence, and what was there before is still there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ccgeo.errors import DataFileError
from ccgeo.io.formats import export_bytes
from ccgeo.layers.credits import citation, is_before_the_data
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.shipped import reading

ROOT = Path(__file__).resolve().parents[1]
PATCH = """\
from pathlib import Path

from ccgeo import shipped

shipped.data_folder = lambda: Path(__file__).parent / "data"
"""
# Every clock that a program reads stands at one time, whatever it was.
CLOCK = """\
import os, time

at = float(os.environ["CCGEO_TEST_CLOCK"])
local, utc = time.localtime, time.gmtime
time.time, time.time_ns = lambda: at, lambda: int(at * 1e9)
time.localtime = lambda second=None: local(at if second is None else second)
time.gmtime = lambda second=None: utc(at if second is None else second)
"""
# The disk is full after some bytes, as the kernel sees it; Python turns the signal into an error.
FULL = """\
import resource, sys
from pathlib import Path
from ccgeo.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
sys.argv = ["ccgeo", *sys.argv[1:]]
main()
"""
# Whoever may do anything may write anywhere: the writer becomes somebody else, once it has read.
SOMEBODY = """\
import os, sys
from ccgeo.cli import main
from ccgeo.io.formats import export_bytes
from ccgeo.query.selection import DEFAULT_SELECTION, View

export_bytes(DEFAULT_SELECTION, View(), "csv")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.argv = ["ccgeo", *sys.argv[1:]]
main()
"""


def ccgeo(*words, path=None, code=None):
    started = [sys.executable, *(("-c", code) if code else ("-m", "ccgeo")), *words]
    more = {"PYTHONPATH": str(path)} if path else {}
    return subprocess.run(
        started, capture_output=True, text=True, env={**os.environ, **more}, check=False
    )


def is_one_sentence(result):
    said = result.stderr.strip()
    return bool(said) and "Traceback" not in said and len(said.splitlines()) == 1


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "sitecustomize.py").write_text(PATCH, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals/records.csv", b"\xff\xfe\x00\x01"),
        ("deals/records.csv", None),
        ("geo/units.csv", b"a,b\n\x80\x81\n"),
        ("geo/district_2025.geojson", b'{"type": "FeatureCollection", "features": [{'),
    ],
)
def test_a_missing_or_damaged_data_file_is_named_in_one_sentence(copied, name, content):
    path = copied / "data" / name
    before = path.read_bytes()
    try:
        path.unlink() if content is None else path.write_bytes(content)
        result = ccgeo("summary", path=copied)
    finally:
        path.write_bytes(before)
    assert result.returncode != 0
    assert is_one_sentence(result), result.stderr
    assert Path(name).name in result.stderr


def test_a_damaged_file_is_an_error_of_its_own():
    with pytest.raises(DataFileError, match="damaged"), reading("deals/sectors.csv") as path:
        int(path.name)


@pytest.mark.parametrize("form", ["geojson", "xlsx", "gpkg"])
def test_a_full_disk_leaves_the_old_file_and_one_sentence(tmp_path, form):
    path = tmp_path / f"layer.{form}"
    path.write_bytes(b"old")
    result = ccgeo("export", "--layer", "choropleth", "-o", str(path), "--force", code=FULL)
    assert result.returncode != 0
    assert is_one_sentence(result), result.stderr
    assert "cannot be written" in result.stderr
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_no_half_of_a_placed_table(tmp_path):
    source, path = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("where\n" + "渝北区\n" * 500, encoding="utf-8")
    path.write_bytes(b"old")
    words = ("geocode", str(source), "--column", "where", "-o", str(path), "--force")
    result = ccgeo(*words, code=FULL)
    assert result.returncode != 0
    assert is_one_sentence(result), result.stderr
    assert path.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == [source, path]


@pytest.fixture
def read_only():
    """Give a folder that everybody may look into and nobody may write, with a file in it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "layer.geojson").write_bytes(b"old")
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_told(read_only):
    path = read_only / "layer.geojson"
    result = ccgeo("export", "-o", str(path), "--force", code=SOMEBODY)
    assert result.returncode != 0
    assert is_one_sentence(result), result.stderr
    assert "Permission denied" in result.stderr
    assert str(path) in result.stderr
    assert path.read_bytes() == b"old"
    assert list(read_only.iterdir()) == [path]


@pytest.mark.parametrize("form", ["xlsx", "gpkg"])
def test_a_wrong_clock_changes_no_file(tmp_path, monkeypatch, form):
    (tmp_path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    contents = set()
    for second in ("0", "4102444800"):
        monkeypatch.setenv("CCGEO_TEST_CLOCK", second)
        path = tmp_path / f"{second}.{form}"
        result = ccgeo("export", "--level", "province", "-o", str(path), path=tmp_path)
        assert result.returncode == 0, result.stderr
        contents.add(path.read_bytes())
    assert contents == {export_bytes(DEFAULT_SELECTION, View(level="province"), form)}


def test_a_clock_before_the_data_is_told_and_gives_no_day():
    assert is_before_the_data(date(1970, 1, 1))
    assert not is_before_the_data(datetime.now(tz=UTC).date())
    told = {citation("CNY 1 bn.", "/", None, "en"), citation("CNY 1 bn.", "/", None, "zh")}
    assert not any("1970" in each or "read on" in each or "查阅" in each for each in told)

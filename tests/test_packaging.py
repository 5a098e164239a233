"""What is pinned, built and configured is what people get."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)(?: \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(found.groups() for line in lines if (found := PIN.match(line)))


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def closure(roots: list[str], system: dict[str, str] | None = None) -> set[str]:
    """Return every distribution that the roots need here or elsewhere, themselves included."""
    wanted, todo = set(), [Requirement(root) for root in roots]
    while todo:
        need = todo.pop()
        name = canonicalize_name(need.name)
        if name in wanted or not (need.marker is None or need.marker.evaluate(system)):
            continue
        wanted.add(name)
        with suppress(PackageNotFoundError):  # of another system, so not installed on this
            further = [Requirement(text) for text in requires(name) or []]
            todo += [each for each in further if "extra" not in str(each.marker)]
    return wanted


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_pins_one_version(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    others = [line for line in lines if not PIN.match(line) and not line.startswith("#")]
    assert others in (["-e ."], ["-r requirements.txt"])


def test_what_the_explorer_needs_is_pinned_to_the_last_package():
    assert closure(project()["project"]["dependencies"]) - set(pins("requirements.txt")) == set()


def test_nothing_is_pinned_that_the_explorer_does_not_need():
    assert set(pins("requirements.txt")) - closure(project()["project"]["dependencies"]) == set()


def test_every_pin_of_the_explorer_has_hashes_of_its_archives():
    lines = (ROOT / "requirements-hashes.txt").read_text(encoding="utf-8").splitlines()
    heads = [line for line in lines if PIN.match(line)]
    hashes = [line for line in lines if HASH.match(line)]
    assert len(heads) + len(hashes) == len([line for line in lines if not line.startswith("#")])
    assert all(line.endswith(" \\") for line in heads), "a pin without a hash"
    assert len(set(hashes)) > 10 * len(heads)


def test_hashes_and_pins_are_of_one_making():
    wanted = pins("requirements.txt") | pins("requirements-install.txt")
    assert pins("requirements-hashes.txt") == wanted, "run `make pins`"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_hashed_is_all_that_is_needed_on_every_system(system, python):
    there = SYSTEMS[system] | {"python_version": python, "python_full_version": f"{python}.0"}
    roots = [*project()["project"]["dependencies"], *project()["build-system"]["requires"]]
    assert closure(roots, there) - set(pins("requirements-hashes.txt")) == set()


def test_what_is_installed_is_what_is_pinned():
    wanted = pins("requirements.txt") | pins("requirements-dev.txt")
    assert {name: version(name) for name in wanted} == wanted


def test_the_explorer_does_not_need_what_builds_its_data():
    assert "frykit" not in closure(project()["project"]["dependencies"])


def test_an_unpinned_package_is_noticed():
    assert "numpy" in closure(["pandas"]) - {"pandas"}
    assert PIN.match("pandas>=2") is None


def test_the_test_command_of_the_house_is_make_test():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


def test_the_server_listens_to_this_machine_and_tells_nobody():
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    config = tomllib.loads(text)
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["headless"] is True
    assert config["server"]["enableXsrfProtection"] is True
    assert config["server"]["maxUploadSize"] == 20
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert "http" not in text.replace("http://", "http").partition("[theme]")[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as an installer would and return its path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


def shipped_files() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "data").rglob("*")
        if path.suffix in {".csv", ".geojson", ".json"}
    }


def test_the_wheel_carries_the_data_and_the_pages(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"ccgeo/{name}" for name in shipped_files()} <= names
    assert {"ccgeo/explorer/app.py", "ccgeo/explorer/.streamlit/config.toml"} <= names
    assert {f"ccgeo/explorer/pages/{path.name}" for path in (ROOT / "pages").glob("*.py")} <= names


def test_the_wheel_carries_the_map_component(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src" / "ccgeo"
    assets = [path for path in source.rglob("*") if path.suffix in {".js", ".css"}]
    assert assets
    assert {f"ccgeo/{path.relative_to(source).as_posix()}" for path in assets} <= names


def test_the_wheel_carries_no_tests_and_no_scripts(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ccgeo"}


def test_an_installed_wheel_reads_its_own(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "from ccgeo.shipped import data_folder, data_version; print(data_folder()); data_version()"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.stdout.strip() == str(tmp_path / "site" / "ccgeo" / "data"), asked.stderr

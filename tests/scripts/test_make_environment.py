from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_environment.py"


@pytest.fixture
def maker():
    spec = importlib.util.spec_from_file_location("make_environment", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_environment_is_made_and_kept(tmp_path):
    nothing = tmp_path / "none.txt"
    nothing.touch()
    command = [sys.executable, SCRIPT, tmp_path / "env", nothing]
    for _ in range(2):
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        (tmp_path / "env" / "kept").touch()
    assert (tmp_path / "env" / "bin" / "python").exists()
    assert (tmp_path / "env" / "kept").exists()


def test_a_broken_environment_is_made_again(maker, tmp_path, monkeypatch):
    (tmp_path / "env" / "bin").mkdir(parents=True)
    (tmp_path / "env" / "bin" / "python").write_text("", encoding="utf-8")
    made = []
    monkeypatch.setattr(maker, "make_folder", lambda _, folder: made.append(folder))
    monkeypatch.setattr(maker, "pip_from_outside", lambda _: ["true"])
    maker.main(str(tmp_path / "env"), "none.txt")
    assert made == [str(tmp_path / "env")]


def test_an_old_python_looks_for_a_newer_one(maker, monkeypatch):
    monkeypatch.setattr(maker, "OLDEST", (99, 0))
    monkeypatch.setattr(maker, "NAMES", (Path(sys.executable).name,))
    monkeypatch.setattr(maker, "runs", lambda *_: True)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert Path(maker.find_python()).samefile(sys.executable)


def test_without_any_new_python_one_sentence_says_so(maker, monkeypatch, tmp_path):
    monkeypatch.setattr(maker, "OLDEST", (99, 0))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"ccgeo needs Python 3\.11 or newer"):
        maker.find_python()


def test_a_python_without_ensurepip_gets_a_folder_without_pip(maker, monkeypatch, tmp_path):
    commands = []
    monkeypatch.setattr(maker, "runs", lambda *_: False)
    monkeypatch.setattr(maker.subprocess, "call", lambda command: commands.append(command) or 0)
    maker.make_folder("python3", str(tmp_path / "env"))
    assert commands == [["python3", "-m", "venv", "--without-pip", str(tmp_path / "env")]]


def test_the_machines_own_pip_fills_such_a_folder(maker):
    assert maker.pip_from_outside("env/bin/python")[1:] == [
        "-m",
        "pip",
        "--python",
        "env/bin/python",
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda maker: maker.pip_from_outside("x"), "has no pip"),
        (lambda maker: maker.make_folder("python3", "x"), "venv module"),
    ],
)
def test_what_is_missing_is_named(maker, monkeypatch, step, sentence):
    monkeypatch.setattr(maker, "find_python", lambda: "python3")
    monkeypatch.setattr(maker, "runs", lambda *_: False)
    monkeypatch.setattr(maker.subprocess, "call", lambda _: 1)
    with pytest.raises(SystemExit, match=sentence):
        step(maker)


def test_a_failing_install_is_a_failure(maker, monkeypatch):
    monkeypatch.setattr(maker, "runs", lambda *_: True)
    monkeypatch.setattr(maker.subprocess, "call", lambda _: 1)
    with pytest.raises(SystemExit, match="could not install"):
        maker.main("env", "none.txt")


def test_a_file_of_hashes_is_checked_and_the_checkout_comes_after_it(maker, monkeypatch):
    commands = []
    monkeypatch.setattr(maker, "runs", lambda *_: True)
    monkeypatch.setattr(maker.subprocess, "call", lambda command: commands.append(command) or 0)
    maker.main("env", "requirements-hashes.txt")
    first, second = commands
    assert first[-4:] == ["--require-hashes", "--no-deps", "-r", "requirements-hashes.txt"]
    assert {"--no-deps", "--no-build-isolation"} < set(second)
    assert second[-2:] == ["--editable", "."]


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "find_browser.py"


@pytest.fixture
def finder(monkeypatch, tmp_path):
    """The script as a module, on a machine without any browser."""
    spec = importlib.util.spec_from_file_location("find_browser", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.delenv(module.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module, "MAC", str(tmp_path / "none"))
    monkeypatch.setattr(module, "playwright_path", lambda: str(tmp_path / "playwright"))
    monkeypatch.setattr(module, "INSTALLERS", ())
    return module


def program(path: Path, ending: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\nexit {ending}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_browser_on_the_path_is_found(finder, tmp_path, capsys):
    path = program(tmp_path / "google-chrome")
    assert finder.main([]) == 0
    assert capsys.readouterr().out.strip() == str(path)


def test_a_browser_that_does_not_start_is_passed_over(finder, tmp_path, capsys):
    program(tmp_path / "chromium", ending=1)
    path = program(tmp_path / "google-chrome")
    assert finder.main([]) == 0
    assert capsys.readouterr().out.strip() == str(path)


def test_the_users_own_choice_comes_first(finder, tmp_path, monkeypatch, capsys):
    program(tmp_path / "chromium")
    monkeypatch.setenv(finder.VARIABLE, str(program(tmp_path / "mine")))
    assert finder.main([]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "mine")


def test_a_wrong_choice_of_the_user_is_an_error_and_no_other_is_taken(
    finder, tmp_path, monkeypatch, capsys
):
    program(tmp_path / "chromium")
    monkeypatch.setenv(finder.VARIABLE, str(tmp_path / "missing"))
    assert finder.main(["--install"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "CCGEO_CHROMIUM" in captured.err


def test_no_browser_is_one_sentence_and_a_failure(finder, capsys):
    assert finder.main([]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "make test" in captured.err


def test_installers_are_asked_in_turn_until_one_helps(finder, tmp_path, monkeypatch, capsys):
    asked = []
    installers = (
        lambda: asked.append("playwright"),
        lambda: asked.append("system") or program(tmp_path / "chromium"),
        lambda: asked.append("never"),
    )
    monkeypatch.setattr(finder, "INSTALLERS", installers)
    assert finder.main(["--install"]) == 0
    assert asked == ["playwright", "system"]
    assert capsys.readouterr().out.strip() == str(tmp_path / "chromium")


def test_nothing_is_installed_unasked(finder, monkeypatch):
    monkeypatch.setattr(finder, "INSTALLERS", (lambda: pytest.fail("installed"),))
    assert finder.main([]) == 1


def test_when_no_installer_helps_the_sentence_says_what_to_do(finder, monkeypatch, capsys):
    monkeypatch.setattr(finder, "INSTALLERS", (lambda: None,))
    assert finder.main(["--install"]) == 1
    assert "install Chromium" in capsys.readouterr().err


def test_a_command_is_given_up_after_its_time(finder, capsys):
    waiting = [sys.executable, "-c", "import time; time.sleep(30)"]
    assert finder.run(waiting, seconds=1) is False
    assert "gave up" in capsys.readouterr().err


def test_a_system_without_apt_is_left_alone(finder, monkeypatch):
    monkeypatch.setattr(finder, "run", lambda *_, **__: pytest.fail("ran"))
    finder.install_by_system()


@pytest.mark.parametrize(("user", "start"), [(0, []), (1000, ["sudo", "-n"])])
def test_the_systems_packages_are_asked_as_root(finder, tmp_path, monkeypatch, user, start):
    apt = str(program(tmp_path / "apt-get"))
    commands = []
    monkeypatch.setattr(finder.os, "geteuid", lambda: user)
    monkeypatch.setattr(finder, "run", lambda command, **_: commands.append(command))
    finder.install_by_system()
    assert [command[: len(start) + 2] for command in commands] == [
        [*start, apt, "update"],
        [*start, apt, "install"],
    ]
    assert commands[-1][-1] == "chromium"

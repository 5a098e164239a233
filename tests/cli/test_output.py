"""Where a result goes, and what is told while it takes its time."""

from __future__ import annotations

import io
import time

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.cli import output
from ccgeo.io.files import OutputError, check_target


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_told_nothing_that_it_obeys(capsys):
    output.tell("a\x1b[2J\tb\r\nc\u202e重庆")
    output.tell(7, err=True)

    told = capsys.readouterr()
    assert told.out == "a [2J\tb \nc 重庆\n"
    assert told.err == "7\n"


def test_a_terminal_is_told_what_takes_long_and_left_clean(monkeypatch):
    monkeypatch.setattr(output, "PATIENCE_S", 0.01)
    monkeypatch.setattr(output, "_TICK_S", 0.01)
    terminal = Terminal()

    with output.progress("drawing", terminal) as step:
        step(3, 17)
        time.sleep(0.2)

    assert "drawing 3 of 17 … 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_what_is_quick_and_what_is_no_terminal_is_told_nothing(monkeypatch):
    quick = Terminal()
    with output.progress("drawing", quick):
        pass
    assert "drawing" not in quick.getvalue()

    monkeypatch.setattr(output, "PATIENCE_S", 0.0)
    log = io.StringIO()
    with output.progress("drawing", log):
        time.sleep(0.05)
    assert log.getvalue() == ""


def test_the_terminal_is_left_clean_after_an_error(monkeypatch):
    monkeypatch.setattr(output, "PATIENCE_S", 0.0)
    terminal = Terminal()

    with pytest.raises(KeyError), output.progress("drawing", terminal):
        raise KeyError
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_file_that_is_there_is_told_before_the_work(tmp_path):
    path = tmp_path / "old.gif"
    path.write_bytes(b"old")

    with pytest.raises(OutputError, match="exists"):
        output.check_output(str(path), force=False)
    with pytest.raises(OutputError, match="is a folder"):
        check_target(tmp_path)
    output.check_output(str(path), force=True)
    output.check_output("-", force=False)
    output.check_output("", force=False)


def commands(program=None, before=()):
    program = program or cli.app
    from typer.main import get_command  # noqa: PLC0415

    todo = [(before, get_command(program))]
    while todo:
        names, command = todo.pop()
        inner = getattr(command, "commands", {})
        todo += [((*names, name), each) for name, each in inner.items()]
        if names:
            yield names


@pytest.mark.parametrize("names", sorted(commands()), ids=" ".join)
def test_every_help_has_an_example(names):
    said = " ".join(CliRunner().invoke(cli.app, [*names, "--help"]).output.split())

    assert f"Example: ccgeo {names[0]}" in said

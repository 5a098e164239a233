"""What a shell completes is what the commands take."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from ccgeo import cli
from ccgeo.errors import UnknownChoiceError
from ccgeo.io.formats import FORMATS
from ccgeo.io.geojson import LAYERS
from ccgeo.query.vocabulary import names_of

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _ccgeo
printf '%s\\n' "${COMPREPLY[@]}"
"""


def script(shell):
    return CliRunner().invoke(cli.app, ["completion", shell]).output


@pytest.fixture(scope="module")
def completed(tmp_path_factory):
    path = tmp_path_factory.mktemp("bash") / "ccgeo.bash"
    path.write_text(script("bash"), encoding="utf-8")
    bash = shutil.which("bash")
    assert bash, "bash is needed to test its completion"

    def complete(*words):
        command = [bash, "-c", ASK, "bash", str(path), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    return complete


def test_commands_options_and_values_are_completed(completed):
    assert completed("ccgeo", "exp") == {"export"}
    assert completed("ccgeo", "export", "--lay") == {"--layer"}
    assert completed("ccgeo", "export", "--layer", "") == set(LAYERS)
    assert completed("ccgeo", "export", "--format", "") == set(FORMATS)
    assert completed("ccgeo", "map", "--sector", "") == set(names_of("sectors")) - {""}
    assert completed("ccgeo", "data", "") >= {"version", "build"}


def test_a_file_name_is_left_to_the_shell(completed):
    assert completed("ccgeo", "export", "-o", "lay") == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_in_every_completion(shell):
    text = script(shell)

    for command in ("export", "records", "zones", "data", "figure"):
        assert command in text
    assert "automotive" in text


def test_an_unknown_shell_is_told():
    with pytest.raises(UnknownChoiceError, match="bash, zsh, fish"):
        cli.completion.completion("sh")

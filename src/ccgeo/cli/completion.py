"""What a shell has to know to complete a command: written once, so that a key costs no start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ccgeo.cli.asking import app
from ccgeo.errors import UnknownChoiceError

# What a command needs beyond this is imported in it, see `ccgeo.cli.asking`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Flag: field of the vocabulary that has its values.
_FIELDS: Final = {
    "--sector": "sectors",
    "--stage": "stages",
    "--kind": "kinds",
    "--direction": "directions",
    "--known": "known_levels",
    "--partner": "partners",
    "--zone": "zones",
    "--level": "level",
    "--boundaries": "vintage",
    "--measure": "measure",
    "--scheme": "scheme",
}


@app.command(
    help="Print what bash, zsh or fish needs to complete ccgeo's commands, options and values.\n\n"
    "Example: ccgeo completion bash > ccgeo.bash && . ./ccgeo.bash"
)
def completion(
    shell: Annotated[str, typer.Argument(help="bash, zsh or fish.")],
) -> None:
    """Print the completion of a shell.

    Parameters
    ----------
    shell : str
        ``"bash"``, ``"zsh"`` or ``"fish"``.

    Raises
    ------
    UnknownChoiceError
        The shell is none of the three.
    """
    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in writers:
        what = "shell"
        raise UnknownChoiceError(what, shell, writers)
    program: Any = typer.main.get_command(app)
    typer.echo(writers[shell](_words(program), _values()), nl=False)


def _words(program: Any) -> dict[str, list[str]]:  # noqa: ANN401 - typer's command
    """Return the options and sub-commands of each command."""
    found = {}
    for name, command in program.commands.items():
        flags = [flag for each in command.params for flag in each.opts if flag.startswith("-")]
        found[name] = [*getattr(command, "commands", ()), *flags, "--help"]
    return found


def _values() -> dict[str, list[str]]:
    """Return the values of each flag that has a list of them."""
    from ccgeo.io.formats import FORMATS
    from ccgeo.io.geojson import LAYERS
    from ccgeo.query.vocabulary import FRAMES, LANGUAGES, names_of

    listed = {flag: [*filter(None, names_of(field))] for flag, field in _FIELDS.items()}
    own = {"--format": FORMATS, "--layer": LAYERS, "--frame": FRAMES, "--lang": LANGUAGES}
    return listed | {flag: [*values] for flag, values in own.items()}


def _bash(words: Mapping[str, Sequence[str]], values: Mapping[str, Sequence[str]]) -> str:
    flags = "\n".join(f'    {flag}) words="{" ".join(known)}" ;;' for flag, known in values.items())
    commands = "\n".join(f'    {name}) words="{" ".join(own)}" ;;' for name, own in words.items())
    return f"""# bash completion of ccgeo
_ccgeo() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" words=""
  COMPREPLY=()
  case "$prev" in
{flags}
    -*) [[ "$cur" == -* ]] || return 0 ;;
  esac
  if [[ -z "$words" && "$COMP_CWORD" -eq 1 ]]; then
    words="{" ".join(words)} --version --help"
  elif [[ -z "$words" ]]; then
    case "${{COMP_WORDS[1]}}" in
{commands}
    esac
  fi
  COMPREPLY=( $(compgen -W "$words" -- "$cur") )
}}
complete -o default -F _ccgeo ccgeo
"""


def _zsh(words: Mapping[str, Sequence[str]], values: Mapping[str, Sequence[str]]) -> str:
    # zsh runs completions written for bash.
    loaded = [f"autoload -U +X {name} && {name}" for name in ("compinit", "bashcompinit")]
    return "\n".join([*loaded, _bash(words, values)])


def _fish(words: Mapping[str, Sequence[str]], values: Mapping[str, Sequence[str]]) -> str:
    lines = [
        "# fish completion of ccgeo",
        f"complete -c ccgeo -n __fish_use_subcommand -a '{' '.join(words)}'",
    ]
    for name, own in words.items():
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for word in own:
            if not word.startswith("--"):
                lines += [] if word.startswith("-") else [f"complete -c ccgeo {seen} -a {word}"]
                continue
            known = values.get(word, [])
            given = f" -x -a '{' '.join(known)}'" if known else ""
            lines.append(f"complete -c ccgeo {seen} -l {word[2:]}{given}")
    return "\n".join(lines) + "\n"

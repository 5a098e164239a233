"""Make a virtual environment and install a requirements file into it.

Runs on whatever Python a bare machine calls ``python3``: it imports the standard library
only and keeps to the syntax of Python 3.6, so that an old one reads it far enough to find
a newer one, or to say what is missing in one sentence.

Usage: python3 scripts/make_environment.py FOLDER REQUIREMENTS
"""

import os
import shutil
import subprocess
import sys
from typing import NoReturn

OLDEST = (3, 11)
WANTED = ".".join(map(str, OLDEST))
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
PROBE = f"import sys; raise SystemExit(sys.version_info[:2] < {OLDEST})"


def main(folder: str, requirements: str) -> None:
    """Build the environment, or end with one sentence about what is missing."""
    target = os.path.join(folder, "bin", "python")
    if not runs(target, PROBE):
        make_folder(find_python(), folder)
    pip = [target, "-m", "pip"] if runs(target, "import pip") else pip_from_outside(target)
    print(f"installing {requirements} into {folder}: about two minutes", flush=True)
    for options in installs(requirements):
        if subprocess.call([*pip, "install", "--quiet", *options]) != 0:
            stop(f"pip could not install {requirements}: see its message above")


def installs(requirements: str) -> list:
    """Return what pip is asked for, in turn, to install a requirements file.

    pip checks the hashes of everything or of nothing, and the checkout has none: so after a file
    of hashes it is installed by itself, with the tools which that file brought.
    """
    if not requirements.endswith("-hashes.txt"):
        return [["-r", requirements]]
    itself = ["--no-deps", "--no-build-isolation", "--editable", "."]
    return [["--require-hashes", "--no-deps", "-r", requirements], itself]


def find_python() -> str:
    """Return a Python that is new enough, this one first."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for name in NAMES:
        path = shutil.which(name)
        if path and runs(path, PROBE):
            return path
    return stop(f"ccgeo needs Python {WANTED} or newer: install one, or name it by PYTHON=...")


def make_folder(python: str, folder: str) -> None:
    """Create the bare environment, without pip where Python cannot bring its own."""
    shutil.rmtree(folder, ignore_errors=True)
    options = [] if runs(python, "import ensurepip") else ["--without-pip"]
    if subprocess.call([python, "-m", "venv", *options, folder]) != 0:
        stop(f"{python} cannot make {folder}: install its venv module (Debian: python3-venv)")


def pip_from_outside(target: str) -> list:
    """Return the command of the machine's own pip, which Debian ships without ensurepip."""
    python = find_python()
    if not runs(python, "import pip"):
        stop(f"{python} has no pip: install it (Debian: apt-get install python3-pip)")
    return [python, "-m", "pip", "--python", target]


def runs(python: str, code: str) -> bool:
    """Return whether an interpreter exists and ends this code without complaint."""
    try:
        ending = subprocess.call(
            [python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return ending == 0


def stop(sentence: str) -> NoReturn:
    """End with one sentence on the error stream."""
    sys.exit(f"make_environment: {sentence}")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Make a virtual environment and install a requirements file into it.

Runs on the Python a bare machine has, so it imports nothing but the standard library
and its text is readable by every Python 3: an old one is told what is wanted instead of
stopping at a syntax error.

Usage: python3 scripts/make_environment.py FOLDER REQUIREMENTS
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
PROBE = "import sys; raise SystemExit(sys.version_info[:2] < (%d, %d))" % OLDEST  # noqa: UP031


def main(folder, requirements):
    """Build the environment, or end with one sentence about what is missing."""
    python = find_python()
    target = os.path.join(folder, "bin", "python")  # noqa: PTH118
    if not runs(target, PROBE):
        make_folder(python, folder)
    command = [target, "-m", "pip", "install", "--quiet", "-r", requirements]
    if not runs(target, "import pip"):
        # Debian ships Python without ensurepip; its own pip can fill the folder from outside.
        if not runs(python, "import pip"):
            stop("{} has no pip: install pip (Debian: apt-get install python3-pip)".format(python))
        command[:3] = [python, "-m", "pip", "--python", target]
    print("installing {} into {}".format(requirements, folder), flush=True)
    if subprocess.call(command) != 0:
        stop("pip could not install {}: see its message above".format(requirements))


def find_python():
    """Return a Python that is new enough, this one first."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for name in NAMES:
        path = shutil.which(name)
        if path and runs(path, PROBE):
            return path
    return stop("ccgeo needs Python %d.%d or newer, this is %d.%d" % (OLDEST + sys.version_info[:2]))


def make_folder(python, folder):
    """Create the bare environment, without pip where Python cannot bring its own."""
    shutil.rmtree(folder, ignore_errors=True)
    options = [] if runs(python, "import ensurepip") else ["--without-pip"]
    if subprocess.call([python, "-m", "venv"] + options + [folder]) != 0:
        stop("{} cannot make {}: install the venv module (Debian: python3-venv)".format(python, folder))


def runs(python, code):
    """Return whether an interpreter exists and ends this code without complaint."""
    try:
        ending = subprocess.call(
            [python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return ending == 0


def stop(sentence):
    """End with one sentence on the error stream."""
    sys.exit("make_environment: {}".format(sentence))


if __name__ == "__main__":
    main(*sys.argv[1:])

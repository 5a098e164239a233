"""Print the path of a Chromium that starts, installing one where asked.

The browser tests need one and are never skipped in silence: no browser is one clear
sentence and a failing exit code.

Usage: python scripts/find_browser.py [--install]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VARIABLE = "CCGEO_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
DOWNLOAD_SECONDS = 120
PACKAGE_SECONDS = 600


def main(arguments: list[str]) -> int:
    """Print a browser's path and return 0, or say what was tried and return 1."""
    wanted = os.environ.get(VARIABLE)
    if wanted and not starts(wanted):
        return refuse(f"{VARIABLE} is {wanted!r}, which does not start: correct it or unset it.")
    installers = INSTALLERS if "--install" in arguments else ()
    for install in (None, *installers):
        if install is not None:
            install()
        for path in candidates():
            if starts(path):
                print(path)
                return 0
    if not installers:
        return refuse(f"no Chromium was found: run `make test`, or set {VARIABLE} to one.")
    return refuse(
        "no Chromium was found, and neither Playwright's download nor the system's packages "
        f"gave one: install Chromium or Google Chrome, or set {VARIABLE} to its path."
    )


def candidates() -> Iterator[str]:
    """Yield the paths where a browser may lie, the user's own choice first."""
    if os.environ.get(VARIABLE):
        yield os.environ[VARIABLE]
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield path
    yield MAC
    yield playwright_path()


def starts(path: str) -> bool:
    """Return whether the file is a browser that runs here, with all its libraries."""
    if not path or not Path(path).is_file():
        return False
    return run([path, "--version"], seconds=30, quiet=True)


def playwright_path() -> str:
    """Return where Playwright keeps its own Chromium, there or not."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on a bare machine

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install_by_playwright() -> None:
    """Download Playwright's own Chromium, giving up where the network does not allow it."""
    say("no Chromium here: asking Playwright for its own")
    run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        seconds=DOWNLOAD_SECONDS,
    )


def install_by_system() -> None:
    """Install the package `chromium` of a Debian-like system."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    say("asking the system's packages for Chromium")
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    run([*root, apt, "update", "-qq"], seconds=PACKAGE_SECONDS)
    run(
        [*root, apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        seconds=PACKAGE_SECONDS,
    )


def run(command: list[str], *, seconds: int, quiet: bool = False) -> bool:
    """Run a command within a time limit and return whether it succeeded."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    try:
        ending = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=seconds,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        if not quiet:
            say(f"{command[0]} gave up: {problem}")
        return False
    return ending.returncode == 0


def say(sentence: str) -> None:
    """Tell the person waiting what is going on; the path alone goes to standard output."""
    print(f"find_browser: {sentence}", file=sys.stderr, flush=True)


def refuse(sentence: str) -> int:
    """Say why there is no browser and return the failing exit code."""
    say(sentence)
    return 1


INSTALLERS: tuple[Callable[[], None], ...] = (install_by_playwright, install_by_system)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

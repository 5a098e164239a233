"""What the benchmarks with a browser share: serve an app, open it, watch it, tell the figures."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Page, Route

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results"
START_SECONDS: Final = 60


class Served(NamedTuple):
    """A running app."""

    address: str
    pid: int


@contextmanager
def serving(script: Path) -> Iterator[Served]:
    """Run an app and say where it is."""
    port = free_port()
    options = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=script.parent, **quiet) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield Served(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return when the server answers."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    message = f"no server at {address}"
    raise TimeoutError(message)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=sandbox)
        yield browser
        browser.close()


def browser_path() -> str | None:
    """Return the Chromium to drive: the one asked for, else the system's, else Playwright's."""
    return os.environ.get("CCGEO_CHROMIUM") or shutil.which("chromium")


def opened(
    browser: Browser,
    address: str,
    script: str,
    *,
    foreign: Callable[[Route], None] | None = None,
) -> tuple[Page, list[int]]:
    """Open a page with a script in it and count the bytes that come over its socket.

    What it asks of other hosts is left to `foreign`, if given.
    """
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    received: list[int] = []

    def count(frame: str | bytes) -> None:
        received.append(len(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("websocket", lambda ws: ws.on("framereceived", count))
    page.add_init_script(script)
    if foreign is not None:
        page.route(lambda url: urlsplit(url).hostname != "127.0.0.1", foreign)
    page.goto(address, wait_until="commit")
    return page, received


def tell(
    name: str,
    figures: Mapping[str, float],
    *,
    at_most: Mapping[str, float],
    at_least: Mapping[str, float] | None = None,
) -> int:
    """Print the table, keep it as JSON and return 1 where a bar is broken, else 0."""
    bars = {bar: f"at most {limit:g}" for bar, limit in at_most.items()}
    bars |= {bar: f"at least {limit:g}" for bar, limit in (at_least or {}).items()}
    width = max(map(len, figures))
    for what, figure in figures.items():
        print(f"{what:{width}}{figure:12.2f}  {f'({bars[what]})' if what in bars else ''}".rstrip())
    RESULTS.mkdir(exist_ok=True)
    kept = json.dumps(figures, indent=2) + "\n"
    (RESULTS / f"{name}.json").write_text(kept, "utf-8")
    broken = [bar for bar, limit in at_most.items() if figures[bar] > limit]
    broken += [bar for bar, limit in (at_least or {}).items() if figures[bar] < limit]
    print(f"broken: {', '.join(broken)}" if broken else "every bar holds")
    return int(bool(broken))

"""A real Chromium against a real server, with every way out of the machine watched."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

# What is slow on a busy machine is not wrong; speed is measured in benchmarks/.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
START_SECONDS = 60
# A busy machine is slow, not wrong; what must be fast is measured in benchmarks/.
expect.set_options(timeout=30_000)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    # The cut: whatever is not this machine has no address, whoever asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


# Opened by a deep link, Streamlit first looks for its server below the page's own path.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)")


@dataclass
class Watch:
    """What a browser did that it must not do."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Record the requests, sockets and errors of every page of a context."""
        context.on("request", lambda request: self._ask(request.url))
        context.on("page", lambda page: page.on("websocket", lambda ws: self._ask(ws.url)))
        context.on(
            "console",
            lambda message: self._hear(message.type, message.text, message.location["url"]),
        )
        context.on("weberror", lambda problem: self.complaints.append(str(problem.error)))

    def judge(self) -> None:
        """Fail where anything was recorded."""
        assert not self.foreign, f"requests left the machine: {self.foreign}"
        assert not self.complaints, f"the page complained: {self.complaints}"

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOCAL_HOSTS:
            self.foreign.append(url)

    def _hear(self, kind: str, text: str, url: str) -> None:
        if kind == "error" and not PROBE.fullmatch(urlsplit(url).path):
            self.complaints.append(f"{text} {url}".strip())


def browser_path() -> str:
    """Return the Chromium to drive; none is a failure, never a skip."""
    finder = subprocess.run(
        [sys.executable, ROOT / "scripts" / "find_browser.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    if finder.returncode != 0:
        pytest.fail(finder.stderr.strip(), pytrace=False)
    return finder.stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    path = browser_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*sandbox, *FLAGS])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Open pages in fresh contexts; what the watch saw is the caller's to judge."""
    with contextlib.ExitStack() as stack:

        def opened(**options) -> tuple[Page, Watch]:
            context = stack.enter_context(
                contextlib.closing(browser.new_context(locale="en-GB", **options))
            )
            watch = Watch()
            watch.follow(context)
            return context.new_page(), watch

        yield opened


@pytest.fixture
def page(open_page) -> Iterator[Page]:
    """Open a desktop page that may neither leave the machine nor log an error."""
    opened, watch = open_page(**DESKTOP)
    yield opened
    watch.judge()


@pytest.fixture
def phone_page(open_page) -> Iterator[Page]:
    """Open a phone's page under the same rules."""
    opened, watch = open_page(**PHONE)
    yield opened
    watch.judge()


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Iterator[Callable[[str], str]]:
    """Serve a Streamlit script of the repository, once a path, and return its address."""
    addresses: dict[str, str] = {}
    with contextlib.ExitStack() as stack:

        def served(script: str = "app.py") -> str:
            if script not in addresses:
                log = tmp_path_factory.mktemp("server") / "log.txt"
                addresses[script] = stack.enter_context(running(script, log))
            return addresses[script]

        yield served


@pytest.fixture(scope="session")
def app_url(serve) -> str:
    """Return the address of the explorer itself."""
    return serve("app.py")


@contextlib.contextmanager
def running(
    script: str, log: Path, more: dict[str, str] | None = None, port: int | None = None
) -> Iterator[str]:
    """Run one server for as long as the context lasts, with more in its environment."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    known = {**os.environ, **(more or {})}
    out = subprocess.STDOUT
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=known, stdout=output, stderr=out) as server,
    ):
        try:
            wait_for(address, server, log)
            yield address
        finally:
            end(server)
    text = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in text, f"{script} failed on the server:\n{text[-4000:]}"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its own words when it does not."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        if is_healthy(address):
            return
        time.sleep(0.1)
    words = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    pytest.fail(f"no server at {address}:\n{words}", pytrace=False)


def is_healthy(address: str) -> bool:
    """Return whether a server is ready for a page."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop a server politely, then not."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()

"""Take the pictures of the README from the running explorer: python scripts/take_screenshots.py.

The explorer is served from this checkout and Chromium found as for the tests.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
START_SECONDS: Final = 60
READY_MS: Final = 90_000
SETTLED_MS: Final = 2_500
DESKTOP: Final = {"width": 1440, "height": 900}
PHONE: Final = {"width": 360, "height": 740}


class Picture(NamedTuple):
    """One picture: its file, the view it shows and the browser that shows it."""

    name: str
    link: str
    options: dict[str, Any]
    maps: int = 1


PICTURES: Final = (
    Picture("explore", "?", {}),
    Picture("explore-dark", "?frame=world", {"color_scheme": "dark"}),
    Picture("explore-zh", "?lang=zh&sector=automotive,electronics", {}),
    Picture(
        "explore-phone",
        "?",
        {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
    ),
    Picture("compare", "compare?years=2010-2017&right.years=2018-2026", {}, 2),
    Picture("drill-down", "?level=district&at=district:510100", {}),
)


def main() -> int:
    """Serve the explorer and take every picture."""
    DOCS.mkdir(exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with serving() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=sandbox)
        for picture in PICTURES:
            take(chromium, address, picture)
            print(DOCS / f"{picture.name}.png")
        chromium.close()
    return 0


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Open a view, wait until it is still and keep what is seen."""
    context = browser.new_context(**({"viewport": DESKTOP} | picture.options))
    page = context.new_page()
    page.goto(f"{address}/{picture.link}")
    page.wait_for_function(
        """count => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
          .filter((each) => each.shadowRoot?.querySelector(".ccgeo-map")?.dataset.painted)
          .length >= count""",
        arg=picture.maps,
        timeout=READY_MS,
    )
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=DOCS / f"{picture.name}.png")
    context.close()


def browser_path() -> str:
    """Return the Chromium that the tests drive."""
    finder = ROOT / "scripts" / "find_browser.py"
    found = subprocess.run([sys.executable, finder], capture_output=True, text=True, check=True)
    return found.stdout.strip()


@contextmanager
def serving() -> Iterator[str]:
    """Run the explorer for as long as the pictures take."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    """Return when the server answers."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    message = f"no server at {address}"
    raise TimeoutError(message)


if __name__ == "__main__":
    sys.exit(main())

"""Take the pictures of the README from the running explorer.

The explorer is served from this checkout and Chromium found as for the benchmarks.

Run: make pictures, or python -m scripts.take_screenshots
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks._driving import chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
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
    with serving(ROOT / "app.py") as served, chromium() as browser:
        for picture in PICTURES:
            take(browser, served.address, picture)
            print(DOCS / f"{picture.name}.png")
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


if __name__ == "__main__":
    sys.exit(main())

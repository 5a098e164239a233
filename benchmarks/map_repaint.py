"""A filter click repaints the map within 1.3 times a bare Streamlit rerun, and never blanks it.

Also: frames a second while the map is dragged, with 2,000 and 10,000 lines.

Run: python benchmarks/map_repaint.py
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from _driving import HERE, chromium, opened, serving, tell

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHANGES: Final = 16
OPENINGS: Final = 10
YEARS: Final = (2014, 2018, 2022, 2010)
BARE, LAYERS, MAP = "bare", "layers", "map"
BARS: Final = {
    "repaint / bare rerun": 1.3,
    "kB a change": 15.0,
    "ms blank": 0.0,
    "first map / bare first paint": 2.0,
}

SPEEDS: Final = {"frames a second, 2,000 flows": 50.0, "frames a second, 10,000 flows": 30.0}

# In both apps the text below is the last thing of a run; the map counts its own paints.
WATCH: Final = """
(() => {
  const host = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
  const text = () => [...document.querySelectorAll("[data-testid=stText]")]
    .map((each) => each.textContent).join();
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  // The very nodes of before: looking them up in each frame would be part of the measure.
  const parts = (map) => [map, map.querySelector("path[data-id]"), map.querySelector("canvas")];
  window.ccgeo = {
    host,
    change: async (year, hasMap) => {
      const kept = hasMap ? parts(host()) : [];
      const isBlank = () => kept.some((each) => !each.isConnected) || kept[0].clientHeight < 100;
      const before = kept[0]?.dataset.painted;
      const labels = [...document.querySelectorAll("[data-testid=stRadio] label")];
      const start = performance.now();
      labels.find((label) => label.textContent.trim() === String(year)).click();
      let blank = 0;
      for (let last = start; ; ) {
        await frame();
        const now = performance.now();
        if (hasMap && isBlank()) blank += now - last;
        last = now;
        if (hasMap ? kept[0].dataset.painted !== before : text().includes(`from ${year}`)) break;
        if (now - start > 20000) throw new Error("never repainted");
      }
      await frame();
      return [performance.now() - start, blank];
    },
    first: async (hasMap) => {
      while (!(hasMap ? host()?.dataset.painted : text().includes("shown from"))) await frame();
      await frame();
      return performance.now();
    },
    drag: async (ms) => {
      const stage = host().querySelector(".ccgeo-stage");
      const box = stage.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const send = (target, type, dx) => target.dispatchEvent(new MouseEvent(type, {
        bubbles: true, composed: true, button: 0, buttons: 1,
        clientX: x + dx, clientY: y + dx / 2,
      }));
      send(stage, "mousedown", 0);
      const start = performance.now();
      const stamps = [start];
      while (performance.now() - start < ms) {
        send(document, "mousemove", 150 * Math.sin((performance.now() - start) / 250));
        await frame();
        stamps.push(performance.now());
      }
      send(document, "mouseup", 0);
      return (stamps.length - 1) * 1000 / (stamps.at(-1) - start);
    },
  };
})()
"""


def first_paint(browser: Browser, address: str, *, has_map: bool) -> float:
    """Return milliseconds from the start of loading to the first paint."""
    page, _ = opened(browser, address, WATCH)
    shown: float = page.evaluate("hasMap => ccgeo.first(hasMap)", has_map)
    page.context.close()
    return shown


def repaints(pages: dict[str, tuple[Page, list[int]]]) -> dict[str, dict[str, float]]:
    """Return the medians of some changes of the filter in each page, taken in turns."""
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
    for name, (page, _) in pages.items():
        page.evaluate("hasMap => ccgeo.first(hasMap)", name == MAP)
        page.wait_for_timeout(1000)
    for i in range(-2, CHANGES):
        for name, (page, received) in pages.items():
            received.clear()
            change = [YEARS[i % len(YEARS)], name == MAP]
            took, blank = page.evaluate("([year, hasMap]) => ccgeo.change(year, hasMap)", change)
            page.wait_for_timeout(350)
            if i >= 0:
                figures[name].append((took, blank, sum(received) / 1000))
    return {
        name: {"ms": median(took), "blank": max(blank), "kB": median(kilobytes)}
        for name, rows in figures.items()
        for took, blank, kilobytes in [tuple(zip(*rows, strict=True))]
    }


def frames_a_second(browser: Browser, address: str, flows: int) -> float:
    """Return how smoothly the map is dragged with that many lines."""
    page, _ = opened(browser, f"{address}?flows={flows}", WATCH)
    page.evaluate("ccgeo.first(true)")
    page.wait_for_timeout(1500)
    speed = median(page.evaluate("ccgeo.drag(1500)") for _ in range(3))
    page.context.close()
    return float(speed)


def measure(browser: Browser, bare: str, mapped: str) -> dict[str, Any]:
    """Measure both apps in turns, so that both see the same machine."""
    for address, has_map in ((bare, False), (mapped, True)):
        first_paint(browser, address, has_map=has_map)
    firsts = [
        (first_paint(browser, bare, has_map=False), first_paint(browser, mapped, has_map=True))
        for _ in range(OPENINGS)
    ]
    addresses = {BARE: bare, LAYERS: f"{mapped}?map=no", MAP: mapped}
    changes = repaints(
        {name: opened(browser, address, WATCH) for name, address in addresses.items()}
    )
    rerun, repaint = changes[BARE], changes[MAP]
    first_bare, first_map = (median(column) for column in zip(*firsts, strict=True))
    return {
        "bare rerun, ms": rerun["ms"],
        "rerun that builds the layers, ms": changes[LAYERS]["ms"],
        "filter to repainted map, ms": repaint["ms"],
        "repaint / bare rerun": repaint["ms"] / rerun["ms"],
        "ms blank": repaint["blank"],
        "kB a change": repaint["kB"],
        "kB of a bare rerun": rerun["kB"],
        "bare first paint, ms": first_bare,
        "first map, ms": first_map,
        "first map / bare first paint": first_map / first_bare,
        "frames a second, 2,000 flows": frames_a_second(browser, mapped, 2_000),
        "frames a second, 10,000 flows": frames_a_second(browser, mapped, 10_000),
    }


def main() -> int:
    """Print the table, keep it as JSON and say whether the promise holds."""
    with (
        serving(HERE / "apps" / "bare_app.py") as bare,
        serving(HERE / "apps" / "live_map_app.py") as mapped,
        chromium() as browser,
    ):
        figures = measure(browser, bare.address, mapped.address)
    print(f"medians of {CHANGES} changes and {OPENINGS} openings")
    return tell("map_repaint", figures, at_most=BARS, at_least=SPEEDS)


if __name__ == "__main__":
    sys.exit(main())

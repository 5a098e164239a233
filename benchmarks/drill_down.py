"""Opening a unit with a click draws its parts at their new place within 1.2 bare Streamlit reruns.

The map answers from the records it holds; the server hears of it afterwards. Measured without
motion, from the click to the frame with the parts standing where they stay, and with motion, from
the click to the first frame with the parts in it. The page beside the map - heading, panel,
counts - follows from the server: that is told too, without a bar.
Run: python benchmarks/drill_down.py
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from _driving import HERE, chromium, opened, serving, tell

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS: Final = 5
YEARS: Final = (2014, 2018, 2022, 2010)
CALM: Final = "drill-down / bare rerun"
MOVING: Final = "first frame of the parts / bare rerun"
AT_MOST: Final = {CALM: 1.2, MOVING: 1.2}


class Step(NamedTuple):
    """What is clicked - a unit of the map, or its name in the path - and how many parts it has."""

    unit: str
    name: str
    parts: int


STEPS: Final = (
    Step("510000", "Sichuan", 22),
    Step("510700", "Mianyang", 221),
    Step("", "Sichuan", 22),
    Step("510100", "Chengdu", 221),
)

WATCH: Final = """
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const host = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
  const text = () => [...document.querySelectorAll("[data-testid=stText]")]
    .map((each) => each.textContent).join();
  const radio = (year) => [...document.querySelectorAll("[data-testid=stRadio] label")]
    .find((label) => label.textContent.trim() === String(year));
  const place = () => host().querySelector(".ccgeo-choropleth > g").getAttribute("transform");
  const heading = () => document.querySelector("[data-testid=stMain] h4")?.textContent ?? "";
  const isRunning = () => Boolean(document.querySelector("[data-test-script-state=running]"));
  const until = async (isDone) => {
    const start = performance.now();
    while (!isDone()) {
      if (performance.now() - start > 30000) throw new Error("never drawn");
      await frame();
    }
    await frame();
  };
  const send = (target, type, x, y) => target.dispatchEvent(new MouseEvent(type, {
    bubbles: true, composed: true, button: 0, clientX: x, clientY: y,
  }));
  // A point of the unit with nothing else over it, a line or a ring neither: the tip says so.
  const pointOf = (id, name) => {
    const path = host().querySelector(`path[data-id="${id}"]`);
    const box = path.getBoundingClientRect();
    for (let i = 1; i < 20; i += 1) for (let j = 1; j < 20; j += 1) {
      const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
      if (path.getRootNode().elementFromPoint(x, y) !== path) continue;
      send(path, "mousemove", x, y);
      const tip = host().querySelector(".ccgeo-tip strong").textContent;
      if (tip.startsWith(name) && !tip.includes("\u2192")) return [path, x, y];
    }
    throw new Error(`${id} is covered`);
  };
  const press = ([target, x, y]) => {
    for (const type of ["mousedown", "mouseup", "click"]) send(target, type, x, y);
  };
  window.bench = {
    isReady: async (hasMap) => until(
      () => hasMap ? host()?.dataset.painted : text().includes("shown from"),
    ),
    rerun: async (year) => {
      const start = performance.now();
      radio(year).click();
      await until(() => text().includes(`from ${year}`));
      return performance.now() - start;
    },
    open: async (unit, name, parts) => {
      const steps = [...host().querySelectorAll(".ccgeo-crumbs button")];
      const target = unit ? pointOf(unit, name) : steps.find((each) => each.textContent === name);
      const before = place();
      const start = performance.now();
      unit ? press(target) : target.click();
      const hasParts = () => host().querySelectorAll("path[data-id]").length === parts;
      const isAtRest = () => !host().classList.contains("is-moving") && place() !== before;
      const shown = (isDone) => until(isDone).then(() => performance.now() - start);
      // Each ends with the frame after the one in which it became true.
      return Promise.all([
        shown(hasParts),
        shown(() => hasParts() && isAtRest()),
        shown(() => heading().startsWith(name) && !isRunning()),
      ]);
    },
  };
})()
"""


def rerun_of(bare: Page, turn: int) -> float:
    """Return how long the bare app takes for one change."""
    took: float = bare.evaluate("year => bench.rerun(year)", YEARS[turn % len(YEARS)])
    return took


def drills(browser: Browser, address: str, bare: Page, *, is_calm: bool) -> dict[str, list[float]]:
    """Go through the units again and again, with a bare rerun before each step."""
    page, received = opened(browser, f"{address}/?level=province", WATCH)
    page.emulate_media(reduced_motion="reduce" if is_calm else "no-preference")
    took: dict[str, list[float]] = {
        name: [] for name in ("bare", "drawn", "rested", "settled", "kB")
    }
    for turn in range(-1, ROUNDS):
        page.goto(f"{address}/?level=province", wait_until="commit")
        page.evaluate("bench.isReady(true)")
        page.wait_for_timeout(1500)
        for number, step in enumerate(STEPS):
            rerun = rerun_of(bare, turn * len(STEPS) + number)
            page.wait_for_timeout(200)
            received.clear()
            times = page.evaluate("step => bench.open(...step)", list(step))
            page.wait_for_timeout(1500)
            figures = [rerun, *times, sum(received) / 1000]
            if turn >= 0:
                for column, figure in zip(took.values(), figures, strict=True):
                    column.append(figure)
    page.context.close()
    return took


def measure(browser: Browser, bare: Page, address: str) -> dict[str, float]:
    """Measure with and without motion."""
    bare.evaluate("bench.isReady(false)")
    bare.wait_for_timeout(1000)
    calm = drills(browser, address, bare, is_calm=True)
    moving = drills(browser, address, bare, is_calm=False)
    return {
        "bare rerun, ms": median(calm["bare"] + moving["bare"]),
        "click to the parts at their place, ms": median(calm["rested"]),
        CALM: median(calm["rested"]) / median(calm["bare"]),
        "with motion: click to the first frame of the parts, ms": median(moving["drawn"]),
        MOVING: median(moving["drawn"]) / median(moving["bare"]),
        "with motion: click to the map at rest, ms": median(moving["rested"]),
        "click to the whole page, ms": median(calm["settled"] + moving["settled"]),
        "kB of an opening": median(calm["kB"] + moving["kB"]),
    }


def main() -> int:
    """Print the table, keep it as JSON and say whether the promise holds."""
    with (
        serving(HERE / "apps" / "bare_app.py") as bare,
        serving(HERE.parent / "app.py") as explorer,
        chromium() as browser,
    ):
        page, _ = opened(browser, bare.address, WATCH)
        figures = measure(browser, page, explorer.address)
    print(f"medians of {ROUNDS * len(STEPS)} openings each way")
    return tell("drill_down", figures, at_most=AT_MOST)


if __name__ == "__main__":
    sys.exit(main())

"""A filter on the Explore page repaints within 1.2 bare reruns, ten times as fast as folium's map.

Also: processor time of the server a rerun, the browser's memory after 200 changes, and hovering.
Run: python benchmarks/explore_page.py (needs Linux for the processor time)
"""

from __future__ import annotations

import ctypes
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from _driving import HERE, chromium, opened, serving, tell

from ccgeo.layers.answer import answer
from ccgeo.query.selection import DEFAULT_SELECTION, DEFAULT_VIEW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHANGES: Final = 16
FEW, MANY = 10, 200
HOVERS: Final = 40
YEARS: Final = (2014, 2018, 2022, 2010)
BARE, NAIVE, EXPLORE = "bare", "naive", "explore"
CPU: Final = "server CPU a rerun, ms"
AT_MOST: Final = {
    "Explore / bare rerun": 1.2,
    CPU: 60.0,
    "heap after 200 changes / after 10": 1.2,
    "hover, ms": 16.0,
}
AT_LEAST: Final = {"naive / Explore": 10.0}
LEAFLET: Final = HERE.parent / "src" / "ccgeo" / "views" / "live_map" / "assets" / "leaflet"
KINDS: Final = {".js": "text/javascript", ".css": "text/css"}

# In the bare app and in the naive one the text is the last thing of a run; the live map counts
# its own paints, and the naive map is there when its lines are others than before.
WATCH: Final = """
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const host = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
  const text = () => [...document.querySelectorAll("[data-testid=stText]")]
    .map((each) => each.textContent).join();
  const drawn = () => {
    const page = document.querySelector("iframe")?.contentDocument;
    return page ? [...page.querySelectorAll("path.leaflet-interactive")] : [];
  };
  const isThere = {
    bare: () => text().includes("shown from"),
    naive: () => drawn().length > 221,
    explore: () => Boolean(host()?.dataset.painted),
  };
  const filters = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((each) => each.shadowRoot?.querySelector(".ccgeo-filters")).find(Boolean);
  // One partner after the other is taken off: no two questions are the same. The switch goes to
  // and fro.
  const control = {
    explore: (what) => what === "partner"
      ? filters().querySelector("[data-field=partners] input:checked")
      : filters().querySelector("fieldset [type=checkbox]"),
  };
  const radio = (year) => [...document.querySelectorAll("[data-testid=stRadio] label")]
    .find((label) => label.textContent.trim() === String(year));
  window.bench = {
    ready: async (name) => { while (!isThere[name]()) await frame(); },
    change: async (name, year) => {
      const painted = host()?.dataset.painted;
      const old = drawn()[0];
      const isDone = {
        bare: () => text().includes(`from ${year}`),
        naive: () => drawn().length > 221 && drawn()[0] !== old && text().includes(`from ${year}`),
        explore: () => host().dataset.painted !== painted,
      }[name];
      const start = performance.now();
      (control[name]?.(year) ?? radio(year)).click();
      while (!isDone()) {
        if (performance.now() - start > 60000) throw new Error(`${name} never repainted`);
        await frame();
      }
      await frame();
      return performance.now() - start;
    },
    hover: async (count) => {
      const map = host();
      const stage = map.querySelector(".ccgeo-stage").getBoundingClientRect();
      const target = map.querySelector(".leaflet-map-pane, .ccgeo-stage");
      const took = [];
      for (let i = 0; i < count; i += 1) {
        const angle = i * 2.4, reach = 20 + 140 * i / count;
        const at = {
          bubbles: true, composed: true,
          clientX: stage.left + stage.width / 2 + reach * Math.cos(angle),
          clientY: stage.top + stage.height / 2 + reach * Math.sin(angle),
        };
        const hit = map.getRootNode().elementFromPoint(at.clientX, at.clientY) ?? target;
        await frame();
        const start = performance.now();
        hit.dispatchEvent(new MouseEvent("mousemove", at));
        map.querySelector(".ccgeo-tip")?.getBoundingClientRect();
        took.push(performance.now() - start);
      }
      return took;
    },
  };
})()
"""


def asked() -> list[str]:
    """Return partners that have lines on the map, so that each one taken off changes it."""
    drawn = answer(DEFAULT_SELECTION, DEFAULT_VIEW).flows.table["partner"].unique().tolist()
    return sorted(drawn)[: CHANGES + 4]


def served_here(route: Route) -> None:
    """Give the naive map its Leaflet from this machine, and nothing for all else it asks for."""
    name = Path(route.request.url.partition("?")[0]).name
    kind = KINDS.get(Path(name).suffix, "text/plain")
    body = (LEAFLET / name).read_text("utf-8") if name in {"leaflet.js", "leaflet.css"} else ""
    route.fulfill(body=body, content_type=kind)


def changes(pages: dict[str, Page], explorer: int) -> dict[str, float]:
    """Return the median of some changes of the filter in each app, taken in turns.

    With them comes the processor time that one change took the explorer's server.
    """
    took: dict[str, list[float]] = {name: [] for name in pages}
    used: list[float] = []
    for name, page in pages.items():
        page.evaluate("name => bench.ready(name)", name)
        page.wait_for_timeout(1500)
    for i in range(-2, CHANGES):
        for name, page in pages.items():
            before = cpu_ms(explorer)
            what = "partner" if name == EXPLORE else YEARS[i % len(YEARS)]
            ms = page.evaluate("([name, what]) => bench.change(name, what)", [name, what])
            page.wait_for_timeout(400)
            if i >= 0:
                took[name].append(ms)
            if i >= 0 and name == EXPLORE:
                used.append(cpu_ms(explorer) - before)
    return {name: median(each) for name, each in took.items()} | {CPU: median(used)}


def cpu_ms(pid: int) -> float:
    """Return the processor time that a process has used, finer than the kernel's ticks of 10 ms."""
    clock = ctypes.c_int()
    ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    return time.clock_gettime(clock.value) * 1000


def heap_of(page: Page) -> float:
    """Return the bytes that the page holds after everything unused has been given back."""
    devtools = page.context.new_cdp_session(page)
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    used = float(devtools.send("Runtime.getHeapUsage")["usedSize"])
    devtools.detach()
    return used


def endurance(page: Page, address: str) -> dict[str, float]:
    """Change the filter of the first view 200 times; return the memory before and after."""
    page.goto(address, wait_until="commit")
    page.evaluate("bench.ready('explore')")
    page.wait_for_timeout(1500)
    few = 0.0
    for i in range(MANY):
        if i == FEW:
            few = heap_of(page)
        page.evaluate("bench.change('explore', 'switch')")
        page.wait_for_timeout(120)
    many = heap_of(page)
    return {
        "heap after 10 changes, MB": few / 1e6,
        "heap after 200 changes, MB": many / 1e6,
        "heap after 200 changes / after 10": many / few,
    }


def measure(browser: Browser) -> dict[str, float]:
    """Measure the three apps in turns, so that all see the same machine."""
    apps = HERE / "apps"
    with (
        serving(apps / "bare_app.py") as bare,
        serving(apps / "naive_app.py") as naive,
        serving(HERE.parent / "app.py") as explorer,
    ):
        addresses = {
            BARE: bare.address,
            NAIVE: naive.address,
            EXPLORE: f"{explorer.address}/?partner={','.join(asked())}",
        }
        pages = {
            name: opened(browser, address, WATCH, foreign=served_here)[0]
            for name, address in addresses.items()
        }
        found = changes(pages, explorer.pid)
        figures = {
            "bare rerun, ms": found[BARE],
            "Explore, filter to repainted map, ms": found[EXPLORE],
            "naive folium app, the same, ms": found[NAIVE],
            "Explore / bare rerun": found[EXPLORE] / found[BARE],
            "naive / Explore": found[NAIVE] / found[EXPLORE],
            CPU: found[CPU],
        }
        for name in (BARE, NAIVE):
            pages[name].context.close()
        figures["hover, ms"] = median(pages[EXPLORE].evaluate("n => bench.hover(n)", HOVERS))
        return figures | endurance(pages[EXPLORE], explorer.address)


def main() -> int:
    """Say whether the promises hold."""
    with chromium() as browser:
        figures = measure(browser)
    print(f"medians of {CHANGES} changes; {MANY} changes for memory and processor time")
    return tell("explore_page", figures, at_most=AT_MOST, at_least=AT_LEAST)


if __name__ == "__main__":
    sys.exit(main())

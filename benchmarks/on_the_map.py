"""A sector or a year chosen on the map is drawn in 80 ms, nothing sent before; play has 30 frames.

The map adds up for itself, so the server has no part in what is measured here. A frame of play
is counted where a year was drawn in it; the frames between are not.
Run: python benchmarks/on_the_map.py
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, Final

from _driving import HERE, chromium, opened, serving, tell

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHANGES: Final = 20
PLAY_MS: Final = 12_000
SENT: Final = "bytes sent before the paint"
AT_MOST: Final = {
    "sector to repainted map, ms": 80.0,
    "year to repainted map, ms": 80.0,
    SENT: 0.0,
    "frame of a year in play, ms": 33.3,
}

WATCH: Final = """
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const host = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((each) => each.shadowRoot?.querySelector(".ccgeo-map")).find(Boolean);
  const painted = () => Number(host()?.dataset.painted ?? 0);
  let sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function count(data) {
    sent += data.byteLength ?? data.size ?? data.length;
    return send.call(this, data);
  };
  const button = (name) => [...host().getRootNode().querySelectorAll("button")]
    .find((each) => each.getAttribute("aria-label") === name || each.textContent.trim() === name);
  const press = (key) => [...host().getRootNode().querySelectorAll("[role=slider]")].at(-1)
    .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const ways = {
    sector: (turn) => {
      const chips = [...host().getRootNode().querySelectorAll(".ccgeo-chips button")];
      return () => chips[Math.floor(turn / 2) % chips.length].click();
    },
    year: (turn) => () => press(Math.floor(turn / 5) % 2 ? "ArrowRight" : "ArrowLeft"),
  };
  window.bench = {
    ready: async () => { while (!painted()) await frame(); },
    change: async (way, turn) => {
      const act = ways[way](turn);
      await frame();
      const [was, before, start] = [painted(), sent, performance.now()];
      act();
      while (painted() === was) {
        if (performance.now() - start > 10000) throw new Error(`${way} was not drawn`);
        await frame();
      }
      const told = sent - before;
      await frame();
      return [performance.now() - start, told];
    },
    play: async (ms) => {
      // From the last year play begins anew with the first.
      press("End");
      await frame();
      button("Play").click();
      const frames = [];
      const start = performance.now();
      let [last, was] = [await frame(), painted()];
      while (performance.now() - start < ms && button("Pause")) {
        const now = await frame();
        if (painted() !== was) frames.push(now - last);
        [last, was] = [now, painted()];
      }
      return frames;
    },
  };
})()
"""


def changed(page: Page, way: str) -> tuple[float, float]:
    """Return the median time of some changes, and the most bytes that any sent before its paint."""
    figures = []
    for turn in range(-2, CHANGES):
        took, told = page.evaluate("([way, turn]) => bench.change(way, turn)", [way, turn + 2])
        page.wait_for_timeout(700)
        if turn >= 0:
            figures.append((took, told))
    times, bytes_sent = zip(*figures, strict=True)
    return median(times), max(bytes_sent)


def measure(page: Page) -> dict[str, float]:
    """Measure all on one page of the explorer."""
    page.evaluate("bench.ready()")
    page.wait_for_timeout(2000)
    sector, told_sector = changed(page, "sector")
    year, told_year = changed(page, "year")
    played = page.evaluate("ms => bench.play(ms)", PLAY_MS)
    return {
        "sector to repainted map, ms": sector,
        "year to repainted map, ms": year,
        SENT: max(told_sector, told_year),
        "years played": len(played),
        "frame of a year in play, ms": median(played),
        "longest frame of a year in play, ms": max(played),
    }


def main() -> int:
    """Print the table, keep it as JSON and say whether the promise holds."""
    with serving(HERE.parent / "app.py") as explorer, chromium() as browser:
        page, _ = opened(browser, explorer.address, WATCH)
        figures = measure(page)
    print(f"medians of {CHANGES} changes each")
    return tell("on_the_map", figures, at_most=AT_MOST)


if __name__ == "__main__":
    sys.exit(main())

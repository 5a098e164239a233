"""Text that a stranger collected to break pages is shown as it is, and never runs.

The texts are not in this project. FOLDER holds collections of them: JSON with texts anywhere in it,
or anything else with one a line. They stand in every free text of a copy of the shipped tables, in
the headings, cells and name of an upload, in links and in a map of one file; a real browser opens
every page over them. Counted are calls of ``alert`` and its kin, attributes and elements that no
page of ours has, pages that end in an error, requests to other hosts, and texts seen verbatim.

Run: python -m benchmarks.hostile FOLDER [--most 200]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks._driving import browser_path
from playwright.sync_api import Page, sync_playwright
from tests.e2e.conftest import FLAGS, ROOT, running
from tests.e2e.hostile import hostile_file, write_data

from ccgeo.query.selection import LIST_PARAMS, VIEW_PARAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (
    "explore", "explore?at=partner:SG&level=province&lang=zh", "events",
    "events?event=4th-ccec-promotion-conference-singapore-2025", "records",
    *(f"records?record=CQ-{number:04d}" for number in range(1, 6)),
    "compare?zone=cq-liangjiang-na", "zones?zone=cq-liangjiang-na", "places", "sources",
)  # fmt: skip
UPLOADED = 30
PARAMS = [*LIST_PARAMS.values(), *VIEW_PARAMS.values(), "years", "k", "at", "find"]
WATCH = """
window.__ran = 0;
for (const name of ["alert", "confirm", "prompt", "print"])
    window[name] = () => { window.__ran++; };
"""
READ = r"""
() => {
    const roots = [document], nodes = [], texts = [];
    const odd = /^(object|embed|applet|marquee|frame|frameset|layer|base|xss|bgsound|isindex)$/;
    for (const root of roots) for (const one of root.querySelectorAll("*")) {
        if (one.shadowRoot) roots.push(one.shadowRoot);
        const tag = one.tagName.toLowerCase();
        if (tag !== "script" && tag !== "style")
            for (const each of one.childNodes) if (each.nodeType === 3) texts.push(each.data);
        for (const name of ["value", "title", "aria-label", "placeholder"])
            if (one.getAttribute(name)) texts.push(one.getAttribute(name));
        if (one.value) texts.push(String(one.value));
        let isBad = odd.test(tag) || (tag === "meta" && one.parentElement?.tagName !== "HEAD");
        for (const {name, value} of one.attributes)
            isBad ||= /^on/i.test(name) || (/^(href|src|action|formaction|data)$/i.test(name)
                && /^\s*(javascript|vbscript|data:text)/i.test(value));
        if (isBad) nodes.push(one.outerHTML.slice(0, 300));
    }
    return {nodes, texts, ran: window.__ran ?? 0};
}
"""


def texts_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def collected(folder: Path) -> list[str]:
    """Return the texts of a folder, each once, but those that no table of text can hold."""
    found: list[str] = []
    for path in sorted(each for each in folder.rglob("*") if each.suffix in {".json", ".txt"}):
        content = path.read_text("utf-8", "replace")
        try:
            found += texts_in(json.loads(content))
        except (ValueError, RecursionError):
            found += content.splitlines()
    usable = (text.encode("utf-8", "replace").decode() for text in found)
    return [text for text in dict.fromkeys(usable) if text.strip() and "\0" not in text]


class Watcher:
    """What was seen on every page that a browser opened."""

    def __init__(self, texts: list[str]) -> None:
        self.flat = {text: "".join(text.split()) for text in texts}
        self.seen: set[str] = set()
        self.nodes: list[str] = []
        self.foreign: set[str] = set()
        self.broken: list[str] = []
        self.ran = self.looks = 0

    def watch(self, page: Page) -> Page:
        """Count what a page runs and where it asks."""
        page.add_init_script(WATCH)
        page.on("request", lambda request: self._note(request.url))
        return page

    def open(self, page: Page, address: str) -> None:
        """Open a page, wait until all of it is there, and look at it."""
        page.goto(address)
        self.settle(page)
        self.look(page)

    def settle(self, page: Page) -> None:
        """Wait until the server has sent everything and open what is folded away."""
        app = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
        app.wait_for(timeout=120_000)
        page.wait_for_load_state("networkidle")
        folded = page.locator("[data-testid=stMain] details:not([open]) summary")
        for _ in range(folded.count()):
            folded.first.click()

    def look(self, page: Page) -> None:
        """Read a page with its frames."""
        self.looks += 1
        for frame in page.frames:
            read = frame.evaluate(READ)
            self.ran += read["ran"]
            self.nodes += read["nodes"]
            shown = "\x01".join("".join(text.split()) for text in read["texts"])
            self.seen |= {text for text, flat in self.flat.items() if flat in shown}
        if page.locator("[data-testid=stException]").count():
            self.broken.append(page.url[:300])

    def _note(self, address: str) -> None:
        if address.startswith("http") and "//127.0.0.1" not in address:
            self.foreign.add(address[:300])


def over_data(page: Page, watcher: Watcher, texts: list[str], folder: Path) -> None:
    """Open every page over tables full of the texts, and a map made of them."""
    write_data(folder, texts)
    known = {"PYTHONPATH": str(folder)}
    with running("app.py", folder / "log.txt", known) as address:
        for name in PAGES:
            watcher.open(page, f"{address}/{name}")
    path = folder / "map.html"
    asked = ("map", "--frame", "world", "--level", "province", "-o", str(path))
    subprocess.run([sys.executable, "-m", "ccgeo", *asked], cwd=ROOT, check=True,
                   env={**os.environ, **known})  # fmt: skip
    page.goto(path.as_uri())
    watcher.look(page)


def over_uploads(page: Page, watcher: Watcher, texts: list[str], address: str) -> None:
    """Bring the texts as headings, cells, faults and the name of a file; ask them in links."""
    for start in range(0, len(texts), UPLOADED):
        some = texts[start : start + UPLOADED]
        some += texts[: max(0, 5 - len(some))]
        page.goto(f"{address}/bring")
        watcher.settle(page)
        name = some[0].replace("/", "∕")[:80] + ".csv"
        file = {"name": name, "mimeType": "text/csv", "buffer": hostile_file(some)}
        page.locator("[data-testid=stFileUploaderDropzoneInput]").first.set_input_files([file])
        page.get_by_text("rows are good").wait_for(timeout=60_000)
        watcher.settle(page)
        watcher.look(page)
    for start in range(0, len(texts), len(PARAMS)):
        some = [text[:300] for text in texts[start : start + len(PARAMS)]]
        watcher.open(page, f"{address}/?{urlencode(dict(zip(PARAMS, some, strict=False)))}")


def main() -> int:
    """Print what was counted; end badly if anything ran, was injected or broke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=10**6, help="texts at most, spread evenly")
    options = parser.parse_args()
    texts = collected(options.folder)
    texts = texts[:: max(1, -(-len(texts) // options.most))]
    if not texts:
        parser.error(f"no texts in {str(options.folder)!r}")
    watcher = Watcher(texts)
    with sync_playwright() as play, TemporaryDirectory() as name:
        browser = play.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", *FLAGS]
        )
        page = watcher.watch(browser.new_page(viewport={"width": 1440, "height": 900}))
        over_data(page, watcher, texts, Path(name))
        with running("app.py", Path(name) / "own.txt") as address:
            over_uploads(page, watcher, texts, address)
        browser.close()
    figures = {
        "texts": len(texts), "looks": watcher.looks, "executions": watcher.ran,
        "injected nodes": len(watcher.nodes), "broken pages": len(watcher.broken),
        "requests elsewhere": len(watcher.foreign), "seen verbatim": len(watcher.seen),
    }  # fmt: skip
    print(", ".join(f"{what} {count}" for what, count in figures.items()))
    for line in [*watcher.nodes[:20], *watcher.broken[:20], *sorted(watcher.foreign)[:20]]:
        print(f"  {line}")
    unseen = [text for text in texts if text not in watcher.seen]
    for text in unseen[:20]:
        print(f"  not seen: {text[:200]!r}")
    return int(bool(watcher.ran or watcher.nodes or watcher.broken or watcher.foreign))


if __name__ == "__main__":
    sys.exit(main())

"""A copy of the shipped data whose texts are hostile, and a reader of pages that sees markup.

The strings are markers: each would show as a node, as a number or not at all if anything read it
as HTML, as a template, as Markdown or as a formula. None of them does anything.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
MARKERS = (
    "{{7*7}} mk1",
    "{% if 1 %}mk2{% endif %}",
    "{# hidden #} mk3",
    "${7*7} mk4",
    "<b data-mk>mk5</b>",
    '"><i data-mk="x">mk6</i>',
    "'><u data-mk>mk7",
    "**mk8**",
    "[mk9](#mk)",
    ":red[mk10] :material/home:",
    "$mk11^2$",
    "<!-- hidden --> mk12",
    "&lt;b&gt; mk13",
    "=1+1 mk14",
    "`mk15`",
    "# mk16",
    "![mk17](mk)",
    "<svg data-mk><title>mk18</title></svg>",
    "~~mk19~~ &#60;b&#62;",
    "%s %(mk20)s %00",
)
HOSTILE = {
    "records.csv": ("title", "title_zh", "organisation", "sector_reported", "place_text", "note"),
    "sources.csv": ("title", "publisher", "reason"),
    "events.csv": ("name_en", "name_zh", "venue", "note"),
    "zones.csv": ("name_en", "name_zh", "note", "area_note"),
    "partners.csv": ("name_en", "name_zh"),
}
PATCH = """\
from pathlib import Path

from ccgeo import shipped

shipped.data_folder = lambda: Path(__file__).parent / "data"
"""

# Elements that no text of ours becomes, in the page, in every shadow root and in every frame.
READ = """
markers => {
    const flat = text => text.replace(/\\s+/g, "");
    const broken = text => markers.some(([word, whole]) =>
        new RegExp(word + "(?![0-9])").test(text) && !flat(text).includes(flat(whole)));
    const roots = [document], texts = [], nodes = [];
    for (const root of roots) {
        for (const one of root.querySelectorAll("*")) {
            if (one.shadowRoot) roots.push(one.shadowRoot);
            const own = [...one.childNodes].filter(each => each.nodeType === 3)
                .map(each => each.data).join("");
            if (one.tagName !== "SCRIPT" && one.tagName !== "STYLE" && own.trim()) texts.push(own);
            for (const name of ["value", "title", "aria-label", "placeholder"])
                if (one.getAttribute(name)) texts.push(one.getAttribute(name));
            if (one.value) texts.push(String(one.value));
            if (one.hasAttribute("data-mk") || one.getAttribute("href") === "#mk"
                || /(^|\\/)mk$/.test(one.getAttribute("src") ?? "")) nodes.push(one.outerHTML);
            if (/^(B|I|U|S|EM|DEL|STRONG|CODE|H1)$/.test(one.tagName)
                && broken(own)) nodes.push(one.outerHTML);
            if (one.classList.contains("katex") && one.textContent.includes("mk"))
                nodes.push(one.outerHTML);
        }
    }
    return {texts, nodes: nodes.map(each => each.slice(0, 300))};
}
"""


def words(markers: Sequence[str]) -> list[str]:
    """Return the harmless word in each marker, which a page shows whatever became of the rest."""
    return [f"mk{number}" for number in range(1, len(markers) + 1)]


def write_data(folder: Path, markers: Sequence[str] = MARKERS) -> Path:
    """Copy the shipped data with hostile texts, and a patch that makes a server read it."""
    shutil.copytree(ROOT / "data", folder / "data")
    for name, columns in HOSTILE.items():
        path = folder / "data" / "deals" / name
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        number = 0
        for row in rows:
            for column in columns:
                if row[column]:
                    row[column] = markers[number % len(markers)]
                    number += 1
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    (folder / "sitecustomize.py").write_text(PATCH, encoding="utf-8")
    return folder


def hostile_file(markers: Sequence[str] = MARKERS) -> bytes:
    """Return a table of one's own that is hostile in its headings, its cells and its faults."""
    heads = ("title", "organisation", "sector", "place", "note", "source", "amount", "date")
    lines = [[*heads, markers[0], markers[4]]]
    for number, marker in enumerate(markers):
        lines.append([marker] * 6 + [f"{number + 1} million CNY", "2020", marker, marker])
    lines += [["bad", marker, marker, marker, marker, marker, marker, marker, "", ""]
              for marker in markers]  # fmt: skip
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    return "\n".join(quoted).encode("utf-8", "replace")


def read_page(page: Page, markers: Sequence[str] = MARKERS) -> tuple[set[str], list[str]]:
    """Return the markers that a page shows as they are, and every node that one became."""
    found: dict[str, Any] = {"texts": [], "nodes": []}
    for frame in page.frames:
        each = frame.evaluate(READ, list(zip(words(markers), markers, strict=True)))
        found["texts"] += each["texts"]
        found["nodes"] += each["nodes"]
    flat = ["".join(text.split()) for text in found["texts"]]
    shown = {m for m in markers if any("".join(m.split()) in text for text in flat)}
    nodes = found["nodes"] + [text for text in found["texts"] if "49 mk" in text]
    return shown, nodes

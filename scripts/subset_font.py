"""Cut from an open font the characters that the figures can need: `subset_font.py FONT`.

The font that is shipped comes from Noto Sans CJK SC (SIL Open Font License 1.1), as Debian
packages it in fonts-noto-cjk. Its outlines become quadratic, because PDF files can hold those
and not the cubic ones. Run it again when names with new characters come into the data.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src" / "ccgeo" / "views" / "fonts"
TEXTS = ("data/geo/units.csv", "data/deals/zones.csv", "data/deals/partners.csv")
FAMILY = "Ccgeo Sans"
_MOST_ERROR = 1.0
_NAME_IDS = {1: FAMILY, 3: "ccgeo-sans", 4: FAMILY, 6: "CcgeoSans-Regular", 16: FAMILY}


def wanted_characters() -> set[str]:
    """Return every character of the names in the data and of the words in the code."""
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "data" / "deals").glob("sectors.csv")]
    paths = [*sources, *(ROOT / name for name in TEXTS)]
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    # The 3,755 most frequent characters, by the first level of GB 2312: new words find theirs.
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    common = {bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells}
    return latin | common - {""} | {c for c in text if c.isprintable() and ord(c) <= 0xFFFF}


def read_face(path: Path) -> TTFont:
    """Return the simplified Chinese face of a font file or collection."""
    if path.suffix.lower() != ".ttc":
        return TTFont(path)
    faces = TTCollection(path).fonts
    return next(face for face in faces if face["name"].getDebugName(1).endswith("CJK SC"))


def make_quadratic(font: TTFont) -> None:
    """Replace cubic outlines by quadratic ones within a unit of the em."""
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, _MOST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphs = glyphs
    table.glyphOrder = font.getGlyphOrder()
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints",
        "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont) -> None:
    """Name the subset as what it is, so that nobody takes it for the whole font."""
    for record in list(font["name"].names):
        if record.nameID in _NAME_IDS:
            font["name"].setName(
                _NAME_IDS[record.nameID], record.nameID, record.platformID,
                record.platEncID, record.langID,
            )  # fmt: skip


def main(path: Path) -> None:
    """Write the subset beside the code that draws with it."""
    options = Options()
    options.layout_features = []
    options.drop_tables += ["VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "BASE"]
    options.hinting = False
    options.notdef_outline = True
    options.name_languages = [0x409]
    font = read_face(path)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted_characters())))
    subsetter.subset(font)
    make_quadratic(font)
    rename(font)
    FONTS.mkdir(exist_ok=True)
    font.recalcTimestamp = False
    font.save(FONTS / "ccgeo-sans.ttf")
    print(f"{(FONTS / 'ccgeo-sans.ttf').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

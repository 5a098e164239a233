"""Build data/geo/hant.csv: which simplified character a traditional or Japanese one stands for.

Run it from the top of a checkout that has the ``build`` extra installed:
``python scripts/build_gazetteer_hant.py``. Same packages, same bytes.
"""

from __future__ import annotations

from pathlib import Path

from opencc import OpenCC

TABLE = Path(__file__).resolve().parents[1] / "data" / "geo" / "hant.csv"
UNIFIED = range(0x4E00, 0xA000)
ROUTES = ("t2s", "tw2s", "hk2s")
# Place names keep these: the characters are names of their own, not other forms.
KEPT = {"乾", "著", "阪", "夥", "藉", "瞭", "徵"}
# Forms of place names that OpenCC leaves alone.
ADDED = {"徳": "德", "沢": "泽", "広": "广", "県": "县", "関": "关", "浜": "滨", "塩": "盐"}


def main() -> None:
    """Write the table."""
    converters = [OpenCC(route) for route in ROUTES]
    from_japanese, simplify = OpenCC("jp2t"), OpenCC("t2s")
    pairs = dict(ADDED)
    for code in UNIFIED:
        character = chr(code)
        forms = [converter.convert(character) for converter in converters]
        forms.append(simplify.convert(from_japanese.convert(character)))
        other = next((form for form in forms if form != character), "")
        if len(other) == 1 and character not in KEPT:
            pairs.setdefault(character, other)
    simplified = set(pairs.values())
    lines = [f"{one},{pairs[one]}" for one in sorted(pairs) if one not in simplified]
    TABLE.write_text("\n".join(["hant,hans", *lines, ""]), encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {len(lines)} characters")


if __name__ == "__main__":
    main()

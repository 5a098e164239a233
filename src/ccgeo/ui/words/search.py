"""Words of the box to look things up in."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "search": ("Find a place, zone, partner or event", "查找地区、园区、伙伴或活动"),
    "register_search": ("Find a place, zone or partner", "查找地区、园区或伙伴"),
    "search_hint": ("Yubei, yu bei, Singapore …", "渝北、yubei、新加坡……"),
    "search_none": ("Nothing has a name like that.", "没有这样的名称。"),
    "formerly": ("formerly", "曾用名"),
    "kind_province": ("Province", "省市"),
    "kind_prefecture": ("Prefecture", "市州"),
    "kind_district": ("District", "区县"),
    "kind_zone": ("Zone", "园区"),
    "kind_partner": ("Partner", "伙伴"),
    "kind_event": ("Event", "活动"),
}

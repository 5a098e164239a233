"""Sentences of the Places page."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "places_page": ("Places", "地名"),
    "places_intro": (
        (
            "Type a place as a text names it, one in a line, in English or Chinese. A name that "
            "fits several places is listed with its candidates; nothing is guessed."
        ),
        "按原文输入地名，每行一个，中英文均可。一名多地时列出候选，绝不猜测。",
    ),
    "places_mentions": ("Places, one in a line", "地名，每行一个"),
    "places_as_of": ("Date of the text (YYYY-MM-DD), if known", "文本日期（YYYY-MM-DD），如已知"),
    "places_settle": ("Which place is meant?", "指的是哪一处？"),
    "places_open": ("Not settled", "未定"),
    "places_line": ("Line {number}", "第{number}行"),
    "places_result": ("Result", "结果"),
    "places_name": ("Place", "地点"),
    "places_level": ("Level", "层级"),
    "places_sure": ("Confidence", "置信度"),
    "places_kind": ("Kind of name", "名称类别"),
    "places_decided": ("Settled by", "判定"),
    "places_person": ("a person", "人工"),
    "places_machine": ("the geocoder", "程序"),
    "places_reason": ("Why not", "原因"),
    "places_download": ("Results (CSV)", "结果（CSV）"),
}

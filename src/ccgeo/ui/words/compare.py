"""Sentences of the Compare page."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "compare": ("Compare", "对比"),
    "side_by_side": ("Side by side", "并排"),
    "difference": ("Difference", "差值"),
    "by_years": ("Year by year", "逐年"),
    "by_sectors": ("Sector by sector", "逐行业"),
    "left_filters": (
        "Left: the filters in the sidebar. Both maps have one scale.",
        "左图使用侧栏中的筛选。两图采用同一分级。",
    ),
    "right_filters": ("Filters of the right map", "右图筛选"),
    "compare_hint": (
        "Click a place or a line on either map to see both sides of it.",
        "点击任一地图上的地区或流线，查看两侧数据。",
    ),
    "difference_why": (
        "Drawn only where both sides state a figure: no record is not zero.",
        "仅在双方都有数额处绘制。没有记录不等于零。",
    ),
}

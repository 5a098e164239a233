"""Sentences about a register that the explorer was started on."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "register_version": (
        "Register {name}, {entries} records, version {version}",
        "登记库 {name}，{entries} 条记录，版本 {version}",
    ),
    "register_synthetic": (
        "Synthetic data: every record is made up, no figure is true.",
        "合成数据：每条记录均为虚构，任何数字均非事实。",
    ),
    "register_without": (
        "Events, zones and sources are those of the shipped records: the register {name} has none.",
        "活动、园区与来源仅有内置数据：当前所用登记库 {name} 不含这些内容。",
    ),
    "register_extra": (
        'CCGEO_ENGINE is set, but {name} is not installed: pip install "ccgeo[scale]"',
        '已设置 CCGEO_ENGINE，但未安装 {name}：pip install "ccgeo[scale]"',
    ),
    "register_intro": (
        "The records of the selection, page by page; the filters are those of Explore.",
        "所选记录，逐页显示；筛选条件与“地图”页相同。",
    ),
    "register_find": ("Search id and title", "在编号与标题中查找"),
    "register_order": ("Sorted by", "排序"),
    "register_newest": ("Newest first", "最新在前"),
    "register_oldest": ("Oldest first", "最早在前"),
    "register_largest": ("Largest amount first", "金额最大在前"),
    "register_id": ("Id", "编号"),
    "register_page": ("Page of {pages}", "页码（共 {pages} 页）"),
    "register_shown": (
        "Records {first} to {last} of {found}",
        "第 {first} 至 {last} 条，共 {found} 条",
    ),
    "register_none": ("No record fits.", "没有符合条件的记录。"),
    "register_too_many": (
        "A file holds at most {most} records; this selection has {found}. Narrow it down.",
        "文件最多包含 {most} 条记录，所选有 {found} 条，请缩小范围。",
    ),
    "register_newest_shown": (
        "The newest {shown} of {found}; all of them are on the page of records.",
        "仅列最新 {shown} 条，共 {found} 条；全部记录见“记录”页。",
    ),
    "lines_left_out": (
        "Only the {most} largest lines are drawn; {records} records, {amount}, on smaller ones.",
        "仅绘出最大的 {most} 条流线；另有 {records} 条记录、{amount}在较小的流线上。",
    ),
    "own_register": ("Register", "登记库"),
}

"""Sentences of the Bring your own page."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "bring_page": ("Bring your own", "导入数据"),
    "bring_what": (
        (
            "A table of deals in CSV, Excel or GeoJSON, in English or Chinese. It stays in this "
            "session and is written nowhere."
        ),
        "CSV、Excel 或 GeoJSON 格式的项目表，中英文均可。数据只留在本次会话，不会写入任何地方。",
    ),
    "bring_upload": ("Your table", "您的表格"),
    "bring_limits": (
        (
            "At most 20 MB, 100,000 rows, 200 columns and 32,767 characters a cell; archives are "
            "refused."
        ),
        "上限：20 MB、10万行、200列、每格32,767字符；不接受压缩包。",
    ),
    "bring_template": ("Template ({form})", "模板 ({form})"),
    "bring_checking": ("Reading and checking", "正在读取与检查"),
    "bring_mapping": ("Which column holds what", "各列含义"),
    "bring_no_column": ("– none –", "– 无 –"),
    "bring_keep_mapping": ("Keep this mapping", "保存此对应关系"),
    "bring_saved_mapping": ("Use a saved mapping", "使用已保存的对应关系"),
    "bring_counts": (
        "{good} rows are good, {rejected} are rejected, {flagged} have something to look at.",
        "{good} 行可用，{rejected} 行被拒，{flagged} 行有待查看。",
    ),
    "bring_refused": ("Nothing of this file can be taken.", "此文件无法读取。"),
    "bring_faults": ("Faults", "问题"),
    "bring_kinds": ("Kinds of fault", "问题类型"),
    "bring_all_faults": ("All faults (CSV)", "全部问题 (CSV)"),
    "bring_rejected": ("Rejected rows (CSV)", "被拒的行 (CSV)"),
    "bring_good": ("Good rows (CSV)", "可用的行 (CSV)"),
    "bring_review": ("Places to decide", "待定地点"),
    "bring_review_why": (
        (
            "One decision holds for every row with the same words; without one the row is counted"
            " and not drawn."
        ),
        "一次选择适用于所有相同写法的行；不选择则计入合计但不落图。",
    ),
    "bring_mention": ("{count} rows", "{count} 行"),
    "bring_undecided": ("not decided", "未定"),
    "bring_decisions": ("Decisions (CSV)", "地点选择 (CSV)"),
    "bring_preview": ("Preview", "预览"),
    "bring_beside": ("Beside the shipped records", "与自带数据一起显示"),
}

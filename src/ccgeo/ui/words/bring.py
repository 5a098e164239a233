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
    "bring_way": ("What you bring", "导入方式"),
    "bring_table": ("A table", "表格"),
    "bring_article": ("A press text", "新闻稿"),
    "article_what": (
        (
            "Paste an article in English or Chinese. What it states beyond doubt is proposed, by "
            "rules and names of places alone; correct it, and it is checked like a table."
        ),
        "粘贴中文或英文新闻稿。仅按规则和地名提取确切表述，供您修改，并与表格一样接受检查。",
    ),
    "article_text": ("Article", "新闻稿全文"),
    "article_nothing": (
        "No figure of this text is sure enough to be proposed.",
        "此文中没有足够确切的数字可供提取。",
    ),
    "article_proposed": ("{count} records are proposed.", "提取出 {count} 条记录。"),
    "article_words": ("Where each cell comes from", "各单元格出处"),
    "article_row": ("record", "记录"),
    "article_cell": ("column", "列"),
    "article_value": ("value", "值"),
    "article_said": ("words of the text", "原文"),
    "article_at": ("characters", "字符位置"),
    "own_which": ("Records asked ({count} of your own)", "数据范围（您的记录：{count} 条）"),
    "own_shipped": ("shipped", "自带"),
    "own_mine": ("mine", "我的"),
    "own_both": ("both", "两者"),
    "own_forget": ("Forget my records", "清除我的记录"),
    "own_explore": ("Explore {count} records of your own", "在地图中查看您的 {count} 条记录"),
    "own_totals": ("Totals of your own", "您的汇总记录"),
    "own_total": ("Total", "汇总记录"),
    "own_no_totals": (
        "No row of your table is a total with parts (a column of parents says which are).",
        "您的表格中没有带分项的汇总记录（由“上级编号”列说明）。",
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
    "bring_stop": ("Stop reading", "停止读取"),
    "bring_stopped": (
        "Reading was stopped; nothing of the file is used.",
        "已停止读取，未使用文件内容。",
    ),
    "bring_again": ("Read it", "重新读取"),
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
    "bring_saved_decisions": ("Use saved decisions", "使用已保存的地点选择"),
    "bring_find_mention": ("Find a name", "查找地名"),
    "bring_mentions_page": ("Page, of {pages}", "页码（共 {pages} 页）"),
    "bring_decisions": ("Decisions (CSV)", "地点选择 (CSV)"),
    "bring_preview": ("Preview", "预览"),
    "bring_beside": ("Beside the shipped records", "与自带数据一起显示"),
}

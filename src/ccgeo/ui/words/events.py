"""Sentences of the Events and Records pages."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "events_page": ("Events", "活动"),
    "records_page": ("Records", "记录"),
    "events_intro": (
        (
            "{events} signings, fairs and joint starts. Each is a total and what it is made of: "
            "the parts that were published and the remainder nobody itemised."
        ),
        "{events}场签约、展会和集中开工。每场活动由总额、已公布的分项和未列明的余额组成。",
    ),
    "find_event": ("Find an event", "查找活动"),
    "find_event_hint": (
        "Type a name in either language, a date or a venue",
        "输入中英文名称、日期或地点",
    ),
    "all_events": ("All events", "全部活动"),
    "not_adding_up": ("What does not add up", "不相符之处"),
    "not_adding_up_intro": (
        (
            "Arithmetic finds {findings} contradictions, and sources disagree in {conflicts} "
            "groups. Nothing is repaired by guess: every figure stays as its source prints it."
        ),
        "算术检查发现{findings}处矛盾，来源不一致的有{conflicts}组。不作猜测修正，各来源数字照录。",
    ),
    "name_en": ("Name", "英文名称"),
    "name_zh": ("Chinese name", "名称"),
    "venue": ("Venue", "举办地"),
    "claims": ("Claims", "数字"),
    "signed_projects": ("Projects, signed or later", "已签约及以后项目数"),
    "signed_amount": ("CNY million, signed or later", "已签约及以后（百万元）"),
    "event_date_place": ("Date and venue", "日期与举办地"),
    "undated_event": ("undated", "无日期"),
    "open_event": ("Open this event", "打开此活动"),
    "stated_by": ("Total stated by", "总额来源"),
    "sum_of_totals": (
        "Several totals of this event stand side by side; none lies in another.",
        "本活动有多个互不包含的总额并列。",
    ),
    "total": ("Total", "总额"),
    "part": ("Part", "分项"),
    "residual": ("Remainder, not itemised", "余额，未列明"),
    "excess": ("Contradiction: the parts exceed the total", "矛盾：分项超过总额"),
    "line": ("What", "构成"),
    "number": ("No.", "序号"),
    "nothing_itemised": (
        "Nothing of this total is itemised in the sources.",
        "来源未列明该总额的构成。",
    ),
    "no_totals": (
        "No figure of this event enters a sum; the claims below say why.",
        "本活动没有计入合计的数字，原因见下表。",
    ),
    "inside": ("Inside {record}", "{record}的构成"),
    "projects_unit": ("projects", "项目数"),
    "amount_unit": ("CNY bn", "亿元"),
    "claims_intro": (
        (
            "{claims} claims, {counted} of them in sums. What is told again, overlaps or runs on "
            "is kept and not summed; the table says why. Select a row to open the record."
        ),
        "共{claims}条，其中{counted}条计入合计。重复报道、口径重叠和累计数保留但不计入，原因见表。选中一行可查看记录。",
    ),
    "relation": ("Belongs here as", "与本活动的关系"),
    "figure": ("Figure as stated", "原始数字"),
    "amount_kind": ("Kind of amount", "金额类别"),
    "in_sums": ("In sums", "是否计入"),
    "why_not": ("Why not", "不计入原因"),
    "date_kind": ("Which date", "日期含义"),
    "date_precision": ("Date known to the", "日期精度"),
    "direction": ("Direction", "方向"),
    "cut": ("Cut", "划分方式"),
    "conversion": ("Conversion", "折算"),
    "flags": ("Warnings", "警示"),
    "note": ("Note", "备注"),
    "completeness": ("Completeness", "完整度"),
    "record_id": ("Record", "编号"),
    "event": ("Event", "活动"),
    "any_money": ("CNY million", "百万元"),
    "place_ids": ("Placed at", "落点"),
    "place_basis": ("How the place is known", "地点依据"),
    "sector_reported": ("Sector in the words of the source", "来源所述行业"),
    "parent_id": ("Part of", "所属记录"),
    "source_class": ("Kind of source", "来源类别"),
    "not_linked": ("Why not linked", "不设链接的原因"),
    "url": ("Address", "网址"),
    "conflicts": ("Sources that disagree", "来源不一致"),
    "tellings": ("The same project or fact, told {count} times", "同一项目或事实，共报道{count}次"),
    "used": ("Used in sums", "计入合计"),
    "not_used": ("Not summed", "不计入合计"),
    "rank_would": ("By rank: {record}", "按次序应为：{record}"),
    "flags_found": ("Arithmetic says", "算术检查"),
    "partners_of_event": ("Partners and flows", "伙伴与流向"),
    "no_partners": (
        "No entry of this event names a partner.",
        "本活动的记录未写明伙伴。",
    ),
    "records_intro": (
        (
            "All {records} records, also those that no sum counts, with the reason. A record is "
            "one figure that one source states on one date."
        ),
        "全部{records}条记录，包括不计入合计的记录及原因。每条记录是一个来源在某日给出的一个数字。",
    ),
    "find_record": ("Find records", "查找记录"),
    "find_record_hint": (
        "Words in any column: a firm, a place, an amount, an id",
        "任意列中的词：企业、地点、金额、编号",
    ),
    "records_found": ("{shown} of {total} records", "共{total}条，显示{shown}条"),
    "completeness_why": (
        "How much of the record is known; it says nothing on whether it is right.",
        "表示记录信息的完整程度，不表示数字是否正确。",
    ),
    "points": ("Points", "得分"),
    "most_points": ("Of", "满分"),
    "open_source": ("Open the source", "打开来源"),
    "source_not_linked": ("Cited, not linked:", "仅注明出处，不设链接："),
    "details": ("Open record", "查看记录"),
    "everything_stated": ("Everything stated", "全部信息"),
    "reconciled": ("What it is made of", "构成"),
    "no_figure": ("No figure stated", "未说明数字"),
    "unknown_record": ("There is no such record.", "没有这条记录。"),
    "unknown_event": ("There is no such event.", "没有这场活动。"),
}

"""Sentences of the Explore and Sources pages."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "explore": ("Explore", "地图"),
    "sources_page": ("Sources and method", "来源与方法"),
    "filters": ("Filters", "筛选"),
    "clear": ("Clear", "清除"),
    "default": ("Default", "默认"),
    "years": ("Years", "年份"),
    "year_from": ("From", "起始年份"),
    "year_until": ("Until", "截止年份"),
    "search_choices": ("Search", "搜索"),
    "include_undated": ("Include undated", "含无日期"),
    "date_kind_of_years": ("Which date counts", "年份所依日期"),
    "sectors": ("Sector", "行业"),
    "stages": ("Stage", "阶段"),
    "partners": ("Partner abroad", "境外伙伴"),
    "places": ("Place", "地区"),
    "zones": ("Zone", "园区"),
    "kinds": ("Kind of record", "记录类型"),
    "directions": ("Direction", "方向"),
    "known_levels": ("Known at", "所知层级"),
    "min_confidence": ("Lowest confidence", "最低可信度"),
    "min_amount": ("Smallest amount, CNY million", "最小金额（百万元）"),
    "more_filters": ("More filters", "更多筛选"),
    "all": ("All", "全部"),
    "level": ("Level", "层级"),
    "measure": ("Measure", "指标"),
    "vintage": ("Boundaries", "区划版本"),
    "scheme": ("Classes", "分级方法"),
    "rescale": ("Rescale classes to this selection", "按当前选择重新分级"),
    "map": ("Map", "地图"),
    "table": ("Table", "表格"),
    "charts": ("Charts", "图表"),
    "top_units": ("Largest places of this level", "本级金额最大的地区"),
    "partners_sectors": ("Who invests in what", "伙伴 × 行业"),
    "sectors_places": ("What goes where", "行业 × 地区"),
    "rest": ("all others", "其余合计"),
    "rest_places": ("others, or known no finer", "其余或未知至本级"),
    "map_settings": ("Map settings", "地图设置"),
    "class_count": ("Number of classes", "级数"),
    "cite": ("Cite this view", "引用此视图"),
    "cite_why": (
        "The address holds the whole view; with the same data version it shows the same numbers.",
        "网址包含整个视图；数据版本相同，数字即相同。",
    ),
    "clock_is_wrong": (
        "The clock of the server says {day}, which is before the newest source: no day is given.",
        "服务器时钟显示为{day}，早于最新的来源，因此不注明查阅日期。",
    ),
    "embed_why": (
        "To show this view inside a page of your own, copy this frame.",
        "要在自己的网页中显示此视图，请复制以下框架代码。",
    ),
    "open_explorer": ("Open in ccgeo", "在 ccgeo 中打开"),
    "active_filters": ("Filters in force", "当前筛选"),
    "no_filters": ("The default filters", "仅默认筛选"),
    "remove_filter": ("Remove this filter", "移除此筛选"),
    "download_layer": ("Map layer (GeoJSON)", "地图图层 (GeoJSON)"),
    "download_records": ("Records (CSV)", "记录 (CSV)"),
    "download_more": ("Take it away as …", "导出为 …"),
    "download_files": ("Layers and records", "图层与记录"),
    "download_pictures": ("Pictures", "图片"),
    "download_map": ("Map that opens offline (HTML)", "可离线打开的地图 (HTML)"),
    "download_film": ("Film, a picture a year (GIF)", "逐年动画 (GIF)"),
    "download_figure": ("Figure ({form})", "图件 ({form})"),
    "not_mapped": ("Not drawn at this level", "本级未能落图"),
    "not_mapped_why": (
        (
            "Their sources state no single {level}; they are counted in the total and never "
            "spread over the map."
        ),
        "来源未指明单一{level}；计入合计，但不摊派到图上。",
    ),
    "nothing_unmapped": (
        "Everything in this selection is drawn at this level.",
        "本选择全部落图。",
    ),
    "flows_not_drawn": ("Not drawn as lines", "未画成流线"),
    "known_at": ("Known at", "所知层级"),
    "records": ("Records", "记录"),
    "projects": ("Projects", "项目数"),
    "amount": ("Amount", "金额"),
    "amount_per_km2": ("Amount per km²", "每平方公里金额"),
    "sector": ("Sector", "行业"),
    "stage": ("Stage", "阶段"),
    "partner": ("Partner", "伙伴"),
    "year": ("Year", "年份"),
    "district": ("District", "区县"),
    "prefecture": ("Prefecture", "市州"),
    "province": ("Province", "省市"),
    "amount_in": (
        "{amount} in {projects} projects, {records} records",
        "{amount}，{projects}个项目，{records}条记录",
    ),
    "click_hint": (
        "Click a district or a line on the map to read its records.",
        "点击地图上的区县或流线查看记录。",
    ),
    "no_records": ("No record of this selection is known here.", "本选择在此没有记录。"),
    "nothing_selected": (
        "No record fits these filters. Widen the years, or press Default.",
        "没有符合条件的记录。请放宽年份，或点“默认”。",
    ),
    "close": ("Close", "关闭"),
    "problems": (
        "Part of this link was not understood; the rest of it is shown.",
        "链接的一部分无法识别；其余部分已显示。",
    ),
    "caveat": (
        "Amounts are what was announced or contracted, not what was spent.",
        "金额为公布或签约数，并非实际支出。",
    ),
    "data_version": ("Data version {version}", "数据版本 {version}"),
    "date": ("Date", "日期"),
    "title": ("Title", "标题"),
    "place": ("Place", "地点"),
    "amount_reported": ("Amount as reported", "原始金额"),
    "amount_cny": ("CNY million", "百万元人民币"),
    "source": ("Source", "来源"),
    "link": ("Link", "链接"),
    "confidence": ("Confidence", "可信度"),
    "organisation": ("Organisation", "机构"),
    "kind": ("Kind", "类型"),
    "open": ("open", "打开"),
    "search_table": ("Search in these records", "在这些记录中查找"),
    "rows_of": ("{shown} of {total} records", "共 {total} 条，显示 {shown} 条"),
    "more_rows": ("{n} more", "另 {n} 项"),
    "fewer_rows": ("fewer", "收起"),
    "newest_records": ("Newest records", "最新记录"),
    "all_records": ("All {count} as a table", "全部 {count} 条列表"),
    "amount_unstated": ("amount not stated", "金额未说明"),
    "by_stage": ("By stage", "按阶段"),
    "by_sector": ("By sector", "按行业"),
    "by_partner": ("By partner", "按伙伴"),
    "by_year": ("By year", "按年份"),
    "unstated": ("not stated", "未说明"),
    "several": ("several", "多项"),
    "undated": ("undated", "无日期"),
    "language": ("Language", "语言"),
    "what_is_this": ("What am I looking at?", "这张图说明什么？"),
    "tour": (
        (
            "Every figure here was announced in a public source. The colour of a district is "
            "the sum of what its sources place in that district; lines join a partner abroad "
            "with the place the source names. What is known only for a prefecture, a province"
            " or the whole circle is not spread over districts: it is counted under the map. "
            "Hatched means no record, not zero.\n\n"
            "Pick sectors and years on the left, click a district to read its records and "
            "sources, and take the layer or the records away with the two buttons under the "
            "map. The address of this page holds the whole view: send it to show someone else"
            " the same thing."
        ),
        (
            "图中每个数字都来自公开来源。区县颜色为来源指明落在该区县的金额合计；流线连接境外"
            "伙伴与来源写明的地点。只知道到市州、省市或整个经济圈的金额不摊派到区县，而是列在"
            "地图下方。斜线表示没有记录，不等于零。\n\n"
            "在左侧选择行业和年份，点击区县查看记录与来源，用地图下方的按钮下载图层或记录。本"
            "页网址包含整个视图，可直接转发。"
        ),
    ),
    "rates": ("Exchange rates, yearly average", "年平均汇率"),
    "method": (
        (
            "**From source to sum.** Each record is one figure that one source states on one "
            "date. Records stand in trees: an event, its breakdown, its deals. Children are "
            "never added to their parent; what a breakdown leaves open is a remainder of its "
            "own. A project told several times counts once; figures that disagree stay side "
            "by side. Indicators, stocks, output values, loans and registered capital are "
            "kept and never summed as investment.\n\n"
            "**From sum to map.** A record is drawn in a unit only if everything it covers "
            "lies in that unit. Zones are not districts; a province total is not spread over "
            "districts. Mapped and not mapped add up to the total, exactly. Other currencies "
            "are converted at the yearly average of the record's year; the figure as reported"
            " is kept."
        ),
        (
            "**从来源到合计。** 每条记录是一个来源在某日给出的一个数字。记录按“活动—分"
            "项—项目”成树；下级不与上级相加，未列明部分单列为余额。同一项目多次报道只计一次"
            "；相互矛盾的数字并列保留。指标、存量、产值、贷款和注册资本保留但不计入投资合计。\n\n"
            "**从合计到地图。** 只有当记录所涉范围全部落在某一单元内，才在该单元落图。园"
            "区不等于区县；省级合计不摊派到区县。已落图与未落图之和恒等于合计。外币按记录当年"
            "的年平均汇率折算，并保留原始数字。"
        ),
    ),
    "region": ("Region", "区域"),
    "world": ("World", "世界"),
    "frame": ("Frame", "画面"),
    "ways": ("Lines", "流线"),
    "line_colour": ("Colour of lines", "流线颜色"),
    "most_lines": ("Number of lines", "流线数量"),
    "labels": ("Names on the map", "图上名称"),
    "overlay": ("Over the colours", "叠加图层"),
    "own_limits": ("Own class limits", "自定分级界限"),
    "own_limits_help": (
        (
            "Rising upper limits, separated by commas, in CNY, projects or CNY per km²; they win "
            "over the rule and the number of classes."
        ),
        "用逗号分隔、依次增大的上限，单位为元、个或元/平方公里；优先于分级方法和级数。",
    ),
    "own_limits_none": ("such as 1000000000, 10000000000", "例如 1000000000, 10000000000"),
    "add_to_comparison": ("Compare", "加入对比"),
    "compared": ("To compare", "待对比"),
    "compared_one": (
        "Against the whole selection; add a second one to compare the two.",
        "与整个选择对比；再加一个即可两两对比。",
    ),
    "compared_pair": ("One beside the other.", "两者并列对比。"),
    "open_comparison": ("Open the comparison", "打开对比"),
    "end_comparison": ("Clear", "清除"),
    "partner_lines": (
        (
            "{drawn} of this is drawn as lines, as the label on the map says. {records} more "
            "records ({rest}) are not: {reasons}."
        ),
        "其中{drawn}画成流线，即图上标签所示；另有{records}条记录（{rest}）未画：{reasons}。",
    ),
}

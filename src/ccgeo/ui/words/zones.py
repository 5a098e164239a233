"""Sentences of the Zones page, and of districts that were divided."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "zones_page": ("Zones", "园区"),
    "zones_intro": (
        (
            "Development zones, new areas, bonded zones and parks, shown by the districts they "
            "cover. Where a zone covers part of a district, the whole district is hatched: which "
            "part it is, no source here says. No boundary of a zone is drawn."
        ),
        "各类开发区、新区、保税区与园区，以所覆盖的区县表示。园区只占区县一部分时，整个区县以斜线标示：具体范围并无来源说明。本图不画园区边界。",
    ),
    "zone": ("Zone", "园区"),
    "zone_hint": ("Type a name in either language", "输入中英文名称"),
    "all_zones": ("All zones", "全部园区"),
    "zone_kinds": ("Kind of zone", "园区类型"),
    "lead_sectors": ("Lead sector", "主导产业"),
    "zones_overlap": ("Overlap with districts", "与区县的重叠"),
    "the_circle": ("The circle", "双城经济圈"),
    "no_zone_fits": ("No zone fits these filters.", "没有符合条件的园区。"),
    "zone_click": (
        ("Choose a zone, click a label point, or click a district to see the zones that cover it."),
        "选择园区，点击标注点，或点击区县查看覆盖它的园区。",
    ),
    "zones_here": (
        "{zones} of the zones shown cover this district, wholly or in part.",
        "所示园区中有{zones}个全部或部分覆盖此区县。",
    ),
    "zone_points_note": (
        (
            "A label point is a place to write the name of a zone: neither its boundary nor its "
            "centre. Points marked GeoNames: © GeoNames, CC BY 4.0."
        ),
        "标注点仅用于书写园区名称，既非边界也非中心。注明GeoNames者：© GeoNames，CC BY 4.0。",
    ),
    "zone_kind": ("Kind", "类型"),
    "zone_level": ("Approved as", "级别"),
    "zone_parent": ("Inside", "所属园区"),
    "zone_established": ("Established", "设立"),
    "zone_national": ("National since", "升格国家级"),
    "zone_area": ("Planned area", "规划面积"),
    "zone_area_km2": ("Planned area, km²", "规划面积（平方公里）"),
    "zone_sectors": ("Lead sectors", "主导产业"),
    "zone_sectors_basis": ("Lead sectors as", "主导产业依据"),
    "zone_whole": ("Whole districts", "整个区县"),
    "zone_part": ("Parts of districts", "部分区县"),
    "zone_source": ("Source", "来源"),
    "zone_note": ("Note", "备注"),
    "zone_confidence": ("Confidence", "可信度"),
    "zone_extent": ("Extent", "范围"),
    "zone_figure": ("Figure as reported", "原始数字"),
    "zone_statistics": (
        "Figures about the zone as a whole; none of them is summed",
        "关于园区整体的数字；均不计入合计",
    ),
    "no_statistics": (
        "No figure about this zone as a whole is recorded.",
        "没有关于该园区整体的数字。",
    ),
    "zone_deals": (
        "Records placed in this zone or in a zone inside it",
        "落在本园区或其内园区的记录",
    ),
    "zone_amount": (
        (
            "Signed or later, 2010 to 2026: {amount} in {projects} projects, {records} records. "
            "Other stages stand in the table alone."
        ),
        "2010至2026年已签约及以后阶段：{amount}，{projects}个项目，{records}条记录。其他阶段仅列于表中。",
    ),
    "no_zone_records": (
        (
            "No record is placed in this zone. What is known only by district stands on the map "
            "of districts."
        ),
        "没有落在本园区的记录。只知道到区县的记录见区县地图。",
    ),
    "zone_totals_note": (
        (
            "Zones lie over districts and over one another: totals of zones are never added to "
            "totals of districts, nor to one another."
        ),
        "园区与区县、园区与园区相互重叠：园区合计不与区县合计相加，也不彼此相加。",
    ),
    "download_zones": ("Zones (GeoJSON)", "园区 (GeoJSON)"),
    "download_circle": ("The circle (GeoJSON)", "经济圈 (GeoJSON)"),
    "circle_source": (
        "The district list follows the plan of 2021: {source}.",
        "区县名单依据2021年规划：{source}。",
    ),
    "circle_state": ("Belongs", "归属"),
    "circle_districts": ("Districts", "区县数"),
    "circle_area": ("Area by the polygons, km²", "按边界量算面积（平方公里）"),
    "circle_in": ("in", "圈内"),
    "circle_partly": ("partly", "部分在内"),
    "circle_out": ("out", "圈外"),
    "crossing_title": ("Where these districts went", "这些区县的去向"),
    "crossing_why": (
        (
            "These districts were divided on 2025-11-06. A record that names only the district "
            "cannot be put on either side; the shares are shares of area, not of deals. Records "
            "that name a town cross exactly."
        ),
        "这些区县于2025年11月6日被拆分。只写明区县的记录无法归入任何一方；所列为面积占比，并非项目占比。写明乡镇街道的记录可准确归属。",
    ),
    "crossing_from": ("Was", "原区县"),
    "crossing_to": ("Is now", "现区县"),
    "crossing_share": ("Area", "面积占比"),
}

"""The Zones page, run without a browser."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from ccgeo.layers.zones import build_zones, zone_title
from ccgeo.places.zones import read_zones
from ccgeo.query.engine import read_placed
from ccgeo.query.selection import View
from ccgeo.query.zones import find_zones, zone_entries, zone_statistics

ROOT = Path(__file__).resolve().parents[2]


def zones(**params: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "zones.py"), default_timeout=120)
    for name, value in params.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.info)
    return "\n".join(element.value for kind in kinds for element in kind)


def link(page: AppTest) -> dict[str, str]:
    written = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, str) else value[0] for name, value in written.items()}


def test_all_zones_are_shown_first():
    page = zones()
    assert zone_title(build_zones([], View())) in shown(page)
    assert "neither its boundary nor its centre" in shown(page)
    assert "GS(2024)0650" in shown(page)


def test_a_link_opens_one_zone_with_its_facts_figures_and_records():
    page = zones(zone="cq-liangjiang-na")
    text = shown(page)
    assert page.selectbox(key="zone_choice").value == "cq-liangjiang-na"
    assert "1 zone over 3 districts: 0 whole, 3 in part." in text
    assert "Planned area: 1,200 km²" in text
    assert "never added to totals of districts" in text
    sizes = [len(frame.value) for frame in page.dataframe]
    assert len(zone_statistics("cq-liangjiang-na")) in sizes


def test_the_page_speaks_chinese():
    text = shown(zones(zone="cq-liangjiang-na", lang="zh"))
    assert "规划面积：1,200平方公里" in text
    assert "园区合计不与区县合计相加" in text


def test_the_later_boundaries_make_the_new_area_one_district():
    text = shown(zones(zone="cq-liangjiang-na", boundaries="2026"))
    assert "1 zone over 1 district: 1 whole, 0 in part." in text


def test_kind_and_sector_stand_in_the_link():
    page = zones()
    page.multiselect(key="zone_kinds").set_value(["science city"]).run()
    assert not page.exception
    assert link(page)["zone_kind"] == "science city"
    found = find_zones(kinds={"science city"})
    assert f"{len(found)} zones over" in shown(page)
    page.multiselect(key="lead_sectors").set_value(["digital"]).run()
    assert link(page)["sector"] == "digital"
    found = find_zones(kinds={"science city"}, sectors={"digital"})
    assert f"{len(found)} zone" in shown(page)


def test_a_choice_stands_in_the_link_and_goes_again():
    page = zones()
    page.selectbox(key="zone_choice").set_value("x-gaozhu").run()
    assert link(page)["zone"] == "x-gaozhu"
    page.button(key="zone_back").click().run()
    assert "zone" not in link(page)
    assert not page.exception


def test_a_district_in_the_link_lists_the_zones_over_it():
    text = shown(zones(at="district:500112"))
    assert "Yubei District 渝北区" in text
    assert "cover this district" in text


def test_a_zone_without_records_says_so():
    page = zones(zone=next(each for each in read_zones()["zone_id"] if is_bare(each)))
    assert "No record is placed in this zone" in shown(page)
    assert "No figure about this zone" in shown(page)


def is_bare(zone_id: str) -> bool:
    return zone_entries(read_placed(), zone_id).empty and zone_statistics(zone_id).empty


def test_what_a_link_gets_wrong_is_said_as_text():
    page = zones(zone_kind="<b>moon</b>,science city", zone="nowhere")
    assert any("<b>moon</b>" in text.value for text in page.text)
    assert any("'nowhere'" in text.value for text in page.text)
    assert not any("moon" in each.value for each in page.markdown)


def test_filters_that_nothing_fits_say_so():
    page = zones(zone_kind="landmark project", sector="food_agri")
    assert "No zone fits these filters." in shown(page)


def test_explore_lists_divided_districts_with_their_shares_on_the_later_boundaries():
    page = AppTest.from_file(str(ROOT / "pages" / "explore.py"), default_timeout=120)
    page.query_params["boundaries"] = "2026"
    page.query_params["at"] = "known:district"
    page.run()
    assert not page.exception
    assert "Where these districts went" in shown(page)
    (shares,) = [frame.value for frame in page.dataframe if "share" in frame.value]
    assert shares["from"].tolist() == ["Yubei District", "Yubei District"]
    assert shares["to"].tolist() == ["Liangjiang New Area", "Beibei District"]
    assert sum(float(share.rstrip("%")) for share in shares["share"]) == 100


def test_explore_lists_no_divided_district_on_the_earlier_boundaries():
    page = AppTest.from_file(str(ROOT / "pages" / "explore.py"), default_timeout=120)
    page.query_params["at"] = "known:district"
    page.run()
    assert not page.exception
    assert "Where these districts went" not in shown(page)

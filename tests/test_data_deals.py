"""The shipped records: founding facts, every rule of the schema, every count in the README."""

import re
from decimal import Decimal

import pandas as pd
import pytest

from ccgeo.records.checks import check_records
from ccgeo.records.ledger import build_entries, read_entries, reconciliation, reconciliations
from ccgeo.records.money import read_rates
from ccgeo.records.schema import parse_record, validate_records, validate_sources
from ccgeo.records.sectors import read_sectors, sector_choices
from ccgeo.records.tables import read_events, read_records, read_sources, read_table
from ccgeo.records.vocabulary import (
    ADDITIVE_AMOUNT_KINDS,
    COUNTED_ROLES,
    DEFAULT_STAGES,
    SUM_ROLES,
)
from ccgeo.shipped import data_file

BN = 10**11
"""Fen in a thousand million yuan."""

CHINESE = re.compile("[\u3400-\u9fff]")


def by_id():
    return read_records().set_index("id")


def entries_of(*event_ids):
    entries = read_entries()
    return entries[entries["event_id"].isin(event_ids)].set_index("entry_id")


# ---------------------------------------------------------------- founding facts


def test_smart_china_expo_2022_is_70_projects_and_four_sectors_with_a_rest():
    lines = reconciliation(read_records(), "CQ-0014")
    found = [(line.role, line.projects, Decimal(line.amount_fen) / BN) for line in lines]
    assert found == [
        ("total", 70, Decimal("212.1")),
        ("part", 18, Decimal("83.3")),
        ("part", 14, Decimal(33)),
        ("part", 13, Decimal("22.4")),
        ("part", 6, Decimal("12.8")),
        ("residual", 19, Decimal("60.6")),
    ]


def test_smart_china_expo_2022_is_known_for_chongqing_as_a_whole_and_nowhere_finer():
    expo = entries_of("smart-china-expo-2022")
    assert set(expo["place_level"]) == {"province"}
    assert set(expo["place_ids"]) == {("500000",)}
    assert int(expo["projects"].sum()) == 70
    assert int(expo["amount_fen"].sum()) == 212_100_000_000 * 100


def test_the_54_projects_above_a_billion_never_add():
    assert by_id().loc["CQ-0015", "projects"] == 54
    assert by_id().loc["CQ-0015", "sum_role"] == "overlap"
    assert "CQ-0015" not in set(read_entries()["record_id"])


def test_the_sectors_of_the_expo_are_those_the_article_names():
    sectors = by_id().loc[["CQ-0016", "CQ-0017", "CQ-0018", "CQ-0019"], "sector_id"]
    assert list(sectors) == ["automotive", "digital", "several", "biomedicine"]


def test_the_singapore_conference_2025_is_five_deals_with_a_partner():
    event = by_id().loc["CQ-0001", "event_id"]
    (deal,) = [e for e in entries_of(event).itertuples() if e.record_id == "CQ-0001"]
    assert deal.projects == 5
    assert deal.amount_fen == 1_150_000_000 * 100
    assert deal.partners == ("SG",)
    assert (deal.place_level, deal.place_ids) == ("circle", ("CCEC",))
    assert deal.stage == "signed"


def test_the_portfolio_of_a_trillion_is_an_opportunity_and_never_summed_with_deals():
    portfolio = by_id().loc["CQ-0002"]
    assert portfolio["amount_fen"] == 10**12 * 100
    assert portfolio["amount_qualifier"] == "min"
    assert portfolio["stage"] == "opportunity"
    assert "opportunity" not in DEFAULT_STAGES
    signed = entries_of(portfolio["event_id"])
    signed = signed[signed["stage"].isin(DEFAULT_STAGES)]
    assert int(signed["amount_fen"].sum()) == 1_150_000_000 * 100


def test_what_is_on_offer_is_never_in_a_later_stage():
    offered = read_records()["note"].str.contains("offered, not signed|opportunities, not deals")
    assert set(read_records().loc[offered, "stage"]) == {"opportunity"}


def test_the_expatriate_elites_2021_are_37_projects_with_an_alliance_of_three_places():
    event = by_id().loc["CQ-0012", "event_id"]
    entries = entries_of(event)
    assert entries.loc["CQ-0012", "projects"] == 37
    assert entries.loc["CQ-0012", "amount_fen"] == 6_150_000_000 * 100
    alliance = entries.loc["CQ-0013"]
    assert alliance["place_level"] == "several"
    assert alliance["place_ids"] == ("511700", "500101", "500154")
    assert pd.isna(alliance["amount_fen"])
    assert by_id().loc["SC0407", "sum_role"] == "telling"


def test_raffles_city_counts_once_and_is_told_in_two_currencies():
    tellings = read_records()[read_records()["project_key"] == "raffles-city"]
    assert set(tellings["currency"]) == {"CNY", "USD"}
    counted = read_entries()[read_entries()["project_key"] == "raffles-city"]
    (city,) = counted.itertuples()
    assert city.amount_fen == 24_000_000_000 * 100
    assert city.partners == ("SG",)
    assert "CapitaLand" in city.organisation
    assert (city.place_level, city.place_ids) == ("district", ("500103",))
    assert "Yuzhong" in by_id().loc[city.record_id, "place_basis"]


def test_the_misprinted_gdp_is_kept_flagged_and_in_no_sum():
    gdp = by_id().loc["CQ-0006"]
    assert gdp["amount_reported"] == "660 bn CNY"
    assert {"misprint", "implausible"} <= set(gdp["flags"])
    assert gdp["sum_role"] == "none"
    assert gdp["confidence"] == 1
    assert "CQ-0006" not in set(read_entries()["record_id"])


def test_the_misprinted_gdp_is_found_to_be_ten_times_too_low():
    (finding,) = [f for f in check_records(read_records()) if f.check == "share"]
    assert finding.record_ids[0] == "CQ-0006"
    assert finding.sentence.endswith("about 10 times too low.")


# ---------------------------------------------------------------- verdicts of the audit


@pytest.mark.parametrize("record_id", ["CQ-0136", "CQ-0617"])
def test_implausible_figures_are_flagged_and_not_summed(record_id):
    assert "implausible" in by_id().loc[record_id, "flags"]
    assert by_id().loc[record_id, "confidence"] == 1
    counted = read_entries().set_index("record_id")["amount_fen"].dropna()
    assert record_id not in counted.index


@pytest.mark.parametrize("record_id", ["SC0223", "SC0357", "CQ-0477"])
def test_abandoned_projects_are_cancelled(record_id):
    assert by_id().loc[record_id, "stage"] == "cancelled"


@pytest.mark.parametrize(
    "record_id", ["CQ-0068", "CQ-0140", "CQ-0279", "CQ-0462", "SC0306", "SC0475", "SC0510"]
)
def test_intentions_and_memoranda_are_announced_at_most(record_id):
    assert by_id().loc[record_id, "stage"] == "announced"


@pytest.mark.parametrize("record_id", ["SC0397", "SC0399", "SC0401", "CQ-0104"])
def test_gaozhu_is_one_zone_and_not_two_districts(record_id):
    assert by_id().loc[record_id, "place_level"] == "zone"
    assert by_id().loc[record_id, "place_ids"] == ("x-gaozhu",)


@pytest.mark.parametrize(
    "record_id", ["SC0039", "SC0109", "SC0111", "SC0112", "SC0215", "SC0308", "CQ-0206"]
)
def test_totals_of_many_provinces_are_not_this_region_s(record_id):
    row = by_id().loc[record_id]
    assert (row["place_level"], row["place_ids"]) == ("country", ("CN",))
    assert row["sum_role"] == "none"


@pytest.mark.parametrize(
    ("kept", "telling"),
    [
        ("CQ-0001", "SC0582"),
        ("CQ-0012", "SC0407"),
        ("CQ-0104", "SC0399"),
        ("SC0284", "CQ-0626"),
        ("SC0199", "CQ-0634"),
        ("CQ-0166", "CQ-0102"),
    ],
)
def test_a_fact_told_in_both_halves_counts_once(kept, telling):
    rows = by_id()
    assert rows.loc[kept, "project_key"] == rows.loc[telling, "project_key"] != ""
    assert rows.loc[kept, "sum_role"] in COUNTED_ROLES
    assert rows.loc[telling, "sum_role"] == "telling"


@pytest.mark.parametrize(
    ("part", "whole"),
    [("CQ-0401", "CQ-0622"), ("CQ-0049", "CQ-0629"), ("CQ-0053", "CQ-0547")],
)
def test_nested_totals_are_parts(part, whole):
    assert by_id().loc[part, "parent_id"] == whole
    assert by_id().loc[part, "sum_role"] == "part"
    assert whole not in set(read_entries()["record_id"])


def test_running_totals_of_the_connectivity_initiative_are_one_series_of_stocks():
    rows = read_records()[read_records()["conflict_group"] == "cci-cumulative"]
    assert len(rows) == 10
    assert set(rows["kind"]) == {"indicator"}
    assert set(rows["sum_role"]) == {"stock"}


def test_the_rumoured_sale_is_left_out_with_a_reason():
    left_out = read_table("left_out.csv").set_index("id")
    assert "rumoured" in left_out.loc["CQ-0311", "reason"]
    assert not set(left_out.index) & set(read_records()["id"])


@pytest.mark.parametrize(
    ("record_id", "unit"),
    [("CQ-0558", "beds"), ("CQ-0414", "participants"), ("CQ-0106", "institutions")],
)
def test_what_is_not_a_project_is_not_counted_as_one(record_id, unit):
    assert by_id().loc[record_id, "count_unit"] == unit


def test_liangjiang_is_one_place_and_never_three_districts():
    rows = read_records()
    three = rows["place_ids"].map(lambda ids: {"500105", "500109", "500112"} <= set(ids))
    assert not three.any()


# ---------------------------------------------------------------- every row


def test_every_record_obeys_the_schema():
    events, sources = set(read_events()["event_id"]), set(read_sources()["source_id"])
    assert validate_records(read_table("records.csv"), events=events, sources=sources) == []


def test_every_source_obeys_the_schema():
    assert validate_sources(read_table("sources.csv")) == []


def test_every_record_is_a_value():
    values = [parse_record(row) for row in read_table("records.csv").to_dict("records")]
    assert len(set(values)) == len(values)


def test_every_event_is_used_and_named_once_in_english():
    events = read_events()
    assert events["event_id"].is_unique
    assert events["name_en"].is_unique
    assert not events["name_en"].str.contains(CHINESE).any()
    assert set(events["event_id"]) == set(read_records()["event_id"]) - {""}


def test_every_source_is_used():
    assert set(read_sources()["source_id"]) == set(read_records()["source_id"])


def test_every_currency_and_year_has_a_rate():
    rows = read_records()
    money = rows[rows["amount_value"] != ""]
    assert money["money_fen"].notna().all()
    rates = set(zip(read_rates()["currency"], read_rates()["year"].astype(int), strict=True))
    foreign = money[(money["currency"] != "CNY") & money["year"].notna()]
    assert set(zip(foreign["currency"], foreign["year"], strict=True)) <= rates


def test_copies_mirrors_and_bare_addresses_are_not_linked():
    sources = read_sources()
    linked = sources[sources["linkable"]]
    assert not set(linked["class"]) & {"copy", "mirror", "no_url"}
    assert not linked["url"].str.contains(r"//\d+\.\d+\.\d+\.\d+").any()
    assert (sources.loc[~sources["linkable"], "reason"] != "").all()


def test_a_domestic_deal_has_no_partner_abroad():
    rows = read_records()
    alone = rows["partners"] == ("CN",)
    assert set(rows.loc[alone, "direction"]) <= {"domestic", "outbound"}


def test_no_text_speaks_of_how_it_was_gathered():
    words = r"\bseed\b|stored copy|audit|\bexcerpt\b|not returned|frykit|same quote|stray pinyin"
    for name in ("records.csv", "events.csv", "sources.csv", "left_out.csv"):
        table = read_table(name)
        for column in table.columns.difference(["url"]):
            found = table[column].str.contains(words, case=False, regex=True)
            assert not found.any(), (name, column, table.loc[found, column].iloc[:3].tolist())


# ---------------------------------------------------------------- the ledger as shipped


def test_every_counted_total_closes_in_projects_and_in_fen():
    counted = read_records()[read_records()["id"].isin(_counted_ids())].set_index("id")
    for record_id, (total, *parts, left) in reconciliations(read_records()).items():
        if record_id not in counted.index:
            continue
        for figure in ("projects", "amount_fen"):
            if getattr(total, figure) is not None:
                known = sum(getattr(part, figure) or 0 for part in parts)
                assert known + getattr(left, figure) == getattr(total, figure), record_id


def test_the_entries_of_every_event_add_up_to_its_roots():
    rows = read_records()
    counted = rows[rows["id"].isin(_counted_ids())]
    above = dict(zip(counted["id"], counted["parent_id"], strict=True))

    def root(record_id):
        while above.get(record_id) in above:
            record_id = above[record_id]
        return record_id

    entries = read_entries()
    sums = entries.groupby(entries["record_id"].map(root))[["projects", "amount_fen"]].sum()
    stated = counted.set_index("id").loc[sums.index]
    for figure in ("projects", "amount_fen"):
        known = stated[figure].notna()
        assert (sums.loc[known, figure] == stated.loc[known, figure]).all()


def test_negative_residuals_are_kept_and_all_found_by_a_check():
    entries = read_entries()
    negative = entries[(entries["projects"] < 0) | (entries["amount_fen"] < 0)]
    found = {f.record_ids[0] for f in check_records(read_records()) if f.check == "parts"}
    assert set(negative["record_id"]) == found == {"CQ-0129", "CQ-0246", "CQ-0320", "CQ-0701"}


def test_falling_stocks_are_found():
    found = {f.record_ids for f in check_records(read_records()) if f.check == "stock"}
    assert ("SC0438", "SC0413") in found


def test_no_project_counts_twice():
    keys = read_entries()["project_key"]
    assert not keys[keys != ""].duplicated().any()


def test_every_entry_has_one_sector_of_the_partition():
    assert set(read_entries()["sector_id"]) <= set(sector_choices())
    assert len(read_sectors()) == 14


def test_only_new_investment_has_an_amount():
    rows = by_id()
    with_amount = read_entries().dropna(subset="amount_fen")["record_id"]
    assert set(rows.loc[with_amount, "amount_kind"]) <= set(ADDITIVE_AMOUNT_KINDS)


def test_no_indicator_and_no_zone_statistic_is_an_entry():
    assert set(read_entries()["kind"]) == {"event", "breakdown", "deal"}


def test_no_deal_above_the_largest_plant_built_is_summed():
    deals = read_entries()[read_entries()["kind"] == "deal"]
    deals = deals[deals["stage"].isin(DEFAULT_STAGES)]
    assert deals["amount_fen"].max() == 46_500_000_000 * 100


def test_a_wider_total_and_what_lies_inside_it_never_both_stand_alone():
    rows = by_id()
    for inner, outer in [
        ("SC0360", "SC0358"),
        ("SC0574", "SC0573"),
        ("SC0416", "SC0415"),
        ("CQ-0122", "CQ-0729"),
        ("CQ-0177", "CQ-0176"),
        ("SC0435", "SC0482"),
        ("SC0554", "SC0555"),
    ]:
        assert rows.loc[inner, "parent_id"] == outer


def _counted_ids():
    return set(read_entries()["record_id"]) | {
        row.parent_id for row in read_records().itertuples() if row.sum_role == "part"
    } & set(read_records().loc[read_records()["sum_role"].isin(COUNTED_ROLES), "id"])


# ---------------------------------------------------------------- mutations of the data


def test_without_the_role_of_an_overlap_the_expo_would_no_longer_close_by_sector():
    rows = read_records().copy()
    rows.loc[rows["id"] == "CQ-0391", "sum_role"] = "part"
    entries = build_entries(rows)
    pd.testing.assert_frame_equal(entries, read_entries())


def test_a_telling_made_to_count_is_still_counted_once():
    rows = read_records().copy()
    rows.loc[rows["id"] == "CQ-0061", "sum_role"] = "count"
    entries = build_entries(rows)
    assert (entries["project_key"] == "raffles-city").sum() == 1


# ---------------------------------------------------------------- the README


def _readme():
    return data_file("deals/records.csv").with_name("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["records", "events", "sources", "sectors", "rates", "left_out"])
def test_the_readme_counts_the_rows_of_a_table(name):
    (stated,) = re.findall(rf"\| `{name}\.csv` \| ([\d,]+) \|", _readme())
    assert int(stated.replace(",", "")) == len(read_table(f"{name}.csv"))


def test_the_readme_counts_kinds_and_roles():
    text = _readme()
    counts = pd.concat([read_records()["kind"], read_records()["sum_role"]]).value_counts()
    for word, number in counts.items():
        assert f"| {word} | {number} |" in text, word
    assert set(SUM_ROLES) <= set(counts.index)


def test_the_readme_says_how_many_came_in_and_why_the_rest_did_not():
    text = _readme()
    kept = len(read_records()) - 2
    left_out = len(read_table("left_out.csv"))
    assert f"{kept + left_out:,} researched facts were read; {kept:,} are" in text
    assert f"{left_out} are left out" in text


def test_the_readme_explains_every_column():
    text = _readme()
    missing = [column for column in read_table("records.csv").columns if f"`{column}`" not in text]
    assert missing == []


def test_the_changelog_knows_the_tables():
    text = data_file("deals/records.csv").with_name("CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{len(read_records()):,} records of {len(read_events())} events" in text

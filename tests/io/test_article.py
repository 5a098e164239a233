"""From a press text to records: what it states is proposed, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from press_articles import EXPO_EN, EXPO_ZH, FOUNDING, NOTHING, SINGAPORE_EN
from typer.testing import CliRunner

from ccgeo.cli import app
from ccgeo.cli.files import tell_article
from ccgeo.errors import CcgeoError
from ccgeo.io.article import COLUMNS, read_article, read_proposals, read_text
from ccgeo.io.faults import REFUSED, REJECTED, RefusedFileError
from ccgeo.io.own import own_entries
from ccgeo.io.readers import read_records
from ccgeo.query.measures import total_of

FEN_OF_MN = 100_000_000
TOLD = ("kind", "projects", "stage", "sector_id")


@pytest.mark.parametrize(("name", "text", "rows", "places"), FOUNDING, ids=[e[0] for e in FOUNDING])
def test_the_figures_of_the_founding_articles_are_proposed_and_no_other(name, text, rows, places):
    article = read_article(text)
    checked = read_records(article.table_bytes(), "article.csv")

    told = [
        (*(row[name] for name in TOLD), row["amount_fen"] // FEN_OF_MN)
        for row in checked.good.astype({"projects": object}).to_dict("records")
        if row["title"]
    ]
    assert len(told) == len(rows), name
    for (kind, projects, amount, stage, sector), got in zip(rows, told, strict=True):
        assert got[0] == kind
        assert (got[1] if isinstance(got[1], int) else None) == projects
        assert stage is None or got[2] == stage
        assert sector is None or got[3] == sector
        assert got[4] == amount
    assert {one for place in article.places for one in place.ids} >= places


@pytest.mark.parametrize(("name", "text", "rows", "places"), FOUNDING, ids=[e[0] for e in FOUNDING])
def test_no_place_is_invented(name, text, rows, places):
    found = {one for place in read_article(text).places for one in place.ids}

    assert found - places <= {"CCEC", "510000", "500000", "SG", "510100", "cq-cci"}, (name, rows)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_investment_of_its_own_is_not_proposed(text):
    assert read_article(text).rows() == []


@pytest.mark.parametrize("text", [each[1] for each in FOUNDING], ids=[e[0] for e in FOUNDING])
def test_every_cell_points_at_the_words_it_came_from(text):
    article = read_article(text)

    for proposal in article.proposals:
        assert set(proposal.cells) - {"id", "parent_id", "kind"} == set(proposal.words)
        for pieces in proposal.words.values():
            assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    for place in article.places:
        assert all(text[piece.start : piece.end] == piece.text for piece in place.words)


@pytest.mark.parametrize("text", [EXPO_EN, EXPO_ZH])
def test_the_parts_of_a_total_leave_its_residual(text):
    checked = read_records(read_article(text).table_bytes(), "article.csv")
    entries = own_entries(checked.good)

    assert not [f for f in checked.faults if f.verdict in {REFUSED, REJECTED}]
    assert total_of(entries).amount_fen == 212_100 * FEN_OF_MN
    assert entries.loc[entries["is_residual"], "amount_fen"].tolist() == [60_600 * FEN_OF_MN]
    assert entries["date"].unique().tolist() == ["2022-08-22"]
    assert set(entries["unit_province_2025"]) == {"500000"}


def test_an_opportunity_is_a_lower_bound_and_no_deal():
    article = read_article(SINGAPORE_EN)
    good = read_records(article.table_bytes(), "article.csv").good

    assert good["stage"].tolist() == ["signed", "opportunity"]
    assert good["amount_qualifier"].tolist() == ["exact", "min"]
    assert good["date"].tolist()[0] == "2025-10-15"
    assert good["partners"].tolist()[0] == ()  # where it took place, not who signed


def test_parts_that_exceed_their_total_are_not_proposed():
    text = EXPO_EN.replace("83.3 billion", "833 billion")

    assert [row["kind"] for row in read_article(text).rows()] == ["event"]


def test_a_figure_that_is_told_three_times_is_one_record():
    text = (
        "Deals worth over 200 billion yuan inked at Smart China Expo 2022. " + EXPO_EN
        + " The 70 projects with a total investment of 212.1 billion yuan were signed online."
    )  # fmt: skip

    assert sum(row["kind"] == "event" for row in read_article(text).rows()) == 1
    assert len(read_article(text).rows()) == 5


def test_what_a_person_corrects_is_checked_like_any_table():
    rows = read_article(EXPO_EN).rows()
    rows[0]["amount"] = "a lot"

    checked = read_records(read_proposals(rows), "article.csv")

    assert [(f.kind, f.row) for f in checked.faults if f.verdict == REJECTED] == [
        ("amount.unreadable", 2)
    ]
    assert read_proposals([{"title": None}, {}]).splitlines()[1:] == [b"," * (len(COLUMNS) - 1)]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*NOTHING, *EXPO_EN.split(), "万元", "9", "亿元", "\n", "(", "。"]),
                max_size=40))  # fmt: skip
def test_any_text_is_read_without_an_error(words):
    text = " ".join(words)
    article = read_article(text)

    assert all(each.cells["note"] in text for each in article.proposals)


def test_a_text_is_read_from_a_file_or_refused(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(EXPO_ZH.encode("utf-16"))
    assert read_text(path) == EXPO_ZH

    path.write_bytes(b"a" * 500_000)
    with pytest.raises(RefusedFileError, match="100,000 characters"):
        read_text(path)
    with pytest.raises(RefusedFileError):
        read_text(tmp_path / "none.txt")


def test_the_command_writes_what_the_library_proposes(tmp_path):
    path, output = tmp_path / "article.txt", tmp_path / "proposals.csv"
    path.write_text(EXPO_EN, encoding="utf-8")

    told = CliRunner().invoke(app, ["check", str(path), "--article", str(output)])

    assert told.exit_code == 0
    assert output.read_bytes() == read_article(EXPO_EN).table_bytes()
    assert "amount     '212.1 billion yuan' from" in told.stderr


def test_the_command_says_when_nothing_is_sure(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(NOTHING[0], encoding="utf-8")

    with pytest.raises(CcgeoError, match="no figure is sure enough"):
        tell_article(path, "-")


def test_half_of_a_character_in_a_text_harms_nothing():
    article = read_article(
        "US$1.2bn was invested in Chengdu \ud974 by ten companies from Singapore."
    )
    assert "\ufffd" in article.text
    assert read_records(read_proposals(article.rows()), "article.csv").columns
    assert article.table_bytes()

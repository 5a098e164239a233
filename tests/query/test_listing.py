"""Entries as rows to read."""

import pandas as pd

from ccgeo.query.engine import read_placed
from ccgeo.query.listing import citations, list_entries
from ccgeo.records.tables import read_sources


def test_every_entry_becomes_one_row_with_its_source():
    entries = read_placed()
    listed = list_entries(entries)
    assert listed["record_id"].tolist() == entries["record_id"].tolist()
    assert listed["source"].ne("").all()


def test_an_unsafe_address_is_named_but_not_linked():
    sources = read_sources()
    unsafe = sources.loc[~sources["linkable"], "source_id"]
    assert len(unsafe) > 0
    assert all(citations()[source].url == "" for source in unsafe)
    assert all(citations()[source].title for source in unsafe)


def test_a_link_is_plain_web():
    links = [citation.url for citation in citations().values() if citation.url]
    assert links
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_a_residual_says_what_it_is():
    entries = read_placed()
    listed = list_entries(entries[entries["is_residual"]])
    assert listed["title"].str.contains("not itemised").all()
    assert list_entries(entries[entries["is_residual"]], "zh")["title"].str.contains("其余").all()


def test_a_missing_amount_stays_missing():
    entries = read_placed()
    silent = entries[entries["amount_fen"].isna()]
    assert len(silent) > 0
    assert list_entries(silent)["amount_cny_mn"].isna().all()


def test_listing_leaves_the_entries_as_they_were():
    entries = read_placed().head(50)
    before = entries.copy(deep=True)
    list_entries(entries, "zh")
    pd.testing.assert_frame_equal(entries, before)

"""The page of sources and method, run without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from ccgeo.records.tables import read_sources
from ccgeo.shipped import data_version

ROOT = Path(__file__).resolve().parents[2]


def sources_page() -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "sources.py"), default_timeout=60).run()
    assert not page.exception
    return page


def test_every_source_is_listed_and_the_data_version_stands_by():
    page = sources_page()
    tables = [frame.value for frame in page.dataframe]
    assert any(len(table) == len(read_sources()) for table in tables)
    assert any(data_version() in caption.value for caption in page.caption)


def test_only_safe_addresses_are_links():
    page = sources_page()
    listed = next(f.value for f in page.dataframe if "publisher" in f.value and len(f.value) > 100)
    unsafe = set(read_sources().loc[lambda rows: ~rows["linkable"], "source_id"])
    assert unsafe
    assert listed.loc[listed["source_id"].isin(unsafe), "url"].isna().all()

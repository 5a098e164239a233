"""What every page has in common: title, width, icon."""

from __future__ import annotations

from pathlib import Path

import streamlit as st


def configure() -> None:
    """Set the page up; the icon is a local file, so nothing is fetched for it."""
    icon = Path(__file__).with_name("icon.svg")
    st.set_page_config(page_title="ccgeo", page_icon=str(icon), layout="wide")

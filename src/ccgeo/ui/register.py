"""The register that the explorer was started on, if ``CCGEO_ENGINE`` names one."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Final

import streamlit as st

from ccgeo.encoding import encode_markdown
from ccgeo.errors import CcgeoError
from ccgeo.query.memory import shipped
from ccgeo.shipped import data_version
from ccgeo.ui.words import say

if TYPE_CHECKING:
    from ccgeo.query.source import Source

SETTING: Final = "CCGEO_ENGINE"
"""Environment variable that names the engine, see ``docs/SCALE.md``."""


def is_set() -> bool:
    """Return whether the explorer was started on a register.

    Returns
    -------
    bool
        True if the setting is not empty.
    """
    return bool(os.environ.get(SETTING))


def require() -> None:
    """Open the register that the setting names, or say in one sentence why not and end the page."""
    if not is_set():
        return
    try:
        opened()
    except ModuleNotFoundError as error:
        st.error(say("register_extra", name=encode_markdown(str(error.name))))
        st.stop()
    except CcgeoError as error:
        st.container(border=True).text(str(error))
        st.stop()


def source() -> Source:
    """Return the records that every session asks.

    Returns
    -------
    Source
        The register, or the shipped records without a setting.
    """
    return opened() if is_set() else shipped()


def show_mark() -> None:
    """Say on a page that its records are made up, where they are."""
    if is_set() and source().origin.is_synthetic:
        st.markdown(f":orange-background[:material/science: {say('register_synthetic')}]")


def leave_out() -> None:
    """Say that a register does not hold what a page shows, and end the page."""
    if is_set():
        name = encode_markdown(source().origin.register)
        st.info(say("register_without", name=name), icon=":material/database:")
        st.stop()


def version_words() -> str:
    """Say which records these are.

    Returns
    -------
    str
        Markdown: version of the shipped data, or name, size and version of the register.
    """
    if not is_set():
        return say("data_version", version=data_version())
    told = source().origin
    return say(
        "register_version",
        name=encode_markdown(told.register),
        entries=f"{told.entries:,}",
        version=told.version,
    )


@cache
def opened() -> Source:
    """Open the register, once a process.

    Returns
    -------
    Source
        Shared between sessions.
    """
    # Only a setting needs DuckDB and Ibis, which take a second to load and are an extra.
    from ccgeo.engine.store import open_source  # noqa: PLC0415

    return open_source(os.environ[SETTING])

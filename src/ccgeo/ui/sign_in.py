"""Sign-in by somebody else's word: Streamlit's own OpenID Connect, off until it is configured."""

from __future__ import annotations

import streamlit as st

from ccgeo.ui.words import say


def is_required() -> bool:
    """Return whether this server asks who its visitors are.

    Returns
    -------
    bool
        True where ``.streamlit/secrets.toml`` has a section ``[auth]``.
    """
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def require() -> None:
    """End the run with an offer to sign in, unless nobody is asked or the visitor has."""
    if not is_required() or st.user.get("is_logged_in", False):
        return
    st.title("ccgeo")
    st.text(say("sign_in_why"))
    st.button(say("sign_in"), on_click=st.login, type="primary", key="sign_in")
    st.stop()

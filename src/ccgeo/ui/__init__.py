"""Streamlit only: the selection of a session, its widgets, its panels."""

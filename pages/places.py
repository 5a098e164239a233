import streamlit as st

from ccgeo.ui import filters, page, places, state

page.configure()
selection, view = state.open_link()
page.show_links()
with st.sidebar:
    filters.show_language(view)
state.show_problems()
places.show_page()

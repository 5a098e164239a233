import streamlit as st

from ccgeo.ui import filters, page, panels, register, state, zones

page.configure()
selection, view = state.open_link(zones.KIND_PARAM)
page.show_links()
with st.sidebar:
    filters.show_language(view)
state.show_problems()
register.leave_out()
zones.show_page(selection, view)
panels.show_credits(view)

import streamlit as st

from ccgeo.ui import method, page, register, state
from ccgeo.ui.words import say

page.configure()
state.open_link()
page.show_links()
st.subheader(say("sources_page"))
method.show_method()
method.show_boundaries()
method.show_rates()
register.leave_out()
method.show_data()
method.show_sources()

import streamlit as st

from ccgeo.layers.answer import answer_of
from ccgeo.ui import page, panels, register, state

page.configure()
selection, view = state.open_link()
page.show_links(of_page="embed")
answered = answer_of(register.source(), selection, view)

panels.show_headline(answered)
with st.container():
    panels.show_map(answered)
panels.show_credits(view)
page.show_way_out()

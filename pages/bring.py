import streamlit as st

from ccgeo.ui import bring, filters, page, panels, state
from ccgeo.ui.words import say

page.configure()
_, view = state.open_link()
page.show_links()
filters.show_language(view)
st.subheader(say("bring_page"))
checked = bring.show_table() if bring.choose_way() == "table" else bring.show_article()
if checked is not None:
    bring.show_faults(checked)
    decisions = bring.show_review(checked)
    bring.show_preview(checked, decisions, view)
panels.show_credits(view)

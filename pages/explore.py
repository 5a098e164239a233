import streamlit as st

from ccgeo.ui import answers, filters, page, panels, state
from ccgeo.ui.words import say

page.configure()
selection, view = state.open_link()
filters.show_filters(selection, view)
state.show_problems()
answer = answers.answer(selection, view)

panels.show_headline(answer)
center, right = st.columns([2, 1], gap="medium")
with center:
    filters.show_view_switches(view)
    tab_map, tab_table = st.tabs([say("map"), say("table")], key="tab", on_change="rerun")
    with tab_map:
        panels.show_map(answer)
        panels.show_not_mapped(answer)
    if tab_table.open:
        with tab_table:
            panels.show_records(answer.selected)
    panels.show_downloads(answer)
with right:
    panels.show_detail(answer)
    panels.show_tour()
panels.show_footer(answer)

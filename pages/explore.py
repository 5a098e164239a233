import streamlit as st

from ccgeo.ui import charts, comparison, downloads, filters, map_settings, own, page, panels, state
from ccgeo.ui.active_filters import show_chips
from ccgeo.ui.words import say

page.configure()
selection, view = state.open_link()
page.show_links()
answered = own.answered(selection, view)
# The map is handed on first: it is drawn while the rest of the page is still on its way.
top, (center, right) = st.container(), st.columns([2, 1], gap="medium")
with center:
    switches = st.container()
    names = [say("map"), say("table"), say("charts")]
    tab_map, tab_table, tab_charts = st.tabs(names, key="tab", on_change=state.keep_link)
with tab_map:
    panels.show_map(answered)
with top:
    own.show_choice()
    panels.show_headline(answered)
    show_chips(selection)
filters.show_filters(selection, view, own.source())
with switches:
    filters.show_view_switches(view, map_settings.show_lines)
with tab_map:
    panels.show_not_mapped(answered)
if tab_table.open:
    with tab_table:
        panels.show_records(answered)
if tab_charts.open:
    with tab_charts:
        charts.show_charts(answered)
with center:
    downloads.show_downloads(answered)
with right:
    panels.show_detail(answered)
    comparison.show_compared()
    panels.show_about(answered)
panels.show_credits(view)

import streamlit as st

from ccgeo.ui import compare, filters, own, page, panels, state
from ccgeo.ui.words import say

page.configure()
selection, view = state.open_link()
page.show_links()
filters.show_filters(selection, view, own.source())
state.show_problems()

st.subheader(say("compare"))
own.show_choice()
filters.show_view_switches(view)
names = [say("side_by_side"), say("difference"), say("by_years"), say("by_sectors")]
sides, difference, years, sectors = st.tabs(names, key="compare_tab", on_change=state.keep_link)
if sides.open:
    with sides:
        compare.show_sides(selection, view)
if difference.open:
    with difference:
        compare.show_difference(selection, view)
if years.open:
    with years:
        compare.show_panels(selection, view, "years")
if sectors.open:
    with sectors:
        compare.show_panels(selection, view, "sectors")
panels.show_credits(view)

import streamlit as st

from ccgeo.ui import page
from ccgeo.ui.words import say

page.configure()
st.navigation(
    [
        st.Page("pages/explore.py", title=say("explore"), default=True),
        st.Page("pages/sources.py", title=say("sources_page")),
    ],
    position="top",
).run()

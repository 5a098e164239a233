"""The smallest app: what a Streamlit page costs before it shows anything of ours."""

import streamlit as st

st.title("bare")
if st.button("again"):
    st.write("done")

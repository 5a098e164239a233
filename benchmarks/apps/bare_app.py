"""One filter and one line of text: what a Streamlit rerun costs with no map at all."""

import streamlit as st

st.set_page_config(layout="wide")
year = st.radio("From", [2010, 2014, 2018, 2022], horizontal=True)
st.text(f"shown from {year}")

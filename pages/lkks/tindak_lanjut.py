"""Tindak lanjut: filled by the following commits."""

import streamlit as st

from ui.text import umum

st.title(umum.TINDAK_LANJUT)

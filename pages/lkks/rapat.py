"""Rapat: filled by the following commits; with ?embed=true the wall, for the room."""

import streamlit as st

from ui import state
from ui.rapat import layar
from ui.text import umum

by = state.actor()
if st.context.is_embedded:
    asked = str(st.query_params.get("rapat", ""))
    layar.show(by, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0)
    st.stop()
st.title(umum.RAPAT)

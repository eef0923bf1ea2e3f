"""Instrumen: the forms as versioned data; ready-made ones to use, own ones to build, upload, publish and hand out."""

import streamlit as st

from domain.permissions import Permission, require
from services import instruments
from ui import feedback, state
from ui.bimtek import instruments_detail, instruments_list
from ui.profile import saving
from ui.text import bimtek as t

by = state.actor()
require(by, Permission.VIEW_EVENTS)
saving.notice()
instruments_list.open_soon()
st.title(t.INSTRUMEN, anchor=False)
chosen = instruments_list.chosen(by)
if chosen is None:
    instruments_list.page(by)
    st.stop()

st.button(
    t.SEMUA_INSTRUMEN, icon=":material/arrow_back:", type="tertiary", on_click=instruments_list.go_to, args=(None,)
)
with feedback.shown():
    found = instruments.get(by, chosen)
    version = instruments_detail.header(by, found)
    instruments_detail.tabs(by, found, version)

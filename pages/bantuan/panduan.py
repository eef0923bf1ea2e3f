"""Guidance: two screens for the own role first, those of the other roles on request."""

import streamlit as st

from domain.permissions import ROLES
from services import wording
from ui import state
from ui.text import kelola as t

by = state.actor()
st.title(t.PANDUAN)
roles = [by.role.id, *(role for role in ROLES if role != by.role.id)]
role = st.segmented_control(
    t.PANDUAN_PERAN,
    roles,
    format_func=lambda role: wording.role(role)["judul"],
    default=by.role.id,
    required=True,
    key="panduan_peran",
    bind="query-params",
)
with st.container(width=760):
    st.caption(wording.role(role or by.role.id)["uraian"])
    st.markdown(wording.long_text(f"panduan/{role or by.role.id}"))

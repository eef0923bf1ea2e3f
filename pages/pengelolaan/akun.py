"""One's own account: who one is here, a new password, the way out."""

import streamlit as st

from services import wilayah, wording
from ui import feedback, state
from ui.text import kelola as t

by = state.actor()
st.title(t.AKUN)
st.write(t.AKUN_URAIAN)
role = wording.role(by.role.id)

with st.container(border=True, width=640):
    st.header(feedback.escape(by.name), anchor=False)
    for label, value in (
        (t.AKUN_NAMA_PENGGUNA, by.username),
        (t.AKUN_PERAN, f"{role['judul']}. {role['uraian']}"),
        (t.AKUN_WILAYAH, " › ".join(wilayah.path(by.scope.root))),
    ):
        st.caption(label)
        st.text(value)

if by.contoh:
    st.info(t.AKUN_CONTOH_SENDIRI, icon=":material/info:", width=640)
with st.container(horizontal=True):
    if not by.contoh:
        st.link_button(t.GANTI_SANDI, "/sandi", icon=":material/lock_reset:", type="primary")
    st.link_button(t.KELUAR, "/keluar", icon=":material/logout:")

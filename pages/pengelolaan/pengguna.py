"""Accounts: who may sign in, as what, for which region."""

from typing import Any

import streamlit as st

from domain.wilayah import short_name
from services import accounts
from ui import account_dialogs, feedback, state
from ui.text import kelola as t

by = state.actor()
st.title(t.PENGGUNA)
st.write(t.PENGGUNA_URAIAN)
everybody = accounts.users(by).astype(object)
rows: list[Any] = everybody.where(everybody.notna(), None).to_dict("records")  # a national account has no region

if account_dialogs.SHOW_ONCE in st.session_state:
    account_dialogs.show_once(by)

with st.container(horizontal=True, vertical_alignment="bottom"):
    wanted = st.text_input(t.CARI_PENGGUNA, placeholder=t.CARI_PENGGUNA_CONTOH, type="search", autocomplete="off")
    if st.button(t.TAMBAH, type="primary", icon=":material/person_add:"):
        account_dialogs.add(by)

words = (wanted or "").lower().split()
shown = [row for row in rows if all(word in f"{row['nama_pengguna']} {row['nama']}".lower() for word in words)]
st.caption(t.jumlah_pengguna(len(shown), len(rows)))
if not shown:
    st.info(t.TIDAK_ADA_PENGGUNA_SARAN, title=t.TIDAK_ADA_PENGGUNA, icon=":material/person_search:")
    st.stop()


def place(row: dict[str, Any]) -> str:
    if not row["wilayah"]:
        return t.SELURUH_INDONESIA
    return short_name(row["jenis"], row["wilayah_nama"])


table = [
    {
        "nama_pengguna": row["nama_pengguna"],
        "nama": row["nama"],
        "peran": account_dialogs.role_title(row["peran"]),
        "wilayah": place(row),
        "keadaan": t.keadaan(row["aktif"], row["contoh"], row["sandi_sekali"]),
        "dibuat": row["dibuat_pada"].date(),
    }
    for row in shown
]
event = st.dataframe(
    table,
    hide_index=True,
    key="tabel_pengguna",
    on_select="rerun",
    selection_mode="single-row",
    column_config=t.KOLOM_PENGGUNA | {"dibuat": st.column_config.DateColumn(t.DIBUAT, format="DD/MM/YYYY")},
    alt=t.PENGGUNA_ALT,
)
chosen = [number for number in event["selection"]["rows"] if number < len(shown)]
if not chosen:
    st.caption(t.PILIH_BARIS)
    st.stop()

row = shown[chosen[0]]
st.header(feedback.escape(row["nama_pengguna"]))
if row["contoh"]:
    st.info(t.AKUN_CONTOH, icon=":material/info:")
    st.stop()
with st.container(horizontal=True):
    if st.button(t.UBAH, icon=":material/edit:"):
        account_dialogs.change(by, row)
    if st.button(t.ATUR_ULANG, icon=":material/lock_reset:"):
        account_dialogs.reset(by, row)
    if st.button(t.AKHIRI, icon=":material/logout:"):
        account_dialogs.end(by, row)

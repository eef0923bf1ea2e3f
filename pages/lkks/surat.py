"""Surat rekomendasi: the letters of the LKKS about LKS of the region, those that wait first."""

import streamlit as st

from domain import figures
from domain.lkks import letter_state
from domain.permissions import Permission, require
from services import clock, letters, lkks
from ui import draw, feedback, state
from ui.lkks import choose, letter_forms
from ui.lkks import letters as views
from ui.lkks.downloads import excel
from ui.profile.saving import notice
from ui.text import surat as t
from ui.text import umum

by = state.actor()
require(by, Permission.VIEW_LKKS)
st.title(umum.SURAT, anchor=False)
notice()
st.caption(t.URAIAN)

with feedback.shown():
    own = [row["wilayah"] for row in lkks.listed(by) if choose.may_keep(by, row["wilayah"])]
    place = own[0] if len(own) == 1 else None
    if len(own) > 1:
        place = st.selectbox(t.CATAT_UNTUK, own, None, choose.place_name, key="surat_penerbit", placeholder=umum.PILIH)
    keeps = by.may(Permission.MANAGE_LKKS)
    if place is not None and st.button(t.CATAT, type="primary", icon=":material/add:", key="surat_catat"):
        letter_forms.request(by, place)
    if keeps and not own:
        st.info(t.TANPA_PROFIL, icon=":material/account_balance:")
    found = letters.listed(by)
    if not found:
        hint = t.KOSONG_CATAT if own else t.KOSONG_LIHAT
        st.info(f"{t.KOSONG_URAIAN} {hint}", title=t.KOSONG_JUDUL, icon=":material/inbox:")
        st.stop()
    chosen = views.filters(found)
    rows = chosen.of(found)
    if not rows:
        st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
        st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=views.clear)
        st.stop()
    frame = views.worded(rows)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.JUMLAH.format(jumlah=figures.integer(len(rows))), anchor=False, width="stretch")
            if waiting := sum(letter_state(row, clock.today()) == "diajukan" for row in rows):
                words = t.MENUNGGU.format(jumlah=figures.integer(waiting))
                st.badge(words, icon=":material/hourglass_bottom:", color="orange")
            narrowed = chosen.words(found)
            root = by.scope.root or ""
            excel(by, frame, kind="surat", title=umum.SURAT, place=root, source=t.SUMBER, narrowed=narrowed)
        event = draw.table(
            views.on_screen(frame),
            alt=t.ALT,
            key="surat_tabel",
            on_select="rerun",
            selection_mode="single-row",
            column_config=views.columns(),
        )
        picked = [number for number in event["selection"]["rows"] if number < len(rows)]
        if picked and st.button(t.PUTUSKAN, icon=":material/open_in_new:", key="surat_buka"):
            letter_forms.letter(by, rows[picked[0]])
        st.caption(t.PILIH_BARIS)

"""Pengajuan daring: what LKS handed in online, the most urgent first; one of them beside the register, field by field."""

import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Permission, require
from services import applications, clock, tabular
from ui import draw, feedback, fragments, readings, state
from ui.pengajuan import detail, queue
from ui.profile import saving
from ui.text import pengajuan as t
from ui.text import permohonan, umum

SIZE = 50

by = state.actor()
require(by, Permission.REVIEW_REGISTRATION)
saving.notice()

if (number := queue.opened()) is not None:
    st.button(t.KEMBALI, icon=":material/arrow_back:", type="tertiary", on_click=queue.go_to, args=(None,))
    with feedback.shown():
        application = applications.get(by, number)
        detail.header(application)
        detail.outcome(application)
        detail.actions(by, application)
        detail.likely(by, application)
        detail.fields(by, application)
        detail.papers(by, application)
        detail.history(application)
    st.stop()

st.title(umum.PENGAJUAN, anchor=False)
st.write(t.URAIAN)
found = applications.queue(by)
if found.empty:
    queue.nothing(by)
    st.stop()

chosen = queue.QUEUE.filters(by)
rows = queue.QUEUE.of(chosen, found)
if rows.empty:
    st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
    st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=queue.QUEUE.clear)
    st.stop()

pages = -(-len(rows) // SIZE)
page = min(st.session_state.get("pengajuan_hal") or 1, pages)
part = rows.iloc[(page - 1) * SIZE : page * SIZE]
counts = rows["keadaan"].value_counts()
with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(t.JUMLAH.format(jumlah=figures.integer(len(rows))), anchor=False, width="stretch")
        if late := int(counts.get("lewat", 0)):
            st.badge(permohonan.LEWAT.format(jumlah=figures.integer(late)), icon=":material/alarm:", color="red")
        if soon := int(counts.get("segera", 0)):
            words = permohonan.SEGERA.format(jumlah=figures.integer(soon))
            st.badge(words, icon=":material/hourglass_bottom:", color="orange")
        actions = st.container(horizontal=True, width="content")
    queue.table(part)
    with actions:
        if by.may(Permission.EXPORT_REGISTER):
            place = readings.path(chosen.wilayah or by.scope.root)[-1]
            told = umum.keterangan(place, clock.today(), Filters(wilayah=chosen.wilayah))
            narrowed = queue.QUEUE.words(chosen)
            told |= {umum.SARINGAN: narrowed} if narrowed else {}
            st.download_button(
                umum.UNDUH_EXCEL,
                data=fragments.later(
                    by, lambda: tabular.workbook(by, umum.PENGAJUAN, queue.worded(rows, numbers=True), told)
                ),
                file_name=draw.file_name("pengajuan", place, readings.revision(), by.scope.root, chosen),
                mime=draw.XLSX,
                key="unduh_pengajuan",
                icon=":material/download:",
                on_click="ignore",
            )
        queue.share_button(by)
    if pages > 1:
        st.pagination(pages, key="pengajuan_hal", bind="query-params")
    st.caption(t.PILIH_BARIS)
st.caption(t.CATATAN)
queue.source(rows)

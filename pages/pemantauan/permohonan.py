"""Permohonan: every open request for a tanda daftar with the clock of its service time, the most urgent first."""

import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Permission, require
from services import applications, clock, registration, tabular
from ui import draw, fragments, frame, readings, state
from ui.profile import waiting
from ui.text import pengajuan, umum
from ui.text import permohonan as t

SIZE = 50

by = state.actor()
require(by, Permission.REVIEW_REGISTRATION)
st.title(umum.PERMOHONAN, anchor=False)
st.write(t.URAIAN)
if waiting_online := applications.waiting(by):
    words = pengajuan.MENUNGGU_SATU.format(jumlah=figures.integer(waiting_online))
    st.page_link(state.page("pengajuan"), label=words, icon=":material/inbox:")
found = registration.open_requests(by)
if found.empty:
    st.info(t.KOSONG_URAIAN, title=t.KOSONG_JUDUL, icon=":material/task_alt:")
    st.page_link(state.page("profil_lks"), label=t.BUKA_PENCARIAN, icon=":material/search:")
    st.stop()

chosen = waiting.QUEUE.filters(by)
rows = waiting.QUEUE.of(chosen, found)
if rows.empty:
    st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
    st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=waiting.QUEUE.clear)
    st.stop()

pages = -(-len(rows) // SIZE)
page = min(st.session_state.get("permohonan_hal") or 1, pages)
part = rows.iloc[(page - 1) * SIZE : page * SIZE]
counts = rows["keadaan"].value_counts()
with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(t.JUMLAH.format(jumlah=figures.integer(len(rows))), anchor=False, width="stretch")
        if late := int(counts.get("lewat", 0)):
            st.badge(t.LEWAT.format(jumlah=figures.integer(late)), icon=":material/alarm:", color="red")
        if soon := int(counts.get("segera", 0)):
            st.badge(t.SEGERA.format(jumlah=figures.integer(soon)), icon=":material/hourglass_bottom:", color="orange")
        actions = st.container(horizontal=True, width="content")
    event = draw.table(
        waiting.worded(part),
        alt=t.TABEL,
        key="permohonan_tabel",
        on_select="rerun",
        selection_mode="single-row",
        column_config=waiting.columns(),
    )
    picked = [number for number in event["selection"]["rows"] if number < len(part)]
    with actions:
        if picked:
            st.page_link(
                state.page("profil_lks"),
                label=t.BUKA_PROFIL,
                icon=":material/open_in_new:",
                query_params={"lks": str(part["kode_lks"].iloc[picked[0]])},
            )
        if by.may(Permission.EXPORT_REGISTER):
            place = readings.path(chosen.wilayah or by.scope.root)[-1]
            told = umum.keterangan(place, clock.today(), Filters(wilayah=chosen.wilayah))
            narrowed = waiting.QUEUE.words(chosen)
            told |= {umum.SARINGAN: narrowed} if narrowed else {}
            st.download_button(
                umum.UNDUH_EXCEL,
                data=fragments.later(
                    by, lambda: tabular.workbook(by, umum.PERMOHONAN, waiting.worded(rows, numbers=True), told)
                ),
                file_name=draw.file_name("permohonan", place, readings.revision(), by.scope.root, chosen),
                mime=draw.XLSX,
                key="unduh_permohonan",
                icon=":material/download:",
                on_click="ignore",
            )
    if pages > 1:
        st.pagination(pages, key="permohonan_hal", bind="query-params")
    st.caption(t.PILIH_BARIS)
st.caption(t.CATATAN)
frame.source(clock.today(), int(rows["contoh"].sum()))

"""Daftar LKS: search that forgives misspelling, one page of rows, selection, and a workbook of exactly what is shown."""

from dataclasses import replace

import streamlit as st

from domain import figures
from services import clock, register
from ui import draw, filters, fragments, frame, readings, state, views
from ui.dokumen import buttons
from ui.indikator import origins
from ui.text import pantau as t
from ui.text import umum

SIZE = 50

by = state.actor()
on = clock.today()
chosen = frame.opening(by, umum.DAFTAR_LKS, on, filters.detailed_bar)

with st.container(horizontal=True, vertical_alignment="bottom"):
    wanted = st.text_input(
        t.CARI,
        key=filters.SEARCH,
        bind="query-params",
        placeholder=t.CARI_CONTOH,
        type="search",
        icon=":material/search:",
        width="stretch",
    )
    sort = st.selectbox(
        t.URUTKAN,
        list(t.URUTAN),
        index=None,
        format_func=lambda name: t.URUTAN[name],
        key="urut",
        bind="query-params",
        placeholder=t.HASIL_CARI if wanted else t.URUTAN["wilayah"],
        width=220,
    )
chosen = replace(chosen, cari=wanted or "")

total = readings.listing(by, chosen, on, 0, SIZE, sort)[1]
if total == 0:
    frame.nothing(by, chosen)
    st.stop()

pages = -(-total // SIZE)
page = min(st.session_state.get("halaman") or 1, pages)
rows, _ = readings.listing(by, chosen, on, page - 1, SIZE, sort)
with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(t.DAFTAR_JUDUL.format(jumlah=figures.integer(total)), width="stretch")
        actions = st.container(horizontal=True, width="content")
    event = draw.table(
        views.listing_drawn(by, chosen, on, page - 1, SIZE, sort),
        alt=t.ALT_TABEL.format(judul=umum.DAFTAR_LKS),
        key="daftar_tabel",
        on_select="rerun",
        selection_mode="multi-row",
        column_config=draw.list_columns(),
    )
    picked = [int(rows["id"].iloc[n]) for n in event["selection"]["rows"] if n < len(rows)]
    with actions:
        if len(picked) == 1:
            code = str(rows["kode_lks"].iloc[event["selection"]["rows"][0]])
            st.page_link(
                state.page("profil_lks"), label=t.BUKA_PROFIL, icon=":material/open_in_new:", query_params={"lks": code}
            )
        count = len(picked) or total
        st.download_button(
            t.UNDUH_TERSARING.format(jumlah=figures.integer(count)),
            data=fragments.later(
                by,
                lambda: register.export(
                    by,
                    chosen,
                    picked or None,
                    umum.keterangan(readings.path(chosen.wilayah or by.scope.root)[-1], on, chosen),
                )[1],
            ),
            file_name=draw.file_name(
                "lks",
                readings.path(chosen.wilayah or by.scope.root)[-1],
                readings.revision(),
                by.scope.root,
                by.role.id,
                chosen,
                picked,
            ),
            mime=draw.XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
    if pages > 1:
        st.pagination(pages, key="halaman", bind="query-params")
    st.caption(t.DAFTAR_PILIH)
    buttons.issue(by, "daftar_lks", chosen)
    origins.row(by, {"total_lks": t.TOTAL}, chosen, on)

frame.source(on, readings.sample_count(by, chosen, on))

"""Program: what the Dinas and the LKKS do, by service form, with budget, realisation and partners."""

import streamlit as st

from domain import figures
from domain.permissions import Permission, require
from services import clock, lkks, programs
from ui import draw, feedback, filters, frame, state
from ui.lkks import program_forms as forms
from ui.lkks import programs as views
from ui.lkks.downloads import excel
from ui.profile.saving import notice
from ui.text import program as t
from ui.text import umum

by = state.actor()
require(by, Permission.VIEW_REGISTER)
where = frame.opening(by, umum.PROGRAM, clock.today(), filters.region_only)
place = where.wilayah or by.scope.root or ""
notice()
st.caption(t.URAIAN)

with feedback.shown():
    found, lists = programs.listed(by), programs.choices(by, place)
    # An LKKS plans for its own region, whatever part of it is looked at.
    home = lkks.own_region(by) if by.role.id == "lkks" else place
    owners = [owner for owner in t.NAMA_PEMILIK if programs.may_keep(by, owner, home)]
    if owners and st.button(t.TAMBAH, type="primary", icon=":material/add:", key="program_tambah"):
        forms.new(by, home, owners)
    if not found:
        hint = t.KOSONG_TAMBAH if owners else t.KOSONG_MINTA
        st.info(f"{t.KOSONG_URAIAN} {hint}", title=t.KOSONG_JUDUL, icon=":material/inbox:")
        st.stop()
    chosen = views.filters(found, where.wilayah, lists)
    rows = chosen.of(found)
    if not rows:
        st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
        st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=views.clear)
        st.stop()
    views.headline(rows)
    told = {"place": place, "source": t.SUMBER, "narrowed": chosen.words(lists)}
    with st.container(border=True):
        views.chart(rows, lists)
    pair = st.grid(2, min_column_width=320)
    with pair.container(border=True):
        years = views.years(rows)
        st.header(t.PER_TAHUN, anchor=False)
        draw.table(views.money(years), alt=t.ALT_TAHUN)
        excel(by, years, kind="program_tahun", title=t.PER_TAHUN, **told)
    with pair.container(border=True):
        partners = views.partners(rows)
        st.header(t.PER_MITRA, anchor=False)
        draw.table(views.money(partners), alt=t.ALT_MITRA)
        st.caption(t.MITRA_URAIAN)
        excel(by, partners, kind="program_mitra", title=t.PER_MITRA, **told)
    with st.container(border=True):
        table = views.worded(rows, lists)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.DAFTAR.format(jumlah=figures.integer(len(rows))), anchor=False, width="stretch")
            excel(by, table, kind="program", title=umum.PROGRAM, **told)
        event = draw.table(
            views.on_screen(table),
            alt=t.ALT_DAFTAR,
            key="program_tabel",
            on_select="rerun",
            selection_mode="single-row",
        )
        picked = [rows[number] for number in event["selection"]["rows"] if number < len(rows)]
        with st.container(horizontal=True):
            if picked and st.button(t.BUKA, icon=":material/open_in_new:", key="program_buka"):
                forms.detail(by, picked[0]["id"])
            mine = picked and programs.may_keep(by, picked[0]["pemilik"], picked[0]["wilayah"])
            if mine and st.button(t.UBAH, icon=":material/edit:", key="program_ubah"):
                forms.edit(by, picked[0]["id"])
        st.caption(t.PILIH_BARIS)
    st.caption(t.sumber(figures.date_long(clock.today()), sum(row["contoh"] for row in rows)))

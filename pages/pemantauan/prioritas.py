"""Prioritas wilayah: the regions below one that fall short of a reference or are thin in LKS, and the way to an action."""

import streamlit as st

from domain.wilayah import level
from services import clock, priorities
from ui import feedback, filters, frame, readings, state
from ui.prioritas import area, ordering
from ui.profile.saving import notice
from ui.text import prioritas as t
from ui.text import umum

by = state.actor()
on = clock.today()
chosen = frame.opening(by, umum.PRIORITAS, on, filters.region_only)
place = chosen.wilayah or by.scope.root or ""
notice()
st.caption(t.URAIAN)

with feedback.shown():
    offered = {one.kode: one.nama for one in priorities.choices(by, place, on)}
    if not offered:
        st.info(t.TANPA_BAWAH, title=t.TANPA_BAWAH_JUDUL, icon=":material/account_tree:")
        st.stop()
    # Which criteria there are depends on the level: another level starts over with the usual ones.
    kodes = st.multiselect(
        t.KRITERIA,
        list(offered),
        default=[kode for kode in priorities.usual() if kode in offered],
        format_func=offered.__getitem__,
        key=f"kriteria_{level(place or None)}",
        bind="query-params",
        placeholder=t.PILIH_KRITERIA,
        select_all=False,
    )
    if not kodes:
        st.info(t.TANPA_KRITERIA, title=t.TANPA_KRITERIA_JUDUL, icon=":material/checklist:")
        st.stop()
    found = readings.priorities(by, place, tuple(kodes), on)
    ordering.section(by, found)
    area.section(by, found, on)
    frame.source(on, found.contoh)

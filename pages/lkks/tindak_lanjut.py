"""Tindak lanjut: every action of the actor's region(s), overdue first, until it is done with evidence."""

import streamlit as st

from domain.permissions import Permission, require
from services import actions
from ui import state
from ui.profile import saving
from ui.rapat import action_dialogs, action_lines, action_table, open_actions, workbook
from ui.rapat.writing import shown
from ui.text import rapat as t
from ui.text import umum

by = state.actor()
require(by, Permission.VIEW_MEETINGS)
saving.notice()
st.title(umum.TINDAK_LANJUT, anchor=False)
st.write(t.TL_URAIAN)
with shown():
    if by.may(Permission.RECORD_ACTIONS):
        if st.button(t.TL_BARU, type="primary", icon=":material/add_task:", key="tl_baru"):
            action_dialogs.create(by)
    every = actions.listed(by)
    if every.empty:
        st.info(t.TL_KOSONG, title=t.TL_KOSONG_JUDUL, icon=":material/task_alt:")
        st.stop()
    open_actions.figures_row(by)
    found, chosen = action_table.narrowed(every)
    if found.empty:
        st.info(t.TL_TIDAK_COCOK, title=t.TL_TIDAK_COCOK_JUDUL, icon=":material/search_off:")
        st.button(t.TL_HAPUS_SARINGAN, key="hapus_kosong", on_click=action_table.clear)
        st.stop()
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.jumlah_tindak(len(found), len(every)), anchor=False, width="stretch")
            workbook.button(by, lambda: action_table.worded(found), "tindak_lanjut", umum.TINDAK_LANJUT, chosen)
        picked = action_table.table(by, found)
        st.caption(t.TL_PILIH)
    if picked is not None:
        row = found[found["id"] == picked].to_dict("records")[0]
        action_lines.line(by, row, f"tl_{picked}")

"""Rapat: the meetings of an LKKS, and one of them as it is prepared, runs and is closed; with ?embed=true its wall."""

import streamlit as st

from domain.permissions import Permission, require
from services import meetings
from ui import state
from ui.profile import saving
from ui.rapat import agenda_view, attendance_view, carried, choosing, detail, layar, meetings_list, minutes
from ui.rapat.writing import shown
from ui.text import rapat as t

by = state.actor()
require(by, Permission.VIEW_MEETINGS)
if st.context.is_embedded:
    layar.show(by, choosing.on_the_wall())
    st.stop()

saving.notice()
choosing.open_soon()
st.title(t.RAPAT, anchor=False)
row = st.container(horizontal=True, vertical_alignment="bottom")  # one line: what is written down stands high
with row:
    chosen = choosing.chosen(by)
if chosen is None:
    meetings_list.page(by)
    st.stop()

row.button(t.SEMUA_RAPAT, icon=":material/arrow_back:", on_click=choosing.go_to, args=(None,))
with shown():
    found = meetings.get(by, chosen)
    detail.header(by, found)
    names = (t.tab_lalu(len(found.bawaan)), t.AGENDA, t.HADIR, t.NOTULEN)
    before, items, people, files = st.tabs(names, key=f"bagian_rapat_{chosen}", on_change="rerun")
    # Only the open tab is drawn: the others cost nothing until somebody looks at them.
    for part, content in (
        (before, carried.section),
        (items, agenda_view.section),
        (people, attendance_view.section),
        (files, lambda by, found: minutes.section(by, found.record)),
    ):
        if part.open:
            with part:
                content(by, found)
